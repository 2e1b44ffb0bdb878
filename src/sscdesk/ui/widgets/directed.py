"""Sentences that keep the direction of the language, whatever script they begin with.

Qt takes the direction of a label from its first letter: on an Arabic screen a sentence that
begins with a French name would be laid out, and its dates torn, from left to right. U+200F
(UAX #9) says first that it is read from right to left.
"""

from sscdesk.i18n import is_right_to_left
from sscdesk.ui.wording import isolated

_FROM_RIGHT = "\u200f"


def directed(sentence: str) -> str:
    """Return a sentence of the desk in the direction of the language."""
    return f"{_FROM_RIGHT}{sentence}" if sentence and is_right_to_left() else sentence


def directed_title(typed: str) -> str:
    """Return what somebody typed, in its own direction, on the side where the language begins."""
    return f"{_FROM_RIGHT}{isolated(typed)}" if typed and is_right_to_left() else typed
