"""Reference numbers that people quote: ``MA-MIS-2026-0007``.

Office, kind, year and a running number. Each of the at most eight laptops of an office
takes its numbers from blocks of a hundred of its own, so that two laptops without a
connection never give the same number. A number once given is never given again.
"""

import re
from dataclasses import dataclass

from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_

BLOCK = 100
"""Numbers in a block; block 0 holds 1 to 99, block b holds 100b to 100b + 99."""
LAPTOPS = 8
"""Laptops of one office that share the numbers of a year."""

_SHAPE = re.compile(r"([A-Z]{2})-([A-Z]{3})-(\d{4})-(\d{4,9})")


@dataclass(frozen=True, slots=True)
class ReferenceNumber:
    """The parts of a reference number."""

    office: str
    code: str
    """The kind: ``MIS``, ``ORG``…"""
    year: int
    number: int

    def __str__(self) -> str:
        return format_reference(self.office, self.code, self.year, self.number)


def format_reference(office: str, code: str, year: int, number: int) -> str:
    """Write a reference number; beyond 9999 it grows longer."""
    return f"{office}-{code}-{year:04d}-{number:04d}"


def parse_reference(text: str) -> ReferenceNumber:
    """Read a reference number as typed, in either case. Raises ``NotFound``."""
    found = _SHAPE.fullmatch(text.strip().upper())
    if found is None:
        raise NotFound(
            "not-a-reference",
            N_("“{text}” is not a reference number."),
            hint=N_("A reference number looks like MA-MIS-2026-0007."),
            params={"text": text[:40]},
        )
    office, code, year, number = found.groups()
    return ReferenceNumber(office, code, int(year), int(number))


def is_reference(text: str) -> bool:
    """Whether a text has the shape of a reference number."""
    return _SHAPE.fullmatch(text.strip().upper()) is not None


def next_number(last: int | None, laptop: int, *, skip_block: bool = False) -> int:
    """Return the number after ``last`` that laptop 1 to 8 may give; None before the first.

    ``skip_block`` leaves the block begun for good: after a restored backup nobody knows
    which of its numbers were given.
    """
    if not 1 <= laptop <= LAPTOPS:
        raise ValueError(laptop)
    if last is None:
        return _first(laptop - 1)
    after = last + 1
    if not skip_block and after // BLOCK == last // BLOCK and _owned(after, laptop):
        return after
    return _first(_next_block(last // BLOCK, laptop))


def _owned(number: int, laptop: int) -> bool:
    return number // BLOCK % LAPTOPS == laptop - 1


def _next_block(block: int, laptop: int) -> int:
    """The laptop's first block after ``block``."""
    return block + 1 + (laptop - 1 - (block + 1)) % LAPTOPS


def _first(block: int) -> int:
    return max(1, block * BLOCK)
