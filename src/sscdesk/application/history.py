"""Who changed what, when, in which office: told from the journal, which forgets nothing."""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application.reading import resolve
from sscdesk.application.views import FieldChange, HistoryEntry, Stamp
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.values import Value
from sscdesk.sync.journal import (
    Commit,
    Create,
    Delete,
    Done,
    Members,
    Op,
    Raw,
    Restore,
    Update,
    decode_commit,
    row_cell,
)
from sscdesk.sync.rows import layouts

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


_TOLD = ("state", "audience", "!")
"""What the desk keeps and an officer wants to know of; the rest is housekeeping."""


@dataclass(frozen=True, slots=True)
class _Written:
    """One commit that touched a row."""

    stream: int
    seq: int
    hlc: int
    stamp: Stamp
    unit: bytes
    payload: bytes


def history(w: "Workspace", ref: str) -> tuple[HistoryEntry, ...]:
    """Return the history of a record with its rows, the latest first."""
    with w.read() as connection:
        entity, identifier = resolve(connection, ref)
        return tuple(reversed(_entries(connection, entity, identifier)))


def _entries(connection: Connection, entity: str, record: str) -> list[HistoryEntry]:
    entries: dict[bytes, HistoryEntry] = {}
    held: dict[tuple[str, str], Value] = {}
    for table, row, written in _commits(connection, entity, record):
        commit = _decoded(written.payload)
        changes = tuple(_changes(commit, table, row, held))
        label, note = commit.header.label, commit.header.note
        for op in commit.ops:
            if isinstance(op, Done) and op.row == row_cell(row):
                note = op.note or note
        known = entries.get(written.unit)
        if known is not None:
            changes = known.changes + changes
            note = known.note or note
        elif not changes and label == "":
            continue
        entries[written.unit] = HistoryEntry(
            written.unit.hex(), written.stamp, label, note, changes
        )
    return list(entries.values())


def _commits(connection: Connection, entity: str, record: str) -> list[tuple[str, str, _Written]]:
    """Return all commits that touched the record or its rows, in logical order."""
    found: list[tuple[str, str, _Written]] = []
    tables = [(entity, "id")]
    tables += [(p.__tablename__, "parent") for p in record_kinds()[entity].parts.values()]
    for table, column in tables:
        rows = connection.exec_driver_sql(
            f"SELECT r.id, j.stream, j.seq, j.hlc, j.at, j.officer, j.officer_name, s.office, "
            f'j.unit, j.payload FROM "{table}" r '
            f"JOIN journal j ON j.stream = r.base_stream AND j.seq = r.base_seq "
            f"JOIN stream s ON s.num = j.stream WHERE r.{column} = ? "
            f"UNION ALL SELECT r.id, j.stream, j.seq, j.hlc, j.at, j.officer, j.officer_name, "
            f's.office, j.unit, j.payload FROM "{table}" r JOIN touch t ON t.row = r.id '
            f"JOIN journal j ON j.stream = t.stream AND j.seq = t.seq "
            f"JOIN stream s ON s.num = j.stream WHERE r.{column} = ?",
            (record, record),
        )
        for r in rows:
            stamp = Stamp(r.at, r.officer, r.officer_name, r.office)
            written = _Written(r.stream, r.seq, r.hlc, stamp, r.unit, r.payload)
            found.append((table, r.id, written))
    seen: set[tuple[str, int, int]] = set()
    ordered = []
    for table, row, written in sorted(found, key=lambda f: (f[2].hlc, f[2].stream, f[2].seq)):
        key = (row, written.stream, written.seq)
        if key not in seen:
            seen.add(key)
            ordered.append((table, row, written))
    return ordered


@lru_cache(maxsize=8)
def _decoded(payload: bytes) -> Commit:
    return decode_commit(payload)


def _changes(
    commit: Commit, table: str, row: str, held: dict[tuple[str, str], Value]
) -> Iterator[FieldChange]:
    layout = layouts()[table]
    part = layout.mapped.part if layout.is_part else None  # type: ignore[attr-defined]
    for name, value in _values(commit, table, row, held):
        before = held.get((row, name))
        held[row, name] = value
        if before != value and (name in layout.fields or name in _TOLD):
            yield FieldChange(row, part, name, before, value)


def _values(
    commit: Commit, table: str, row: str, held: dict[tuple[str, str], Value]
) -> Iterator[tuple[str, Value]]:
    """Yield what a commit wrote into the fields of one row."""
    layout = layouts()[table]
    cell = row_cell(row)
    for op in commit.ops:
        if op.table != table:
            continue
        if isinstance(op, Create | Update):
            for cells in op.rows:
                if cells[0] == cell:
                    for name, raw in zip(op.columns, cells[1:], strict=True):
                        yield name, _value(layout.fields, name, raw)
        elif isinstance(op, Members) and op.row == cell:
            before = held.get((row, op.field)) or ()
            now = (set(before) if isinstance(before, tuple) else set()) | set(op.added)
            yield op.field, tuple(sorted(now - set(op.removed)))
        elif isinstance(op, Delete | Restore) and cell in op.rows:
            yield "!", isinstance(op, Delete)


def _value(fields: Any, name: str, raw: Any) -> Value:
    field = fields.get(name)
    if field is None:
        return raw if isinstance(raw, str | int) or raw is None else str(raw)
    return from_sql(field, raw)


def value_before(
    connection: Connection, table: str, row: str, key: str, live: set[tuple[int, int]]
) -> Raw:
    """Return the last value of a field that is not one of its live ones."""
    rows = connection.exec_driver_sql(
        f"SELECT j.stream, j.seq, j.hlc, j.payload FROM journal j JOIN "
        f'(SELECT base_stream AS stream, base_seq AS seq FROM "{table}" WHERE id = ? '
        f"UNION SELECT stream, seq FROM touch WHERE row = ?) t "
        f"ON t.stream = j.stream AND t.seq = j.seq ORDER BY j.hlc DESC",
        (row, row),
    )
    for found in rows:
        if (found.stream, found.seq) in live:
            continue
        for op in _decoded(found.payload).ops:
            told, value = _written_by(op, table, row, key)
            if told:
                return value
    return None


def _written_by(op: Op, table: str, row: str, key: str) -> tuple[bool, Raw]:
    if op.table == table and isinstance(op, Create | Update) and key in op.columns:
        at = op.columns.index(key) + 1
        for cells in op.rows:
            if cells[0] == row_cell(row):
                cell = cells[at]
                return True, cell.hex() if isinstance(cell, bytes) else cell
    return False, None
