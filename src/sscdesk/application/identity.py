"""Identifiers of rows: unique without asking anybody, in the order of their making."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID


def new_identifier(now: datetime, random: Callable[[int], bytes]) -> str:
    """Return a UUIDv7 (RFC 9562, section 5.7) as 32 hexadecimal digits."""
    millis = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    tail = int.from_bytes(random(10), "big")
    value = millis << 80 | 0x7 << 76 | (tail >> 68) << 64 | 0b10 << 62 | tail & ((1 << 62) - 1)
    return UUID(int=value).hex
