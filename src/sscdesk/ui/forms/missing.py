"""What stands between the officer and an act, each thing a link to its field."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.i18n import _, filled
from sscdesk.model.lifecycle import Missing
from sscdesk.ui.forms.leading import leads_somewhere
from sscdesk.ui.widgets.basic import icon_label, label
from sscdesk.ui.widgets.wrapped_link import EDGE, WrappedLink


def missing_text(missing: Missing) -> str:
    """Say what is missing, in the reader's language."""
    return filled(missing.message, missing.params)


class MissingLine(QWidget):
    """One thing that is missing. *Signals*: ``wanted(Missing)`` when its field is asked for."""

    wanted = Signal(object)

    def __init__(self, missing: Missing, parent: QWidget | None = None, *, tone: str = "") -> None:
        super().__init__(parent)
        self.missing = missing
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        icon, token = ("clock", "muted") if missing.warning else ("triangle-alert", "bad")
        icons = {"muted": "circle", "warn": "triangle-alert"}
        words = self._words()
        beside = QVBoxLayout()
        # The icon stands beside the first line of what may be several.
        beside.addSpacing(EDGE if isinstance(words, WrappedLink) else 0)
        beside.addWidget(icon_label(icons.get(tone, icon), tone or token, 18))
        beside.addStretch()
        row.addLayout(beside)
        row.addWidget(words, 1)

    def _words(self) -> QWidget:
        words = missing_text(self.missing)
        if not leads_somewhere(self.missing):
            return label(words, "", self, wrap=True)
        link = WrappedLink(words, "", self, sentence=True)
        link.setAccessibleDescription(_("Goes to what is missing"))
        link.clicked.connect(self._go)
        return link

    @Slot()
    def _go(self) -> None:
        self.wanted.emit(self.missing)


class GoodLine(QWidget):
    """One thing that is there."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(icon_label("circle-check", "good", 18))
        said = label(words, "", self, wrap=True)
        row.addWidget(said, 1)


class MissingPopup(QFrame):
    """A small sheet under a button: why not yet. *Signals*: ``wanted(Missing)``."""

    wanted = Signal(object)

    def __init__(self, title: str, missing: Iterable[Missing], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "card")
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(label(title, "strong", self, wrap=True))
        for one in missing:
            line = MissingLine(one, self)
            line.wanted.connect(self._choose)
            column.addWidget(line)
        self.setMinimumWidth(320)
        self.setMaximumWidth(440)

    def show_below(self, anchor: QWidget) -> None:
        """Open under ``anchor``, its trailing edge at the anchor's."""
        self.adjustSize()
        corner = anchor.rect().bottomRight() - QPoint(self.width(), 0)
        if anchor.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            corner = anchor.rect().bottomLeft()
        self.move(anchor.mapToGlobal(corner + QPoint(0, 4)))
        self.show()
        first = self.findChild(WrappedLink)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(object)
    def _choose(self, missing: Missing) -> None:
        self.close()
        self.wanted.emit(missing)
