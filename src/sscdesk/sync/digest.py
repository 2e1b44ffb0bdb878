"""The canonical dump of the shared records: equal bytes where offices know the same.

Two officers compare its SHA-256 by telephone. It holds what every office may receive
(rows shared with all, their shared fields, all live values of each), sorted, and
nothing that depends on this file: no local number, no clock, no order of arrival.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection

from sscdesk.model.field import Audience
from sscdesk.store.selecting import select_among
from sscdesk.sync.registers import Dot, is_deleted
from sscdesk.sync.rows import Layout, layouts
from sscdesk.sync.streams import Frontier, decode_frontier

_encode = msgspec.msgpack.Encoder(order="sorted").encode
_SKIPPED = frozenset({"circle", "audience"})


def shared_digest(connection: Connection, *, personal: bool = False) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical dump.

    Personal data has a digest of its own: an office may lack it by law, and hold all
    else alike.
    """
    whole = hashlib.sha256()
    for line in canonical_dump(connection, personal=personal):
        whole.update(len(line).to_bytes(4, "big"))
        whole.update(line)
    return whole.hexdigest()


def canonical_dump(connection: Connection, *, personal: bool = False) -> Iterator[bytes]:
    """Yield the dump, a line per row, tables and rows in order."""
    for table in sorted(layouts()):
        layout = layouts()[table]
        columns = _columns(layout, personal)
        if layout.audience_of_field("owner") is Audience.SHARED and columns:
            yield from _rows(connection, layout, columns, personal)


def _columns(layout: Layout, personal: bool) -> list[str]:
    found = [
        name
        for name in (*layout.meta, *layout.fields)
        if layout.audience_of_field(name) is Audience.SHARED
        and name not in _SKIPPED
        and layout.is_personal(name) is personal
    ]
    return sorted(["id", "deleted", *found]) if found else []


def _rows(
    connection: Connection, layout: Layout, columns: list[str], personal: bool
) -> Iterator[bytes]:
    names = ", ".join(f'r."{name}"' for name in columns)
    holder = layout.mapped.parent_entity if layout.is_part else ""  # type: ignore[attr-defined]
    shared = (
        f"JOIN \"{holder}\" h ON h.id = r.parent WHERE h.audience = '*'"
        if layout.is_part
        else "WHERE r.audience = '*'"
    )
    live = _live_values(connection, layout, frozenset(columns))
    gone = _deleted_for_all(connection, layout, personal)
    for row in connection.exec_driver_sql(
        f'SELECT {names} FROM "{layout.table}" r {shared} ORDER BY r.id'
    ).mappings():
        values = {name: _plain(row[name]) for name in columns if row[name] not in (None, "[]")}
        values["deleted"] = int(row["id"] in gone)
        yield _encode([layout.table, values, live.get(str(row["id"]), [])])


def _deleted_for_all(connection: Connection, layout: Layout, personal: bool) -> set[str]:
    """Return the rows in the bin as every office sees them.

    Where somebody wrote, unseen by a deletion, what not every office may read, the record
    stands out of the bin there until the offices decide; elsewhere it never was.
    """
    shared = "('*', '*~')" if personal else "('*')"
    deletes: dict[str, list[Frontier]] = {}
    for row, frontier in connection.exec_driver_sql(
        "SELECT d.row, d.frontier FROM live_delete d JOIN stream s ON s.num = d.stream "
        f'JOIN "{layout.table}" r ON r.id = d.row WHERE d.dead = 0 AND s.audience IN {shared}'
    ):
        deletes.setdefault(row, []).append(decode_frontier(frontier))
    writes: dict[str, list[Dot]] = {row: [] for row in deletes}
    for statement, key in _WRITES:
        source = statement.format(table=layout.table)
        for found in select_among(connection, source, key, list(deletes)):
            for one in found.mappings():
                if one["audience"] == "*" or (personal and one["audience"] == "*~"):
                    writes[one["row"]].append((one["stream"], one["seq"]))
    return {row for row, seen in deletes.items() if is_deleted(writes[row], seen)}


_OF_ROWS = (
    "SELECT r.id AS row, s.audience, r.base_stream AS stream, r.base_seq AS seq "
    'FROM "{table}" r JOIN stream s ON s.num = r.base_stream'
)
_OF_FIELDS = "SELECT v.row, s.audience, v.stream, v.seq FROM {} v JOIN stream s ON s.num = v.stream"
_WRITES = (
    (_OF_ROWS, "r.id"),
    (_OF_FIELDS.format("field_version"), "v.row"),
    (_OF_FIELDS.format("live_value"), "v.row"),
)
"""The writes to a row that still count: as it was made, field by field, and in conflict."""


def _live_values(
    connection: Connection, layout: Layout, columns: frozenset[str]
) -> dict[str, list[Any]]:
    """Return the live values of fields in conflict, sorted, by row."""
    found: dict[str, list[Any]] = {}
    for row, key, value in connection.exec_driver_sql(
        "SELECT v.row, v.key, v.value FROM live_value v JOIN conflict c "
        "ON c.row = v.row AND c.key = v.key WHERE c.table_name = ?",
        (layout.table,),
    ):
        if key in columns:
            found.setdefault(row, []).append([key, _plain(msgspec.msgpack.decode(value))])
    return {row: sorted(values, key=_encode) for row, values in found.items()}


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value
