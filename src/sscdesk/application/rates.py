"""Rates of exchange: the fixed parity, else what this office recorded last, with its source."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from sscdesk.model.accounts import PARITY_SOURCE, parity


@dataclass(frozen=True, slots=True)
class RecordedRate:
    """Units of one currency for one unit of another, with where it comes from."""

    rate: Decimal
    source: str
    day: str
    """ISO, may be partial."""


def recorded_rate(
    connection: Connection, currency: str, into: str, day: str
) -> RecordedRate | None:
    """Return the rate to use on a day: fixed by parity, else recorded last until then.

    None where this office has recorded none: a rate is never guessed.
    """
    fixed = parity(currency, into)
    if fixed is not None:
        return RecordedRate(fixed, PARITY_SOURCE, day)
    row = connection.exec_driver_sql(
        "SELECT rate, rate_source, rate_date FROM expense WHERE deleted = 0 "
        "AND amount LIKE ? AND office_amount LIKE ? AND coalesce(rate, '') <> '' "
        "AND coalesce(rate_source, '') <> '' AND rate_date <= ? "
        "ORDER BY rate_date DESC, updated_at DESC LIMIT 1",
        (f"% {currency}", f"% {into}", day),
    ).first()
    return RecordedRate(Decimal(row.rate), row.rate_source, row.rate_date) if row else None
