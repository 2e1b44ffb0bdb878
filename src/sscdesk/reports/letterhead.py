"""The head of the first page: one office or two, the Action, the number of the paper."""

from dataclasses import dataclass

from sscdesk.i18n import _
from sscdesk.reports import styles
from sscdesk.reports.blocks import across, baseline
from sscdesk.reports.flow import Room, Strip
from sscdesk.reports.ink import Ink
from sscdesk.reports.lines import Line, Span, line_up
from sscdesk.reports.snapshot import Imprint, Letterhead
from sscdesk.reports.styles import TextStyle
from sscdesk.reports.typography import one_line
from sscdesk.reports.words import day, joined

_GUTTER = 24.0


@dataclass(frozen=True, slots=True)
class Head:
    """The letterhead of ``imprint``; two columns of offices where two sign."""

    imprint: Imprint

    def strips(self, room: Room) -> list[Strip]:
        imprint = self.imprint
        half = (room.width - _GUTTER) / 2
        if imprint.second_letterhead:
            trailing = self._office(imprint.second_letterhead, room, half)
            band = self._band(room)
        else:
            trailing = self._action(room, half)
            band = []
        taken = max((line.width for line, _style in trailing), default=0.0)
        leading = self._office(imprint.letterhead, room, room.width - _GUTTER - taken)
        drawn = _Drawn(leading, trailing, band, room)
        return [Strip(drawn.height, drawn)]

    def _office(self, head: Letterhead, room: Room, width: float) -> list[tuple[Line, TextStyle]]:
        texts = [(head.country.say().upper(), styles.LETTERHEAD_FIRST)]
        texts += [(head.motto.say(), _MOTTO)]
        texts += [(line, styles.LETTERHEAD) for line in head.lines.say().splitlines()]
        texts += [(head.city.say(), styles.LETTERHEAD)]
        return _lines(texts, room, width)

    def _action(self, room: Room, width: float) -> list[tuple[Line, TextStyle]]:
        texts = [
            (_("South-South cooperation Action"), styles.LETTERHEAD_FIRST),
            (_("on migration"), styles.LETTERHEAD),
            (self._number(), _NUMBER),
            (day(self.imprint.dated), styles.LETTERHEAD),
        ]
        return _lines(texts, room, width)

    def _band(self, room: Room) -> list[tuple[Line, TextStyle]]:
        action = _("South-South cooperation Action on migration")
        texts = [(action, _NUMBER), (joined(self._number(), day(self.imprint.dated)), _NUMBER)]
        return _lines(texts, room, room.width / 2)

    def _number(self) -> str:
        imprint = self.imprint
        if not imprint.reference:
            return ""
        return _("{reference} · revision {revision}").format(
            reference=imprint.reference, revision=imprint.revision
        )


_MOTTO = TextStyle(size=7.2, leading=10, colour=styles.MUTED)
_NUMBER = TextStyle(size=7.8, leading=10.8, colour=styles.INK, weight="medium")


def _lines(
    texts: list[tuple[str, TextStyle]], room: Room, width: float
) -> list[tuple[Line, TextStyle]]:
    return [
        (line, style)
        for text, style in texts
        if text
        for line in line_up([Span(one_line(text, room.language), style)], width, room.rtl)
    ]


class _Drawn:
    def __init__(
        self,
        leading: list[tuple[Line, TextStyle]],
        trailing: list[tuple[Line, TextStyle]],
        band: list[tuple[Line, TextStyle]],
        room: Room,
    ) -> None:
        self._leading = leading
        self._trailing = trailing
        self._band = band
        self._room = room
        tall = max(_height(leading), _height(trailing))
        self._rule = tall + 8
        self.height = self._rule + (20 if band else 4)

    def __call__(self, ink: Ink, left: float, top: float) -> None:
        self._column(ink, left, top, self._leading, end=False)
        self._column(ink, left, top, self._trailing, end=True)
        y = top - self._rule
        ink.rule(left, y, left + self._room.width, y, styles.ACCENT, 1.6)
        if self._band:
            self._column(ink, left, y - 5, self._band[:1], end=False)
            self._column(ink, left, y - 5, self._band[1:], end=True)

    def _column(
        self, ink: Ink, left: float, top: float, lines: list[tuple[Line, TextStyle]], end: bool
    ) -> None:
        for line, style in lines:
            x = self._room.width - line.width if end else 0.0
            ink.line(line, left + across(x, line.width, self._room), top - baseline(style))
            top -= style.leading


def _height(lines: list[tuple[Line, TextStyle]]) -> float:
    return sum(style.leading for _line, style in lines)
