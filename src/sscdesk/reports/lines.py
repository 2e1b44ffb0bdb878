"""Breaking a paragraph into lines of runs that are ready to draw.

Two ways, one result: words that one face draws plainly are measured from a cache and joined
again; a paragraph with another script, a missing character or free marks goes character by
character (levels, faces, shaping).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sscdesk.reports import bidi
from sscdesk.reports.fonts import MARKS, STAYING, Face, Shape, face, face_of
from sscdesk.reports.styles import TextStyle
from sscdesk.reports.typography import REPLACEMENT, breakable

_LONGEST_WORD = 200


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style; line ends and double spaces are already gone."""

    text: str
    style: TextStyle


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one face and direction, ``x`` points from the start of its line."""

    x: float
    width: float
    face: Face
    size: float
    colour: str
    text: str
    shapes: tuple[Shape, ...] | None = None
    """Its words from left to right, where its letters are shaped."""


@dataclass(frozen=True, slots=True)
class Line:
    """Runs from left to right."""

    runs: tuple[Run, ...]
    width: float
    missing: str = ""
    """Characters that no face has, drawn as U+FFFD."""


def line_up(spans: Sequence[Span], width: float, rtl: bool = False) -> list[Line]:
    """Break ``spans`` into lines of at most ``width`` points.

    ``rtl`` is the direction of the document; a paragraph may have its own (``bidi``).
    """
    rtl = runs_left(spans, rtl)
    if not rtl:
        plain = _plain_lines(spans, width)
        if plain is not None:
            return plain
    return _Paragraph(spans, rtl).lines(width)


def runs_left(spans: Sequence[Span], rtl: bool) -> bool:
    """Say whether the paragraph is set from right to left."""
    return bidi.is_right_to_left("".join(span.text for span in spans), rtl)


def balanced(spans: Sequence[Span], width: float, rtl: bool = False) -> list[Line]:
    """Break into as few lines as ``line_up`` does, as equally long as words allow."""
    best = line_up(spans, width, rtl)
    if not 1 < len(best) <= 4:
        return best
    low, high = width / len(best), width
    while high - low > 2:
        middle = (low + high) / 2
        lines = line_up(spans, middle, rtl)
        if len(lines) > len(best):
            low = middle
        else:
            best, high = lines, middle
    return best


def natural_width(text: str, style: TextStyle) -> float:
    """Return the width of ``text`` on one line."""
    measured = face(style.weight).width(text)
    if measured is not None:
        return measured * style.size / 1000
    return sum(line.width for line in line_up([Span(text, style)], 1e9))


# --- words of one face -------------------------------------------------------------------------

_Piece = tuple[Span, str, float]


def _plain_lines(spans: Sequence[Span], width: float) -> list[Line] | None:
    if len(spans) == 1:
        whole = _whole_line(spans[0], width)
        if whole is not None:
            return whole
    tokens = _tokens(spans, width)
    return None if tokens is None else _greedy(tokens, width)


def _whole_line(span: Span, width: float) -> list[Line] | None:
    if len(span.text) > 160:
        return None
    style = span.style
    total = 0.0
    measured = face(style.weight).width
    for word in span.text.split(" "):
        part = measured(word)
        if part is None:
            return None
        total += part
    total = (total + span.text.count(" ") * (measured(" ") or 0.0)) * style.size / 1000
    if total > width:
        return None
    run = Run(0.0, total, face(style.weight), style.size, style.colour, span.text)
    return [Line((run,), total)]


def _tokens(spans: Sequence[Span], width: float) -> list[tuple[bool, list[_Piece]]] | None:
    """Return words as (a space stands before it, its pieces); None where a face lacks a letter."""
    tokens: list[tuple[bool, list[_Piece]]] = []
    glued = False
    for span in spans:
        scale = span.style.size / 1000
        measured = face(span.style.weight).width
        for place, word in enumerate(span.text.split(" ")):
            spaced = place > 0
            for part in breakable(word) if "-" in word or "/" in word or "–" in word else (word,):
                size = measured(part)
                if size is None or size * scale > width:
                    return None
                if glued and not spaced and place == 0 and tokens:
                    tokens[-1][1].append((span, part, size * scale))
                else:
                    tokens.append((spaced, [(span, part, size * scale)]))
                spaced = glued = False
        glued = True
    return tokens


def _greedy(tokens: list[tuple[bool, list[_Piece]]], width: float) -> list[Line]:
    lines: list[Line] = []
    current: list[tuple[bool, list[_Piece]]] = []
    used = 0.0
    for spaced, pieces in tokens:
        size = pieces[0][2] if len(pieces) == 1 else sum(piece[2] for piece in pieces)
        space = _space(pieces[0][0].style) if spaced else 0.0
        if current and used + space + size > width:
            lines.append(_joined(current))
            current, used, space = [], 0.0, 0.0
        current.append((spaced and bool(current), pieces))
        used += space + size
    if current:
        lines.append(_joined(current))
    return lines


def _space(style: TextStyle) -> float:
    return (face(style.weight).width(" ") or 0.0) * style.size / 1000


def _joined(tokens: list[tuple[bool, list[_Piece]]]) -> Line:
    runs: list[Run] = []
    x = 0.0
    texts: list[str] = []
    owner: Span | None = None
    start = 0.0
    for spaced, pieces in tokens:
        for place, (span, word, size) in enumerate(pieces):
            space = _space(span.style) if spaced and place == 0 else 0.0
            if owner is not None and span is not owner:
                runs.append(_run(owner, texts, start, x))
                texts, start = [], x
            owner = span
            texts.append(" " + word if space else word)
            x += space + size
    if owner is not None:
        runs.append(_run(owner, texts, start, x))
    return Line(tuple(runs), x)


def _run(span: Span, texts: list[str], start: float, end: float) -> Run:
    style = span.style
    return Run(start, end - start, face(style.weight), style.size, style.colour, "".join(texts))


# --- character by character ----------------------------------------------------------------------


class _Paragraph:
    """A paragraph of any scripts: each character has a face, a level and a style."""

    def __init__(self, spans: Sequence[Span], rtl: bool) -> None:
        self.faces: list[Face] = []
        self.styles: list[TextStyle] = []
        missing: set[str] = set()
        self.text = "".join(self._read(span, missing) for span in spans)
        self.missing = "".join(sorted(missing))
        self.mixed = rtl or bool(bidi.RIGHT_TO_LEFT.search(self.text))
        self.levels = [0] * len(self.text)
        if self.mixed:
            self.levels = bidi.levels(self.text, int(rtl))
            self._punctuate()
        self.bounds = [n for n in range(1, len(self.text)) if self._differs(n)]

    def _read(self, span: Span, missing: set[str]) -> str:
        """Take note of the face of each character; return the text as it will be shown."""
        weight = span.style.weight
        own = face(weight)
        faces = self.faces
        for char in span.text:
            before = faces[-1] if faces else own
            if char in STAYING and (before.has(char) or char in "\u200c\u200d"):
                faces.append(before)
                continue
            found = face_of(char, weight)
            if found is None:
                missing.add(char)
            faces.append(found or own)
        self.styles += [span.style] * len(span.text)
        if not missing:
            return span.text
        return "".join(REPLACEMENT if char in missing else char for char in span.text)

    def _punctuate(self) -> None:
        """Take the signs between words written from right to left from the font of those words."""
        last: Face | None = None
        for place, char in enumerate(self.text):
            if self.levels[place] % 2 == 0:
                last = None
            elif char.isalpha():
                last = self.faces[place]
            elif last is not None and last.has(char):
                self.faces[place] = last

    def lines(self, width: float) -> list[Line]:
        """Break greedily at spaces; a word wider than the line is cut where it fills it."""
        return [self._line(start, end) for start, end in self._stretches(width)]

    def _stretches(self, width: float) -> Iterator[tuple[int, int]]:
        start = end = 0
        used = 0.0
        for before, last in pairwise(self._opportunities()):
            first = before
            bare = self._width(first, self._trimmed(first, last))
            if used + bare > width and end > start:
                yield start, self._trimmed(start, end)
                start, used = first, 0.0
            while bare > width and last - first > 1:
                cut = self._fitting(first, last, width)
                yield first, cut
                start = first = cut
                bare = self._width(first, self._trimmed(first, last))
            end = last
            used += self._width(first, last)
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
        return sum(self._measured(first, last)[0] for first, last in self._runs(start, end))

    def _runs(self, start: int, end: int) -> list[tuple[int, int]]:
        first = bisect_right(self.bounds, start)
        last = bisect_left(self.bounds, end, first)
        return list(pairwise([start, *self.bounds[first:last], end])) if end > start else []

    def _differs(self, place: int) -> bool:
        return (
            self.faces[place] is not self.faces[place - 1]
            or self.levels[place] != self.levels[place - 1]
            or self.styles[place] is not self.styles[place - 1]
        )

    def _measured(self, start: int, end: int) -> tuple[float, tuple[Shape, ...] | None]:
        text, font = self.text[start:end], self.faces[start]
        size = self.styles[start].size * font.scale / 1000
        rtl = self.levels[start] % 2 == 1
        if not rtl:
            plain = font.width(text)
            if plain is not None:
                return plain * size, None
        shapes = tuple(font.words(text, rtl))
        return sum(shape.width for shape in shapes) * size, shapes

    def _line(self, start: int, end: int) -> Line:
        pieces = self._runs(start, end)
        if self.mixed:
            pieces = bidi.visual_order(pieces, [self.levels[first] for first, _ in pieces])
        x = 0.0
        runs: list[Run] = []
        for first, last in pieces:
            width, shapes = self._measured(first, last)
            style, font, text = self.styles[first], self.faces[first], self.text[first:last]
            runs.append(Run(x, width, font, style.size * font.scale, style.colour, text, shapes))
            x += width
        return Line(tuple(runs), x, self.missing)
