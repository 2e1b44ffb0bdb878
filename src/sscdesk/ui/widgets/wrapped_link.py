"""The title of a record as a link of several lines, where a whole sentence must be read."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from sscdesk.ui.look import look
from sscdesk.ui.widgets.directed import directed
from sscdesk.ui.widgets.tips import plain_tip
from sscdesk.ui.wording import isolated

EDGE = 2
"""Above and below; the words stand flush with those around them."""
MOST_LINES = 4
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class WrappedLink(QAbstractButton):
    """A link that wraps; what is longer than four lines is cut, whole in its tip.

    ``sentence``: the desk's own words, in the direction of the language and not strong.
    """

    def __init__(
        self, title: str, ref: str = "", parent: QWidget | None = None, *, sentence: bool = False
    ) -> None:
        super().__init__(parent)
        self.title = title
        self._sentence = sentence
        self.setText(title)
        self.setAccessibleName(f"{title}, {ref}" if ref else title)
        self.setToolTip(plain_tip(f"{title}\n{ref}" if ref else title))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        wrapped = self._bounds(max(40, width)).height()
        most = QFontMetrics(self._font()).lineSpacing() * MOST_LINES
        return min(wrapped, most) + 2 * EDGE

    def sizeHint(self) -> QSize:
        width = look().sp(240)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().sp(60), QFontMetrics(self._font()).height() + 2 * EDGE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to what holds the link: a button would take them for itself."""
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._font()
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(look().color("accent" if self.underMouse() or self.hasFocus() else "ink"))
        room = self.rect().adjusted(0, EDGE, 0, -EDGE)
        painter.drawText(room, self._flags(), self._cut(room.width()))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look().color("accent"), 1))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)
        painter.end()

    def _font(self) -> QFont:
        return look().font("body", 400 if self._sentence else 600)

    def _flags(self) -> int:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop
        return int(flags.value) | Qt.TextFlag.TextWordWrap.value

    def _bounds(self, width: int) -> QRect:
        room = QRect(0, 0, width, 10_000)
        return QFontMetrics(self._font()).boundingRect(
            room, self._flags(), self._in_direction(self.title)
        )

    def _cut(self, width: int) -> str:
        """Return the title as far as four lines hold it."""
        metrics = QFontMetrics(self._font())
        if self._bounds(width).height() <= metrics.lineSpacing() * MOST_LINES:
            return self._in_direction(self.title)
        room = width * MOST_LINES - width // 3
        cut = metrics.elidedText(self.title, Qt.TextElideMode.ElideRight, room)
        return self._in_direction(cut)

    def _in_direction(self, words: str) -> str:
        return directed(words) if self._sentence else isolated(words)
