"""Where the rows of a table come from and go to: parts of a record, or records that name it.

A section of a form knows only ``RowStore``; everything is done by the application, in the
desk's serial writer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from sscdesk.application import records
from sscdesk.application.views import ListQuery, ListRow, PartView, RecordView
from sscdesk.model.authority import OFFICE_OF_ROW
from sscdesk.model.base import record_kinds
from sscdesk.model.field import Field, fields_of
from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.saving import Change
from sscdesk.ui.widgets.parts_table import RowItem

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

MOST_RELATED = 500

Done = Callable[[object], object]
Failed = Callable[[DeskError], object]


class RowStore(Protocol):
    """What a section of rows needs to know and do."""

    name: str
    fields: Mapping[str, Field]
    label: str
    plural: str
    """Msgids."""
    without: frozenset[str]
    """Fields that every row of the section shares, so that none shows them."""
    ordered: bool
    entity: str
    """The entity of rows that are records of their own, else empty."""
    office_field: str
    """The field that names the office that writes the row, empty where none does."""

    def draft_key(self) -> str:
        """Name what is typed for a row that is not yet added."""
        ...

    def add(self, values: Mapping[str, Value], done: Done, failed: Failed) -> None:
        """Add a row; ``done`` gets its identifier."""
        ...

    def write(self, row: str, change: Change, done: Done, failed: Failed) -> None:
        """Write a field of a row."""
        ...

    def remove(self, row: str, done: Done) -> None:
        """Put a row into the bin."""
        ...

    def move(self, row: str, before: str) -> None:
        """Put a row before another one; "" is the end."""
        ...


class PartStore:
    """Rows inside a record."""

    entity = ""
    without: frozenset[str] = frozenset()

    def __init__(self, desk: Desk, owner: QObject, entity: str, part: str) -> None:
        mapped = record_kinds()[entity].parts[part]
        self.name = part
        self.fields: Mapping[str, Field] = fields_of(mapped)
        self.label, self.plural = mapped.label, mapped.plural
        self.ordered = mapped.ordered
        self.office_field = OFFICE_OF_ROW.get(mapped.__tablename__, "")
        self.record = ""
        self._desk = desk
        self._owner = owner
        self._record_of: dict[str, str] = {}
        """A row may be written after another record is shown: its own is remembered."""

    def draft_key(self) -> str:
        return f"new:{self.record}:{self.name}"

    def items(self, view: RecordView) -> list[RowItem]:
        """Return the rows of a record as the table shows them."""
        self.record = view.id
        self._record_of.update((row.id, view.id) for row in view.parts.get(self.name, ()))
        return [
            RowItem(row.id, row.owner, row.fields, row.may_write, "", view.titles)
            for row in view.parts.get(self.name, ())
        ]

    def add(self, values: Mapping[str, Value], done: Done, failed: Failed) -> None:
        run = partial(_add_part, ref=self.record, part=self.name, values=dict(values))
        self._desk.operation(self._owner, run, done, failed)

    def write(self, row: str, change: Change, done: Done, failed: Failed) -> None:
        record = self._record_of.get(row, self.record)
        run = partial(_change_part, ref=record, part=self.name, row=row, change=change)
        self._desk.operation(self._owner, run, done, failed)

    def remove(self, row: str, done: Done) -> None:
        run = partial(records.remove_part, ref=self.record, part=self.name, part_id=row)
        self._desk.operation(self._owner, run, done)

    def move(self, row: str, before: str) -> None:
        run = partial(
            records.move_part,
            ref=self.record,
            part=self.name,
            part_id=row,
            before=before or None,
        )
        self._desk.operation(self._owner, run)


@dataclass(frozen=True, slots=True)
class Related:
    """Records of ``entity`` whose field ``by`` names the record of the form."""

    entity: str
    by: str
    sort: str = "created_at"


class RelatedStore:
    """Records of their own, shown with the one that they belong to."""

    ordered = False
    office_field = ""

    def __init__(self, desk: Desk, owner: QObject, related: Related) -> None:
        kind = record_kinds()[related.entity]
        self.related = related
        self.name = related.entity
        self.entity = related.entity
        self.fields: Mapping[str, Field] = kind.fields
        self.label, self.plural = kind.mapped.label, kind.mapped.plural
        self.without = frozenset({related.by, "basis"})
        self.record = ""
        self.defaults: dict[str, Value] = {}
        """What a new one begins with besides the record it belongs to."""
        self._desk = desk
        self._owner = owner

    def draft_key(self) -> str:
        return f"new:{self.record}:{self.entity}"

    def items(self, record: str, rows: tuple[ListRow, ...]) -> list[RowItem]:
        """Return the records as the table shows them."""
        self.record = record
        kind = record_kinds()[self.entity]
        return [
            RowItem(
                row.id,
                row.owner,
                row.fields,
                frozenset(),
                self._desk.wording.state(kind, row.state),
                row.titles,
            )
            for row in rows
        ]

    def add(self, values: Mapping[str, Value], done: Done, failed: Failed) -> None:
        whole = {**self.defaults, **values, self.related.by: self.record}
        run = partial(_create, entity=self.entity, values=whole)
        self._desk.operation(self._owner, run, done, failed)

    def write(self, row: str, change: Change, done: Done, failed: Failed) -> None:
        field = self.fields[change.field]
        run = partial(change_field, ref=row, field=field, change=change)
        self._desk.operation(self._owner, run, done, failed)

    def remove(self, row: str, done: Done) -> None:
        self._desk.operation(self._owner, partial(records.delete, ref=row), done)

    def move(self, row: str, before: str) -> None:
        """Records of their own have no order among themselves."""


def read_related(w: "Workspace", related: Related, record: str) -> tuple[ListRow, ...]:
    """Return the records that name ``record``; runs in a worker."""
    columns = tuple(record_kinds()[related.entity].fields)
    query = ListQuery(
        related.entity,
        where=((related.by, "is", record),),
        sort=related.sort,
        limit=MOST_RELATED,
        columns=columns,
    )
    return records.listing(w, query).items


def change_field(w: "Workspace", *, ref: str, field: Field, change: Change) -> RecordView:
    """Write one field of a record; members of a set one by one, so that none is lost."""
    if field.is_set and isinstance(change.value, tuple):
        before = set(change.seen) if isinstance(change.seen, tuple) else set()
        now = set(change.value)
        return records.change_members(w, ref, field.name, now - before, before - now)
    return records.change(
        w, ref, {field.name: change.value}, {field.name: change.seen}, step=change.visit
    )


def _add_part(w: "Workspace", *, ref: str, part: str, values: Mapping[str, Value]) -> str:
    return records.add_part(w, ref, part, values).id


def _change_part(w: "Workspace", *, ref: str, part: str, row: str, change: Change) -> PartView:
    return records.change_part(
        w,
        ref,
        part,
        row,
        {change.field: change.value},
        {change.field: change.seen},
        step=change.visit,
    )


def _create(w: "Workspace", *, entity: str, values: Mapping[str, Value]) -> str:
    return records.create(w, entity, values).id
