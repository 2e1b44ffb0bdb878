"""Opening files of partner offices: what is in them, what accepting would do, accepting."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application import auditing, card_book, erasing, indexing, knowledge
from sscdesk.application.actions import complete_acts
from sscdesk.application.laptops import own_laptop
from sscdesk.application.outgoing import FileLine, enter_file
from sscdesk.application.reading import read_row, title_of
from sscdesk.application.receipts import keep_acknowledged
from sscdesk.application.reconcile import SuggestionView, last_suggestion, open_suggestions
from sscdesk.application.rules import MergeAuthority
from sscdesk.application.safekeeping import keep_restore_point
from sscdesk.application.viewing import conflicts_of
from sscdesk.application.views import ChangeSummary, ConflictView
from sscdesk.model.base import record_kinds
from sscdesk.model.refusal import Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.sync.bundle import (
    Carrier,
    OpenedBundle,
    Standing,
    gather,
    judge_kept,
    open_bundle,
    with_siblings,
)
from sscdesk.sync.merge import Merge, MergeResult
from sscdesk.sync.rows import Layout, layouts
from sscdesk.sync.segments import Segment
from sscdesk.sync.streams import Streams

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

Progress = Callable[[int, int], None]
MOST_DELETIONS = 20
"""A file that deletes more than these, or one record in a hundred, is read by a person."""
MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record that a file touches."""

    id: str
    ref: str
    entity: str
    title: str
    what: str
    """``new``, ``changed`` or ``deleted``."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file did, or would do; the screen and the tests read the same."""

    office: str
    """The sender."""
    created_at: str
    bundle: str
    verified: bool
    applied: int
    known: int
    parked: int
    held: int
    """Commits of offices whose card is not accepted: kept, not applied."""
    refused: int
    """Commits of lost laptops."""
    suggestions: int
    conflicts: int
    new: dict[str, int]
    changed: dict[str, int]
    deleted: int
    attachments: int
    records: tuple[ChangedRecord, ...]
    collisions: tuple[ConflictView, ...]
    key_changes: tuple[str, ...]
    """Offices that announce other keys than those accepted."""
    recipients: tuple[str, ...] = ()
    laptop: int = 0
    """Number of the laptop that made the file."""
    erased: int = 0
    """Records and lines emptied at a person's request."""
    suggested: tuple[SuggestionView, ...] = ()
    """What the sender may not change itself and leaves to this office."""


class _Rehearsed(Exception):
    """Ends a rehearsal: the transaction is rolled back."""


@dataclass(slots=True)
class _Outcome:
    opened: OpenedBundle
    merged: MergeResult
    held: int = 0
    refused: int = 0
    records: tuple[ChangedRecord, ...] = ()
    collisions: tuple[ConflictView, ...] = field(default_factory=tuple)
    suggested: tuple[SuggestionView, ...] = ()


def inspect(w: "Workspace", paths: Sequence[Path]) -> tuple[ImportReport, ...]:
    """Rehearse accepting files: everything is done and taken back. Changes nothing."""
    reports: list[ImportReport] = []
    try:
        with w.exclusive() as connection:
            for carrier in _carriers(paths):
                outcome = _apply(w, connection, _open(w, connection, carrier, None))
                reports.append(_report(outcome, attachments=outcome.opened.header.attachments))
            raise _Rehearsed
    except _Rehearsed:
        return tuple(reports)


def accept(
    w: "Workspace",
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    deletions_read: bool = False,
) -> tuple[ImportReport, ...]:
    """Apply files, each whole or not at all; opening one twice does nothing more.

    Raises ``Refused`` ("many-deletions") until a person has read the list, and
    ``FileRefused`` with what is wrong with a file; nothing of that file is then applied.
    """
    check_right(w.actor, "import_file")
    reports = []
    for carrier in _carriers(paths):
        keep_restore_point(w, "import")
        with w.exclusive() as connection:
            opened = _open(w, connection, carrier, progress)
            attachments = _keep_attachments(w, opened)
            known = knowledge.heads_of_others(connection)
            outcome = _apply(w, connection, opened)
            _require_few_deletions(connection, outcome, deletions_read)
            report = _report(outcome, attachments)
            _register(w, connection, opened, carrier, report, known)
        reports.append(report)
        complete_acts(w, sorted(outcome.merged.acted))
        erasing.follow(w, outcome.merged.erased)
        w.announce(_summary(outcome.merged))
    return tuple(reports)


def _carriers(paths: Sequence[Path]) -> tuple[Carrier, ...]:
    """Return the whole files; parts lying beside a chosen one are found by themselves."""
    return gather(one for path in paths for one in with_siblings(path)).all_complete()


def _open(
    w: "Workspace", connection: Connection, carrier: Carrier, progress: Progress | None
) -> OpenedBundle:
    keys = card_book.office_keys(connection)
    return open_bundle(
        carrier, [keys.encryption], card_book.load_book(connection), progress=progress
    )


def _apply(w: "Workspace", connection: Connection, opened: OpenedBundle) -> _Outcome:
    at = auditing.now_text(w)
    card_book.keep_learned(connection, opened.learned, opened.header.office, at)

    def observe(layout: Layout, rows: Sequence[tuple[object, ...]]) -> None:
        indexing.index_tuples(connection, layout, rows)

    book = opened.learned.book
    known_suggestions = last_suggestion(connection)
    merge = Merge(
        connection,
        Streams(connection, w.random),
        MergeAuthority(),
        observe,
        now=at,
        judge=lambda kept: judge_kept(kept, book),
        disowned=lambda stream, seq: book.disowns((stream.office, stream.laptop), stream.id, seq),
    )
    held: list[Segment] = []
    refused: list[Segment] = []
    trusted: list[Segment] = []
    for checked in opened.segments():
        if checked.standing is Standing.TRUSTED:
            trusted.append(checked.segment)
        elif checked.standing in (Standing.UNKNOWN_OFFICE, Standing.KEYS_CHANGED):
            held.append(checked.segment)
        else:
            refused.append(checked.segment)
    merge.note_refused(refused)
    merged = merge.apply(trusted)
    merge.hold(held)
    outcome = _Outcome(opened, merged, _commits_in(held), _commits_in(refused))
    outcome.records = _records(connection, merged)
    records = {_record_of(connection, row) for row, _ in merged.conflicts}
    outcome.collisions = tuple(
        view for record in sorted(records) for view in conflicts_of(connection, record)
    )
    outcome.suggested = open_suggestions(connection, w.office, since=known_suggestions)
    return outcome


def _commits_in(segments: Iterable[Segment]) -> int:
    return sum(len(one.commits) for one in segments)


def _record_of(connection: Connection, row: str) -> str:
    found = connection.exec_driver_sql("SELECT record FROM conflict WHERE row = ?", (row,))
    return str(found.scalars().first() or row)


def _records(connection: Connection, merged: MergeResult) -> tuple[ChangedRecord, ...]:
    """Name the records touched, the first of each kind up to a limit."""
    found: dict[str, ChangedRecord] = {}
    for what, by_table in (("new", merged.created), ("changed", merged.changed)):
        for table, rows in by_table.items():
            for row in sorted(rows):
                if len(found) >= MOST_LISTED:
                    break
                shown = "deleted" if row in merged.deleted else what
                record = _changed(connection, table, row, shown)
                if record is not None and record.id not in found:
                    found[record.id] = record
    return tuple(found.values())


def _changed(connection: Connection, table: str, row: str, what: str) -> ChangedRecord | None:
    layout = layouts()[table]
    held = read_row(connection, table, row)
    if held is None:
        return None
    if layout.is_part:
        table = layout.mapped.parent_entity  # type: ignore[attr-defined]
        held = read_row(connection, table, str(held["parent"]))
        what = "changed"
        if held is None:
            return None
    title = title_of(record_kinds()[table].mapped, held)
    return ChangedRecord(str(held["id"]), str(held["ref"]), table, title, what)


def _keep_attachments(w: "Workspace", opened: OpenedBundle) -> int:
    """Keep the documents first: their names are their contents, so nothing can be wrong."""
    kept, pieces = 0, []
    for chunk in opened.attachments():
        pieces.append(chunk.data)
        if chunk.is_last:
            w.blobs.put(BytesIO(b"".join(pieces)))
            kept, pieces = kept + 1, []
    return kept


def _require_few_deletions(connection: Connection, outcome: _Outcome, read: bool) -> None:
    records = [r for r in outcome.merged.deleted if _is_record(connection, r)]
    total = sum(
        connection.exec_driver_sql(f'SELECT count(*) FROM "{entity}"').scalar_one()  # noqa: S608
        for entity in record_kinds()
    )
    if not read and records and (len(records) > MOST_DELETIONS or len(records) * 100 > total > 500):
        raise Refused(
            "many-deletions",
            N_("This file would put {count} records into the bin."),
            hint=N_("Nothing was changed. Read the list, then accept the file or leave it."),
            params={"count": len(records)},
        )


def _is_record(connection: Connection, row: str) -> bool:
    return any(read_row(connection, entity, row) is not None for entity in record_kinds())


def _report(outcome: _Outcome, attachments: int) -> ImportReport:
    header, merged = outcome.opened.header, outcome.merged
    return ImportReport(
        office=header.office,
        created_at=header.created_at,
        bundle=header.bundle.hex(),
        verified=outcome.opened.is_verified,
        applied=merged.applied,
        known=merged.known,
        parked=merged.parked,
        held=outcome.held,
        refused=outcome.refused,
        suggestions=merged.suggestions,
        conflicts=len(merged.conflicts),
        new=_counts(merged.created),
        changed=_counts(merged.changed),
        deleted=len(merged.deleted),
        attachments=attachments,
        records=outcome.records,
        collisions=outcome.collisions,
        key_changes=tuple(sorted(outcome.opened.learned.key_changes)),
        recipients=header.offices,
        laptop=header.certificate.number,
        suggested=outcome.suggested,
        erased=len(merged.erased),
    )


def _counts(by_table: dict[str, set[str]]) -> dict[str, int]:
    return {table: len(rows) for table, rows in sorted(by_table.items()) if rows}


def _register(
    w: "Workspace",
    connection: Connection,
    opened: OpenedBundle,
    carrier: Carrier,
    report: ImportReport,
    known: knowledge.Heads,
) -> None:
    at = auditing.now_text(w)
    sender = opened.header.office
    header = opened.header
    held = dict(header.frontier)
    for one in header.streams:
        held[one.stream] = max(held.get(one.stream, 0), one.last)
    holder = own_laptop(sender, header.certificate.laptop) if sender == w.office else sender
    keep_acknowledged(w, connection, holder, held, header.offices, at)
    knowledge.keep_arrival(connection, at, report.bundle, known)
    line = FileLine(
        report.bundle,
        at,
        "received",
        (sender,),
        w.actor.name,
        carrier.size,
        opened.header.commits,
        "accepted",
        carrier.name[:200],
    )
    enter_file(connection, line)
    auditing.note(connection, w.actor, at, "file-imported", sender, report.bundle[:8])


def _summary(merged: MergeResult) -> ChangeSummary:
    entities: set[str] = set()
    records: set[str] = set()
    for by_table in (merged.created, merged.changed):
        for table, rows in by_table.items():
            layout = layouts()[table]
            entities.add(layout.mapped.parent_entity if layout.is_part else table)  # type: ignore[attr-defined]
            records.update(rows)
    return ChangeSummary(frozenset(entities), frozenset(records), None, N_("Accept a file"))
