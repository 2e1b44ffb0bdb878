"""A list on a real desk: read by pages, filtered in words, changed with Undo at hand."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.views import ListRow
from sscdesk.application.workspace import Workspace
from sscdesk.ui.desk import Desk, Notice
from sscdesk.ui.models.conditions import Condition
from sscdesk.ui.models.paging import PAGE
from sscdesk.ui.pages.list_page import ListPage
from sscdesk.ui.pages.list_transfer import with_ending
from sscdesk.ui.screens import BY_NAME

Settled = Callable[[], None]


class ShownRecord(QLabel):
    """Stands for the form: says which record it was asked to show."""

    def show_record(self, entity: str, identifier: str) -> None:
        self.setText(f"{entity} {identifier}")

    def begin(self, entity: str, values: dict[str, object]) -> None:
        self.setText(f"new {entity}")

    def settle(self) -> None:
        return

    def reword(self) -> None:
        return


def _record(desk: Desk, parent: QWidget) -> QWidget:
    return ShownRecord(parent)


def many_organisations(w: Workspace, count: int) -> None:
    with w.unit("Import", undoable=False) as unit:
        for number in range(count):
            unit.create(
                "organisation",
                {
                    "name_fr": f"Association {number:05}",
                    "country": "ML" if number % 4 == 1 else "MA",
                    "kind": "ngo",
                    "level": "local",
                },
            )


@pytest.fixture
def notices(desk: Desk) -> list[Notice]:
    told: list[Notice] = []
    desk.said.connect(told.append)
    return told


@pytest.fixture
def open_page(qtbot: QtBot, desk: Desk, settled: Settled) -> Iterator[Callable[[str], ListPage]]:
    made: list[ListPage] = []

    def open_one(screen: str) -> ListPage:
        page = ListPage(desk, BY_NAME[screen], _record)
        page.resize(1100, 700)
        page.show()
        page.activateWindow()
        qtbot.waitExposed(page)
        made.append(page)
        settled()
        return page

    yield open_one
    settled()
    for page in made:
        page.close()
        page.deleteLater()


def _titles(page: ListPage) -> list[str]:
    rows = (page.pane.model.row(number) for number in range(page.pane.model.total))
    return [row.title for row in rows if isinstance(row, ListRow)]


def test_two_thousand_rows_are_read_as_they_come_into_sight(
    open_page: Callable[[str], ListPage], workspace: Workspace, settled: Settled
) -> None:
    many_organisations(workspace, 2_000)
    page = open_page("organisations")
    at_first = page.pane.model.rows_at_hand()

    page.pane.list_view.scrollToBottom()
    settled()
    page.repaint()
    settled()

    row = page.pane.model.row(1_999)
    assert page.pane.model.total == 2_000
    assert at_first == PAGE
    assert row is not None
    assert row.title == "Association 01999"
    assert page.pane.model.rows_at_hand() <= 4 * PAGE


def test_the_count_and_the_order_are_said(
    open_page: Callable[[str], ListPage], workspace: Workspace
) -> None:
    many_organisations(workspace, 3)

    page = open_page("organisations")

    assert page.pane.summary.text() == "3 organisations · sorted by “Title”"


def test_an_empty_list_says_what_would_be_here_and_offers_the_first_step(
    qtbot: QtBot, open_page: Callable[[str], ListPage], desk: Desk
) -> None:
    page = open_page("missions")

    assert page.pane.rows.currentWidget() is page.pane.empty
    with qtbot.waitSignal(desk.new_wanted) as wanted:
        qtbot.mouseClick(page.pane.first_step, Qt.MouseButton.LeftButton)
    assert wanted.args[0] == "mission"


def test_a_filter_narrows_the_list_and_reads_as_a_sentence(
    open_page: Callable[[str], ListPage], workspace: Workspace, settled: Settled
) -> None:
    many_organisations(workspace, 40)
    page = open_page("organisations")

    page.pane.filters.add(Condition("country", "any_of", ("ML",)))
    settled()

    assert page.pane.model.total == 10
    assert page.pane.filters._chips[0].text().startswith("Country: Mali")


def test_a_chip_is_taken_away_by_its_key(
    qtbot: QtBot, open_page: Callable[[str], ListPage], workspace: Workspace, settled: Settled
) -> None:
    many_organisations(workspace, 40)
    page = open_page("organisations")
    page.pane.filters.add(Condition("country", "any_of", ("ML",)))
    settled()
    page.activateWindow()
    chip = page.pane.filters._chips[0]
    chip.setFocus()

    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    settled()

    assert page.pane.model.total == 40


def test_filters_that_find_nothing_offer_to_show_all(
    qtbot: QtBot, open_page: Callable[[str], ListPage], workspace: Workspace, settled: Settled
) -> None:
    many_organisations(workspace, 4)
    page = open_page("organisations")
    page.pane.filters.add(Condition("country", "any_of", ("SN",)))
    settled()
    nothing = page.pane.rows.currentWidget() is page.pane.empty

    qtbot.mouseClick(page.pane.widen_step, Qt.MouseButton.LeftButton)
    settled()

    assert nothing
    assert page.pane.model.total == 4


def test_words_are_looked_for_within_the_list(
    qtbot: QtBot, open_page: Callable[[str], ListPage], workspace: Workspace, settled: Settled
) -> None:
    many_organisations(workspace, 30)
    page = open_page("organisations")

    page.look_for()
    qtbot.keyClicks(page.pane.find_line, "00017")
    qtbot.waitUntil(lambda: page.pane.model.total == 1)
    settled()

    assert _titles(page) == ["Association 00017"]


def test_the_arrow_keys_bring_the_record_beside(
    qtbot: QtBot, open_page: Callable[[str], ListPage], workspace: Workspace, settled: Settled
) -> None:
    many_organisations(workspace, 3)
    page = open_page("organisations")
    page.pane.list_view.setCurrentIndex(page.pane.model.index(0, 0))

    qtbot.keyClick(page.pane.list_view, Qt.Key.Key_Down)

    row = page.pane.model.row(1)
    assert row is not None
    qtbot.waitUntil(lambda: page.side.currentWidget() is not page.nothing)
    assert page.record_side().text() == f"organisation {row.id}"


def test_enter_opens_the_record_in_a_window_of_its_own(
    qtbot: QtBot, open_page: Callable[[str], ListPage], workspace: Workspace, desk: Desk
) -> None:
    many_organisations(workspace, 1)
    page = open_page("organisations")
    page.pane.list_view.setCurrentIndex(page.pane.model.index(0, 0))

    with qtbot.waitSignal(desk.open_wanted) as wanted:
        qtbot.keyClick(page.pane.list_view, Qt.Key.Key_Return)

    assert wanted.args[0] == "organisation"
    assert wanted.args[2] is True


def test_what_is_deleted_comes_back_by_undo(
    qtbot: QtBot,
    open_page: Callable[[str], ListPage],
    workspace: Workspace,
    notices: list[Notice],
    settled: Settled,
) -> None:
    many_organisations(workspace, 3)
    page = open_page("organisations")
    page.pane.list_view.setCurrentIndex(page.pane.model.index(0, 0))

    page.pane.list_view.setFocus()
    qtbot.keyClick(page.pane.list_view, Qt.Key.Key_Delete)
    settled()
    left = _titles(page)
    notice = notices[-1]
    assert notice.act is not None
    notice.act()
    settled()

    assert left == ["Association 00001", "Association 00002"]
    assert notice.text == "The organisation is in the bin."
    assert len(_titles(page)) == 3


def test_the_bin_shows_what_was_deleted_and_puts_it_back(
    open_page: Callable[[str], ListPage], workspace: Workspace, settled: Settled
) -> None:
    many_organisations(workspace, 2)
    page = open_page("organisations")
    row = page.pane.model.row(0)
    assert row is not None
    records.delete(workspace, row.id)
    settled()

    page.pane.actions_of_list.show_bin.trigger()
    settled()
    in_bin = _titles(page)
    page.pane.list_view.setCurrentIndex(page.pane.model.index(0, 0))
    page.pane.actions_of_list.delete.trigger()
    settled()

    assert in_bin == ["Association 00000"]
    assert page.pane.model.total == 0


def test_a_list_is_copied_as_a_table(
    open_page: Callable[[str], ListPage],
    workspace: Workspace,
    notices: list[Notice],
    settled: Settled,
) -> None:
    many_organisations(workspace, 250)
    page = open_page("organisations")

    page.pane.actions_of_list.copy.trigger()
    settled()

    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 251
    assert "Association 00249" in lines[250]
    assert notices[-1].text.startswith("250 rows are copied")


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".vcf"])
def test_just_what_is_shown_is_exported(
    open_page: Callable[[str], ListPage],
    workspace: Workspace,
    notices: list[Notice],
    settled: Settled,
    tmp_path: Path,
    ending: str,
) -> None:
    many_organisations(workspace, 12)
    page = open_page("organisations")
    page.pane.filters.add(Condition("country", "any_of", ("ML",)))
    settled()

    page.pane.actions_of_list.transfer.export_to(tmp_path / f"list{ending}")
    settled()

    assert (tmp_path / f"list{ending}").stat().st_size > 0
    assert notices[-1].text == f"3 records are in “list{ending}”."


@pytest.mark.parametrize(
    ("typed", "kind", "path"),
    [
        ("list", "Spreadsheet (*.xlsx)", "list.xlsx"),
        ("list.csv", "Spreadsheet (*.xlsx)", "list.csv"),
        ("list v1.2", "Calendar (*.ics)", "list v1.2.ics"),
    ],
)
def test_a_file_gets_the_ending_of_its_kind(typed: str, kind: str, path: str) -> None:
    assert with_ending(Path(typed), kind) == Path(path)


def test_a_change_elsewhere_shows_and_the_choice_stays(
    open_page: Callable[[str], ListPage], workspace: Workspace, settled: Settled
) -> None:
    many_organisations(workspace, 5)
    page = open_page("organisations")
    page.pane.list_view.setCurrentIndex(page.pane.model.index(3, 0))
    chosen = page.pane.chosen_rows()[0].id

    records.create(
        workspace,
        "organisation",
        {"name_fr": "Aaa", "country": "MA", "kind": "ngo", "level": "local"},
    )
    settled()

    assert _titles(page)[0] == "Aaa"
    assert page.pane.chosen_rows()[0].id == chosen


def test_a_table_is_sorted_by_its_heading(
    open_page: Callable[[str], ListPage], workspace: Workspace, settled: Settled
) -> None:
    many_organisations(workspace, 5)
    page = open_page("organisations")
    page.pane.mode_button.click()
    settled()
    title = page.pane.column_names().index("title")

    page.pane.table_view.sortByColumn(title, Qt.SortOrder.DescendingOrder)
    settled()

    assert page.pane.in_table
    assert _titles(page)[0] == "Association 00004"
    assert not page.side.isVisible()


def test_columns_are_chosen_and_remembered(
    open_page: Callable[[str], ListPage], workspace: Workspace, desk: Desk, settled: Settled
) -> None:
    many_organisations(workspace, 2)
    page = open_page("organisations")

    page.pane.show_columns(["title", "country"])
    settled()

    assert [column.label for column in page.pane.model.columns] == ["Title", "Country"]
    assert desk.preferences.columns["organisation"] == ["title", "country"]


def test_a_view_is_kept_under_its_name_and_shown_again(
    open_page: Callable[[str], ListPage], workspace: Workspace, settled: Settled
) -> None:
    many_organisations(workspace, 8)
    page = open_page("organisations")
    page.pane.filters.add(Condition("country", "any_of", ("ML",)))
    settled()
    page.pane.actions_of_list.keep_as("In Mali")
    settled()

    again = open_page("organisations")
    view = again.pane.actions_of_list.views[0]
    again.pane.show_view(view)
    settled()

    assert view.name == "In Mali"
    assert again.pane.model.total == 2


def test_a_screen_of_several_entities_has_tabs(
    open_page: Callable[[str], ListPage], settled: Settled
) -> None:
    page = open_page("agreements")

    page.tabs.setCurrentIndex(2)
    settled()

    assert [page.tabs.tabText(place) for place in range(page.tabs.count())] == [
        "Agreements",
        "Action plans",
        "Commitments",
        "Indicators",
    ]
    assert page.new_entity() == "commitment"


@pytest.mark.parametrize(
    "screen", ["missions", "exchanges", "follow_ups", "people", "practices", "reports"]
)
def test_every_list_opens(open_page: Callable[[str], ListPage], screen: str) -> None:
    page = open_page(screen)

    assert page.pane.model.known
