"""Dates, spans, amounts and people as a paper writes them, in the current language."""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent

from sscdesk.i18n import current_language, format_partial_date, is_right_to_left, locale
from sscdesk.model.values import CURRENCY_DIGITS, Money
from sscdesk.reports.snapshot import Wording


def day(text: str, style: str = "long") -> str:
    """Write an ISO date that may be partial, nothing for nothing."""
    return _first(format_partial_date(text, style), text) if text else ""


def short_day(text: str) -> str:
    """Write the day and the month: "10 March"."""
    if len(text) < 10:
        return day(text)
    return _first(format_date(date.fromisoformat(text[:10]), "d MMMM", locale=locale()), text)


def _first(written: str, text: str) -> str:
    """The first of a month is "1er" in French."""
    if current_language() == "fr" and text[8:10] == "01" and written.startswith("1 "):
        return f"1er{written[1:]}"
    return written


def moment(text: str) -> str:
    """Write a local moment: "9 March 07:30", or the day alone where no time is recorded."""
    if len(text) <= 10:
        return short_day(text)
    at = datetime.fromisoformat(text)
    return f"{short_day(text)} {format_time(at, 'HH:mm', locale=locale())}"


def period(start: str, end: str) -> str:
    """Write a span of days as short as it can be: "9–13 March 2026"."""
    if not end or start == end:
        return day(start)
    if len(start) < 10 or len(end) < 10 or start[:4] != end[:4]:
        return f"{day(start)} – {day(end)}"
    if start[:7] == end[:7]:
        return f"{int(start[8:10])}–{day(end)}"
    return f"{short_day(start)} – {day(end)}"


def amount(money: Money | None) -> str:
    """Write an amount without its currency, with the decimals of its currency."""
    if money is None:
        return ""
    digits = CURRENCY_DIGITS.get(money.currency, 2)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(money.amount, format=pattern, locale=locale()))


def signed_amount(money: Money) -> str:
    """Write a difference with its sign."""
    sign = "+" if money.minor > 0 else "−" if money.minor < 0 else ""
    return sign + amount(Money(abs(money.minor), money.currency))


def with_currency(money: Money) -> str:
    """Write an amount followed by the code of its currency."""
    return f"{amount(money)}\u00a0{money.currency}"


def number(value: Decimal) -> str:
    """Write a number with all its decimals, up to eight."""
    return str(format_decimal(value, format="#,##0.########", locale=locale()))


def percent(value: int) -> str:
    """Write a share of a hundred."""
    return str(format_percent(Decimal(value) / 100, locale=locale()))


def comma() -> str:
    """Return the comma of the language and a space."""
    return "، " if is_right_to_left() else ", "


def semicolon() -> str:
    """Return the semicolon of the language and a space; French puts one before it too."""
    return {"ar": "؛ ", "fr": " ; "}.get(current_language(), "; ")


def listed(texts: tuple[str, ...]) -> str:
    """Put texts one after the other, with commas."""
    return comma().join(text for text in texts if text)


def said(wordings: tuple[Wording, ...]) -> str:
    """Put wordings one after the other, with commas."""
    return listed(tuple(wording.say() for wording in wordings))


def joined(*texts: str, mark: str = " · ") -> str:
    """Put what is not empty side by side."""
    return mark.join(text for text in texts if text)


def named(name: str, name_ar: str = "") -> str:
    """Write a person's name, with the Arabic writing after it where it is known."""
    return f"{name} ({name_ar})" if name_ar and name_ar != name else name
