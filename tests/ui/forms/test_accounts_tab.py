"""The accounts of a mission on its screen."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.workspace import Workspace
from sscdesk.model.values import Money
from sscdesk.ui.desk import Desk, Notice
from sscdesk.ui.forms.accounts_tab import AccountsTab
from sscdesk.ui.forms.missing import MissingLine
from sscdesk.ui.forms.record_form import RecordForm
from sscdesk.ui.forms.rows_tab import RowsTab
from tests.ui.forms.builders import a_mission, a_person

Open = Callable[[str, str], RecordForm]
Quiet = Callable[..., None]
OpenAccounts = Callable[[str], AccountsTab]


@pytest.fixture
def open_accounts(open_form: Open, quiet: Quiet) -> OpenAccounts:
    def show(mission: str) -> AccountsTab:
        form = open_form("mission", mission)
        tab = form.tabs.show_tab("accounts")
        quiet(form)
        assert isinstance(tab, AccountsTab)
        return tab

    return show


def an_expense(w: Workspace, mission: str, amount: Money, **values: Any) -> str:
    given = {"mission": mission, "kind": "other", "spent_on": "2026-03-10", "amount": amount}
    traveller = values.pop("traveller", w.actor.officer)
    return records.create(w, "expense", {**given, "traveller": traveller, **values}).id


def test_the_balance_is_said_in_words(workspace: Workspace, open_accounts: OpenAccounts) -> None:
    mission = a_mission(workspace, advance=Money(100_000, "MAD")).id
    an_expense(workspace, mission, Money(125_000, "MAD"))

    tab = open_accounts(mission)

    assert tab.due.text() == "250.00 MAD to pay to the travellers"


def test_a_foreign_expense_is_converted_by_a_click_and_undone(
    workspace: Workspace,
    open_accounts: OpenAccounts,
    qtbot: QtBot,
    said: list[Notice],
) -> None:
    mission = a_mission(workspace).id
    an_expense(workspace, mission, Money(10_000, "EUR"), rate="10.8567", rate_source="Bank")
    tab = open_accounts(mission)
    before = tab.lines[0].rate.text()

    qtbot.mouseClick(tab.convert, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.lines[0].line.counted is not None)

    assert before == "no rate yet"
    assert tab.lines[0].amount.text() == "1,085.67 MAD"
    assert "at 10.8567" in tab.lines[0].rate.text()
    assert (said[-1].text, said[-1].action) == ("1 expense is converted.", "Undo")


def test_only_a_second_person_is_offered_to_decide(
    workspace: Workspace, open_accounts: OpenAccounts
) -> None:
    mission = a_mission(workspace).id
    traveller = a_person(workspace, "Omar", "Tazi").id
    an_expense(workspace, mission, Money(1_000, "MAD"), traveller=traveller)

    written_by_oneself = open_accounts(mission)

    assert not written_by_oneself.lines[0].line.may_decide
    assert not hasattr(written_by_oneself.lines[0], "accept")


def test_a_colleagues_expense_is_accepted_from_its_line(
    workspace: Workspace, open_accounts: OpenAccounts, quiet: Quiet, qtbot: QtBot
) -> None:
    mission = a_mission(workspace).id
    traveller = a_person(workspace, "Omar", "Tazi").id
    expense = an_expense(workspace, mission, Money(1_000, "MAD"), traveller=traveller)
    with workspace.unit("As if a colleague had claimed it", undoable=False) as unit:
        unit.connection.exec_driver_sql(
            "UPDATE expense SET created_by = 'somebody' WHERE id = ?", (expense,)
        )
    tab = open_accounts(mission)

    qtbot.mouseClick(tab.lines[0].accept, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: tab.lines[0].line.state == "accepted")
    assert records.view(workspace, expense).state == "accepted"


def test_the_daily_allowances_go_into_the_budget(
    workspace: Workspace, open_accounts: OpenAccounts, qtbot: QtBot
) -> None:
    office = records.find(workspace, "MA")
    with workspace.unit("The office's table", undoable=False) as unit:
        unit.rules.founding = True
        rate = {"zone": "Afrique", "amount": Money(120_000, "MAD")}
        unit.add_part("office", office, "per_diem", rate)
    mission = a_mission(workspace)
    for leg, country in zip(mission.parts["leg"], ("ML", "MA"), strict=True):
        records.change_part(workspace, mission.id, "leg", leg.id, {"country": country})
    tab = open_accounts(mission.id)

    qtbot.mouseClick(tab.budget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.proposal.lines[0].in_budget)

    (line,) = records.view(workspace, mission.id).parts["budget_line"]
    assert line.fields["amount"] == Money(480_000, "MAD")
    assert not tab.budget.isEnabled()


def test_what_is_missing_for_the_allowances_leads_to_the_legs(
    workspace: Workspace, open_accounts: OpenAccounts, quiet: Quiet, qtbot: QtBot
) -> None:
    tab = open_accounts(a_mission(workspace).id)
    form = tab.window()
    assert isinstance(form, RecordForm)
    line = next(one for one in tab.findChildren(MissingLine) if one.missing.code == "no-nights")

    line.wanted.emit(line.missing)
    quiet(form)

    page = form.tabs.pages[form.tabs.current]
    assert isinstance(page, RowsTab)
    assert "leg" in page.sections


def test_a_new_expense_begins_where_expenses_are_written(
    workspace: Workspace, open_accounts: OpenAccounts, quiet: Quiet, qtbot: QtBot
) -> None:
    tab = open_accounts(a_mission(workspace).id)
    form = tab.window()
    assert isinstance(form, RecordForm)

    qtbot.mouseClick(tab.add, Qt.MouseButton.LeftButton)
    quiet(form)

    page = form.tabs.pages[form.tabs.current]
    assert isinstance(page, RowsTab)
    assert page.sections["expense"].new_sheet().confirm.isVisible()


def test_the_accounts_of_another_office_are_not_here(
    workspace: Workspace, desk: Desk, open_accounts: OpenAccounts
) -> None:
    mission = a_mission(workspace).id
    with workspace.unit("As if it came from Bamako", undoable=False) as unit:
        unit.connection.exec_driver_sql("UPDATE mission SET owner = 'ML' WHERE id = ?", (mission,))

    tab = open_accounts(mission)

    assert not hasattr(tab, "due")
