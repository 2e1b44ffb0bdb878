"""Values of indicators that offices type, with what proves them; never added to counted ones."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from sscdesk.application.indicator_views import EnteredValue
from sscdesk.application.reading import part_rows
from sscdesk.model.codec import read_set
from sscdesk.model.period import Grain, first_day_of, holds, last_day_of, period_of

PROVING_BASIS = "sourced"
"""A value found in a named source is proved by it."""


def entered_values(connection: Connection, indicator: str) -> tuple[EnteredValue, ...]:
    """Return the values typed for an indicator, by period."""
    rows = part_rows(connection, "indicator_value", indicator)
    return tuple(sorted((_value(row) for row in rows), key=lambda one: (one.period, one.id)))


def _value(row: Mapping[str, Any]) -> EnteredValue:
    files = read_set(row["evidence_files"])
    evidence = str(row["evidence"] or row["source"] or "").strip()
    return EnteredValue(
        id=str(row["id"]),
        owner=str(row["owner"]),
        period=str(row["period"] or ""),
        country=str(row["country"] or ""),
        sex=str(row["sex"] or ""),
        field=str(row["field"] or ""),
        value=Decimal(str(row["value"])),
        evidence=evidence,
        files=len(files),
        proven=bool(evidence or files or row["basis"] == PROVING_BASIS),
    )


def entered_in(
    values: Iterable[EnteredValue], aggregation: str, grain: Grain
) -> dict[str, Decimal | None]:
    """Return what was typed for each period; None where the values cannot be put together.

    Sums add up. Of what stands at the end of a period, and of persons counted once, the
    last period within counts, its countries and sexes together. Shares and medians of
    several groups cannot be put together. A value of a longer period keeps it.
    """
    groups: dict[str, list[EnteredValue]] = {}
    for one in values:
        groups.setdefault(_bucket(one.period, grain), []).append(one)
    return {key: together(group, aggregation) for key, group in sorted(groups.items())}


def together(values: Iterable[EnteredValue], aggregation: str) -> Decimal | None:
    """Put values together as their kind of figure allows; None where it does not."""
    found = list(values)
    if aggregation != "sum":
        last = max((last_day_of(one.period) for one in found), default="")
        found = [one for one in found if last_day_of(one.period) == last]
    if not found or (aggregation in ("ratio", "median") and len(found) > 1):
        return None
    return sum((one.value for one in found), Decimal(0))


def within(
    values: Iterable[EnteredValue], begins: str | None, ends: str | None
) -> tuple[EnteredValue, ...]:
    """Return the values whose whole period lies between two days."""
    return tuple(
        one
        for one in values
        if (begins is None or first_day_of(one.period) >= begins)
        and (ends is None or last_day_of(one.period) <= ends)
    )


def _bucket(period: str, grain: Grain) -> str:
    key = period_of(first_day_of(period), grain)
    return key if holds(key, period) else period
