"""The rows inside a record as a table: which columns, what they say, how rows move."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from sscdesk.i18n import _
from sscdesk.model.field import Field, FieldType
from sscdesk.model.values import Value
from sscdesk.ui import icons
from sscdesk.ui.look import look
from sscdesk.ui.places import city, office_name
from sscdesk.ui.widgets.editors.direction import in_its_direction, reading_direction
from sscdesk.ui.widgets.editors.wording import DOTS
from sscdesk.ui.widgets.tips import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MIME = "application/x-sscdesk-row"
MOST_COLUMNS = 5
LEAST_COLUMNS = 3
MOST_FOR_A_CHOICE = 150
"""Pixels up to which a code's words get a column as wide as they are."""

_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY})
_NARROW = frozenset({FieldType.DATE, FieldType.BOOLEAN, FieldType.COUNTRY}) | _NUMBERS

Wording = Callable[[Field, Value, Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class RowItem:
    """One row as a table shows it."""

    id: str
    owner: str
    fields: Mapping[str, Value]
    may_write: frozenset[str] = frozenset()
    state: str = ""
    """The state in words, for rows that are records of their own."""
    titles: Mapping[str, str] = field(default_factory=dict)


def columns_of(fields: Iterable[Field], items: Sequence[RowItem]) -> list[Field]:
    """Return the fields that a table of rows shows: the required ones, then those in use."""
    shown = [one for one in fields if not one.computed]
    required = [one for one in shown if one.required == "always"]
    short = [
        one
        for one in shown
        if one not in required and one.type is not FieldType.LONG_TEXT and not one.masked
    ]
    used = [one for one in short if any(i.fields.get(one.name) not in (None, ()) for i in items)]
    chosen = [*required, *used]
    if len(chosen) < LEAST_COLUMNS:
        chosen += [one for one in short if one not in used][: LEAST_COLUMNS - len(chosen)]
    return [one for one in shown if one in chosen[:MOST_COLUMNS]]


class RowsModel(QAbstractTableModel):
    """Rows in their order. *Signals*: ``move_wanted(row id, id of the row after it or "")``."""

    move_wanted = Signal(str, str)

    def __init__(
        self,
        fields: Sequence[Field],
        wording: Wording,
        office: str,
        parent: QObject | None = None,
        *,
        movable: bool = False,
        stateful: bool = False,
    ) -> None:
        super().__init__(parent)
        self._fields = list(fields)
        self.columns = columns_of(fields, ())
        self.items: list[RowItem] = []
        self._wording = wording
        self._office = office
        self._movable = movable
        self._stateful = stateful
        self._foreign = False

    def show(self, items: Iterable[RowItem]) -> None:
        """Show other rows; those that stayed keep their place in the selection."""
        new = list(items)
        foreign = any(item.owner != self._office for item in new)
        columns = columns_of(self._fields, new)
        same = foreign == self._foreign and columns == self.columns
        if same and [i.id for i in new] == [i.id for i in self.items]:
            self.items = new
            if new:
                last = self.index(len(new) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.items, self._foreign, self.columns = new, foreign, columns
        self.endResetModel()

    def place_of(self, identifier: str) -> int:
        """Return where a row stands, -1 when it is not here."""
        return next((at for at, item in enumerate(self.items) if item.id == identifier), -1)

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns) + self._stateful + self._foreign

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(section)
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.items):
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return in_its_direction(self._cell(item, index.column()), reading_direction())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._cell(item, index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self._cell(item, index.column())
            return f"{self._heading(index.column())}: {words}" if words else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.UserRole:
            return item.id
        if role == Qt.ItemDataRole.DecorationRole and self._is_office(index.column()):
            return icons.pixmap("lock", "muted", 13) if item.owner != self._office else None
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled if self._movable else Qt.ItemFlag.NoItemFlags
        return flags | Qt.ItemFlag.ItemIsDragEnabled if self._movable else flags

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        carried = QMimeData()
        carried.setData(MIME, self.items[indexes[0].row()].id.encode())
        return carried

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex
    ) -> bool:
        if not data.hasFormat(MIME):
            return False
        at = row if row >= 0 else (parent.row() if parent.isValid() else len(self.items))
        before = self.items[at].id if at < len(self.items) else ""
        self.move_wanted.emit(bytes(data.data(MIME).data()).decode(), before)
        return False  # the table is drawn anew from what was written

    def neighbour(self, identifier: str, step: int) -> str | None:
        """Return the row before which a row comes when it moves by ``step``; "" is the end."""
        place = self.place_of(identifier)
        target = place + step + (1 if step > 0 else 0)
        if place < 0 or not 0 <= place + step < len(self.items):
            return None
        return self.items[target].id if target < len(self.items) else ""

    def _heading(self, column: int) -> str:
        if column < len(self.columns):
            return _(self.columns[column].label)
        return _("State") if self._is_state(column) else _("Office")

    def _cell(self, item: RowItem, column: int) -> str:
        if self._is_state(column):
            return item.state
        if self._is_office(column):
            return city(item.owner)
        shown = self.columns[column]
        value = item.fields.get(shown.name)
        if shown.masked and value is not None:
            return DOTS
        return " ".join(self._wording(shown, value, item.titles).split())

    def _is_state(self, column: int) -> bool:
        return self._stateful and column == len(self.columns)

    def _is_office(self, column: int) -> bool:
        return self._foreign and column == len(self.columns) + self._stateful

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        trailing = column < len(self.columns) and self.columns[column].type in _NUMBERS
        side = Qt.AlignmentFlag.AlignTrailing if trailing else Qt.AlignmentFlag.AlignLeading
        return side | Qt.AlignmentFlag.AlignVCenter


def spoken_row(model: RowsModel, row: int) -> str:
    """Return a row as a screen reader says it when it becomes the current one."""
    cells = [
        model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole)
        for column in range(model.columnCount())
    ]
    item = model.items[row]
    return ", ".join(filter(None, (*cells, office_name(item.owner))))


class RowsTable(QTableView):
    """A table as high as its rows.

    *Signals*: ``edit_wanted(field name)``, ``add_wanted``, ``remove_wanted``,
    ``step_wanted(int)`` to move the current row up (-1) or down (1).
    """

    edit_wanted = Signal(str)
    add_wanted = Signal()
    remove_wanted = Signal()
    step_wanted = Signal(int)
    MOST_ROWS = 9

    def __init__(self, model: RowsModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setProperty("look", "rows")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._dress_headers()
        self.doubleClicked.connect(self._edit)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Be as high as the rows, up to a limit; share the width among the columns."""
        header = self.horizontalHeader()
        sections = range(self.rows.columnCount())
        for section in sections:
            kind = self._type_of(section)
            wanted = max(self.sizeHintForColumn(section), header.sectionSizeHint(section))
            wanted += look().sp(14)
            short = kind is FieldType.CHOICE and wanted <= look().sp(MOST_FOR_A_CHOICE)
            narrow = short or kind is None or kind in _NARROW
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(section, mode.Fixed if narrow else mode.Stretch)
            if narrow:
                header.resizeSection(section, wanted)
        if all(header.sectionResizeMode(at) is QHeaderView.ResizeMode.Fixed for at in sections):
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        shown = min(max(self.rows.rowCount(), 1), self.MOST_ROWS)
        height = look().theme.row_height
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFixedHeight(header.sizeHint().height() + shown * height + 2)

    def _type_of(self, section: int) -> FieldType | None:
        columns = self.rows.columns
        return columns[section].type if section < len(columns) else None

    def selected_row(self) -> int:
        """Return the row chosen, -1 when none is: the focus alone chooses nothing."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_wanted.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._edit(self.currentIndex())
        elif key == Qt.Key.Key_Insert:
            self.add_wanted.emit()
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _edit(self, index: QModelIndex) -> None:
        if index.isValid():
            column = min(index.column(), len(self.rows.columns) - 1)
            self.edit_wanted.emit(self.rows.columns[column].name)

    def _dress_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setAccessibleName(_("Columns"))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(look().sp(56))
