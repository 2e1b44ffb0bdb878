"""Members of a set as chips, each with a cross to take it away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from sscdesk.i18n import _
from sscdesk.ui.icons import dress
from sscdesk.ui.look import look
from sscdesk.ui.widgets.tips import plain_tip

HEIGHT = 26
FULL_ROW = 3


class Chip(QWidget):
    """One member. Signals: ``removed`` and ``opened`` with its code."""

    removed = Signal(str)
    opened = Signal(str)

    def __init__(
        self, code: str, words: str, parent: QWidget | None = None, *, opens: bool = False
    ) -> None:
        super().__init__(parent)
        self.code = code
        self.words = words
        self.setProperty("look", "chip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        # Spacings, unlike margins, are mirrored with the text.
        self._row.setContentsMargins(4, 0, 4, 0)
        self._row.setSpacing(4)
        self._row.addSpacing(5)
        self._row.addWidget(self._opener() if opens else self._label())
        self.cross = self._cross()
        self._row.addWidget(self.cross)

    def set_locked(self, locked: bool) -> None:
        """Hide the cross of a member that may not be taken away."""
        self.cross.setVisible(not locked)
        if locked and self._row.count() == FULL_ROW:
            self._row.addSpacing(5)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), look().theme.sp(HEIGHT))

    def _label(self) -> QLabel:
        label = QLabel(self.words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _opener(self) -> QToolButton:
        opener = QToolButton(self)
        opener.setProperty("look", "chip_link")
        opener.setText(self.words.replace("&", "&&"))
        opener.setCursor(Qt.CursorShape.PointingHandCursor)
        opener.setAccessibleName(_("Open {title}").format(title=self.words))
        opener.clicked.connect(self._open)
        return opener

    def _cross(self) -> QToolButton:
        cross = QToolButton(self)
        cross.setProperty("look", "chip_cross")
        cross.setAccessibleName(_("Take away {title}").format(title=self.words))
        cross.setToolTip(plain_tip(cross.accessibleName()))
        dress(cross, "x", "accent", 13)
        cross.clicked.connect(self._remove)
        return cross

    def _open(self) -> None:
        self.opened.emit(self.code)

    def _remove(self) -> None:
        self.removed.emit(self.code)
