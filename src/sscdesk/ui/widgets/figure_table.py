"""Figures by period and side as a table; every figure opens the records behind it."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from sscdesk.i18n import _
from sscdesk.ui.look import look
from sscdesk.ui.models.table_copy import as_mime
from sscdesk.ui.widgets.tips import plain_tip
from sscdesk.ui.wording import without_isolates

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MOST_ROWS = 14


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure in words; ``at`` says which (period, side), None for what opens nothing."""

    words: str
    tip: str = ""
    at: tuple[str | None, str | None] | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words: headings, and lines of which the first cell names the line."""

    headings: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]


class FigureModel(QAbstractTableModel):
    """The cells of a grid."""

    def __init__(self, grid: Grid, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = grid

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.grid.lines)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.grid.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.grid.headings[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.grid.headings[section])
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell.tip) if cell.tip else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            line = self.grid.lines[index.row()][0].words
            return f"{line}, {self.grid.headings[index.column()]}: {cell.words}"
        if role == Qt.ItemDataRole.ForegroundRole and (cell.tone or cell.at):
            return look().color(cell.tone or "accent")
        return None

    def cell(self, index: AnyIndex) -> Cell:
        """Return the cell of an index."""
        return self.grid.lines[index.row()][index.column()]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignTrailing if column else Qt.AlignmentFlag.AlignLeading
    return side | Qt.AlignmentFlag.AlignVCenter


class FigureTable(QTableView):
    """The table, as high as its lines up to a limit.

    *Signals*: ``figure_wanted(at)`` with the period and side of a figure, by click or Enter.
    """

    figure_wanted = Signal(object)

    def __init__(self, grid: Grid, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = FigureModel(grid, self)
        self.setModel(self.figures)
        self.setAccessibleName(name)
        self.setProperty("look", "rows")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setAccessibleName(_("Columns"))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self.clicked.connect(self._open)
        self._fit()

    def _fit(self) -> None:
        header = self.horizontalHeader()
        height = look().theme.row_height
        self.verticalHeader().setDefaultSectionSize(height)
        for section in range(self.figures.columnCount()):
            wanted = max(self.sizeHintForColumn(section), header.sectionSizeHint(section))
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(section, min(wanted + look().sp(14), look().sp(220)))
        if header.length() <= self.viewport().width():
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        shown = min(max(self.figures.rowCount(), 1), MOST_ROWS)
        wide = header.length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        wanted = header.sizeHint().height() + shown * height + bar + 2
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.figures.cell(index).at is not None:
            self.figure_wanted.emit(self.figures.cell(index).at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the whole table on the clipboard, for a spreadsheet or a letter."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        QGuiApplication.clipboard().setMimeData(
            as_mime(cells_of(self.figures.grid), right_to_left=mirrored)
        )


def cells_of(grid: Grid) -> list[list[str]]:
    """Return a grid as a heading and lines of cells."""
    lines = [[without_isolates(cell.words) for cell in line] for line in grid.lines]
    return [list(grid.headings), *lines]
