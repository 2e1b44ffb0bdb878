"""Where a promise stands: kept, late, under way; and which promises answer each other."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Standing(StrEnum):
    """How a commitment counts in totals (domain.md, 4.7: "overdue" is computed)."""

    KEPT = "kept"
    LATE = "late"
    UNDER_WAY = "under_way"
    PROPOSED = "proposed"
    DROPPED = "dropped"


_OF_STATE = {
    "fulfilled": Standing.KEPT,
    "verified": Standing.KEPT,
    "proposed": Standing.PROPOSED,
    "dropped": Standing.DROPPED,
}


def standing(state: str, days_late: int) -> Standing:
    """Return how a commitment in ``state`` counts, given how many days it is late."""
    if state in _OF_STATE:
        return _OF_STATE[state]
    return Standing.LATE if days_late > 0 else Standing.UNDER_WAY


def bargains(reciprocal_of: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """Group commitments that answer each other, in the order given.

    ``reciprocal_of`` maps each to the one that it names, if any. Either half may name the
    other, or both; two that name the same one belong together. A name that is not among
    the keys counts for nothing: that half is not here.
    """
    group = {one: one for one in reciprocal_of}
    for one, other in reciprocal_of.items():
        if other in group:
            _join(group, one, str(other))
    found: dict[str, list[str]] = {}
    for one in reciprocal_of:
        found.setdefault(_first(group, one), []).append(one)
    return [tuple(members) for members in found.values()]


def _first(group: Mapping[str, str], one: str) -> str:
    while group[one] != one:
        one = group[one]
    return one


def _join(group: dict[str, str], one: str, other: str) -> None:
    group[_first(group, one)] = _first(group, other)


def counted(standings: Iterable[Standing]) -> dict[Standing, int]:
    """Return how many stand where, every standing named."""
    found = dict.fromkeys(Standing, 0)
    for one in standings:
        found[one] += 1
    return found
