"""The accounts of a mission: the balance, each expense with its rate, the daily allowances."""

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.accounts import Accounts
from sscdesk.application.per_diem import AllowanceLine, Proposal
from sscdesk.application.views import RecordView
from sscdesk.i18n import _, format_number, ngettext
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.accounts_words import (
    balance_words,
    figures,
    money,
    without_rate_words,
)
from sscdesk.ui.forms.acts_elsewhere import ActsElsewhere
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.expense_line import ExpenseLine
from sscdesk.ui.forms.missing import MissingLine
from sscdesk.ui.forms.undoing import undo_last
from sscdesk.ui.forms.view_tab import ViewTab
from sscdesk.ui.forms.words import section_label
from sscdesk.ui.widgets.basic import Card, EmptyState, button, icon_label, label
from sscdesk.ui.widgets.cards_grid import CardsGrid
from sscdesk.ui.widgets.directed import directed
from sscdesk.ui.wording import in_pieces, isolated, joined, readable_date

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

FIGURE = 150
"""The least width of a figure."""


class Shown(NamedTuple):
    """All that the tab shows, read together."""

    accounts: Accounts
    proposal: Proposal


class AccountsTab(ViewTab):
    """The accounts of a mission of this office."""

    entities = frozenset({"expense", "mission", "office", "officer", "attachment"})

    def __init__(self, desk: Desk, around: FormAround, parent: QWidget | None = None) -> None:
        super().__init__(desk, around, parent)
        self.lodged = False
        """Whether the host pays the lodging."""
        self.acts = ActsElsewhere(desk, around, self)

    def read(self, w: "Workspace", identifier: str) -> Shown:
        from sscdesk.application import accounts, per_diem

        return Shown(
            accounts.accounts(w, identifier), per_diem.propose(w, identifier, lodged=self.lodged)
        )

    def show_found(self, found: Shown) -> list[QWidget]:
        if self.sheet is not None and self.sheet.view.owner != self.desk.workspace.office:
            return [self._elsewhere()]
        self.accounts, self.proposal = found
        self.lines: list[ExpenseLine] = []
        self.counted.emit(len(found.accounts.lines))
        return [self._balance(), self._expenses(), self._allowances()]

    def _elsewhere(self) -> QWidget:
        state = EmptyState("banknote", self)
        state.say(
            _("These accounts stay in the office that travels"),
            _("Expenses, receipts and daily allowances never leave an office."),
        )
        return state

    # ------------------------------------------------------------ the balance

    def _balance(self) -> QWidget:
        card = Card(self)
        words, tone = balance_words(self.accounts.balance)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(icon_label("circle-check" if tone == "good" else "banknote", tone, 22))
        self.due = label(directed(words), "title", card, wrap=True)
        row.addWidget(self.due, 1)
        card.body.addLayout(row)
        grid = CardsGrid(FIGURE, card)
        grid.show_cards([_figure(*one, card) for one in figures(self.accounts)])
        card.body.addSpacing(4)
        card.body.addWidget(grid)
        if self.accounts.settled_on:
            day = readable_date(self.accounts.settled_on)
            card.body.addWidget(label(_("Settled on {date}").format(date=day), "small", card))
        if self.accounts.balance.without_rate:
            card.body.addLayout(self._without_rate(card))
        return card

    def _without_rate(self, card: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(icon_label("triangle-alert", "warn", 18))
        told = without_rate_words(self.accounts.balance)
        row.addWidget(label(directed(told), "", card, wrap=True), 1)
        self.convert = button(_("Convert with the recorded rates"), "", "refresh-cw", card)
        self.convert.setEnabled(bool(self.accounts.convertible))
        if not self.accounts.convertible:
            self.convert.setToolTip(_("No rate is recorded for their currency and day yet."))
        self.convert.clicked.connect(self._convert)
        row.addWidget(self.convert)
        return row

    @Slot()
    def _convert(self) -> None:
        from sscdesk.application import accounts

        run = partial(accounts.convert_expenses, ref=self.accounts.id)
        self.desk.operation(self, run, self._converted)

    def _converted(self, count: int) -> None:
        told = ngettext("{count} expense is converted.", "{count} expenses are converted.", count)
        self.desk.say(
            told.format(count=format_number(count)),
            action=_("Undo"),
            act=partial(undo_last, self.desk),
        )

    # ------------------------------------------------------------ expenses

    def _expenses(self) -> QWidget:
        card = Card(self)
        card.body.setSpacing(0)
        card.body.addWidget(section_label(_("Expenses"), card))
        for line in self.accounts.lines:
            made = ExpenseLine(self.desk, line, card)
            made.opened.connect(partial(self.around.open, "expense", line.id))
            made.decided.connect(partial(self.acts.act_on, line.id))
            self.lines.append(made)
            card.body.addWidget(made)
        if not self.accounts.lines:
            told = _("What the travellers spend will be here, each with its receipt and its rate.")
            card.body.addWidget(label(told, "muted", card, wrap=True))
        self._add_kinds(card)
        self.add = button(_("Add an expense"), "quiet", "plus", card)
        self.add.clicked.connect(self._add_expense)
        card.body.addSpacing(6)
        card.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _add_kinds(self, card: Card) -> None:
        if len(self.accounts.by_kind) < 2:
            return
        sums = (
            _("{kind}: {amount}").format(
                kind=self.desk.wording.code("expense_kind", kind), amount=money(amount)
            )
            for kind, amount in self.accounts.by_kind
        )
        card.body.addSpacing(8)
        card.body.addWidget(label(directed(in_pieces(sums)), "small", card, wrap=True))

    @Slot()
    def _add_expense(self) -> None:
        from sscdesk.model.lifecycle import Missing

        self.field_wanted.emit(Missing("wanted", "", "expense"))

    # ------------------------------------------------------------ daily allowances

    def _allowances(self) -> QWidget:
        card = Card(self)
        card.body.addWidget(section_label(_("Daily allowances"), card))
        told = _("Proposed from the nights of the itinerary and the office's own table.")
        card.body.addWidget(label(told, "muted", card, wrap=True))
        for line in self.proposal.lines:
            card.body.addWidget(_allowance(line, self._country(line), card))
        for missing in self.proposal.missing:
            made = MissingLine(missing, card, tone="warn")
            made.wanted.connect(self.field_wanted)
            card.body.addWidget(made)
        if self.proposal.lines:
            card.body.addLayout(self._into_budget(card))
        return card

    def _country(self, line: AllowanceLine) -> str:
        return self.desk.wording.code("country", line.country)

    def _into_budget(self, card: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        total = joined(map(money, self.proposal.totals))
        told = _("Total: {amounts}").format(amounts=isolated(total))
        row.addWidget(label(directed(told), "strong", card))
        if self.proposal.lodging_known:
            self.host_pays = QCheckBox(_("The host pays the lodging"), card)
            self.host_pays.setChecked(self.lodged)
            self.host_pays.toggled.connect(self._lodging)
            row.addWidget(self.host_pays)
        row.addStretch(1)
        self.budget = button(_("Put into the budget"), "", "plus", card)
        self.budget.setEnabled(self._may_budget())
        self.budget.clicked.connect(self._put_into_budget)
        row.addWidget(self.budget)
        return row

    def _may_budget(self) -> bool:
        """Whether the budget is still open and says something else."""
        open_now = self.sheet is not None and self.sheet.view.state in ("draft", "submitted")
        return open_now and not all(line.in_budget for line in self.proposal.lines)

    @Slot(bool)
    def _lodging(self, lodged: bool) -> None:
        self.lodged = lodged
        self.reload()

    @Slot()
    def _put_into_budget(self) -> None:
        from sscdesk.application import per_diem

        run = partial(per_diem.put_into_budget, ref=self.accounts.id, lodged=self.lodged)
        self.desk.operation(self, run, self._budgeted)

    def _budgeted(self, _view: RecordView) -> None:
        self.desk.say(
            _("The daily allowances are in the budget."),
            action=_("Undo"),
            act=partial(undo_last, self.desk),
        )


def _figure(name: str, amount: str, about: str, parent: QWidget) -> QWidget:
    made = QWidget(parent)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(name, "small", made))
    column.addWidget(label(directed(isolated(amount)), "strong", made, wrap=True))
    if about:
        column.addWidget(label(directed(about), "small", made, wrap=True))
    column.addStretch(1)
    return made


def _allowance(line: AllowanceLine, country: str, parent: QWidget) -> QWidget:
    made = QWidget(parent)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(12)
    nights = ngettext("{count} night", "{count} nights", line.nights)
    count = nights.format(count=format_number(line.nights))
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(label(directed(in_pieces((line.name, country))), "", made, wrap=True))
    about = in_pieces((count, _("{amount} a night").format(amount=money(line.rate)), line.zone))
    words.addWidget(label(directed(about), "small", made, wrap=True))
    row.addLayout(words, 1)
    if line.in_budget:
        row.addWidget(label(_("in the budget"), "small", made))
    row.addWidget(label(money(line.amount), "strong", made))
    return made
