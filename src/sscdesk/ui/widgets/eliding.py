"""One line of words that is shortened where there is no room, whole in its tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from sscdesk.ui.wording import isolated


class ElidingLabel(QLabel):
    """A label that never makes its window wider.

    ``typed`` says that somebody wrote the text: it then keeps its own direction.
    """

    def __init__(
        self, text: str, name: str = "", parent: QWidget | None = None, *, typed: bool = False
    ) -> None:
        super().__init__(parent)
        self._typed = typed
        self.setTextFormat(Qt.TextFormat.PlainText)
        if name:
            self.setProperty("look", name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(40, super().sizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        text = isolated(self.text()) if self._typed else self.text()
        words = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.contentsRect(), flags | Qt.TextFlag.TextSingleLine, words)
        painter.end()
