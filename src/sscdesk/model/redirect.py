"""Which record stands for several that are one (sync.md, Merge: ``A is B``).

A redirect is a field of the record that gives way, ``same_as``. Offices may have said the
same in opposite directions, or in a circle, without knowing of each other: then the one
with the lowest identifier stands for all, the same everywhere.
"""

from collections.abc import Callable, Container, Mapping

REDIRECTED = ("organisation", "person")
"""The entities of which two records may turn out to be one."""


def representative(start: str, following: Mapping[str, str], here: Container[str]) -> str:
    """Return the record that stands for ``start``.

    ``following`` has the redirects; ``here`` those records that can be shown. What leads to
    a record that is not here, or is in the bin, stops before it.
    """
    way: list[str] = []
    at = start
    while at in following and at not in way:
        way.append(at)
        at = following[at]
    if at in way:
        circle = way[way.index(at) :]
        shown = [one for one in circle if one in here]
        way = [*way[: way.index(at)], min(shown or circle)]
    else:
        way.append(at)
    return next((one for one in reversed(way) if one in here), start)


def all_redirects(following: Mapping[str, str], here: Container[str]) -> dict[str, str]:
    """Return every record that gives way, with the one that stands for it."""
    found = {one: representative(one, following, here) for one in following}
    return {one: kept for one, kept in found.items() if kept != one}


def in_place_of(
    target: Callable[[str], str], held: tuple[str, ...], now: tuple[str, ...]
) -> set[str]:
    """Return ``now`` with what ``held`` already says by another name left as it is held.

    So that adding to a list in which one was merged does not take that one out.
    """
    names = {target(one): one for one in held}
    return {one if one in held else names.get(target(one), one) for one in now}
