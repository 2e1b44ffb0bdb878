"""The parts of a paper: paragraphs, headings, panels of facts, callouts, lists, space."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sscdesk.reports import styles
from sscdesk.reports.flow import Block, Mark, Room, Strip
from sscdesk.reports.ink import Ink
from sscdesk.reports.lines import Line, Span, balanced, line_up, natural_width, runs_left
from sscdesk.reports.styles import TextStyle
from sscdesk.reports.typography import one_line, paragraphs


def baseline(style: TextStyle) -> float:
    """Return how far below a line's upper edge its base line lies: capitals stand in the middle."""
    return style.leading / 2 + 0.357 * style.size


def across(x: float, width: float, room: Room) -> float:
    """Return the left edge of something ``width`` wide, ``x`` from the leading margin."""
    return room.width - x - width if room.rtl else x


def draw_line(line: Line, x: float, down: float) -> Callable[[Ink, float, float], None]:
    """Return what draws ``line`` ``x`` to the right and ``down`` below the strip's corner."""

    def draw(ink: Ink, left: float, top: float) -> None:
        ink.line(line, left + x, top - down)

    return draw


def text_strips(lines: Sequence[Line], style: TextStyle, room: Room, x: float = 0) -> list[Strip]:
    """Return one strip per line, the first and last two lines kept together."""
    down = baseline(style)
    last = len(lines) - 1
    return [
        Strip(
            style.leading,
            draw_line(line, across(x, line.width, room), down),
            keep=place < last and (place == 0 or place == last - 1),
        )
        for place, line in enumerate(lines)
    ]


def start_with(strips: list[Strip], gap: float) -> list[Strip]:
    """Give the first strip the space above the block."""
    if strips:
        strips[0].gap = gap
    return strips


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs of an officer's text; ``lead`` is set in front of the first, in semibold."""

    text: str
    style: TextStyle = styles.BODY
    lead: str = ""
    keep: bool = False
    """Kept with the next block."""
    indent: float = 0.0
    even: bool = False
    """Lines as equally long as can be: for titles."""

    def strips(self, room: Room) -> list[Strip]:
        found: list[Strip] = []
        breaking = balanced if self.even else line_up
        for spans in self._paragraphs(room.language):
            lines = breaking(spans, room.width - self.indent, room.rtl)
            strips = text_strips(lines, self.style, self._own(spans, lines, room), self.indent)
            found += start_with(strips, self.style.gap)
        if found and self.keep:
            found[-1].keep = True
        return found

    def _own(self, spans: list[Span], lines: list[Line], room: Room) -> Room:
        """Prose of several lines starts at the side of its own script."""
        if len(lines) == 1 or self.even:
            return room
        return replace(room, rtl=runs_left(spans, room.rtl))

    def _paragraphs(self, language: str) -> list[list[Span]]:
        texts = paragraphs(self.text, language)
        found = [[Span(text, self.style)] for text in texts]
        if self.lead:
            lead = Span(one_line(self.lead, language), self.style.bold())
            if not found:
                return [[lead]]
            found[0] = [lead, Span(" " + found[0][0].text, self.style)]
        return found


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stays with what follows and stands in the outline."""

    text: str
    level: int = 1
    note: str = ""
    """Small words after the heading."""
    new_page: bool = False

    def strips(self, room: Room) -> list[Strip]:
        style = styles.SECTION if self.level == 1 else styles.SUBSECTION
        title = one_line(self.text, room.language)
        spans = [Span(title, style)]
        if self.note:
            small = replace(styles.SMALL, leading=style.leading, weight="medium")
            spans.append(Span("  " + one_line(self.note, room.language), small))
        strips = text_strips(line_up(spans, room.width, room.rtl), style, room)
        for strip in strips:
            strip.keep = True
        start_with(strips, style.gap)
        strips[0].mark = Mark(title, self.level - 1)
        strips[0].opens_page = self.new_page
        return strips


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is recorded under it; an empty value leaves the fact out."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values in two columns on a panel, read row by row."""

    facts: tuple[Fact, ...]
    columns: int = 2
    gap: float = 12.0
    label_width: float = 74.0

    def strips(self, room: Room) -> list[Strip]:
        told = [fact for fact in self.facts if fact.value.strip()]
        rows = [told[place : place + self.columns] for place in range(0, len(told), self.columns)]
        found: list[Strip] = []
        for place, row in enumerate(rows):
            found += self._row(row, room, ruled=place > 0)
        for strip in found[:-1]:
            strip.keep = len(found) < _WHOLE_PANEL
        return start_with(found, self.gap)

    def _row(self, row: Sequence[Fact], room: Room, ruled: bool) -> list[Strip]:
        cell = room.width / self.columns
        if len(row) == 1 and self.columns > 1 and natural_width(row[0].value, styles.CELL) > cell:
            cell = room.width
        lines: list[list[tuple[float, Line]]] = []
        for place, fact in enumerate(row):
            x = place * cell
            label = self._lines(fact.label, styles.LABEL, self.label_width - 12, room)
            value = self._lines(fact.value, styles.CELL, cell - self.label_width - 16, room)
            _stack(lines, [(x + 8, line) for line in label])
            _stack(lines, [(x + self.label_width, line) for line in value])
        return _panel_row(lines, styles.CELL, room, ruled)

    def _lines(self, text: str, style: TextStyle, width: float, room: Room) -> list[Line]:
        found: list[Line] = []
        for part in paragraphs(text, room.language):
            found += line_up([Span(part, style)], width, room.rtl)
        return found


_WHOLE_PANEL = 40
_PADDING = 4.5


def _stack(rows: list[list[tuple[float, Line]]], column: list[tuple[float, Line]]) -> None:
    """Add one column's lines to the rows of lines, from the top."""
    while len(rows) < len(column):
        rows.append([])
    for row, placed in zip(rows, column, strict=False):
        row.append(placed)


def _panel_row(
    rows: list[list[tuple[float, Line]]], style: TextStyle, room: Room, ruled: bool
) -> list[Strip]:
    last = len(rows) - 1
    found = []
    for place, row in enumerate(rows):
        above = _PADDING if place == 0 else 0.0
        height = style.leading + above + (_PADDING if place == last else 0.0)
        draw = _PanelSlice(
            [(across(x, line.width, room), line) for x, line in row],
            room.width,
            height,
            above + baseline(style),
            ruled and place == 0,
        )
        found.append(Strip(height, draw, keep=place < last))
    return found


@dataclass(frozen=True, slots=True)
class _PanelSlice:
    lines: list[tuple[float, Line]]
    width: float
    height: float
    down: float
    ruled: bool

    def __call__(self, ink: Ink, left: float, top: float) -> None:
        ink.panel(left, top - self.height, self.width, self.height + 0.2, styles.PANEL)
        if self.ruled:
            ink.rule(left, top, left + self.width, top, styles.RULE, 0.6)
        for x, line in self.lines:
            ink.line(line, left + x, top - self.down)


@dataclass(frozen=True, slots=True)
class Callout:
    """A text on a tinted ground with a bar at its leading side."""

    text: str
    lead: str = ""
    style: TextStyle = styles.BODY
    bar: str = styles.ACCENT
    ground: str = styles.PANEL
    gap: float = 10.0

    def strips(self, room: Room) -> list[Strip]:
        inner = replace(room, width=room.width - 24)
        text = Text(self.text, self.style, self.lead)
        found = text.strips(inner)
        for place, strip in enumerate(found):
            above = 7.0 if place == 0 else strip.gap
            below = 7.0 if place == len(found) - 1 else 0.0
            strip.draw = _Tinted(strip, above, below, room, self.bar, self.ground)
            strip.height += above + below
            strip.gap = 0.0
        return start_with(found, self.gap)


class _Tinted:
    def __init__(
        self, strip: Strip, above: float, below: float, room: Room, bar: str, ground: str
    ) -> None:
        self._draw = strip.draw
        self._above = above
        self._height = strip.height + above + below
        self._room = room
        self._bar = bar
        self._ground = ground

    def __call__(self, ink: Ink, left: float, top: float) -> None:
        room = self._room
        bottom = top - self._height
        ink.panel(left, bottom, room.width, self._height + 0.2, self._ground)
        ink.panel(left + across(0, 2.5, room), bottom, 2.5, self._height + 0.2, self._bar)
        self._draw(ink, left + 12, top - self._above)


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item hangs beside its mark (a bullet, ``A``, ``1``)."""

    items: tuple[tuple[str, str], ...]
    """(mark, text)"""
    style: TextStyle = styles.BODY
    hang: float = 14.0
    gap: float = 3.0

    def strips(self, room: Room) -> list[Strip]:
        found: list[Strip] = []
        for mark, text in self.items:
            found += start_with(self._item(mark, text, room), self.gap)
        return found

    def _item(self, mark: str, text: str, room: Room) -> list[Strip]:
        lines: list[Line] = []
        for part in paragraphs(text, room.language):
            lines += line_up([Span(part, self.style)], room.width - self.hang, room.rtl)
        strips = text_strips(lines, self.style, room, self.hang)
        if strips:
            sign = Span(mark, replace(self.style, colour=styles.ACCENT, weight="semibold"))
            strips[0].draw = _Beside(strips[0], line_up([sign], self.hang)[0], self.style, room)
        return strips


class _Beside:
    def __init__(self, strip: Strip, mark: Line, style: TextStyle, room: Room) -> None:
        self._draw = strip.draw
        self._mark = mark
        self._x = across(0, mark.width, room)
        self._down = baseline(style)

    def __call__(self, ink: Ink, left: float, top: float) -> None:
        ink.line(self._mark, left + self._x, top - self._down)
        self._draw(ink, left, top)


def together(blocks: Sequence[Block]) -> Block:
    """Return ``blocks`` as one block that no page end parts."""
    return _Together(tuple(blocks))


@dataclass(frozen=True, slots=True)
class _Together:
    blocks: tuple[Block, ...]

    def strips(self, room: Room) -> list[Strip]:
        found = [strip for block in self.blocks for strip in block.strips(room)]
        for strip in found[:-1]:
            strip.keep = True
        return found
