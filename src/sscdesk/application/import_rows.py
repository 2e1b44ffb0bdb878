"""From a sheet to rows that could be taken: values, rows inside, faults and doubts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sscdesk.application.import_lookup import identifier_of
from sscdesk.application.import_reading import (
    ColumnValues,
    Context,
    codes_of,
    read_amounts,
    read_cells,
    read_column,
)
from sscdesk.application.import_views import Fault, RowPreview, RowStatus
from sscdesk.application.sheet_shapes import Role, Shape, SheetColumn
from sscdesk.interop.names import read_name
from sscdesk.interop.reading import Doubt, Unreadable
from sscdesk.interop.sheet import Cell, Sheet
from sscdesk.interop.words import members
from sscdesk.model.base import Record
from sscdesk.model.consistency import fault_rules
from sscdesk.model.field import ALWAYS, Field, FieldType, fields_of
from sscdesk.model.reference_number import is_reference
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.model.validation import missing_field
from sscdesk.model.values import Value

Taken = Mapping[int, SheetColumn]
"""By position in the sheet: the column that it was taken for."""


@dataclass(slots=True)
class _Read:
    """All columns of a sheet, read."""

    fields: list[ColumnValues] = field(default_factory=list)
    posts: list[ColumnValues] = field(default_factory=list)
    register: dict[Role, ColumnValues] = field(default_factory=dict)
    travellers: list[list[str]] | None = None
    faults: dict[int, list[Fault]] = field(default_factory=dict)
    doubts: dict[int, list[Fault]] = field(default_factory=dict)

    def note(self, found: ColumnValues, cells: Sequence[Cell]) -> None:
        """Remember what is wrong or doubtful in a column."""
        name = found.column.field.name if found.column.field else found.column.name
        for index, fault in found.faults.items():
            self.faults.setdefault(index, []).append(
                _fault(found.heading, name, fault, cells[index])
            )
        for index, doubt in found.doubts.items():
            self.doubts.setdefault(index, []).append(
                _fault(found.heading, name, doubt, cells[index])
            )


def _fault(heading: str, name: str | None, doubt: Doubt, cell: Cell = "") -> Fault:
    return Fault(heading, name, doubt.code, doubt.message, doubt.params, str(cell))


def rows_of(
    sheet: Sheet, shape: Shape, taken: Taken, fixed: Mapping[str, str], context: Context
) -> list[RowPreview]:
    """Read every row of a sheet; those with a fault have the status ``refused``."""
    columns = _cells_by_column(sheet, shape, taken, fixed)
    _expect_refs(columns, context)
    read = _read_all(shape, columns, context)
    rows = list(_drafts(sheet, shape, read))
    _add_travellers(rows, read)
    for index, row in enumerate(rows):
        if "itinerary" in row.values and row.entity == "mission":
            _add_route(row)
        row.faults = tuple(read.faults.get(index, ()))
        row.doubts = tuple(read.doubts.get(index, ()))
    _check(shape, rows)
    return rows


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the cells of a column come from."""

    column: SheetColumn
    heading: str
    cells: Sequence[Cell]


def _cells_by_column(
    sheet: Sheet, shape: Shape, taken: Taken, fixed: Mapping[str, str]
) -> list[_Source]:
    across = list(zip(*sheet.rows, strict=True)) or [()] * len(sheet.headings)
    found = [_Source(column, sheet.headings[at], across[at]) for at, column in taken.items()]
    for name, text in fixed.items():
        column = shape.column(name)
        assert column is not None
        beside = [source for source in found if source.column.name == column.name]
        cells = [cell if cell != "" else text for cell in beside[0].cells] if beside else None
        found = [source for source in found if source not in beside]
        found.append(_Source(column, column.name, cells or [text] * len(sheet.rows)))
    return found


def _expect_refs(columns: Iterable[_Source], context: Context) -> None:
    for source in columns:
        if source.column.role is Role.REF:
            refs = {str(cell).strip().upper() for cell in source.cells}
            context.lookup.expect({ref: identifier_of(ref) for ref in refs if is_reference(ref)})


def _read_all(shape: Shape, columns: Sequence[_Source], context: Context) -> _Read:
    read = _Read()
    currencies = next((s.cells for s in columns if s.column.role is Role.CURRENCY), None)
    for source in columns:
        column = source.column
        if column.role in (Role.CURRENCY, Role.TOLD):
            continue
        if column.role is Role.TRAVELLERS:
            read.travellers = _read_travellers(source, context, read)
            continue
        found = _read_one(shape, source, currencies, context)
        read.note(found, source.cells)
        if column.role is Role.FIELD:
            read.fields.append(found)
        elif column.role is Role.POST:
            read.posts.append(found)
        else:
            read.register[column.role] = found
    return read


def _read_one(
    shape: Shape, source: _Source, currencies: Sequence[Cell] | None, context: Context
) -> ColumnValues:
    column = source.column
    if column.field is not None and column.field.type is FieldType.MONEY:
        return read_amounts(column, source.heading, source.cells, currencies, context)
    if column.role is Role.STATE:
        assert issubclass(shape.mapped, Record)
        codes = codes_of(shape.mapped.state_vocabulary or "", context.vocabularies)
        return read_cells(column, source.heading, source.cells, codes.read)
    if column.role is Role.PARENT:
        entity = shape.kind.name
        return read_cells(
            column,
            source.heading,
            source.cells,
            lambda cell: context.lookup.find(str(cell), entity),
        )
    return read_column(column, source.heading, source.cells, context)


def _read_travellers(source: _Source, context: Context, read: _Read) -> list[list[str]]:
    found: list[list[str]] = []
    for index, cell in enumerate(source.cells):
        people: list[str] = []
        for name in members(cell):
            try:
                people.append(str(context.lookup.find(name, "person|officer").value))
            except Unreadable as refusal:
                fault = _fault(source.heading, "traveller", refusal.doubt, name)
                read.faults.setdefault(index, []).append(fault)
        found.append(people)
    return found


def _drafts(sheet: Sheet, shape: Shape, read: _Read) -> Iterator[RowPreview]:
    names = [found.column.field.name for found in read.fields if found.column.field]
    across = zip(*(found.values for found in read.fields), strict=True) if names else None
    for index, number in enumerate(sheet.numbers):
        given = next(across) if across is not None else ()
        values = {n: v for n, v in zip(names, given, strict=True) if v is not None and v != ()}
        row = RowPreview(number, shape.mapped.entity, RowStatus.NEW, None, values)
        if read.register:
            _fill_register(row, read, index)
        if read.posts:
            _add_post(row, read, index)
        yield row


def _fill_register(row: RowPreview, read: _Read, index: int) -> None:
    said = {role: found.values[index] for role, found in read.register.items()}
    ref, state, owner = said.get(Role.REF), said.get(Role.STATE), said.get(Role.OFFICE)
    row.ref = str(ref).upper() if ref else None
    row.state = str(state) if state else None
    row.owner = str(owner) if owner else (row.ref[:2] if row.ref else None)
    row.parent = str(said[Role.PARENT]) if said.get(Role.PARENT) else None
    if said.get(Role.FULL_NAME):
        _fill_name(row, str(said[Role.FULL_NAME]))


def _fill_name(row: RowPreview, text: str) -> None:
    name = read_name(text)
    parts = {
        "given": name.given,
        "family": name.family,
        "salutation": name.salutation,
        "name_ar": name.arabic,
    }
    for part, value in parts.items():
        if value:
            row.values.setdefault(part, value)


def _add_post(row: RowPreview, read: _Read, index: int) -> None:
    post = {
        found.column.name: found.values[index]
        for found in read.posts
        if found.values[index] is not None
    }
    if post:
        row.parts["post"] = [post]


def _add_travellers(rows: Sequence[RowPreview], read: _Read) -> None:
    for row, people in zip(rows, read.travellers or (), strict=bool(read.travellers)):
        if people:
            row.parts["traveller"] = [{"person": person} for person in people]


_BETWEEN_PLACES = (" > ", ">", "→", "➔", " - ", " – ", "/", ";")


def _add_route(row: RowPreview) -> None:
    """Write the route as ``Rabat > Bamako > Rabat`` and make its legs.

    The first leg is on the day of departure, the last on the day of return; of those
    between only what both days share is known: their month or their year.
    """
    text = str(row.values["itinerary"])
    mark = next((mark for mark in _BETWEEN_PLACES if mark in text), None)
    places = [place.strip() for place in text.split(mark)] if mark else [text]
    if len(places) < 2 or not all(places):
        return
    row.values["itinerary"] = " > ".join(places)
    begins, ends = row.values.get("departs_on"), row.values.get("returns_on")
    if not (isinstance(begins, str) and isinstance(ends, str)):
        return
    days = [begins, *[_shared(begins, ends)] * (len(places) - 3), ends][: len(places) - 1]
    row.parts["leg"] = [
        _leg(start, end, day, row.values.get("transport"))
        for start, end, day in zip(places, places[1:], days, strict=False)
    ]


def _leg(start: str, end: str, day: str, transport: Value) -> dict[str, Value]:
    leg: dict[str, Value] = {"from_place": start, "to_place": end, "date": day}
    if transport is not None:
        leg["transport"] = transport
    return leg


def _shared(begins: str, ends: str) -> str:
    for length in (10, 7, 4):
        if begins[:length] == ends[:length]:
            return begins[:length]
    return begins


# ---------------------------------------------------------------- the row as a whole


def _check(shape: Shape, rows: Sequence[RowPreview]) -> None:
    """Refuse rows that lack what is always needed, or whose values contradict each other."""
    declared = fields_of(shape.mapped)
    needed = [f for f in declared.values() if f.required == ALWAYS and not _has_default(f)]
    rules = fault_rules(shape.mapped.entity)
    for row in rows:
        faults = list(row.faults)
        for one in needed:
            if not _is_filled(one, row.values) and all(f.field != one.name for f in faults):
                faults.append(_from_refusal(missing_field(one)))
        if shape.part is not None and row.parent is None and not faults:
            faults.append(_parentless(shape))
        for rule in rules:
            faults += [_from_refusal(refusal) for refusal in rule(row.values)]
        if faults:
            row.faults = tuple(faults)
            row.status = RowStatus.REFUSED


def _has_default(declared: Field) -> bool:
    return declared.default is not None


def _is_filled(declared: Field, values: Mapping[str, Value]) -> bool:
    return declared.name in values or any(name in values for name in declared.unless)


def _from_refusal(refusal: Refused) -> Fault:
    return Fault("", refusal.field, refusal.code, refusal.message, refusal.params)


def _parentless(shape: Shape) -> Fault:
    return Fault(
        "",
        shape.kind.name,
        "parent-missing",
        N_("the row does not say to which record it belongs ({entity})"),
        {"entity": shape.kind.mapped.label},
    )
