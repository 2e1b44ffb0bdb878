"""What a file for an office would tell it: the records that wait to go, by name.

Figures come from ``outgoing``; this reads the commits themselves, so it is asked for one
office at a time and only as far as a person reads.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application.incoming import ChangedRecord
from sscdesk.application.reading import read_row, title_of
from sscdesk.model.base import record_kinds
from sscdesk.sync.journal import Create, Delete, Erase, Op, Update, decode_commit, row_id
from sscdesk.sync.outbox import Waiting, acknowledged, waiting_for
from sscdesk.sync.rows import layouts
from sscdesk.sync.streams import Streams

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

MOST_COMMITS = 2_000
"""Commits that are read; where more wait, the number of records is not told."""
MOST_LISTED = 300

_RANK = {"changed": 0, "new": 1, "deleted": 2}


@dataclass(frozen=True, slots=True)
class WaitingRecords:
    """The records that wait for an office."""

    office: str
    records: int | None
    """How many; None where too much waits to count."""
    listed: tuple[ChangedRecord, ...]
    """The first of them."""
    in_files: int = 0
    """Commits of what waits that lie in a file already made."""


def waiting_records(w: "Workspace", office: str) -> WaitingRecords:
    """Return the records of which something waits for ``office``."""
    with w.read() as connection:
        known_to_it = acknowledged(connection, office)
        streams = waiting_for(Streams(connection, w.random), [office], [known_to_it])
        touched = _touched(connection, streams)
        in_files = _in_files(connection, office, streams)
        listed = [_named(connection, record, what) for record, what in touched.items()]
    known = sum(one.commits for one in streams) <= MOST_COMMITS
    shown = tuple(one for one in listed[:MOST_LISTED] if one is not None)
    return WaitingRecords(office, len(touched) if known else None, shown, in_files)


def _in_files(connection: Connection, office: str, streams: Sequence[Waiting]) -> int:
    made = {
        bytes(row.stream_id): int(row.seq)
        for row in connection.exec_driver_sql(
            "SELECT stream_id, seq FROM exported WHERE office = ?", (office,)
        )
    }
    ends = [(one, min(made.get(one.stream.id, 0), one.last)) for one in streams]
    return sum(max(0, end - one.first + 1) for one, end in ends)


Place = tuple[str, str]
"""A table and the identifier of one of its rows."""


def _touched(connection: Connection, streams: Sequence[Waiting]) -> dict[Place, str]:
    """Return the records that commits touch, each with what the gravest of them does."""
    found: dict[Place, str] = {}
    left = MOST_COMMITS
    for one in streams:
        for payload in _payloads(connection, one, left):
            left -= 1
            for op in decode_commit(payload).ops:
                _note(connection, op, found)
    return found


def _payloads(connection: Connection, waiting: Waiting, most: int) -> Iterable[bytes]:
    rows = connection.exec_driver_sql(
        "SELECT payload FROM journal WHERE stream = ? AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?",
        (waiting.stream.num, waiting.first, waiting.last, max(0, most)),
    )
    return [bytes(payload) for payload in rows.scalars()]


def _note(connection: Connection, op: Op, found: dict[Place, str]) -> None:
    layout = layouts().get(op.table)
    if layout is None:
        return
    what = _what(op)
    for row in _rows(op):
        place: Place | None = (op.table, row)
        if layout.is_part:
            place, what = _holder(connection, op.table, row), "changed"
        if place is not None and _RANK[what] >= _RANK.get(found.get(place, "changed"), 0):
            found[place] = what


def _what(op: Op) -> str:
    if isinstance(op, Create):
        return "new"
    return "deleted" if isinstance(op, Delete | Erase) else "changed"


def _rows(op: Op) -> Iterator[str]:
    if isinstance(op, Create | Update | Erase):
        yield from (row_id(cells[0]) for cells in op.rows)
    elif hasattr(op, "rows"):
        yield from map(row_id, op.rows)
    else:
        yield row_id(op.row)


def _holder(connection: Connection, table: str, row: str) -> Place | None:
    parent = connection.exec_driver_sql(
        f'SELECT parent FROM "{table}" WHERE id = ?', (row,)
    ).scalar()
    entity = layouts()[table].mapped.parent_entity  # type: ignore[attr-defined]
    return (entity, str(parent)) if parent else None


def _named(connection: Connection, place: Place, what: str) -> ChangedRecord | None:
    entity, identifier = place
    row = read_row(connection, entity, identifier)
    if row is None or entity not in record_kinds():
        return None
    title = title_of(record_kinds()[entity].mapped, row)
    return ChangedRecord(identifier, str(row["ref"]), entity, title, what)
