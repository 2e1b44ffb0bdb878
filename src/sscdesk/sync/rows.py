"""How the rows of replicated tables are laid out, split by audience and written in bulk.

Knows the declarations of the model; knows nothing of commits' order or of merging.
"""

# ruff: noqa: S608 - the names in these statements are the model's own, checked against it

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection

from sscdesk.model.base import Part, Record, Row, row_classes
from sscdesk.model.field import Audience, Field, fields_of
from sscdesk.store.selecting import select_among
from sscdesk.sync.journal import PERSONAL, Raw, audience_of, readers

KEPT = (
    "deleted",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "base_stream",
    "base_seq",
)
"""Columns that each file fills by itself; they never travel."""
RECORD_META = ("owner", "ref", "state", "audience", "circle")
PART_META = ("owner", "parent", "position")
FIXED = frozenset({"owner", "ref", "parent"})
"""Written once, with the row."""


@dataclass(frozen=True)
class Layout:
    """One replicated table as replication sees it."""

    table: str
    mapped: type[Row]
    fields: Mapping[str, Field]
    meta: tuple[str, ...]
    columns: tuple[str, ...]
    """All columns of the table, in order."""
    sets: frozenset[str]
    personal: bool
    insert: str

    @property
    def is_part(self) -> bool:
        """Whether its rows stand inside a record."""
        return issubclass(self.mapped, Part)

    def travels(self, column: str) -> bool:
        """Whether a column is part of what is replicated."""
        return column in self.fields or column in self.meta or column == "extra"

    def is_personal(self, column: str) -> bool:
        """Whether a column travels in the stream with personal data.

        What the desk keeps of a row goes where the row goes: with persons' own records.
        The names of officers travel with every commit that they make, by their office.
        """
        if self.table in _ABOUT_OFFICERS:
            return False
        field = self.fields.get(column)
        return self.table in _ABOUT_PERSONS or (field is not None and field.personal)

    def audience_of_field(self, column: str) -> Audience:
        """The declared audience of a column; what the desk keeps follows the record."""
        field = self.fields.get(column)
        declared = field.audience if field else Audience.SHARED
        if issubclass(self.mapped, Part):
            return max(declared, self.mapped.audience, key=_NARROWNESS.__getitem__)
        return declared


_ABOUT_PERSONS = frozenset({"person", "person_post"})
_ABOUT_OFFICERS = frozenset({"officer", "report_signature", "agreement_signatory"})
"""Officers at work and printed signatories: public functions, not contacts."""
_NARROWNESS = {Audience.SHARED: 0, Audience.BILATERAL: 1, Audience.OFFICE: 2}


@cache
def layouts() -> dict[str, Layout]:
    """Return the layout of every replicated table, by name."""
    return {name: _layout(name, mapped) for name, mapped in row_classes().items()}


def _layout(name: str, mapped: type[Row]) -> Layout:
    columns = tuple(column.key for column in mapped.__table__.columns)
    fields = fields_of(mapped)
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" for _ in columns)
    return Layout(
        table=name,
        mapped=mapped,
        fields=fields,
        meta=RECORD_META if issubclass(mapped, Record) else PART_META,
        columns=columns,
        sets=frozenset(field.name for field in fields.values() if field.is_set),
        personal=any(field.personal for field in fields.values()),
        insert=f'INSERT INTO "{name}" ({names}) VALUES ({marks})',
    )


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who receives the shared and the bilateral fields of a record."""

    audience: str
    circle: str
    office: str
    """The office that writes: its internal fields stay with it."""

    def stream_audience(self, declared: Audience, *, personal: bool = False) -> str:
        """Return the audience of the stream that carries a field so declared."""
        offices = self._offices(declared)
        return offices + PERSONAL if personal and offices != self.office else offices

    def _offices(self, declared: Audience) -> str:
        if declared is Audience.OFFICE:
            return self.office
        if declared is Audience.SHARED or self.audience == self.circle:
            return self.audience
        wide = readers(self.audience)
        circle = frozenset(self.circle.split("+"))
        return audience_of(circle if wide is None else circle & wide) or self.office

    def stream_of(self, layout: Layout, column: str) -> str:
        """Return the audience of the stream that carries a column of a table."""
        return self.stream_audience(
            layout.audience_of_field(column), personal=layout.is_personal(column)
        )


def insert_rows(connection: Connection, layout: Layout, rows: Iterable[Mapping[str, Raw]]) -> None:
    """Insert whole rows, given as mappings of every column."""
    columns = layout.columns
    values = [tuple([row.get(column) for column in columns]) for row in rows]
    if values:
        connection.exec_driver_sql(layout.insert, values)


def update_rows(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Update columns of rows; each tuple holds the values, then the identifier."""
    sets = ", ".join(f'"{column}" = ?' for column in columns)
    connection.exec_driver_sql(f'UPDATE "{table}" SET {sets} WHERE id = ?', list(rows))


def read_rows(
    connection: Connection, table: str, identifiers: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Read whole rows by identifier."""
    found: dict[str, dict[str, Any]] = {}
    for result in select_among(connection, f'SELECT * FROM "{table}"', "id", identifiers):
        names = list(result.keys())
        for row in result:
            whole = dict(zip(names, row, strict=True))
            found[whole["id"]] = whole
    return found
