"""The part of the database that a merge works on, held in memory and written in bulk.

A ``Folding`` is loaded for the rows that a batch of commits concerns, changed, and
flushed with one statement per table and set of columns.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection

from sscdesk.store.selecting import select_among
from sscdesk.sync.journal import Raw, readers
from sscdesk.sync.registers import (
    Dot,
    Live,
    has_seen,
    in_conflict,
    is_deleted,
    is_member,
    shown,
)
from sscdesk.sync.rows import Layout, layouts, read_rows, update_rows
from sscdesk.sync.streams import Frontier, Streams, decode_frontier, encode_frontier

Observer = Callable[[Layout, Sequence[tuple[Any, ...]]], None]
"""Told of every row written, as a tuple in the order of the layout's columns."""

_value = msgspec.msgpack.Decoder(Raw)


@dataclass(slots=True)
class Deletion:
    """One deletion of a row, as one stream tells it."""

    unit: bytes
    office: str
    frontier: Frontier
    dead: bool = False


@dataclass(slots=True)
class RowState:
    """One row, with what decides which writes still count."""

    layout: Layout
    data: dict[str, Any]
    fresh: bool = False
    versions: dict[str, Dot] = field(default_factory=dict)
    live: dict[str, list[Live]] = field(default_factory=dict)
    deletes: dict[Dot, Deletion] = field(default_factory=dict)
    changed_columns: set[str] = field(default_factory=set)
    changed_keys: set[str] = field(default_factory=set)
    undecided: bool = False
    """Deleted by one office and changed by another; somebody must decide."""

    @property
    def id(self) -> str:
        """Identifier of the row."""
        return str(self.data["id"])

    @property
    def record(self) -> str:
        """Identifier of the record to which the row belongs."""
        return str(self.data["parent"]) if self.layout.is_part else self.id

    def dot(self, key: str) -> Dot:
        """The dot of a field's single value."""
        name = key.partition(":")[0]
        base = (self.data["base_stream"], self.data["base_seq"])
        return self.versions.get(key) or self.versions.get(name) or base

    def writes(self) -> Iterable[Dot]:
        """The dots of all writes to this row that still count."""
        yield (self.data["base_stream"], self.data["base_seq"])
        yield from self.versions.values()
        for register in self.live.values():
            yield from ((live.stream, live.seq) for live in register)

    def value(self, key: str) -> Raw:
        """The value shown for a key; for a member whether it is in its set."""
        name, _, member = key.partition(":")
        if member:
            return member in self.members(name)
        return _raw(self.data.get(name))

    def members(self, name: str) -> set[str]:
        """The members of a set."""
        text = self.data.get(name)
        return set(json.loads(text)) if text else set()

    def set_register(self, key: str, register: list[Live]) -> None:
        """Keep a register and show its value."""
        if len(register) == 1:
            self.live.pop(key, None)
            self.versions[key] = (register[0].stream, register[0].seq)
        else:
            self.live[key] = register
        self.changed_keys.add(key)
        self._show(key, register)

    def _show(self, key: str, register: list[Live]) -> None:
        name, _, member = key.partition(":")
        if not member:
            self._put(name, shown(register).value)
            return
        now = self.members(name)
        (now.add if is_member(register) else now.discard)(member)
        self._put(name, json.dumps(sorted(now), ensure_ascii=False))

    def _put(self, column: str, value: Raw) -> None:
        if self.data.get(column) != value:
            self.data[column] = value
            self.changed_columns.add(column)

    def kill_deletions(self, unit: bytes, frontier: Frontier) -> None:
        """Take back, with their units of work, the deletions that a commit had seen.

        Those of its own ``unit`` stand: one deletion is told in several streams.
        """
        seen = {
            deletion.unit
            for (stream, seq), deletion in self.deletes.items()
            if has_seen(frontier, stream, seq) and deletion.unit != unit
        }
        for deletion in self.deletes.values():
            deletion.dead = deletion.dead or deletion.unit in seen

    def delete(self, dot: Dot, deletion: Deletion) -> None:
        """Note a deletion; one whose unit was taken back already is dead when it arrives."""
        deletion.dead = any(one.dead and one.unit == deletion.unit for one in self.deletes.values())
        self.deletes[dot] = deletion

    def settle_deletion(self, readable: Callable[[int, str], bool]) -> None:
        """Put the row in or out of the bin, and note whether somebody must decide.

        ``readable`` says whether an office may read a stream: what an office could never
        have seen does not stand against its deletion.
        """
        alive = [one for one in self.deletes.values() if not one.dead]
        offices = {one.office for one in alive}
        writes = [
            dot for dot in self.writes() if any(readable(dot[0], office) for office in offices)
        ]
        gone = is_deleted(writes, [one.frontier for one in alive])
        self._put("deleted", int(gone))
        self.undecided = bool(alive) and not gone

    def stamp(self, at: str, officer: str) -> None:
        """Note who changed the row last, as this file shows it."""
        self._put("updated_at", at)
        self._put("updated_by", officer)


def _raw(value: Any) -> Raw:
    return value if isinstance(value, str | int | bool) or value is None else str(value)


class Folding:
    """The rows of one batch."""

    def __init__(
        self, connection: Connection, streams: Streams, observer: Observer, now: str
    ) -> None:
        self._connection = connection
        self._streams = streams
        self._observer = observer
        self._now = now
        self.rows: dict[str, RowState] = {}
        self.bulk: dict[str, tuple[Layout, tuple[Any, ...]]] = {}
        """Rows made in this batch and not touched again, by identifier."""
        self.touches: set[tuple[str, int, int]] = set()
        self.conflicts: set[tuple[str, str]] = set()

    def load(self, wanted: dict[str, set[str]]) -> None:
        """Read the rows named, by table, with their versions."""
        for table, identifiers in wanted.items():
            missing = [i for i in identifiers if i not in self.rows and i not in self.bulk]
            layout = layouts()[table]
            for identifier, data in read_rows(self._connection, table, missing).items():
                self.rows[identifier] = RowState(layout, data)
            self._load_versions([i for i in missing if i in self.rows])

    def _load_versions(self, identifiers: list[str]) -> None:
        for row, key, stream, seq in self._select(
            "SELECT row, key, stream, seq FROM field_version", identifiers
        ):
            self.rows[row].versions[key] = (stream, seq)
        for row, key, stream, seq, value, hlc, office in self._select(
            "SELECT row, key, stream, seq, value, hlc, office FROM live_value", identifiers
        ):
            identity = self._streams.by_num[stream].id
            live = Live(stream, seq, _value.decode(value), hlc, office, identity)
            self.rows[row].live.setdefault(key, []).append(live)
        for row, stream, seq, unit, office, dead, frontier in self._select(
            "SELECT row, stream, seq, unit, office, dead, frontier FROM live_delete", identifiers
        ):
            seen = decode_frontier(frontier)
            deletion = Deletion(bytes(unit), office, seen, bool(dead))
            self.rows[row].deletes[stream, seq] = deletion

    def _select(self, statement: str, identifiers: list[str]) -> Iterable[Any]:
        for found in select_among(self._connection, statement, "row", identifiers):
            yield from found

    def get(self, identifier: str) -> RowState | None:
        """Return a row of the batch, None when this file does not hold it."""
        state = self.rows.get(identifier)
        made = self.bulk.pop(identifier, None) if state is None else None
        if made is not None:
            layout, cells = made
            data = dict(zip(layout.columns, cells, strict=True))
            state = self.rows[identifier] = RowState(layout, data, fresh=True)
        return state

    def flush(self) -> None:
        """Write everything that changed."""
        for state in self.rows.values():
            state.settle_deletion(self._readable)
        self._insert()
        self._update()
        self._write_registers()
        self._write_deletes()
        self._many("INSERT OR IGNORE INTO touch (row, stream, seq) VALUES (?, ?, ?)", self.touches)

    def _readable(self, stream: int, office: str) -> bool:
        offices = readers(self._streams.by_num[stream].audience)
        return offices is None or office in offices

    def _many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        listed = list(rows)
        if listed:
            self._connection.exec_driver_sql(statement, listed)

    def _insert(self) -> None:
        made: dict[str, list[tuple[Any, ...]]] = {}
        for layout, cells in self.bulk.values():
            made.setdefault(layout.table, []).append(cells)
        for state in self.rows.values():
            if state.fresh:
                cells = tuple([state.data.get(column) for column in state.layout.columns])
                made.setdefault(state.layout.table, []).append(cells)
        for table, rows in made.items():
            self._connection.exec_driver_sql(layouts()[table].insert, rows)
            self._observer(layouts()[table], rows)

    def _update(self) -> None:
        groups: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = {}
        told: dict[str, list[tuple[Any, ...]]] = {}
        for state in self.rows.values():
            if state.fresh or not state.changed_columns:
                continue
            columns = tuple(sorted(state.changed_columns))
            values = (*(state.data[column] for column in columns), state.id)
            groups.setdefault((state.layout.table, columns), []).append(values)
            whole = tuple([state.data.get(column) for column in state.layout.columns])
            told.setdefault(state.layout.table, []).append(whole)
        for (table, columns), rows in groups.items():
            update_rows(self._connection, table, columns, rows)
        for table, rows in told.items():
            self._observer(layouts()[table], rows)

    def _write_registers(self) -> None:
        changed = [(s, key) for s in self.rows.values() for key in s.changed_keys]
        pairs = [(state.id, key) for state, key in changed]
        self._many(
            "INSERT INTO field_version (row, key, stream, seq) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (row, key) DO UPDATE SET stream = excluded.stream, seq = excluded.seq",
            [(s.id, key, *s.versions[key]) for s, key in changed if key in s.versions],
        )
        self._many("DELETE FROM live_value WHERE row = ? AND key = ?", pairs)
        self._many(
            "INSERT INTO live_value (row, key, stream, seq, value, hlc, office) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (s.id, key, v.stream, v.seq, msgspec.msgpack.encode(v.value), v.hlc, v.office)
                for s, key in changed
                for v in s.live.get(key, ())
            ],
        )
        self._write_conflicts(changed)

    def _write_conflicts(self, changed: list[tuple[RowState, str]]) -> None:
        settled, found = [], []
        for state, key in changed:
            register = state.live.get(key, [])
            if ":" not in key and in_conflict(register):
                found.append((state.id, key, state.record, state.layout.table))
            else:
                settled.append((state.id, key))
        self._many("DELETE FROM conflict WHERE row = ? AND key = ?", settled)
        self._enter_conflicts(found)

    def _enter_conflicts(self, found: list[tuple[str, str, str, str]]) -> None:
        self.conflicts.update((row, key) for row, key, _, _ in found)
        self._many(
            "INSERT OR IGNORE INTO conflict (row, key, record, table_name, since) "
            "VALUES (?, ?, ?, ?, ?)",
            [(*pair, self._now) for pair in found],
        )

    def _write_deletes(self) -> None:
        states = list(self.rows.values())
        self._many("DELETE FROM live_delete WHERE row = ?", [(s.id,) for s in states])
        self._many(
            "INSERT INTO live_delete (row, stream, seq, unit, office, dead, frontier) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (s.id, *dot, d.unit, d.office, int(d.dead), encode_frontier(d.frontier))
                for s in states
                for dot, d in s.deletes.items()
            ],
        )
        self._many(
            "DELETE FROM conflict WHERE row = ? AND key = '!'",
            [(s.id,) for s in states if not s.undecided],
        )
        self._enter_conflicts(
            [(s.id, "!", s.record, s.layout.table) for s in states if s.undecided]
        )
