"""What two offices wrote, side by side, with the words that differ from before."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from sscdesk.ui.look import look
from sscdesk.ui.widgets.basic import button, label
from sscdesk.ui.widgets.directed import directed
from sscdesk.ui.widgets.word_diff import WordDiff

NARROW = 560


@dataclass(frozen=True, slots=True)
class SideWords:
    """One side: who, what, and the words of the button that keeps it."""

    who: str
    text: str
    keep: str = ""
    compared: bool = False
    """Whether words are compared with the value before."""
    empty: bool = False


class Side(QFrame):
    """One value with its author. *Signals*: ``kept``."""

    kept = Signal()

    def __init__(self, words: SideWords, before: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "side")
        self.setAccessibleName(words.who)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 10)
        column.setSpacing(5)
        self.who: QLabel = label(directed(words.who), "label", self, wrap=True)
        column.addWidget(self.who)
        self.text: QWidget
        if words.compared and not words.empty:
            diff = WordDiff(words.who, self)
            diff.show_changes(before, words.text)
            self.text = diff
        else:
            self.text = label(words.text, "muted" if words.empty else "", self, wrap=True)
        column.addWidget(self.text)
        column.addStretch(1)
        self.keep: QPushButton = button(words.keep, "", "check", self)
        self.keep.setAccessibleDescription(words.text)
        self.keep.setVisible(bool(words.keep))
        self.keep.clicked.connect(self.kept)
        column.addSpacing(2)
        column.addWidget(self.keep)


class Sides(QWidget):
    """Sides beside each other, below each other where there is no room.

    *Signals*: ``kept(int)`` with the place of the side that is to be kept.
    """

    kept = Signal(int)

    def __init__(
        self, sides: Sequence[SideWords], before: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)
        self.sides = [Side(words, before, self) for words in sides]
        for side in self.sides:
            side.kept.connect(self._kept)
            self._box.addWidget(side, 1)

    def _kept(self) -> None:
        for place, side in enumerate(self.sides):
            if side is self.sender():
                self.kept.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().sp(NARROW) * len(self.sides) / 2
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != direction:
            self._box.setDirection(direction)
