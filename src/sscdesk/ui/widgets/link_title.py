"""The title of a record as a button that opens it, shortened where there is no room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from sscdesk.ui.widgets.basic import plain_amp
from sscdesk.ui.wording import isolated


class LinkTitle(QPushButton):
    """A link that never makes its window wider; its whole title is its tip."""

    def __init__(
        self, title: str, ref: str = "", parent: QWidget | None = None, *, strong: bool = False
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.setAutoDefault(False)
        self.setProperty("look", "flush_strong" if strong else "flush")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{title}, {ref}" if ref else title)
        self.setToolTip(f"{title}\n{ref}" if ref else title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(plain_amp(isolated(title)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.contentsRect().width() - 4
        shown = self.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideRight, room)
        self.setText(plain_amp(isolated(shown)))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())
