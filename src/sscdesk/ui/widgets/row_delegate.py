"""Paints a record in a list: its title, a line about it, its state as a coloured word."""

from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import (
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sscdesk.application.views import ListRow
from sscdesk.ui import icons
from sscdesk.ui.look import look
from sscdesk.ui.models.record_list import ROW
from sscdesk.ui.widgets.basic import CHIP_HEIGHT, chip_font, chip_width, paint_chip
from sscdesk.ui.wording import isolated

SIDE = 14
BAR = 3
BAR_WIDTH = 5
PALE = ("neutral", "info", "good")
"""Tones whose wash would vanish on the wash of a selected row."""


@dataclass(frozen=True, slots=True)
class RowWords:
    """What the delegate writes of one row."""

    title: str
    about: str
    state: str
    tone: str
    mark: str = ""
    """An icon before the title: something to reconcile."""
    trend: tuple[float, ...] = ()
    """Parts of the highest, oldest first, drawn as small bars before the state."""


class Words(Protocol):
    """Makes the words of a row."""

    def __call__(self, row: ListRow) -> RowWords: ...


class RowDelegate(QStyledItemDelegate):
    """Two lines a record, one in the compact setting."""

    def __init__(self, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words

    @staticmethod
    def row_height() -> int:
        """Return the height of a row in the sizes of now."""
        theme = look().theme
        if theme.compact:
            return theme.row_height
        return theme.sp(64) + (theme.sp(2) if theme.right_to_left else 0)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(look().sp(200), self.row_height())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(ROW)
        painter.save()
        painter.setClipRect(option.rect)
        sheet = _Sheet(painter, option)
        sheet.ground()
        if isinstance(row, ListRow):
            sheet.words(self._words(row))
        else:
            sheet.placeholder()
        painter.restore()


class TextDelegate(QStyledItemDelegate):
    """Paints a cell of a table so that its direction does not disturb the screen's."""

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return isolated(super().displayText(value, locale))


class StateDelegate(QStyledItemDelegate):
    """Paints a state in a table as a coloured word."""

    def __init__(self, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        empty = QStyleOptionViewItem(option)
        self.initStyleOption(empty, index)
        empty.text = ""
        style = QApplication.style() if option.widget is None else option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, empty, painter, option.widget)
        row = index.data(ROW)
        if not isinstance(row, ListRow):
            return
        words, font = self._words(row), chip_font()
        if not words.state:
            return
        height = look().sp(CHIP_HEIGHT + 2)
        width = min(chip_width(font, words.state), option.rect.width() - 12)
        top = option.rect.center().y() - height // 2 + 1
        place = QRect(option.rect.x() + 8, top, width, height)
        shown = QStyle.visualRect(option.direction, option.rect, place)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = "paper" if chosen and words.tone in PALE else ""
        paint_chip(painter, QRectF(shown), words.state, words.tone, font, ground)


class _Sheet:
    """One row while it is painted; rectangles are given as for left to right."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        self._painter = painter
        self._area: QRect = option.rect
        self._direction: Qt.LayoutDirection = option.direction
        state: QStyle.StateFlag = option.state
        self._selected = bool(state & QStyle.StateFlag.State_Selected)
        self._hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        self._focused = bool(state & QStyle.StateFlag.State_HasFocus)
        self._look = look()

    def _mirrored(self, left: int, top: int, width: int, height: int) -> QRect:
        place = QRect(self._area.x() + left, self._area.y() + top, width, height)
        return QStyle.visualRect(self._direction, self._area, place)

    def ground(self) -> None:
        """Paint what lies under the words."""
        width, height = self._area.width(), self._area.height()
        if self._selected:
            self._painter.fillRect(self._area, self._look.color("accent_wash"))
            self._painter.fillRect(self._mirrored(0, 0, BAR, height), self._look.color("accent"))
        elif self._hovered:
            self._painter.fillRect(self._area, self._look.color("hover"))
        line = self._mirrored(SIDE, height - 1, width - 2 * SIDE, 1)
        self._painter.fillRect(line, self._look.color("line"))
        if self._focused:
            self._painter.setPen(self._look.color("accent"))
            self._painter.drawRect(self._area.adjusted(0, 0, -1, -1))

    def placeholder(self) -> None:
        """Paint a row that is still on its way."""
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._look.color("line"))
        sp = self._look.sp
        middle = self._area.height() // 2
        self._painter.drawRoundedRect(self._mirrored(SIDE, middle - sp(14), sp(220), sp(9)), 4, 4)
        self._painter.drawRoundedRect(self._mirrored(SIDE, middle + sp(6), sp(130), sp(8)), 4, 4)

    def words(self, words: RowWords) -> None:
        """Paint a record's words."""
        if self._look.theme.compact:
            self._one_line(words)
        else:
            self._two_lines(words)

    def _two_lines(self, words: RowWords) -> None:
        half = self._area.height() // 2
        sp = self._look.sp
        room = self._area.width() - 2 * SIDE
        start = SIDE + self._mark(words, sp(5), half)
        self._text(
            isolated(words.title), start, sp(5), room + SIDE - start, half - sp(2), strong=True
        )
        chip = self._chip(words, half + sp(3))
        chip += self._trend(words.trend, half, chip)
        self._text(words.about, SIDE, half + sp(1), room - chip, half - sp(6), strong=False)

    def _one_line(self, words: RowWords) -> None:
        height = self._area.height()
        start = SIDE + self._mark(words, 0, height)
        chip = self._chip(words, (height - self._look.sp(CHIP_HEIGHT + 2)) // 2)
        room = self._area.width() - SIDE - start - chip
        self._text(isolated(words.title), start, 0, room, height, strong=True)

    def _mark(self, words: RowWords, top: int, height: int) -> int:
        if not words.mark:
            return 0
        side = self._look.sp(14)
        picture = icons.pixmap(words.mark, "warn", 14, _ratio(self._painter))
        place = self._mirrored(SIDE, top + (height - side) // 2, side, side)
        self._painter.drawPixmap(QPoint(place.x(), place.y()), picture)
        return side + 6

    def _text(
        self, text: str, left: int, top: int, width: int, height: int, *, strong: bool
    ) -> None:
        if strong:
            font = self._look.font("body", 600 if self._selected else 400)
            ink = "ink"
        else:
            font = self._look.font("small")
            ink = "soft" if self._selected or self._hovered else "muted"
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        self._painter.setFont(font)
        self._painter.setPen(self._look.color(ink))
        self._painter.setLayoutDirection(self._direction)
        self._painter.drawText(
            self._mirrored(left, top, width, height),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            shown,
        )

    def _chip(self, words: RowWords, top: int) -> int:
        """Paint the state and return the room that it takes."""
        if not words.state:
            return 0
        font = chip_font()
        width = chip_width(font, words.state)
        height = self._look.sp(CHIP_HEIGHT + 2)
        place = self._mirrored(self._area.width() - SIDE - width, top, width, height)
        ground = "paper" if self._selected and words.tone in PALE else ""
        paint_chip(self._painter, QRectF(place), words.state, words.tone, font, ground)
        return width + 8

    def _trend(self, trend: tuple[float, ...], top: int, taken: int) -> int:
        """Paint a trend before the state and return the room that it takes."""
        if not trend:
            return 0
        sp = self._look.sp
        bar, height = sp(BAR_WIDTH), self._area.height() // 2 - sp(10)
        room = len(trend) * (bar + 2)
        left = self._area.width() - SIDE - taken - room
        for place, part in enumerate(trend):
            tall = max(1, round(height * part))
            where = self._mirrored(left + place * (bar + 2), top + sp(3) + height - tall, bar, tall)
            token = "accent" if place == len(trend) - 1 else "edge"
            self._painter.fillRect(where, self._look.color(token))
        return room + sp(8)


def _ratio(painter: QPainter) -> float:
    device = painter.device()
    return device.devicePixelRatioF() if device is not None else 1.0
