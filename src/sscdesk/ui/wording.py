"""Values as the officer reads them: dates, amounts, codes of vocabularies, titles.

Made once per desk from the vocabularies; a screen asks and never looks a code up itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from babel.dates import format_interval

from sscdesk.i18n import (
    _,
    current_language,
    format_money,
    format_number,
    format_partial_date,
    locale,
)
from sscdesk.model.base import EntityKind
from sscdesk.model.field import Field, FieldType
from sscdesk.model.values import Money, Value
from sscdesk.model.vocabulary_seed import Vocabularies

PLAIN_STATES = "record_status"
"""The list of states of records that have no life of their own."""

_CODED = {FieldType.CHOICE, FieldType.CHOICES, FieldType.COUNTRY, FieldType.LANGUAGE}


@dataclass
class Wording:
    """The vocabularies of an open desk, and how values are written with them."""

    vocabularies: Vocabularies = field(default_factory=Vocabularies)

    def code(self, vocabulary: str, code: str) -> str:
        """Return the label of a code in the language of now; the code where none is known."""
        return self.vocabularies.label(vocabulary, code, current_language())

    def codes(self, vocabulary: str) -> tuple[tuple[str, str], ...]:
        """Return the codes of a vocabulary that may be chosen, with their labels, in order."""
        language = current_language()
        return tuple(
            (term.code, term.label(language)) for term in self.vocabularies.terms(vocabulary)
        )

    def state(self, kind: EntityKind, state: str) -> str:
        """Return a state in words; nothing for records that only are or are not."""
        vocabulary = kind.mapped.state_vocabulary
        if vocabulary in (None, PLAIN_STATES):
            return ""
        return self.code(str(vocabulary), state)

    def value(self, of: Field, value: Value, titles: Mapping[str, str]) -> str:
        """Return a value of a field as one line of text."""
        if value is None or value == () or value == "":
            return ""
        if isinstance(value, tuple):
            return joined(self.value(of, member, titles) for member in value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, Money):
            return format_money(value.amount, value.currency)
        if isinstance(value, int):
            return format_number(value)
        return self._text(of, value, titles)

    def _text(self, of: Field, value: str, titles: Mapping[str, str]) -> str:
        if of.vocabulary is not None and of.type in _CODED:
            return self.code(of.vocabulary, value)
        if of.type in (FieldType.REFERENCE, FieldType.REFERENCES):
            return titles.get(value) or _("not here yet")
        if of.type is FieldType.DATE:
            return readable_date(value)
        if of.type is FieldType.DATETIME:
            return readable_moment(value)
        return value


def joined(parts: Iterable[str]) -> str:
    """Return a list in one line, with the comma of the language."""
    separator = "، " if current_language() == "ar" else ", "
    return separator.join(part for part in parts if part)


ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
"""First strong isolate and its end (UAX #9)."""


def isolated(text: str) -> str:
    """Return what somebody typed so that its direction does not disturb the words around.

    A French title keeps its signs in place on an Arabic screen.
    """
    return f"{ISOLATE}{text}{END_OF_ISOLATE}" if text else ""


def without_isolates(text: str) -> str:
    """Return a text without the signs that ``isolated`` put around its parts."""
    return text.replace(ISOLATE, "").replace(END_OF_ISOLATE, "")


def in_pieces(parts: Iterable[str]) -> str:
    """Return short facts in one line, each in its own direction: "MA-MIS-2026-0001 · Mali"."""
    return " · ".join(isolated(part) for part in parts if part)


def readable_date(text: str, style: str = "medium") -> str:
    """Write an ISO date that may be partial; text that is no date stays as it is."""
    try:
        return format_partial_date(text, style)
    except ValueError:
        return text


def readable_moment(text: str) -> str:
    """Write an ISO date with a time, as short as it can be read."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = readable_date(moment.date().isoformat())
    return _("{day}, {time}").format(day=day, time=moment.strftime("%H:%M"))


def readable_period(start: str | None, end: str | None) -> str:
    """Write two dates as one period: "9-13 March 2026"; either may be missing or partial."""
    if not start or not end or start == end:
        return readable_date(start or end or "")
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return _("{start} to {end}").format(start=readable_date(start), end=readable_date(end))
    return str(format_interval(first, last, skeleton="yMMMd", locale=locale()))
