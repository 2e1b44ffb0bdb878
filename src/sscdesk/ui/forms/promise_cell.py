"""One promise of the ledger, and the place where its other half is missing."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.linking import Link
from sscdesk.application.promise_views import Promise
from sscdesk.i18n import _, format_number, ngettext
from sscdesk.model.base import record_kinds
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.promise_words import act_words, due_words
from sscdesk.ui.screens import screen_of
from sscdesk.ui.tones import tone_of
from sscdesk.ui.widgets.bars import ShareBar
from sscdesk.ui.widgets.basic import Chip, button, icon_label, label
from sscdesk.ui.widgets.directed import directed
from sscdesk.ui.widgets.eliding import ElidingLabel
from sscdesk.ui.widgets.link_title import LinkTitle
from sscdesk.ui.widgets.wrapped_link import WrappedLink

MOST_LINKS = 3


class PromiseCell(QFrame):
    """A promise: its state and date, what it is, how far, who has agreed, what serves it.

    *Signals*: ``record_wanted(entity, id)``; ``act_wanted(id, action)``.
    """

    record_wanted = Signal(str, str)
    act_wanted = Signal(str, str)

    def __init__(self, desk: Desk, promise: Promise, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "side")
        self.promise = promise
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.setSpacing(6)
        self._column.addLayout(self._head())
        self.link = WrappedLink(promise.title, promise.ref, self)
        self.link.clicked.connect(self._open)
        self._column.addWidget(self.link)
        if promise.responsible:
            self._column.addWidget(ElidingLabel(promise.responsible, "small", self, typed=True))
        self._add_progress()
        for act in promise.acts:
            self._column.addWidget(self._told("clock", "info", act_words(act)))
        if promise.state == "fulfilled" and not promise.evidence:
            self._column.addWidget(
                self._told("triangle-alert", "warn", _("Nothing proves it yet."))
            )
        self._add_links()
        self._column.addStretch(1)
        self._add_step()

    def _add_step(self) -> None:
        """Offer the next act, so that a head agrees to a whole plan without leaving it."""
        if not self.promise.action:
            return
        self.step = button(_(self.promise.label), "", "", self)
        self.step.setAccessibleName(f"{_(self.promise.label)}: {self.promise.title}")
        self.step.clicked.connect(
            partial(self.act_wanted.emit, self.promise.id, self.promise.action)
        )
        self._column.addWidget(self.step, 0, Qt.AlignmentFlag.AlignTrailing)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        words = self._desk.wording.state(record_kinds()["commitment"], self.promise.state)
        self.state = Chip(words, tone_of("commitment", self.promise.state), self)
        late = bool(self.promise.days_late)
        self.due = label(directed(due_words(self.promise)), "small", self, wrap=True)
        if late:
            self.due.setProperty("look", "small_bad")
        row.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.due, 1)
        return row

    def _add_progress(self) -> None:
        if self.promise.progress is None or self.promise.state == "proposed":
            return
        words = _("{percent} %").format(percent=format_number(self.promise.progress))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.progress = ShareBar(self, height=6)
        self.progress.show_shares(
            [(self.promise.progress / 100, "accent")],
            _("Progress: {percent}").format(percent=words),
        )
        row.addWidget(self.progress, 1)
        row.addWidget(label(words, "small", self))
        self._column.addLayout(row)

    def _told(self, icon: str, tone: str, words: str) -> QWidget:
        made = QWidget(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(icon_label(icon, tone, 15), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(directed(words), "small", made, wrap=True), 1)
        return made

    def _add_links(self) -> None:
        served = self.promise.served_by
        for link in served[:MOST_LINKS]:
            self._column.addWidget(self._link(link))
        more = len(served) - MOST_LINKS
        if more > 0:
            words = ngettext("and {count} more", "and {count} more", more)
            self._column.addWidget(label(words.format(count=format_number(more)), "small", self))

    def _link(self, link: Link) -> QWidget:
        made = QWidget(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        screen = screen_of(link.entity)
        row.addWidget(icon_label(screen.icon if screen else "link", "muted", 15))
        title = LinkTitle(link.title, link.ref, made)
        kind = _(record_kinds()[link.entity].mapped.label)
        title.setAccessibleDescription(_("Served by: {kind}").format(kind=kind))
        title.clicked.connect(partial(self.record_wanted.emit, link.entity, link.id))
        row.addWidget(title, 1)
        return made

    def _open(self) -> None:
        self.record_wanted.emit("commitment", self.promise.id)


class NoAnswer(QFrame):
    """Where the other half of a bargain would stand. *Signals*: ``wanted`` to promise it."""

    wanted = Signal()

    def __init__(self, *, elsewhere: bool, may_add: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "side_empty")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        words = (
            _("Its other half is not on this desk.")
            if elsewhere
            else _("One-sided: nothing is promised in return.")
        )
        column.addWidget(label(words, "muted", self, wrap=True))
        self.add = button(_("Promise something in return…"), "flush_more", "", self)
        self.add.setVisible(may_add and not elsewhere)
        self.add.clicked.connect(self.wanted)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
