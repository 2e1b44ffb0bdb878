"""What all field editors have in common.

An editor shows one value of one field and lets the officer change it as text or by
choosing. It knows nothing of records, saving or rights.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from sscdesk.model.field import Field
from sscdesk.model.values import Value
from sscdesk.ui.widgets.editors.surroundings import Surroundings

Titles = Mapping[str, str]


class FieldEditor(QWidget):
    """An editor of one field.

    Signals: ``entered`` when the focus comes from outside, ``edited`` at each change made
    by the officer (never by ``show_value``), ``left`` when the focus goes elsewhere,
    ``help_wanted`` on Shift+F1.
    """

    entered = Signal()
    edited = Signal()
    left = Signal()
    help_wanted = Signal()

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.around = around
        self.inside = False
        """Whether the focus is in the editor."""
        self._watched: list[QWidget] = []

    def value(self) -> Value:
        """Return what is in the editor; raises ``Refused`` when it cannot be read."""
        raise NotImplementedError

    def show_value(self, value: Value, titles: Titles) -> None:
        """Show ``value``; ``titles`` has the words for identifiers of records."""
        raise NotImplementedError

    def text(self) -> str:
        """Return what was typed as it was typed, to be given back by ``show_text``."""
        return ""

    def show_text(self, text: str) -> None:
        """Put back what was typed and could not be read."""

    def known_titles(self) -> dict[str, str]:
        """Return the titles of the records chosen, by identifier."""
        return {}

    def notice(self) -> str:
        """Return how the text is understood, or a doubt about it; empty when plain."""
        return ""

    def doubtful(self) -> bool:
        """Whether ``notice`` is a doubt rather than an explanation."""
        return False

    def unfinished(self) -> bool:
        """Whether something is being chosen that is no value yet; told only on leaving."""
        return False

    def so_far(self) -> Value:
        """Return the value without what is unfinished."""
        return self.value()

    def set_locked(self, locked: bool) -> None:
        """Make the editor read-only, still to be read, selected and copied."""
        raise NotImplementedError

    def name_for_screen_readers(self, name: str, description: str) -> None:
        """Give every control of the editor its accessible name."""
        for widget in self._watched:
            widget.setAccessibleName(name)
            widget.setAccessibleDescription(description)

    def watch(self, widget: QWidget) -> None:
        """Count ``widget`` as part of the editor for the focus; the first one gets it."""
        widget.installEventFilter(self)
        if not self._watched:
            self.setFocusProxy(widget)
        self._watched.append(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and not self.inside:
            self.inside = True
            self.entered.emit()
        elif isinstance(event, QKeyEvent) and asks_for_help(event):
            self.help_wanted.emit()
            return True
        elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._focus_went(event.reason())
        return super().eventFilter(watched, event)

    def _focus_went(self, reason: Qt.FocusReason) -> None:
        now = QApplication.focusWidget()
        if reason == Qt.FocusReason.PopupFocusReason or self._holds(now):
            return
        if self.inside:
            self.inside = False
            self.tidy()
            self.left.emit()

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is not None and (widget is self or self.isAncestorOf(widget))

    def tidy(self) -> None:
        """Write the value as the language writes it, once the officer has moved away."""


def asks_for_help(event: QKeyEvent) -> bool:
    """Whether a key asks what a field is: Shift+F1."""
    return (
        event.type() == QEvent.Type.KeyPress
        and event.key() == Qt.Key.Key_F1
        and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    )
