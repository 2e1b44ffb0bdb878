"""The readable first line of every file of the desk: its kind, its format, what reads it.

The only part that says something to a person who opens the file in a text editor, and
the only part that a program of any version understands.
"""

import re
from enum import StrEnum

from sscdesk.sync import limits, refusing

FORMAT = 1
"""Number of the file format; a program refuses any other in words."""

PROGRAM = "0.1"
"""The first version of the desk that reads this format."""


class Kind(StrEnum):
    """Kinds of files."""

    SYNC = "sync"
    PART = "part"
    CARD = "card"
    RECEIPT = "receipt"


def first_line(kind: Kind) -> bytes:
    """Return the first line of a file of ``kind``, with its line feed."""
    return f"sscdesk-{kind} {FORMAT} (open in sscdesk {PROGRAM} or later)\n".encode("ascii")


SYNC_LINE = first_line(Kind.SYNC)
PART_LINE = first_line(Kind.PART)
CARD_LINE = first_line(Kind.CARD)
RECEIPT_LINE = first_line(Kind.RECEIPT)

_LINES = {first_line(kind): kind for kind in Kind}
_SHAPE = re.compile(
    rb"sscdesk-(sync|part|card|receipt) ([1-9][0-9]{0,3}) "
    rb"\(open in sscdesk ([0-9]{1,4}(?:\.[0-9]{1,4}){0,2}) or later\)\n"
)
_BEGINNING = b"sscdesk-"


def kind_of(data: bytes, name: str) -> Kind:
    """Return the kind of the file that begins with ``data`` (``limits.LINE`` bytes at least).

    Raises ``FileRefused`` ("newer-format", "file-cut", "file-damaged", "not-a-desk-file").
    """
    line, feed, _ = data[: limits.LINE].partition(b"\n")
    known = _LINES.get(line + feed)
    if known is not None:
        return known
    shaped = _SHAPE.fullmatch(line + feed)
    if shaped and int(shaped[2]) > FORMAT:
        raise refusing.newer(shaped[3].decode("ascii"))
    if not feed and any(known_line.startswith(line) for known_line in _LINES):
        raise refusing.cut()
    if line.startswith(_BEGINNING):
        raise refusing.damaged()
    raise refusing.not_ours(name)


def expect(data: bytes, kind: Kind, name: str) -> bytes:
    """Return what follows the first line of a file of ``kind``. Raises ``FileRefused``."""
    found = kind_of(data, name)
    if found is not kind:
        raise refusing.other_kind(kind, found)
    return data[len(first_line(kind)) :]
