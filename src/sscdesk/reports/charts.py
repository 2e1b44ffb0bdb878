"""Charts drawn as vectors: bars with their numbers, readable without their colours."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sscdesk.reports import styles
from sscdesk.reports.blocks import across, baseline, start_with
from sscdesk.reports.flow import Room, Strip
from sscdesk.reports.ink import Ink
from sscdesk.reports.lines import Line, Span, line_up, natural_width
from sscdesk.reports.styles import TextStyle
from sscdesk.reports.typography import one_line

SHADES = ("0B6B5E", "5FA596", "C9D9D4")
"""From dark to light, told apart in black and white too."""
WITH_WARNING = ("0B6B5E", "5FA596", "D08A2E", "D9D6CE")
"""The third part is what should worry the reader."""
_LABEL = TextStyle(size=8.2, leading=11)
_VALUE = TextStyle(size=7.8, leading=11, weight="semibold")
_KEY = TextStyle(size=7.4, leading=12, colour=styles.MUTED)
_ROW = 17.0
_BAR = 9.0
_LABELS = 0.34


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled bar of one or several parts, and what is written at its end."""

    label: str
    parts: tuple[float, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from a common line; ``keys`` name the parts; ``full`` is a whole width."""

    bars: tuple[Bar, ...]
    keys: tuple[str, ...] = ()
    full: float = 0.0
    shades: tuple[str, ...] = SHADES
    gap: float = 9.0

    def strips(self, room: Room) -> list[Strip]:
        most = self.full or max((sum(bar.parts) for bar in self.bars), default=0.0) or 1.0
        found = [self._strip(bar, room, most) for bar in self.bars]
        if len(self.keys) > 1:
            drawn = _Keys(self.keys, room, self.shades)
            found.append(Strip(16.0, drawn, gap=2.0))
        for strip in found[:-1]:
            strip.keep = len(found) < 16
        return start_with(found, self.gap)

    def _strip(self, bar: Bar, room: Room, most: float) -> Strip:
        drawn = _Row(bar, room, most, self.shades)
        return Strip(max(_ROW, drawn.height), drawn)


class _Row:
    def __init__(self, bar: Bar, room: Room, most: float, shades: Sequence[str]) -> None:
        self._shades = shades
        self._bar = bar
        self._room = room
        self._start = room.width * _LABELS
        told = natural_width(bar.told, _VALUE)
        self._scale = (room.width - self._start - max(told + 10, 60)) / most
        label = one_line(bar.label, room.language)
        self._label = line_up([Span(label, _LABEL)], self._start - 12, room.rtl)
        self._told = line_up([Span(one_line(bar.told, room.language), _VALUE)], 1e6, room.rtl)[:1]
        self.height = len(self._label) * _LABEL.leading + 6

    def __call__(self, ink: Ink, left: float, top: float) -> None:
        y = top - 3
        for line in self._label:
            ink.line(line, left + across(0, line.width, self._room), y - baseline(_LABEL))
            y -= _LABEL.leading
        bottom = top - 3 - (_LABEL.leading + _BAR) / 2
        x = self._start
        for place, part in enumerate(self._bar.parts):
            width = max(part, 0.0) * self._scale
            if width > 0:
                edge = left + across(x, width, self._room)
                ink.panel(edge, bottom, width, _BAR, self._shades[place % len(self._shades)])
            x += width
        for line in self._told:
            at = left + across(x + 6, line.width, self._room)
            ink.line(line, at, top - 3 - baseline(_VALUE))


class _Keys:
    def __init__(self, keys: Sequence[str], room: Room, shades: Sequence[str]) -> None:
        self._shades = shades
        self._room = room
        style = replace(_KEY)
        self._lines: list[Line] = [
            line_up([Span(one_line(key, room.language), style)], 1e6, room.rtl)[0] for key in keys
        ]

    def __call__(self, ink: Ink, left: float, top: float) -> None:
        x = self._room.width * _LABELS
        for place, line in enumerate(self._lines):
            shade = self._shades[place % len(self._shades)]
            ink.panel(left + across(x, 7, self._room), top - 10.5, 7, 7, shade)
            ink.line(line, left + across(x + 11, line.width, self._room), top - baseline(_KEY))
            x += line.width + 28
