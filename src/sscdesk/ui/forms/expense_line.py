"""One expense in the accounts of a mission: what, at which rate, its receipt, its decision."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sscdesk.application.accounts import AccountLine
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.accounts_words import about_words, money, rate_words
from sscdesk.ui.look import look
from sscdesk.ui.tones import tone_of
from sscdesk.ui.widgets.basic import Chip, button, icon_button, icon_label, label
from sscdesk.ui.widgets.directed import directed
from sscdesk.ui.widgets.eliding import ElidingLabel
from sscdesk.ui.widgets.link_title import LinkTitle

AMOUNT = 150


class ExpenseLine(QFrame):
    """One line. *Signals*: ``opened``; ``decided(action)`` to accept or reject it."""

    opened = Signal()
    decided = Signal(str)

    def __init__(self, desk: Desk, line: AccountLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "line")
        self.line = line
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(12)
        row.addLayout(self._what(desk), 1)
        row.addWidget(self._receipt())
        row.addLayout(self._amount())
        words = desk.wording.state(record_kinds()["expense"], line.state)
        self.state = Chip(words, tone_of("expense", line.state), self)
        if line.reason:
            self.state.setToolTip(line.reason)
            self.state.setAccessibleDescription(line.reason)
        row.addWidget(self.state)
        self._add_decision(row)

    def _what(self, desk: Desk) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(1)
        kind = desk.wording.code("expense_kind", self.line.kind)
        self.title = LinkTitle(self.line.description or kind, self.line.ref, self)
        self.title.clicked.connect(self.opened)
        column.addWidget(self.title)
        column.addWidget(ElidingLabel(directed(about_words(self.line)), "small", self))
        return column

    def _receipt(self) -> QLabel:
        there = self.line.receipt
        made = icon_label("paperclip" if there else "triangle-alert", "muted" if there else "warn")
        words = _("Its receipt is here") if there else _("No receipt yet")
        made.setToolTip(words)
        made.setAccessibleName(words)
        return made

    def _amount(self) -> QVBoxLayout:
        line = self.line
        column = QVBoxLayout()
        column.setSpacing(1)
        trailing = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        shown = line.counted or line.amount
        foreign = line.counted is not None and line.counted.currency != line.amount.currency
        self.amount = label(money(shown), "strong", self)
        self.amount.setMinimumWidth(look().sp(AMOUNT))
        below = [money(line.amount) if foreign else "", rate_words(line)]
        self.rate = label(directed(" · ".join(filter(None, below))), "small", self)
        for words in (self.amount, self.rate):
            words.setAlignment(trailing)
            column.addWidget(words)
        self.rate.setVisible(bool(self.rate.text()))
        return column

    def _add_decision(self, row: QHBoxLayout) -> None:
        if not self.line.may_decide:
            return
        self.accept = button(_("Accept"), "", "check", self)
        self.accept.setAccessibleName(_("Accept: {what}").format(what=self.title.title))
        self.accept.clicked.connect(partial(self.decided.emit, "accept"))
        self.reject = icon_button("x", _("Reject: {what}").format(what=self.title.title), self)
        self.reject.clicked.connect(partial(self.decided.emit, "reject"))
        row.addWidget(self.accept)
        row.addWidget(self.reject)
