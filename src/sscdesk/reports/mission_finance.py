"""The accounts of a mission: the internal annex that stays in the office."""

from collections import defaultdict
from collections.abc import Iterable

from sscdesk.i18n import _
from sscdesk.model.values import Money
from sscdesk.reports import styles
from sscdesk.reports.blocks import Callout, Fact, Heading, Text
from sscdesk.reports.flow import Block
from sscdesk.reports.front import closing, front
from sscdesk.reports.snapshot import (
    REJECTED,
    Advance,
    BudgetLine,
    ExpenseEntry,
    MissionFinance,
    Wording,
)
from sscdesk.reports.tables import DECIMAL, END, Cell, Column, Row, Table
from sscdesk.reports.words import (
    amount,
    comma,
    day,
    joined,
    listed,
    number,
    period,
    semicolon,
    short_day,
    signed_amount,
    with_currency,
)


def running_title(finance: MissionFinance) -> str:
    """Return the line at the head of the following pages."""
    return _("Mission accounts {mission} — {when}").format(
        mission=finance.mission, when=period(finance.departs_on, finance.returns_on)
    )


def blocks(finance: MissionFinance, draft: bool) -> list[Block]:
    """Return budget against costs, totals per currency, the advance, every expense."""
    return [
        *_front(finance),
        *_by_kind(finance),
        *_by_currency(finance),
        *_balance(finance),
        *_details(finance),
        *_rates(finance),
        *closing(finance.imprint),
    ]


def _front(finance: MissionFinance) -> list[Block]:
    facts = (
        Fact(_("Mission"), finance.mission),
        Fact(_("Currency of the office"), finance.currency),
        Fact(_("Travellers"), listed(tuple(person.name for person in finance.travellers))),
        Fact(_("Funding"), _funding(finance.budget)),
    )
    return front(
        finance.imprint,
        _("Mission accounts — internal annex"),
        finance.title.say(),
        period(finance.departs_on, finance.returns_on),
        facts,
    )


def _funding(budget: tuple[BudgetLine, ...]) -> str:
    return listed(tuple(dict.fromkeys(line.funding.say() for line in budget)))


# --- budget against costs -------------------------------------------------------------------------


def _by_kind(finance: MissionFinance) -> list[Block]:
    labels = _labels(finance)
    planned, spent = _planned(finance), _spent(finance)
    currency = finance.currency
    rows = [
        _kind_row(labels[kind].say(), planned[kind], spent[kind], currency)
        for kind in labels
        if planned[kind] or spent[kind]
    ]
    if not rows:
        return [Heading(_("Budget and costs")), Text(_("No budget line and no expense recorded."))]
    total = _kind_row(_("Total"), sum(planned.values()), sum(spent.values()), currency, total=True)
    columns = (
        Column(_("Kind"), 2.0),
        Column(_("Planned, {currency}").format(currency=currency), 1.0, DECIMAL),
        Column(_("Spent, {currency}").format(currency=currency), 1.0, DECIMAL),
        Column(_("Difference"), 1.0, DECIMAL),
    )
    return [Heading(_("Budget and costs")), Table(columns, (*rows, total))]


def _kind_row(label: str, planned: int, spent: int, currency: str, total: bool = False) -> Row:
    difference = signed_amount(Money(spent - planned, currency))
    cells = (label, amount(Money(planned, currency)), amount(Money(spent, currency)), difference)
    return Row(cells, total=total)


def _labels(finance: MissionFinance) -> dict[str, Wording]:
    labels = {line.kind: line.label for line in finance.budget}
    for expense in finance.expenses:
        labels.setdefault(expense.kind, expense.label)
    return labels


def _planned(finance: MissionFinance) -> dict[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for line in finance.budget:
        totals[line.kind] += _office_amount(line, finance.currency)
    return totals


def _office_amount(item: BudgetLine | Advance, currency: str) -> int:
    """Return the amount in the office's currency; one without a rate counts as nothing."""
    if item.in_office_currency is not None:
        return item.in_office_currency.minor
    return item.amount.minor if item.amount.currency == currency else 0


def _spent(finance: MissionFinance) -> dict[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for expense in counted(finance.expenses):
        totals[expense.kind] += expense.in_office_currency.minor
    return totals


def counted(expenses: Iterable[ExpenseEntry]) -> list[ExpenseEntry]:
    """Return the expenses that count: all but the rejected ones."""
    return [expense for expense in expenses if expense.state != REJECTED]


# --- currencies and balance -----------------------------------------------------------------------


def _by_currency(finance: MissionFinance) -> list[Block]:
    paid: dict[str, int] = defaultdict(int)
    worth: dict[str, int] = defaultdict(int)
    for expense in counted(finance.expenses):
        paid[expense.amount.currency] += expense.amount.minor
        worth[expense.amount.currency] += expense.in_office_currency.minor
    if not paid:
        return []
    rows = [
        Row((code, amount(Money(paid[code], code)), amount(Money(worth[code], finance.currency))))
        for code in sorted(paid)
    ]
    total = Row((_("Total"), "", amount(Money(sum(worth.values()), finance.currency))), total=True)
    columns = (
        Column(_("Currency"), 2.0),
        Column(_("Spent"), 1.0, DECIMAL),
        Column(_("In {currency}").format(currency=finance.currency), 1.0, DECIMAL),
    )
    return [Heading(_("Totals per currency")), Table(columns, (*rows, total))]


def _balance(finance: MissionFinance) -> list[Block]:
    if not finance.advances:
        return []
    columns = (
        Column(_("Paid on"), 0),
        Column(_("Reference"), 1.2),
        Column(_("To"), 1.2),
        Column(_("Advance"), 0, END),
        Column(_("In {currency}").format(currency=finance.currency), 0, DECIMAL),
    )
    rows = tuple(
        Row(
            (
                day(advance.paid_on),
                advance.reference,
                advance.traveller,
                with_currency(advance.amount),
                amount(Money(_office_amount(advance, finance.currency), finance.currency)),
            )
        )
        for advance in finance.advances
    )
    received = sum(_office_amount(advance, finance.currency) for advance in finance.advances)
    spent = sum(_spent(finance).values())
    verdict = Callout(_verdict(Money(received - spent, finance.currency)))
    return [Heading(_("Advance and balance")), Table(columns, rows), verdict]


def _verdict(left: Money) -> str:
    owed = with_currency(Money(abs(left.minor), left.currency))
    if left.minor > 0:
        return _("To be refunded by the travellers: {amount}.").format(amount=owed)
    if left.minor < 0:
        return _("To be paid to the travellers: {amount}.").format(amount=owed)
    return _("The advance is balanced.")


# --- expenses -------------------------------------------------------------------------------------


def _details(finance: MissionFinance) -> list[Block]:
    if not finance.expenses:
        return []
    columns = (
        Column(_("Date"), 0),
        Column(_("Expense"), 2.0),
        Column(_("Traveller"), 1.1),
        Column(_("Receipt"), 0),
        Column(_("Amount"), 0, END),
        Column(_("In {currency}").format(currency=finance.currency), 0, DECIMAL),
    )
    rows = tuple(_expense_row(expense) for expense in finance.expenses)
    return [Heading(_("Expenses")), Table(columns, rows)]


def _expense_row(expense: ExpenseEntry) -> Row:
    rejected = expense.state == REJECTED
    notes = [expense.description]
    if rejected:
        notes.append(_("Rejected: {reason}").format(reason=expense.reason or "—"))
    colour = styles.MUTED if rejected else styles.INK
    return Row(
        (
            short_day(expense.date),
            Cell(expense.label.say(), tuple(filter(None, notes)), colour=colour),
            expense.traveller,
            expense.receipt,
            Cell(with_currency(expense.amount), colour=colour),
            "" if rejected else amount(expense.in_office_currency),
        )
    )


def _rates(finance: MissionFinance) -> list[Block]:
    used = {
        (expense.amount.currency, expense.rate, expense.rate_source, expense.rate_date)
        for expense in finance.expenses
        if expense.amount.currency != finance.currency
    }
    texts = [
        joined(f"1 {code} = {number(rate)} {finance.currency}", source, day(date), mark=comma())
        for code, rate, source, date in sorted(used)
    ]
    if not texts:
        return []
    return [Text(semicolon().join(texts) + ".", styles.SMALL, lead=_("Rates:"))]
