"""Who can see it, as a small drawing: one disc per office, filled for those who can."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscdesk.i18n import _
from sscdesk.model.field import Audience
from sscdesk.model.offices import OFFICES
from sscdesk.ui.look import look

_FIELD_WORDS = {
    Audience.SHARED: lambda: _("Shared with the offices that receive this record"),
    Audience.BILATERAL: lambda: _("Only for the two offices concerned"),
    Audience.OFFICE: lambda: _("Never leaves this office"),
}
_FIELD_DISCS = {Audience.SHARED: 4, Audience.BILATERAL: 2, Audience.OFFICE: 1}


def audience_words(audience: Audience) -> str:
    """Say in words who may receive a field."""
    return _FIELD_WORDS[audience]()


class FieldAudience(QWidget):
    """The mark beside a field's label: four dots, as many filled as offices may see it."""

    def __init__(self, audience: Audience, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filled = _FIELD_DISCS[audience]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(audience_words(audience))
        self.setAccessibleName(audience_words(audience))

    def sizeHint(self) -> QSize:
        return QSize(look().sp(26), look().sp(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = look().sp(4) / 2
        step = look().sp(6.5)
        for place in range(4):
            x = radius + 1 + place * step
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                x = self.width() - x
            colour = look().color("muted")
            painter.setPen(QPen(colour, 1))
            painter.setBrush(colour if place < self._filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, self.height() / 2), radius, radius)


class OfficesDrawing(QWidget):
    """The four offices as discs with their codes: owner, those who see it, the others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = ""
        self._seeing: frozenset[str] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_offices(self, owner: str, seeing: frozenset[str], words: str) -> None:
        """Draw ``seeing`` filled and ``owner`` in the accent; ``words`` say the same."""
        self._owner = owner
        self._seeing = seeing
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().sp(22) * len(OFFICES), look().sp(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look().font("tiny", 600))
        step = self.width() / len(OFFICES)
        for place, office in enumerate(OFFICES):
            left = place * step
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                left = self.width() - left - step
            self._disc(painter, QRectF(left, 0, step, self.height()), office)

    def _disc(self, painter: QPainter, box: QRectF, office: str) -> None:
        sees = office in self._seeing
        fill, ink = "paper", "faint"
        if office == self._owner:
            fill, ink = "accent", "on_accent"
        elif sees:
            fill, ink = "accent_wash", "accent"
        side = min(box.width(), box.height()) - 1
        disc = QRectF(0, 0, side, side)
        disc.moveCenter(box.center())
        edge = look().color("accent" if sees or office == self._owner else "line")
        painter.setPen(QPen(edge, 1, Qt.PenStyle.SolidLine if sees else Qt.PenStyle.DotLine))
        painter.setBrush(look().color(fill))
        painter.drawEllipse(disc)
        painter.setPen(look().color(ink))
        font = painter.font()
        font.setPixelSize(max(7, round(side * 0.44)))
        painter.setFont(font)
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, office)
