"""The small widgets of every screen: words, buttons, cards, chips, badges, empty states.

All choose their look by the dynamic property ``look`` of the style sheet, so that a change
of theme costs nothing here.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sscdesk.ui.icons import dress
from sscdesk.ui.look import look

CHIP_HEIGHT = 18
TALL_CHIP_HEIGHT = 24
GAP = 6
"""Between the icon and the words of a button."""


def styled(widget: QWidget, name: str) -> QWidget:
    """Give a widget a look of the style sheet, also when it is already shown."""
    widget.setProperty("look", name)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    return widget


def label(
    text: str, name: str = "", parent: QWidget | None = None, *, wrap: bool = False
) -> QLabel:
    """Words on a screen; always plain text, since most of it was typed by somebody."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if name:
        made.setProperty("look", name)
    return made


def button(
    text: str, name: str = "", icon: str = "", parent: QWidget | None = None, *, token: str = ""
) -> QPushButton:
    """A button with words; ``name`` is ``primary``, ``danger``, ``quiet``, ``link`` or plain."""
    made = QPushButton(plain_amp(text), parent)
    made.setAutoDefault(False)
    if name:
        made.setProperty("look", name)
    if icon:
        dress(
            made, icon, token or {"primary": "on_accent", "danger": "bad"}.get(name, "ink"), 16, GAP
        )
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def plain_amp(text: str) -> str:
    """Return ``text`` with its ampersands shown as such, not as a shortcut."""
    return text.replace("&", "&&")


def icon_button(
    icon: str, name: str, parent: QWidget | None = None, *, token: str = "muted"
) -> QToolButton:
    """A button with an icon only; ``name`` is its tip and what a screen reader says."""
    made = QToolButton(parent)
    name_icon_button(made, name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    dress(made, icon, token)
    return made


def name_icon_button(made: QToolButton, name: str) -> None:
    """Say what a button with an icon only does, in its tip and to a screen reader."""
    made.setAccessibleName(name)
    made.setToolTip(name)


def icon_label(icon: str, token: str = "muted", size: int = 18) -> QLabel:
    """An icon beside words that say the same."""
    made = QLabel()
    dress(made, icon, token, size)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin line between two parts."""
    made = QFrame(parent)
    made.setProperty("look", "rule")
    return made


class Card(QFrame):
    """A sheet of paper with a thin edge; put things into ``body``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)


def chip_font() -> QFont:
    """Return the font of a chip."""
    return look().font("tiny", 500)


def chip_width(font: QFont, text: str) -> int:
    """Return the width of a chip that shows ``text`` whole."""
    return QFontMetrics(font).horizontalAdvance(text) + look().sp(18)


def paint_chip(
    painter: QPainter, area: QRectF, text: str, tone: str, font: QFont, ground: str = ""
) -> None:
    """Paint a chip: its word on a wash (or ``ground``), with an edge in high contrast."""
    theme = look()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.color(ground or f"{tone}_wash"))
    painter.setPen(theme.color(tone) if theme.theme.scheme == "contrast" else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    painter.setFont(font)
    painter.setPen(theme.color(tone))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)
    painter.restore()


class Chip(QWidget):
    """A state as a coloured word, of a fixed height so that no layout stretches it."""

    def __init__(
        self,
        text: str = "",
        tone: str = "neutral",
        parent: QWidget | None = None,
        *,
        tall: bool = False,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self._tall = tall
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def show_state(self, text: str, tone: str) -> None:
        """Show another word in another tone."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """The word shown."""
        return self._text

    def _font(self) -> QFont:
        return look().font("small", 600) if self._tall else chip_font()

    def sizeHint(self) -> QSize:
        height = look().sp(TALL_CHIP_HEIGHT if self._tall else CHIP_HEIGHT + 2)
        extra = look().sp(6) if self._tall else 0
        return QSize(chip_width(self._font(), self._text) + extra, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._text, self._tone, self._font())
        painter.end()


class EmptyState(QWidget):
    """What would be here, and the first step."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        self._icon = icon_label(icon, "faint", 40)
        self._title = label("", "heading", wrap=True)
        self._text = label("", "muted", wrap=True)
        self._row = QHBoxLayout()
        self._row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for word in (self._title, self._text):
            word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(8)
        column.addLayout(self._row)
        column.addStretch(3)

    def say(self, title: str, text: str) -> None:
        """Show these words."""
        self._title.setText(title)
        self._text.setText(text)

    def add_step(self, step: QPushButton) -> None:
        """Offer a first step."""
        self._row.addWidget(step)
