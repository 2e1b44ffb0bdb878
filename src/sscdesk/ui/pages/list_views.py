"""The two ways in which a list shows its records: two lines each, or a table."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListView,
    QTableView,
    QWidget,
)

from sscdesk.i18n import _
from sscdesk.ui.look import look
from sscdesk.ui.widgets.row_delegate import RowDelegate, StateDelegate, TextDelegate, Words

DEFAULT_WIDTH = 140
WIDTHS = {"title": 360, "ref": 150, "state": 130, "owner": 110}
"""Widths of columns at the beginning, at a text of 100 %."""

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RecordListView(QListView):
    """Two lines a record. *Signals*: ``opened(index)`` on Enter or a double click."""

    opened = Signal(QModelIndex)

    def __init__(
        self, model: QAbstractItemModel, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(words, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(look().sp(24))
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class RecordTableView(QTableView):
    """A table. *Signals*: ``opened(index)``; ``columns_moved`` after a column was dragged."""

    opened = Signal(QModelIndex)
    columns_moved = Signal()

    def __init__(self, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(TextDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.doubleClicked.connect(self.opened)
        self._dress_headers()

    def _dress_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(look().sp(48))
        header.setDefaultSectionSize(look().sp(DEFAULT_WIDTH))
        header.sectionMoved.connect(self.columns_moved)
        self.take_sizes()

    def name_parts(self, name: str) -> None:
        """Say what the table and its header are, to a screen reader."""
        self.setAccessibleName(name)
        self.horizontalHeader().setAccessibleName(_("Columns"))

    def take_sizes(self) -> None:
        """Take the height of rows from the theme."""
        self.verticalHeader().setDefaultSectionSize(look().theme.row_height)

    def dress_columns(self, names: Sequence[str], sort: str, states: StateDelegate) -> None:
        """Give each column its width and its painter, and mark the one sorted by."""
        header = self.horizontalHeader()
        for place, name in enumerate(names):
            header.resizeSection(place, look().sp(WIDTHS.get(name, DEFAULT_WIDTH)))
            self.setItemDelegateForColumn(place, states if name == "state" else None)  # type: ignore[arg-type]
        wanted = sort.removeprefix("-")
        down = Qt.SortOrder.DescendingOrder if sort.startswith("-") else Qt.SortOrder.AscendingOrder
        header.blockSignals(True)
        header.setSortIndicator(names.index(wanted) if wanted in names else -1, down)
        header.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


def select_row(view: QAbstractItemView, row: int) -> None:
    """Make one row the current and only selected one."""
    index = view.model().index(row, 0)
    view.selectionModel().setCurrentIndex(
        index,
        QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
    )
    view.scrollTo(index)
