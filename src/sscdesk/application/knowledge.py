"""What this desk knew at a moment: which commits had arrived, and how rows then stood.

A figure changes when a file arrives late. To tell "changed since: +3", a past figure is
counted again from what was known then. Two facts decide whether a commit was known at a
moment: one made on this laptop, by the time in the journal; one that came by file, by the
arrival of that file. For the latter, each file that is accepted leaves a line in the
settings: when it came, and how far each stream went before it. No schema changes for it.
What came before a desk kept such lines counts as known from the beginning.

The moment is that of this laptop's clock. The time inside a commit that came by file is
its author's and says nothing about when it became known here.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection

from sscdesk.application import settings
from sscdesk.store.selecting import select_among
from sscdesk.sync.journal import (
    Commit,
    Create,
    Delete,
    Members,
    Op,
    Restore,
    Update,
    decode_commit,
    row_cell,
)
from sscdesk.sync.rows import Layout, layouts

SCOPE = "arrival"
"""The scope of the settings that say when files came."""

Heads = dict[int, int]
"""How far each stream goes: its number in this file, its last commit."""
_heads = msgspec.json.Decoder(Heads)


def heads_of_others(connection: Connection) -> Heads:
    """Return how far the streams go that are not written here."""
    found = connection.exec_driver_sql("SELECT num, head_seq FROM stream WHERE mine = 0")
    return {int(num): int(head) for num, head in found}


def keep_arrival(connection: Connection, at: str, bundle: str, before: Heads) -> None:
    """Note what a file moved, given how far the streams went before it was applied."""
    now = heads_of_others(connection)
    moved = {num: before.get(num, 0) for num, head in now.items() if head > before.get(num, 0)}
    if moved:
        settings.put(connection, SCOPE, f"{at} {bundle}", msgspec.json.encode(moved).decode())


def known_at(connection: Connection, moment: str) -> Heads:
    """Return how far each stream was known at a moment (UTC, ISO 8601)."""
    own = connection.exec_driver_sql(
        "SELECT j.stream, max(j.seq) FROM journal j JOIN stream s ON s.num = j.stream "
        "WHERE s.mine = 1 AND j.at <= ? GROUP BY j.stream",
        (moment,),
    )
    heads = {int(num): int(seq) for num, seq in own} | heads_of_others(connection)
    later = connection.exec_driver_sql(
        "SELECT value FROM setting WHERE scope = ? AND key > ?", (SCOPE, f"{moment}~")
    )
    for (text,) in later:
        for num, before in _heads.decode(text).items():
            heads[num] = min(heads[num], before)
    return heads


# ---------------------------------------------------------------- rows as they stood


def stage_past(connection: Connection, moment: str, tables: Iterable[str]) -> None:
    """Lay out, in temporary tables, what ``shadows`` needs to show tables as they were."""
    for statement in _STAGE:
        connection.exec_driver_sql(statement)
    heads = known_at(connection, moment)
    _fill(connection, "known", heads.items())
    later = connection.exec_driver_sql(
        "SELECT DISTINCT t.row FROM touch t LEFT JOIN temp.known k ON k.stream = t.stream "
        "WHERE t.seq > coalesce(k.seq, 0)"
    )
    _fill(connection, "later", [(row,) for (row,) in later])
    for table in tables:
        rows = connection.exec_driver_sql(
            f'SELECT x.* FROM main."{table}" x JOIN temp.later l ON l.id = x.id '
            "JOIN temp.known k ON k.stream = x.base_stream AND x.base_seq <= k.seq"
        ).mappings()
        held = {str(row["id"]): dict(row) for row in rows}
        stood = _as_they_stood(connection, layouts()[table], held)
        _fill(connection, "stood", [(table, json.dumps(row)) for row in stood])


_STAGE = (
    "DROP TABLE IF EXISTS temp.known",
    "DROP TABLE IF EXISTS temp.later",
    "DROP TABLE IF EXISTS temp.stood",
    "CREATE TEMP TABLE known (stream INTEGER PRIMARY KEY, seq INTEGER NOT NULL)",
    "CREATE TEMP TABLE later (id TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TEMP TABLE stood (name TEXT NOT NULL, held TEXT NOT NULL)",
)


def _fill(connection: Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    listed = list(rows)
    if listed:
        marks = ", ".join("?" for _cell in listed[0])
        connection.exec_driver_sql(f"INSERT INTO temp.{table} VALUES ({marks})", listed)


def shadows(tables: Iterable[str]) -> str:
    """Return common table expressions that stand in for tables, as they were.

    Put before a statement, they make it read the past that ``stage_past`` laid out: a row
    that was not known is absent, one that changed later has its former values.
    """
    return ", ".join(_shadow(table) for table in tables)


def _shadow(table: str) -> str:
    if table == "act":
        return (
            "act AS (SELECT a.* FROM main.act a JOIN temp.known k "
            "ON k.stream = a.stream AND a.seq <= k.seq)"
        )
    columns = layouts()[table].columns
    plain = ", ".join(f'x."{name}" AS "{name}"' for name in columns)
    stood = ", ".join(f"s.held ->> '$.{name}' AS \"{name}\"" for name in columns)
    return (
        f'"{table}" AS (SELECT {plain} FROM main."{table}" x '
        "JOIN temp.known k ON k.stream = x.base_stream AND x.base_seq <= k.seq "
        "WHERE x.id NOT IN (SELECT id FROM temp.later) "
        f"UNION ALL SELECT {stood} FROM temp.stood s WHERE s.name = '{table}')"
    )


@dataclass(slots=True)
class _Replay:
    """One row while what was known of it is written into it, commit after commit."""

    layout: Layout
    held: dict[str, Any]
    skipped: set[tuple[str, int, int]]
    """Writes that were not its author's to make: kept as suggestions, never applied."""
    written: dict[str, Any] = field(default_factory=dict)

    def write(self, column: str, value: Any, dot: tuple[int, int]) -> None:
        if column not in self.layout.columns or (column, *dot) in self.skipped:
            return
        if column in self.layout.sets:
            value = json.dumps(sorted({*self._members(column), *json.loads(str(value or "[]"))}))
        self.written[column] = value.hex() if isinstance(value, bytes) else value

    def members(self, column: str, added: Iterable[str], removed: Iterable[str]) -> None:
        if column in self.layout.sets:
            now = ({*self._members(column)} | set(added)) - set(removed)
            self.written[column] = json.dumps(sorted(now), ensure_ascii=False)

    def _members(self, column: str) -> list[str]:
        return list(json.loads(self.written.get(column) or "[]"))

    def row(self) -> dict[str, Any]:
        """Return the row as it stood; what nobody had written yet was empty."""
        empty = {name: None for name in self.layout.fields if name not in self.written}
        return {**self.held, "deleted": 0, **empty, **self.written}


def _as_they_stood(
    connection: Connection, layout: Layout, held: Mapping[str, dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield rows with the values that the commits known by then had given them.

    Commits are read in their logical order, so that of several values that collide the
    one that was shown is taken (``sync/registers.py``).
    """
    skipped: dict[str, set[tuple[str, int, int]]] = {}
    wanted = list(held)
    for found in select_among(
        connection, "SELECT row, key, stream, seq FROM suggestion", "row", wanted
    ):
        for one in found:
            name = str(one.key).partition(":")[0]
            skipped.setdefault(str(one.row), set()).add((name, one.stream, one.seq))
    replays = {
        row: _Replay(layout, values, skipped.get(row, set())) for row, values in held.items()
    }
    for dot, commit, rows in _commits(connection, layout.table, held):
        for op in commit.ops:
            if op.table == layout.table:
                _replay(op, dot, {row_cell(row): replays[row] for row in rows})
    for replay in replays.values():
        if replay.written:
            yield replay.row()


def _commits(
    connection: Connection, table: str, held: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[tuple[int, int], Commit, list[str]]]:
    """Yield the commits known by then that wrote rows, each decoded once, in logical order."""
    dots: dict[tuple[int, int], list[str]] = {}
    for row, values in held.items():
        dots.setdefault((int(values["base_stream"]), int(values["base_seq"])), []).append(row)
    for found in select_among(
        connection,
        "SELECT t.row, t.stream, t.seq FROM touch t JOIN temp.known k "
        "ON k.stream = t.stream AND t.seq <= k.seq",
        "t.row",
        list(held),
    ):
        for one in found:
            rows = dots.setdefault((int(one.stream), int(one.seq)), [])
            if one.row not in rows:
                rows.append(str(one.row))
    ranked = connection.exec_driver_sql(
        "SELECT j.hlc, s.office, s.id, j.seq, j.stream, j.payload FROM json_each(?) d "
        "JOIN journal j ON j.stream = d.value ->> 0 AND j.seq = d.value ->> 1 "
        "JOIN stream s ON s.num = j.stream ORDER BY 1, 2, 3, 4",
        (json.dumps(list(dots)),),
    )
    for _hlc, _office, _id, seq, stream, payload in ranked:
        dot = (int(stream), int(seq))
        yield dot, decode_commit(payload), dots[dot]


def _replay(op: Op, dot: tuple[int, int], replays: Mapping[bytes, _Replay]) -> None:
    match op:
        case Create() | Update():
            for cells in op.rows:
                replay = replays.get(cells[0])
                for name, value in zip(op.columns, cells[1:], strict=True) if replay else ():
                    assert replay is not None
                    replay.write(name, value, dot)
                    replay.written.setdefault("deleted", 0)
        case Members() if op.row in replays:
            replays[op.row].members(op.field, op.added, op.removed)
        case Delete() | Restore():
            for cell in op.rows:
                if cell in replays:
                    replays[cell].written["deleted"] = int(isinstance(op, Delete))
        case _:
            pass
