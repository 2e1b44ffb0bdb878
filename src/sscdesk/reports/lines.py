"""Breaking a paragraph into lines of runs that are ready to draw.

Two ways, one result: words that one face draws plainly are measured from a cache and joined
again; a paragraph with another script, a missing character or free marks goes character by
character (``mixed``).
"""

from collections.abc import Sequence
from functools import lru_cache

from sscdesk.reports import bidi
from sscdesk.reports.fonts import face
from sscdesk.reports.mixed import MixedParagraph
from sscdesk.reports.runs import Line, Run, Span
from sscdesk.reports.styles import TextStyle
from sscdesk.reports.typography import breakable

__all__ = ["Line", "Run", "Span", "balanced", "forget", "line_up", "natural_width", "runs_left"]

_LONGEST_REMEMBERED = 4000
"""Characters of a paragraph."""
_SMALL_WORD = 0.2
"""Part of a line's length that a small word at its end is worth."""


def line_up(spans: Sequence[Span], width: float, rtl: bool = False) -> list[Line]:
    """Break ``spans`` into lines of at most ``width`` points.

    ``rtl`` is the direction of the document; a paragraph may have its own (``bidi``). Paragraphs
    that did not change since the last time are remembered: a preview is laid out at each pause.
    """
    if sum(len(span.text) for span in spans) <= _LONGEST_REMEMBERED:
        return list(_remembered(tuple(spans), width, rtl))
    return _line_up(spans, width, rtl)


@lru_cache(maxsize=1024)
def _remembered(spans: tuple[Span, ...], width: float, rtl: bool) -> tuple[Line, ...]:
    return tuple(_line_up(spans, width, rtl))


def forget() -> None:
    """Drop the paragraphs that are remembered."""
    _remembered.cache_clear()


def _line_up(spans: Sequence[Span], width: float, rtl: bool) -> list[Line]:
    rtl = runs_left(spans, rtl)
    if not rtl:
        plain = _plain_lines(spans, width)
        if plain is not None:
            return plain
    return MixedParagraph(spans, rtl).lines(width)


def runs_left(spans: Sequence[Span], rtl: bool) -> bool:
    """Say whether the paragraph is set from right to left."""
    return bidi.is_right_to_left("".join(span.text for span in spans), rtl)


def balanced(spans: Sequence[Span], width: float, rtl: bool = False) -> list[Line]:
    """Break into as few lines as ``line_up`` does, as equally long as words allow.

    A little unevenness is better than a line that ends with a small word.
    """
    first = line_up(spans, width, rtl)
    if not 1 < len(first) <= 4:
        return first
    tries = (width * share / 100 for share in range(100 // len(first), 100, 2))
    fitting = [
        lines for lines in (line_up(spans, n, rtl) for n in tries) if len(lines) == len(first)
    ]
    return min([*fitting, first], key=_unevenness)


def _unevenness(lines: Sequence[Line]) -> float:
    widths = [line.width for line in lines]
    small = sum(_ends_small(line) for line in lines[:-1])
    return max(widths) - min(widths) + small * _SMALL_WORD * max(widths)


def _ends_small(line: Line) -> bool:
    last = line.runs[-1].text.rpartition(" ")[2] if line.runs else ""
    return last.isalpha() and len(last) <= 3


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
            cut = "-" in word or "/" in word or "–" in word or "@" in word
            for part in breakable(word) if cut else (word,):
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
