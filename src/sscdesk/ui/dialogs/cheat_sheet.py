"""Which keys do what, on one sheet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sscdesk.i18n import _
from sscdesk.ui.look import look
from sscdesk.ui.screens import Screen, shortcut_of
from sscdesk.ui.widgets.basic import button, label

Keys = tuple[str, str]


def _everywhere() -> list[Keys]:
    return [
        ("Ctrl+K", _("Search everything")),
        ("Ctrl+N", _("New, of this screen's kind")),
        ("Ctrl+Shift+N", _("New, of any kind")),
        ("Ctrl+Z", _("Undo")),
        ("Ctrl+Y", _("Redo")),
        ("Ctrl+F", _("Find in this list")),
        ("Ctrl+B", _("Fold or unfold the navigation")),
        ("F1", _("Help on this screen")),
        ("?", _("This sheet")),
        ("Ctrl+Q", _("Close the desk")),
    ]


def _in_lists() -> list[Keys]:
    return [
        ("↑ ↓", _("Move from record to record")),
        ("Enter", _("Open in a window of its own")),
        ("Delete", _("Put into the bin")),
        ("Ctrl+C", _("Copy as a table")),
        ("Ctrl+A", _("Choose all")),
        ("Esc", _("Leave the search of the list")),
    ]


class CheatSheet(QDialog):
    """The sheet shown on ``?``."""

    def __init__(self, screens: Sequence[Screen], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys of the desk"))
        shown = tuple(screens)
        places = [
            (keys, _(screen.label)) for screen in shown if (keys := shortcut_of(screen, shown))
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(label(_("Keys of the desk"), "title"))
        row = QHBoxLayout()
        row.setSpacing(40)
        row.addLayout(_sheet(_("Everywhere"), _everywhere()))
        row.addLayout(_sheet(_("Screens"), places))
        row.addLayout(_sheet(_("In lists"), _in_lists()))
        column.addLayout(row)
        close = button(_("Close this sheet"), "")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignTrailing)


def _sheet(heading: str, keys: Sequence[Keys]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(label(heading, "section"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    for place, (name, what) in enumerate(keys):
        grid.addWidget(_key(name), place, 0, Qt.AlignmentFlag.AlignLeading)
        grid.addWidget(label(what), place, 1)
    column.addLayout(grid)
    column.addStretch(1)
    return column


def _key(name: str) -> QLabel:
    made = label(name, "key")
    made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    made.setMinimumHeight(look().sp(22))
    return made
