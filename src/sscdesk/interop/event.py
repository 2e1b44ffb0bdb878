"""What a calendar holds, whatever writes it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Standing(StrEnum):
    """How certain an event is (RFC 5545, 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: ``starts`` and ``ends`` are both dates (``ends`` included) or both moments.

    Moments without a zone are local to ``zone``, a name of the IANA database.
    """

    identifier: str
    title: str
    starts: date
    ends: date
    updated: datetime
    place: str = ""
    description: str = ""
    category: str = ""
    standing: Standing = Standing.CONFIRMED
    zone: str = ""
    busy: bool = True
    """Whether it fills the day in a calendar: a mission does, a due date does not."""
