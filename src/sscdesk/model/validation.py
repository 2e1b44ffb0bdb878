"""Whether the values of a record may stand together; each fault is tied to its field.

What an officer types is read by ``parse`` first (``model/parsing.py``, offered from here
as well); these rules hold for every value, wherever it comes from.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache

from sscdesk.model.acting import is_filled
from sscdesk.model.base import EntityKind, Part, record_kinds
from sscdesk.model.consistency import fault_rules
from sscdesk.model.faults import field_faults
from sscdesk.model.field import ALWAYS, Field, fields_of
from sscdesk.model.lifecycles import LIFECYCLES
from sscdesk.model.parsing import Habits, doubt, parse
from sscdesk.model.refusal import Msg, Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.model.vocabulary_seed import Vocabularies

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
    held: Values | None = None,
) -> list[Refused]:
    """Return all that is wrong with a record in ``state``.

    ``changed`` limits the answer to what these fields have a part in. ``identifier`` is
    the record's own, so that it is not its own parent; ``today`` the laptop's date.
    ``taken_over``: the record comes from an older register, in a state whose later
    requirements nobody filled in then. ``held`` are the values before a change, whose
    codes may stay though they were retired since.
    """
    fields = kind.fields
    found = list(field_faults(fields, values, vocabularies, held, offered=not taken_over))
    found += _required(kind, values, state, taken_over=taken_over)
    found += [fault for rule in fault_rules(kind.name) for fault in rule(values)]
    found += _self_references(fields, values, identifier)
    found += _not_born_yet(fields, values, today)
    return _concerning(found, fields, changed)


def part_problems(
    mapped: type[Part],
    values: Values,
    *,
    part_id: str | None = None,
    changed: Collection[str] | None = None,
    vocabularies: Vocabularies | None = None,
    held: Values | None = None,
    taken_over: bool = False,
) -> list[Refused]:
    """Return all that is wrong with a row inside a record; see ``problems``."""
    fields = fields_of(mapped)
    found = list(field_faults(fields, values, vocabularies, held, offered=not taken_over))
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


def _not_born_yet(fields: Mapping[str, Field], values: Values, today: str) -> list[Refused]:
    born = values.get("date_of_birth")
    if "date_of_birth" not in fields or not isinstance(born, str) or not today:
        return []
    if born <= today[: len(born)]:
        return []
    return [
        Refused(
            "date-in-future",
            N_("{date} has not come yet."),
            hint=N_("Correct the date."),
            field="date_of_birth",
            params={"date": born},
        )
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
