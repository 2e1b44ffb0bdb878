"""What the reader and the writer of sync files share: the seal and the front it covers."""

import hashlib
from collections.abc import Callable

from sscdesk.sync import wire
from sscdesk.sync.firstline import SYNC_LINE
from sscdesk.sync.header import Header

SEAL_CONTEXT = b"sscdesk sync file 1"
"""Before the digest, in what the laptop signs."""

END_OF_BODY = bytes(4)
"""A piece of no length: the body ends."""

Progress = Callable[[int, int], None]
"""Told of (bytes done, bytes in all)."""


def front_digest(header: Header) -> bytes:
    """Return the SHA-256 of the first line and the header, which the body repeats.

    So the body cannot be put behind another header, nor by another sender.
    """
    return hashlib.sha256(SYNC_LINE + wire.pack(header)).digest()
