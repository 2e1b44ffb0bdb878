"""Measures, colours and text styles of the papers; lengths in points."""

from dataclasses import dataclass, replace

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)

INK = "1F2A30"
MUTED = "5E6870"
ACCENT = "0B6B5E"
RULE = "D9D6CE"
PANEL = "F3F5F4"
WARN = "8A4F00"
WARN_PANEL = "FBF0DC"
BAD = "A8321F"
GHOST = "F0EEE9"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text looks: ``weight`` is one of ``fonts.WEIGHTS``, ``leading`` from line to line."""

    size: float = 9.4
    leading: float = 13.8
    weight: str = "regular"
    colour: str = INK
    gap: float = 5.0
    """Space before a block in this style."""

    def bold(self) -> "TextStyle":
        """Return the same style in semibold."""
        return replace(self, weight="semibold")

    def muted(self) -> "TextStyle":
        """Return the same style in the colour of secondary text."""
        return replace(self, colour=MUTED)


BODY = TextStyle()
LEAD = TextStyle(size=10.2, leading=15.2, gap=4)
LEAD_AFTER_PANEL = TextStyle(size=10.2, leading=15.2, gap=12)
SMALL = TextStyle(size=7.8, leading=10.8, colour=MUTED, gap=4)
CELL = TextStyle(size=8.3, leading=11.4)
FORM_CELL = TextStyle(size=8.3, leading=13)
HEAD_CELL = TextStyle(size=7.6, leading=10.6, weight="semibold", colour=MUTED)
KIND = TextStyle(size=10.5, leading=14, colour=ACCENT, weight="medium", gap=16)
TITLE = TextStyle(size=20, leading=26, weight="bold", gap=6)
SUBTITLE = TextStyle(size=10.8, leading=15, colour=MUTED, gap=3)
SECTION = TextStyle(size=12.6, leading=17, weight="semibold", colour=ACCENT, gap=17)
SUBSECTION = TextStyle(size=9.8, leading=13.6, weight="semibold", gap=10)
LABEL = TextStyle(size=7.6, leading=11.4, colour=MUTED)
LETTERHEAD = TextStyle(size=7.8, leading=10.8, colour=MUTED)
LETTERHEAD_FIRST = TextStyle(size=8.8, leading=12, weight="bold")
RUNNING = TextStyle(size=7.4, leading=10, colour=MUTED)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of paper and its margins."""

    width: float = A4[0]
    height: float = A4[1]
    left: float = 22 * MM
    right: float = 22 * MM
    top: float = 25 * MM
    bottom: float = 22 * MM

    @property
    def measure(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right


PORTRAIT = Sheet()
LANDSCAPE = Sheet(width=A4[1], height=A4[0], left=18 * MM, right=18 * MM)
