"""The look as values: one table of colours, sizes on a 4 px grid, one style sheet.

Nothing here knows a screen. ``Theme`` is a frozen description of how the desk looks
now; ``sscdesk.ui.look`` puts it on the application and says when it changes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files


class Scheme(StrEnum):
    """The columns of the colour table."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


TOKENS: Mapping[str, tuple[str, str, str]] = {
    # token: light, dark, high contrast
    "ground": ("#F6F5F1", "#12181B", "#FFFFFF"),
    "paper": ("#FFFFFF", "#1A2226", "#FFFFFF"),
    "line": ("#E3E0D8", "#2C373C", "#3C3C3C"),
    "edge": ("#8A8E8C", "#6B7A80", "#000000"),
    "ink": ("#1F2A30", "#E7ECEC", "#000000"),
    "soft": ("#566068", "#AEB9BD", "#1C1C1C"),
    "muted": ("#667078", "#9AA7AC", "#2B2B2B"),
    "faint": ("#9AA0A5", "#66747A", "#595959"),
    "hover": ("#F1EFE9", "#222C31", "#E4E4E4"),
    "nav": ("#12343B", "#0C1315", "#000000"),
    "nav_hover": ("#1D4A52", "#1A2B2E", "#3A3A3A"),
    "nav_ink": ("#CFE0DD", "#B9C9C8", "#FFFFFF"),
    "nav_strong": ("#FFFFFF", "#FFFFFF", "#FFFFFF"),
    "accent": ("#0B7A6B", "#3FB8A4", "#00473D"),
    "accent_hover": ("#096759", "#59C9B6", "#00302A"),
    "on_accent": ("#FFFFFF", "#06201C", "#FFFFFF"),
    "accent_wash": ("#E6F2EF", "#16302D", "#DDEFEB"),
    "warn": ("#9A5B00", "#E5B25B", "#5C3500"),
    "warn_wash": ("#FBF0DC", "#33280F", "#FFF4E0"),
    "bad": ("#A8321F", "#F08A77", "#7A1200"),
    "bad_wash": ("#FBE9E5", "#38201B", "#FFEDEA"),
    "good": ("#2E6B2F", "#8CCB8C", "#0E420F"),
    "good_wash": ("#E8F3E6", "#18301A", "#EAF6E8"),
    "info": ("#1D5FA8", "#86B4EA", "#003A7A"),
    "info_wash": ("#E7EFF9", "#16273B", "#E6F0FC"),
    "reported": ("#6B4AA0", "#BCA2E8", "#42217A"),
    "reported_wash": ("#F0EAF8", "#271F38", "#F1EAFC"),
    "neutral": ("#566068", "#AEB9BD", "#1C1C1C"),
    "neutral_wash": ("#ECEDED", "#2A3439", "#EFEFEF"),
    "badge": ("#E9B44C", "#E9B44C", "#FFD76A"),
    "on_badge": ("#12343B", "#0C1315", "#000000"),
}
"""The colours of desk.md, with the few that drawing the rest of the desk asked for:
``soft`` (small text on a wash), ``edge`` (outline of a control under the mouse),
``faint`` (what is switched off)."""

TONES = ("neutral", "info", "warn", "good", "bad", "reported", "accent")
"""Names of an ink and its wash (``warn``, ``warn_wash``), for chips and notices."""

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("ink", "soft", "muted") for ground in ("paper", "ground")),
    *(("ink", f"{tone}_wash") for tone in TONES),
    *(("soft", f"{tone}_wash") for tone in TONES),
    *((tone, f"{tone}_wash") for tone in TONES),
    *((tone, "paper") for tone in TONES),
    *((tone, "ground") for tone in TONES),
    *((ink, "hover") for ink in ("ink", "soft", "accent")),
    *((ink, ground) for ink in ("nav_ink", "nav_strong") for ground in ("nav", "nav_hover")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_badge", "badge"),
)
"""Every text colour with every ground on which the desk writes it (checked by a test)."""

FONT_SIZES: Mapping[str, float] = {
    "tiny": 11,
    "small": 12,
    "body": 13,
    "strong": 14,
    "heading": 16,
    "page": 18,
    "title": 20,
    "display": 26,
}
"""Pixels at 96 dpi and a text size of 100 %."""

TEXT_SCALES = (100, 110, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True)
class Theme:
    """How the desk looks: colours, size of the text in percent, height of the rows."""

    scheme: Scheme = Scheme.LIGHT
    text_percent: int = 100
    compact: bool = False
    right_to_left: bool = False

    def hex(self, token: str) -> str:
        """Return the colour of a token as ``#RRGGBB``."""
        return TOKENS[token][list(Scheme).index(self.scheme)]

    def sp(self, size: float) -> int:
        """Return ``size`` pixels grown with the text."""
        return max(1, round(size * self.text_percent / 100))

    def font_px(self, name: str) -> int:
        """Return the size of a named font in pixels."""
        return self.sp(FONT_SIZES[name])

    @property
    def row_height(self) -> int:
        """The height of a row of a table: 36 px, 28 in the compact setting."""
        return self.sp(28 if self.compact else 36) + (self.sp(4) if self.right_to_left else 0)

    @property
    def control_height(self) -> int:
        """The height of buttons and of fields of one line."""
        return self.sp(28 if self.compact else 34) + (self.sp(3) if self.right_to_left else 0)


SHEETS = ("desk.qss", "forms.qss", "pages.qss")
"""The files of the style sheet, the later ones more particular."""

_TOKEN = re.compile(r"@(\w+)")
_SCALED = re.compile(r"(-?\d+(?:\.\d+)?)sp\b")


@lru_cache(maxsize=1)
def _template() -> str:
    folder = files("sscdesk").joinpath("resources", "style")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in SHEETS)


def style_sheet(theme: Theme) -> str:
    """Build the style sheet of the whole desk.

    In the template ``@name`` is a colour token, ``12sp`` a size that grows with the
    text, ``@control`` the height of a control.
    """
    sized = _template().replace("@control", f"{theme.control_height - 2}px")
    coloured = _TOKEN.sub(lambda found: theme.hex(found[1]), sized)
    return _SCALED.sub(lambda found: f"{theme.sp(float(found[1]))}px", coloured)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB`` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
