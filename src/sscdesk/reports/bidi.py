"""The order of mixed scripts: embedding levels and visual order.

The Unicode bidirectional algorithm (UAX #9) for texts without embeddings, overrides and
isolates, which ``typography.cleaned`` takes out: rules W1-W7, N0-N2, I1-I2, L1-L2. A paragraph
is kept as a string of one letter per character, its type; the rules are substitutions on it.
"""

import re
from collections.abc import Sequence
from typing import TypeVar
from unicodedata import bidirectional

T = TypeVar("T")

RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BRACKETS = dict(zip("([{⁅⁽₍⌈⌊〈", ")]}⁆⁾₎⌉⌋〉", strict=True))
_CLOSING = {closing: opening for opening, closing in _BRACKETS.items()}
_ANY_BRACKET = re.compile("[" + "".join(map(re.escape, [*_BRACKETS, *_CLOSING])) + "]")
_BRACKETS_KEPT = 63
SIDE_BY_SIDE = " · "
"""What stands between texts that do not make a sentence together."""

_LETTER = {
    "L": "L",
    "R": "R",
    "AL": "A",
    "EN": "E",
    "AN": "N",
    "ES": "s",
    "ET": "t",
    "CS": "c",
    "NSM": "m",
    "BN": "b",
    "WS": "w",
    "B": "w",
    "S": "w",
}
"""One letter for each type; every other neutral is ``o``, spaces are ``w``."""


class _Types(dict[int, str]):
    def __missing__(self, code: int) -> str:
        found = self[code] = _LETTER.get(bidirectional(chr(code)) or "L", "o")
        return found


_TYPES = _Types()
_MARKS = re.compile(r"([^mb]?)([mb]+)")
_AFTER_ARABIC = re.compile(r"A[^LRA]*")
_BETWEEN_FIGURES = re.compile(r"(?<=E)[sc](?=E)|(?<=N)c(?=N)")
_TERMINATORS = re.compile(r"t+(?=E)|(?<=E)t+")
_OTHERS = str.maketrans("stcw", "oooo")
_AFTER_LATIN = re.compile(r"L[^LR]*")
_LEADING = re.compile(r"[^LR]*")
_NEUTRALS = re.compile(r"([^o]?)(o+)(?=(.?))")
_NOT_STRONG = dict.fromkeys(map(ord, "ENstcmbwo"))
_EVEN = str.maketrans("LREN", "\x00\x01\x02\x02")
_ODD = str.maketrans("LREN", "\x02\x01\x02\x02")


def is_right_to_left(text: str, rtl: bool) -> bool:
    """Say in which direction a paragraph of a document of direction ``rtl`` is set.

    That of the document, unless it begins in the other one and more than three letters of four
    run that way: a French paragraph in an Arabic report, or the reverse. (The first strong letter
    alone, rule P2, would turn every sentence round that begins with a foreign name.) A telephone
    number (+212 …) is read from the left everywhere.
    """
    if not rtl and not RIGHT_TO_LEFT.search(text):
        return False
    strong = text.translate(_TYPES).replace("A", "R").translate(_NOT_STRONG)
    if not strong and text.lstrip().startswith("+"):
        return False
    if not strong or (strong[0] == "R") == rtl:
        return rtl
    against = strong.count("L" if rtl else "R")
    return rtl != (4 * against > 3 * len(strong))


def levels(text: str, base: int) -> bytes:
    """Return the embedding level of each character of a paragraph of base level ``base`` (0, 1).

    What the desk puts side by side with a middle dot ("Rabat · 20 February") is ordered piece
    by piece, as if isolates stood around each: no place tears the date beside it apart.
    """
    if SIDE_BY_SIDE not in text:
        return _levels(text, base)
    between = bytes([base]) * len(SIDE_BY_SIDE)
    return between.join(_levels(piece, base) for piece in text.split(SIDE_BY_SIDE))


def _levels(text: str, base: int) -> bytes:
    original = text.translate(_TYPES)
    edge = "R" if base else "L"
    types = _weak_types(original, edge)
    if _ANY_BRACKET.search(text):
        types = _bracket_pairs(text, types, original, edge)
    types = _neutral_types(types, edge)
    found = types.translate(_ODD if base else _EVEN).encode("latin-1")
    return _trailing_spaces(original, found, base)


def _weak_types(types: str, edge: str) -> str:
    types = _MARKS.sub(lambda found: (found[1] or edge) * len(found[0]), types)
    types = _AFTER_ARABIC.sub(lambda found: found[0].replace("E", "N"), types).replace("A", "R")
    types = _BETWEEN_FIGURES.sub(lambda found: types[found.start() - 1], types)
    types = _TERMINATORS.sub(lambda found: "E" * len(found[0]), types).translate(_OTHERS)
    types = _AFTER_LATIN.sub(lambda found: found[0].replace("E", "L"), types)
    if edge == "L":
        types = _LEADING.sub(lambda found: found[0].replace("E", "L"), types, count=1)
    return types


def _direction(kind: str) -> str:
    return "R" if kind in "ENR" else kind


def _pairs(text: str, types: str) -> list[tuple[int, int]]:
    stack: list[tuple[str, int]] = []
    found = []
    for match in _ANY_BRACKET.finditer(text):
        place, char = match.start(), match[0]
        if types[place] != "o":
            continue
        if char in _BRACKETS:
            if len(stack) == _BRACKETS_KEPT:
                return []
            stack.append((char, place))
        else:
            found += _closed(stack, _CLOSING[char], place)
    return sorted(found)


def _closed(stack: list[tuple[str, int]], opening: str, place: int) -> list[tuple[int, int]]:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth][0] == opening:
            start = stack[depth][1]
            del stack[depth:]
            return [(start, place)]
    return []


def _bracket_pairs(text: str, types: str, original: str, edge: str) -> str:
    kinds = list(types)
    for start, end in _pairs(text, types):
        inside = {_direction(kind) for kind in kinds[start + 1 : end]} & {"L", "R"}
        if not inside:
            continue
        way = edge if edge in inside else _way_before(kinds, start, edge)
        for place in (start, end):
            kinds[place] = way
            _marks_follow(kinds, original, place, way)
    return "".join(kinds)


def _way_before(kinds: list[str], start: int, edge: str) -> str:
    for kind in reversed(kinds[:start]):
        if kind != "o":
            return _direction(kind)
    return edge


def _marks_follow(kinds: list[str], original: str, place: int, way: str) -> None:
    for after in range(place + 1, len(kinds)):
        if original[after] not in "mb":
            return
        kinds[after] = way


def _neutral_types(types: str, edge: str) -> str:
    def resolved(found: re.Match[str]) -> str:
        before = _direction(found[1] or edge)
        after = _direction(found[3] or edge)
        return found[1] + (before if before == after else edge) * len(found[2])

    return _NEUTRALS.sub(resolved, types)


def _trailing_spaces(original: str, found: bytes, base: int) -> bytes:
    kept = len(original.rstrip("wb"))
    return found[:kept] + bytes([base]) * (len(found) - kept)


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
