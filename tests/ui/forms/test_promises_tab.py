"""The ledger of promises on the screen of a plan, an agreement, a commitment."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import set_default_language
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.promise_cell import NoAnswer, PromiseCell
from sscdesk.ui.forms.promises_tab import PromisesTab
from sscdesk.ui.forms.record_form import RecordForm
from sscdesk.ui.look import look
from tests.promising import a_plan, a_promise, an_agreement, put_in_state

Open = Callable[[str, str], RecordForm]
Quiet = Callable[..., None]


@pytest.fixture
def plan(workspace: Workspace) -> str:
    return a_plan(workspace, an_agreement(workspace, "MA", "ML").id, "MA", "ML").id


@pytest.fixture
def open_ledger(open_form: Open, quiet: Quiet) -> Callable[[str, str], PromisesTab]:
    def show(entity: str, identifier: str) -> PromisesTab:
        form = open_form(entity, identifier)
        tab = form.tabs.show_tab("promises")
        quiet(form)
        assert isinstance(tab, PromisesTab)
        return tab

    return show


def words_in(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.text()]


def test_both_columns_stand_side_by_side_with_their_totals(
    workspace: Workspace, plan: str, open_ledger: Callable[[str, str], PromisesTab]
) -> None:
    theirs = a_promise(workspace, plan, "ML", "MA")
    a_promise(workspace, plan, "MA", "ML", reciprocal_of=theirs.id)

    tab = open_ledger("action_plan", plan)

    (row,) = tab.rows
    (ours,), (answer,) = row.cells
    assert ours.mapTo(row, ours.pos()).x() < answer.mapTo(row, answer.pos()).x()
    assert "Rabat owes Bamako" in words_in(tab)
    assert "1 commitment: 1 proposed" in words_in(tab)


def test_in_arabic_ones_own_column_is_on_the_right(
    workspace: Workspace, plan: str, open_ledger: Callable[[str, str], PromisesTab]
) -> None:
    set_default_language("ar")
    look().apply()
    theirs = a_promise(workspace, plan, "ML", "MA")
    a_promise(workspace, plan, "MA", "ML", reciprocal_of=theirs.id)

    tab = open_ledger("action_plan", plan)

    (ours,), (answer,) = tab.rows[0].cells
    left = answer.mapToGlobal(answer.rect().topLeft()).x()
    assert left < ours.mapToGlobal(ours.rect().topLeft()).x()


def test_a_late_promise_says_by_how_many_days(
    workspace: Workspace, plan: str, open_ledger: Callable[[str, str], PromisesTab]
) -> None:
    late = a_promise(workspace, plan, "MA", "ML", due_on="2026-02-27", progress_percent=40)
    put_in_state(workspace, "commitment", late.id, "in_progress")

    tab = open_ledger("action_plan", plan)

    cell = tab.rows[0].cells[0][0]
    assert cell.state.text == "In progress"
    assert cell.due.text() == "Overdue by 12 days, since 27 Feb 2026"
    assert cell.progress.accessibleName() == "Progress: 40 %"


def test_an_agreement_without_plan_offers_one(
    workspace: Workspace,
    desk: Desk,
    qtbot: QtBot,
    open_ledger: Callable[[str, str], PromisesTab],
) -> None:
    agreement = an_agreement(workspace, "MA", "ML")

    tab = open_ledger("agreement", agreement.id)

    (step,) = [one for one in tab.findChildren(QPushButton) if one.isVisible()]
    with qtbot.waitSignal(desk.new_wanted) as wanted:
        qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
    assert wanted.args == ["action_plan", {"agreement": agreement.id}]


def test_a_one_sided_promise_is_said_so_and_offers_its_other_half(
    workspace: Workspace,
    desk: Desk,
    plan: str,
    qtbot: QtBot,
    open_ledger: Callable[[str, str], PromisesTab],
) -> None:
    ours = a_promise(workspace, plan, "MA", "ML")
    tab = open_ledger("action_plan", plan)
    (gap,) = tab.findChildren(NoAnswer)

    with qtbot.waitSignal(desk.new_wanted) as wanted:
        qtbot.mouseClick(gap.add, Qt.MouseButton.LeftButton)

    assert "One-sided: nothing is promised in return." in words_in(gap)
    entity, values = wanted.args
    assert entity == "commitment"
    assert (values["owed_by"], values["owed_to"]) == ("ML", "MA")
    assert values["reciprocal_of"] == ours.id


def test_a_click_opens_a_promise_and_what_serves_it(
    workspace: Workspace,
    desk: Desk,
    plan: str,
    qtbot: QtBot,
    open_ledger: Callable[[str, str], PromisesTab],
) -> None:
    given = {"title_fr": "Atelier", "kind": "workshop", "step": "share", "lead_office": "MA"}
    exchange = records.create(workspace, "exchange", given)
    promise = a_promise(workspace, plan, "MA", "ML", exchanges=(exchange.id,))
    tab = open_ledger("action_plan", plan)
    (cell,) = tab.findChildren(PromiseCell)
    (served,) = [one for one in cell.findChildren(QPushButton) if one.isVisible()]
    opened: list[tuple[str, str]] = []
    desk.open_wanted.connect(lambda entity, identifier, _apart: opened.append((entity, identifier)))

    qtbot.mouseClick(cell.link, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(served, Qt.MouseButton.LeftButton)

    assert opened == [("commitment", promise.id), ("exchange", exchange.id)]


def test_the_arrows_move_between_promises(
    workspace: Workspace,
    plan: str,
    qtbot: QtBot,
    open_ledger: Callable[[str, str], PromisesTab],
) -> None:
    theirs = a_promise(workspace, plan, "ML", "MA", due_on="2026-05-01")
    a_promise(workspace, plan, "MA", "ML", reciprocal_of=theirs.id, due_on="2026-05-01")
    a_promise(workspace, plan, "MA", "ML", due_on="2026-07-01")
    tab = open_ledger("action_plan", plan)
    first, second = tab.rows
    first.focus_side(0)

    qtbot.keyClick(first.cells[0][0].link, Qt.Key.Key_Right)
    aside = first.side_with_focus()
    qtbot.keyClick(first.cells[1][0].link, Qt.Key.Key_Left)
    qtbot.keyClick(first.cells[0][0].link, Qt.Key.Key_Down)

    assert aside == 1
    assert second.side_with_focus() == 0


def test_a_promise_changed_elsewhere_is_read_again(
    workspace: Workspace,
    plan: str,
    qtbot: QtBot,
    open_ledger: Callable[[str, str], PromisesTab],
) -> None:
    promise = a_promise(workspace, plan, "MA", "ML")
    tab = open_ledger("action_plan", plan)

    records.change(workspace, promise.id, {"title_fr": "Former deux agents"})

    qtbot.waitUntil(lambda: tab.rows[0].cells[0][0].link.title == "Former deux agents")


def test_the_tab_counts_what_it_holds(
    workspace: Workspace, plan: str, open_form: Open, quiet: Quiet
) -> None:
    a_promise(workspace, plan, "MA", "ML")
    a_promise(workspace, plan, "ML", "MA")
    form = open_form("action_plan", plan)
    form.tabs.show_tab("promises")
    quiet(form)

    assert form.tabs.bar.tabText(form.tabs.names.index("promises")) == "Commitments · 2"


def test_a_narrow_window_puts_the_columns_below_each_other(
    workspace: Workspace,
    plan: str,
    qtbot: QtBot,
    open_ledger: Callable[[str, str], PromisesTab],
) -> None:
    theirs = a_promise(workspace, plan, "ML", "MA")
    a_promise(workspace, plan, "MA", "ML", reciprocal_of=theirs.id)
    tab = open_ledger("action_plan", plan)
    form = tab.window()

    form.resize(480, 720)

    (ours,), (answer,) = tab.rows[0].cells
    qtbot.waitUntil(
        lambda: (
            answer.mapToGlobal(answer.rect().topLeft()).y()
            > ours.mapToGlobal(ours.rect().bottomLeft()).y()
        )
    )


def test_the_next_act_is_done_from_the_ledger(
    workspace: Workspace,
    plan: str,
    qtbot: QtBot,
    open_ledger: Callable[[str, str], PromisesTab],
) -> None:
    promise = a_promise(workspace, plan, "MA", "ML")
    put_in_state(workspace, "commitment", promise.id, "agreed")
    tab = open_ledger("action_plan", plan)

    qtbot.mouseClick(tab.rows[0].cells[0][0].step, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: tab.rows[0].cells[0][0].promise.state == "in_progress")
    assert records.view(workspace, promise.id).state == "in_progress"
