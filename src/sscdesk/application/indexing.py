"""What of a row can be searched, written in the same transaction as the row."""

# ruff: noqa: S608 - the names in these statements are the model's own

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection

from sscdesk.model.base import Record
from sscdesk.model.field import FieldType
from sscdesk.search.index import Entry, index_rows, remove_rows
from sscdesk.search.index import rebuild as rebuild_index
from sscdesk.store.selecting import select_among
from sscdesk.sync.rows import Layout, layouts

_WORDS = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL}


@cache
def _searched(table: str) -> tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]:
    """Return the columns of the title, and of the text with whether each is a set."""
    layout = layouts()[table]
    titles = layout.mapped.title_fields if issubclass(layout.mapped, Record) else ()
    words = tuple(
        (field.name, field.is_set)
        for field in layout.fields.values()
        if field.type in _WORDS and not field.masked and field.name not in titles
    )
    return titles, words


def entry_of(layout: Layout, row: Mapping[str, Any]) -> Entry:
    """Return what the index keeps of a row."""
    titles, words = _searched(layout.table)
    title = [str(row[name]) for name in titles if row.get(name)]
    if not layout.is_part:
        title.append(str(row["ref"]))
        entity, record = layout.table, str(row["id"])
    else:
        entity, record = layout.mapped.parent_entity, str(row["parent"])  # type: ignore[attr-defined]
    text = [
        " ".join(json.loads(row[name])) if is_set else str(row[name])
        for name, is_set in words
        if row.get(name)
    ]
    return Entry(str(row["id"]), record, entity, "\n".join(title), "\n".join(text))


def index_tuples(
    connection: Connection, layout: Layout, rows: Sequence[tuple[Any, ...]], *, fresh: bool = False
) -> None:
    """Index whole rows given in the order of the layout's columns."""
    _index(connection, layout, (dict(zip(layout.columns, r, strict=True)) for r in rows), fresh)


def index_tables(connection: Connection, table: str, identifiers: Iterable[str]) -> None:
    """Read rows back and index them."""
    layout = layouts()[table]
    _index(connection, layout, _read(connection, table, list(identifiers)), fresh=False)


def _read(connection: Connection, table: str, wanted: list[str]) -> Iterator[Mapping[str, Any]]:
    for found in select_among(connection, f'SELECT * FROM "{table}"', "id", wanted):
        yield from (dict(row) for row in found.mappings())


def _index(
    connection: Connection, layout: Layout, rows: Iterable[Mapping[str, Any]], fresh: bool
) -> None:
    kept: list[Mapping[str, Any]] = []
    gone: list[Mapping[str, Any]] = []
    for row in rows:
        (gone if row["deleted"] else kept).append(row)
    index_rows(connection, [entry_of(layout, row) for row in kept], fresh=fresh)
    if gone:
        remove_rows(connection, [str(row["id"]) for row in gone])


def rebuild(connection: Connection) -> int:
    """Build the index again from all rows; return how many there were."""
    return rebuild_index(connection, _all_entries(connection))


def _all_entries(connection: Connection) -> Iterator[Entry]:
    for table, layout in layouts().items():
        rows = connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE deleted = 0')
        for row in rows.mappings().all():
            yield entry_of(layout, dict(row))
