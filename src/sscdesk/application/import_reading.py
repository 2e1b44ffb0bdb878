"""From the cells of a column to the values of a field, with what is doubted and refused.

Works column by column: what a cell means is decided once for all rows that say the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sscdesk.application.import_lookup import Lookup
from sscdesk.application.sheet_shapes import Role, SheetColumn
from sscdesk.interop.amounts import read_currency, read_integer, read_money
from sscdesk.interop.dates import proves_day_first, read_date
from sscdesk.interop.names import read_name
from sscdesk.interop.reading import Doubt, Reading, Unreadable
from sscdesk.interop.sheet import Cell
from sscdesk.interop.words import Codes, members, read_boolean, read_email, read_phone
from sscdesk.interop.writing import plain_text
from sscdesk.model.field import Field, FieldType
from sscdesk.model.parsing import Habits, parse
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.model.vocabulary_seed import Vocabularies


@dataclass(frozen=True, slots=True)
class Context:
    """What reading needs to know of the desk and of the file."""

    lookup: Lookup
    vocabularies: Vocabularies
    today: date
    office: str
    currency: str
    """The office's own, taken where an amount has none."""
    year: int | None = None
    """Completes dates that have none."""


@dataclass(slots=True)
class ColumnValues:
    """The values of one column, row by row; None where the cell is empty or at fault."""

    column: SheetColumn
    heading: str
    values: list[Value]
    doubts: dict[int, Doubt]
    """By index of the row."""
    faults: dict[int, Doubt]


Read = Callable[[Cell], Reading]

_CODED = (FieldType.CHOICE, FieldType.CHOICES, FieldType.COUNTRY, FieldType.LANGUAGE)


def read_column(
    column: SheetColumn, heading: str, cells: Sequence[Cell], context: Context
) -> ColumnValues:
    """Read all cells of a column whose field stands by itself (not amounts)."""
    if column.field is not None and _is_plain_text(column.field, cells):
        return ColumnValues(column, heading, [cell or None for cell in cells], {}, {})  # type: ignore[misc]
    return read_cells(column, heading, cells, _reader(column, cells, context))


def _is_plain_text(field: Field, cells: Sequence[Cell]) -> bool:
    """Whether every cell is a text that the field takes as it stands."""
    if field.is_set or field.shape or field.type not in (FieldType.TEXT, FieldType.LONG_TEXT):
        return False
    if not all(type(cell) is str for cell in cells):
        return False
    if field.type is FieldType.TEXT and any("\n" in c or "\t" in c for c in cells):  # type: ignore[operator]
        return False
    return max((len(cell) for cell in cells), default=0) <= field.max_length  # type: ignore[arg-type]


def read_cells(
    column: SheetColumn, heading: str, cells: Sequence[Cell], read: Read
) -> ColumnValues:
    """Read cells one by one, each content once."""
    found = ColumnValues(column, heading, [], {}, {})
    known: dict[tuple[type, Cell], Reading | Unreadable] = {}
    for index, cell in enumerate(cells):
        if cell == "":
            found.values.append(None)
            continue
        key = (type(cell), cell)
        reading = known.get(key)
        if reading is None:
            reading = known[key] = _tried(read, cell)
        if isinstance(reading, Unreadable):
            found.faults[index] = reading.doubt
            found.values.append(None)
        else:
            found.values.append(reading.value)
            if reading.doubt is not None:
                found.doubts[index] = reading.doubt
    return found


def _tried(read: Read, cell: Cell) -> Reading | Unreadable:
    try:
        return read(cell)
    except Unreadable as refusal:
        return refusal
    except Refused as refusal:
        return Unreadable(refusal.code, refusal.message, **refusal.params)


def _reader(column: SheetColumn, cells: Sequence[Cell], context: Context) -> Read:
    field = column.field
    if field is None:
        return _register_reader(column, context)
    if field.entity is not None:
        return _reference_reader(field, context)
    if field.type in _CODED:
        codes = codes_of(field.vocabulary or "", context.vocabularies)
        return codes.read_all if field.is_set else codes.read
    if field.type is FieldType.DATE:
        first = proves_day_first(cells)
        return lambda cell: read_date(cell, day_first=first, year=context.year)
    return _typed_reader(field, context)


def codes_of(vocabulary: str, vocabularies: Vocabularies) -> Codes:
    """Return the codes of a list with the words for them in three languages."""
    terms = vocabularies.terms(vocabulary, retired=True)
    return Codes(vocabulary, {term.code: (term.fr, term.en, term.ar) for term in terms})


def _register_reader(column: SheetColumn, context: Context) -> Read:
    if column.role is Role.OFFICE:
        return codes_of("office", context.vocabularies).read
    if column.role is Role.FULL_NAME:
        return lambda cell: Reading(str(cell), read_name(str(cell)).doubt)
    return lambda cell: Reading(plain_text(cell))


def _reference_reader(field: Field, context: Context) -> Read:
    entities = field.entity or ""
    if not field.is_set:
        return lambda cell: context.lookup.find(str(cell), entities)

    def read(cell: Cell) -> Reading:
        readings = [context.lookup.find(part, entities) for part in members(cell)]
        doubts = [reading.doubt for reading in readings if reading.doubt]
        identifiers = tuple(sorted({str(reading.value) for reading in readings}))
        return Reading(identifiers, doubts[0] if doubts else None)

    return read


def _typed_reader(field: Field, context: Context) -> Read:
    if field.type is FieldType.INTEGER:
        return lambda cell: _within(field, read_integer(cell))
    if field.type is FieldType.BOOLEAN:
        return read_boolean
    if field.type is FieldType.PHONE:
        return _several(field, lambda cell: read_phone(cell, context.office))
    if field.type is FieldType.EMAIL:
        return _several(field, read_email)
    habits = Habits(context.today, context.currency, context.office, context.vocabularies)
    return lambda cell: Reading(parse(field, plain_text(cell), habits))


def _several(field: Field, read: Read) -> Read:
    """A set of telephones or addresses in one cell."""
    if not field.many:
        return read

    def read_all(cell: Cell) -> Reading:
        readings = [read(part) for part in members(str(cell).replace(" / +", "; +"))]
        doubts = [reading.doubt for reading in readings if reading.doubt]
        found = tuple(sorted({str(reading.value) for reading in readings}))
        return Reading(found, doubts[0] if doubts else None)

    return read_all


def _within(field: Field, reading: Reading) -> Reading:
    number = reading.value
    low, high = field.minimum, field.maximum
    if isinstance(number, int) and (
        (low is not None and number < low) or (high is not None and number > high)
    ):
        raise Unreadable("out-of-bounds", N_("“{text}” is out of bounds"), text=number)
    return reading


# ---------------------------------------------------------------- amounts


def read_amounts(
    column: SheetColumn,
    heading: str,
    cells: Sequence[Cell],
    currencies: Sequence[Cell] | None,
    context: Context,
) -> ColumnValues:
    """Read amounts, with the currency that stands in its own column where there is one."""
    found = ColumnValues(column, heading, [], {}, {})
    known: dict[tuple[type, Cell, str | None], Reading | Unreadable] = {}
    for index, cell in enumerate(cells):
        if cell == "":
            found.values.append(None)
            continue
        currency = read_currency(currencies[index]) if currencies else None
        key = (type(cell), cell, currency)
        if key not in known:
            known[key] = _tried(lambda c: read_money(c, currency, context.currency), cell)  # noqa: B023 - called at once
        reading = known[key]
        if isinstance(reading, Unreadable):
            found.faults[index] = reading.doubt
            found.values.append(None)
        else:
            found.values.append(reading.value)
            if reading.doubt is not None:
                found.doubts[index] = reading.doubt
    return found
