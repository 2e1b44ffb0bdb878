"""Reads dates as people write them in three languages, and says when it had to choose.

The day comes before the month, as all four offices write it. A date that could be meant
the American way is read so and doubted, unless the column proves its order elsewhere.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from sscdesk.interop.columns import folded
from sscdesk.interop.reading import Doubt, Reading, Unreadable, western
from sscdesk.interop.sheet import Cell
from sscdesk.model.text import N_

_MONTHS = (
    ("janvier", "january", "يناير", "جانفي", "كانون الثاني"),
    ("fevrier", "february", "فبراير", "فيفري", "شباط"),
    ("mars", "march", "مارس", "آذار"),
    ("avril", "april", "ابريل", "أبريل", "نيسان"),
    ("mai", "may", "ماي", "مايو", "أيار"),
    ("juin", "june", "يونيو", "جوان", "حزيران"),
    ("juillet", "july", "يوليوز", "يوليو", "جويلية", "تموز"),
    ("aout", "august", "غشت", "اغسطس", "أغسطس", "أوت", "آب"),
    ("septembre", "september", "شتنبر", "سبتمبر", "أيلول"),
    ("octobre", "october", "اكتوبر", "أكتوبر", "تشرين الأول"),
    ("novembre", "november", "نونبر", "نوفمبر", "تشرين الثاني"),
    ("decembre", "december", "دجنبر", "ديسمبر", "كانون الأول"),
)
_MONTH_NUMBER = {folded(name): number for number, names in enumerate(_MONTHS, 1) for name in names}
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d\d:\d\d.*)?")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_WORDS = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?:(\d{1,2})\s*(?:er|st|nd|rd|th)?\s*[-/. ]?\s*(?:de\s+|of\s+)?)?"
    r"([^\W\d]{3,}(?:\s[^\W\d]+)?)\.?\s*[-/., ]?\s*(\d{4}|\d{2})?"
)
_MONTH_DAY_YEAR = re.compile(r"([^\W\d]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_CENTURY_TURNS_AT = 70
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 80_000
"""Days since 1900 as spreadsheets count them: 1927 to 2119."""


def read_date(cell: Cell, *, day_first: bool = False, year: int | None = None) -> Reading:
    """Read a date, partial ones too, as ISO text.

    ``day_first`` says that the column proves its order; ``year`` completes a date that
    has none. Raises Unreadable: ``no-date``, ``no-such-day``, ``year-missing``.
    """
    if isinstance(cell, datetime):
        return Reading(cell.date().isoformat())
    if isinstance(cell, date):
        return Reading(cell.isoformat())
    if not isinstance(cell, str):
        return _serial(cell)
    return _read_text(cell, day_first, year)


@lru_cache(maxsize=10_000)
def _read_text(cell: str, day_first: bool, year: int | None) -> Reading:
    text = western(cell).strip().strip(" .;,")
    if found := _ISO.fullmatch(text):
        return Reading(_iso(cell, *(int(part) if part else None for part in found.groups())))
    if found := _DAY_MONTH_YEAR.fullmatch(text):
        return _day_month_year(cell, [int(part) for part in found.groups()], day_first)
    if found := _MONTH_YEAR.fullmatch(text):
        return Reading(_iso(cell, int(found[2]), int(found[1]), None))
    if found := _DAY_MONTH.fullmatch(text):
        return Reading(_iso(cell, _completed(cell, year), int(found[2]), int(found[1])))
    return Reading(_in_words(cell, text, year))


def proves_day_first(cells: Iterable[Cell]) -> bool:
    """Say whether a column holds a date whose first number can only be a day."""
    for cell in cells:
        found = _DAY_MONTH_YEAR.fullmatch(western(cell).strip()) if type(cell) is str else None
        if found and int(found[1]) > 12 >= int(found[2]):
            return True
    return False


def _serial(cell: object) -> Reading:
    number = int(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else 0
    if 1900 <= number <= 2100:
        return Reading(str(number))
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return Reading((date(1899, 12, 30) + timedelta(days=number)).isoformat())
    raise _no_date(str(cell))


def _day_month_year(cell: str, parts: list[int], day_first: bool) -> Reading:
    day, month, year = parts
    year = _full_year(year)
    if month > 12 >= day:
        iso = _iso(cell, year, day, month)
        return Reading(iso, _month_first(iso))
    iso = _iso(cell, year, month, day)
    if day <= 12 and day != month and not day_first:
        return Reading(iso, _ambiguous(iso, _iso(cell, year, day, month)))
    return Reading(iso)


def _month_first(iso: str) -> Doubt:
    return Doubt("month-first", N_("written with the month first, read as {date}"), {"date": iso})


def _ambiguous(iso: str, other: str) -> Doubt:
    return Doubt(
        "ambiguous-date",
        N_("read as {date}; it could also mean {other}"),
        {"date": iso, "other": other},
    )


def _in_words(cell: str, text: str, year: int | None) -> str:
    if american := _MONTH_DAY_YEAR.fullmatch(text):
        text = f"{american[2]} {american[1]} {american[3]}"
    found = _WORDS.fullmatch(text)
    month = _month(found[2]) if found else None
    if found is None or month is None:
        raise _no_date(cell)
    written = _full_year(int(found[3])) if found[3] else _completed(cell, year)
    return _iso(cell, written, month, int(found[1]) if found[1] else None)


def _month(word: str) -> int | None:
    name = folded(word)
    if name in _MONTH_NUMBER:
        return _MONTH_NUMBER[name]
    numbers = {number for full, number in _MONTH_NUMBER.items() if full.startswith(name)}
    return numbers.pop() if len(numbers) == 1 and len(name) >= 3 else None


def _full_year(year: int) -> int:
    if year >= 100:
        return year
    return year + (1900 if year >= _CENTURY_TURNS_AT else 2000)


def _completed(cell: str, year: int | None) -> int:
    if year is None:
        raise Unreadable(
            "year-missing", N_("“{text}” has no year; choose the year for this file"), text=cell
        )
    return year


def _iso(cell: str, year: int | None, month: int | None, day: int | None) -> str:
    try:
        checked = date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise Unreadable(
            "no-such-day", N_("“{text}” is no day of the calendar"), text=cell
        ) from None
    if not 1900 <= checked.year <= 2100:
        raise _no_date(cell)
    return checked.isoformat()[: 4 if month is None else 7 if day is None else 10]


def _no_date(cell: str) -> Unreadable:
    return Unreadable(
        "no-date", N_("“{text}” is not a date; write it like 24/04/2019 or 2019-04"), text=cell
    )
