"""Paragraphs of several scripts, character by character: levels, faces, shaping, order.

Each character gets an embedding level and a face; lines break in reading order, and each line is
cut into runs of one level and one face, which are put in the order in which they are seen.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from sscdesk.reports import bidi
from sscdesk.reports.fonts import FIRST_FACE, MARKS, MISSING, OPEN, Face, reading
from sscdesk.reports.runs import Line, Run, Span
from sscdesk.reports.styles import TextStyle
from sscdesk.reports.typography import REPLACEMENT, breakable

_LONGEST_WORD = 200


class MixedParagraph:
    """A paragraph of any scripts: each character has a face, a level and a style."""

    def __init__(self, spans: Sequence[Span], rtl: bool) -> None:
        text = "".join(span.text for span in spans)
        faces = "".join(span.text.translate(reading(span.style.weight)) for span in spans)
        self.missing = "".join(sorted({text[n.start()] for n in _MISSING.finditer(faces)}))
        self.text = text.translate(dict.fromkeys(map(ord, self.missing), REPLACEMENT))
        self.mixed = rtl or bool(bidi.RIGHT_TO_LEFT.search(text))
        self.levels = bidi.levels(text, int(rtl)) if self.mixed else bytes(len(text))
        self.spans = spans
        self.ends = list(accumulate(len(span.text) for span in spans))
        self.faces = _decided(faces.replace(MISSING, _TEXT_FACE), self.levels)
        self.bounds = sorted(_changes(self.faces) | self._level_changes() | set(self.ends[:-1]))

    def _level_changes(self) -> set[int]:
        return _changes(self.levels.decode("latin-1")) if self.mixed else set()

    def _span(self, place: int) -> Span:
        if len(self.spans) == 1:
            return self.spans[0]
        return self.spans[bisect_right(self.ends, place)]

    def _face(self, place: int, style: TextStyle) -> Face:
        return reading(style.weight).face(self.faces[place])

    def lines(self, width: float) -> list[Line]:
        """Break greedily at spaces; a word wider than the line is cut where it fills it."""
        return [self._line(start, end) for start, end in self._stretches(width)]

    def _stretches(self, width: float) -> Iterator[tuple[int, int]]:
        start = end = 0
        used = 0.0
        for before, last in pairwise(self._opportunities()):
            first = before
            trimmed = self._trimmed(first, last)
            bare = self._width(first, trimmed)
            if used + bare > width and end > start:
                yield start, self._trimmed(start, end)
                start, used = first, 0.0
            while bare > width and last - first > 1:
                cut = self._fitting(first, last, width)
                yield first, cut
                start = first = cut
                bare = self._width(first, trimmed)
            end = last
            used += bare + (self._width(trimmed, last) if trimmed < last else 0.0)
        if end > start:
            yield start, self._trimmed(start, end)

    def _opportunities(self) -> list[int]:
        """Places where a line may end; a word without end gets some that nobody asked for."""
        places = {0, len(self.text)}
        at = 0
        for word in self.text.split(" "):
            offset = at
            for part in breakable(word):
                places.update(range(offset, offset + len(part), _LONGEST_WORD))
                offset += len(part)
            at = min(offset + 1, len(self.text))
            places.discard(offset)
            places.add(at)
        return sorted(places)

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return end

    def _fitting(self, first: int, last: int, width: float) -> int:
        low, high = first + 1, last
        while low < high:
            middle = (low + high + 1) // 2
            if self._width(first, middle) <= width:
                low = middle
            else:
                high = middle - 1
        while low > first + 1 and MARKS.match(self.text[low : low + 1]):
            low -= 1
        return low

    def _width(self, start: int, end: int) -> float:
        bounds = self.bounds
        first = bisect_right(bounds, start)
        if first == len(bounds) or bounds[first] >= end:
            return self._run_width(start, end) if end > start else 0.0
        return sum([self._run_width(*run) for run in self._runs(start, end)])

    def _runs(self, start: int, end: int) -> list[tuple[int, int]]:
        first = bisect_right(self.bounds, start)
        last = bisect_left(self.bounds, end, first)
        if first == last:
            return [(start, end)] if end > start else []
        return list(pairwise([start, *self.bounds[first:last], end]))

    def _run_width(self, start: int, end: int) -> float:
        style = self._span(start).style
        font, text = self._face(start, style), self.text[start:end]
        rtl = self.levels[start] % 2 == 1
        width = None if rtl else font.width(text)
        if width is None:
            width = font.shaped_width(text, rtl)
        return width * style.size * font.scale / 1000

    def _line(self, start: int, end: int) -> Line:
        pieces = self._runs(start, end)
        if self.mixed:
            pieces = bidi.visual_order(pieces, [self.levels[first] for first, _ in pieces])
        x = 0.0
        runs: list[Run] = []
        for first, last in pieces:
            style, text = self._span(first).style, self.text[first:last]
            font, rtl = self._face(first, style), self.levels[first] % 2 == 1
            width = self._run_width(first, last)
            shapes = None
            if rtl or font.width(text) is None:
                shapes = tuple(font.words(text, rtl))
            runs.append(Run(x, width, font, style.size * font.scale, style.colour, text, shapes))
            x += width
        return Line(tuple(runs), x, self.missing)


_TEXT_FACE, _ARABIC_FACE = chr(FIRST_FACE), chr(FIRST_FACE + 1)
_MISSING = re.compile(re.escape(MISSING))
_UNDECIDED = re.compile(f"{OPEN}+")
_CHANGE = re.compile(r"(.)(?!\1)", re.DOTALL)


def _decided(faces: str, levels: bytes) -> str:
    """Give signs and spaces the Arabic face between words read from right to left."""

    def one(found: re.Match[str]) -> str:
        start, end = found.span()
        if start == 0 or faces[start - 1] != _ARABIC_FACE:
            return _TEXT_FACE * (end - start)
        return "".join([_ARABIC_FACE if level % 2 else _TEXT_FACE for level in levels[start:end]])

    return _UNDECIDED.sub(one, faces)


def _changes(letters: str) -> set[int]:
    """Return the places where a letter differs from the one before."""
    return {found.end() for found in _CHANGE.finditer(letters)} - {len(letters)}
