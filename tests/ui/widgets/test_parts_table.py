"""The table of rows inside a record."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from sscdesk.i18n import set_default_language
from sscdesk.model.base import record_kinds
from sscdesk.model.field import fields_of
from sscdesk.model.values import Money, Value
from sscdesk.model.vocabulary_seed import Vocabularies
from sscdesk.ui.widgets.parts_table import RowItem, RowsModel, RowsTable, columns_of, spoken_row
from sscdesk.ui.wording import Wording

LINES = list(fields_of(record_kinds()["mission"].parts["budget_line"]).values())
LEGS = list(fields_of(record_kinds()["mission"].parts["leg"]).values())
TICKET: dict[str, Value] = {"kind": "transport_air", "amount": Money(2_400_000, "MAD")}
HOTEL: dict[str, Value] = {"kind": "lodging", "amount": Money(118_000, "XOF")}


def a_row(identifier: str, fields: dict[str, Value], owner: str = "MA") -> RowItem:
    """A row of an office."""
    return RowItem(identifier, owner, fields, frozenset(fields))


@pytest.fixture
def model() -> RowsModel:
    """Two budget lines of Morocco's office."""
    made = RowsModel(LINES, Wording(Vocabularies()).value, "MA", movable=True)
    made.show([a_row("one", TICKET), a_row("two", HOTEL)])
    return made


def cells(model: RowsModel, row: int) -> list[str]:
    """Return what a row says."""
    return [model.data(model.index(row, column)) for column in range(model.columnCount())]


def test_the_model_keeps_the_promises_of_qt(model: RowsModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.show([])
    qtmodeltester.check(model)


def test_required_fields_are_columns_and_so_are_those_in_use() -> None:
    bare = [one.name for one in columns_of(LINES, [a_row("one", TICKET)])]
    rich = [one.name for one in columns_of(LINES, [a_row("one", {**TICKET, "quantity": "4"})])]

    assert bare == ["kind", "description", "amount"]
    assert rich == ["kind", "quantity", "amount"]


def test_values_are_written_for_the_reader(model: RowsModel) -> None:
    assert cells(model, 0) == ["Air ticket", "", "24,000.00 MAD"]


def test_the_rows_of_another_office_carry_its_name(model: RowsModel) -> None:
    model.show([a_row("one", TICKET), a_row("two", HOTEL, owner="ML")])

    assert cells(model, 1)[-1] == "Bamako"
    assert "Office of Mali" in spoken_row(model, 1)


def test_a_screen_reader_hears_the_heading_with_each_cell(model: RowsModel) -> None:
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "Kind: Air ticket"


def test_a_latin_text_keeps_its_full_stop_in_an_arabic_table() -> None:
    set_default_language("ar")
    model = RowsModel(LEGS, Wording(Vocabularies()).value, "MA")

    model.show([a_row("one", {"from_place": "Rabat.", "to_place": "باماكو", "date": "2026"})])

    assert cells(model, 0)[:2] == ["\u2066Rabat.\u2069", "باماكو"]


def test_rows_that_stay_keep_the_one_that_is_chosen(model: RowsModel, qtbot: QtBot) -> None:
    table = RowsTable(model, "Budget")
    qtbot.addWidget(table)
    table.selectRow(1)

    model.show([a_row("one", TICKET), a_row("two", {**HOTEL, "kind": "meals"})])

    assert table.selected_row() == 1
    assert cells(model, 1)[0] == "Meals"


@pytest.mark.parametrize(
    ("row", "step", "before"), [("one", 1, ""), ("two", -1, "one"), ("one", -1, None)]
)
def test_a_row_moves_by_one_step(row: str, step: int, before: str | None, model: RowsModel) -> None:
    assert model.neighbour(row, step) == before


def test_a_row_that_is_dragged_asks_to_be_moved(model: RowsModel, qtbot: QtBot) -> None:
    carried = model.mimeData([model.index(1, 0)])

    with qtbot.waitSignal(model.move_wanted) as asked:
        model.dropMimeData(carried, Qt.DropAction.MoveAction, 0, 0, model.index(-1, -1))

    assert asked.args == ["two", "one"]


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "edit_wanted"),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, "edit_wanted"),
        (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier, "add_wanted"),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "remove_wanted"),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, "step_wanted"),
    ],
)
def test_all_is_done_by_keyboard(
    key: Qt.Key, modifier: Qt.KeyboardModifier, signal: str, model: RowsModel, qtbot: QtBot
) -> None:
    table = RowsTable(model, "Budget")
    qtbot.addWidget(table)
    table.selectRow(1)

    with qtbot.waitSignal(getattr(table, signal)):
        qtbot.keyClick(table, key, modifier)
