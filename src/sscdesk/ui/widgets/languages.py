"""The three languages, each by its own name."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from sscdesk.i18n import _, current_language
from sscdesk.ui.widgets.basic import button, styled

NAMES = {"fr": "Français", "en": "English", "ar": "العربية"}


class LanguageRow(QWidget):
    """A row of three quiet buttons. *Signals*: ``chosen(code)``."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._buttons: dict[str, QPushButton] = {}
        for code, name in NAMES.items():
            made = button(name, "quiet")
            made.setProperty("language", code)
            made.clicked.connect(self._choose)
            self._buttons[code] = made
            row.addWidget(made)
        self.reword()

    def reword(self) -> None:
        """Mark the language of now."""
        self.setAccessibleName(_("Language"))
        for code, made in self._buttons.items():
            styled(made, "chosen" if code == current_language() else "quiet")

    @Slot()
    def _choose(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(str(sender.property("language")))
