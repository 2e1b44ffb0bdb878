"""The values that fields hold, as plain immutable Python.

Text-like fields hold ``str``; ``date`` fields hold ISO text that may be partial
(``2019``, ``2019-06``, ``2019-06-28``); ``choices`` and ``references`` hold a sorted
``tuple[str, ...]``; references hold the identifier of the record referred to.
"""

from dataclasses import dataclass
from decimal import Decimal

CURRENCY_DIGITS = {"MAD": 2, "EUR": 2, "XOF": 0}
"""Minor units by ISO 4217 code."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount: an integer of minor units and the ISO 4217 code of its currency."""

    minor: int
    currency: str

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with the decimals of its currency."""
        return Decimal(self.minor).scaleb(-CURRENCY_DIGITS.get(self.currency, 2))

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


Value = str | int | bool | Money | tuple[str, ...] | None
"""What a field may hold; ``None`` is "nothing recorded", an empty tuple an empty set."""
