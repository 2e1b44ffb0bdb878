"""The emblem of the desk: four offices, joined. No country is drawn."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscdesk.ui.look import look

_PLACES = ((0.28, 0.2), (0.78, 0.36), (0.66, 0.8), (0.2, 0.68))


def paint_emblem(painter: QPainter, area: QRectF, ink: QColor, ground: QColor) -> None:
    """Paint the emblem into a square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = area.width()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(area, side * 0.22, side * 0.22)
    points = [QPointF(area.x() + x * side, area.y() + y * side) for x, y in _PLACES]
    painter.setPen(QPen(ink, side * 0.045))
    for start, end in zip(points, [*points[1:], points[0]], strict=True):
        painter.drawLine(start, end)
    painter.drawLine(points[0], points[2])
    painter.setBrush(ink)
    painter.setPen(QPen(ground, side * 0.03))
    for point in points:
        painter.drawEllipse(point, side * 0.105, side * 0.105)


class Emblem(QWidget):
    """The emblem as a widget of a fixed size."""

    def __init__(self, size: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = look().sp(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        paint_emblem(painter, area, look().color("badge"), look().color("nav"))
        painter.end()


def window_icon() -> QIcon:
    """Return the icon of the desk's windows."""
    made = QIcon()
    for side in (16, 24, 32, 48, 128):
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_emblem(painter, QRectF(0, 0, side, side), QColor("#E9B44C"), QColor("#12343B"))
        painter.end()
        made.addPixmap(picture)
    return made
