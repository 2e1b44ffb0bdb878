"""Reads numbers and amounts as officers type them, in three languages."""

import re
from decimal import Decimal, InvalidOperation

from sscdesk.model.cleaning import western_digits
from sscdesk.model.codec import money_of
from sscdesk.model.folding import folded
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.model.values import CURRENCY_DIGITS, Money

LARGEST = 10**15
"""No amount in minor units and no whole number of the desk is larger."""

_SPACES = re.compile(r"[\s\u00a0\u202f'’٬]+")
_GROUPED = re.compile(r"[+-]?(?:\d{1,3}(?:[\s\u00a0\u202f'’٬]\d{3})+|\d+)", re.ASCII)
_CURRENCY_WORDS = {
    "mad": "MAD",
    "dh": "MAD",
    "dhs": "MAD",
    "dirham": "MAD",
    "dirhams": "MAD",
    "درهم": "MAD",
    "xof": "XOF",
    "fcfa": "XOF",
    "f cfa": "XOF",
    "cfa": "XOF",
    "فرنك": "XOF",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "€": "EUR",
    "يورو": "EUR",
}


def read_integer(text: str) -> int:
    """Read a whole number; spaces group thousands. Raises ``Refused``."""
    typed = western_digits(text).strip()
    if not _GROUPED.fullmatch(typed) or len(typed) > 30:
        raise _not_a_number(text)
    number = int(_SPACES.sub("", typed))
    if abs(number) > LARGEST:
        raise _too_large(text)
    return number


def read_decimal(text: str) -> str:
    """Read a number with decimals as canonical text; a comma or a point sets them off.

    The decimals typed are kept: ``4500.00`` stays so. Raises ``Refused``.
    """
    number = _decimal(text, grouping=False)
    if abs(number) > LARGEST:
        raise _too_large(text)
    return format(number, "f")


def read_money(text: str, default: str | None = None) -> Money:
    """Read an amount with its currency, written before or after, or ``default``.

    Raises ``Refused``: no currency, more decimals than the currency has, or a text that
    two people would read differently (``1,250``).
    """
    number, currency = _split(western_digits(text))
    code = _currency(currency, text) if currency else default
    if code is None:
        raise Refused(
            "currency-missing",
            N_("“{text}” has no currency."),
            hint=N_("Write it with its currency: 1250.00 MAD."),
            params={"text": text[:40]},
        )
    amount = _decimal(number, grouping=True)
    if amount < 0:
        raise Refused(
            "negative-amount",
            N_("An amount cannot be negative: “{text}”."),
            hint=N_("Write what was spent or planned, without a sign."),
            params={"text": text[:40]},
        )
    return _in_minor_units(amount, code, text)


def _in_minor_units(amount: Decimal, code: str, text: str) -> Money:
    if amount.adjusted() > 15:
        raise _too_large(text)
    try:
        return money_of(amount, code)
    except ValueError as error:
        raise Refused(
            "wrong-decimals",
            N_("“{text}” has more decimals than {currency} has: {digits}."),
            hint=N_("Round the amount as the receipt has it."),
            params={"text": text[:40], "currency": code, "digits": CURRENCY_DIGITS.get(code, 2)},
        ) from error


def _split(text: str) -> tuple[str, str]:
    """Part the number from the currency, which stands before or after it."""
    found = re.fullmatch(r"([^\d+\-.,]*)([+\-]?[\d.,٫٬'’\s\u00a0\u202f]*\d)([^\d]*)", text.strip())
    if found is None:
        raise _not_a_number(text)
    before, number, after = (part.strip() for part in found.groups())
    if before and after:
        raise _not_a_number(text)
    return number, before or after


def _currency(word: str, text: str) -> str:
    code = "EUR" if word == "€" else _CURRENCY_WORDS.get(folded(word).replace(".", ""))
    if code is None:
        raise Refused(
            "unknown-currency",
            N_("“{text}” names a currency that the desk does not keep."),
            hint=N_("Use MAD, XOF or EUR."),
            params={"text": text[:40]},
        )
    return code


def _decimal(text: str, *, grouping: bool) -> Decimal:
    plain = western_digits(text).strip().replace("٫", ",")
    if re.search(r"\d[\s\u00a0\u202f'’٬]", plain) and not re.match(
        r"[+-]?\d{1,3}(?:[\s\u00a0\u202f'’٬]+\d{3})+(?:[.,]\d+)?$", plain
    ):
        raise _not_a_number(text)
    plain = _SPACES.sub("", plain)
    plain = _point(plain, text, grouping=grouping)
    if not re.fullmatch(r"[+-]?\d{1,18}(?:\.\d{1,12})?", plain):
        raise _not_a_number(text)
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise _not_a_number(text) from error


def _point(plain: str, text: str, *, grouping: bool) -> str:
    """Write the decimals after a point and leave the thousands ungrouped."""
    marks = [mark for mark in plain if mark in ".,"]
    if len(set(marks)) == 2:
        last = marks[-1]
        other = "." if last == "," else ","
        whole, _, decimals = plain.rpartition(last)
        if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(other)}\d{{3}})+", whole):
            raise _not_a_number(text)
        return f"{whole.replace(other, '')}.{decimals}"
    if len(marks) > 1:
        if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(marks[0])}\d{{3}})+", plain):
            raise _not_a_number(text)
        return plain.replace(marks[0], "")
    if grouping and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", plain):
        raise _unclear(text)
    return plain.replace(",", ".")


def _unclear(text: str) -> Refused:
    return Refused(
        "amount-unclear",
        N_("“{text}” can be read in two ways: are the last three digits thousands or decimals?"),
        hint=N_("Write 1250 or 1250.00, thousands with a space if you like: 1 250."),
        params={"text": text[:40]},
    )


def _not_a_number(text: str) -> Refused:
    return Refused(
        "not-a-number",
        N_("“{text}” is not a number."),
        hint=N_("Write digits: 1250.00 or 1 250,00."),
        params={"text": text[:40]},
    )


def _too_large(text: str) -> Refused:
    return Refused(
        "too-large",
        N_("“{text}” is too large."),
        hint=N_("Check the number of zeros."),
        params={"text": text[:40]},
    )
