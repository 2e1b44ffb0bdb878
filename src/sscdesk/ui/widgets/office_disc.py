"""An office as a disc with its code, as on the drawing of who can see a record."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscdesk.ui.look import look
from sscdesk.ui.places import office_name

SIDE = 34


class OfficeDisc(QWidget):
    """A disc in the accent for an office that is verified, in grey for one that is not."""

    def __init__(self, office: str, parent: QWidget | None = None, *, strong: bool = True) -> None:
        super().__init__(parent)
        self._office = office
        self._strong = strong
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(office_name(office))

    def sizeHint(self) -> QSize:
        return QSize(look().sp(SIDE), look().sp(SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        fill, ink = ("accent_wash", "accent") if self._strong else ("neutral_wash", "neutral")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(look().color(ink))
        painter.setBrush(look().color(fill))
        painter.drawEllipse(disc)
        painter.setFont(look().font("small", 700))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self._office)
