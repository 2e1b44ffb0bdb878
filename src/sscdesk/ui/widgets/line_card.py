"""A card with a heading and lines; each line opens something and has its action."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sscdesk.i18n import ngettext
from sscdesk.ui.widgets.basic import Card, Chip, button, icon_label, label
from sscdesk.ui.widgets.eliding import ElidingLabel

SHOWN_FIRST = 7


class LineRow(QFrame):
    """One line: an icon, a title that opens the record, why it stands here, its action."""

    def __init__(
        self,
        icon: str,
        title: str,
        about: str,
        chip: tuple[str, str],
        action: str,
        then: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "line")
        self._then = then
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        row.addWidget(icon_label(icon))
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = ElidingLabel(title, "", self, typed=True)
        words.addWidget(self.title)
        if about:
            words.addWidget(ElidingLabel(about, "small", self))
        row.addLayout(words, 1)
        if chip[0]:
            row.addWidget(Chip(chip[0], chip[1], self))
        self.act = button(action, "")
        self.act.setAccessibleName(f"{action}: {title}")
        self.act.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.act.clicked.connect(self._do)
        row.addWidget(self.act)

    @Slot()
    def _do(self) -> None:
        self._then()


class GroupCard(Card):
    """A heading and its lines, the first seven until all are asked for."""

    def __init__(self, heading: str, nothing: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.body.setSpacing(0)
        self._nothing = nothing
        self._all: list[QWidget] = []
        self.heading = label(heading, "heading")
        self.count = label("", "small")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.heading)
        row.addWidget(self.count)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addSpacing(4)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.more = button("", "link")
        self.more.clicked.connect(self._show_all)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._empty = label(nothing, "muted", wrap=True)
        self._empty.setContentsMargins(0, 8, 0, 4)
        self.body.addWidget(self._empty)

    def show_lines(self, lines: Sequence[QWidget]) -> None:
        """Show these lines in the place of those before."""
        for line in self._all:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._all = list(lines)
        for place, line in enumerate(self._all):
            self._lines.addWidget(line)
            line.setVisible(place < SHOWN_FIRST)
        self.count.setText(str(len(lines)) if lines else "")
        self._empty.setVisible(not lines)
        hidden = len(lines) - SHOWN_FIRST
        self.more.setVisible(hidden > 0)
        words = ngettext("Show {count} more", "Show {count} more", max(hidden, 1))
        self.more.setText(words.format(count=hidden))

    @Slot()
    def _show_all(self) -> None:
        for line in self._all:
            line.show()
        self.more.hide()
