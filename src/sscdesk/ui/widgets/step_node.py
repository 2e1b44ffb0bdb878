"""A step of a path: its number in a circle, and the line that leads on to the next."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscdesk.i18n import format_number
from sscdesk.ui.icons import pixmap
from sscdesk.ui.look import look

SIDE = 28


class StepNode(QWidget):
    """One circle, drawn from the leading side, or from the top when it stands upright.

    ``tone`` is ``accent`` for what is done, ``accent_edge`` for what is under way,
    ``warn`` for what was skipped, ``faint`` for what lies ahead. Words beside it say the same.
    """

    def __init__(self, number: int, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._tone = tone
        self._last = False
        self._upright = False

    def lead_on(self, *, last: bool) -> None:
        """Say whether the path ends here."""
        self._last = last

    def stand(self, *, upright: bool) -> None:
        """Draw the path downwards instead of along the line of reading."""
        self._upright = upright
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if upright else grows, grows if upright else fixed)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        side = look().sp(SIDE)
        return QSize(side + look().sp(4), side + look().sp(4))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = self._circle()
        if not self._last:
            self._draw_line(painter, circle)
        self._draw_circle(painter, circle)
        painter.end()

    def _circle(self) -> QRectF:
        side = look().sp(SIDE) - 2
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - side - 1 if mirrored and not self._upright else 1
        return QRectF(left, 1, side, side)

    def _draw_line(self, painter: QPainter, circle: QRectF) -> None:
        pen = QPen(look().color("accent" if self._tone == "accent" else "line"), look().sp(2))
        if self._tone in ("warn", "faint"):
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        gap = look().sp(5)
        if self._upright:
            x = circle.center().x()
            painter.drawLine(QPointF(x, circle.bottom() + gap), QPointF(x, self.height()))
            return
        y = circle.center().y()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.drawLine(QPointF(circle.left() - gap, y), QPointF(gap, y))
        else:
            painter.drawLine(QPointF(circle.right() + gap, y), QPointF(self.width() - gap, y))

    def _draw_circle(self, painter: QPainter, circle: QRectF) -> None:
        done = self._tone == "accent"
        ink = {"accent": "accent", "accent_edge": "accent", "warn": "warn"}.get(self._tone, "muted")
        edge = "line" if self._tone == "faint" else ink
        pen = QPen(look().color(edge), look().sp(2))
        if self._tone == "warn":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look().color("accent" if done else "paper"))
        painter.drawEllipse(circle)
        if done:
            side = look().sp(16)
            mark = pixmap("check", "on_accent", 16)
            at = circle.center() - QPointF(side / 2, side / 2)
            painter.drawPixmap(QRectF(at.x(), at.y(), side, side), mark, QRectF(mark.rect()))
            return
        painter.setFont(look().font("small", 700))
        painter.setPen(look().color(ink))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, format_number(self._number))
