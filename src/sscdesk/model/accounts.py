"""Money of a mission: amounts in one currency, what was spent, what is due to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sscdesk.model.values import CURRENCY_DIGITS, Money, Value

XOF_PER_EUR = Decimal("655.957")
"""The fixed parity of the CFA franc of West Africa (BCEAO; domain.md, section 9)."""
PARITY_SOURCE = "BCEAO"


def parity(currency: str, into: str) -> Decimal | None:
    """Return units of ``into`` for one unit of ``currency`` where a parity fixes them."""
    if (currency, into) == ("EUR", "XOF"):
        return XOF_PER_EUR
    if (currency, into) == ("XOF", "EUR"):
        return (1 / XOF_PER_EUR).quantize(Decimal("0.000000001"))
    return None


def converted(amount: Money, rate: Decimal, into: str) -> Money:
    """Return an amount in another currency, rounded half up to its minor unit."""
    digits = CURRENCY_DIGITS.get(into, 2)
    if (amount.currency, into) == ("XOF", "EUR") and rate == parity("XOF", "EUR"):
        exact = amount.amount / XOF_PER_EUR
    else:
        exact = amount.amount * rate
    minor = exact.scaleb(digits).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Money(int(minor), into)


def in_currency(expense: Mapping[str, Value], currency: str) -> int | None:
    """Return an expense in minor units of ``currency``, None where no rate is kept."""
    for name in ("amount", "office_amount"):
        amount = expense.get(name)
        if isinstance(amount, Money) and amount.currency == currency:
            return amount.minor
    return None


@dataclass(frozen=True, slots=True)
class Balance:
    """What an advance leaves, in minor units of one currency."""

    currency: str
    advance: int
    accepted: int
    claimed: int
    """Not yet decided on; counted as spent until it is rejected."""
    rejected: int
    without_rate: int
    """How many expenses have no amount in this currency: they are not counted."""

    @property
    def due(self) -> int:
        """What is due to the travellers; less than nothing is to be refunded."""
        return self.accepted + self.claimed - self.advance


def balance(
    advance: Money | None, expenses: Iterable[tuple[str, Mapping[str, Value]]], currency: str
) -> Balance:
    """Work out the balance of expenses given as (state, values)."""
    sums = {"accepted": 0, "claimed": 0, "rejected": 0}
    without = 0
    for state, values in expenses:
        minor = in_currency(values, currency)
        if minor is None:
            without += state != "rejected"
        else:
            sums[state] = sums.get(state, 0) + minor
    given = advance.minor if advance is not None and advance.currency == currency else 0
    return Balance(currency, given, sums["accepted"], sums["claimed"], sums["rejected"], without)
