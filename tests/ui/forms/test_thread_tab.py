"""The thread of a practice as a path over the four steps."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.workspace import Workspace
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.record_form import RecordForm
from sscdesk.ui.forms.thread_tab import ThreadTab
from tests.promising import a_body

Open = Callable[[str, str], RecordForm]
Quiet = Callable[..., None]
OpenThread = Callable[[str, str], ThreadTab]


@pytest.fixture
def open_thread(open_form: Open, quiet: Quiet) -> OpenThread:
    def show(entity: str, identifier: str) -> ThreadTab:
        form = open_form(entity, identifier)
        tab = form.tabs.show_tab("thread")
        quiet(form)
        assert isinstance(tab, ThreadTab)
        return tab

    return show


def a_practice(w: Workspace, country: str = "MA") -> str:
    given = {
        "title_fr": "Guichet unique",
        "country": country,
        "owner_organisation": a_body(w, country),
        "field": "migrants_rights",
        "sub_theme": "integration",
    }
    return records.create(w, "practice", given).id


def an_exchange(w: Workspace, step: str, **values: Any) -> str:
    given = {"title_fr": f"Échange {step}", "kind": "workshop", "step": step, "lead_office": "MA"}
    return records.create(w, "exchange", {**given, **values}).id


def form_of(tab: ThreadTab) -> RecordForm:
    form = tab.window()
    assert isinstance(form, RecordForm)
    return form


def test_each_record_is_a_card_of_its_step_that_opens(
    workspace: Workspace, desk: Desk, open_thread: OpenThread, qtbot: QtBot
) -> None:
    practice = a_practice(workspace)
    visit = an_exchange(workspace, "share", practices=(practice,))

    tab = open_thread("practice", practice)

    (card,) = tab.path.steps[1].cards
    with qtbot.waitSignal(desk.open_wanted) as opened:
        qtbot.mouseClick(card.link, Qt.MouseButton.LeftButton)
    assert opened.args == ["exchange", visit, True]


def test_a_step_says_what_it_wants_in_words_that_lead_there(
    workspace: Workspace, open_thread: OpenThread, qtbot: QtBot, quiet: Quiet
) -> None:
    practice = a_practice(workspace, "ML")
    an_exchange(workspace, "transfer", practices=(practice,))
    tab = open_thread("practice", practice)
    lines = {line.missing.code: line for line in tab.path.steps[2].lines}
    form = form_of(tab)

    tab.field_wanted.emit(lines["no-transfer"].missing)
    quiet(form)

    assert set(lines) == {"not-validated", "not-held", "no-transfer"}
    assert form.tabs.current == f"rows:{form.tabs.arrangement.tab_of_part('transfer')}"


def test_a_new_transfer_begins_with_the_office_that_writes_it(
    workspace: Workspace, open_thread: OpenThread, quiet: Quiet
) -> None:
    practice = a_practice(workspace, "ML")
    tab = open_thread("practice", practice)
    form = form_of(tab)

    form.tabs.go_to(next(one for one in tab.chain.steps[2].missing if one.field == "transfer"))
    quiet(form)

    page = form.tabs.pages[form.tabs.current]
    section = page.sections["transfer"]  # type: ignore[attr-defined]
    assert section.new.values()["receiving_office"] == "MA"


def test_the_next_exchange_goes_on_where_the_last_one_ended(
    workspace: Workspace, desk: Desk, open_thread: OpenThread, qtbot: QtBot
) -> None:
    practice = a_practice(workspace)
    visit = an_exchange(workspace, "share", practices=(practice,))
    with workspace.unit("As if", undoable=False) as unit:
        unit.set_state("exchange", visit, "hold", "held", "")
    tab = open_thread("practice", practice)

    with qtbot.waitSignal(desk.new_wanted) as wanted:
        qtbot.mouseClick(tab.path.steps[2].carry_on, Qt.MouseButton.LeftButton)

    entity, values = wanted.args
    assert entity == "exchange"
    assert (values["step"], values["continues"]) == ("transfer", visit)
    assert values["practices"] == (practice,)


def test_a_skipped_step_says_so_and_where_to_say_why(
    workspace: Workspace, desk: Desk, open_thread: OpenThread, qtbot: QtBot
) -> None:
    practice = a_practice(workspace)
    training = an_exchange(workspace, "transfer", practices=(practice,))
    tab = open_thread("practice", practice)
    step = tab.path.steps[1]
    said = [one.text() for one in step.findChildren(QLabel)]
    (say,) = [one for one in step.findChildren(QPushButton) if one.text() == "Say why…"]

    with qtbot.waitSignal(desk.open_wanted) as opened:
        qtbot.mouseClick(say, Qt.MouseButton.LeftButton)

    assert step.standing.text == "Skipped"
    assert "Skipped, and nobody has said why yet." in said
    assert opened.args == ["exchange", training, True]


def test_the_steps_stand_side_by_side_only_where_there_is_room(
    workspace: Workspace, open_thread: OpenThread, qtbot: QtBot
) -> None:
    tab = open_thread("practice", a_practice(workspace))
    first, second = tab.path.nodes[:2]
    below = first.y() < second.y()

    form_of(tab).resize(1300, 720)

    qtbot.waitUntil(lambda: first.y() == second.y() and first.x() < second.x())
    assert below
