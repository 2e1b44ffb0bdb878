"""Loads the desk's own fonts, so that it looks the same on every laptop."""

from functools import lru_cache
from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase

LATIN = "Noto Sans"
ARABIC = "Noto Naskh Arabic"
OTHERS = ("Noto Sans Tifinagh", "Noto Sans Symbols 2", "Noto Sans Math")

_AT_START = (
    "NotoSans-Regular.ttf",
    "NotoSans-Medium.ttf",
    "NotoSans-SemiBold.ttf",
    "NotoSans-Bold.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoSansTifinagh-Regular.ttf",
)
"""Weights 500 and 600 have files of their own; Qt would paint them as 400 and 700."""

WEIGHTS = {
    400: QFont.Weight.Normal,
    500: QFont.Weight.Medium,
    600: QFont.Weight.DemiBold,
    700: QFont.Weight.Bold,
}


@lru_cache(maxsize=1)
def load() -> tuple[str, ...]:
    """Add the fonts to the application, once; return the families found."""
    folder = files("sscdesk").joinpath("resources", "fonts")
    found: dict[str, None] = {}
    for name in _AT_START:
        number = QFontDatabase.addApplicationFontFromData(folder.joinpath(name).read_bytes())
        found.update(dict.fromkeys(QFontDatabase.applicationFontFamilies(number)))
    return tuple(found)


def families(language: str) -> list[str]:
    """Return the families in the order in which a text of ``language`` looks for letters."""
    first = [ARABIC, LATIN] if language == "ar" else [LATIN, ARABIC]
    return [*first, *OTHERS]
