"""Filters of a list: what can be asked of a field, and the sentence that each one makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sscdesk.i18n import _
from sscdesk.model.base import EntityKind
from sscdesk.model.field import Field, FieldType
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.ui.wording import PLAIN_STATES, Wording, joined, readable_date


class Condition(NamedTuple):
    """One filter, as ``ListQuery.where`` takes it."""

    field: str
    operator: str
    value: Value


CODES = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.COUNTRY, FieldType.LANGUAGE})
DATES = frozenset({FieldType.DATE, FieldType.DATETIME})
TEXTS = frozenset(
    {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL}
)
LINKS = frozenset({FieldType.REFERENCE, FieldType.REFERENCES})

OPERATORS = {
    "codes": ("any_of", "empty", "not_empty"),
    "dates": ("before", "after", "empty", "not_empty"),
    "texts": ("contains", "empty", "not_empty"),
    "flags": ("is",),
    "links": ("is", "empty", "not_empty"),
}

OPERATOR_WORDS = {
    "any_of": N_("is"),
    "is": N_("is"),
    "is_not": N_("is not"),
    "before": N_("before"),
    "after": N_("after"),
    "contains": N_("contains"),
    "empty": N_("is empty"),
    "not_empty": N_("is filled"),
}

_SENTENCES = {
    "any_of": N_("{field}: {value}"),
    "is": N_("{field}: {value}"),
    "is_not": N_("{field}: not {value}"),
    "before": N_("{field} before {value}"),
    "after": N_("{field} after {value}"),
    "contains": N_("{field} contains “{value}”"),
    "empty": N_("{field} is empty"),
    "not_empty": N_("{field} is filled"),
}


@dataclass(frozen=True, slots=True)
class Filterable:
    """A field that can be filtered by; ``label`` is in the language of now."""

    name: str
    label: str
    family: str
    """A key of ``OPERATORS``."""
    field: Field


def filterable_fields(kind: EntityKind) -> list[Filterable]:
    """Return what the list of an entity can be filtered by, the state first."""
    return list(_filterable(kind))


def _filterable(kind: EntityKind) -> Iterator[Filterable]:
    states = kind.mapped.state_vocabulary
    if states and states != PLAIN_STATES:
        yield _of(Field("state", N_("State"), FieldType.CHOICE, vocabulary=states))
    yield _of(Field("owner", N_("Office"), FieldType.CHOICE, vocabulary="office"))
    for field in kind.fields.values():
        if not field.masked and _family(field):
            yield _of(field)
    yield _of(Field("updated_at", N_("Changed on"), FieldType.DATE))


def _of(field: Field) -> Filterable:
    return Filterable(field.name, _(field.label), _family(field), field)


def _family(field: Field) -> str:
    if field.type in CODES and field.vocabulary:
        return "codes"
    if field.type in DATES:
        return "dates"
    if field.type in TEXTS:
        return "texts"
    if field.type in LINKS:
        return "links"
    return "flags" if field.type is FieldType.BOOLEAN else ""


def sentence(condition: Condition, of: Filterable, wording: Wording, titles: dict[str, str]) -> str:
    """Return a filter as it reads on its chip: "State: under way, returned"."""
    message = _(_SENTENCES[condition.operator])
    return message.format(field=of.label, value=_value_words(condition, of, wording, titles))


def _value_words(
    condition: Condition, of: Filterable, wording: Wording, titles: dict[str, str]
) -> str:
    value = condition.value
    if of.family == "dates":
        return readable_date(str(value or ""))
    if of.family == "codes":
        codes = value if isinstance(value, tuple) else (str(value),)
        return joined(wording.code(str(of.field.vocabulary), code) for code in codes)
    if of.family == "texts":
        return str(value or "")
    return wording.value(of.field, value, titles)
