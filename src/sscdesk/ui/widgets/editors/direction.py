"""The direction in which a text is written, taken from the text itself."""

import unicodedata

from PySide6.QtCore import Qt

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


def direction_of_field(name: str) -> Qt.LayoutDirection | None:
    """Return the direction that a field's language fixes: ``name_ar``, ``title_fr``."""
    return _BY_FIELD.get(name[-3:])
