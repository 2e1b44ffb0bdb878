"""Writing on this laptop: rows, their versions and the commits that tell of them.

One ``Capture`` lives inside one write transaction. What it writes supersedes all that
this file knows, so nothing is compared; where other laptops disagree is for merging.
"""

# ruff: noqa: S608 - the names in these statements are the model's own, checked against it

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert

from sscdesk.model.field import Audience
from sscdesk.store import schema
from sscdesk.sync.erasing import erase, meta_of
from sscdesk.sync.journal import (
    FORMAT,
    LEAF_ROWS,
    Cell,
    Create,
    Delete,
    Done,
    Erase,
    Header,
    Members,
    Op,
    Raw,
    Restore,
    Suggest,
    Update,
    encode_commit,
    readers,
    row_cell,
)
from sscdesk.sync.rows import Layout, Sharing, insert_rows, layouts, update_rows
from sscdesk.sync.segments import chain_hash, head_message
from sscdesk.sync.streams import Frontier, Stream, Streams, encode_frontier

SEAL_BYTES = 4 * 1024 * 1024
"""A commit is closed at about this size, another begun (sync.md: segments of about 4 MB)."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, from which laptop, and how the laptop signs."""

    officer: str
    officer_name: str
    office: str
    laptop: bytes
    sign: Callable[[bytes], bytes] = field(repr=False)


@dataclass(slots=True)
class _Pending:
    """A commit being gathered for one stream."""

    stream: Stream
    ops: list[Op] = field(default_factory=list)
    size: int = 0


class Capture:
    """One unit of work's writing.

    ``now`` is this laptop's clock in UTC, right or wrong. Call ``finish`` inside the
    same transaction.
    """

    def __init__(
        self,
        connection: Connection,
        streams: Streams,
        author: Author,
        *,
        unit: bytes,
        now: datetime,
        label: str,
        note: str = "",
    ) -> None:
        self._connection = connection
        self.streams = streams
        self._author = author
        self._unit = unit
        self._label = label
        self._note = note
        self._at = int(now.timestamp())
        self.at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._hlc = max(streams.latest_hlc() + 1, int(now.timestamp() * 1000) << 16)
        self._pending: dict[int, _Pending] = {}
        self._touched: set[tuple[str, int, int]] = set()
        self.commits = 0

    def rename(self, label: str) -> None:
        """Say more exactly what the officer did, once it is known."""
        self._label = label

    # ------------------------------------------------------------ what an officer does

    def create(self, table: str, rows: Sequence[Mapping[str, Raw]], sharing: Sharing) -> None:
        """Write new rows that share one audience; each is a mapping with ``id`` and ``owner``."""
        layout = layouts()[table]
        by_audience = self._columns_by_audience(layout, rows, sharing)
        step = 1 if layout.personal else LEAF_ROWS
        for start in range(0, len(rows), step):
            self._create_leaf(layout, rows[start : start + step], by_audience)

    def _create_leaf(
        self,
        layout: Layout,
        rows: Sequence[Mapping[str, Raw]],
        by_audience: Sequence[tuple[str, list[str]]],
    ) -> None:
        (wide, columns), *narrower = by_audience
        pending = self._gather(wide)
        used = [c for c in columns if any(row.get(c) is not None for row in rows)]
        self._add(pending, Create(layout.table, tuple(used), _cells(rows, used)), rows)
        kept: dict[str, Raw] = {
            "deleted": 0,
            "created_at": self.at,
            "created_by": self._author.officer,
            "updated_at": self.at,
            "updated_by": self._author.officer,
            "base_stream": pending.stream.num,
            "base_seq": pending.stream.head_seq,
        }
        insert_rows(self._connection, layout, ({**row, **kept} for row in rows))
        for audience, names in narrower:
            for row in rows:
                filled = [name for name in names if row.get(name) is not None]
                if filled:
                    self._tell_update(audience, layout.table, str(row["id"]), row, filled)

    def _columns_by_audience(
        self, layout: Layout, rows: Sequence[Mapping[str, Raw]], sharing: Sharing
    ) -> list[tuple[str, list[str]]]:
        """Sort the filled columns by the stream that carries them, the row's own first."""
        lead = sharing.stream_of(layout, "owner")
        found: dict[str, list[str]] = {lead: []}
        for column in layout.columns:
            if not layout.travels(column) or not any(row.get(column) is not None for row in rows):
                continue
            audience = sharing.stream_of(layout, column)
            found.setdefault(audience, []).append(column)
        return list(found.items())

    def update(self, table: str, row: str, values: Mapping[str, Raw], sharing: Sharing) -> None:
        """Write fields of a row that exists."""
        layout = layouts()[table]
        by_audience: dict[str, list[str]] = {}
        for column in values:
            audience = sharing.stream_of(layout, column)
            by_audience.setdefault(audience, []).append(column)
        for audience, columns in by_audience.items():
            self._tell_update(audience, table, row, values, columns)
        columns = [*values, "updated_at", "updated_by"]
        changed = (*values.values(), self.at, self._author.officer, row)
        update_rows(self._connection, table, columns, [changed])

    def _tell_update(
        self,
        audience: str,
        table: str,
        row: str,
        values: Mapping[str, Raw],
        columns: Sequence[str],
    ) -> None:
        pending = self._gather(audience)
        cells = (row_cell(row), *(values[column] for column in columns))
        self._add(pending, Update(table, tuple(columns), (cells,)), [cells])
        self._version(row, columns, pending.stream)

    def members(
        self,
        table: str,
        row: str,
        name: str,
        now: Iterable[str],
        added: Iterable[str],
        removed: Iterable[str],
        sharing: Sharing,
    ) -> None:
        """Write a set: ``now`` is what it holds after ``added`` and ``removed``."""
        audience = sharing.stream_of(layouts()[table], name)
        pending = self._gather(audience)
        plus, minus = tuple(sorted(added)), tuple(sorted(removed))
        op = Members(table, name, row_cell(row), plus, minus)
        self._add(pending, op, [(*plus, *minus)])
        self._version(row, [f"{name}:{member}" for member in (*plus, *minus)], pending.stream)
        value = json.dumps(sorted(now), ensure_ascii=False)
        changed = (value, self.at, self._author.officer, row)
        update_rows(self._connection, table, [name, "updated_at", "updated_by"], [changed])

    def delete(self, table: str, row: str, sharing: Sharing) -> None:
        """Put a row into the bin, for each audience that may hold a part of it."""
        self._kill_deletions(row)
        for audience in self._audiences(layouts()[table], sharing):
            pending = self._gather(audience)
            self._add(pending, Delete(table, (row_cell(row),)), [(row,)])
            self._touch(row, pending.stream)
            self._connection.execute(
                insert(schema.live_delete).values(
                    row=row,
                    stream=pending.stream.num,
                    seq=pending.stream.head_seq,
                    unit=self._unit,
                    office=self._author.office,
                    dead=0,
                    frontier=encode_frontier(self._seen(pending.stream)),
                )
            )
        self._set_deleted(table, row, 1)

    def restore(self, table: str, row: str, sharing: Sharing) -> None:
        """Take a row out of the bin, or keep one that another office deleted."""
        for audience in self._audiences(layouts()[table], sharing):
            pending = self._gather(audience)
            self._add(pending, Restore(table, (row_cell(row),)), [(row,)])
            self._touch(row, pending.stream)
        self._kill_deletions(row)
        self._set_deleted(table, row, 0)

    def _kill_deletions(self, row: str) -> None:
        self._connection.exec_driver_sql("UPDATE live_delete SET dead = 1 WHERE row = ?", (row,))

    def act(
        self,
        table: str,
        row: str,
        action: str,
        source: str,
        target: str,
        note: str,
        sharing: Sharing,
        *,
        bilateral: bool = False,
    ) -> None:
        """Record that the officer did ``action`` to a record.

        A ``bilateral`` act is the partners' business where the state is everybody's: it
        stands in their stream, where it can tell what bilateral words it has seen.
        """
        lead = sharing.stream_of(layouts()[table], "state")
        audience = sharing.stream_audience(Audience.BILATERAL) if bilateral else lead
        pending = self._gather(audience)
        op = Done(table, row_cell(row), action, source, target, note)
        self._add(pending, op, [(action, note)])
        self._touch(row, pending.stream)
        self._connection.execute(
            insert(schema.act).values(
                record=row,
                stream=pending.stream.num,
                seq=pending.stream.head_seq,
                action=action,
                hlc=self._hlc,
                officer=self._author.officer,
                officer_name=self._author.officer_name,
                office=self._author.office,
                at=self.at,
                note=note,
                source=source,
                target=target,
            )
        )

    def suggest(self, table: str, row: str, name: str, value: Raw, sharing: Sharing) -> None:
        """Propose a value for a field that is another office's to write."""
        audience = sharing.stream_of(layouts()[table], name)
        pending = self._gather(audience)
        op = Suggest(table, row_cell(row), name, value, "open", None)
        self._add(pending, op, [(name, value)])
        self._touch(row, pending.stream)

    def suggest_new(self, table: str, row: Mapping[str, Raw], sharing: Sharing) -> None:
        """Propose a row that another office alone may make; no row is written here."""
        layout = layouts()[table]
        for audience, columns in self._columns_by_audience(layout, [row], sharing)[:1]:
            pending = self._gather(audience)
            self._add(pending, Create(table, tuple(columns), _cells([row], columns)), [row])

    def decide(self, suggestion: Mapping[str, Any], status: str, sharing: Sharing) -> None:
        """Tell its author what became of a suggestion."""
        table, key = str(suggestion["table_name"]), str(suggestion["key"])
        name = key.partition(":")[0]
        layout = layouts()[table]
        audience = sharing.stream_of(layout, name)
        pending = self._gather(audience)
        origin = (self.streams.by_num[suggestion["stream"]].id, int(suggestion["seq"]))
        row = str(suggestion["row"])
        self._add(pending, Suggest(table, row_cell(row), key, None, status, origin), [(key,)])
        self._connection.exec_driver_sql(
            "UPDATE suggestion SET status = ? WHERE id = ?", (status, suggestion["id"])
        )

    def publish(self, table: str, row: Mapping[str, Any], sharing: Sharing) -> None:
        """Write the present values of a row into the streams where they now belong.

        Offices that join receive the row as a whole; those that have it see it unchanged.
        """
        layout = layouts()[table]
        plain: dict[str, Raw] = {c: row[c] for c in layout.columns if row[c] is not None}
        for audience, columns in self._columns_by_audience(layout, [plain], sharing):
            pending = self._gather(audience)
            if "owner" in columns:
                cells = _cells([plain], columns)
                self._add(pending, Create(table, tuple(columns), cells), [plain])
                self._version(str(row["id"]), columns, pending.stream)
            else:
                self._tell_update(audience, table, str(row["id"]), plain, columns)

    def erase(
        self,
        table: str,
        rows: Sequence[Mapping[str, Raw]],
        leaves: Mapping[str, Sequence[bytes]],
        reason: str,
    ) -> None:
        """Tell that rows were erased, to each audience of ``leaves``, the hashes by audience."""
        layout = layouts()[table]
        columns = [name for name in meta_of(layout) if any(row.get(name) for row in rows)]
        for audience, digests in sorted(leaves.items(), key=lambda one: _width(one[0])):
            pending = self._gather(audience)
            op = Erase(table, tuple(columns), _cells(rows, columns), tuple(digests), reason)
            self._add(pending, op, [(reason, *digests)])
            dot = (pending.stream.num, pending.stream.head_seq)
            erase(self._connection, layout, rows, digests, dot=dot, reason=reason)

    # ------------------------------------------------------------ versions

    def _audiences(self, layout: Layout, sharing: Sharing) -> list[str]:
        found = {sharing.stream_of(layout, name) for name in ("owner", *layout.fields)}
        return sorted(found, key=_width)

    def _set_deleted(self, table: str, row: str, deleted: int) -> None:
        changed = (deleted, self.at, self._author.officer, row)
        update_rows(self._connection, table, ["deleted", "updated_at", "updated_by"], [changed])
        self._settle(row, ["!"])

    def _version(self, row: str, keys: Iterable[str], stream: Stream) -> None:
        self._connection.exec_driver_sql(
            "INSERT INTO field_version (row, key, stream, seq) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (row, key) DO UPDATE SET stream = excluded.stream, seq = excluded.seq",
            [(row, key, stream.num, stream.head_seq) for key in keys],
        )
        self._settle(row, keys)
        self._touch(row, stream)

    def _settle(self, row: str, keys: Iterable[str]) -> None:
        """Forget what was in conflict: the officer has seen it all and decided."""
        pairs = [(row, key) for key in keys]
        for table in ("live_value", "conflict"):
            self._connection.exec_driver_sql(
                f"DELETE FROM {table} WHERE row = ? AND key = ?", pairs
            )

    def _touch(self, row: str, stream: Stream) -> None:
        self._touched.add((row, stream.num, stream.head_seq))

    # ------------------------------------------------------------ commits

    def _gather(self, audience: str) -> _Pending:
        stream = self.streams.mine(audience, self._author.office, self._author.laptop)
        pending = self._pending.get(stream.num)
        if pending is None:
            stream.head_seq += 1
            pending = self._pending[stream.num] = _Pending(stream)
        return pending

    def _add(self, pending: _Pending, op: Op, cells: Iterable[Any]) -> None:
        """Add an operation; close a commit that has grown to its size.

        A new commit is begun by the next operation, so that the dot of what was just
        added is the one already used.
        """
        size = sum(len(str(cell)) + 2 for row in cells for cell in _plain(row))
        if pending.ops and pending.size + size > SEAL_BYTES:
            self._seal(pending)
            pending.stream.head_seq += 1
            pending.ops, pending.size = [], 0
        pending.ops.append(op)
        pending.size += size

    def _seen(self, stream: Stream) -> Frontier:
        """What the pending commit has seen, itself included: its last word counts."""
        seen = self.streams.frontier_for(stream.audience)
        seen[stream.num] = stream.head_seq
        return seen

    def _seal(self, pending: _Pending) -> None:
        stream = pending.stream
        seen = self._seen(stream)
        del seen[stream.num]
        delta = {
            self.streams.by_num[num].id: seq
            for num, seq in seen.items()
            if stream.frontier.get(num) != seq
        }
        header = Header(
            FORMAT,
            self._unit,
            self._hlc,
            self._at,
            row_cell(self._author.officer),
            self._author.officer_name,
            self._label,
            self._note if stream.audience == self._author.office else "",
            delta,
        )
        payload = encode_commit(header, pending.ops)
        stream.head_hash = chain_hash(stream.head_hash, payload)
        stream.head_signature = self._author.sign(
            head_message(stream.id, stream.audience, stream.head_seq, stream.head_hash)
        )
        stream.head_hlc = self._hlc
        stream.frontier = seen
        stream.changed = True
        self.commits += 1
        self._connection.exec_driver_sql(
            "INSERT INTO journal (stream, seq, hash, hlc, at, officer, officer_name, unit, payload)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                stream.num,
                stream.head_seq,
                stream.head_hash,
                self._hlc,
                self.at,
                self._author.officer,
                self._author.officer_name,
                self._unit,
                payload,
            ),
        )

    def finish(self) -> None:
        """Close all commits and write the heads."""
        for pending in sorted(self._pending.values(), key=lambda p: _width(p.stream.audience)):
            self._seal(pending)
        self._pending.clear()
        if self._touched:
            self._connection.exec_driver_sql(
                "INSERT OR IGNORE INTO touch (row, stream, seq) VALUES (?, ?, ?)",
                list(self._touched),
            )
        self.streams.save()


def _width(audience: str) -> tuple[int, str]:
    """Sort audiences from the widest to the narrowest, personal data after the rest."""
    offices = readers(audience)
    return (-100 if offices is None else -len(offices), audience)


def _cells(
    rows: Sequence[Mapping[str, Raw]], columns: Sequence[str]
) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (row_cell(str(row["id"])), *(_cell(row, column) for column in columns)) for row in rows
    )


def _cell(row: Mapping[str, Raw], column: str) -> Cell:
    value = row.get(column)
    return row_cell(str(value)) if column == "parent" else value


def _plain(row: Any) -> Iterable[Any]:
    return row.values() if isinstance(row, Mapping) else row
