"""Records as short lines, each with what became of it, opened by a click."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.incoming import ChangedRecord
from sscdesk.i18n import _, format_number, ngettext
from sscdesk.ui.screens import screen_of
from sscdesk.ui.widgets.basic import Chip, icon_label, label
from sscdesk.ui.widgets.link_title import LinkTitle

MOST = 40
TONES = {"new": "good", "changed": "info", "deleted": "bad"}


def what_words(what: str) -> str:
    """Say in a word what becomes of a record."""
    words = {"new": _("New"), "changed": _("Changed"), "deleted": _("To the bin")}
    return words.get(what, what)


class RecordLines(QWidget):
    """A list of records. *Signals*: ``record_wanted(entity, id)``."""

    record_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, *, may_open: bool = True) -> None:
        super().__init__(parent)
        self._may_open = may_open
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 2)
        self._column.setSpacing(0)
        self._lines: list[QWidget] = []

    def show_records(
        self, records: Sequence[ChangedRecord], total: int | None = None, most: int = MOST
    ) -> None:
        """Show the first of the records and how many more there are."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(record) for record in records[:most]]
        more = (len(records) if total is None else total) - len(self._lines)
        if more > 0:
            words = ngettext("and {count} more", "and {count} more", more)
            self._lines.append(label(words.format(count=format_number(more)), "small", self))
        for line in self._lines:
            self._column.addWidget(line)

    def _line(self, record: ChangedRecord) -> QWidget:
        made = QWidget(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(8)
        screen = screen_of(record.entity)
        row.addWidget(icon_label(screen.icon if screen else "file-text", "muted", 15))
        if self._may_open:
            title = LinkTitle(record.title, record.ref, made)
            title.clicked.connect(partial(self.record_wanted.emit, record.entity, record.id))
            row.addWidget(title, 1)
        else:
            row.addWidget(_words(record, made), 1)
        row.addWidget(Chip(what_words(record.what), TONES.get(record.what, "neutral"), made))
        return made


def _words(record: ChangedRecord, parent: QWidget) -> QWidget:
    from sscdesk.ui.widgets.eliding import ElidingLabel

    return ElidingLabel(f"{record.ref} · {record.title}", "", parent)
