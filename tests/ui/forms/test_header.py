"""The head of a record, and what is said above its fields."""

import dataclasses
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from sscdesk.application.views import ConflictView, RecordView, Stamp, ValueBy
from sscdesk.application.workspace import Workspace
from sscdesk.ui.forms.conflict_strip import conflict_sentence
from sscdesk.ui.forms.record_form import RecordForm
from tests.ui.forms.builders import a_mission, in_state

Open = Callable[[str, str], RecordForm]


def in_conflict(view: RecordView, *fields: str) -> RecordView:
    """The record after a file from Bamako brought other texts for some fields."""
    ours = Stamp("2026-03-12T10:00:00Z", "a" * 32, "Yasmina El Fassi", "MA")
    theirs = Stamp("2026-03-12T11:00:00Z", "b" * 32, "Moussa Keïta", "ML")
    found = tuple(
        ConflictView(
            view.id, view.ref, view.entity, view.title, view.id, None, field, None,
            (ValueBy("one", ours), ValueBy("two", theirs)),
        )
        for field in fields
    )  # fmt: skip
    return dataclasses.replace(view, conflicts=found)


def test_a_conflict_is_told_with_person_office_day_and_field(workspace: Workspace) -> None:
    mission = in_conflict(a_mission(workspace), "summary")

    assert conflict_sentence(mission, "MA") == (
        "Moussa Keïta (Bamako) changed “Summary” on 12 Mar 2026, at the same time as you."
        " Both texts are kept."
    )


def test_more_conflicts_are_counted(workspace: Workspace) -> None:
    mission = in_conflict(a_mission(workspace), "summary", "next_steps", "returns_on")

    assert conflict_sentence(mission, "MA").endswith("2 more fields are to reconcile.")


def test_the_strip_leads_to_where_it_is_settled(
    workspace: Workspace, open_form: Open, qtbot: QtBot
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    form.strip.show_conflicts(in_conflict(mission, "summary"), "MA")

    with qtbot.waitSignal(form.reconcile_wanted) as wanted:
        form.strip.button.click()

    assert wanted.args == [mission.id]


@pytest.mark.parametrize(("state", "offered"), [("draft", False), ("returned", True)])
def test_the_wizard_is_offered_after_the_mission(
    state: str, offered: bool, workspace: Workspace, open_form: Open
) -> None:
    mission = a_mission(workspace)
    in_state(workspace, mission.id, state)

    form = open_form("mission", mission.id)

    assert form.header.wizard.isVisible() is offered


def test_writing_the_report_is_the_step_that_leads_on_while_none_is_signed(
    workspace: Workspace, open_form: Open
) -> None:
    mission = a_mission(workspace)
    in_state(workspace, mission.id, "returned")

    form = open_form("mission", mission.id)

    assert form.header.wizard.property("look") == "primary"
    assert form.header.step.property("look") == "waiting"


@pytest.mark.parametrize("width", [1_000, 740, 520, 420])
def test_nothing_of_the_head_is_cut_at_any_width(
    width: int, workspace: Workspace, open_form: Open, quiet: Callable[..., None]
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)

    form.resize(width, 720)
    quiet(form)

    head = form.header
    assert form.width() == width
    for part in (head.ref, head.state, head.more, head.step):
        corner = part.mapTo(form, part.rect().bottomRight())
        assert corner.x() <= width, part
        assert part.width() >= part.sizeHint().width(), part


def test_nothing_is_shown_before_the_record_has_been_read(
    workspace: Workspace, open_form: Open
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    fresh = RecordForm(form.desk, "mission")

    assert fresh.header.isHidden()
    assert form.header.isVisible()
    fresh.deleteLater()
