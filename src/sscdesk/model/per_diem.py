"""The daily allowance: how many nights where, and which rate of the office's table holds.

Rates, zones and grades are the office's own table (domain.md, 4.1), never in code.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sscdesk.model.values import Money, Value


@dataclass(frozen=True, slots=True)
class Stay:
    """Nights spent in one country, in a row."""

    country: str
    first: str
    """The first night, ISO."""
    nights: int


@dataclass(frozen=True, slots=True)
class Rate:
    """One line of an office's table."""

    zone: str
    amount: Money
    countries: tuple[str, ...] = ()
    """Empty: every country that no other zone names."""
    grade: str = ""
    """Empty: every grade that has no line of its own."""
    valid_from: str = ""
    valid_until: str = ""
    lodging_share: Decimal | None = None
    """Percent of the rate that remains where the host pays the lodging."""
    legal_text: str = ""

    def amount_of(self, nights: int, *, lodged: bool) -> Money:
        """Return the allowance for nights, without lodging where the host pays it."""
        share = self.lodging_share if lodged and self.lodging_share is not None else Decimal(100)
        minor = Decimal(self.amount.minor) * share / 100
        each = int(minor.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        return Money(each * nights, self.amount.currency)


def stays(
    mission: Mapping[str, Value], legs: Sequence[Mapping[str, Value]], home: str
) -> list[Stay]:
    """Return the nights abroad of a mission, from its legs; without legs, from its dates.

    A night counts for the country where the leg before it arrived. Nights at ``home``
    and legs without a country or a full date count for nothing.
    """
    if not legs:
        country = str(mission.get("country") or "")
        whole = _stay(country, mission.get("departs_on"), mission.get("returns_on"), home)
        return [whole] if whole else []
    found: list[Stay] = []
    for leg, after in zip(legs, [*legs[1:], None], strict=True):
        arrived = leg.get("arrival_date") or leg.get("date")
        left = after.get("date") if after is not None else mission.get("returns_on")
        stay = _stay(str(leg.get("country") or ""), arrived, left, home)
        if stay is not None:
            found.append(stay)
    return found


def _stay(country: str, first: Value, last: Value, home: str) -> Stay | None:
    try:
        begin, end = date.fromisoformat(str(first)), date.fromisoformat(str(last))
    except ValueError:
        return None
    nights = (end - begin).days
    if nights <= 0 or not country or country == home:
        return None
    return Stay(country, begin.isoformat(), nights)


def rate_for(rates: Iterable[Rate], stay: Stay, grade: str) -> Rate | None:
    """Return the rate that holds for a stay: the most particular, then the newest."""
    fitting = [rate for rate in rates if _fits(rate, stay, grade)]
    ranked = sorted(
        fitting, key=lambda rate: (bool(rate.countries), bool(rate.grade), rate.valid_from)
    )
    return ranked[-1] if ranked else None


def _fits(rate: Rate, stay: Stay, grade: str) -> bool:
    begun = not rate.valid_from or rate.valid_from <= stay.first[: len(rate.valid_from)]
    last = (date.fromisoformat(stay.first) + timedelta(days=stay.nights - 1)).isoformat()
    running = not rate.valid_until or rate.valid_until >= last[: len(rate.valid_until)]
    there = not rate.countries or stay.country in rate.countries
    return begun and running and there and rate.grade in ("", grade)
