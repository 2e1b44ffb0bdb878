"""What was spent against the advance, in words."""

from collections.abc import Iterable, Mapping

from sscdesk.i18n import _, format_money, ngettext
from sscdesk.model.accounts import in_currency
from sscdesk.model.values import Money, Value


def balance_words(mission: Mapping[str, Value], expenses: Iterable[Mapping[str, Value]]) -> str:
    """Say what was spent and what is due: to the travellers, or back to the office.

    Amounts count in the currency of the advance: as spent, or as converted with the rate
    that is kept with the expense. What has neither is told, never guessed.
    """
    advance = mission.get("advance")
    spent = list(expenses)
    if not isinstance(advance, Money) or not spent:
        return ""
    counted = [in_currency(expense, advance.currency) for expense in spent]
    open_count = sum(amount is None for amount in counted)
    total = sum(amount for amount in counted if amount is not None)
    said = _difference(total - advance.minor, advance.currency)
    if open_count:
        without = ngettext(
            "{count} expense has no amount in {currency} yet.",
            "{count} expenses have no amount in {currency} yet.",
            open_count,
        )
        said = f"{said} {without.format(count=open_count, currency=advance.currency)}"
    return _("Spent {spent}, advance {advance}. {balance}").format(
        spent=_written(total, advance.currency),
        advance=_written(advance.minor, advance.currency),
        balance=said,
    )


def _difference(minor: int, currency: str) -> str:
    if minor > 0:
        return _("{amount} is due to the travellers.").format(amount=_written(minor, currency))
    if minor < 0:
        return _("{amount} is to be refunded.").format(amount=_written(-minor, currency))
    return _("Nothing is due.")


def _written(minor: int, currency: str) -> str:
    return format_money(Money(minor, currency).amount, currency)
