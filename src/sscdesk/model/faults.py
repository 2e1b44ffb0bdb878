"""What is wrong with the value of one field, wherever it comes from."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from sscdesk.model.amounts import LARGEST
from sscdesk.model.cleaning import has_unseen
from sscdesk.model.dates import is_date
from sscdesk.model.field import Field, FieldType
from sscdesk.model.parsing import (
    Habits,
    is_email,
    is_phone,
    is_url,
    parse,
    too_long,
    unknown_code,
    unreadable,
)
from sscdesk.model.refusal import Coded, Msg, Refused
from sscdesk.model.shapes import has_shape
from sscdesk.model.text import N_
from sscdesk.model.values import CURRENCY_DIGITS, Money, Value
from sscdesk.model.vocabulary_seed import Vocabularies, seed_vocabularies

Values = Mapping[str, Value]


def field_faults(
    fields: Mapping[str, Field],
    values: Values,
    vocabularies: Vocabularies | None,
    held: Values | None = None,
    *,
    offered: bool = False,
) -> Iterator[Refused]:
    """Tell for each field the first thing that is wrong with its value.

    A code that the record ``held`` before may stay, whether or not the list knows it;
    ``offered`` refuses one that was retired and is new here.
    """
    lists = vocabularies or seed_vocabularies()
    for name, value in values.items():
        field = fields.get(name)
        if field is None or value is None:
            continue
        kept = _codes(field, (held or {}).get(name))
        for one in value if field.is_set and isinstance(value, tuple) else (value,):
            fault = None if one in kept else _fault(field, one, lists, offered=offered)
            if fault is not None:
                fault.field = name
                fault.params.setdefault("field", Msg(field.label))
                yield fault
                break


def _codes(field: Field, value: Value) -> tuple[Value, ...]:
    if field.vocabulary is None or value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _fault(field: Field, value: Value, lists: Vocabularies, *, offered: bool) -> Refused | None:
    if field.type is FieldType.MONEY:
        return _money_fault(field, value)
    if field.type is FieldType.BOOLEAN:
        return None if isinstance(value, bool) else unreadable(field, str(value))
    if field.type is FieldType.INTEGER:
        return _number_fault(field, value)
    if not isinstance(value, str):
        return unreadable(field, str(value))
    return (
        _text_fault(field, value)
        or _typed_fault(field, value, lists)
        or (_retired_fault(field, value, lists) if offered else None)
    )


def _retired_fault(field: Field, code: str, lists: Vocabularies) -> Refused | None:
    if field.vocabulary is None or lists.offers(field.vocabulary, code):
        return None
    return Refused(
        "code-retired",
        N_("“{term}” is no longer offered."),
        hint=N_("Choose another entry; records that hold this one keep it."),
        params={"term": Coded(field.vocabulary, code)},
    )


def _text_fault(field: Field, text: str) -> Refused | None:
    if len(text) > field.max_length:
        return too_long(field, field.max_length)
    line_break = field.type is not FieldType.LONG_TEXT and "\n" in text
    if has_unseen(text) or line_break:
        return Refused(
            "unseen-characters",
            N_("“{field}” holds characters that nobody can see."),
            hint=N_("Type the text again, or paste it without its formatting."),
        )
    if field.shape and text and not has_shape(field.shape, text):
        return unreadable(field, text)
    return None


def _typed_fault(field: Field, text: str, lists: Vocabularies) -> Refused | None:
    if field.type is FieldType.DATE and not is_date(text):
        return Refused(
            "no-such-day",
            N_("“{text}” does not exist in the calendar."),
            hint=N_("Check the day and the month; a year alone or a month is enough."),
            params={"text": text[:40]},
        )
    if field.vocabulary is not None and not lists.knows(field.vocabulary, text):
        return unknown_code(field.vocabulary, text, lists)
    holds = _HOLDS.get(field.type)
    if holds is not None and holds(text):
        return None
    return _reread(field, text, lists) if field.type in _REREAD else None


_HOLDS: Mapping[FieldType, Callable[[str], bool]] = {
    FieldType.EMAIL: is_email,
    FieldType.PHONE: is_phone,
    FieldType.URL: is_url,
}
_REREAD = frozenset({*_HOLDS, FieldType.DECIMAL, FieldType.DATETIME})


def _reread(field: Field, text: str, lists: Vocabularies) -> Refused | None:
    """A text must be one that ``parse`` understands, written as it would write it."""
    single = Field(field.name, field.label, field.type, vocabulary=field.vocabulary)
    habits = Habits(date(2000, 1, 1), vocabularies=lists)
    try:
        again = parse(single, text, habits)
    except Refused as refused:
        return refused
    canonical = field.type not in (FieldType.DECIMAL, FieldType.DATETIME) or again == text
    seconds = field.type is FieldType.DATETIME and isinstance(again, str)
    if canonical or (seconds and text.startswith(str(again).rstrip("Z"))):
        return None
    return unreadable(field, text)


def _money_fault(field: Field, value: Value) -> Refused | None:
    if not isinstance(value, Money) or value.currency not in CURRENCY_DIGITS:
        return unreadable(field, str(value))
    if not 0 <= value.minor <= LARGEST:
        return _out_of_bounds(0, LARGEST)
    return None


def _number_fault(field: Field, value: Value) -> Refused | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return unreadable(field, str(value))
    low = -LARGEST if field.minimum is None else field.minimum
    high = LARGEST if field.maximum is None else field.maximum
    return None if low <= value <= high else _out_of_bounds(low, high)


def _out_of_bounds(low: int, high: int) -> Refused:
    if high >= LARGEST:
        return Refused(
            "out-of-bounds",
            N_("“{field}” must be at least {low}."),
            hint=N_("Correct the number."),
            params={"low": low},
        )
    return Refused(
        "out-of-bounds",
        N_("“{field}” must lie between {low} and {high}."),
        hint=N_("Correct the number."),
        params={"low": low, "high": high},
    )
