"""What a rehearsal of an import shows, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from pathlib import Path

from sscdesk.application.reading import title_of
from sscdesk.i18n import gettext
from sscdesk.interop.columns import Guess
from sscdesk.interop.sheet import BrokenRow, Remark
from sscdesk.model.base import record_kinds
from sscdesk.model.refusal import Msg
from sscdesk.model.values import Value

Progress = Callable[[int, int], None]
"""Told (rows done, rows in all); may raise to stop, and then nothing is changed."""


class RowStatus(StrEnum):
    """What would become of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    """Seems to be here already, or further up in the file."""
    REFUSED = "refused"
    ELSEWHERE = "elsewhere"
    """Belongs to another office, and only this office's rows were asked for."""


class Decision(StrEnum):
    """What an officer decides about one row."""

    TAKE = "take"
    """As a new record, even where it looks like one that is here."""
    UPDATE = "update"
    """Write what the row says into the record that it matches; empty cells change nothing."""
    WITHOUT = "without"
    """Take the row without the cells at fault; what they said goes into the internal note."""
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell is refused or doubted; ``message`` is a msgid."""

    heading: str
    """The heading of the cell's column, empty where it is about the row."""
    field: str | None
    code: str
    message: str
    params: Mapping[str, object] = dataclass_field(default_factory=dict)
    content: str = ""

    @property
    def text(self) -> str:
        """The fault as a sentence in the current language."""
        values = {
            name: gettext(value) if isinstance(value, Msg) else value
            for name, value in self.params.items()
        }
        said = gettext(self.message).format(**values)
        return f"{self.heading}: {said}" if self.heading else said


@dataclass(frozen=True, slots=True)
class Match:
    """The record that a row seems to be, or the earlier row of the same file."""

    ref: str
    title: str
    reason: str
    """Msgid: what is the same in both."""
    certain: bool
    record: str | None = None
    """Its identifier; None for a row of this file."""
    row: int | None = None


@dataclass(slots=True)
class RowPreview:
    """What one row would do."""

    number: int
    entity: str
    status: RowStatus
    ref: str | None
    values: dict[str, Value]
    parts: dict[str, list[dict[str, Value]]] = dataclass_field(default_factory=dict)
    state: str | None = None
    owner: str | None = None
    parent: str | None = None
    """For rows inside a record: the record's identifier."""
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Fault, ...] = ()
    match: Match | None = None
    before: Mapping[str, Value] = dataclass_field(default_factory=dict)
    """For a changed row: what the fields that differ hold now."""

    @property
    def title(self) -> str:
        """The title that the record has or would have."""
        kind = record_kinds().get(self.entity)
        if kind is None:
            return self.ref or ""
        return title_of(kind.mapped, {**self.values, "ref": self.ref})


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What may be said beside the file and its columns."""

    fixed: Mapping[str, str] = dataclass_field(default_factory=dict)
    """By column: what all rows hold that say nothing."""
    sheet: str | None = None
    """The sheet of a workbook; the fullest one where nothing is said."""
    year: int | None = None
    """Completes dates that have none."""
    own_only: bool = False
    """Leave out rows that belong to other offices."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What was asked for, so that a rehearsal can be held again."""

    path: Path
    entity: str
    mapping: Mapping[str, str | None]
    update_by: str | None
    options: ImportOptions


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A rehearsal: nothing is changed by it."""

    request: ImportRequest
    entity: str
    """The kind of record, or of rows inside (``exchange_participation``), that comes out."""
    sheet: str
    headings: tuple[str, ...]
    guesses: tuple[Guess, ...]
    """For each heading the column that it was taken for."""
    rows: Sequence[RowPreview]
    remarks: tuple[Remark, ...]
    """What of the file was left out, mended or looks doubtful."""
    broken: tuple[BrokenRow, ...]
    takeover: bool
    """Whether states and numbers of an older register are taken over."""
    known_to: str
    """What the desk knew when this was made."""

    @property
    def counts(self) -> dict[RowStatus, int]:
        """How many rows have each status."""
        found = dict.fromkeys(RowStatus, 0)
        for row in self.rows:
            found[row.status] += 1
        return found


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row that was not simply taken as new."""

    number: int
    outcome: str
    """``changed``, ``unchanged``, ``skipped``, ``refused``, ``broken``."""
    ref: str
    reasons: tuple[str, ...]
    """Sentences in the current language."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, row by row; it can be printed and undone as one step."""

    entity: str
    file_name: str
    created: int
    changed: int
    unchanged: int
    skipped: int
    refused: int
    refs: tuple[str, ...]
    """Numbers of the new records, in the order of the file."""
    outcomes: tuple[RowOutcome, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowTold:
    """A row of a rehearsal in words."""

    number: int
    status: str
    ref: str
    title: str
    faults: tuple[str, ...]
    doubts: tuple[str, ...]
    match: str
    """Number of the record (or of the row in the file) that it seems to be, and why."""


@dataclass(frozen=True, slots=True)
class RehearsalTold:
    """A rehearsal in the words of the current language, for scripts and for printing."""

    file_name: str
    entity: str
    sheet: str
    takeover: bool
    columns: Mapping[str, str | None]
    """For each heading the column that it was taken for."""
    counts: Mapping[str, int]
    rows: tuple[RowTold, ...]
    left_out: tuple[str, ...]
    """What of the file was left out, mended or looks doubtful."""
    broken: tuple[str, ...]


def told(found: ImportPreview) -> RehearsalTold:
    """Say in the current language what a rehearsal found."""
    return RehearsalTold(
        file_name=found.request.path.name,
        entity=found.entity,
        sheet=found.sheet,
        takeover=found.takeover,
        columns={guess.heading: guess.field for guess in found.guesses},
        counts={status.value: count for status, count in found.counts.items() if count},
        rows=tuple(map(_row_told, found.rows)),
        left_out=tuple(remark.text for remark in found.remarks),
        broken=tuple(row.remark.text for row in found.broken),
    )


def _row_told(row: RowPreview) -> RowTold:
    match = ""
    if row.match is not None:
        where = row.match.ref or str(row.match.row)
        match = f"{where}: {gettext(row.match.reason)}"
    return RowTold(
        number=row.number,
        status=row.status.value,
        ref=row.ref or "",
        title=row.title,
        faults=tuple(fault.text for fault in row.faults),
        doubts=tuple(doubt.text for doubt in row.doubts),
        match=match,
    )
