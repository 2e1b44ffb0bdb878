"""Records laid out as rows of a sheet: which columns each kind has, for import and export.

Columns are the declared fields; beside them stand what every register has (number,
state, office) and what a flat row says in one cell although the record holds it in rows
inside: a person's present function, the travellers and the route of a mission.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sscdesk.model.base import EntityKind, Part, Record, record_kinds
from sscdesk.model.field import Field, FieldType, fields_of
from sscdesk.model.provenance import Sourced
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_


class Role(StrEnum):
    """What a column is to its record."""

    FIELD = "field"
    REF = "ref"
    STATE = "state"
    OFFICE = "office"
    """The office that owns the record, or recorded the row inside."""
    CURRENCY = "currency"
    """The currency of the amounts that have none in their own cell."""
    FULL_NAME = "full_name"
    POST = "post"
    """A field of the post that a person holds."""
    TRAVELLERS = "travellers"
    PARENT = "parent"
    """The record inside which the row stands."""
    TOLD = "told"
    """Follows from other columns: written, and not read."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column; ``name`` stands above it in files, ``label`` (a msgid) on screens."""

    name: str
    label: str
    role: Role
    field: Field | None = None
    synonyms: str = ""
    """The entry of the synonyms that people write for it; its own name where empty."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a kind of record, or of rows inside one, stands in a sheet."""

    kind: EntityKind
    part: type[Part] | None
    columns: Mapping[str, SheetColumn]

    @property
    def mapped(self) -> type[Record] | type[Part]:
        """The class whose rows the sheet holds."""
        return self.part or self.kind.mapped

    def column(self, name: str) -> SheetColumn | None:
        """Return a column by the name in files or by the name of its field."""
        found = self.columns.get(name)
        if found is not None:
            return found
        return next(
            (
                column
                for column in self.columns.values()
                if column.field and column.field.name == name
            ),
            None,
        )


_NAMES: Mapping[str, Mapping[str, str]] = {
    "person": {"emails": "email", "telephones": "phone"},
    "mission": {
        "order_number": "mission_order",
        "budget": "budget_amount",
        "advance": "advance_amount",
    },
    "exchange": {"budget": "budget_amount"},
    "follow_up": {"responsible_office": "office", "responsible": "owner"},
    "agreement": {"parent_agreement": "parent"},
}
"""Fields that stand under another name in files: those of the registers kept before."""

_SYNONYMS = {
    "email": "emails",
    "phone": "phones",
    "telephone": "phones",
    "budget": "budget_amount",
    "internal_note": "notes",
    "mission_order": "mission_order",
    "personal_telephone": "-",
    "home_address": "-",
}


@cache
def shape_of(name: str) -> Shape:
    """Return the shape of a kind of record or of rows inside: ``mission``, ``participation``.

    Raises ``NotFound`` ("no-such-entity").
    """
    kinds = record_kinds()
    if name in kinds:
        return Shape(kinds[name], None, _by_name(_record_columns(kinds[name])))
    for kind in kinds.values():
        for part in kind.parts.values():
            if name in (part.entity, f"{kind.name}.{part.part}"):
                return _part_shape(kind, part)
    named = [
        (kind, part) for kind in kinds.values() for part in kind.parts.values() if part.part == name
    ]
    if len(named) == 1:
        return _part_shape(*named[0])
    raise NotFound(
        "no-such-entity",
        N_("There is no kind of record called “{name}”."),
        hint=N_("Kinds are for example organisation, person, mission, exchange, participation."),
        params={"name": name[:40]},
    )


def part_shapes(kind: EntityKind) -> list[Shape]:
    """Return the shapes of the rows inside a kind of record."""
    return [_part_shape(kind, part) for part in kind.parts.values()]


def _part_shape(kind: EntityKind, part: type[Part]) -> Shape:
    return Shape(kind, part, _by_name(_part_columns(kind, part)))


def _by_name(columns: Iterable[SheetColumn]) -> dict[str, SheetColumn]:
    return {column.name: column for column in columns}


def _record_columns(kind: EntityKind) -> Iterable[SheetColumn]:
    yield SheetColumn("ref", N_("Number"), Role.REF)
    if kind.name == "mission":
        yield SheetColumn("office", N_("Office"), Role.OFFICE, synonyms="owner")
    if kind.name == "person":
        yield SheetColumn("full_name", N_("Full name"), Role.FULL_NAME)
    if kind.name == "follow_up":
        yield SheetColumn("origin_kind", N_("Kind of origin"), Role.TOLD, synonyms="-")
    for field in kind.fields.values():
        if not field.computed:
            yield _field_column(kind, field)
    if kind.name == "person":
        yield from _post_columns(kind.parts["post"])
    if kind.name == "mission":
        yield SheetColumn("travellers", N_("Travellers"), Role.TRAVELLERS)
    if any(field.type is FieldType.MONEY for field in kind.fields.values()):
        yield SheetColumn("currency", N_("Currency"), Role.CURRENCY)
    if kind.mapped.state_vocabulary not in (None, "record_status"):
        yield SheetColumn("status", N_("State"), Role.STATE, synonyms="state")


def _field_column(kind: EntityKind, field: Field) -> SheetColumn:
    name = _NAMES.get(kind.name, {}).get(field.name, field.name)
    synonyms = _SYNONYMS.get(name, name)
    if field.name == "notes" and issubclass(kind.mapped, Sourced):
        # "Observations" is the office's own note, not a note on the source.
        synonyms = "-"
    if field.name == "internal_note" and kind.name == "person":
        synonyms = "-"
    return SheetColumn(name, field.label, Role.FIELD, field, synonyms)


def _post_columns(post: type[Part]) -> Iterable[SheetColumn]:
    for name in ("function", "organisation"):
        field = fields_of(post)[name]
        yield SheetColumn(name, field.label, Role.POST, field)


def _part_columns(kind: EntityKind, part: type[Part]) -> Iterable[SheetColumn]:
    yield SheetColumn(kind.name, kind.mapped.label, Role.PARENT)
    yield SheetColumn("recorded_by", N_("Recorded by"), Role.OFFICE, synonyms="owner")
    fields = fields_of(part)
    for field in fields.values():
        if not field.computed:
            yield SheetColumn(field.name, field.label, Role.FIELD, field)
    if any(field.type is FieldType.MONEY for field in fields.values()):
        yield SheetColumn("currency", N_("Currency"), Role.CURRENCY)
