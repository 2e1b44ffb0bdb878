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
from sscdesk.sync.rows import Layout, layouts

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
            yield from _rows(connection, layout, columns)


def _columns(layout: Layout, personal: bool) -> list[str]:
    found = [
        name
        for name in (*layout.meta, *layout.fields)
        if layout.audience_of_field(name) is Audience.SHARED
        and name not in _SKIPPED
        and layout.is_personal(name) is personal
    ]
    return sorted(["id", "deleted", *found]) if found else []


def _rows(connection: Connection, layout: Layout, columns: list[str]) -> Iterator[bytes]:
    names = ", ".join(f'r."{name}"' for name in columns)
    holder = layout.mapped.parent_entity if layout.is_part else ""  # type: ignore[attr-defined]
    shared = (
        f"JOIN \"{holder}\" h ON h.id = r.parent WHERE h.audience = '*'"
        if layout.is_part
        else "WHERE r.audience = '*'"
    )
    live = _live_values(connection, layout, frozenset(columns))
    for row in connection.exec_driver_sql(
        f'SELECT {names} FROM "{layout.table}" r {shared} ORDER BY r.id'
    ).mappings():
        values = {name: _plain(row[name]) for name in columns if row[name] not in (None, "[]")}
        yield _encode([layout.table, values, live.get(str(row["id"]), [])])


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
