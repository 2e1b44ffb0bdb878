"""Empty boxes that are filled by hand or by a stamp."""

from dataclasses import dataclass

from sscdesk.reports import styles
from sscdesk.reports.blocks import across, baseline
from sscdesk.reports.flow import Room, Strip
from sscdesk.reports.ink import Ink
from sscdesk.reports.lines import Line, Span, line_up
from sscdesk.reports.styles import TextStyle
from sscdesk.reports.typography import one_line

_CAPTION = TextStyle(size=7.6, leading=11, colour=styles.MUTED, weight="medium")
_LABEL = TextStyle(size=8.6, leading=12, weight="semibold")


@dataclass(frozen=True, slots=True)
class StampBoxes:
    """Rows of captioned boxes: a label before each row, one box per caption."""

    labels: tuple[str, ...]
    captions: tuple[str, ...]
    height: float = 74.0
    gap: float = 8.0

    def strips(self, room: Room) -> list[Strip]:
        found = []
        for label in self.labels:
            drawn = _Row(label, self.captions, room, self.height)
            found.append(Strip(self.height, drawn, gap=self.gap))
        return found


class _Row:
    def __init__(self, label: str, captions: tuple[str, ...], room: Room, height: float) -> None:
        self._room = room
        self._height = height
        self._label_width = 88.0
        self._width = (room.width - self._label_width) / max(len(captions), 1)
        self._label = self._lines(label, _LABEL, self._label_width - 10)
        self._captions = [self._lines(text, _CAPTION, self._width - 20) for text in captions]

    def _lines(self, text: str, style: TextStyle, width: float) -> list[Line]:
        return line_up([Span(one_line(text, self._room.language), style)], width, self._room.rtl)

    def __call__(self, ink: Ink, left: float, top: float) -> None:
        self._text(ink, left, top, self._label, _LABEL, 0.0)
        for place, caption in enumerate(self._captions):
            x = self._label_width + place * self._width
            corner = left + across(x + 4, self._width - 4, self._room)
            ink.frame(corner, top - self._height, self._width - 4, self._height, styles.RULE, 0.7)
            self._text(ink, left, top - 4, caption, _CAPTION, x + 12)

    def _text(
        self, ink: Ink, left: float, top: float, lines: list[Line], style: TextStyle, x: float
    ) -> None:
        for line in lines:
            ink.line(line, left + across(x, line.width, self._room), top - baseline(style))
            top -= style.leading
