"""One number by which two officers know over the telephone that they hold the same records."""

import re

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sscdesk.i18n import _
from sscdesk.ui.desk import Desk
from sscdesk.ui.widgets.basic import Card, button, icon_label, label

GROUP = 4
FIRST = 4
"""Groups that are read out first: 64 bits, more than chance can make alike."""


class DigestCard(Card):
    """The digest of the shared records, in groups, and a line for what the other one reads."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.digest = ""
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(icon_label("phone", "muted", 20), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_("Do we hold the same?"), "strong", self))
        told = _(
            "After files have gone both ways, read these groups to each other: they are the"
            " same where both offices hold the same shared records."
        )
        words.addWidget(label(told, "small", self, wrap=True))
        row.addLayout(words, 1)
        self.show_it = button(_("Show the groups"), "", "", self)
        self.show_it.clicked.connect(self.read)
        row.addWidget(self.show_it, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addWidget(self._shown())
        desk.changed.connect(self._forget)

    def _shown(self) -> QWidget:
        self.inside = QWidget(self)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(34, 6, 0, 0)
        column.setSpacing(6)
        self.groups = label("", "digits", self.inside)
        self.rest = label("", "digits_rest", self.inside, wrap=True)
        for words in (self.groups, self.rest):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            column.addWidget(words)
        row = QHBoxLayout()
        name = _("What the other office reads")
        row.addWidget(label(name, "label", self.inside))
        self.heard = QLineEdit(self.inside)
        self.heard.setAccessibleName(name)
        self.heard.setMaxLength(120)
        self.heard.textChanged.connect(self._compare)
        row.addWidget(self.heard, 1)
        column.addLayout(row)
        self.verdict = label("", "small", self.inside, wrap=True)
        column.addWidget(self.verdict)
        self.inside.hide()
        return self.inside

    @Slot()
    def read(self) -> None:
        """Compute the digest in a worker."""
        from sscdesk.application import synchronise

        self.show_it.setEnabled(False)
        self.desk.query(self, synchronise.digest, self._show)

    def _show(self, digest: str) -> None:
        self.digest = digest
        groups = [digest[at : at + GROUP].upper() for at in range(0, len(digest), GROUP)]
        self.groups.setText("   ".join(groups[:FIRST]))
        self.groups.setAccessibleName(" ".join(" ".join(group) for group in groups[:FIRST]))
        rest = " ".join(groups[FIRST:])
        self.rest.setText(_("The others, in case of doubt: {groups}").format(groups=rest))
        self.inside.show()
        self.show_it.hide()
        self._compare(self.heard.text())

    @Slot(object)
    def _forget(self, _summary: object) -> None:
        """Take the digest away once something has changed: it would be an old one."""
        self.digest = ""
        self.inside.hide()
        self.show_it.show()
        self.show_it.setEnabled(True)

    @Slot(str)
    def _compare(self, heard: str) -> None:
        typed = re.sub(r"[^0-9a-f]", "", heard.casefold())
        words, tone = compared(self.digest, typed)
        self.verdict.setText(words)
        self.verdict.setProperty("look", tone)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)


def compared(digest: str, typed: str) -> tuple[str, str]:
    """Say whether what was heard is the same, and in which tone."""
    if not typed or not digest:
        return "", "small"
    for place, (one, other) in enumerate(zip(digest, typed, strict=False)):
        if one != other:
            number = place // GROUP + 1
            return (
                _("Group {number} differs: exchange files both ways, then compare again.").format(
                    number=number
                ),
                "error",
            )
    if len(typed) < GROUP * FIRST:
        return _("The same so far…"), "small"
    return _("The same: both offices hold the same shared records."), "good"
