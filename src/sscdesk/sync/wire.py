"""Strict reading and writing of what travels: MessagePack with typed structures.

A structure is read only when its types, lengths and sizes are as declared; what is
read twice the same way is also written one way only (``canonical``), so that a
signature over the bytes and one over the values cannot differ.
"""

import re
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from sscdesk.sync import limits
from sscdesk.sync.refusing import damaged

Key = Annotated[bytes, Meta(min_length=32, max_length=32)]
Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]
Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]
Identity = Annotated[bytes, Meta(min_length=16, max_length=16)]
Office = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z")]
Audience = Annotated[str, Meta(pattern=r"\A(\*|[A-Z]{2}(\+[A-Z]{2})*)~?\Z", max_length=64)]
_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
Instant = Annotated[str, Meta(pattern=rf"\A{_DAY}T{_TIME}Z\Z", max_length=20)]
Count = Annotated[int, Meta(ge=0, le=(1 << 62))]
Sequence = Annotated[int, Meta(ge=1, le=(1 << 62))]
LaptopNumber = Annotated[int, Meta(ge=1, le=8)]
ShortText = Annotated[str, Meta(max_length=200)]

T = TypeVar("T")
_encode = msgspec.msgpack.Encoder().encode
PERSONAL = "~"
_AUDIENCE = re.compile(r"[A-Z]{2}(\+[A-Z]{2})*")


def pack(value: object) -> bytes:
    """Encode a structure."""
    return _encode(value)


def unpack(data: bytes, kind: type[T]) -> T:
    """Decode a structure, its types and lengths checked. Raises ``FileRefused``."""
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise damaged() from error


def canonical(data: bytes, kind: type[T]) -> T:
    """Decode a structure that must be written in exactly our way. Raises ``FileRefused``."""
    value = unpack(data, kind)
    if _encode(value) != data:
        raise damaged()
    return value


def instant(text: str) -> datetime | None:
    """Return the moment that a checked text names, to be shown; None for a 31 February."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def may_read(audience: str, office: str) -> bool:
    """Say whether ``office`` belongs to an audience."""
    offices = audience.removesuffix(PERSONAL)
    return offices == "*" or office in offices.split("+")


def is_audience(text: str) -> bool:
    """Say whether ``text`` is an audience in its one spelling: ``*`` or sorted codes.

    ``~`` at its end marks the stream with the personal data for that audience.
    """
    text = text.removesuffix(PERSONAL)
    if text == "*":
        return True
    if not _AUDIENCE.fullmatch(text):
        return False
    offices = text.split("+")
    return offices == sorted(set(offices)) and len(offices) <= limits.RECIPIENTS
