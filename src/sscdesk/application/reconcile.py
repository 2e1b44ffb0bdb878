"""Settling what two offices wrote without knowing of each other, and what others suggest."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection

from sscdesk.application import auditing
from sscdesk.application.reading import read_row, require_row, resolve, title_of
from sscdesk.application.rules import MergeAuthority
from sscdesk.application.unit_of_work import UnitOfWork
from sscdesk.application.viewing import conflicts_of
from sscdesk.application.views import ConflictView, Stamp
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.field import fields_of
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.sync.rows import layouts

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """What another office would like changed in a record that is not its own."""

    id: int
    record: str
    ref: str
    entity: str
    title: str
    row: str
    part: str | None
    kind: str
    """``update``, ``create``, ``bin`` or ``orphan``."""
    field: str
    now: Value
    value: Value
    values: tuple[tuple[str, Value], ...]
    """The fields of a suggested row; empty for a single field."""
    stamp: Stamp


def conflicts(w: "Workspace") -> tuple[ConflictView, ...]:
    """Return all that is to reconcile, the longest waiting first."""
    with w.read() as connection:
        return conflicts_of(connection)


def resolve_conflict(
    w: "Workspace", row: str, field: str, *, keep: str | None = None, value: Value = None
) -> None:
    """Settle a field: keep what an office wrote, or write a new value.

    The settlement travels with the next file. ``row`` is a record's reference number or
    the identifier of a row. Raises ``NotFound`` ("no-conflict") and ``Refused``.
    """
    check_right(w.actor, "resolve_conflict")
    with w.unit(N_("Reconcile"), undoable=False) as unit:
        found = _one_conflict(unit.connection, row, field)
        if keep is not None:
            value = _kept(found, keep)
        if found.field == "!":
            _bin_or_keep(unit, found, gone=value is True)
        else:
            unit.settle(found.entity, found.record, found.part, found.row, found.field, value)
        auditing.note(
            unit.connection, w.actor, auditing.now_text(w), "reconciled", found.ref, field
        )


def _bin_or_keep(unit: UnitOfWork, found: ConflictView, *, gone: bool) -> None:
    """Settle a deletion against a change: of a record, or of one row inside it."""
    if found.part is None:
        write = unit.delete if gone else unit.restore
        write(found.entity, found.record)
    else:
        write_part = unit.remove_part if gone else unit.restore_part
        write_part(found.entity, found.record, found.part, found.row)


def _one_conflict(connection: Connection, row: str, field: str) -> ConflictView:
    try:
        record = resolve(connection, row)[1]
    except NotFound:
        record = ""
    for view in conflicts_of(connection):
        if view.field == field and (view.row == row or view.record == record):
            return view
    raise NotFound(
        "no-conflict",
        N_("There is nothing to reconcile in “{field}” of this record."),
        hint=N_("It may have been settled by another office."),
        field=field,
        params={"field": field},
    )


def _kept(found: ConflictView, office: str) -> Value:
    for one in found.values:
        if one.stamp.office == office.upper():
            return one.value
    raise NotFound(
        "no-such-value",
        N_("The office {office} wrote none of these values."),
        field=found.field,
        params={"office": office},
    )


# ---------------------------------------------------------------- suggestions


def suggest(w: "Workspace", ref: str, field: str, value: Value) -> None:
    """Propose a value for a field that is another office's to write."""
    with w.unit(N_("Suggest a change"), undoable=False) as unit:
        entity, identifier = resolve(unit.connection, ref)
        check_right(w.actor, "edit", entity)
        unit.suggest(entity, identifier, field, value)


def suggestions(w: "Workspace") -> tuple[SuggestionView, ...]:
    """Return the open suggestions of other offices, the oldest first."""
    with w.read() as connection:
        return open_suggestions(connection, w.office)


def open_suggestions(
    connection: Connection, office: str, *, since: int = 0
) -> tuple[SuggestionView, ...]:
    """Return what other offices suggest to ``office``, from number ``since`` on.

    What is another office's to decide is not listed, though its file passed here.
    """
    rows = connection.exec_driver_sql(
        "SELECT * FROM suggestion WHERE status = 'open' AND office <> ? AND id > ? ORDER BY id",
        (office, since),
    ).mappings()
    return tuple(
        view
        for row in rows.all()
        if _is_for(connection, dict(row), office)
        and (view := _suggestion(connection, dict(row))) is not None
    )


def _is_for(connection: Connection, row: dict[str, Any], office: str) -> bool:
    """Whether the office may write what is suggested; a new row is for the record's owner."""
    layout = layouts()[row["table_name"]]
    entity = layout.mapped.parent_entity if layout.is_part else row["table_name"]  # type: ignore[attr-defined]
    holder = read_row(connection, entity, row["record"])
    held = read_row(connection, row["table_name"], row["row"])
    if held is None or holder is None:
        raw = msgspec.msgpack.decode(row["value"])
        owner = holder["owner"] if holder else isinstance(raw, dict) and raw.get("owner")
        return bool(owner == office)
    column = row["key"].partition(":")[0]
    parent = holder if layout.is_part else None
    return MergeAuthority().may_update(layout, column, held, parent, office)


def last_suggestion(connection: Connection) -> int:
    """Return the number of the newest suggestion, 0 when there is none."""
    return int(
        connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM suggestion").scalar_one()
    )


def _suggestion(connection: Connection, row: dict[str, Any]) -> SuggestionView | None:
    layout = layouts()[row["table_name"]]
    entity = layout.mapped.parent_entity if layout.is_part else row["table_name"]  # type: ignore[attr-defined]
    holder = read_row(connection, entity, row["record"])
    fields = fields_of(layout.mapped)
    raw = msgspec.msgpack.decode(row["value"])
    field = fields.get(row["key"].partition(":")[0])
    held = read_row(connection, row["table_name"], row["row"])
    values = (
        tuple((n, from_sql(fields[n], v)) for n, v in raw.items() if n in fields)
        if isinstance(raw, dict)
        else ()
    )
    single = field is not None and not isinstance(raw, dict) and ":" not in row["key"]
    return SuggestionView(
        id=row["id"],
        record=row["record"],
        ref=str(holder["ref"]) if holder else "",
        entity=entity,
        title=title_of(record_kinds()[entity].mapped, holder) if holder else "",
        row=row["row"],
        part=layout.mapped.part if layout.is_part else None,  # type: ignore[attr-defined]
        kind=row["kind"],
        field=row["key"],
        now=from_sql(field, held.get(field.name)) if field and held else None,
        value=from_sql(field, raw) if single and field else (raw if single else None),
        values=values,
        stamp=Stamp(row["at"], "", row["officer_name"], row["office"]),
    )


def accept_suggestion(w: "Workspace", number: int) -> None:
    """Write what another office suggested, as this office's own change."""
    _decide(w, number, "accepted")


def decline_suggestion(w: "Workspace", number: int) -> None:
    """Leave the record as it is; the other office learns of it with the next file."""
    _decide(w, number, "declined")


def find_suggestion(w: "Workspace", ref: str, field: str) -> int:
    """Return the number of the open suggestion for a field. Raises ``NotFound``."""
    with w.read() as connection:
        record = resolve(connection, ref)[1]
    for one in suggestions(w):
        if one.record == record and one.field.partition(":")[0] == field:
            return one.id
    raise NotFound(
        "no-suggestion",
        N_("Nobody suggests another value for “{field}” of this record."),
        field=field,
        params={"field": field},
    )


def _decide(w: "Workspace", number: int, status: str) -> None:
    label = N_("Accept a suggestion") if status == "accepted" else N_("Decline a suggestion")
    with w.unit(label, undoable=False) as unit:
        found = unit.connection.exec_driver_sql(
            "SELECT * FROM suggestion WHERE id = ?", (number,)
        ).mappings()
        row = found.first()
        if row is None or row["status"] != "open":
            raise NotFound("no-suggestion", N_("This suggestion was decided before."))
        _require_decider(w, row["table_name"])
        if status == "accepted":
            _take_over(unit, dict(row))
        unit.decide(dict(row), status)
        auditing.note(
            unit.connection, w.actor, auditing.now_text(w), f"suggestion-{status}", row["key"]
        )


def _require_decider(w: "Workspace", table: str) -> None:
    """Suggestions are for the focal point, those for the common lists for who keeps them."""
    mapped: Any = layouts()[table].mapped
    entity = mapped.parent_entity if layouts()[table].is_part else table
    check_right(w.actor, "decide_suggestion", entity)


def _take_over(unit: Any, row: dict[str, Any]) -> None:
    layout = layouts()[row["table_name"]]
    raw = msgspec.msgpack.decode(row["value"])
    fields = fields_of(layout.mapped)
    if row["kind"] == "create" and row["table_name"] == "vocabulary":
        unit.create(
            "vocabulary", {n: from_sql(fields[n], v) for n, v in raw.items() if n in fields}
        )
        return
    if row["kind"] != "update":
        raise Refused(
            "not-yet-possible",
            N_("This suggestion cannot be taken over by itself."),
            hint=N_("Enter it by hand, then decline the suggestion."),
        )
    name, _, member = row["key"].partition(":")
    held = require_row(unit.connection, row["table_name"], row["row"])
    value = from_sql(fields[name], raw)
    if member:
        now = from_sql(fields[name], held.get(name))
        members = set(now if isinstance(now, tuple) else ())
        value = tuple(sorted(members | {member} if raw else members - {member}))
    if layout.is_part:
        mapped: Any = layout.mapped
        unit.change_part(
            mapped.parent_entity, row["record"], mapped.part, row["row"], {name: value}
        )
    else:
        unit.change(row["table_name"], row["row"], {name: value})
