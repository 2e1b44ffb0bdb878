"""The accounts of a mission in words."""

from decimal import Decimal, InvalidOperation

from sscdesk.application.accounts import AccountLine, Accounts
from sscdesk.i18n import _, format_money, format_number, locale, ngettext
from sscdesk.model.accounts import Balance
from sscdesk.model.values import Money
from sscdesk.ui.wording import in_pieces, joined, readable_date


def money(amount: Money) -> str:
    """Write an amount with its currency."""
    return format_money(amount.amount, amount.currency)


def minor(count: int, currency: str) -> str:
    """Write minor units of a currency."""
    return money(Money(count, currency))


def balance_words(balance: Balance) -> tuple[str, str]:
    """Say what is due to whom, and the tone of it."""
    if not (balance.advance or balance.accepted or balance.claimed or balance.without_rate):
        return _("Nothing is spent yet"), "muted"
    if balance.due > 0:
        due = minor(balance.due, balance.currency)
        return _("{amount} to pay to the travellers").format(amount=due), "warn"
    if balance.due < 0:
        due = minor(-balance.due, balance.currency)
        return _("{amount} to refund to the office").format(amount=due), "warn"
    return _("The accounts are balanced"), "good"


def figures(accounts: Accounts) -> list[tuple[str, str, str]]:
    """Return the figures behind the balance: label, amount, what is to know about it."""
    balance, currency = accounts.balance, accounts.currency
    budget = money(accounts.budget) if accounts.budget else joined(map(money, accounts.planned))
    found = [
        (_("Budget"), budget or _("none"), ""),
        (_("Advance"), money(accounts.advance) if accounts.advance else _("none"), _paid(accounts)),
        (_("Accepted"), minor(balance.accepted, currency), ""),
        (_("Not yet decided"), minor(balance.claimed, currency), ""),
    ]
    if balance.rejected:
        found.append((_("Rejected"), minor(balance.rejected, currency), _("not counted")))
    return found


def _paid(accounts: Accounts) -> str:
    if not accounts.advance_paid_on:
        return ""
    day = readable_date(accounts.advance_paid_on)
    return in_pieces((_("paid on {date}").format(date=day), accounts.advance_reference))


def without_rate_words(balance: Balance) -> str:
    """Say how many expenses do not count yet for want of a rate."""
    count = balance.without_rate
    told = ngettext(
        "{count} expense has no amount in {currency} yet: it is not counted.",
        "{count} expenses have no amount in {currency} yet: they are not counted.",
        count,
    )
    return told.format(count=format_number(count), currency=balance.currency)


def rate_words(line: AccountLine) -> str:
    """Say at which rate a foreign expense was converted, with its source and date."""
    if line.counted is None:
        return _("no rate yet")
    if line.amount.currency == line.counted.currency:
        return ""
    told = _("at {rate}").format(rate=_rate(line.rate)) if line.rate else ""
    return in_pieces((told, line.rate_source, readable_date(line.rate_date)))


def _rate(text: str) -> str:
    """Write a rate with all of its decimals."""
    from babel.numbers import format_decimal

    try:
        return str(format_decimal(Decimal(text), locale=locale(), decimal_quantization=False))
    except InvalidOperation:
        return text


def about_words(line: AccountLine) -> str:
    """Say when and by whom something was spent."""
    return in_pieces((readable_date(line.spent_on), line.traveller))
