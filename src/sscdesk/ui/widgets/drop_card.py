"""A place where files may be let go, with a button for those who rather choose them."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from sscdesk.ui.look import look
from sscdesk.ui.widgets.basic import button, icon_label, label
from sscdesk.ui.widgets.documents import DropZone


class DropCard(DropZone):
    """Says what may be dropped. *Signals* as those of ``DropZone``."""

    def __init__(
        self, icon: str, title: str, text: str, choose: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 14, 16, 14)
        row.setSpacing(14)
        row.addWidget(icon_label(icon, "accent", 26))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "strong", self, wrap=True))
        words.addWidget(label(text, "small", self, wrap=True))
        row.addLayout(words, 1)
        self.choose: QPushButton = button(choose, "", "folder-open", self)
        row.addWidget(self.choose)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look().color("accent" if self._over else "edge"), 2 if self._over else 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look().color("accent_wash" if self._over else "paper"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
