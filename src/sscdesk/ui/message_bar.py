"""The message bar: what happened, in a sentence, with Undo where that is possible.

A refusal or a notice with something to do stays until it is closed or followed by
another; plain good news goes after a while, since the status line says the same.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.i18n import _
from sscdesk.ui.desk import Notice
from sscdesk.ui.icons import dress
from sscdesk.ui.look import look
from sscdesk.ui.widgets.basic import (
    button,
    icon_button,
    icon_label,
    label,
    name_icon_button,
    plain_amp,
    styled,
)

GOOD_NEWS_MS = 8_000
MARGIN = 16
WIDEST = 640

_ICONS = {
    "good": "circle-check",
    "bad": "circle-x",
    "warn": "triangle-alert",
    "info": "info",
    "neutral": "info",
}


class MessageBar(QFrame):
    """Floats above the foot of its parent. *Signals*: ``closed``."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._notice: Notice | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GOOD_NEWS_MS)
        self._timer.timeout.connect(self.close_message)
        self._build()
        self.reword()
        parent.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        self._icon = icon_label("info")
        self._text = label("", "strong", wrap=True)
        self._hint = label("", "muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._hint)
        self._act = button("", "")
        self._act.clicked.connect(self._perform)
        self._close = icon_button("x", "")
        self._close.clicked.connect(self.close_message)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self._act)
        row.addWidget(self._close)

    def reword(self) -> None:
        """Write the words of the bar again; a notice keeps the words it came with."""
        self.setAccessibleName(_("Message"))
        name_icon_button(self._close, _("Close this message"))

    @property
    def text(self) -> str:
        """The sentence shown, empty when none is."""
        return self._text.text() if self._notice is not None else ""

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        """Show a notice in the place of the one before."""
        self._notice = notice
        self._text.setText(notice.text)
        self._hint.setText(notice.hint)
        self._hint.setVisible(bool(notice.hint))
        self._act.setText(plain_amp(notice.action))
        self._act.setVisible(bool(notice.action))
        self.setAccessibleDescription(" ".join((notice.text, notice.hint)).strip())
        dress(self._icon, _ICONS.get(notice.tone, "info"), notice.tone)
        self.setProperty("tone", notice.tone)
        styled(self, "message")
        self._keep_time(notice)
        self.show()
        self._place()
        self.raise_()

    def _keep_time(self, notice: Notice) -> None:
        self._timer.stop()
        if notice.tone == "good" and not notice.action:
            self._timer.start()

    @Slot()
    def _perform(self) -> None:
        notice = self._notice
        self.close_message()
        if notice is not None and notice.act is not None:
            notice.act()

    @Slot()
    def close_message(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self._notice = None
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _wish(self) -> int:
        """Return the width in which the sentence would stand in one line."""
        words = max(
            QFontMetrics(look().font("body", 600)).horizontalAdvance(self._text.text()),
            self._hint.fontMetrics().horizontalAdvance(self._hint.text()),
        )
        others = (self._icon, self._act, self._close)
        return words + 72 + sum(one.sizeHint().width() for one in others if not one.isHidden())

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        room = parent.width() - 2 * MARGIN
        width = min(room, max(look().sp(380), min(self._wish(), look().sp(WIDEST))))
        self.resize(width, 10)
        layout = self.layout()
        needed = layout.heightForWidth(width) if layout is not None else -1
        height = max(needed, self.minimumSizeHint().height())
        self.setGeometry(
            (parent.width() - width) // 2, parent.height() - height - MARGIN, width, height
        )
