"""Each thing that is missing before a step leads to where it is put right."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from sscdesk.application import actions, records
from sscdesk.application.workspace import Workspace
from sscdesk.model.lifecycle import Missing
from sscdesk.model.values import Money
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.leading import leads_somewhere
from sscdesk.ui.forms.record_form import RecordForm
from sscdesk.ui.pages.wishes import MakeFile, NewReport
from tests.ui.forms.builders import a_mission, in_state

Open = Callable[[str, str], RecordForm]


def missing_for(w: Workspace, record: str, action: str, code: str) -> Missing:
    offered = next(one for one in actions.actions(w, record) if one.action == action)
    return next(one for one in offered.missing if one.code == code)


def test_a_report_that_nobody_has_begun_leads_to_beginning_it(
    workspace: Workspace, desk: Desk, open_form: Open, qtbot: QtBot
) -> None:
    mission = a_mission(workspace)
    in_state(workspace, mission.id, "returned")
    form = open_form("mission", mission.id)
    missing = missing_for(workspace, mission.id, "report", "report-not-signed")

    with qtbot.waitSignal(desk.screen_wanted) as wanted:
        form.tabs.go_to(missing)

    assert wanted.args == ["reports", NewReport("mission_report", mission.id)]


def test_an_expense_that_nobody_has_decided_on_is_opened(
    workspace: Workspace, desk: Desk, open_form: Open, qtbot: QtBot
) -> None:
    mission = a_mission(workspace)
    in_state(workspace, mission.id, "reported")
    expense = records.create(
        workspace,
        "expense",
        {
            "mission": mission.id,
            "traveller": workspace.actor.officer,
            "kind": "other",
            "spent_on": "2026-03-10",
            "amount": Money(1_000, "MAD"),
        },
    )
    form = open_form("mission", mission.id)
    missing = missing_for(workspace, mission.id, "settle", "expense-undecided")

    with qtbot.waitSignal(desk.open_wanted) as opened:
        form.tabs.go_to(missing)

    assert opened.args == ["expense", expense.id, True]


def test_what_another_office_awaits_leads_to_making_a_file(
    workspace: Workspace, desk: Desk, open_form: Open, qtbot: QtBot
) -> None:
    form = open_form("mission", a_mission(workspace).id)

    with qtbot.waitSignal(desk.screen_wanted) as wanted:
        form.tabs.go_to(Missing("partners-not-told", "", "host_offices"))

    assert wanted.args == ["synchronise", MakeFile()]


@pytest.mark.parametrize("code", ["not-your-role", "not-your-office", "four-eyes"])
def test_what_only_another_officer_can_do_is_no_link(code: str) -> None:
    assert not leads_somewhere(Missing(code, ""))
