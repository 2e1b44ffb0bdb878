"""Making the frozen views that screens and the command line are given."""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection

from sscdesk.application.history import value_before
from sscdesk.application.reading import (
    Row,
    erased_for,
    part_rows,
    read_row,
    require_row,
    title_of,
    titles_of,
)
from sscdesk.application.redirects import (
    Redirects,
    followed_values,
    known_as,
    redirects,
    redirects_of_all,
)
from sscdesk.application.rules import Rules
from sscdesk.application.views import (
    ConflictView,
    MergedView,
    PartView,
    RecordView,
    Stamp,
    ValueBy,
)
from sscdesk.model.base import EntityKind, Part, record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.field import Field, fields_of
from sscdesk.model.offices import OFFICES
from sscdesk.model.values import Value
from sscdesk.sync.journal import readers
from sscdesk.sync.registers import Live, shown
from sscdesk.sync.rows import layouts

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


def view_record(w: "Workspace", connection: Connection, entity: str, identifier: str) -> RecordView:
    """Return one record as the officer may see it."""
    kind = record_kinds()[entity]
    row = require_row(connection, entity, identifier)
    rules = Rules(connection, w.actor, today=w.clock().date().isoformat())
    followed = redirects_of_all(connection)
    fields = followed_values(kind.fields, visible(rules, kind.name, kind.fields, row), followed)
    parts = _part_views(connection, rules, kind, row, followed)
    own = redirects(connection, entity)
    merged = tuple(
        _merged(connection, rules, kind, one, followed) for one in known_as(own, identifier)[1:]
    )
    return RecordView(
        id=identifier,
        ref=str(row["ref"]),
        entity=entity,
        title=title_of(kind.mapped, row),
        owner=str(row["owner"]),
        state=str(row["state"]),
        audience=offices_of(str(row["audience"])),
        circle=offices_of(str(row["circle"])),
        deleted=bool(row["deleted"]),
        fields=fields,
        parts=parts,
        may_write=rules.writable(kind, row),
        conflicts=conflicts_of(connection, identifier),
        suggestions=_open_suggestions(connection, identifier),
        created=stamp(connection, row, "created"),
        updated=stamp(connection, row, "updated"),
        titles=_titles(connection, kind, [(fields, parts), *((m.fields, m.parts) for m in merged)]),
        same_as=own.get(identifier, ""),
        merged=merged,
        erased=erased_for(connection, identifier),
    )


def _part_views(
    connection: Connection, rules: Rules, kind: EntityKind, row: Row, followed: Redirects
) -> dict[str, tuple[PartView, ...]]:
    return {
        name: tuple(
            _part_view(connection, rules, kind, mapped, part, row, followed)
            for part in part_rows(connection, mapped.__tablename__, str(row["id"]))
        )
        for name, mapped in kind.parts.items()
    }


def _merged(
    connection: Connection, rules: Rules, kind: EntityKind, identifier: str, followed: Redirects
) -> MergedView:
    row = require_row(connection, kind.name, identifier)
    values = visible(rules, kind.name, kind.fields, row)
    return MergedView(
        id=identifier,
        ref=str(row["ref"]),
        title=title_of(kind.mapped, row),
        owner=str(row["owner"]),
        fields=followed_values(kind.fields, values, followed),
        parts=_part_views(connection, rules, kind, row, followed),
    )


def visible(rules: Rules, entity: str, fields: Mapping[str, Field], row: Row) -> dict[str, Value]:
    """Return the values of a row that the officer's roles let see."""
    hidden = rules.hidden(entity)
    return {
        name: from_sql(field, row.get(name)) for name, field in fields.items() if name not in hidden
    }


def _part_view(
    connection: Connection,
    rules: Rules,
    kind: EntityKind,
    mapped: type[Part],
    row: Row,
    holder: Row,
    followed: Redirects,
) -> PartView:
    declared = fields_of(mapped)
    values = visible(rules, mapped.__tablename__, declared, row)
    return PartView(
        id=str(row["id"]),
        part=mapped.part,
        owner=str(row["owner"]),
        fields=followed_values(declared, values, followed),
        may_write=rules.writable_part(kind, mapped, row, holder),
        updated=stamp(connection, row, "updated"),
    )


def offices_of(audience: str) -> tuple[str, ...]:
    """Return the codes of the offices of an audience."""
    found = readers(audience)
    return OFFICES if found is None else tuple(code for code in OFFICES if code in found)


def stamp(connection: Connection, row: Mapping[str, Any], what: str) -> Stamp:
    """Return who made or changed a row last."""
    officer = str(row[f"{what}_by"])
    found = connection.exec_driver_sql(
        "SELECT given, family, name_ar, owner FROM officer WHERE id = ?", (officer,)
    ).first()
    if found is None:
        return Stamp(str(row[f"{what}_at"]), officer, "", str(row["owner"]))
    name = " ".join(part for part in (found.given, found.family) if part)
    return Stamp(str(row[f"{what}_at"]), officer, name or str(found.name_ar or ""), found.owner)


def _open_suggestions(connection: Connection, record: str) -> int:
    return int(
        connection.exec_driver_sql(
            "SELECT count(*) FROM suggestion WHERE record = ? AND status = 'open'", (record,)
        ).scalar_one()
    )


def references_in(fields: Mapping[str, Field], values: Mapping[str, Value]) -> dict[str, list[str]]:
    """Return the identifiers referred to, by the entity or entities that a field names."""
    found: dict[str, list[str]] = {}
    for name, value in values.items():
        entity = fields[name].entity
        if entity and value:
            members: Iterable[str] = value if isinstance(value, tuple) else (str(value),)
            found.setdefault(entity, []).extend(members)
    return found


def titles_among(w: "Workspace", entity: str, values: Mapping[str, Value]) -> dict[str, str]:
    """Return the titles of the records that values of an entity refer to."""
    with w.read() as connection:
        return titles_of(connection, references_in(record_kinds()[entity].fields, values))


def _titles(
    connection: Connection,
    kind: EntityKind,
    shown: Iterable[tuple[Mapping[str, Value], Mapping[str, tuple[PartView, ...]]]],
) -> dict[str, str]:
    """Return the titles of all that records, given as fields and rows inside, refer to."""
    wanted: dict[str, list[str]] = {}

    def want(declared: Mapping[str, Field], values: Mapping[str, Value]) -> None:
        for entity, identifiers in references_in(declared, values).items():
            wanted.setdefault(entity, []).extend(identifiers)

    for fields, parts in shown:
        want(kind.fields, fields)
        for name, rows in parts.items():
            for row in rows:
                want(fields_of(kind.parts[name]), row.fields)
    return titles_of(connection, wanted)


# ---------------------------------------------------------------- conflicts


def conflicts_of(connection: Connection, record: str | None = None) -> tuple[ConflictView, ...]:
    """Return what is to reconcile, of one record or of all."""
    condition, values = ("WHERE record = ?", (record,)) if record else ("", ())
    rows = connection.exec_driver_sql(
        f"SELECT row, key, record, table_name FROM conflict {condition} ORDER BY since, row, key",
        values,
    ).all()
    return tuple(
        view
        for row in rows
        if (view := _conflict(connection, row.table_name, row.row, row.key, row.record))
    )


def _conflict(
    connection: Connection, table: str, row: str, key: str, record: str
) -> ConflictView | None:
    layout = layouts()[table]
    entity = layout.mapped.parent_entity if layout.is_part else table  # type: ignore[attr-defined]
    holder = read_row(connection, entity, record)
    if holder is None:
        return None
    field = layout.fields.get(key)
    register = live_values(connection, row, key) if key != "!" else []
    first = shown(register) if register else None
    ordered = sorted(register, key=lambda live: (live is not first, live.rank))
    values = [_value_by(connection, field, live) for live in ordered]
    if key == "!":
        values = _deletion_sides(connection, row)
    before = value_before(connection, table, row, key, {(v.stream, v.seq) for v in register})
    return ConflictView(
        record=record,
        ref=str(holder["ref"]),
        entity=entity,
        title=title_of(record_kinds()[entity].mapped, holder),
        row=row,
        part=layout.mapped.part if layout.is_part else None,  # type: ignore[attr-defined]
        field=key,
        before=from_sql(field, before) if field and before is not None else None,
        values=tuple(values),
    )


def live_values(connection: Connection, row: str, key: str) -> list[Live]:
    """Return all live values of a register that holds several."""
    found = connection.exec_driver_sql(
        "SELECT v.stream, v.seq, v.value, v.hlc, v.office, s.id FROM live_value v "
        "JOIN stream s ON s.num = v.stream WHERE v.row = ? AND v.key = ?",
        (row, key),
    )
    return [
        Live(stream, seq, msgspec.msgpack.decode(value), hlc, office, identity)
        for stream, seq, value, hlc, office, identity in found
    ]


def _value_by(connection: Connection, field: Field | None, live: Live) -> ValueBy:
    value = from_sql(field, live.value) if field else live.value
    return ValueBy(value, commit_stamp(connection, live.stream, live.seq))


def commit_stamp(connection: Connection, stream: int, seq: int) -> Stamp:
    """Return who made a commit."""
    found = connection.exec_driver_sql(
        "SELECT j.at, j.officer, j.officer_name, s.office FROM journal j "
        "JOIN stream s ON s.num = j.stream WHERE j.stream = ? AND j.seq = ?",
        (stream, seq),
    ).one()
    return Stamp(found.at, found.officer, found.officer_name, found.office)


def _deletion_sides(connection: Connection, row: str) -> list[ValueBy]:
    """The write that brought the row back, and the deletions that had not seen it."""
    deleted = connection.exec_driver_sql(
        "SELECT stream, seq FROM live_delete WHERE row = ? AND dead = 0", (row,)
    ).all()
    written = connection.exec_driver_sql(
        "SELECT t.stream, t.seq FROM touch t JOIN journal j ON j.stream = t.stream "
        "AND j.seq = t.seq LEFT JOIN live_delete d ON d.row = t.row AND d.stream = t.stream "
        "AND d.seq = t.seq WHERE t.row = ? AND d.row IS NULL ORDER BY j.hlc DESC LIMIT 1",
        (row,),
    ).all()
    sides = [ValueBy(False, commit_stamp(connection, *dot)) for dot in written]
    offices = set()
    for dot in deleted:
        side = ValueBy(True, commit_stamp(connection, *dot))
        if side.stamp.office not in offices:
            offices.add(side.stamp.office)
            sides.append(side)
    return sides
