"""The blocks where signatures go, and what a signature looks like in its block.

A block is empty paper with a frame and a caption: the signature field that the signing puts into
it draws the rest, so that no signature ever hides what was printed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from babel.dates import format_time

from sscdesk.i18n import _, locale
from sscdesk.reports import styles
from sscdesk.reports.blocks import across, baseline
from sscdesk.reports.flow import Room, Strip
from sscdesk.reports.ink import Ink
from sscdesk.reports.lines import Line, Span, line_up
from sscdesk.reports.snapshot import Signer
from sscdesk.reports.styles import TextStyle
from sscdesk.reports.typography import one_line
from sscdesk.reports.words import day, joined

BOX = (223.0, 80.0)
"""Width and height of a signature's field, in points."""
_GAP = 17.0

_CAPTION = TextStyle(size=7.6, leading=12, colour=styles.MUTED, weight="medium")
_SEAL = TextStyle(size=7.0, leading=12.5, colour=styles.ACCENT, weight="bold")
_NAME = TextStyle(size=10.2, leading=15, weight="semibold")
_FUNCTION = TextStyle(size=8.2, leading=11.6)
_NOTE = TextStyle(size=7.4, leading=10.4, colour=styles.MUTED)


def field_name(place: int, signer: Signer) -> str:
    """Return the name of the signature field of the ``place``-th signer."""
    return f"signature-{place + 1}-{signer.office}"


@dataclass(frozen=True, slots=True)
class SignatureBlocks:
    """A frame for each expected signature, two in a row."""

    signers: tuple[Signer, ...]
    gap: float = 8.0

    def strips(self, room: Room) -> list[Strip]:
        found = []
        for place in range(0, len(self.signers), 2):
            drawn = _Row(self.signers, place, room)
            found.append(Strip(drawn.height, drawn, gap=self.gap if place == 0 else 6.0, keep=True))
        if found:
            found[-1].keep = False
        return found


class _Row:
    def __init__(self, signers: tuple[Signer, ...], first: int, room: Room) -> None:
        self._room = room
        self._blocks = [
            (place, signers[place], self._caption(signers[place]))
            for place in range(first, min(first + 2, len(signers)))
        ]
        self.height = BOX[1] + 19

    def _caption(self, signer: Signer) -> Line:
        texts = one_line(_caption_text(signer), self._room.language)
        return line_up([Span(texts, _CAPTION)], BOX[0], self._room.rtl)[0]

    def __call__(self, ink: Ink, left: float, top: float) -> None:
        width, height = BOX
        second = self._room.width - width
        for column, (place, signer, caption) in enumerate(self._blocks):
            x = left + across(second if column else 0.0, width, self._room)
            shift = width - caption.width if self._room.rtl else 0.0
            ink.line(caption, x + shift, top - baseline(_CAPTION))
            ink.frame(x, top - 16 - height, width, height, styles.RULE, 0.7)
            ink.field(place, field_name(place, signer), (x, top - 16 - height, width, height))


def _caption_text(signer: Signer) -> str:
    office = signer.office_name.say()
    if signer.countersigns:
        return _("{office} — countersignature").format(office=office)
    return _("{office} — signature").format(office=office)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands in a signature's field: who, as what, when, and the check code."""

    signer: Signer
    signed_at: datetime | None = None
    """None: still expected."""
    utc_offset: int = 0
    """Minutes that the signing office's clocks are ahead of UTC."""
    code: str = ""

    def draw(self, ink: Ink, language: str, rtl: bool = False) -> None:
        """Draw into a field of the size ``BOX`` whose corner is the origin."""
        room = Room(BOX[0] - 20, language, rtl)
        colour = styles.ACCENT if self.signed_at else styles.RULE
        ink.frame(0.4, 0.4, BOX[0] - 0.8, BOX[1] - 0.8, colour, 0.8)
        if self.signed_at:
            x = across(0, 3.0, Room(BOX[0], language, rtl))
            ink.panel(x, 0, 3.0, BOX[1], styles.ACCENT)
        y = BOX[1] - 6
        for text, style, most in self._texts():
            lines = line_up([Span(one_line(text, language), style)], room.width, rtl)
            for line in lines[:most]:
                ink.line(line, 12 + across(0, line.width, room), y - baseline(style))
                y -= style.leading

    def _texts(self) -> list[tuple[str, TextStyle, int]]:
        signer = self.signer
        title = _("SIGNED ELECTRONICALLY") if self.signed_at else _("SIGNATURE EXPECTED")
        seal = _SEAL if self.signed_at else TextStyle(7.0, 12.5, "bold", styles.MUTED)
        texts = [
            (title, seal, 1),
            (signer.name, _NAME, 1),
            (joined(signer.function.say(), signer.quality.say()), _FUNCTION, 2),
            (signer.office_name.say(), _NOTE, 1),
        ]
        if self.signed_at:
            texts.append((joined(self._when(self.signed_at), self.code), _NOTE, 1))
        return [text for text in texts if text[0]]

    def _when(self, at: datetime) -> str:
        local = at.astimezone(timezone(timedelta(minutes=self.utc_offset)))
        zone = "UTC" + (f"{self.utc_offset // 60:+d}" if self.utc_offset else "")
        time = format_time(local, "HH:mm", locale=locale())
        return f"{day(local.date().isoformat())} {time} {zone}"
