"""The order of mixed scripts: embedding levels and visual order.

The Unicode bidirectional algorithm (UAX #9) for texts without embeddings, overrides and
isolates, which ``typography.cleaned`` takes out: rules W1-W7, N0-N2, I1-I2, L1-L2.
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar
from unicodedata import bidirectional

T = TypeVar("T")

RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BRACKETS = dict(zip("([{⁅⁽₍⌈⌊〈", ")]}⁆⁾₎⌉⌋〉", strict=True))
_CLOSING = {closing: opening for opening, closing in _BRACKETS.items()}
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_BRACKETS_KEPT = 63


def is_right_to_left(text: str, rtl: bool) -> bool:
    """Say in which direction a paragraph of a document of direction ``rtl`` is set.

    That of the document, unless more than three letters of four run the other way: a French
    paragraph in an Arabic report, or the reverse. (The first strong letter, rule P2, would turn
    every sentence round that begins with a foreign name.)
    """
    if not rtl and not RIGHT_TO_LEFT.search(text):
        return False
    right = sum(bidirectional(char) in ("R", "AL") for char in text)
    left = sum(bidirectional(char) == "L" for char in text)
    against = left if rtl else right
    return rtl != (4 * against > 3 * (left + right))


def levels(text: str, base: int) -> list[int]:
    """Return the embedding level of each character of a paragraph of base level ``base``."""
    kinds = [bidirectional(char) or "L" for char in text]
    edge = "R" if base else "L"
    original = kinds[:]
    _weak_types(kinds, edge)
    _bracket_pairs(text, kinds, original, edge)
    _neutral_types(kinds, edge)
    found = [_implicit(kind, base) for kind in kinds]
    _trailing_spaces(original, found, base)
    return found


def _weak_types(kinds: list[str], edge: str) -> None:
    _marks_and_numbers(kinds, edge)
    _separators(kinds)
    _terminators(kinds)
    strong = edge
    for place, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _marks_and_numbers(kinds: list[str], edge: str) -> None:
    previous = strong = edge
    for place, given in enumerate(kinds):
        kind = previous if given in ("NSM", "BN") else given
        if given in ("L", "R", "AL"):
            strong = given
        if kind == "EN" and strong == "AL":
            kind = "AN"
        previous = kind
        kinds[place] = "R" if kind == "AL" else kind


def _separators(kinds: list[str]) -> None:
    for place in range(1, len(kinds) - 1):
        before, after = kinds[place - 1], kinds[place + 1]
        if before != after:
            continue
        if kinds[place] == "ES" and before == "EN":
            kinds[place] = "EN"
        elif kinds[place] == "CS" and before in ("EN", "AN"):
            kinds[place] = before


def _terminators(kinds: list[str]) -> None:
    for start, end in _stretches(kinds, lambda kind: kind == "ET"):
        before = kinds[start - 1] if start else ""
        after = kinds[end] if end < len(kinds) else ""
        if "EN" in (before, after):
            kinds[start:end] = ["EN"] * (end - start)


def _stretches(kinds: list[str], wanted: Callable[[str], bool]) -> list[tuple[int, int]]:
    found, start = [], None
    for place, kind in enumerate([*kinds, ""]):
        if wanted(kind) and start is None:
            start = place
        elif not wanted(kind) and start is not None:
            found.append((start, place))
            start = None
    return found


def _direction(kind: str) -> str:
    return "R" if kind in ("EN", "AN", "R") else kind


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    stack: list[tuple[str, int]] = []
    found = []
    for place, char in enumerate(text):
        if kinds[place] != "ON":
            continue
        if char in _BRACKETS:
            if len(stack) == _BRACKETS_KEPT:
                return []
            stack.append((char, place))
        elif char in _CLOSING:
            found += _closed(stack, _CLOSING[char], place)
    return sorted(found)


def _closed(stack: list[tuple[str, int]], opening: str, place: int) -> list[tuple[int, int]]:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth][0] == opening:
            start = stack[depth][1]
            del stack[depth:]
            return [(start, place)]
    return []


def _bracket_pairs(text: str, kinds: list[str], original: list[str], edge: str) -> None:
    for start, end in _pairs(text, kinds):
        inside = {_direction(kind) for kind in kinds[start + 1 : end]} & {"L", "R"}
        if not inside:
            continue
        way = edge if edge in inside else _way_before(kinds, start, edge)
        for place in (start, end):
            kinds[place] = way
            _marks_follow(kinds, original, place, way)


def _way_before(kinds: list[str], start: int, edge: str) -> str:
    other = "L" if edge == "R" else "R"
    for kind in reversed(kinds[:start]):
        if _direction(kind) in ("L", "R"):
            return other if _direction(kind) == other else edge
    return edge


def _marks_follow(kinds: list[str], original: list[str], place: int, way: str) -> None:
    for after in range(place + 1, len(kinds)):
        if original[after] not in ("NSM", "BN"):
            return
        kinds[after] = way


def _neutral_types(kinds: list[str], edge: str) -> None:
    for start, end in _stretches(kinds, _NEUTRAL.__contains__):
        before = _direction(kinds[start - 1]) if start else edge
        after = _direction(kinds[end]) if end < len(kinds) else edge
        kinds[start:end] = [before if before == after else edge] * (end - start)


def _implicit(kind: str, base: int) -> int:
    if base % 2 == 0:
        return base + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)
    return base + (1 if kind in ("L", "AN", "EN") else 0)


def _trailing_spaces(original: list[str], found: list[int], base: int) -> None:
    for place in range(len(found) - 1, -1, -1):
        if original[place] not in ("WS", "BN", "B", "S"):
            return
        found[place] = base


def visual_order(items: Sequence[T], depths: Sequence[int]) -> list[T]:
    """Return ``items`` of one line from left to right, given the level of each (rule L2)."""
    ordered = list(items)
    odd = [depth for depth in depths if depth % 2]
    if not odd:
        return ordered
    levels_now = list(depths)
    for level in range(max(levels_now), min(odd) - 1, -1):
        start = 0
        while start < len(ordered):
            end = start
            while end < len(ordered) and levels_now[end] >= level:
                end += 1
            if end > start:
                ordered[start:end] = ordered[start:end][::-1]
                levels_now[start:end] = levels_now[start:end][::-1]
            start = max(end, start + 1)
    return ordered
