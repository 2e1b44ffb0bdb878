"""Asking the state machines: what may I do, what is missing, what does the act write.

``offers`` is for screens and lists of actions; ``check`` is asked before the act is
done and says what it comes to. Neither changes anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sscdesk.model.authority import RULES, RowFacts, check_write, may_change_now, may_write
from sscdesk.model.base import record_kinds
from sscdesk.model.field import Field
from sscdesk.model.lifecycle import Act, Actor, Facts, Missing, Offer, Transition
from sscdesk.model.lifecycles import LIFECYCLES
from sscdesk.model.offices import OFFICES, office_name
from sscdesk.model.refusal import Coded, Msg, NotFound, Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value

Values = Mapping[str, Value]

_ROLE_ORDER = ("officer", "focal_point", "head", "admin", "reader")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act comes to, once it is allowed."""

    transition: Transition
    target: str
    """The state after it: the old one while the other office's act is awaited."""
    values: Values
    """What it writes: the inputs given, and what the act writes by itself."""
    warnings: tuple[Missing, ...]
    awaited: tuple[str, ...]
    """Offices whose acts are still needed before the state changes."""


def offers(facts: Facts, actor: Actor) -> tuple[Offer, ...]:
    """Return every action from the record's state, allowed or with what is missing.

    What is asked for with the action (inputs, a reason) is not missing yet.
    """
    machine = LIFECYCLES[facts.entity]
    return tuple(_offer(facts, actor, row) for row in machine.from_state(facts.state) if row.roles)


def _offer(facts: Facts, actor: Actor, row: Transition) -> Offer:
    asked = frozenset(row.inputs)
    effect = row.effect(facts, actor, "") if row.effect else {}
    values = {**facts.fields, **effect}
    found = [
        missing
        for missing in _all_missing(facts, actor, row, values)
        if not (missing.field in asked and missing.part_id is None)
    ]
    forbids = [missing for missing in found if not (missing.warning or missing.unless_note)]
    return Offer(row, not forbids, tuple(found))


def check(facts: Facts, actor: Actor, action: str, values: Values, note: str = "") -> Outcome:
    """Return what ``action`` comes to, or say all that stands against it.

    Raises ``NotFound`` for an action that the entity does not have and ``Refused``
    otherwise; further refusals are in ``also``.
    """
    row = _row(facts, action)
    _check_given(facts, actor, row, values)
    effect = row.effect(facts, actor, note) if row.effect else {}
    written = {**effect, **values}
    missing = list(_all_missing(facts, actor, row, {**facts.fields, **written}))
    if row.reason and not note.strip():
        missing.insert(0, Missing("reason-needed", N_("Say why: this wants a reason.")))
    _raise_forbidding(missing, note)
    awaited = awaited_offices(row, facts, facts.acts(row.action), actor.office)
    return Outcome(
        transition=row,
        target=facts.state if awaited else row.target,
        values=written,
        warnings=tuple(one for one in missing if one.warning or one.unless_note),
        awaited=awaited,
    )


def check_creation(facts: Facts, actor: Actor) -> None:
    """Raise ``Refused`` where the officer may not make this record as it is filled in."""
    row = LIFECYCLES[facts.entity].creation
    missing = [*_role(actor, row)]
    for condition in row.conditions:
        missing.extend(condition(facts, actor, facts.fields))
    _raise_forbidding(missing, "")


def awaited_offices(
    row: Transition, facts: Facts, acts: Iterable[Act], acting: str | None = None
) -> tuple[str, ...]:
    """Return the offices whose act is still needed; empty once the state may change.

    ``acting`` is an office about to act. Import asks without it, after each file.
    """
    done = {act.office for act in acts} | ({acting} if acting else set())
    return tuple(code for code in OFFICES if code in _needed(row, facts) - done)


def _needed(row: Transition, facts: Facts) -> set[str]:
    needed: set[str] = set()
    for name in row.both:
        value = facts.fields.get(name)
        needed.update(value if isinstance(value, tuple) else [str(value)])
    return needed - {facts.owner} if row.offices == "second" else needed


def _row(facts: Facts, action: str) -> Transition:
    machine = LIFECYCLES[facts.entity]
    row = machine.named(action, facts.state)
    if row is not None and row.roles:
        return row
    others = [other for other in machine.called(action) if other.roles]
    if not others:
        raise NotFound(
            "unknown-action",
            N_("There is no action “{action}” for this kind of record."),
            hint=N_("List the actions of the record to see what may be done."),
            params={"action": action[:40]},
        )
    raise Refused(
        "wrong-state",
        N_("“{action}” is not possible now: the record is in the state “{state}”."),
        hint=N_("Nothing was changed. List the actions of the record to see what may be done."),
        field="state",
        params={
            "action": Msg(others[0].label),
            "state": Coded(_state_list(facts.entity), facts.state),
        },
    )


def _state_list(entity: str) -> str:
    return record_kinds()[entity].mapped.state_vocabulary or "record_status"


def _check_given(facts: Facts, actor: Actor, row: Transition, values: Values) -> None:
    """Beside its inputs, an act may carry changes that its author could make anyway."""
    kind = record_kinds()[facts.entity]
    for name in values:
        if name in row.inputs:
            continue
        if name not in kind.fields:
            raise NotFound(
                "no-such-field",
                N_("There is no field called “{field}”."),
                hint=N_("List the fields of this kind of record."),
                field=name,
                params={"field": name[:60]},
            )
        check_write(kind.mapped, _row_facts(facts), actor.office, name)
        if kind.fields[name].computed or not may_change_now(facts.entity, facts.state, name):
            raise Refused(
                "frozen",
                N_("“{field}” cannot be changed in the state “{state}”."),
                hint=N_("Nothing was changed."),
                field=name,
                params={
                    "field": Msg(kind.fields[name].label),
                    "state": Coded(_state_list(facts.entity), facts.state),
                },
            )


def _row_facts(facts: Facts) -> RowFacts:
    return RowFacts(facts.entity, facts.owner, facts.ref, facts.fields)


def _all_missing(facts: Facts, actor: Actor, row: Transition, values: Values) -> Iterator[Missing]:
    """Say what stands against an act, the gravest first."""
    yield from _office(facts, actor, row)
    yield from _role(actor, row)
    yield from _four_eyes(facts, actor, row)
    yield from _already_done(facts, actor, row)
    fields_missing = list(_newly_required(facts, row, values))
    yield from fields_missing
    named = {missing.field for missing in fields_missing}
    for condition in row.conditions:
        for missing in condition(facts, actor, values):
            if missing.part_id or missing.field is None or missing.field not in named:
                yield missing


def _office(facts: Facts, actor: Actor, row: Transition) -> Iterator[Missing]:
    if not may_write(row.offices, _row_facts(facts), actor.office):
        yield Missing(
            "not-your-office",
            RULES[row.offices].sentence,
            params={"office": office_name(facts.owner)},
        )


def _role(actor: Actor, row: Transition) -> Iterator[Missing]:
    if not actor.roles & row.roles:
        role = min(row.roles, key=_ROLE_ORDER.index)
        yield Missing(
            "not-your-role",
            N_("This is for the role “{role}”."),
            params={"role": Coded("desk_role", role)},
        )


def _four_eyes(facts: Facts, actor: Actor, row: Transition) -> Iterator[Missing]:
    authors = {act.officer for name in row.four_eyes for act in facts.ever(name)}
    if actor.officer in authors and not _reviewed_traveller(facts, actor, row):
        yield Missing(
            "four-eyes",
            N_("Another officer must do this: nobody approves alone what they wrote alone."),
        )


def _reviewed_traveller(facts: Facts, actor: Actor, row: Transition) -> bool:
    """A head who travelled signs the own mission once somebody else has reviewed it."""
    reviews = facts.ever(row.traveller_may) if row.traveller_may else []
    if not reviews or reviews[-1].officer == actor.officer:
        return False
    mission = facts.record(str(facts.fields.get("subject"))) if "subject" in facts.fields else facts
    if mission is None or mission.entity != "mission":
        return False
    officer = facts.record(actor.officer)
    known = {actor.officer, officer.fields.get("person") if officer else None}
    return any(part.fields.get("person") in known for part in mission.parts("traveller"))


def _already_done(facts: Facts, actor: Actor, row: Transition) -> Iterator[Missing]:
    acts = facts.acts(row.action) if row.both else []
    if any(act.office == actor.office for act in acts):
        waiting = awaited_offices(row, facts, acts)
        yield Missing(
            "waiting-for-other-office",
            N_("Your office has done this already; the act of {offices} is awaited."),
            params={"offices": tuple(office_name(code) for code in waiting)},
        )


def _newly_required(facts: Facts, row: Transition, values: Values) -> Iterator[Missing]:
    """Fields that the state aimed at wants and that the present one did not."""
    machine = LIFECYCLES[facts.entity]
    for field in record_kinds()[facts.entity].fields.values():
        milestone = field.required
        if milestone is None or milestone not in machine.states():
            continue
        new = machine.past(row.target, milestone) and not machine.past(facts.state, milestone)
        if new and not is_filled(field, values):
            yield Missing(
                "field-missing",
                N_("“{field}” is not filled in."),
                field=field.name,
                params={"field": Msg(field.label)},
            )


def is_filled(field: Field, values: Values) -> bool:
    """Whether a field, or one that does instead of it, holds something."""
    return any(_holds(values.get(name)) for name in (field.name, *field.unless))


def _holds(value: Value) -> bool:
    return value is not None and value != "" and value != ()


_HINTS = {
    "not-your-office": N_("Nothing was changed. Comment on the record, or suggest a change."),
    "not-your-role": N_("Nothing was changed. Ask an officer who has this role."),
    "four-eyes": N_("Nothing was changed. Ask a colleague with the same role."),
    "waiting-for-other-office": N_("Send the file to the other office and wait for its answer."),
    "reason-needed": N_("Write a short reason; it is kept with the record."),
    "field-missing": N_("Fill in “{field}”, then try again."),
    "partners-not-told": N_("Open Synchronise and make a file for these offices first."),
    "report-not-signed": N_("Open the report, or build it from this record."),
    "order-not-signed": N_("Open the mission order, or build it from this record."),
    "day-not-reached": N_("Wait for the day, or explain in the note."),
}


def _raise_forbidding(missing: Iterable[Missing], note: str) -> None:
    explained = bool(note.strip())
    found = [
        _refusal(one) for one in missing if not one.warning and not (one.unless_note and explained)
    ]
    if found:
        first, *rest = found
        first.also = tuple(rest)
        raise first


def _refusal(missing: Missing) -> Refused:
    return Refused(
        missing.code,
        missing.message,
        hint=_HINTS.get(missing.code, N_("Nothing was changed. Put this right, then try again.")),
        field=missing.field,
        part_id=missing.part_id,
        params=missing.params,
    )
