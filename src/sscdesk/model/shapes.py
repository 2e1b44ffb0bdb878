"""Lines of text that must look like something: a time, a period, a day, a hash."""

import re
from datetime import date

from sscdesk.model.cleaning import western_digits
from sscdesk.model.dates import is_date, read_date, read_time
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_

_QUARTER = re.compile(r"(\d{4})\s*[-/ ]?\s*[QqTt]\s*([1-4])")
_QUARTER_FIRST = re.compile(r"[QqTt]\s*([1-4])\s*[-/ ]?\s*(\d{4})")
_HALF = re.compile(r"(\d{4})\s*[-/ ]?\s*[SsHh]\s*([12])")
_PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?")
_ZONE = re.compile(r"[A-Za-z_]+(?:/[A-Za-z_+\-0-9]+){0,2}")


def in_shape(shape: str, text: str, today: date) -> str:
    """Return ``text`` in the canonical form of ``shape``. Raises ``Refused``."""
    if shape == "time":
        return read_time(text)
    if shape == "days":
        return _day(text, today)
    if shape == "period":
        return _period(text)
    if not has_shape(shape, text):
        raise Refused(
            "wrong-shape",
            N_("“{text}” does not have the form wanted here."),
            hint=N_("See the help of the field for an example."),
            params={"text": text[:40]},
        )
    return text


def has_shape(shape: str, text: str) -> bool:
    """Whether ``text`` is canonical for ``shape``."""
    if shape == "time":
        return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII) is not None
    if shape == "days":
        return len(text) == 10 and is_date(text)
    if shape == "period":
        return _PERIOD.fullmatch(text) is not None and text.isascii()
    if shape == "sha256":
        return re.fullmatch(r"[0-9a-f]{64}", text) is not None
    return _ZONE.fullmatch(text) is not None


def _day(text: str, today: date) -> str:
    day = read_date(text, today)
    if len(day) != 10:
        raise Refused(
            "date-not-full",
            N_("The date must name the day, not only “{date}”."),
            hint=N_("Write 28/06/2019."),
            params={"date": text[:40]},
        )
    return day


def _period(text: str) -> str:
    plain = western_digits(text).strip()
    if found := _QUARTER.fullmatch(plain):
        return f"{found[1]}-Q{found[2]}"
    if found := _QUARTER_FIRST.fullmatch(plain):
        return f"{found[2]}-Q{found[1]}"
    if found := _HALF.fullmatch(plain):
        return f"{found[1]}-H{found[2]}"
    if _PERIOD.fullmatch(plain):
        return plain
    raise Refused(
        "not-a-period",
        N_("“{text}” is not a period."),
        hint=N_("Write a year, a month or a quarter: 2020, 2020-09, 2020-Q3."),
        params={"text": text[:40]},
    )
