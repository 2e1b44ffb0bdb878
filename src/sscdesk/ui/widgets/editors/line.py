"""Editors whose value is one line of text, and those that read a value from a line."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from sscdesk.model.field import Field
from sscdesk.model.refusal import Refused
from sscdesk.model.values import Value
from sscdesk.ui.icons import dress
from sscdesk.ui.look import look
from sscdesk.ui.widgets.editors.base import FieldEditor, Titles
from sscdesk.ui.widgets.editors.direction import direction_of, direction_of_field
from sscdesk.ui.widgets.editors.reading import read
from sscdesk.ui.widgets.editors.surroundings import Surroundings
from sscdesk.ui.widgets.editors.wording import editable_words, plain_words


class ButtonInside(QToolButton):
    """A small button at the trailing end of a line; the keyboard has its own way."""

    def __init__(self, line: QLineEdit, icon: str) -> None:
        super().__init__(line)
        self._line = line
        self.setProperty("look", "in_line")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        dress(self, icon, "muted", 15)
        inner = QHBoxLayout(line)
        inner.setContentsMargins(8, 0, 8, 0)
        inner.addStretch(1)
        inner.addWidget(self)
        self.make_room()

    def make_room(self) -> None:
        """Keep the text clear of the button, on whichever side it stands, while it is there."""
        room = look().sp(18) if self.isVisibleTo(self._line) else 0
        if self._line.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            self._line.setTextMargins(room, 0, 0, 0)
        else:
            self._line.setTextMargins(0, 0, room, 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.make_room()


class DirectedLine(QLineEdit):
    """A line that turns to the direction of its text and lets go of undo when it has none.

    ``fixed`` is the direction of a field whose language is known. *Signals*: ``alt_down``.
    """

    alt_down = Signal()

    def __init__(
        self, parent: QWidget | None = None, fixed: Qt.LayoutDirection | None = None
    ) -> None:
        super().__init__(parent)
        self._fixed = fixed
        self._turn(self.text())
        self.textChanged.connect(self._turn)

    def fix(self, direction: Qt.LayoutDirection) -> None:
        """Write always in ``direction``."""
        self._fixed = direction
        self._turn(self.text())

    def event(self, event: QEvent) -> bool:
        # A line without anything to undo would swallow Ctrl+Z: the desk's undo gets it.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down:
            self.alt_down.emit()
            return
        super().keyPressEvent(event)

    def _turn(self, text: str) -> None:
        parent = self.parentWidget()
        around = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        wanted = self._fixed if self._fixed is not None else direction_of(text, around)
        if wanted != self.layoutDirection():
            self.setLayoutDirection(wanted)


class LineEditor(FieldEditor):
    """A line of text; the base of all that is typed in a line."""

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self.shown: Value = None
        self._touched = False
        self.line = DirectedLine(self, direction_of_field(field.name))
        self.line.setMaxLength(max(field.max_length, 1))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)
        self.row.addWidget(self.line, 1)
        self.watch(self.line)
        self.line.textEdited.connect(self._typed)
        self.entered.connect(self._make_editable)

    def value(self) -> Value:
        if not self._touched:
            return self.shown
        text = self.line.text().strip()
        return self.read(text) if text else None

    def show_value(self, value: Value, titles: Titles) -> None:
        self.shown = value
        self._touched = False
        written = "" if value is None else self.write(value)
        if written != self.line.text():
            self.line.setText(written)
            self.line.setCursorPosition(0)

    def text(self) -> str:
        return self.line.text()

    def show_text(self, text: str) -> None:
        self.line.setText(text)
        self._touched = True

    def set_locked(self, locked: bool) -> None:
        self.line.setReadOnly(locked)

    def tidy(self) -> None:
        try:
            value = self.value()
        except Refused:
            return
        self.show_value(value, {})

    def read(self, text: str) -> Value:
        """Return the value that ``text`` means; raises ``Refused``."""
        return read(self.field, text, self.around)

    def write(self, value: Value) -> str:
        """Return ``value`` as the language writes it."""
        return plain_words(self.field, value)

    def _make_editable(self) -> None:
        if self._touched or self.shown is None or self.line.isReadOnly():
            return
        written = editable_words(self.field, self.shown)
        if self.line.text() != written and self.write(self.shown) == self.line.text():
            whole = self.line.selectedText() == self.line.text()
            self.line.setText(written)
            if whole:
                self.line.selectAll()

    def replace(self, text: str) -> None:
        """Put ``text`` as if the officer had typed it: it can be undone in the line."""
        self.line.selectAll()
        self.line.insert(text)
        self._typed(text)

    def _typed(self, _text: str) -> None:
        self._touched = True
        self.edited.emit()
