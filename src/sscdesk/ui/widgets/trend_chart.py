"""Figures by period as bars from the leading side, with the target as a line; also on paper."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sscdesk.ui.look import look
from sscdesk.ui.widgets.tips import plain_tip

HEIGHT = 168
ON_PAPER = {
    "accent": "#0B7A6B",
    "ink": "#1F2A30",
    "muted": "#667078",
    "line": "#E3E0D8",
    "warn": "#9A5B00",
    "paper": "#FFFFFF",
    "accent_wash": "#E6F2EF",
}
"""The colours of paper: those of the light theme, whatever the screen shows."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One period; words are already written as the language writes them."""

    label: str
    value: float | None
    """None draws no bar."""
    words: str
    entered: float | None = None
    """What was entered for the period, drawn as a mark and never on top."""


@dataclass(frozen=True, slots=True)
class TrendDrawing:
    """What a trend shows."""

    bars: tuple[Bar, ...]
    target: float | None = None
    target_words: str = ""

    @property
    def highest(self) -> float:
        """The value at the top."""
        values = [one.value or 0.0 for one in self.bars] + [one.entered or 0.0 for one in self.bars]
        return max([*values, self.target or 0.0, 1.0])


class TrendChart(QWidget):
    """A trend on the screen. A screen reader is given every figure in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing = TrendDrawing(())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_trend(self, drawing: TrendDrawing, name: str) -> None:
        """Draw a trend."""
        self.drawing = drawing
        told = [f"{one.label}: {one.words}" for one in drawing.bars]
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(told))
        self.setToolTip(plain_tip("\n".join(told)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().sp(320), look().sp(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().sp(200), look().sp(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = {token: look().color(token) for token in ON_PAPER}
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        sheet = _Sheet(
            painter, QRectF(self.rect()), colours, look().font("tiny"), mirrored=mirrored
        )
        sheet.draw(self.drawing)
        painter.end()


def draw_on_paper(
    painter: QPainter, area: QRectF, drawing: TrendDrawing, font: QFont, *, mirrored: bool
) -> None:
    """Draw a trend on a printed page."""
    colours = {token: QColor(code) for token, code in ON_PAPER.items()}
    _Sheet(painter, area, colours, font, mirrored=mirrored).draw(drawing)


class _Sheet:
    """A trend while it is drawn; places are given from the leading side."""

    def __init__(
        self,
        painter: QPainter,
        area: QRectF,
        colours: dict[str, QColor],
        font: QFont,
        *,
        mirrored: bool,
    ) -> None:
        self._painter = painter
        self._area = area
        self._colours = colours
        self._mirrored = mirrored
        painter.setFont(font)
        self._metrics = QFontMetricsF(font, painter.device())
        self._row = self._metrics.height()

    def draw(self, drawing: TrendDrawing) -> None:
        """Draw bars, labels, marks and the target."""
        if not drawing.bars:
            return
        field = self._area.adjusted(0, self._row * 1.4, 0, -self._row * 1.5)
        slot = field.width() / len(drawing.bars)
        aside = max(0.0, (self._widest(drawing) - slot) / 2)
        field = field.adjusted(aside, 0, -aside, 0)
        slot = field.width() / len(drawing.bars)
        self._line(field, field.bottom(), "line", 1.0)
        every = self._every(drawing, slot)
        for place, bar in enumerate(drawing.bars):
            whole = QRectF(field.left() + slot * place, field.top(), slot, field.height())
            self._bar(self._placed(whole), bar, drawing.highest)
            if (len(drawing.bars) - 1 - place) % every == 0:
                self._label(self._placed(whole), bar, every)
        if drawing.target is not None:
            self._target(field, drawing)

    def _placed(self, box: QRectF) -> QRectF:
        if not self._mirrored:
            return box
        left = self._area.left() + self._area.right() - box.right()
        return QRectF(left, box.top(), box.width(), box.height())

    def _widest(self, drawing: TrendDrawing) -> float:
        return max(self._metrics.horizontalAdvance(one.label) for one in drawing.bars)

    def _every(self, drawing: TrendDrawing, slot: float) -> int:
        """Return how many periods share one label, so that none touches the next."""
        return max(1, int((self._widest(drawing) + self._row / 2) // max(slot, 1.0)) + 1)

    def _bar(self, box: QRectF, bar: Bar, highest: float) -> None:
        wide = min(box.width() * 0.62, self._row * 2.6)
        left = box.center().x() - wide / 2
        if bar.value:
            tall = box.height() * bar.value / highest
            shape = QRectF(left, box.bottom() - tall, wide, tall)
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._colours["accent"])
            self._painter.drawRoundedRect(shape, min(2.0, tall / 2), min(2.0, tall / 2))
        if bar.entered is not None:
            self._mark(box, bar.entered, highest, wide)
        if bar.value is not None and self._metrics.horizontalAdvance(bar.words) <= box.width():
            top = box.bottom() - box.height() * bar.value / highest - self._row * 1.05
            self._write(QRectF(box.left(), top, box.width(), self._row), bar.words, "ink")

    def _mark(self, box: QRectF, entered: float, highest: float, wide: float) -> None:
        """Draw what was entered as an open diamond: another thing than what is counted."""
        half = min(wide, self._row) * 0.3
        at = QPointF(box.center().x(), box.bottom() - box.height() * entered / highest)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._colours["warn"], max(1.5, self._row / 9)))
        self._painter.drawPolygon(
            [at + QPointF(*way) for way in ((0, -half), (half, 0), (0, half), (-half, 0))]
        )

    def _label(self, box: QRectF, bar: Bar, every: int) -> None:
        wide = box.width() * every
        under = QRectF(box.center().x() - wide / 2, box.bottom() + self._row * 0.3, wide, self._row)
        self._write(under, bar.label, "muted")

    def _target(self, field: QRectF, drawing: TrendDrawing) -> None:
        top = field.bottom() - field.height() * float(drawing.target or 0) / drawing.highest
        self._line(field, top, "warn", 1.2, dashed=True)
        wide = self._metrics.horizontalAdvance(drawing.target_words) + 2
        place = self._placed(QRectF(field.left(), top - self._row * 1.1, wide, self._row))
        # A low target stands among the bars: its words are read on paper, not on their colour.
        self._painter.fillRect(place, self._colours["paper"])
        self._write(place, drawing.target_words, "warn")

    def _line(
        self, field: QRectF, y: float, token: str, width: float, *, dashed: bool = False
    ) -> None:
        pen = QPen(self._colours[token], width)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))

    def _write(self, box: QRectF, words: str, token: str) -> None:
        self._painter.setPen(self._colours[token])
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
        self._painter.drawText(box, flags, words)
