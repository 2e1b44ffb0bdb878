"""Two or three views of the same thing, of which one is shown."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from sscdesk.ui.widgets.basic import plain_amp


class Segments(QFrame):
    """A row of buttons of which one is chosen. *Signals*: ``chosen(name)``."""

    chosen = Signal(str)

    def __init__(self, words: Mapping[str, str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for code, told in words.items():
            made = QPushButton(plain_amp(told), self)
            made.setProperty("look", "segment")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(partial(self._clicked, code))
            self.group.addButton(made)
            self.buttons[code] = made
            row.addWidget(made)
        next(iter(self.buttons.values())).setChecked(True)

    def choose(self, code: str) -> None:
        """Show one as chosen, without telling."""
        self.buttons[code].setChecked(True)

    def rename(self, code: str, words: str) -> None:
        """Write other words on a button."""
        self.buttons[code].setText(plain_amp(words))

    @property
    def at(self) -> str:
        """The name of the one that is chosen."""
        return next(code for code, made in self.buttons.items() if made.isChecked())

    def _clicked(self, code: str, _checked: bool = False) -> None:
        self.chosen.emit(code)
