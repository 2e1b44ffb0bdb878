"""The rows of a list, read by pages as they come into sight.

The model knows the total and reads a page only when a row of it is asked for: after its
neighbour by keyset, after a jump by its place. Pages far from sight are dropped and read
again. So 100,000 records cost what the screen shows. Rows on their way are placeholders.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from sscdesk.application.views import ListQuery, ListRow
from sscdesk.model.refusal import DeskError
from sscdesk.ui.models.paging import PAGE, Column, PageRun, Reader

KEPT_PAGES = 40
ROW = Qt.ItemDataRole.UserRole + 1
"""The ``ListRow`` of an index, None while it is on its way."""

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RecordListModel(QAbstractTableModel):
    """A list of records as a table.

    *Signals*: ``counted(total)`` when the total is known or changes; ``refused(DeskError)``;
    ``arrived()`` when rows came in; ``sort_wanted(name)`` when a header asks for an order.
    """

    counted = Signal(int)
    refused = Signal(object)
    arrived = Signal()
    sort_wanted = Signal(str)

    def __init__(
        self,
        read: Reader,
        columns: Sequence[Column],
        spoken: Callable[[ListRow], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._columns = tuple(columns)
        self._spoken = spoken
        self._query: ListQuery | None = None
        self._total = 0
        self._known = False
        self._pages: OrderedDict[int, tuple[ListRow, ...]] = OrderedDict()
        self._cursors: dict[int, str | None] = {0: None}
        """Where a page begins, as far as its neighbour has been read."""
        self._wanted: list[int] = []
        self._reading = False
        self._round = 0
        self._pump = QTimer(self)
        self._pump.setSingleShot(True)
        self._pump.setInterval(0)
        self._pump.timeout.connect(self._read_wanted)

    # What it shows

    def show_query(self, query: ListQuery) -> None:
        """Show another list from its beginning."""
        self._round += 1
        self.beginResetModel()
        self._query = query
        self._total = 0
        self._known = False
        self._forget_pages()
        self.endResetModel()
        self._reading = False
        self._ask(0, 1)

    def refresh(self) -> None:
        """Read again what has been in sight, and keep rows, selection and place."""
        if self._query is None:
            return
        self._round += 1
        self._reading = False
        seen = list(self._pages)[-2:]
        first = min(seen, default=0)
        self._ask(first, max(seen, default=0) - first + 1, self._renewed, by_place=True)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; the rows stay."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def word_columns(self, columns: Sequence[Column]) -> None:
        """Show the same columns in other words; rows and selection stay."""
        self._columns = tuple(columns)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)

    @property
    def query(self) -> ListQuery | None:
        """The list shown."""
        return self._query

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns shown."""
        return self._columns

    @property
    def total(self) -> int:
        """How many records the list has."""
        return self._total

    @property
    def known(self) -> bool:
        """Whether the first answer has come."""
        return self._known

    def row(self, number: int) -> ListRow | None:
        """Return a row; None where it is still on its way, which asks for it."""
        if not 0 <= number < self._total:
            return None
        page = number // PAGE
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        place = number - page * PAGE
        return rows[place] if place < len(rows) else None

    def _peek(self, number: int) -> ListRow | None:
        rows = self._pages.get(number // PAGE, ())
        place = number % PAGE
        return rows[place] if place < len(rows) else None

    def place_of(self, identifier: str) -> int | None:
        """Return the number of a record's row among those at hand."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                if row.id == identifier:
                    return page * PAGE + place
        return None

    def rows_at_hand(self) -> int:
        """Return how many rows are kept in memory."""
        return sum(len(rows) for rows in self._pages.values())

    # Qt's questions

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ROLES:
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.trailing else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        row = self.row(index.row())
        if role == ROW or row is None:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return self._spoken(row)
        return column.text(row)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            trailing = self._columns[section].trailing
            side = Qt.AlignmentFlag.AlignRight if trailing else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self._columns[section].label if role == Qt.ItemDataRole.DisplayRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._columns) or not self._columns[column].sortable:
            return
        sign = "-" if order == Qt.SortOrder.DescendingOrder else ""
        wish = sign + self._columns[column].name
        if self._query is not None and wish != self._query.sort:
            self.sort_wanted.emit(wish)

    # Reading

    def _forget_pages(self) -> None:
        self._pages.clear()
        self._cursors = {0: None}
        self._wanted = []

    def _want(self, page: int) -> None:
        if page in self._wanted:
            self._wanted.remove(page)
        # Only what was asked for last is in sight; what was passed on the way is not read.
        self._wanted = [*self._wanted[-3:], page]
        if not self._reading:
            self._pump.start()

    @Slot()
    def _read_wanted(self) -> None:
        if self._reading or self._query is None:
            return
        self._wanted = [page for page in self._wanted if page not in self._pages]
        if not self._wanted:
            return
        self._ask(self._wanted[-1], 1)

    def _ask(
        self,
        first: int,
        count: int,
        then: Callable[[PageRun], None] | None = None,
        *,
        by_place: bool = False,
    ) -> None:
        """Read pages; ``by_place`` also where a cursor is known, since rows have moved."""
        self._reading = True
        this_round = self._round
        take = then or self._take

        def arrived(run: PageRun) -> None:
            if this_round == self._round:
                take(run)

        def failed(error: DeskError) -> None:
            if this_round == self._round:
                self._reading = False
                self.refused.emit(error)

        self._read(self._question(first, by_place), first, count, arrived, failed)

    def _question(self, first: int, by_place: bool) -> ListQuery:
        assert self._query is not None
        counted = by_place or not self._known
        if first in self._cursors and not by_place:
            return replace(self._query, after=self._cursors[first], counted=counted)
        return replace(self._query, skip=first * PAGE, counted=counted)

    def _take(self, run: PageRun) -> None:
        self._reading = False
        before, first_time = self._total, not self._known
        self._keep(run)
        if run.pages[0].total >= 0:
            self._fit_total(run.pages[0].total)
        for offset, page in enumerate(run.pages):
            self._tell_changed(run.first + offset, len(page.items))
        if first_time or before != self._total:
            self.counted.emit(self._total)
        self.arrived.emit()
        if self._wanted:
            self._pump.start()

    def _keep(self, run: PageRun) -> None:
        self._known = True
        for offset, page in enumerate(run.pages):
            number = run.first + offset
            self._pages[number] = page.items
            self._pages.move_to_end(number)
            if page.cursor is not None:
                self._cursors[number + 1] = page.cursor
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)

    def _fit_total(self, total: int) -> None:
        if total > self._total:
            self.beginInsertRows(_NOWHERE, self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(_NOWHERE, total, self._total - 1)
            self._total = total
            self.endRemoveRows()

    def _tell_changed(self, page: int, rows: int) -> None:
        first, last = page * PAGE, min(page * PAGE + rows, self._total) - 1
        if last >= first and self._columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def _renewed(self, run: PageRun) -> None:
        """Take rows read again: indexes that somebody holds move with their record."""
        self._reading = False
        before = self._total
        held = [(index, self._peek(index.row())) for index in self.persistentIndexList()]
        self._pages.clear()
        self._cursors = {0: None}
        self._keep(run)
        self._fit_total(run.pages[0].total)
        self.layoutAboutToBeChanged.emit()
        for index, row in held:
            if row is not None:
                place = self.place_of(row.id)
                moved = QModelIndex() if place is None else self.index(place, index.column())
                self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()
        if before != self._total:
            self.counted.emit(self._total)
        self.arrived.emit()


_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(Qt.ItemDataRole.TextAlignmentRole),
        int(ROW),
    }
)
