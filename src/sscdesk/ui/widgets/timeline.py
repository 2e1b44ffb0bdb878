"""The itinerary as a line of stops, painted from the leading side."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscdesk.i18n import _
from sscdesk.ui.look import look
from sscdesk.ui.widgets.tips import plain_tip

MOST_STOPS = 7


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the way; ``when`` is already written as the language writes it."""

    place: str
    when: str
    reached: bool


class Timeline(QWidget):
    """Stops at equal distances; those behind us are filled.

    More stops than fit are folded into the middle one ("3 more").
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stops: tuple[Stop, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Itinerary"))

    def show_stops(self, stops: tuple[Stop, ...]) -> None:
        """Draw ``stops`` in order."""
        self._stops = stops
        words = "; ".join(f"{stop.place}, {stop.when}" for stop in stops)
        self.setAccessibleDescription(words)
        self.setToolTip(plain_tip("\n".join(f"{stop.place} — {stop.when}" for stop in stops)))
        self.update()

    def sizeHint(self) -> QSize:
        strong = QFontMetrics(look().font("small", 600)).height()
        small = QFontMetrics(look().font("tiny")).height()
        return QSize(320, look().sp(26) + strong + small + look().sp(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def shown_stops(self) -> list[Stop]:
        """Return the stops as they fit into the width."""
        room = max(2, min(MOST_STOPS, self.width() // look().sp(96)))
        stops = list(self._stops)
        if len(stops) <= room:
            return stops
        if room == 2:
            return [stops[0], stops[-1]]
        hidden = stops[room - 2 : -1]
        folded = Stop(
            _("{count} more").format(count=len(hidden)),
            hidden[0].when,
            all(stop.reached for stop in hidden),
        )
        return [*stops[: room - 2], folded, stops[-1]]

    def paintEvent(self, event: QPaintEvent) -> None:
        stops = self.shown_stops()
        if not stops:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        points = self._points(len(stops))
        painter.setPen(QPen(look().color("accent"), look().sp(2)))
        painter.drawLine(points[0], points[-1])
        for stop, point in zip(stops, points, strict=True):
            self._draw_stop(painter, stop, point)

    def _points(self, count: int) -> list[QPointF]:
        slot = self.width() / max(count, 1)
        height = look().sp(14)
        found = [QPointF(slot * (place + 0.5), height) for place in range(count)]
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            found.reverse()
        return found

    def _draw_stop(self, painter: QPainter, stop: Stop, point: QPointF) -> None:
        theme = look()
        radius = theme.sp(6)
        painter.setPen(QPen(theme.color("accent"), theme.sp(2)))
        painter.setBrush(theme.color("accent" if stop.reached else "paper"))
        painter.drawEllipse(point, radius, radius)
        slot = self.width() / len(self.shown_stops()) - theme.sp(6)
        top = point.y() + theme.sp(10)
        place_font, when_font = theme.font("small", 600), theme.font("tiny")
        height = QFontMetrics(place_font).height()
        self._write(painter, stop.place, place_font, "ink", point.x(), top, slot)
        self._write(painter, stop.when, when_font, "muted", point.x(), top + height, slot)

    def _write(
        self,
        painter: QPainter,
        words: str,
        font: QFont,
        token: str,
        x: float,
        top: float,
        width: float,
    ) -> None:
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(look().color(token))
        box = QRectF(x - width / 2, top, width, metrics.height())
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(width))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cut)
