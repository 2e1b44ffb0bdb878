"""Erasing what was written about a person: from rows, from the journal, from what arrives.

A commit keeps the hash of an erased leaf, so that the chain and every signature over it
hold. Which leaves may be missing is declared by an operation of the office's own journal
and travels with it; a leaf that nobody declared erased is never accepted without content.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from sscdesk.model.base import Record
from sscdesk.sync.journal import (
    Create,
    Done,
    Erase,
    Members,
    Op,
    Raw,
    Suggest,
    Update,
    decode_op,
    row_id,
)
from sscdesk.sync.rows import Layout, insert_rows, layouts, read_rows
from sscdesk.sync.segments import ERASED, leaves_of

ERASE_TAG = 8
_pack = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True)
class FoundLeaf:
    """A leaf of the journal that holds nothing but what was written about certain rows."""

    stream: int
    seq: int
    audience: str
    office: str
    digest: bytes


def meta_of(layout: Layout) -> tuple[str, ...]:
    """Return the columns that stay of an erased row: whose it is and where it stands."""
    return layout.meta


def rows_named(op: Op) -> list[str]:
    """Return the rows whose content an operation holds; none for one that holds none."""
    match op:
        case Create() | Update():
            return [row_id(cells[0]) for cells in op.rows]
        case Members() | Done() | Suggest():
            return [row_id(op.row)]
        case _:
            return []


def find_leaves(connection: Connection, rows: Collection[str]) -> Iterator[FoundLeaf]:
    """Find all leaves that hold nothing but what was written about ``rows``."""
    for stream, seq, audience, office, payload in _commits_of(connection, rows):
        for leaf in leaves_of(payload)[1:]:
            if not isinstance(leaf, bytes):
                continue
            named = rows_named(decode_op(leaf))
            if named and all(one in rows for one in named):
                yield FoundLeaf(stream, seq, audience, office, hashlib.sha256(leaf).digest())


def _commits_of(
    connection: Connection, rows: Collection[str]
) -> Iterator[tuple[int, int, str, str, bytes]]:
    """Yield the commits that made or touched rows, each once."""
    wanted = json.dumps(sorted(rows))
    made = " UNION ".join(
        f'SELECT base_stream AS stream, base_seq AS seq FROM "{table}" '
        "WHERE id IN (SELECT value FROM json_each(:rows))"
        for table in layouts()
    )
    found = connection.exec_driver_sql(
        "SELECT j.stream, j.seq, s.audience, s.office, j.payload FROM journal j "
        "JOIN stream s ON s.num = j.stream JOIN (SELECT stream, seq FROM touch "
        f"WHERE row IN (SELECT value FROM json_each(:rows)) UNION {made}) d "
        "ON d.stream = j.stream AND d.seq = j.seq ORDER BY j.stream, j.seq",
        {"rows": wanted},
    ).all()
    for stream, seq, audience, office, payload in found:
        yield int(stream), int(seq), str(audience), str(office), bytes(payload)


def stripped(payload: bytes, digests: Collection[bytes]) -> bytes:
    """Return a commit in which leaves with these digests are only their digest."""
    leaves = leaves_of(payload)
    kept: list[Any] = [leaves[0]]
    for leaf in leaves[1:]:
        digest = hashlib.sha256(leaf).digest() if isinstance(leaf, bytes) else b""
        gone = digest in digests
        kept.append(msgspec.msgpack.Ext(ERASED, digest) if gone else leaf)
    return _pack(kept)


def declared_in(leaf: bytes) -> tuple[bytes, ...]:
    """Return the digests that a leaf declares erased; none where it is another operation."""
    if len(leaf) < 2 or leaf[1] != ERASE_TAG or leaf[0] & 0xF0 != 0x90:
        return ()
    op = decode_op(leaf)
    return op.leaves if isinstance(op, Erase) else ()


def erased_among(connection: Connection, rows: Iterable[str]) -> set[str]:
    """Return which of these rows are erased."""
    found = connection.exec_driver_sql(
        "SELECT row FROM erasure WHERE row IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return {str(row) for (row,) in found}


def any_erasure(connection: Connection) -> bool:
    """Whether anything was ever erased in this file."""
    return connection.exec_driver_sql("SELECT 1 FROM erasure LIMIT 1").first() is not None


def erased_digests(connection: Connection) -> frozenset[bytes]:
    """Return the digests of all leaves that were declared erased."""
    found = connection.exec_driver_sql("SELECT digest FROM erased_leaf").scalars()
    return frozenset(bytes(digest) for digest in found)


# ---------------------------------------------------------------- doing it


def erase(
    connection: Connection,
    layout: Layout,
    rows: Sequence[Mapping[str, Raw]],
    digests: Collection[bytes],
    *,
    dot: tuple[int, int],
    reason: str,
) -> None:
    """Drop the content of rows, and the leaves declared; what stays says only whose it was.

    ``rows`` are the columns of ``meta_of`` with ``id``. A row that never came is entered
    empty, so that every office holds the same.
    """
    identifiers = [str(row["id"]) for row in rows]
    here = read_rows(connection, layout.table, identifiers)
    _blank(connection, layout, [row for row in rows if row["id"] in here])
    insert_rows(
        connection, layout, (_empty(layout, row, dot) for row in rows if row["id"] not in here)
    )
    _forget_versions(connection, identifiers)
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO erasure (row, record, table_name, stream, seq, reason) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [(row["id"], row.get("parent") or row["id"], layout.table, *dot, reason) for row in rows],
    )
    declare(connection, digests)
    strip_journal(connection, identifiers, digests)


def erase_inside(
    connection: Connection,
    table: str,
    records: Iterable[Mapping[str, Raw]],
    *,
    dot: tuple[int, int],
) -> None:
    """Empty the rows inside erased records that nobody named; their offices declare them."""
    wanted = json.dumps([row["id"] for row in records])
    for layout in layouts().values():
        if not layout.is_part or layout.mapped.parent_entity != table:  # type: ignore[attr-defined]
            continue
        found = connection.exec_driver_sql(
            f'SELECT * FROM "{layout.table}" WHERE parent IN (SELECT value FROM json_each(?)) '
            "AND id NOT IN (SELECT row FROM erasure)",
            (wanted,),
        ).mappings()
        rows = [meta_row(layout, dict(row)) for row in found]
        if rows:
            erase(connection, layout, rows, (), dot=dot, reason="")


def _blank(connection: Connection, layout: Layout, rows: Sequence[Mapping[str, Raw]]) -> None:
    empty = ", ".join(f'"{name}" = NULL' for name in (*layout.fields, "extra"))
    meta = [name for name in meta_of(layout) if name != "parent"]
    sets = ", ".join(f'"{name}" = ?' for name in meta)
    if rows:
        connection.exec_driver_sql(
            f'UPDATE "{layout.table}" SET {empty}, {sets}, deleted = 1 WHERE id = ?',
            [(*(row.get(name) for name in meta), row["id"]) for row in rows],
        )


def _empty(layout: Layout, row: Mapping[str, Raw], dot: tuple[int, int]) -> dict[str, Raw]:
    return {
        **dict.fromkeys(layout.columns),
        **row,
        "deleted": 1,
        "created_at": "",
        "created_by": "",
        "updated_at": "",
        "updated_by": "",
        "base_stream": dot[0],
        "base_seq": dot[1],
    }


_KEPT_BY_ROW = ("field_version", "live_value", "live_delete", "conflict", "suggestion")


def _forget_versions(connection: Connection, identifiers: Sequence[str]) -> None:
    wanted = [(identifier,) for identifier in identifiers]
    for table in _KEPT_BY_ROW:
        connection.exec_driver_sql(f'DELETE FROM {table} WHERE "row" = ?', wanted)
    connection.exec_driver_sql("UPDATE act SET note = '' WHERE record = ?", wanted)


def declare(connection: Connection, digests: Iterable[bytes]) -> None:
    """Remember that leaves may be missing."""
    listed = [(digest,) for digest in digests]
    if listed:
        connection.exec_driver_sql("INSERT OR IGNORE INTO erased_leaf (digest) VALUES (?)", listed)


def strip_journal(
    connection: Connection, rows: Collection[str], digests: Collection[bytes]
) -> None:
    """Take the leaves declared out of the commits that made or touched rows."""
    changed = []
    for stream, seq, _audience, _office, payload in _commits_of(connection, rows):
        lighter = stripped(payload, digests)
        if lighter != payload:
            changed.append((lighter, stream, seq))
    if changed:
        connection.exec_driver_sql(
            "UPDATE journal SET payload = ? WHERE stream = ? AND seq = ?", changed
        )


def meta_row(layout: Layout, row: Mapping[str, Any]) -> dict[str, Raw]:
    """Return what stays of a row, in the form that every office comes to alike."""
    found = {name: row.get(name) for name in meta_of(layout)}
    if issubclass(layout.mapped, Record):
        found["state"] = layout.mapped.initial_state
    return {"id": row["id"], **found}
