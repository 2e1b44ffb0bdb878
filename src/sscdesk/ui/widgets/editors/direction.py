"""The direction in which a text is written, taken from the text itself."""

import unicodedata

from PySide6.QtCore import Qt

from sscdesk.i18n import is_right_to_left

RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
LEFT_TO_RIGHT = Qt.LayoutDirection.LeftToRight
_BY_FIELD = {"_ar": RIGHT_TO_LEFT, "_fr": LEFT_TO_RIGHT, "_en": LEFT_TO_RIGHT}


def direction_of(text: str, otherwise: Qt.LayoutDirection) -> Qt.LayoutDirection:
    """Return the direction of the first letter (rule P2 of UAX #9), else ``otherwise``."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("R", "AL"):
            return RIGHT_TO_LEFT
        if kind == "L":
            return LEFT_TO_RIGHT
    return otherwise


def reading_direction() -> Qt.LayoutDirection:
    """Return the direction of the reader's language."""
    return RIGHT_TO_LEFT if is_right_to_left() else LEFT_TO_RIGHT


def direction_of_field(name: str) -> Qt.LayoutDirection | None:
    """Return the direction that a field's language fixes: ``name_ar``, ``title_fr``."""
    return _BY_FIELD.get(name[-3:])


def in_its_direction(text: str, around: Qt.LayoutDirection) -> str:
    """Return ``text`` so that its stops and brackets stay where its own script has them.

    Isolates (UAX #9, LRI and RLI … PDI) are put around a text that runs against what is
    around it; any other text is returned as it is.
    """
    own = direction_of(text, around)
    if own == around or not text:
        return text
    mark = "\u2066" if own == LEFT_TO_RIGHT else "\u2067"
    return f"{mark}{text}\u2069"


def isolated(text: str) -> str:
    """Return a piece of a line so that its neighbours' digits and letters leave it alone."""
    return f"\u2068{text}\u2069" if text and is_right_to_left() else text
