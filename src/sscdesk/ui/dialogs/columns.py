"""Which columns a table has, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sscdesk.i18n import _
from sscdesk.ui.look import look
from sscdesk.ui.widgets.basic import button, label


class ColumnsDialog(QDialog):
    """A list of columns to tick and to drag. *Signals*: ``chosen(names)``."""

    chosen = Signal(object)

    def __init__(
        self,
        possible: Sequence[tuple[str, str]],
        shown: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Columns"))
        self.resize(look().sp(360), look().sp(480))
        self._list = QListWidget(self)
        self._list.setAccessibleName(_("Columns"))
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        labels = dict(possible)
        ordered = [name for name in shown if name in labels]
        for name in (*ordered, *(name for name in labels if name not in ordered)):
            self._add(name, labels[name], name in ordered)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        words = _("Tick the columns to show; drag them into their order (Alt+Up, Alt+Down).")
        column.addWidget(label(words, "muted", wrap=True))
        column.addWidget(self._list, 1)
        column.addLayout(self._foot())

    def _add(self, name: str, words: str, ticked: bool) -> None:
        item = QListWidgetItem(words, self._list)
        item.setData(Qt.ItemDataRole.UserRole, name)
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemIsDragEnabled
        )
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        up, down = button(_("Move up"), "quiet"), button(_("Move down"), "quiet")
        up.setShortcut("Alt+Up")
        down.setShortcut("Alt+Down")
        up.clicked.connect(self._up)
        down.clicked.connect(self._down)
        done = button(_("Show these"), "primary")
        done.setDefault(True)
        done.clicked.connect(self._done)
        for widget in (up, down):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(done)
        return row

    @Slot()
    def _up(self) -> None:
        self._move(-1)

    @Slot()
    def _down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        place = self._list.currentRow()
        target = place + step
        if place < 0 or not 0 <= target < self._list.count():
            return
        item = self._list.takeItem(place)
        self._list.insertItem(target, item)
        self._list.setCurrentRow(target)

    def names(self) -> list[str]:
        """Return the ticked columns in order."""
        items = [self._list.item(place) for place in range(self._list.count())]
        return [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]

    @Slot()
    def _done(self) -> None:
        names = self.names()
        if names:
            self.chosen.emit(names)
        self.accept()
