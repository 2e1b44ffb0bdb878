"""A list reads what is in sight, and keeps its place when the records change."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QCoreApplication, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from sscdesk.application.views import ListPage, ListQuery, ListRow
from sscdesk.model.refusal import DeskError, NotFound
from sscdesk.ui.models.paging import PAGE, Column, PageRun, read_run
from sscdesk.ui.models.record_list import KEPT_PAGES, ROW, RecordListModel

QUERY = ListQuery("mission", sort="title")


def a_row(number: int) -> ListRow:
    return ListRow(
        id=f"{number:032x}",
        ref=f"MA-MIS-2026-{number:04}",
        title=f"Mission {number}",
        state="draft",
        owner="MA",
        fields={},
        titles={},
        updated_at="2026-03-11T09:30:00Z",
        conflicts=0,
    )


@dataclass
class Shelf:
    """Rows in order, read by keyset as the desk does; answers when told to."""

    rows: list[ListRow]
    waiting: list[Callable[[], None]] = field(default_factory=list)
    read: int = 0
    refusal: DeskError | None = None

    def listing(self, query: ListQuery) -> ListPage:
        self.read += 1
        start = query.skip
        if query.after is not None:
            start = next(at for at, row in enumerate(self.rows) if row.id == query.after) + 1
        items = tuple(self.rows[start : start + query.limit])
        more = start + query.limit < len(self.rows)
        total = len(self.rows) if query.counted else -1
        return ListPage(items, total, items[-1].id if more else None)

    def __call__(
        self,
        query: ListQuery,
        first: int,
        count: int,
        then: Callable[[PageRun], None],
        failed: Callable[[DeskError], None],
    ) -> None:
        if self.refusal is not None:
            refusal = self.refusal
            self.waiting.append(lambda: failed(refusal))
        else:
            self.waiting.append(lambda: then(read_run(self.listing, query, first, count)))

    def answer(self) -> None:
        """Answer until nobody asks any more."""
        QCoreApplication.processEvents()
        while self.waiting:
            self.waiting.pop(0)()
            QCoreApplication.processEvents()


COLUMNS = (
    Column("title", "Title", lambda row: row.title),
    Column("ref", "Number", lambda row: row.ref, trailing=True, sortable=False),
)


def a_model(shelf: Shelf) -> RecordListModel:
    return RecordListModel(shelf, COLUMNS, lambda row: f"{row.title}, draft")


@pytest.fixture
def long_shelf() -> Shelf:
    return Shelf([a_row(number) for number in range(5_000)])


def test_the_model_keeps_qts_rules(
    qtbot: QtBot, qtmodeltester: ModelTester, long_shelf: Shelf
) -> None:
    model = a_model(long_shelf)
    model.show_query(QUERY)
    long_shelf.answer()

    qtmodeltester.check(model)


def test_only_the_first_page_is_read_at_first(qtbot: QtBot, long_shelf: Shelf) -> None:
    model = a_model(long_shelf)

    model.show_query(QUERY)
    long_shelf.answer()

    assert model.rowCount() == 5_000
    assert model.rows_at_hand() == PAGE
    assert long_shelf.read == 1


def test_a_row_in_sight_is_a_placeholder_until_it_comes(qtbot: QtBot, long_shelf: Shelf) -> None:
    model = a_model(long_shelf)
    model.show_query(QUERY)
    long_shelf.answer()

    before = model.index(150, 0).data(ROW)
    long_shelf.answer()

    assert before is None
    assert model.index(150, 0).data() == "Mission 150"


def test_a_jump_far_down_arrives(qtbot: QtBot, long_shelf: Shelf) -> None:
    model = a_model(long_shelf)
    model.show_query(QUERY)
    long_shelf.answer()

    model.row(4_999)
    long_shelf.answer()

    row = model.row(4_999)
    assert row is not None
    assert row.title == "Mission 4999"
    assert long_shelf.read == 2


def test_memory_stays_bounded(qtbot: QtBot, long_shelf: Shelf) -> None:
    model = a_model(long_shelf)
    model.show_query(QUERY)
    long_shelf.answer()

    for number in range(0, 5_000, 50):
        model.row(number)
        long_shelf.answer()

    assert model.rows_at_hand() <= KEPT_PAGES * PAGE
    assert model.row(4_950) is not None


def test_a_dropped_page_comes_back(qtbot: QtBot) -> None:
    shelf = Shelf([a_row(number) for number in range((KEPT_PAGES + 5) * PAGE)])
    model = a_model(shelf)
    model.show_query(QUERY)
    shelf.answer()
    model.row(len(shelf.rows) - 1)
    shelf.answer()

    model.row(0)
    shelf.answer()

    row = model.row(0)
    assert row is not None
    assert row.title == "Mission 0"


def test_what_was_asked_of_an_earlier_list_is_not_shown(qtbot: QtBot, long_shelf: Shelf) -> None:
    model = a_model(long_shelf)
    model.show_query(QUERY)
    late = long_shelf.waiting.pop()
    long_shelf.rows = long_shelf.rows[:3]

    model.show_query(replace(QUERY, search="x"))
    long_shelf.answer()
    late()

    assert model.rowCount() == 3


def test_a_selection_follows_its_record_when_rows_move(qtbot: QtBot) -> None:
    shelf = Shelf([a_row(number) for number in range(10)])
    model = a_model(shelf)
    model.show_query(QUERY)
    shelf.answer()
    held = QPersistentModelIndex(model.index(4, 0))

    shelf.rows.insert(0, a_row(99))
    model.refresh()
    shelf.answer()

    assert held.row() == 5
    assert model.index(held.row(), 0).data() == "Mission 4"
    assert model.total == 11


def test_a_selection_ends_with_its_record(qtbot: QtBot) -> None:
    shelf = Shelf([a_row(number) for number in range(10)])
    model = a_model(shelf)
    model.show_query(QUERY)
    shelf.answer()
    held = QPersistentModelIndex(model.index(4, 0))

    del shelf.rows[4]
    model.refresh()
    shelf.answer()

    assert not held.isValid()
    assert model.total == 9


def test_a_list_that_shrinks_while_scrolled_keeps_qts_rules(
    qtbot: QtBot, qtmodeltester: ModelTester, long_shelf: Shelf
) -> None:
    model = a_model(long_shelf)
    qtmodeltester.check(model)
    model.show_query(QUERY)
    long_shelf.answer()
    model.row(900)
    long_shelf.answer()

    long_shelf.rows = long_shelf.rows[:120]
    model.refresh()
    long_shelf.answer()

    assert model.rowCount() == 120


def test_a_refusal_is_told_and_the_next_question_is_asked(qtbot: QtBot) -> None:
    shelf = Shelf([a_row(1)], refusal=NotFound("no-such-field", "No."))
    model = a_model(shelf)
    told: list[DeskError] = []
    model.refused.connect(told.append)

    model.show_query(QUERY)
    shelf.answer()
    shelf.refusal = None
    model.show_query(QUERY)
    shelf.answer()

    assert [error.code for error in told] == ["no-such-field"]
    assert model.rowCount() == 1


def test_a_heading_asks_for_its_order(qtbot: QtBot, long_shelf: Shelf) -> None:
    model = a_model(long_shelf)
    model.show_query(QUERY)
    long_shelf.answer()
    wishes: list[str] = []
    model.sort_wanted.connect(wishes.append)

    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.sort(1, Qt.SortOrder.AscendingOrder)

    assert wishes == ["-title"]


def test_a_screen_reader_hears_the_whole_row(qtbot: QtBot, long_shelf: Shelf) -> None:
    model = a_model(long_shelf)
    model.show_query(QUERY)
    long_shelf.answer()

    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "Mission 0, draft"


def test_an_empty_list_is_known_to_be_empty(qtbot: QtBot) -> None:
    shelf = Shelf([])
    model = a_model(shelf)
    counts: list[int] = []
    model.counted.connect(counts.append)

    model.show_query(QUERY)
    shelf.answer()

    assert counts == [0]
    assert model.known
