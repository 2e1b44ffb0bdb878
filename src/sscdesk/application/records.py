"""What officers do with records of every kind: make, change, put aside, read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sscdesk.application.history import history
from sscdesk.application.listing import listing
from sscdesk.application.reading import resolve
from sscdesk.application.viewing import view_record
from sscdesk.application.views import PartView, RecordView
from sscdesk.model.base import record_kinds
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.sync.rows import layouts

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

__all__ = [
    "add_part",
    "change",
    "change_members",
    "change_part",
    "create",
    "delete",
    "find",
    "history",
    "listing",
    "move_part",
    "remove_part",
    "restore",
    "set_audience",
    "take_back",
    "view",
]

Parts = Mapping[str, Sequence[Mapping[str, Value]]]


def find(w: "Workspace", ref: str) -> str:
    """Return the identifier that a reference number or a beginning means."""
    with w.read() as connection:
        return resolve(connection, ref)[1]


def view(w: "Workspace", ref: str) -> RecordView:
    """Return a record. Raises ``NotFound``, and ``Refused`` without the right to read it."""
    with w.read() as connection:
        entity, identifier = resolve(connection, ref)
        check_right(w.actor, "read", entity)
        return view_record(w, connection, entity, identifier)


def create(
    w: "Workspace",
    entity: str,
    values: Mapping[str, Value],
    parts: Parts | None = None,
    *,
    ref: str | None = None,
    initiator: object = None,
) -> RecordView:
    """Make a record with the rows inside it."""
    if entity not in record_kinds():
        raise NotFound(
            "no-such-entity",
            N_("There is no kind of record called “{name}”."),
            params={"name": entity},
        )
    with w.unit(N_("New record"), initiator=initiator) as unit:
        identifier = unit.create(entity, values, ref=ref)
        for part, rows in (parts or {}).items():
            for row in rows:
                unit.add_part(entity, identifier, part, row)
        unit.require_creation(entity, identifier)
        made = view_record(w, unit.connection, entity, identifier)
    return made


def change(
    w: "Workspace",
    ref: str,
    values: Mapping[str, Value],
    seen: Mapping[str, Value] | None = None,
    *,
    step: str | None = None,
    initiator: object = None,
) -> RecordView:
    """Write fields; ``seen`` are the values that the form showed when it was opened.

    Raises ``Refused`` with "changed-meanwhile" when somebody wrote a field since.
    Changes with the same ``step`` in a row are one step of Undo.
    """
    with w.unit(N_("Change"), step=step, initiator=initiator) as unit:
        entity, identifier = resolve(unit.connection, ref)
        unit.change(entity, identifier, values, seen=seen)
        made = view_record(w, unit.connection, entity, identifier)
    return made


def change_members(
    w: "Workspace", ref: str, field: str, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> RecordView:
    """Add members to a set and take others out."""
    with w.unit(N_("Change")) as unit:
        entity, identifier = resolve(unit.connection, ref)
        declared = record_kinds()[entity].fields.get(field)
        if declared is None or not declared.is_set:
            raise Refused(
                "not-a-list",
                N_("{field} does not hold several values."),
                field=field,
                params={"field": field},
            )
        held = view_record(w, unit.connection, entity, identifier).fields.get(field)
        now = (set(held) if isinstance(held, tuple) else set()) | set(add)
        unit.change(entity, identifier, {field: tuple(sorted(now - set(remove)))})
        made = view_record(w, unit.connection, entity, identifier)
    return made


def add_part(
    w: "Workspace",
    ref: str,
    part: str,
    values: Mapping[str, Value],
    before: str | None = None,
    *,
    initiator: object = None,
) -> PartView:
    """Add a row inside a record, before another one or at the end."""
    with w.unit(N_("Add a row"), initiator=initiator) as unit:
        entity, identifier = resolve(unit.connection, ref)
        row = unit.add_part(entity, identifier, part, values, before=before)
        made = view_record(w, unit.connection, entity, identifier)
    return _part(made, part, row)


def change_part(
    w: "Workspace",
    ref: str,
    part: str,
    part_id: str,
    values: Mapping[str, Value],
    seen: Mapping[str, Value] | None = None,
    *,
    step: str | None = None,
    initiator: object = None,
) -> PartView:
    """Write fields of a row inside a record."""
    with w.unit(N_("Change"), step=step, initiator=initiator) as unit:
        entity, identifier = resolve(unit.connection, ref)
        row = _row_id(view_record(w, unit.connection, entity, identifier), part, part_id)
        unit.change_part(entity, identifier, part, row, values, seen=seen)
        made = view_record(w, unit.connection, entity, identifier)
    return _part(made, part, row)


def move_part(
    w: "Workspace", ref: str, part: str, part_id: str, before: str | None = None
) -> RecordView:
    """Put a row before another one, or at the end."""
    with w.unit(N_("Move a row")) as unit:
        entity, identifier = resolve(unit.connection, ref)
        unit.move_part(entity, identifier, part, part_id, before)
        made = view_record(w, unit.connection, entity, identifier)
    return made


def remove_part(w: "Workspace", ref: str, part: str, part_id: str) -> RecordView:
    """Put a row inside a record into the bin."""
    with w.unit(N_("Remove a row")) as unit:
        entity, identifier = resolve(unit.connection, ref)
        row = _row_id(view_record(w, unit.connection, entity, identifier), part, part_id)
        unit.remove_part(entity, identifier, part, row)
        made = view_record(w, unit.connection, entity, identifier)
    return made


def delete(w: "Workspace", ref: str) -> RecordView:
    """Put a record into the bin."""
    with w.unit(N_("Move to the bin")) as unit:
        entity, identifier = resolve(unit.connection, ref)
        unit.delete(entity, identifier)
        made = view_record(w, unit.connection, entity, identifier)
    return made


def restore(w: "Workspace", ref: str) -> RecordView:
    """Take a record out of the bin."""
    with w.unit(N_("Take out of the bin")) as unit:
        entity, identifier = resolve(unit.connection, ref)
        unit.restore(entity, identifier)
        made = view_record(w, unit.connection, entity, identifier)
    return made


def set_audience(w: "Workspace", ref: str, audience: str) -> RecordView:
    """Decide who receives a record from now on."""
    with w.unit(N_("Share")) as unit:
        entity, identifier = resolve(unit.connection, ref)
        unit.require_share(entity, identifier, audience)
        unit.set_audience(entity, identifier, audience)
        made = view_record(w, unit.connection, entity, identifier)
    return made


def take_back(w: "Workspace", row: str, field: str, value: Value) -> RecordView:
    """Write an older value of a field again; ``row`` is a record or a row inside one."""
    with w.unit(N_("Take back an older value")) as unit:
        for table, layout in layouts().items():
            found = unit.connection.exec_driver_sql(
                f'SELECT * FROM "{table}" WHERE id = ?',  # noqa: S608
                (row,),
            ).mappings()
            held = found.first()
            if held is None:
                continue
            if layout.is_part:
                entity = layout.mapped.parent_entity  # type: ignore[attr-defined]
                part = layout.mapped.part  # type: ignore[attr-defined]
                identifier = str(held["parent"])
                unit.change_part(entity, identifier, part, row, {field: value})
            else:
                entity, identifier = table, row
                unit.change(entity, identifier, {field: value})
            return view_record(w, unit.connection, entity, identifier)
    raise NotFound("not-found", N_("Nothing called “{text}” was found here."), params={"text": row})


def _row_id(record: RecordView, part: str, part_id: str) -> str:
    """Return the whole identifier of a row from its beginning or its number in the list."""
    rows = record.parts.get(part, ())
    if part_id.isdecimal() and len(part_id) < 6 and 1 <= int(part_id) <= len(rows):
        return rows[int(part_id) - 1].id
    found = [row.id for row in rows if row.id.startswith(part_id)]
    if len(found) != 1:
        raise NotFound(
            "not-found",
            N_("Nothing called “{text}” was found here."),
            params={"text": part_id},
        )
    return found[0]


def _part(record: RecordView, part: str, row: str) -> PartView:
    return next(found for found in record.parts[part] if found.id == row)
