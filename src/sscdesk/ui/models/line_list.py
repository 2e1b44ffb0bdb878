"""A short list of things to decide, painted as records are in their lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from sscdesk.application.views import ListRow
from sscdesk.i18n import _
from sscdesk.ui.models.record_list import ROW
from sscdesk.ui.pages.list_views import RecordListView, select_row
from sscdesk.ui.widgets.row_delegate import RowWords

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it leads to, and its words."""

    id: str
    words: RowWords


class LineListModel(QAbstractListModel):
    """Lines in memory."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return ListRow(line.id, "", "", "", "", {}, {}, "", 0)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = line.words
            return _("{title}, {about}, {state}").format(
                title=words.title, about=words.about, state=words.state
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.words.title
        return None

    def words(self, row: ListRow) -> RowWords:
        """Return the words of a line, for the delegate."""
        found = self.place_of(row.id)
        return self.lines[found].words if found >= 0 else RowWords("", "", "", "neutral")

    def place_of(self, identifier: str) -> int:
        """Return where a line stands, -1 when it is not here."""
        return next((at for at, one in enumerate(self.lines) if one.id == identifier), -1)


class LineList(RecordListView):
    """The list of such lines, one chosen at a time."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.line_model = LineListModel()
        super().__init__(self.line_model, self.line_model.words, parent)
        self.setAccessibleName(name)
        self.line_model.setParent(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def chosen(self) -> str:
        """Return what the chosen line leads to, empty when none is chosen."""
        index = self.currentIndex()
        return self.line_model.lines[index.row()].id if index.isValid() else ""

    def choose(self, identifier: str) -> bool:
        """Choose a line; the first where that one is not here."""
        place = self.line_model.place_of(identifier)
        if self.line_model.lines:
            select_row(self, max(0, place))
        return place >= 0

    def step(self, by: int) -> None:
        """Choose the line ``by`` further down."""
        lines = self.line_model.lines
        if lines:
            select_row(self, min(len(lines) - 1, max(0, self.currentIndex().row() + by)))
