"""A line in which one types to find, with the finds in a list below it."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from sscdesk.ui.widgets.editors.surroundings import Option

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class OptionsModel(QAbstractListModel):
    """The finds, each with its words and a second line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: tuple[Option, ...] = ()

    def show(self, found: tuple[Option, ...]) -> None:
        """Replace what is listed."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        option = self.found[index.row()]
        words = f"{option.label} — {option.detail}" if option.detail else option.label
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words
        if role == Qt.ItemDataRole.EditRole:
            return option.label
        if role == Qt.ItemDataRole.UserRole:
            return option
        return None


class PickLine(QLineEdit):
    """A line with a list of finds.

    Signals: ``asked`` with the text to search for, ``picked`` with the option chosen,
    ``rubbed_out`` on Backspace in an empty line.
    """

    asked = Signal(str)
    picked = Signal(object)
    rubbed_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.listed = OptionsModel(self)
        self._completer = QCompleter(self.listed, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(9)
        self._completer.setWidget(self)
        self._popup = QListView()
        self._popup.setProperty("look", "finds")
        self._completer.setPopup(self._popup)
        self._popup.clicked.connect(self._clicked)
        self.textEdited.connect(self.asked)

    def offer(self, found: tuple[Option, ...], *, choose_first: bool = True) -> None:
        """List ``found`` below the line; an empty list is hidden."""
        self.listed.show(found)
        if not found or self.isReadOnly() or not self.hasFocus():
            self._popup.hide()
            return
        self._popup.setLayoutDirection(self.layoutDirection())
        self._popup.setAccessibleName(self.accessibleName())
        self._completer.complete()
        if choose_first:
            self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def list_is_open(self) -> bool:
        """Say whether the finds are shown."""
        return self._popup.isVisible()

    def close_list(self) -> None:
        """Hide the finds."""
        self._popup.hide()

    def highlighted_option(self) -> Option | None:
        """Return the find that Enter or Tab would choose."""
        index = self._popup.currentIndex()
        return self._option(index) if self.list_is_open() and index.isValid() else None

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
        ):
            self._pick_highlighted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pick_highlighted():
            return
        if key == Qt.Key.Key_Down and not self.list_is_open() and not self.isReadOnly():
            self.asked.emit("")
            return
        if key == Qt.Key.Key_Backspace and not self.text():
            self.rubbed_out.emit()
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.hasSelectedText() or self.selectedText() == self.text():
            self.asked.emit("")

    def _pick_highlighted(self) -> bool:
        option = self.highlighted_option()
        if option is None:
            return False
        self.close_list()
        self.picked.emit(option)
        return True

    def _clicked(self, index: QModelIndex) -> None:
        self.close_list()
        self.picked.emit(self._option(index))

    def _option(self, index: QModelIndex) -> Option | None:
        option = self._completer.completionModel().data(index, Qt.ItemDataRole.UserRole)
        return option if isinstance(option, Option) else None
