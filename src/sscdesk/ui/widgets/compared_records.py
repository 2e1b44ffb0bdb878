"""Two records beside each other, field by field: first where they differ, then where not."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from sscdesk.application.duplicates import Comparison, FieldPair
from sscdesk.application.views import RecordView
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.field import FieldType
from sscdesk.model.values import Value
from sscdesk.ui.look import look
from sscdesk.ui.places import office_name
from sscdesk.ui.widgets.basic import button, label
from sscdesk.ui.widgets.directed import directed
from sscdesk.ui.widgets.link_title import LinkTitle
from sscdesk.ui.wording import END_OF_ISOLATE, Wording, in_pieces, joined

LEFT_TO_RIGHT = "\u2066"
"""Left-to-right isolate (UAX #9): a telephone number keeps its sign before it."""
NAMES = 150
"""Width of the column with the names of the fields."""


class ComparedRecords(QWidget):
    """A comparison. *Signals*: ``keep_wanted(id)``; ``record_wanted(entity, id)``."""

    keep_wanted = Signal(str)
    record_wanted = Signal(str, str)

    def __init__(
        self,
        found: Comparison,
        wording: Wording,
        *,
        deciding: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.found = found
        self._wording = wording
        self._deciding = deciding
        self._kind = record_kinds()[found.one.entity]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 2, 10, 4)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, look().sp(NAMES))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._line = 0
        self.keeps = [self._head(view, at) for at, view in enumerate((found.one, found.other), 1)]
        self._line = 1
        self._add_section(_("Where they differ"), [f for f in found.fields if not f.alike])
        self._add_section(_("Where both say the same"), [f for f in found.fields if f.alike])
        self._grid.setRowStretch(self._line, 1)

    def _head(self, view: RecordView, column: int) -> QWidget:
        head = QFrame(self)
        head.setProperty("look", "side")
        head.setAccessibleName(f"{view.title}, {view.ref}")
        inside = QVBoxLayout(head)
        inside.setContentsMargins(12, 9, 12, 10)
        inside.setSpacing(5)
        title = LinkTitle(view.title, view.ref, head, strong=True)
        title.clicked.connect(partial(self.record_wanted.emit, view.entity, view.id))
        inside.addWidget(title)
        about = in_pieces((view.ref, office_name(view.owner)))
        inside.addWidget(label(about, "small", head, wrap=True))
        keep = button(_("Keep this one"), "primary", "check", head)
        keep.setAccessibleDescription(f"{view.title}, {view.ref}")
        keep.clicked.connect(partial(self.keep_wanted.emit, view.id))
        keep.setVisible(self._deciding)
        inside.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeading)
        self._grid.addWidget(head, 0, column)
        return keep

    def _add_section(self, heading: str, fields: Iterable[FieldPair]) -> None:
        listed = list(fields)
        if not listed:
            return
        self._grid.addWidget(label(heading, "strong", self), self._line, 0, 1, 3)
        self._line += 1
        for pair in listed:
            name = label(_(self._kind.fields[pair.field].label), "label", self, wrap=True)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(name, self._line, 0, top)
            if pair.alike:
                self._grid.addWidget(self._value(pair.field, pair.one), self._line, 1, 1, 2, top)
            else:
                self._grid.addWidget(self._value(pair.field, pair.one), self._line, 1, top)
                self._grid.addWidget(self._value(pair.field, pair.other), self._line, 2, top)
            self._line += 1

    def _value(self, name: str, value: Value) -> QWidget:
        field = self._kind.fields[name]
        words = self._wording.value(field, value, self.found.titles)
        if field.type is FieldType.PHONE and words:
            words = joined(f"{LEFT_TO_RIGHT}{one}{END_OF_ISOLATE}" for one in _members(value))
        if field.masked and words:
            words = _("Kept hidden")
        made = label(directed(words) if words else _("(nothing)"), "" if words else "muted", self)
        made.setWordWrap(True)
        return made


def _members(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)
