"""What the model's conditions may look at, read from this desk's file.

Implements the protocols of ``model/lifecycle.py``: conditions ask, this answers.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from sscdesk.application.reading import Row, part_rows, read_row
from sscdesk.application.redirects import known_as, redirects
from sscdesk.model.authority import WORDING
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.field import fields_of
from sscdesk.model.lifecycle import Act, Facts, PartFacts
from sscdesk.model.values import Value
from sscdesk.sync.journal import header_of
from sscdesk.sync.streams import Frontier


@dataclass(frozen=True)
class RowInside:
    """One row inside a record."""

    id: str
    owner: str
    fields: Mapping[str, Value]


class RecordFacts:
    """One record."""

    def __init__(self, connection: Connection, entity: str, row: Row, today: str) -> None:
        self._connection = connection
        self._row = row
        self.entity = entity
        self.today = today
        self.id = str(row["id"])
        self.ref = str(row["ref"])
        self.owner = str(row["owner"])
        self.state = str(row["state"])
        self.created_by = str(row["created_by"])

    @cached_property
    def fields(self) -> Mapping[str, Value]:
        """The values of its declared fields."""
        declared = record_kinds()[self.entity].fields
        return {name: from_sql(field, self._row.get(name)) for name, field in declared.items()}

    def parts(self, part: str) -> list[PartFacts]:
        """The rows of one part, in order."""
        mapped = record_kinds()[self.entity].parts[part]
        declared = fields_of(mapped)
        return [
            RowInside(
                str(row["id"]),
                str(row["owner"]),
                {name: from_sql(field, row.get(name)) for name, field in declared.items()},
            )
            for row in part_rows(self._connection, mapped.__tablename__, self.id)
        ]

    def related(self, entity: str, by: str) -> list[Facts]:
        """Records of ``entity`` whose field ``by`` (of a part: ``part.field``) names this one."""
        kind = record_kinds()[entity]
        part, _, name = by.rpartition(".")
        mapped = kind.parts[part] if part else kind.mapped
        column = "parent" if part else "id"
        is_set = fields_of(mapped)[name].is_set
        names = known_as(redirects(self._connection, self.entity), self.id)
        marks = ", ".join("?" for _ in names)
        condition = (
            f'EXISTS (SELECT 1 FROM json_each("{name}") WHERE value IN ({marks}))'
            if is_set
            else f'"{name}" IN ({marks})'
        )
        found = self._connection.exec_driver_sql(
            f'SELECT DISTINCT {column} AS id FROM "{mapped.__tablename__}" '
            f"WHERE deleted = 0 AND {condition}",
            names,
        )
        rows = [read_row(self._connection, entity, each.id) for each in found]
        return [self._other(entity, row) for row in rows if row and not row["deleted"]]

    def record(self, identifier: str) -> Facts | None:
        """Another record, None when it is not here or in the bin."""
        for entity in record_kinds():
            row = read_row(self._connection, entity, identifier)
            if row is not None:
                return None if row["deleted"] else self._other(entity, row)
        return None

    def _other(self, entity: str, row: Row) -> "RecordFacts":
        return RecordFacts(self._connection, entity, row, self.today)

    # ------------------------------------------------------------ acts

    @cached_property
    def _acts(self) -> list[tuple[Act, str, str, int, int]]:
        rows = self._connection.exec_driver_sql(
            "SELECT action, officer, officer_name, office, at, note, source, target, stream, seq "
            "FROM act WHERE record = ? ORDER BY hlc, stream, seq",
            (self.id,),
        )
        return [
            (
                Act(r.action, r.officer, r.officer_name, r.office, r.at, r.note),
                r.source,
                r.target,
                r.stream,
                r.seq,
            )
            for r in rows
        ]

    def ever(self, action: str) -> list[Act]:
        """Who has ever done ``action``, oldest first; ``"create"`` is its recording."""
        if action == "create":
            at = str(self._row["created_at"])
            return [Act("create", self.created_by, "", self.owner, at)]
        return [act for act, *_ in self._acts if act.action == action]

    def acts(self, action: str) -> list[Act]:
        """Who has done ``action`` since the record entered its state, on its present wording."""
        entered = 0
        for index, (_, source, target, _, _) in enumerate(self._acts):
            if source != target and target == self.state:
                entered = index + 1
        return [
            act
            for act, _, _, stream, seq in self._acts[entered:]
            if act.action == action and self._saw_wording(stream, seq)
        ]

    def _saw_wording(self, stream: int, seq: int) -> bool:
        names = WORDING.get(self.entity)
        if not names:
            return True
        seen = frontier_at(self._connection, stream, seq)
        marks = ", ".join("?" for _ in names)
        dots = self._connection.exec_driver_sql(
            f"SELECT stream, seq FROM field_version WHERE row = ? AND key IN ({marks})",
            (self.id, *names),
        )
        return all(seen.get(dot.stream, 0) >= dot.seq for dot in dots)

    def sent_since_change(self, offices: Iterable[str]) -> bool:
        """Whether the record as it stands is in files made for all of ``offices``."""
        row = self._row
        dots = [(row["base_stream"], row["base_seq"])]
        dots += [
            (dot.stream, dot.seq)
            for dot in self._connection.exec_driver_sql(
                "SELECT stream, max(seq) AS seq FROM field_version WHERE row = ? GROUP BY stream",
                (self.id,),
            )
        ]
        return all(is_sent(self._connection, office, dots) for office in offices)


def is_sent(connection: Connection, office: str, dots: Iterable[tuple[int, int]]) -> bool:
    """Whether all commits that an office may read of these were put into a file for it."""
    for stream, seq in dots:
        found = connection.exec_driver_sql(
            "SELECT s.office AS author, s.audience, e.seq FROM stream s LEFT JOIN exported e "
            "ON e.stream_id = s.id AND e.office = ? WHERE s.num = ?",
            (office, stream),
        ).one()
        readable = found.audience == "*" or office in found.audience.split("+")
        if readable and found.author != office and (found.seq or 0) < seq:
            return False
    return True


def was_ever_sent(connection: Connection, row: Mapping[str, object]) -> bool:
    """Whether the commit that made a row was put into a file, or came by one."""
    found = connection.exec_driver_sql(
        "SELECT mine FROM stream WHERE num = ?", (row["base_stream"],)
    ).scalar_one()
    if not found:
        return True
    return (
        connection.exec_driver_sql(
            "SELECT 1 FROM exported e JOIN stream s ON s.id = e.stream_id "
            "WHERE s.num = ? AND e.seq >= ? LIMIT 1",
            (row["base_stream"], row["base_seq"]),
        ).first()
        is not None
    )


def frontier_at(connection: Connection, stream: int, seq: int) -> Frontier:
    """Return what a commit had seen, rebuilt from the differences along its stream."""
    numbers = {
        bytes(row.id): row.num for row in connection.exec_driver_sql("SELECT id, num FROM stream")
    }
    frontier: Frontier = {}
    rows = connection.exec_driver_sql(
        "SELECT payload FROM journal WHERE stream = ? AND seq <= ? ORDER BY seq", (stream, seq)
    )
    for row in rows:
        for identity, known in header_of(bytes(row.payload)).seen.items():
            frontier[numbers[identity]] = known
    frontier[stream] = seq
    return frontier
