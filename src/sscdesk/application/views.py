"""What leaves the application layer: frozen records of plain values.

Nothing mapped, no session, no lazy attribute: a view may be kept, compared, sent to
another thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sscdesk.model.lifecycle import Missing
from sscdesk.model.values import Value


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who changed something, when, in which office."""

    at: str
    """UTC, ISO 8601, to the second, with ``Z``."""
    officer: str
    officer_name: str
    office: str


@dataclass(frozen=True, slots=True)
class ValueBy:
    """One of several live values of a field."""

    value: Value
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A field that two offices wrote without knowing of each other."""

    record: str
    """Identifier of the record to which it belongs."""
    ref: str
    entity: str
    title: str
    row: str
    """Identifier of the row: the record itself or one of its parts."""
    part: str | None
    field: str
    """The field's name; ``!`` when one side deleted what the other changed."""
    before: Value
    values: tuple[ValueBy, ...]
    """The one shown comes first."""


@dataclass(frozen=True, slots=True)
class PartView:
    """One row inside a record."""

    id: str
    part: str
    owner: str
    fields: Mapping[str, Value]
    may_write: frozenset[str]
    updated: Stamp


@dataclass(frozen=True, slots=True)
class ActionView:
    """A transition as offered to one officer."""

    action: str
    label: str
    """Msgid."""
    target: str
    allowed: bool
    primary: bool
    needs_reason: bool
    inputs: tuple[str, ...]
    missing: tuple[Missing, ...]
    warnings: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class MergedView:
    """A record that gave way to another: what it holds is kept and shown beside."""

    id: str
    ref: str
    title: str
    owner: str
    fields: Mapping[str, Value]
    parts: Mapping[str, tuple[PartView, ...]]


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record as its reader may see it."""

    id: str
    ref: str
    entity: str
    title: str
    owner: str
    state: str
    audience: tuple[str, ...]
    """Codes of the offices that receive its shared fields."""
    circle: tuple[str, ...]
    """Codes of the offices that receive its bilateral fields."""
    deleted: bool
    fields: Mapping[str, Value]
    parts: Mapping[str, tuple[PartView, ...]]
    may_write: frozenset[str]
    """Fields that the officer may change now; all others are shown read-only."""
    conflicts: tuple[ConflictView, ...]
    suggestions: int
    created: Stamp
    updated: Stamp
    titles: Mapping[str, str] = field(default_factory=dict)
    """Title of every record referred to, by identifier; absent ones are placeholders."""
    same_as: str = ""
    """The record that stands for this one, where it gave way to another."""
    erased: str | None = None
    """Why the record was erased; None where it was not."""
    merged: tuple[MergedView, ...] = ()
    """The records that gave way to this one."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a list."""

    id: str
    ref: str
    title: str
    state: str
    owner: str
    fields: Mapping[str, Value]
    titles: Mapping[str, str]
    updated_at: str
    conflicts: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; ``cursor`` asks for the next one."""

    items: tuple[ListRow, ...]
    total: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list shows.

    ``where`` holds (field, operator, value) with the operators ``is``, ``is_not``,
    ``any_of``, ``contains``, ``before``, ``after``, ``empty``, ``not_empty``; besides
    declared fields it takes ``state``, ``owner``, ``ref``, ``updated_at``, ``created_at``.
    """

    entity: str
    where: tuple[tuple[str, str, Value], ...] = ()
    search: str = ""
    sort: str = "-updated_at"
    """A field's name, with ``-`` for descending."""
    limit: int = 50
    after: str | None = None
    columns: tuple[str, ...] = ()
    """Fields wanted in ``ListRow.fields``; empty means the default columns."""
    in_bin: bool = False
    skip: int = 0
    """Rows to pass over, for a jump down a list; the page after another is asked by ``after``."""
    counted: bool = True
    """Whether the total is wanted; -1 is answered where it is not."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One change of one field, as the history tells it."""

    row: str
    part: str | None
    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One unit of work as it touched a record."""

    unit: str
    stamp: Stamp
    label: str
    """Msgid of what the officer did ("Change", "Submit for approval")."""
    note: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of a search over everything."""

    id: str
    ref: str
    entity: str
    title: str
    state: str
    snippet: str
    """The words around what was found, with U+0002 and U+0003 around each match."""


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """What a unit of work changed; broadcast so that screens re-read what they show."""

    entities: frozenset[str]
    records: frozenset[str]
    initiator: object = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the trail."""

    at: str
    officer_name: str
    action: str
    ref: str
    detail: str
