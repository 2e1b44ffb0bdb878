"""The head erases a person from the record's menu, with a reason."""

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.workspace import Workspace
from sscdesk.ui.desk import Desk
from sscdesk.ui.dialogs.erase import EraseDialog
from sscdesk.ui.forms.person_rights import PersonRights, rights_offered
from sscdesk.ui.forms.record_form import RecordForm
from tests.ui.forms.builders import a_mission, a_person


def as_head(w: Workspace) -> None:
    w.actor = replace(w.actor, roles=w.actor.roles | {"head"})


def test_what_is_offered_follows_the_role(workspace: Workspace, desk: Desk) -> None:
    person, mission = a_person(workspace), a_mission(workspace)

    assert [name for name, _ in rights_offered(desk, person)] == ["tell"]
    as_head(workspace)
    assert [name for name, _ in rights_offered(desk, person)] == ["tell", "erase"]
    assert rights_offered(desk, mission) == []


def test_a_person_is_erased_only_with_a_reason_and_the_record_says_so(
    workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    as_head(workspace)
    person = a_person(workspace)
    dialog = EraseDialog(desk, person)
    qtbot.addWidget(dialog)
    assert not dialog.confirm.isEnabled()

    dialog.reason.setText("Demande du 3 mars")
    with qtbot.waitSignal(dialog.accepted):
        dialog.confirm.click()

    erased = records.view(workspace, person.ref)
    assert erased.erased == "Demande du 3 mars"
    assert rights_offered(desk, erased) == []
    form = RecordForm(desk, "person")
    qtbot.addWidget(form)
    form.show_record(person.id)
    qtbot.waitUntil(lambda: "Demande du 3 mars" in form.locked.words.text())


def test_a_refusal_stays_in_the_sheet(workspace: Workspace, desk: Desk, qtbot: QtBot) -> None:
    person = a_person(workspace)
    dialog = EraseDialog(desk, person)
    qtbot.addWidget(dialog)

    dialog.reason.setText("Demande du 3 mars")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: bool(dialog.message.text()))

    assert records.view(workspace, person.ref).erased is None


def test_all_that_is_kept_about_a_person_is_saved(
    workspace: Workspace, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    person = a_person(workspace)
    form = RecordForm(desk, "person")
    qtbot.addWidget(form)
    rights = PersonRights(desk, form)
    rights.about(person)

    rights.save(tmp_path / "person.json")
    qtbot.waitUntil((tmp_path / "person.json").exists)

    qtbot.waitUntil(lambda: not desk.workers.running)
    assert "Traoré" in (tmp_path / "person.json").read_text(encoding="utf-8")
