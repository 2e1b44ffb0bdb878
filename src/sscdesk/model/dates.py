"""Reads dates as officers type them: ISO, 12/3, "+3", "demain", in three languages.

The day comes before the month. What is typed may be partial: a year, a month.
"""

import re
from datetime import date, timedelta

from sscdesk.model.cleaning import western_digits
from sscdesk.model.folding import folded
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_

EARLIEST, LATEST = 1800, 2200
"""Years that a date of the desk may have, both included."""

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_DAY_MONTH = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})")
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:er|st|nd|rd|th)? )?([^\W\d]+(?: [^\W\d]+)?)(?: (\d{4}|\d{2}))?"
)
_ENGLISH = re.compile(r"([^\W\d]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_AHEAD = re.compile(r"([+-])\s*(\d{1,4})\s*([^\W\d]*)")
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:h]\s*(\d{2})?)(?::\d{2})?")

_NEAR = {
    0: ("today", "aujourd'hui", "aujourdhui", "auj", "اليوم"),
    1: ("tomorrow", "demain", "غدا", "غد"),
    2: ("après-demain", "apres demain", "the day after tomorrow", "بعد غد"),
    -1: ("yesterday", "hier", "أمس", "امس", "البارحة"),
    -2: ("avant-hier", "avant hier", "the day before yesterday", "أول أمس"),
}
_NEAR_DAYS = {folded(word): days for days, words in _NEAR.items() for word in words}
_UNITS = {
    folded(word): unit
    for unit, words in {
        "days": ("", "d", "day", "days", "j", "jour", "jours", "يوم", "أيام", "ايام"),
        "weeks": ("w", "week", "weeks", "s", "sem", "semaine", "semaines", "أسبوع", "أسابيع"),
        "months": ("m", "month", "months", "mois", "شهر", "أشهر"),
    }.items()
    for word in words
}
_MONTHS = (
    ("janvier", "janv", "january", "jan", "يناير"),
    ("février", "fév", "february", "feb", "فبراير"),
    ("mars", "march", "mar", "مارس"),
    ("avril", "avr", "april", "apr", "أبريل"),
    ("mai", "may", "ماي", "مايو"),
    ("juin", "june", "jun", "يونيو"),
    ("juillet", "juil", "july", "jul", "يوليوز", "يوليو"),
    ("août", "aout", "august", "aug", "غشت", "أغسطس"),
    ("septembre", "sept", "september", "sep", "شتنبر", "سبتمبر"),
    ("octobre", "oct", "october", "أكتوبر"),
    ("novembre", "nov", "november", "نونبر", "نوفمبر"),
    ("décembre", "déc", "december", "dec", "دجنبر", "ديسمبر"),
)
_MONTH_OF = {folded(name): n for n, names in enumerate(_MONTHS, 1) for name in names}


def read_date(text: str, today: date) -> str:
    """Return the ISO date, perhaps partial, that ``text`` means.

    Raises ``Refused``: "no-such-day" (31 June) or "not-a-date".
    """
    plain = " ".join(western_digits(text).split())
    found = _iso(plain) or _near(plain, today) or _digits(plain, today) or _words(plain, today)
    if found is None:
        raise Refused(
            "not-a-date",
            N_("“{text}” is not a date."),
            hint=N_("Write 28/06/2019, 2019-06-28, 2019-06, 2019, +3 or “tomorrow”."),
            params={"text": text[:40]},
        )
    return _existing(found, text)


def is_date(text: str) -> bool:
    """Whether a text is an ISO date, perhaps partial, of a day that exists."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text) or not text.isascii():
        return False
    try:
        return EARLIEST <= date.fromisoformat(first_day(text)).year <= LATEST
    except ValueError:
        return False


def first_day(text: str) -> str:
    """Return the earliest day that a date, perhaps partial, may mean."""
    return {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)


def last_day(text: str) -> date:
    """Return the latest day that a date, perhaps partial, may mean."""
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    following = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    return following - timedelta(days=1)


def read_datetime(text: str, today: date) -> str:
    """Return a moment as ``2026-03-09T07:30``, with ``Z`` where it was given in UTC.

    Raises ``Refused``.
    """
    plain = " ".join(western_digits(text).split())
    zulu = "Z" if re.search(r"\d[zZ]$", plain) else ""
    day, clock = _day_and_clock(plain.rstrip("zZ").strip() if zulu else plain)
    when = read_date(day, today)
    if len(when) != 10 or not clock:
        raise Refused(
            "not-a-moment",
            N_("“{text}” does not name a day and an hour."),
            hint=N_("Write 28/06/2019 14:30 or 2019-06-28T14:30."),
            params={"text": text[:40]},
        )
    return f"{when}T{read_time(clock)}{zulu}"


def _day_and_clock(plain: str) -> tuple[str, str]:
    for pattern in (r"(.+?)[T ](\d{1,2}\s?[:h]\s?\d{0,2}(?::\d{2}(?:\.\d+)?)?)", r"(.+)"):
        found = re.fullmatch(pattern, plain)
        if found:
            day, *clock = found.groups()
            return day, clock[0] if clock else ""
    return plain, ""


def read_time(text: str) -> str:
    """Return hours and minutes as ``07:30``; ``7h30`` and ``7h`` are understood."""
    found = _CLOCK.match(western_digits(text).strip().lower())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise Refused(
            "not-a-time",
            N_("“{text}” is not a time of day."),
            hint=N_("Write hours and minutes: 07:30."),
            params={"text": text[:40]},
        )
    return f"{hour:02d}:{minute:02d}"


def _iso(plain: str) -> tuple[int, ...] | None:
    found = _ISO.fullmatch(plain)
    return tuple(int(part) for part in found.groups() if part) if found else None


def _near(plain: str, today: date) -> tuple[int, ...] | None:
    days = _NEAR_DAYS.get(folded(plain))
    if days is not None:
        return _parts(today + timedelta(days=days))
    found = _AHEAD.fullmatch(plain)
    unit = _UNITS.get(folded(found[3])) if found else None
    if found is None or unit is None:
        return None
    count = int(found[1] + found[2])
    if unit == "months":
        return _months_ahead(today, count)
    return _parts(today + timedelta(days=count * (7 if unit == "weeks" else 1)))


def _months_ahead(today: date, count: int) -> tuple[int, ...]:
    month = today.year * 12 + today.month - 1 + count
    year, month = divmod(month, 12)
    for day in range(today.day, today.day - 4, -1):
        try:
            return _parts(date(year, month + 1, day))
        except ValueError:
            continue
    return (year, month + 1, today.day)


def _digits(plain: str, today: date) -> tuple[int, ...] | None:
    found = _MONTH_YEAR.fullmatch(plain)
    if found:
        return int(found[2]), int(found[1])
    found = _DAY_MONTH.fullmatch(plain)
    if found is None:
        return None
    return _year(found[3], today), int(found[2]), int(found[1])


def _words(plain: str, today: date) -> tuple[int, ...] | None:
    found = _ENGLISH.fullmatch(plain)
    if found and folded(found[1]) in _MONTH_OF:
        return int(found[3]), _MONTH_OF[folded(found[1])], int(found[2])
    found = _WORDS.fullmatch(plain.replace(".", "").replace(",", ""))
    month = _MONTH_OF.get(folded(found[2])) if found else None
    if found is None or month is None:
        return None
    year = _year(found[3], today)
    return (year, month, int(found[1])) if found[1] else (year, month)


def _year(typed: str | None, today: date) -> int:
    if not typed:
        return today.year
    return int(typed) if len(typed) == 4 else 2000 + int(typed)


def _parts(day: date) -> tuple[int, ...]:
    return day.year, day.month, day.day


def _existing(parts: tuple[int, ...], text: str) -> str:
    year, *rest = parts
    month, day = [*rest, 1, 1][:2] if rest else (1, 1)
    try:
        date(year, month, day)
        if not EARLIEST <= year <= LATEST:
            raise ValueError(year)
    except ValueError as error:
        raise Refused(
            "no-such-day",
            N_("“{text}” does not exist in the calendar."),
            hint=N_("Check the day and the month; a year alone or a month is enough."),
            params={"text": text[:40]},
        ) from error
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])
