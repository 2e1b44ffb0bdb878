"""Whether the values of a record may stand together; each fault is tied to its field.

What an officer types is read by ``parse`` first (``model/parsing.py``, offered from here
as well); these rules hold for every value, wherever it comes from.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import cache

from sscdesk.model.acting import is_filled
from sscdesk.model.amounts import LARGEST
from sscdesk.model.base import EntityKind, Part, record_kinds
from sscdesk.model.cleaning import has_unseen
from sscdesk.model.consistency import fault_rules
from sscdesk.model.dates import is_date
from sscdesk.model.field import ALWAYS, Field, FieldType, fields_of
from sscdesk.model.lifecycles import LIFECYCLES
from sscdesk.model.parsing import (
    Habits,
    doubt,
    is_email,
    is_phone,
    is_url,
    parse,
    too_long,
    unknown_code,
    unreadable,
)
from sscdesk.model.refusal import Msg, Refused
from sscdesk.model.shapes import has_shape
from sscdesk.model.text import N_
from sscdesk.model.values import CURRENCY_DIGITS, Money, Value
from sscdesk.model.vocabulary_seed import Vocabularies, seed_vocabularies

__all__ = [
    "Habits",
    "check_no_cycle",
    "doubt",
    "parse",
    "part_problems",
    "problems",
]

Values = Mapping[str, Value]


def problems(
    kind: EntityKind,
    values: Values,
    *,
    state: str,
    today: str = "",
    changed: Collection[str] | None = None,
    identifier: str | None = None,
    vocabularies: Vocabularies | None = None,
    taken_over: bool = False,
) -> list[Refused]:
    """Return all that is wrong with a record in ``state``.

    ``changed`` limits the answer to what these fields have a part in. ``identifier`` is
    the record's own, so that it is not its own parent. ``taken_over``: the record comes
    from an older register, in a state whose later requirements nobody filled in then.
    """
    fields = kind.fields
    found = list(_faults(fields, values, vocabularies))
    found += _required(kind, values, state, taken_over=taken_over)
    found += [fault for rule in fault_rules(kind.name) for fault in rule(values)]
    found += _self_references(fields, values, identifier)
    return _concerning(found, fields, changed)


def part_problems(
    mapped: type[Part],
    values: Values,
    *,
    part_id: str | None = None,
    today: str = "",
    changed: Collection[str] | None = None,
    vocabularies: Vocabularies | None = None,
) -> list[Refused]:
    """Return all that is wrong with a row inside a record."""
    fields = fields_of(mapped)
    found = list(_faults(fields, values, vocabularies))
    found += [
        missing_field(field)
        for field in fields.values()
        if field.required == ALWAYS and not is_filled(field, values)
    ]
    found += [fault for rule in fault_rules(mapped.entity) for fault in rule(values)]
    for fault in found:
        fault.part_id = part_id
    return _concerning(found, fields, changed)


def check_no_cycle(
    field: Field, identifier: str, target: str | None, next_of: Callable[[str], str | None]
) -> None:
    """Raise ``Refused`` where ``identifier`` would come back to itself through ``field``.

    ``next_of`` gives what a record refers to by the same field. A circle that files of
    two offices have made already is walked once, not for ever.
    """
    seen: set[str] = set()
    while target and target not in seen:
        if target == identifier:
            raise _own_reference(field)
        seen.add(target)
        target = next_of(target)


CYCLE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "organisation": ("parent_organisation", "same_as"),
    "person": ("same_as",),
    "agreement": ("parent_agreement",),
    "exchange": ("continues",),
    "follow_up": ("carried_over_to",),
    "report": ("supersedes",),
}
"""Fields that lead from record to record of one kind and must not lead back."""


def _concerning(
    found: list[Refused], fields: Mapping[str, Field], changed: Collection[str] | None
) -> list[Refused]:
    """Keep the faults in which a changed field has a part, and name that field."""
    if changed is None:
        return found
    kept: list[Refused] = []
    for fault in found:
        together = {fault.field, *_together(fault, fields)}
        touched = [name for name in changed if name in together]
        if touched:
            fault.field = fault.field if fault.field in touched else touched[0]
            kept.append(fault)
    return kept


def _together(fault: Refused, fields: Mapping[str, Field]) -> tuple[str, ...]:
    with_others = fault.params.get("with")
    others = with_others if isinstance(with_others, tuple) else ()
    declared = fields.get(fault.field or "")
    if fault.code == "field-missing" and declared is not None:
        return (*others, *declared.unless)
    return others


# ---------------------------------------------------------------- one field at a time


def _faults(
    fields: Mapping[str, Field], values: Values, vocabularies: Vocabularies | None
) -> Iterator[Refused]:
    lists = vocabularies or seed_vocabularies()
    for name, value in values.items():
        field = fields.get(name)
        if field is None or value is None:
            continue
        for one in value if field.is_set and isinstance(value, tuple) else (value,):
            fault = _fault(field, one, lists)
            if fault is not None:
                fault.field = name
                fault.params.setdefault("field", Msg(field.label))
                yield fault
                break


def _fault(field: Field, value: Value, lists: Vocabularies) -> Refused | None:
    if field.type is FieldType.MONEY:
        return _money_fault(field, value)
    if field.type is FieldType.BOOLEAN:
        return None if isinstance(value, bool) else unreadable(field, str(value))
    if field.type is FieldType.INTEGER:
        return _number_fault(field, value)
    if not isinstance(value, str):
        return unreadable(field, str(value))
    return _text_fault(field, value) or _typed_fault(field, value, lists)


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


# ---------------------------------------------------------------- the record as a whole


def _required(kind: EntityKind, values: Values, state: str, *, taken_over: bool) -> list[Refused]:
    return [
        missing_field(field)
        for field in _wanted(kind.name, None if taken_over else state)
        if not is_filled(field, values)
    ]


@cache
def _wanted(entity: str, state: str | None) -> tuple[Field, ...]:
    """The fields that a record needs always, or in ``state``."""
    machine = LIFECYCLES[entity]
    return tuple(
        field
        for field in record_kinds()[entity].fields.values()
        if field.required == ALWAYS
        or (state is not None and field.required and machine.past(state, field.required))
    )


def missing_field(field: Field) -> Refused:
    """Return the refusal of a record without a field that it needs."""
    return Refused(
        "field-missing",
        N_("“{field}” is not filled in."),
        hint=N_("Fill in “{field}”, then try again."),
        field=field.name,
        params={"field": Msg(field.label)},
    )


def _self_references(
    fields: Mapping[str, Field], values: Values, identifier: str | None
) -> list[Refused]:
    if identifier is None:
        return []
    return [
        _own_reference(field)
        for name, field in fields.items()
        if field.entity and _refers(values.get(name), identifier)
    ]


def _refers(value: Value, identifier: str) -> bool:
    return identifier in value if isinstance(value, tuple) else value == identifier


def _own_reference(field: Field) -> Refused:
    return Refused(
        "refers-to-itself",
        N_("“{field}” leads back to the record itself."),
        hint=N_("Choose another record."),
        field=field.name,
        params={"field": Msg(field.label)},
    )
