"""From listed records to the cells of a sheet."""

# ruff: noqa: S608 - the names in these statements are the model's own

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application.reading import titles_of
from sscdesk.application.rules import Rules, recorded_vocabularies
from sscdesk.application.sheet_shapes import Role, Shape, SheetColumn
from sscdesk.application.views import ListRow
from sscdesk.i18n import current_language, gettext
from sscdesk.interop.sheet import Cell
from sscdesk.interop.writing import Column
from sscdesk.model.base import Record, record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.field import Field, FieldType, fields_of
from sscdesk.model.values import Money, Value

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

_WIDE = (FieldType.LONG_TEXT,)
_CODED = (FieldType.CHOICE, FieldType.CHOICES, FieldType.COUNTRY, FieldType.LANGUAGE)


def sheet_columns(shape: Shape, wanted: Sequence[str] = ()) -> list[SheetColumn]:
    """Return the columns to write: those asked for after the number, or all."""
    columns = [
        column
        for column in shape.columns.values()
        if column.role is not Role.FULL_NAME and not (column.field and column.field.masked)
    ]
    if not wanted:
        return columns
    kept = [shape.column(name) for name in wanted]
    names = {column.name for column in kept if column is not None}
    return [c for c in columns if c.role is Role.REF or c.name in names]


class SheetRows:
    """Makes the cells of listed records: for programs, or for people in their language."""

    def __init__(
        self,
        w: "Workspace",
        connection: Connection,
        shape: Shape,
        columns: Sequence[SheetColumn],
        *,
        for_people: bool,
    ) -> None:
        self._connection = connection
        self._shape = shape
        self._for_people = for_people
        rules = Rules(connection, w.actor, today=w.clock().date().isoformat())
        hidden = rules.hidden(shape.kind.name)
        self._columns = [c for c in columns if not (c.field and c.field.name in hidden)]
        self._vocabularies = recorded_vocabularies(connection, w.office)
        self.count = 0

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the record that the columns need."""
        if self._shape.part is not None:
            return ("id",)
        names = [c.field.name for c in self._columns if c.field and c.role is Role.FIELD]
        if any(c.role is Role.TOLD for c in self._columns):
            names.append("origin")
        return tuple(dict.fromkeys(names)) or ("id",)

    def headings(self) -> list[Column]:
        """The columns as the writer wants them."""
        return [
            Column(
                column.name,
                gettext(column.label),
                telephone=column.field is not None and column.field.type is FieldType.PHONE,
                width=_width(column.field),
            )
            for column in self._columns
        ]

    def rows(self, items: Sequence[ListRow]) -> Iterator[list[Cell]]:
        """The cells of a page of records, or of the rows inside them."""
        if self._shape.part is not None:
            yield from self._part_rows(items)
            return
        named = self._named(self._shape.kind.fields, [row.fields for row in items])
        inside = self._inside(items)
        for row in items:
            self.count += 1
            yield [
                self._cell(column, row, named, inside.get(row.id, {})) for column in self._columns
            ]

    def _cell(
        self,
        column: SheetColumn,
        row: ListRow,
        named: Mapping[str, str],
        inside: Mapping[str, Cell],
    ) -> Cell:
        if column.role is Role.FIELD and column.field is not None:
            return self._value(column.field, row.fields.get(column.field.name), named, row.fields)
        if column.role is Role.CURRENCY:
            return _currency(row.fields) or ""
        if column.role is Role.STATE:
            return self._state(row.state)
        if column.role is Role.TOLD:
            return _entity_of(self._connection, row.fields.get("origin"))
        if column.role is Role.REF:
            return row.ref
        if column.role is Role.OFFICE:
            return row.owner
        return inside.get(column.name, "")

    def _state(self, state: str) -> str:
        assert issubclass(self._shape.mapped, Record)
        return self._coded(self._shape.mapped.state_vocabulary or "", state)

    def _coded(self, vocabulary: str, code: str) -> str:
        if not self._for_people:
            return code
        return self._vocabularies.label(vocabulary, code, current_language())

    def _value(
        self, field: Field, value: Value, named: Mapping[str, str], beside: Mapping[str, Value]
    ) -> Cell:
        if value is None or value == ():
            return ""
        if isinstance(value, tuple):
            mark = "; " if self._for_people else ";"
            return mark.join(str(self._single(field, one, named)) for one in value)
        if isinstance(value, Money):
            return _amount(field, value, _currency(beside))
        return self._single(field, value, named)

    def _single(self, field: Field, value: Value, named: Mapping[str, str]) -> Cell:
        if field.entity is not None:
            return named.get(str(value), "")
        if field.type in _CODED:
            return self._coded(field.vocabulary or "", str(value))
        if isinstance(value, bool) and self._for_people:
            return gettext("Yes") if value else gettext("No")
        assert isinstance(value, str | int)
        return value

    # ------------------------------------------------------------ references

    def _named(
        self, fields: Mapping[str, Field], rows: Iterable[Mapping[str, Value]]
    ) -> Mapping[str, str]:
        """What the records referred to are called: by number, for people by title."""
        wanted: dict[str, set[str]] = {}
        for values in rows:
            for name, value in values.items():
                entity = fields[name].entity
                if entity and value:
                    members = value if isinstance(value, tuple) else (str(value),)
                    wanted.setdefault(entity, set()).update(members)
        if self._for_people:
            return titles_of(self._connection, wanted)
        return refs_of(self._connection, wanted)

    # ------------------------------------------------------------ rows inside

    def _inside(self, items: Sequence[ListRow]) -> dict[str, dict[str, Cell]]:
        """What a flat row says of the rows inside its record."""
        roles = {column.role for column in self._columns}
        if Role.POST in roles:
            return self._posts([row.id for row in items])
        if Role.TRAVELLERS in roles:
            return self._travellers([row.id for row in items])
        return {}

    def _posts(self, records: Sequence[str]) -> dict[str, dict[str, Cell]]:
        """The post held now: the last one without an end."""
        fields = fields_of(self._shape.kind.parts["post"])
        rows = self._part_values("post", records)
        found = {str(row["parent"]): row for row in rows if not row["until"]}
        named = self._named(fields, ({"organisation": r["organisation"]} for r in found.values()))
        return {
            parent: {
                "function": str(row["function"] or ""),
                "organisation": named.get(str(row["organisation"]), ""),
            }
            for parent, row in found.items()
        }

    def _travellers(self, records: Sequence[str]) -> dict[str, dict[str, Cell]]:
        fields = fields_of(self._shape.kind.parts["traveller"])
        rows = list(self._part_values("traveller", records))
        named = self._named(fields, ({"person": row["person"]} for row in rows))
        people: dict[str, list[str]] = {}
        for row in rows:
            people.setdefault(str(row["parent"]), []).append(named.get(str(row["person"]), ""))
        mark = "; " if self._for_people else ";"
        return {parent: {"travellers": mark.join(names)} for parent, names in people.items()}

    def _part_values(self, part: str, records: Sequence[str]) -> Iterator[dict[str, Value]]:
        mapped = self._shape.kind.parts[part]
        fields = fields_of(mapped)
        rows = self._connection.exec_driver_sql(
            f'SELECT p.* FROM json_each(?) e JOIN "{mapped.__tablename__}" p ON p.parent = e.value '
            "WHERE p.deleted = 0 ORDER BY e.key, p.position, p.id",
            (json.dumps(list(records)),),
        )
        for row in rows.mappings():
            values = {name: from_sql(field, row[name]) for name, field in fields.items()}
            yield {**values, "parent": row["parent"], "owner": row["owner"]}

    def _part_rows(self, items: Sequence[ListRow]) -> Iterator[list[Cell]]:
        assert self._shape.part is not None
        fields = fields_of(self._shape.part)
        refs = {row.id: row.title if self._for_people else row.ref for row in items}
        rows = list(self._part_values(self._shape.part.part, [row.id for row in items]))
        named = self._named(fields, ({n: r[n] for n in fields} for r in rows))
        for row in rows:
            self.count += 1
            yield [self._part_cell(column, row, named, refs) for column in self._columns]

    def _part_cell(
        self,
        column: SheetColumn,
        row: Mapping[str, Value],
        named: Mapping[str, str],
        refs: Mapping[str, str],
    ) -> Cell:
        if column.role is Role.PARENT:
            return refs[str(row["parent"])]
        if column.role is Role.OFFICE:
            return str(row["owner"])
        if column.role is Role.CURRENCY:
            return _currency(row) or ""
        assert column.field is not None
        return self._value(column.field, row.get(column.field.name), named, row)


def _width(field: Field | None) -> int:
    if field is None:
        return 18
    return 60 if field.type in _WIDE else 30 if field.type is FieldType.TEXT else 18


def _currency(values: Mapping[str, Value]) -> str | None:
    """The currency of the first amount: it stands in the column of its own."""
    return next((value.currency for value in values.values() if isinstance(value, Money)), None)


def _amount(field: Field, value: Money, currency: str | None) -> Cell:
    """Budgets and advances are round figures; what was spent keeps its decimals."""
    if value.currency != currency:
        return str(value)
    amount = value.amount
    if field.name != "amount" and amount == amount.to_integral_value():
        return int(amount)
    return amount


def _entity_of(connection: Connection, identifier: Value) -> str:
    """Which kind of record an identifier names."""
    for entity in ("mission", "exchange", "commitment", "action_plan", "report"):
        row = connection.exec_driver_sql(f'SELECT 1 FROM "{entity}" WHERE id = ?', (identifier,))
        if row.first() is not None:
            return entity
    return ""


def refs_of(connection: Connection, wanted: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the numbers of records, asked for as entity (or several, ``a|b``)."""
    found: dict[str, str] = {}
    for entities, identifiers in wanted.items():
        missing = json.dumps([one for one in set(identifiers) if one not in found])
        for entity in entities.split("|"):
            rows = connection.exec_driver_sql(
                f'SELECT r.id, r.ref FROM json_each(?) e JOIN "{record_kinds()[entity].name}" r '
                "ON r.id = e.value",
                (missing,),
            )
            found.update({str(row[0]): str(row[1]) for row in rows})
    return found
