"""Languages: gettext catalogues, and dates, numbers and money as the reader writes them.

A leaf: everything above the model may use it. The language is carried by a context
variable, so that a report in Arabic and a window in French live in one process:
``with language("ar"): ...``.
"""

import gettext as _gettext_module
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sscdesk.model.refusal import Coded, DeskError, Msg
from sscdesk.model.vocabulary_seed import seed_vocabularies

if TYPE_CHECKING:
    from babel import Locale

# Babel is imported where a date or a number is first written: the window that asks for
# the passphrase writes none, and is shown before (docs/architecture.md).

LANGUAGES = ("fr", "en", "ar")
_LOCALES = {"fr": "fr", "en": "en_GB", "ar": "ar_MA"}
_default = "fr"
_current: ContextVar[str | None] = ContextVar("language", default=None)


def set_default_language(code: str) -> None:
    """Set the language of this process, used where no ``language`` block is open."""
    global _default
    if code not in LANGUAGES:
        raise ValueError(code)
    _default = code


def current_language() -> str:
    """Return the code of the language in which texts are made here and now."""
    return _current.get() or _default


@contextmanager
def language(code: str) -> Iterator[None]:
    """Make texts in ``code`` inside the block."""
    if code not in LANGUAGES:
        raise ValueError(code)
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)


@lru_cache(maxsize=8)
def _catalogue(code: str) -> _gettext_module.NullTranslations:
    path = files("sscdesk").joinpath("locale", code, "LC_MESSAGES", "sscdesk.mo")
    if not path.is_file():
        return _gettext_module.NullTranslations()
    with path.open("rb") as stream:
        return _gettext_module.GNUTranslations(stream)


def gettext(message: str) -> str:
    """Translate ``message`` into the current language."""
    return _catalogue(current_language()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a text that depends on a number, with the plural forms of the language."""
    return _catalogue(current_language()).ngettext(singular, plural, number)


_ = gettext


def locale() -> "Locale":
    """Return the Babel locale of the current language."""
    from babel import Locale

    return Locale.parse(_LOCALES[current_language()])


def is_right_to_left() -> bool:
    """Say whether the current language is written from right to left."""
    return current_language() == "ar"


def error_text(error: DeskError) -> str:
    """Return the sentence that tells what happened, in the current language."""
    return filled(error.message, error.params)


def error_hint(error: DeskError) -> str:
    """Return what is safe and what to do next, in the current language."""
    return filled(error.hint, error.params)


def filled(message: str, params: Mapping[str, object]) -> str:
    """Translate a message of the model and fill in its named placeholders."""
    if not message:
        return ""
    return gettext(message).format(**{name: _shown(value) for name, value in params.items()})


def _shown(value: object) -> object:
    """Write a parameter of a message in the current language: texts, lists, moments."""
    if isinstance(value, Msg):
        return gettext(value)
    if isinstance(value, tuple):
        from babel.lists import format_list

        return format_list([str(_shown(one)) for one in value], locale=locale())
    if isinstance(value, datetime):
        return _written_date(value, "long")
    if isinstance(value, Coded):
        return seed_vocabularies().label(value.list_name, value.code, current_language())
    return value


def format_partial_date(text: str, style: str = "long") -> str:
    """Write an ISO date that may be partial (``2019``, ``2019-06``, ``2019-06-28``)."""
    parts = text.split("-")
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        return _written_date(date(int(parts[0]), int(parts[1]), 1), "LLLL y")
    return _written_date(date.fromisoformat(text), style)


def _written_date(value: date, style: str) -> str:
    from babel.dates import format_date

    return format_date(value, style, locale=locale())


def format_instant(instant: datetime, zone: tzinfo | None = None, style: str = "medium") -> str:
    """Write a moment in time, in the zone given."""
    from babel.dates import format_datetime

    return format_datetime(instant, format=style, tzinfo=zone, locale=locale())


def format_number(value: int | float | Decimal) -> str:
    """Write a number with the separators of the language."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=locale())


def format_money(amount: Decimal, currency: str) -> str:
    """Write an amount with its currency's code, decimals as ISO 4217 has them."""
    from babel.numbers import format_currency

    return format_currency(
        amount, currency, format="#,##0.00 ¤¤", locale=locale(), currency_digits=True
    )
