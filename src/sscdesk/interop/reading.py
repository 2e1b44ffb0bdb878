"""What reading a cell gives: a value, perhaps with a doubt; or the reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sscdesk.model.cleaning import western_digits
from sscdesk.model.values import Value

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007", " "))


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the officer should know of a value that was read; ``message`` is a msgid."""

    code: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a cell and, where it was not plain, the doubt."""

    value: Value
    doubt: Doubt | None = None


class Unreadable(Exception):
    """A cell says something that the field cannot hold; never leaves the import."""

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(code)
        self.doubt = Doubt(code, message, params)


def western(text: str) -> str:
    """Return ``text`` with Western digits and plain spaces."""
    return text if text.isascii() else western_digits(text).translate(_SPACES)
