"""The eight words by which two officers know over the telephone that a card is genuine."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from sscdesk.i18n import _, format_number
from sscdesk.ui.widgets.basic import label

ACROSS = 4


class EightWords(QWidget):
    """Numbered words in two rows, always read from left to right as the words are Latin."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.words: list[QLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self.setAccessibleName(_("The eight words: {words}").format(words=words))
        for place, word in enumerate(words.split()):
            grid.addLayout(self._numbered(place + 1, word), place // ACROSS, place % ACROSS)

    def _numbered(self, number: int, word: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(label(format_number(number), "small", self))
        shown = label(word, "word", self)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.append(shown)
        row.addWidget(shown, 1)
        return row

    def mark(self, typed: str) -> None:
        """Mark the words that were typed as heard: the same, or another one."""
        heard = typed.casefold().split()
        for place, shown in enumerate(self.words):
            said = ""
            if place < len(heard) and (place < len(heard) - 1 or typed.endswith(" ")):
                said = "same" if _same(shown.text(), heard[place]) else "other"
            elif place < len(heard) and _same(shown.text(), heard[place]):
                said = "same"
            if shown.property("said") != said:
                shown.setProperty("said", said)
                shown.style().unpolish(shown)
                shown.style().polish(shown)


def _same(word: str, heard: str) -> bool:
    return len(heard) >= min(4, len(word)) and word.startswith(heard)
