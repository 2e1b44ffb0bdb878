"""Which keys do what, on one sheet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sscdesk.i18n import _
from sscdesk.ui.keys import KeyGroup, key_groups
from sscdesk.ui.look import look
from sscdesk.ui.screens import Screen
from sscdesk.ui.widgets.basic import button, label


class CheatSheet(QDialog):
    """The sheet shown on ``?``."""

    def __init__(self, screens: Sequence[Screen], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys of the desk"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(label(_("Keys of the desk"), "title"))
        row = QHBoxLayout()
        row.setSpacing(40)
        everywhere, places, *others = key_groups(screens)
        row.addLayout(_sheet(everywhere))
        row.addLayout(_sheet(places))
        row.addLayout(_sheet(*others))
        column.addLayout(row)
        close = button(_("Close this sheet"), "")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignTrailing)


def _sheet(*groups: KeyGroup) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    for group in groups:
        if column.count():
            column.addSpacing(10)
        column.addWidget(label(group.heading, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        for place, (name, what) in enumerate(group.keys):
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
