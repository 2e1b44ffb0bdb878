"""A line for a passphrase: shown or hidden, with a hint when capitals seem locked."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from sscdesk.i18n import _
from sscdesk.ui.icons import dress
from sscdesk.ui.widgets.basic import label


class PassphraseLine(QLineEdit):
    """*Signals*: ``capitals_seem_locked(bool)`` after each letter typed."""

    capitals_seem_locked = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._eye = QAction(self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._show(False)

    @Slot(bool)
    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        dress(self._eye, "eye-off" if shown else "eye", "muted")
        self._eye.setText(_("Hide the passphrase") if shown else _("Show the passphrase"))
        self._eye.setToolTip(self._eye.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        letter = event.text()
        if len(letter) == 1 and letter.upper() != letter.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals_seem_locked.emit(letter.isupper() != shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.capitals_seem_locked.emit(False)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self.capitals_seem_locked.emit(False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.capitals_seem_locked.emit(False)
        return super().event(event)


class PassphraseField(QWidget):
    """A passphrase with its label above and the hint below."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.name = label(name, "label")
        self.line = PassphraseLine(name, self)
        self.name.setBuddy(self.line)
        self.hint: QLabel = label("", "warn", wrap=True)
        self.hint.hide()
        for widget in (self.name, self.line, self.hint):
            column.addWidget(widget)
        self.line.capitals_seem_locked.connect(self._hint)
        self.setFocusProxy(self.line)

    def rename(self, name: str) -> None:
        """Give it another name, in the language of now."""
        self.name.setText(name)
        self.line.setAccessibleName(name)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    @Slot(bool)
    def _hint(self, locked: bool) -> None:
        self.hint.setText(_("Caps Lock seems to be on."))
        self.hint.setVisible(locked)
