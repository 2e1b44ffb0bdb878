"""Cards side by side, as many in a row as have room, all of a row equally high."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from sscdesk.ui.look import look


class CardsGrid(QWidget):
    """Lays cards out in columns at least ``least`` pixels wide."""

    def __init__(self, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self._cards: list[QWidget] = []
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these cards in the place of those before."""
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = list(cards)
        self._across = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = max(1, self.width() // max(1, look().sp(self._least)))
        across = max(1, min(room, len(self._cards) or 1))
        if across == self._across:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // across, place % across)
            card.show()
        for column in range(across):
            self._grid.setColumnStretch(column, 1)
        self._across = across
