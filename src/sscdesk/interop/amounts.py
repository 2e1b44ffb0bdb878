"""Reads amounts and whole numbers with whatever separators and currency words they have."""

import re
from decimal import Decimal
from functools import lru_cache

from sscdesk.interop.columns import folded
from sscdesk.interop.reading import Doubt, Reading, Unreadable, western
from sscdesk.interop.sheet import Cell
from sscdesk.model.text import N_
from sscdesk.model.values import CURRENCY_DIGITS, Money

_CURRENCIES = {
    "mad": "MAD",
    "dh": "MAD",
    "dhs": "MAD",
    "dirham": "MAD",
    "dirhams": "MAD",
    "درهم": "MAD",
    "دراهم": "MAD",
    "xof": "XOF",
    "fcfa": "XOF",
    "f cfa": "XOF",
    "cfa": "XOF",
    "f": "XOF",
    "franc": "XOF",
    "francs": "XOF",
    "francs cfa": "XOF",
    "franc cfa": "XOF",
    "فرنك": "XOF",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "€": "EUR",
    "يورو": "EUR",
}
_NUMBER = re.compile(r"[-+(]?\d[\d\s.,'’]*\)?")


def read_currency(cell: Cell) -> str | None:
    """Return the ISO 4217 code that a word stands for, None when it is no currency."""
    text = str(cell).strip()
    return "EUR" if text == "€" else _CURRENCIES.get(folded(text))


def read_money(cell: Cell, currency: str | None = None, default: str | None = None) -> Reading:
    """Read an amount; the currency written in the cell wins over the column's and the default.

    Raises Unreadable: ``no-amount``, ``currency-missing``, ``currency-mixed``,
    ``wrong-decimals``, ``negative-amount``.
    """
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        code, doubt = _currency(str(cell), None, currency, default)
        return Reading(_money(str(cell), Decimal(cell), code), doubt)
    return _read_text(str(cell), currency, default)


@lru_cache(maxsize=10_000)
def _read_text(cell: str, currency: str | None, default: str | None) -> Reading:
    text = western(cell).replace("٬", "").replace("٫", ",").strip()
    found = _NUMBER.search(text)
    if found is None:
        raise _no_amount(cell)
    around = (text[: found.start()] + " " + text[found.end() :]).strip(" .;:=")
    written = read_currency(around) if around else None
    if around and written is None:
        raise _no_amount(cell)
    number, doubt = read_decimal(cell, found[0])
    code, other = _currency(cell, written, currency, default)
    return Reading(_money(cell, number, code), doubt or other)


def _currency(
    cell: str, written: str | None, column: str | None, default: str | None
) -> tuple[str, Doubt | None]:
    if written and column and written != column:
        raise Unreadable(
            "currency-mixed",
            N_("“{text}” and the currency {currency} beside it contradict each other"),
            text=cell,
            currency=column,
        )
    code = written or column or default
    if code is None:
        raise Unreadable("currency-missing", N_("“{text}” has no currency"), text=cell)
    if written or column:
        return code, None
    return code, Doubt(
        "currency-assumed", N_("no currency written, read as {currency}"), {"currency": code}
    )


def _money(cell: str, number: Decimal, code: str) -> Money:
    minor = number.scaleb(CURRENCY_DIGITS.get(code, 2))
    if minor != minor.to_integral_value():
        raise Unreadable(
            "wrong-decimals",
            N_("“{text}” has more decimals than {currency} has"),
            text=cell,
            currency=code,
        )
    if minor < 0:
        raise Unreadable("negative-amount", N_("“{text}” is below zero"), text=cell)
    return Money(int(minor), code)


def read_decimal(cell: str, number: str) -> tuple[Decimal, Doubt | None]:
    """Read a number with any separators, with the doubt when they could mean two things."""
    negative = number.startswith(("-", "("))
    digits = number.strip("+-() ").replace("’", "'").strip(" .,'")
    plain, doubt = _plain(cell, digits)
    return (-plain if negative else plain), doubt


def _plain(cell: str, digits: str) -> tuple[Decimal, Doubt | None]:
    marks = [letter for letter in digits if letter in ".,"]
    groups = re.split(r"[\s']", digits)
    oddly = any(len(re.split("[.,]", group)[0]) != 3 for group in groups[1:])
    doubt = _odd_groups(cell) if oddly else None
    joined = "".join(groups)
    if not marks:
        return Decimal(joined), doubt
    if len(set(marks)) == 2:
        decimal_mark = marks[-1]
        thousands = "," if decimal_mark == "." else "."
        return _decimal(cell, joined.replace(thousands, "").replace(decimal_mark, ".")), doubt
    if len(marks) > 1:
        return _decimal(cell, joined.replace(marks[0], "")), doubt
    whole, _, fraction = joined.partition(marks[0])
    if len(fraction) == 3 and whole not in ("", "0") and len(whole) <= 3 and len(groups) == 1:
        return Decimal(whole + fraction), _thousands(cell, whole + fraction)
    return _decimal(cell, f"{whole or 0}.{fraction or 0}"), doubt


def _decimal(cell: str, text: str) -> Decimal:
    if text.count(".") > 1:
        raise _no_amount(cell)
    return Decimal(text)


def _odd_groups(cell: str) -> Doubt:
    return Doubt("odd-grouping", N_("“{text}” is grouped oddly; check the amount"), {"text": cell})


def _thousands(cell: str, number: str) -> Doubt:
    return Doubt(
        "thousands-assumed",
        N_("“{text}” was read as {number}, the mark taken for thousands"),
        {"text": cell, "number": number},
    )


def _no_amount(cell: str) -> Unreadable:
    return Unreadable(
        "no-amount", N_("“{text}” is not an amount; write it like 12500.00 MAD"), text=cell
    )


_TWO_COUNTS = re.compile(r"(\d+)\s*[FfHhMm]?\s*[+/]\s*(\d+)\s*[FfHhMm]?")


def read_integer(cell: Cell) -> Reading:
    """Read a whole number; ``12 F + 18 H`` is read as its sum and doubted.

    Raises Unreadable ``no-number``.
    """
    if isinstance(cell, int):
        return Reading(int(cell))
    text = western(str(cell)).strip()
    if re.fullmatch(r"[-+]?\d{1,3}(?:[\s ]\d{3})+|[-+]?\d{1,15}", text):
        return Reading(int(re.sub(r"\s", "", text)))
    if found := _TWO_COUNTS.fullmatch(text):
        total = int(found[1]) + int(found[2])
        return Reading(
            total,
            Doubt("summed", N_("“{text}” was read as {number}"), {"text": text, "number": total}),
        )
    raise Unreadable("no-number", N_("“{text}” is not a whole number"), text=str(cell))
