"""Thin bars beside their words: how far something is, and how a number is made up."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscdesk.ui.look import look


class ShareBar(QWidget):
    """One bar of shares, each in the colour of its tone, from the leading side.

    It repeats what words beside it say: a screen reader is given those.
    """

    def __init__(self, parent: QWidget | None = None, *, height: int = 8) -> None:
        super().__init__(parent)
        self._shares: tuple[tuple[float, str], ...] = ()
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, shares: Sequence[tuple[float, str]], words: str) -> None:
        """Show parts of a whole as (size, tone); what they leave of 1 stays empty."""
        self._shares = tuple((size, tone) for size, tone in shares if size > 0)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().sp(120), look().sp(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().sp(40), look().sp(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        round_ends = QPainterPath()
        round_ends.addRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        painter.setClipPath(round_ends)
        painter.fillRect(whole, look().color("line"))
        begun = 0.0
        for size, tone in self._shares:
            painter.fillRect(self._part(begun, size), look().color(tone))
            begun += size
        painter.end()

    def _part(self, begun: float, size: float) -> QRectF:
        """Return where a share stands, a hair apart from the one before."""
        width = self.width()
        left = width * begun + (1 if begun else 0)
        right = min(width * (begun + size), width)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left, right = width - right, width - left
        return QRectF(left, 0, max(1.0, right - left), self.height())
