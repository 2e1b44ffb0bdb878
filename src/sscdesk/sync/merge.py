"""Receiving the journals of other laptops: in causal order, by right, field by field.

Files, keys and signatures are checked before (``bundle``, ``trust``); what arrives here
is authentic. The result is data first; sentences are made by whoever shows it.
"""

# ruff: noqa: S608 - the names in these statements are the model's own, checked against it

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from sscdesk.model.refusal import FileRefused
from sscdesk.model.text import N_
from sscdesk.store import schema
from sscdesk.store.selecting import select_among
from sscdesk.sync.erasing import (
    any_erasure,
    erase,
    erase_inside,
    erased_among,
    erased_digests,
    meta_row,
    rows_named,
    stripped,
)
from sscdesk.sync.folding import Deletion, Folding, Observer, RowState
from sscdesk.sync.journal import (
    Commit,
    Create,
    Delete,
    Done,
    Erase,
    Members,
    Op,
    Raw,
    Restore,
    Suggest,
    Update,
    decode_commit,
    row_id,
)
from sscdesk.sync.judging import STILL_KEPT, CheckedSegment, Standing, trust_all
from sscdesk.sync.registers import Live, has_seen, written
from sscdesk.sync.rows import Layout, layouts, read_rows
from sscdesk.sync.segments import Segment, chain_hash
from sscdesk.sync.streams import Frontier, Stream, Streams

BATCH_ROWS = 20_000
"""Rows folded before they are written, so that memory stays bounded."""


class Authority(Protocol):
    """Who may write what, as the model's table says (model/authority.py)."""

    def may_create(
        self, layout: Layout, row: Mapping[str, Any], parent: Mapping[str, Any] | None, office: str
    ) -> bool:
        """Whether ``office`` may make such a row."""

    def may_update(
        self,
        layout: Layout,
        column: str,
        row: Mapping[str, Any],
        parent: Mapping[str, Any] | None,
        office: str,
        *,
        adding: bool = False,
    ) -> bool:
        """Whether ``office`` may write this field of the row; ``!`` is its deletion.

        ``adding``: it puts a member into a set, and takes none away.
        """

    def stands_in(self, layout: Layout, office: str) -> bool:
        """Whether rows of ``office`` only stand in for those of the office that keeps them.

        Such a row says nothing of its own: it adds nothing to one that is here.
        """


@dataclass(slots=True)
class MergeResult:
    """What came in, in figures and identifiers."""

    applied: int = 0
    known: int = 0
    parked: int = 0
    suggestions: int = 0
    unknown: int = 0
    """Operations on tables of a newer version; kept and passed on."""
    conflicts: set[tuple[str, str]] = field(default_factory=set)
    created: dict[str, set[str]] = field(default_factory=dict)
    """Identifiers of new records, by table of the row made."""
    changed: dict[str, set[str]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    acted: set[str] = field(default_factory=set)
    """Records on which an officer's act arrived."""
    erased: set[str] = field(default_factory=set)
    """Rows whose content was erased at a person's request."""


@dataclass(slots=True)
class _Ready:
    """A commit whose turn has come."""

    stream: Stream
    seq: int
    commit: Commit
    frontier: Frontier
    payload: bytes
    chain: bytes

    @property
    def at(self) -> str:
        return datetime.fromtimestamp(self.commit.header.at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def nothing_disowned(_stream: Stream, _seq: int) -> bool:
    """For a merge in which no laptop is lost."""
    return False


class Merge:
    """Applies segments inside one write transaction.

    ``judge`` says what may be done with commits that were kept; ``disowned`` whether a
    commit is one that its office does not stand by, so that it never comes.
    """

    def __init__(
        self,
        connection: Connection,
        streams: Streams,
        authority: Authority,
        observer: Observer,
        *,
        now: str,
        judge: Callable[[Sequence[Segment]], Sequence[CheckedSegment]] = trust_all,
        disowned: Callable[[Stream, int], bool] = nothing_disowned,
    ) -> None:
        self._judge = judge
        self._disowned = disowned
        self._connection = connection
        self._streams = streams
        self._authority = authority
        self._observer = observer
        self._now = now
        self._batch: list[_Ready] = []
        self._weight = 0
        self._hlc: dict[tuple[int, int], int] = {}
        self._erasures: list[tuple[_Ready, Erase]] = []
        self._gone: set[str] = set()
        """Rows of the batch at hand that were erased before."""
        self.result = MergeResult()

    def apply(self, segments: Iterable[Segment]) -> MergeResult:
        """Apply what can be applied, park the rest, retry what was parked before.

        Raises ``FileRefused`` ("branched-stream") when a laptop went on writing from a
        restored copy; nothing is then applied.
        """
        waiting = [*self._unpark(), *segments]
        while True:
            left = [rest for segment in waiting if (rest := self._take(segment)) is not None]
            if len(left) == len(waiting) and all(
                a.first == b.first for a, b in zip(left, waiting, strict=True)
            ):
                break
            waiting = left
        self._fold()
        self._park(waiting)
        self._streams.save()
        return self.result

    # ------------------------------------------------------------ causal order

    def _take(self, segment: Segment) -> Segment | None:
        """Take the commits of a segment whose turn has come; return what must wait."""
        stream = self._streams.by_id.get(segment.stream)
        head = stream.head_seq if stream else 0
        if segment.first > head + 1:
            return segment
        if stream is None:
            stream = self._streams.begin(
                segment.stream, segment.office, segment.laptop, segment.audience, mine=False
            )
        start = self._skip_known(segment, stream)
        for index in range(start, len(segment.commits)):
            if not self._advance(stream, segment.commits[index]):
                if index > start:
                    # Signed is the end of the segment; whoever passes these on adds the rest.
                    stream.head_signature = b""
                return self._rest(segment, stream, index)
        if stream.head_seq == segment.last and start < len(segment.commits):
            stream.head_signature = segment.head_signature
        return None

    def _skip_known(self, segment: Segment, stream: Stream) -> int:
        """Pass over commits held already, making sure that they are the same."""
        known = stream.head_seq - segment.first + 1
        chain = segment.before
        for payload in segment.commits[:known]:
            chain = chain_hash(chain, payload)
        self.result.known += min(known, len(segment.commits))
        reached = min(stream.head_seq, segment.last)
        if self._hash_at(stream, reached) != chain:
            raise _branched(segment)
        return known

    def _hash_at(self, stream: Stream, seq: int) -> bytes:
        if seq == stream.head_seq:
            return stream.head_hash
        for ready in reversed(self._batch):
            if (ready.stream.num, ready.seq) == (stream.num, seq):
                return ready.chain
        journal = schema.journal.c
        return bytes(
            self._connection.execute(
                select(journal.hash).where(journal.stream == stream.num, journal.seq == seq)
            ).scalar_one()
        )

    def _advance(self, stream: Stream, payload: bytes) -> bool:
        commit = decode_commit(payload)
        frontier = dict(stream.frontier)
        for identity, seq in commit.header.seen.items():
            other = self._streams.by_id.get(identity)
            if other is None or not (other.head_seq >= seq or self._disowned(other, seq)):
                return False
            frontier[other.num] = seq
        stream.head_seq += 1
        stream.head_hash = chain_hash(stream.head_hash, payload)
        stream.head_hlc = max(stream.head_hlc, commit.header.hlc)
        stream.frontier = frontier
        stream.changed = True
        seen = {**frontier, stream.num: stream.head_seq}
        ready = _Ready(stream, stream.head_seq, commit, seen, payload, stream.head_hash)
        self._hlc[stream.num, stream.head_seq] = commit.header.hlc
        self._batch.append(ready)
        self._weight += _rows_in(commit.ops)
        if self._weight >= BATCH_ROWS:
            self._fold()
        return True

    @staticmethod
    def _rest(segment: Segment, stream: Stream, index: int) -> Segment:
        return Segment(
            segment.stream,
            segment.office,
            segment.laptop,
            segment.audience,
            segment.first + index,
            segment.last,
            stream.head_hash,
            segment.commits[index:],
            segment.head_signature,
        )

    def note_refused(self, segments: Iterable[Segment]) -> None:
        """Know the streams of lost laptops by name, so that nobody waits for the rest of them.

        Who read such a commit before the laptop was reported lost wrote on with it seen.
        """
        for one in segments:
            if one.stream not in self._streams.by_id:
                self._streams.begin(one.stream, one.office, one.laptop, one.audience, mine=False)

    def hold(self, segments: Iterable[Segment]) -> None:
        """Keep commits of offices that are not believed yet; they are tried again later."""
        self._keep(segments)

    def _park(self, waiting: Iterable[Segment]) -> None:
        kept = list(waiting)
        self.result.parked += sum(len(segment.commits) for segment in kept)
        self._keep(kept)

    def _keep(self, segments: Iterable[Segment]) -> None:
        """Keep runs of commits; of two that begin alike the one that goes farther."""
        statement = upsert(schema.parked)
        table, told = schema.parked.c, statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=[table.stream_id, table.first],
            set_={"last": told.last, "office": told.office, "segment": told.segment},
            where=told.last > table.last,
        )
        for segment in segments:
            self._connection.execute(
                statement.values(
                    stream_id=segment.stream,
                    first=segment.first,
                    last=segment.last,
                    office=segment.office,
                    since=self._now,
                    segment=msgspec.msgpack.encode(segment),
                )
            )

    def _unpark(self) -> list[Segment]:
        rows = self._connection.execute(
            select(schema.parked.c.segment).order_by(
                schema.parked.c.stream_id, schema.parked.c.first
            )
        ).scalars()
        parked = [msgspec.msgpack.decode(data, type=Segment) for data in rows]
        judged = [one for one in self._judge(parked) if one.standing not in STILL_KEPT]
        for one in judged:
            self._connection.execute(
                delete(schema.parked).where(
                    schema.parked.c.stream_id == one.segment.stream,
                    schema.parked.c.first == one.segment.first,
                )
            )
        return [one.segment for one in judged if one.standing is Standing.TRUSTED]

    # ------------------------------------------------------------ folding

    def _fold(self) -> None:
        if not self._batch:
            return
        folding = Folding(self._connection, self._streams, self._observer, self._now)
        wanted = self._wanted()
        if any_erasure(self._connection):
            named = {row for rows in wanted.values() for row in rows}
            made = {row for r in self._batch for op in r.commit.ops for row in rows_named(op)}
            self._gone = erased_among(self._connection, named | made)
            wanted = {table: rows - self._gone for table, rows in wanted.items()}
        folding.load(wanted)
        for ready in self._batch:
            for op in ready.commit.ops:
                if not self._is_about_gone(ready, op):
                    self._apply(folding, ready, op)
        self._write_journal()
        folding.flush()
        self._erase()
        self.result.applied += len(self._batch)
        self.result.conflicts |= folding.conflicts
        self._batch, self._weight = [], 0

    def _wanted(self) -> dict[str, set[str]]:
        """Name the rows that the batch changes, and the records of rows it adds inside them."""
        wanted: dict[str, set[str]] = {}
        for ready in self._batch:
            for op in ready.commit.ops:
                layout = layouts().get(op.table)
                if layout is None:
                    continue
                if not isinstance(op, Create):
                    wanted.setdefault(op.table, set()).update(_identifiers(op))
                elif layout.is_part and "parent" in op.columns:
                    at = op.columns.index("parent") + 1
                    parent = layout.mapped.parent_entity  # type: ignore[attr-defined]
                    wanted.setdefault(parent, set()).update(row_id(r[at]) for r in op.rows)
                if isinstance(op, Create):
                    # Two offices that took the same register over made the same rows.
                    wanted.setdefault(op.table, set()).update(row_id(row[0]) for row in op.rows)
        return self._with_parents(wanted)

    def _with_parents(self, wanted: dict[str, set[str]]) -> dict[str, set[str]]:
        """Add the records of the rows inside records, which authority asks about."""
        for table in list(wanted):
            layout = layouts()[table]
            if not layout.is_part:
                continue
            identifiers = list(wanted[table])
            statement = f'SELECT DISTINCT parent FROM "{table}"'
            for rows in select_among(self._connection, statement, "id", identifiers):
                parent = layout.mapped.parent_entity  # type: ignore[attr-defined]
                wanted.setdefault(parent, set()).update(row.parent for row in rows)
        return wanted

    def _apply(self, folding: Folding, ready: _Ready, op: Op) -> None:
        if op.table not in layouts():
            self.result.unknown += 1
            return
        match op:
            case Create():
                self._create(folding, ready, op)
            case Update():
                for cells in op.rows:
                    values = dict(zip(op.columns, cells[1:], strict=True))
                    self._update(folding, ready, op.table, row_id(cells[0]), values)
            case Members():
                values = {f"{op.field}:{member}": True for member in op.added}
                values |= {f"{op.field}:{member}": False for member in op.removed}
                self._update(folding, ready, op.table, row_id(op.row), values)
            case Delete() | Restore():
                for cell in op.rows:
                    self._bin(folding, ready, op, row_id(cell))
            case Done():
                self._act(folding, ready, op)
            case Suggest():
                self._suggested(folding, ready, op)
            case Erase():
                self._erasures.append((ready, op))

    def _create(self, folding: Folding, ready: _Ready, op: Create) -> None:
        layout = layouts()[op.table]
        place = {column: index for index, column in enumerate(layout.columns)}
        known = [(i, place[c]) for i, c in enumerate(op.columns, 1) if c in place]
        template: list[Any] = [None] * len(layout.columns)
        kept = {
            "deleted": 0,
            "created_at": ready.at,
            "created_by": ready.commit.header.officer.hex(),
            "updated_at": ready.at,
            "updated_by": ready.commit.header.officer.hex(),
            "base_stream": ready.stream.num,
            "base_seq": ready.seq,
        }
        for column, value in kept.items():
            template[place[column]] = value
        for cells in op.rows:
            whole = list(template)
            whole[place["id"]] = identifier = row_id(cells[0])
            for source, target in known:
                whole[target] = cells[source]
            if layout.is_part:
                whole[place["parent"]] = row_id(whole[place["parent"]])
            self._place(folding, ready, layout, identifier, tuple(whole))

    def _place(
        self,
        folding: Folding,
        ready: _Ready,
        layout: Layout,
        identifier: str,
        whole: tuple[Any, ...],
    ) -> None:
        row = dict(zip(layout.columns, whole, strict=True))
        here = folding.get(identifier) is not None
        if here and not self._authority.stands_in(layout, ready.stream.office):
            values = {c: v for c, v in row.items() if v is not None and layout.travels(c)}
            fixed = ("owner", "ref", "parent")
            values = {c: v for c, v in values.items() if c not in fixed}
            self._update(folding, ready, layout.table, identifier, values)
            return
        parent = folding.get(str(row["parent"])) if layout.is_part else None
        holder = parent.data if parent else None
        if not self._authority.may_create(layout, row, holder, ready.stream.office):
            values = {c: v for c, v in row.items() if v is not None and layout.travels(c)}
            record = str(row["parent"]) if layout.is_part else identifier
            self._suggest(ready, layout, identifier, record, "create", "", values)
            return
        if here:
            return
        folding.bulk[identifier] = (layout, whole)
        self.result.created.setdefault(layout.table, set()).add(identifier)

    def _update(
        self,
        folding: Folding,
        ready: _Ready,
        table: str,
        identifier: str,
        values: Mapping[str, Any],
    ) -> None:
        state = folding.get(identifier)
        if state is None:
            layout = layouts()[table]
            self._suggest(ready, layout, identifier, identifier, "orphan", "", dict(values))
            return
        for key, value in values.items():
            self._write(folding, ready, state, key, value)
        state.stamp(ready.at, ready.commit.header.officer.hex())
        folding.touches.add((identifier, ready.stream.num, ready.seq))
        self.result.changed.setdefault(table, set()).add(identifier)

    def _write(
        self, folding: Folding, ready: _Ready, state: RowState, key: str, value: Raw
    ) -> None:
        column = key.partition(":")[0]
        if column not in state.layout.columns:
            self.result.unknown += 1
            return
        if key in state.layout.sets:
            for member in json.loads(str(value or "[]")):
                self._write(folding, ready, state, f"{key}:{member}", True)
            return
        adding = ":" in key and value is True
        if not self._may_update(folding, ready, state, column, adding=adding):
            if state.value(key) == value:
                return
            self._suggest(ready, state.layout, state.id, state.record, "update", key, value)
            return
        header = ready.commit.header
        incoming = Live(
            ready.stream.num, ready.seq, value, header.hlc, ready.stream.office, ready.stream.id
        )
        register = [
            live
            for live in self._register(state, key, ready.frontier)
            if self._may_hold(folding, state, column, live.office, adding=adding)
        ]
        state.set_register(key, written(register, incoming, ready.frontier))

    def _register(self, state: RowState, key: str, frontier: Frontier) -> list[Live]:
        """Return what a register holds; a value about to be superseded needs no details."""
        if key in state.live:
            return state.live[key]
        stream, seq = state.dot(key)
        if has_seen(frontier, stream, seq):
            return []
        holder = self._streams.by_num[stream]
        hlc = self._hlc_of(stream, seq)
        return [Live(stream, seq, state.value(key), hlc, holder.office, holder.id)]

    def _hlc_of(self, stream: int, seq: int) -> int:
        if (stream, seq) not in self._hlc:
            journal = schema.journal.c
            self._hlc[stream, seq] = self._connection.execute(
                select(journal.hlc).where(journal.stream == stream, journal.seq == seq)
            ).scalar_one()
        return self._hlc[stream, seq]

    def _may_update(
        self,
        folding: Folding,
        ready: _Ready,
        state: RowState,
        column: str,
        *,
        adding: bool = False,
    ) -> bool:
        return self._may_hold(folding, state, column, ready.stream.office, adding=adding)

    def _may_hold(
        self, folding: Folding, state: RowState, column: str, office: str, *, adding: bool
    ) -> bool:
        """Say whether a value of ``office`` stands beside another one.

        A row that an office made for another, as when both took one register over, gives
        way to what its owner writes: there it arrives as a suggestion.
        """
        parent = folding.get(state.record) if state.layout.is_part else None
        holder = parent.data if parent else None
        return self._authority.may_update(
            state.layout, column, state.data, holder, office, adding=adding
        )

    def _bin(self, folding: Folding, ready: _Ready, op: Delete | Restore, identifier: str) -> None:
        state = folding.get(identifier)
        if state is None:
            return
        if not self._may_update(folding, ready, state, "!"):
            gone = isinstance(op, Delete)
            self._suggest(ready, state.layout, state.id, state.record, "bin", "!", gone)
            return
        unit = ready.commit.header.unit
        state.kill_deletions(unit, ready.frontier)
        if isinstance(op, Delete):
            deletion = Deletion(unit, ready.stream.office, ready.frontier)
            state.delete((ready.stream.num, ready.seq), deletion)
            self.result.deleted.add(identifier)
        folding.touches.add((identifier, ready.stream.num, ready.seq))
        self.result.changed.setdefault(op.table, set()).add(identifier)

    def _act(self, folding: Folding, ready: _Ready, op: Done) -> None:
        header = ready.commit.header
        self.result.acted.add(row_id(op.row))
        folding.touches.add((row_id(op.row), ready.stream.num, ready.seq))
        self._connection.execute(
            insert(schema.act)
            .prefix_with("OR IGNORE")
            .values(
                record=row_id(op.row),
                stream=ready.stream.num,
                seq=ready.seq,
                action=op.action,
                hlc=header.hlc,
                officer=header.officer.hex(),
                officer_name=header.officer_name,
                office=ready.stream.office,
                at=ready.at,
                note=op.note,
                source=op.source,
                target=op.target,
            )
        )

    # ------------------------------------------------------------ erasing

    def _is_about_gone(self, ready: _Ready, op: Op) -> bool:
        """Say whether an operation is about erased rows; it is then kept from the rows.

        A leaf that concerns a person holds one row alone. Where it stands is remembered,
        for its own office to declare it erased.
        """
        if not self._gone or isinstance(op, Erase) or op.table not in layouts():
            return False
        layout, gone = layouts()[op.table], set(_identifiers(op)) & self._gone
        if isinstance(op, Create) and layout.is_part and "parent" in op.columns:
            gone |= self._erase_arriving(ready, op, layout)
        self._connection.exec_driver_sql(
            "INSERT OR IGNORE INTO touch (row, stream, seq) SELECT value, ?, ? FROM json_each(?)",
            (ready.stream.num, ready.seq, json.dumps(sorted(gone))),
        )
        return bool(gone)

    def _erase_arriving(self, ready: _Ready, op: Create, layout: Layout) -> set[str]:
        """Enter rows inside erased records empty, as those hold them that had them before."""
        rows = [
            row
            for row in _told_rows(layout, op.columns, op.rows)
            if row["parent"] in self._gone and row["id"] not in self._gone
        ]
        if rows:
            dot = (ready.stream.num, ready.seq)
            kept = [meta_row(layout, row) for row in rows]
            erase(self._connection, layout, kept, (), dot=dot, reason="")
            self._gone.update(str(row["id"]) for row in rows)
        return {str(row["id"]) for row in rows}

    def _erase(self) -> None:
        """Erase what the batch asks for, as far as its office may ask for it."""
        for ready, op in self._erasures:
            layout, dot = layouts()[op.table], (ready.stream.num, ready.seq)
            rows = [
                meta_row(layout, row)
                for row in _told_rows(layout, op.columns, op.rows)
                if self._may_erase(layout, row, ready.stream.office)
            ]
            if not rows:
                continue
            erase(self._connection, layout, rows, op.leaves, dot=dot, reason=op.reason)
            self.result.erased.update(str(row["id"]) for row in rows)
            if not layout.is_part:
                erase_inside(self._connection, layout.table, rows, dot=dot)
        self._erasures = []

    def _may_erase(self, layout: Layout, row: Mapping[str, Any], office: str) -> bool:
        """Say whether an office may erase a row: its own, or one of a record erased."""
        held = read_rows(self._connection, layout.table, [row["id"]]).get(row["id"], row)
        if layout.is_part:
            parents = erased_among(self._connection, [str(held["parent"])])
            return bool(parents)
        return bool(held["owner"] == office)

    # ------------------------------------------------------------ suggestions

    def _suggested(self, folding: Folding, ready: _Ready, op: Suggest) -> None:
        if op.origin is not None:
            self._decided(op, op.origin)
            return
        state = folding.get(row_id(op.row))
        if state is not None:
            self._suggest(ready, state.layout, state.id, state.record, "update", op.field, op.value)

    def _decided(self, op: Suggest, dot: tuple[bytes, int]) -> None:
        """Note what became of a suggestion, also of a record that was not made."""
        origin = self._streams.by_id.get(dot[0])
        if origin is not None:
            table = schema.suggestion
            self._connection.execute(
                table.update()
                .where(table.c.stream == origin.num, table.c.seq == dot[1])
                .where(table.c.row == row_id(op.row), table.c.key == op.field)
                .values(status=op.status)
            )

    def _suggest(
        self,
        ready: _Ready,
        layout: Layout,
        row: str,
        record: str,
        kind: str,
        key: str,
        value: Any,
    ) -> None:
        """Keep what its sender was not entitled to write, for its owner to decide."""
        self.result.suggestions += 1
        self._connection.execute(
            insert(schema.suggestion)
            .prefix_with("OR IGNORE")
            .values(
                row=row,
                key=key,
                record=record,
                table_name=layout.table,
                kind=kind,
                value=msgspec.msgpack.encode(value),
                stream=ready.stream.num,
                seq=ready.seq,
                office=ready.stream.office,
                officer_name=ready.commit.header.officer_name,
                at=ready.at,
                status="open",
            )
        )

    def _write_journal(self) -> None:
        digests = erased_digests(self._connection) if self._gone else frozenset()
        self._connection.exec_driver_sql(
            "INSERT INTO journal (stream, seq, hash, hlc, at, officer, officer_name, unit, payload)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    ready.stream.num,
                    ready.seq,
                    ready.chain,
                    ready.commit.header.hlc,
                    ready.at,
                    ready.commit.header.officer.hex(),
                    ready.commit.header.officer_name,
                    ready.commit.header.unit,
                    stripped(ready.payload, digests) if digests else ready.payload,
                )
                for ready in self._batch
            ],
        )


def _told_rows(
    layout: Layout, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> list[dict[str, Any]]:
    """Return rows as mappings, identifiers as the tables hold them."""
    found = []
    for cells in rows:
        row = dict(zip(columns, cells[1:], strict=True))
        row["id"] = row_id(cells[0])
        if layout.is_part:
            row["parent"] = row_id(row.get("parent"))
        found.append(row)
    return found


def _identifiers(op: Op) -> Sequence[str]:
    match op:
        case Update() | Create() | Erase():
            return [row_id(cells[0]) for cells in op.rows]
        case Delete() | Restore():
            return [row_id(cell) for cell in op.rows]
        case Members() | Done() | Suggest():
            return [row_id(op.row)]


def _rows_in(ops: Iterable[Op]) -> int:
    return sum(len(op.rows) if isinstance(op, Create | Update) else 1 for op in ops)


def _branched(segment: Segment) -> FileRefused:
    return FileRefused(
        "branched-stream",
        N_("A laptop of the office {office} went on writing from a restored copy."),
        hint=N_(
            "Nothing was changed. Ask that office to open its desk once after restoring, "
            "then to make the file again."
        ),
        params={"office": segment.office},
    )
