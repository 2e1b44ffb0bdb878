"""Paints a line of the search palette, with what was found in bold."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sscdesk.ui import icons
from sscdesk.ui.look import look
from sscdesk.ui.models.palette import ENTRY, Entry, PaletteModel, group_words, runs_of
from sscdesk.ui.widgets.basic import chip_font, chip_width, paint_chip

SIDE = 14
HEADING = 26
LINE = 34
TWO_LINES = 50


def marked_layout(marked: str, font: QFont, width: int, *, right_to_left: bool) -> QTextLayout:
    """Lay out one line of text with its marked words in bold; never markup, always text."""
    text, places = runs_of(marked)
    layout = QTextLayout(QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width))
    layout.setFont(font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setAlignment(
        Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
    )
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    )
    layout.setTextOption(option)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    formats = []
    for start, length in places:
        form = QTextLayout.FormatRange()
        form.start, form.length, form.format = start, length, bold
        formats.append(form)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    return layout


class PaletteDelegate(QStyledItemDelegate):
    """A heading where a group begins; then icon, title, state, and what was found."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        entry = index.data(ENTRY)
        heading = HEADING if self._begins(index) else 0
        body = TWO_LINES if isinstance(entry, Entry) and entry.detail else LINE
        extra = 4 if look().theme.right_to_left else 0
        return QSize(look().sp(200), look().sp(heading + body + extra))

    @staticmethod
    def _begins(index: QModelIndex | QPersistentModelIndex) -> bool:
        model = index.model()
        return isinstance(model, PaletteModel) and model.begins_group(index.row())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            return
        painter.save()
        area = QRect(option.rect)
        if self._begins(index):
            self._heading(painter, option, area, entry)
            area.setTop(area.top() + look().sp(HEADING))
        self._body(painter, option, area, entry)
        painter.restore()

    def _heading(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, entry: Entry
    ) -> None:
        painter.setFont(look().font("tiny", 600))
        painter.setPen(look().color("muted"))
        place = area.adjusted(SIDE, look().sp(4), -SIDE, 0)
        place.setHeight(look().sp(HEADING - 4))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, group_words(entry.group))

    def _body(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, entry: Entry
    ) -> None:
        theme, sp = look(), look().sp
        inside = area.adjusted(6, 0, -6, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_wash"))
            painter.drawRoundedRect(QRectF(inside), 6, 6)
        side = sp(icons.SIZE)
        top = area.top() + (sp(8) if entry.detail else (area.height() - side) // 2)
        self._draw_icon(painter, option, inside, QRect(inside.x() + 10, top, side, side), entry)
        start = 10 + side + 12
        end = self._trailing(painter, option, inside, entry)
        width = inside.width() - start - end - 10
        row = QRect(inside.x() + start, area.top(), width, area.height())
        if entry.detail:
            row.setHeight(area.height() // 2 + sp(2))
        self._title(painter, option, inside, row, entry)
        if entry.detail:
            below = QRect(row.x(), row.bottom() - sp(2), inside.width() - start - 10, sp(20))
            self._detail(painter, option, inside, below, entry)

    def _draw_icon(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        area: QRect,
        place: QRect,
        entry: Entry,
    ) -> None:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        picture = icons.pixmap(entry.icon, "muted", ratio=ratio)
        painter.drawPixmap(QStyle.visualRect(option.direction, area, place).topLeft(), picture)

    def _trailing(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, entry: Entry
    ) -> int:
        """Paint the state or the keys at the trailing side, return the room taken."""
        words = entry.state or (entry.command.keys if entry.command else "")
        if not words:
            return 0
        font = chip_font()
        width, height = chip_width(font, words), look().sp(20)
        top = area.top() + (look().sp(6) if entry.detail else (area.height() - height) // 2)
        place = QRect(area.right() - width - 10, top, width, height)
        place = QStyle.visualRect(option.direction, area, place)
        paint_chip(painter, QRectF(place), words, entry.tone, font)
        return width + 16

    def _title(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        area: QRect,
        place: QRect,
        entry: Entry,
    ) -> None:
        self._marked(painter, option, area, place, entry.title, look().font("body", 500), "ink")

    def _detail(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        area: QRect,
        place: QRect,
        entry: Entry,
    ) -> None:
        self._marked(painter, option, area, place, entry.detail, look().font("small"), "soft")

    @staticmethod
    def _marked(
        painter: QPainter,
        option: QStyleOptionViewItem,
        area: QRect,
        place: QRect,
        words: str,
        font: QFont,
        ink: str,
    ) -> None:
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        layout = marked_layout(words, font, place.width(), right_to_left=mirrored)
        painter.setPen(look().color(ink))
        spot = QStyle.visualRect(option.direction, area, place)
        free = max(0.0, place.height() - layout.boundingRect().height()) / 2
        layout.draw(painter, QPointF(spot.x(), spot.y() + free))
