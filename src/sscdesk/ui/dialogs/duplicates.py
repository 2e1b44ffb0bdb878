"""Possible duplicates: the pairs, two records side by side, and what to do with them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.duplicates import Comparison, PairView
from sscdesk.application.views import RecordView
from sscdesk.i18n import _, ngettext
from sscdesk.model.base import record_kinds
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.models.line_list import Line, LineList
from sscdesk.ui.pages.section import scrolled
from sscdesk.ui.widgets.basic import EmptyState, button, label
from sscdesk.ui.widgets.compared_records import ComparedRecords
from sscdesk.ui.widgets.row_delegate import RowWords
from sscdesk.ui.wording import isolated, joined

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

PAIR = "+"
"""Joins two identifiers into one, for the list."""


class DuplicatesDialog(QDialog):
    """Compares pairs of records of one entity; ``pair`` shows these two only.

    *Signals*: ``merged(RecordView)``.
    """

    merged = Signal(object)

    def __init__(
        self,
        desk: Desk,
        entity: str,
        parent: QWidget | None = None,
        *,
        pair: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.kind = record_kinds()[entity]
        self._given = pair
        self._pair = pair
        self.pairs: tuple[PairView, ...] = ()
        self.compared: ComparedRecords | None = None
        self.setWindowTitle(_("Are these two the same?") if pair else _("Possible duplicates"))
        self.setAccessibleName(self.windowTitle())
        self.resize(look().sp(760 if pair else 1040), look().sp(620))
        self._build()
        self.read()

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        column.addWidget(label(self.windowTitle(), "heading", self))
        told = _(
            "The one you keep stands for both. The other gives way: all that it says stays"
            " readable beside the one kept, and the two can be parted again."
        )
        column.addWidget(label(told, "muted", self, wrap=True))
        self.list = LineList(_("Pairs of records that may be one"), self)
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self.empty = EmptyState("users", self)
        self.empty.say(
            _("No two records look alike"),
            _("Names that sound alike, shared telephones and e-mails would be listed here."),
        )
        self.side = QStackedWidget(self)
        self.side.addWidget(self.empty)
        splitter = QSplitter(self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.side)
        splitter.setSizes([320, 700])
        splitter.setStretchFactor(1, 1)
        self.list.setVisible(self._given is None)
        column.addWidget(splitter, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.count = label("", "small", self)
        self.two = button(_("They are two"), "", "x", self)
        self.two.setToolTip(_("This pair is not shown on this laptop any more."))
        self.two.clicked.connect(self._keep_apart)
        self.part = button(_("Part them again"), "", "undo-2", self)
        self.part.clicked.connect(self._separate)
        close = button(_("Close"), "", "", self)
        close.clicked.connect(self.reject)
        row.addWidget(self.count)
        row.addStretch(1)
        for widget in (self.two, self.part, close):
            row.addWidget(widget)
        self._dress(None)
        return row

    def _dress(self, found: Comparison | None) -> None:
        apart = found is not None and not _gave_way(found)
        self.two.setVisible(apart and self._given is None)
        self.part.setVisible(found is not None and not apart)

    # ------------------------------------------------------------ reading

    def read(self) -> None:
        """Read the pairs, or the two given, again."""
        if self._given is not None:
            self._compare(self._given)
        else:
            self.desk.query(self, partial(_pairs, entity=self.kind.name), self._show_pairs)

    def _show_pairs(self, pairs: tuple[PairView, ...]) -> None:
        self.pairs = pairs
        self.list.line_model.show_lines([_line(one) for one in pairs])
        words = ngettext("{count} pair", "{count} pairs", len(pairs))
        self.count.setText(words.format(count=len(pairs)) if pairs else "")
        if pairs:
            before = PAIR.join(self._pair) if self._pair else ""
            self.list.choose(before)
        else:
            self._pair = None
            self.side.setCurrentWidget(self.empty)
            self._dress(None)

    @Slot(QItemSelection, QItemSelection)
    def _chosen(self, _now: QItemSelection, _before: QItemSelection) -> None:
        one, _plus, other = self.list.chosen().partition(PAIR)
        if other:
            self._compare((one, other))

    def _compare(self, pair: tuple[str, str]) -> None:
        self._pair = pair
        self.desk.query(self, partial(_compare, pair=pair), partial(self._show, pair))

    def _show(self, pair: tuple[str, str], found: Comparison) -> None:
        if pair != self._pair:
            return
        compared = ComparedRecords(found, self.desk.wording, deciding=not _gave_way(found))
        compared.keep_wanted.connect(self._keep)
        compared.record_wanted.connect(self._open)
        shown = scrolled(compared, self.side)
        old = self.side.currentWidget()
        self.side.addWidget(shown)
        self.side.setCurrentWidget(shown)
        if old is not self.empty and old is not None:
            self.side.removeWidget(old)
            old.deleteLater()
        self.compared = compared
        self._dress(found)

    # ------------------------------------------------------------ deciding

    @Slot(str)
    def _keep(self, kept: str) -> None:
        if self._pair is None:
            return
        gone = next(one for one in self._pair if one != kept)
        run = partial(_merge, keep=kept, other=gone)
        self.desk.operation(self, run, partial(self._merged, gone), label=_("Merging…"))

    def _merged(self, gone: str, view: RecordView) -> None:
        words = _("{title} stands for both now.").format(title=isolated(view.title))
        again = partial(self.desk.operation, self.desk, partial(_separate, ref=gone))
        self.desk.say(words, action=_("Part them again"), act=again)
        self.merged.emit(view)
        self._after()

    @Slot()
    def _keep_apart(self) -> None:
        if self._pair is not None:
            run = partial(_keep_apart, pair=self._pair)
            self.desk.operation(self, run, lambda _done: self._after())

    @Slot()
    def _separate(self) -> None:
        if self.compared is not None:
            run = partial(_separate, ref=_gave_way(self.compared.found))
            self.desk.operation(self, run, self._separated)

    def _separated(self, _view: RecordView) -> None:
        self.desk.say(_("They are two records again."))
        self._after()

    def _after(self) -> None:
        if self._given is not None:
            self.accept()
        else:
            self.read()

    @Slot(str, str)
    def _open(self, entity: str, identifier: str) -> None:
        self.desk.open(entity, identifier, apart=True)


def _gave_way(found: Comparison) -> str:
    """Return which of two gave way to the other; empty where they are two."""
    for one, other in ((found.one, found.other), (found.other, found.one)):
        if one.same_as == other.id:
            return one.id
    return ""


def _line(pair: PairView) -> Line:
    title = _("{one} — {other}").format(
        one=isolated(pair.one_title), other=isolated(pair.other_title)
    )
    percent = _("{percent} %").format(percent=pair.score)
    return Line(
        f"{pair.one}{PAIR}{pair.other}",
        RowWords(title, joined(pair.reasons), percent, "warn" if pair.score >= 95 else "neutral"),
    )


def _pairs(w: "Workspace", entity: str) -> tuple[PairView, ...]:
    from sscdesk.application import duplicates

    return duplicates.duplicates(w, entity)


def _compare(w: "Workspace", pair: tuple[str, str]) -> Comparison:
    from sscdesk.application import duplicates

    return duplicates.compare(w, *pair)


def _merge(w: "Workspace", keep: str, other: str) -> RecordView:
    from sscdesk.application import merging

    return merging.merge(w, keep, other)


def _separate(w: "Workspace", ref: str) -> RecordView:
    from sscdesk.application import merging

    return merging.separate(w, ref)


def _keep_apart(w: "Workspace", pair: tuple[str, str]) -> None:
    from sscdesk.application import duplicates

    duplicates.keep_apart(w, *pair)
