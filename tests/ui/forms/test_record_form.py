"""The screen of a record on a real profile."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from sscdesk.application import records, undo
from sscdesk.application.workspace import Workspace
from sscdesk.model.base import record_kinds
from sscdesk.model.lifecycle import Missing
from sscdesk.ui.desk import Desk, Notice
from sscdesk.ui.forms.drafts import drafts_of
from sscdesk.ui.forms.missing import MissingLine, MissingPopup
from sscdesk.ui.forms.record_form import RecordForm
from sscdesk.ui.forms.record_tabs import DETAILS, DOCUMENTS, HISTORY, OVERVIEW
from sscdesk.ui.forms.rows_tab import RowsTab
from sscdesk.ui.forms.saving import SaveState
from sscdesk.ui.widgets.history import HistoryView
from tests.ui.forms.builders import a_mission, a_person, an_organisation, in_state

Open = Callable[[str, str], RecordForm]
Quiet = Callable[..., None]


def type_into(form: RecordForm, name: str, text: str, qtbot: QtBot) -> None:
    """Replace what stands in the first box of a field."""
    line = form.form.boxes[name][0].editor.focusProxy()
    assert line is not None
    line.setFocus()
    line.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(line, text)


def text_of(form: RecordForm, name: str) -> str:
    """Return what the first box of a field shows."""
    return form.form.boxes[name][0].editor.text()


def test_the_head_says_number_state_owner_and_who_sees_it(
    workspace: Workspace, open_form: Open
) -> None:
    mission = a_mission(workspace)

    form = open_form("mission", mission.id)

    assert form.header.ref.text() == mission.ref
    assert form.header.state.text == "Draft"
    assert form.header.audience.accessibleName() == ("Office of Morocco · shared with all offices")
    assert form.header.title.text() == "Étudier le guichet"


def test_a_purpose_in_one_language_is_shown_to_readers_of_the_others(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    in_french = form.form.boxes["purpose_fr"][0].isVisible()

    records.change(workspace, mission.id, {"purpose_en": "Study the one-stop shop"})
    quiet(form)

    assert in_french
    assert form.form.boxes["purpose_en"][0].isVisible()
    assert not form.form.boxes["purpose_fr"][0].isVisible()


def test_what_is_typed_is_on_disk_without_any_save(
    workspace: Workspace, open_form: Open, quiet: Quiet, qtbot: QtBot
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)

    type_into(form, "purpose_fr", "Comprendre le guichet", qtbot)
    qtbot.waitUntil(lambda: form.form.state is SaveState.SAVED, timeout=5_000)
    quiet(form)

    assert records.view(workspace, mission.id).fields["purpose_fr"] == "Comprendre le guichet"
    assert form.header.title.text() == "Comprendre le guichet"


def test_a_stay_in_a_field_is_undone_at_once(
    workspace: Workspace, open_form: Open, quiet: Quiet, qtbot: QtBot
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    type_into(form, "purpose_fr", "Comprendre", qtbot)
    form.form._due()
    quiet(form)
    qtbot.keyClicks(form.form.boxes["purpose_fr"][0].editor.focusProxy(), " mieux")
    form.settle()
    quiet(form)

    undo.undo(workspace)
    quiet(form)

    assert text_of(form, "purpose_fr") == "Étudier le guichet"
    assert records.view(workspace, mission.id).fields["purpose_fr"] == "Étudier le guichet"
    assert form.header.title.text() == "Étudier le guichet"


def test_a_change_from_another_window_appears(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)

    records.change(workspace, mission.id, {"returns_on": "2026-03-14"})
    quiet(form)

    assert text_of(form, "returns_on") == "14 March 2026"


def test_a_change_made_meanwhile_is_not_overwritten(
    workspace: Workspace, open_form: Open, quiet: Quiet, qtbot: QtBot
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    type_into(form, "purpose_fr", "Le mien", qtbot)

    records.change(workspace, mission.id, {"purpose_fr": "Le leur"})
    form.settle()
    quiet(form)

    box = form.form.boxes["purpose_fr"][0]
    assert records.view(workspace, mission.id).fields["purpose_fr"] == "Le leur"
    assert box.is_asking()
    assert box.editor.text() == "Le mien"


def test_a_text_that_is_no_date_survives_the_end_of_the_desk(
    workspace: Workspace, desk: Desk, open_form: Open, quiet: Quiet, qtbot: QtBot
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    type_into(form, "returns_on", "after Easter", qtbot)
    form.settle()
    drafts_of(desk).write()
    quiet(form)

    drafts_of(desk).setObjectName("closed")
    again = open_form("mission", mission.id)
    quiet(again)

    assert text_of(again, "returns_on") == "after Easter"
    assert "is not a date" in again.form.boxes["returns_on"][0].message.text
    assert "Returns on" in again.header.saved.words.accessibleDescription()


def test_a_step_that_is_not_possible_says_what_is_missing_and_leads_there(
    workspace: Workspace, open_form: Open, quiet: Quiet, qtbot: QtBot
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)

    form.header.step.click()
    popup = form.findChild(MissingPopup)
    assert popup is not None
    links = popup.findChildren(QAbstractButton)
    objectives = next(one for one in links if "Objectives" in one.text())
    objectives.click()
    quiet(form)

    assert form.tabs.current == DETAILS
    assert form.focusWidget() is form.form.boxes["tor_objectives"][0].editor.focusProxy()


def test_a_missing_row_leads_to_a_new_one(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)

    form.tabs.go_to(Missing("no-budget-line", "", "budget_line"))
    quiet(form)

    page = form.tabs.pages[form.tabs.current]
    assert isinstance(page, RowsTab)
    assert page.sections["budget_line"].new_sheet().confirm.isVisible()


def test_the_list_before_the_next_step_has_a_line_for_each_missing_thing(
    workspace: Workspace, open_form: Open
) -> None:
    mission = a_mission(workspace)

    form = open_form("mission", mission.id)

    lines = form.tabs.pages[OVERVIEW].findChildren(MissingLine)
    assert form.sheet is not None
    assert form.sheet.next_step is not None
    assert len(lines) == len(form.sheet.next_step.missing)
    assert any(line.missing.field == "tor_objectives" for line in lines)


def test_a_step_is_done_after_its_reason_is_given(
    workspace: Workspace, open_form: Open, quiet: Quiet, said: list[Notice]
) -> None:
    mission = a_mission(workspace)
    in_state(workspace, mission.id, "under_way")
    form = open_form("mission", mission.id)
    assert form.sheet is not None
    amend = next(one for one in form.sheet.actions if one.action == "amend")

    form._act(amend)
    dialog = form.acts.dialog
    assert dialog is not None
    dialog.confirm.click()
    refused = dialog.note.message.text
    dialog.note.editor.show_text("The meeting was moved.")
    dialog.confirm.click()
    quiet(form)

    assert "wants a reason" in refused
    assert records.view(workspace, mission.id).state == "submitted"
    assert form.header.state.text == "Submitted"
    assert said[-1].text == f"{mission.ref} is now: Submitted."


def test_an_older_value_is_taken_back_from_the_history(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    records.change(workspace, mission.id, {"purpose_fr": "Autre chose"})
    form = open_form("mission", mission.id)
    form.tabs.show_tab(HISTORY)
    quiet(form)
    history = form.tabs.pages[HISTORY]
    assert isinstance(history, HistoryView)

    newest = history.model.index(0, 0)
    history.tree.setCurrentIndex(history.model.index(0, 0, newest))
    shown = (history.before.text(), history.after.text())
    history.back.click()
    quiet(form)

    assert shown == ("Étudier le guichet", "Autre chose")
    assert records.view(workspace, mission.id).fields["purpose_fr"] == "Étudier le guichet"


def test_a_record_goes_to_the_bin_and_comes_back(
    workspace: Workspace, open_form: Open, quiet: Quiet, said: list[Notice]
) -> None:
    organisation = an_organisation(workspace)
    form = open_form("organisation", organisation.id)

    form.acts.to_bin()
    quiet(form)
    binned = form.header.state.text
    locked = form.form.boxes["acronym"][0].editor.line.isReadOnly()  # type: ignore[attr-defined]
    offer = said[-1]
    assert offer.act is not None
    offer.act()
    quiet(form)

    assert (binned, locked) == ("In the bin", True)
    assert not records.view(workspace, organisation.id).deleted


def test_a_record_that_the_officer_may_not_change_says_so_once(
    workspace: Workspace, open_form: Open
) -> None:
    form = open_form("officer", workspace.actor.officer)

    assert "You can read this record" in form.locked.words.text()
    assert form.form.boxes["given"][0].lock.isHidden()


def test_arrow_keys_through_a_list_show_each_record_in_the_same_form(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    first, second = a_person(workspace), a_person(workspace, "Omar", "Tazi")
    form = open_form("person", first.id)
    boxes = form.form.boxes["given"]

    form.show_record(second.id)
    quiet(form)

    assert form.form.boxes["given"] is boxes
    assert text_of(form, "given") == "Omar"


@pytest.mark.parametrize("entity", list(record_kinds()))
def test_every_entity_has_a_screen_whose_controls_say_their_names(
    entity: str, desk: Desk, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    form = RecordForm(desk, entity)
    qtbot.addWidget(form)
    form.resize(760, 720)

    for name in form.tabs.names:
        form.tabs.show_tab(name)
    settled()

    silent = [
        f"{type(one).__name__} in {type(one.parent()).__name__}"
        for one in form.findChildren(QWidget)
        if isinstance(one, QLineEdit | QPlainTextEdit | QAbstractButton | QComboBox)
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (one.accessibleName() or _words(one))
    ]
    assert not silent
    assert DOCUMENTS in form.tabs.names


def _words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""
