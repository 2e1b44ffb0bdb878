"""The editor of several paragraphs: grows with the text, then scrolls."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from sscdesk.model.field import Field
from sscdesk.model.values import Value
from sscdesk.ui.widgets.editors.base import FieldEditor, Titles
from sscdesk.ui.widgets.editors.surroundings import Surroundings

LEAST_LINES = 3
MOST_LINES = 16


class GrowingText(QPlainTextEdit):
    """Plain text as high as its lines; Tab goes to the next field."""

    def __init__(self, parent: QWidget | None = None, most_lines: int = MOST_LINES) -> None:
        super().__init__(parent)
        self._most_lines = most_lines
        self._lines = 0
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def event(self, event: QEvent) -> bool:
        # A text without anything to undo would swallow Ctrl+Z: the desk's undo gets it.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if (undo and not document.isUndoAvailable()) or (
                redo and not document.isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)

    def sizeHint(self) -> QSize:
        lines = min(max(self._wrapped_lines(), LEAST_LINES), self._most_lines)
        around = self.height() - self.viewport().height() if self.isVisible() else 10
        margins = 2 * int(self.document().documentMargin())
        return QSize(200, lines * self.fontMetrics().lineSpacing() + around + margins + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _wrapped_lines(self) -> int:
        return int(self.document().documentLayout().documentSize().height())

    def _grow(self) -> None:
        if self._wrapped_lines() != self._lines:
            self._lines = self._wrapped_lines()
            # A bar that comes and goes would change the width, and with it the lines.
            policy = Qt.ScrollBarPolicy
            scrolls = self._lines > self._most_lines
            self.setVerticalScrollBarPolicy(
                policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
            )
            self.updateGeometry()


class LongTextEditor(FieldEditor):
    """Several paragraphs, kept as typed; never read as markup."""

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self._shown: str | None = None
        self._touched = False
        self._filling = False
        self.page = GrowingText(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.watch(self.page)
        self.page.textChanged.connect(self._typed)

    def value(self) -> Value:
        if not self._touched:
            return self._shown
        text = self.page.toPlainText()
        return text if text.strip() else None

    def show_value(self, value: Value, titles: Titles) -> None:
        self._shown = None if value is None else str(value)
        self._touched = False
        if (self._shown or "") != self.page.toPlainText():
            self._fill(self._shown or "")

    def text(self) -> str:
        return self.page.toPlainText()

    def show_text(self, text: str) -> None:
        self._fill(text)
        self._touched = True

    def set_locked(self, locked: bool) -> None:
        self.page.setReadOnly(locked)

    def _fill(self, text: str) -> None:
        self._filling = True
        self.page.setPlainText(text)
        self._filling = False

    def _typed(self) -> None:
        if not self._filling:
            self._touched = True
            self.edited.emit()
