"""Years, quarters and months as their keys (``2020``, ``2020-Q3``, ``2020-09``), and their days.

A date may be partial: what is known to have happened in 2019 falls into the year, into no
quarter of it. Half years, which officers type, are read as well.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, get_args

Grain = Literal["month", "quarter", "year"]
GRAINS: tuple[Grain, ...] = get_args(Grain)

UNDATED = ""
"""The key of what no record dates."""
_MOST = 2_400
"""Periods of a span at most: two centuries of months."""


def period_of(day: str, grain: Grain) -> str:
    """Return the period that a date falls into; a date that is too vague is its own period."""
    if grain == "year" or len(day) <= 4:
        return day[:4]
    if grain == "month" or len(day) < 7:
        return day[:7]
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def first_day_of(key: str) -> str:
    """Return the first day of a period, or of a date that may be partial."""
    return _months(key)[0].isoformat() if len(key) != 10 else key


def last_day_of(key: str) -> str:
    """Return the last day of a period, or of a date that may be partial."""
    if len(key) == 10:
        return key
    return (_months(key)[1] - timedelta(days=1)).isoformat()


def holds(outer: str, inner: str) -> bool:
    """Whether a period lies within another."""
    return first_day_of(outer) <= first_day_of(inner) and last_day_of(inner) <= last_day_of(outer)


def _months(key: str) -> tuple[date, date]:
    """Return the first day of a period and the first day after it."""
    year = int(key[:4])
    first, length = 1, 12
    if key[4:6] in ("-Q", "-H"):
        length = 3 if key[5] == "Q" else 6
        first = (int(key[6:]) - 1) * length + 1
    elif len(key) == 7:
        first, length = int(key[5:7]), 1
    after = first + length
    return date(year, first, 1), date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1)


def periods_between(first: str, last: str, grain: Grain) -> Iterator[str]:
    """Yield every period from that of one day to that of another, both included."""
    key, end = period_of(first_day_of(first), grain), period_of(last_day_of(last), grain)
    for _place in range(_MOST):
        if key > end:
            return
        yield key
        key = period_of(
            (date.fromisoformat(last_day_of(key)) + timedelta(days=1)).isoformat(), grain
        )
