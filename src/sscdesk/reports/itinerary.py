"""The itinerary drawn as a line with its stops."""

from dataclasses import dataclass

from sscdesk.reports import styles
from sscdesk.reports.blocks import across, start_with
from sscdesk.reports.flow import Room, Strip
from sscdesk.reports.ink import Ink
from sscdesk.reports.lines import Line, Span, line_up
from sscdesk.reports.styles import TextStyle
from sscdesk.reports.typography import one_line

_PLACE = TextStyle(size=8.3, leading=11, weight="semibold")
_WHEN = TextStyle(size=7.4, leading=10, colour=styles.MUTED)
_WAY = TextStyle(size=6.9, leading=9, colour=styles.ACCENT)
_NARROWEST = 76.0


@dataclass(frozen=True, slots=True)
class Stop:
    """A place, when one is there (one or two short lines), and how one goes on from it."""

    place: str
    when: tuple[str, ...]
    onward: str = ""


@dataclass(frozen=True, slots=True)
class Itinerary:
    """Stops from the leading side to the other, in as many rows as they need."""

    stops: tuple[Stop, ...]
    gap: float = 8.0

    def strips(self, room: Room) -> list[Strip]:
        each = max(2, int(room.width / _NARROWEST))
        count = -(-len(self.stops) // each)
        size = -(-len(self.stops) // max(count, 1))
        rows = [self.stops[n : n + size] for n in range(0, len(self.stops), max(size, 1))]
        found = []
        for place, row in enumerate(rows):
            drawn = _Row(row, room, size, goes_on=place < len(rows) - 1, came=place > 0)
            found.append(Strip(drawn.height, drawn, keep=place < len(rows) - 1))
        return start_with(found, self.gap)


class _Row:
    def __init__(
        self, stops: tuple[Stop, ...], room: Room, size: int, goes_on: bool, came: bool
    ) -> None:
        self._room = room
        self._cell = room.width / size
        self._goes_on = goes_on
        self._came = came
        self._stops = [self._stop(stop) for stop in stops]
        self._ways = [self._way(stop.onward) for stop in stops]
        lines = max(len(texts) for texts in self._stops)
        self.height = 16 + 11 * lines + 4

    def _stop(self, stop: Stop) -> list[Line]:
        width = self._cell - 6
        lines = line_up([Span(self._set(stop.place), _PLACE)], width, self._room.rtl)[:2]
        for when in stop.when:
            lines += line_up([Span(self._set(when), _WHEN)], width, self._room.rtl)[:2]
        return lines

    def _way(self, text: str) -> Line | None:
        if not text:
            return None
        return line_up([Span(self._set(text), _WAY)], self._cell - 14, self._room.rtl)[0]

    def _set(self, text: str) -> str:
        return one_line(text, self._room.language)

    def __call__(self, ink: Ink, left: float, top: float) -> None:
        middle = top - 12
        centres = [self._centre(place) for place in range(len(self._stops))]
        start = self._edge(0.0) if self._came else centres[0]
        end = self._edge(self._room.width) if self._goes_on else centres[-1]
        ink.rule(left + start, middle, left + end, middle, styles.ACCENT, 1.0)
        for centre, texts, way in zip(centres, self._stops, self._ways, strict=True):
            ink.dot(left + centre, middle, 2.9, styles.ACCENT)
            self._texts(ink, left + centre, middle - 13, texts)
            if way is not None:
                self._onward(ink, left + centre, middle + 4, way)

    def _centre(self, place: int) -> float:
        return across((place + 0.5) * self._cell, 0.0, self._room)

    def _edge(self, x: float) -> float:
        return across(x, 0.0, self._room)

    def _texts(self, ink: Ink, centre: float, y: float, texts: list[Line]) -> None:
        for line in texts:
            ink.line(line, centre - line.width / 2, y)
            y -= 10.6

    def _onward(self, ink: Ink, centre: float, y: float, way: Line) -> None:
        step = -self._cell / 2 if self._room.rtl else self._cell / 2
        ink.line(way, centre + step - way.width / 2, y)
