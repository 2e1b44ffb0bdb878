"""The data-protection record: what is processed and why, what went abroad, whose rights."""

from collections.abc import Iterator
from dataclasses import dataclass

from sscdesk.i18n import _
from sscdesk.reports.blocks import Fact, Heading, Text
from sscdesk.reports.flow import Block
from sscdesk.reports.front import closing, front
from sscdesk.reports.snapshot import NOTHING_SAID, Imprint, Wording
from sscdesk.reports.tables import END, Cell, Column, Row, Table
from sscdesk.reports.words import day, joined


@dataclass(frozen=True, slots=True)
class Processing:
    """One use of personal data."""

    name: Wording
    purpose: Wording
    legal_basis: Wording
    categories: Wording = NOTHING_SAID
    """Whose data, and which."""
    recipients: Wording = NOTHING_SAID
    retention: Wording = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Authorisation:
    """What the authority of the country allowed."""

    number: str
    authority: str
    destination: Wording
    scope: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class TransferAbroad:
    """The files with personal data that went to another office on a day."""

    date: str
    destination: Wording
    files: int = 1
    authorisation: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class RightExercised:
    date: str
    right: Wording
    """Access, rectification, objection, erasure."""
    asked_by: str = ""
    answer: str = ""
    answered_on: str = ""


@dataclass(frozen=True, slots=True)
class Erased:
    date: str
    what: str
    reason: str = ""
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is kept about a person."""

    label: Wording
    value: str
    source: str = ""
    since: str = ""
    shared_with: str = ""


@dataclass(frozen=True, slots=True)
class DataRecord:
    """The data of a record of processing; with ``person``, all that is kept about them."""

    imprint: Imprint
    person: str = ""
    kept: tuple[Kept, ...] = ()
    processings: tuple[Processing, ...] = ()
    authorisations: tuple[Authorisation, ...] = ()
    transfers: tuple[TransferAbroad, ...] = ()
    rights: tuple[RightExercised, ...] = ()
    erasures: tuple[Erased, ...] = ()
    period_from: str = ""
    period_until: str = ""


def running_title(record: DataRecord) -> str:
    """Return the line at the head of the following pages."""
    return _("Data-protection record — {date}").format(date=day(record.imprint.dated))


def blocks(record: DataRecord, draft: bool) -> list[Block]:
    """Return the record; a section in which nothing happened says so."""
    office = record.imprint.letterhead.office_name.say()
    title = _("Data kept about {person}").format(person=record.person)
    found = front(
        record.imprint,
        _("Data-protection record"),
        title if record.person else _("Register of processing"),
        joined(office, day(record.imprint.dated)),
        _facts(record),
    )
    if record.person:
        found += [Heading(_("What is kept")), *_kept(record)]
    for heading, content, nothing in _sections(record):
        found += [Heading(heading), *(content or [Text(nothing)])]
    return [*found, *closing(record.imprint)]


def _facts(record: DataRecord) -> Iterator[Fact]:
    yield Fact(_("Controller"), record.imprint.letterhead.office_name.say())
    yield Fact(_("Period"), joined(day(record.period_from), day(record.period_until), mark=" – "))


def _sections(record: DataRecord) -> Iterator[tuple[str, list[Block], str]]:
    yield _("Processing"), _processings(record), _("No processing is declared.")
    yield (
        _("Declarations and authorisations"),
        _authorisations(record),
        _("None is recorded: no personal data may go to another office."),
    )
    yield _("Transfers abroad"), _transfers(record), _("No personal data left the office.")
    yield _("Rights exercised"), _rights(record), _("Nobody exercised a right.")
    yield _("Erasures"), _erasures(record), _("Nothing was erased.")


def _kept(record: DataRecord) -> list[Block]:
    if not record.kept:
        return [Text(_("Nothing is kept about this person."))]
    columns = (
        Column(_("Data"), 1.0),
        Column(_("Value"), 1.8),
        Column(_("Source"), 1.0),
        Column(_("Since"), 0),
        Column(_("Shared with"), 0.9),
    )
    rows = tuple(
        Row((item.label.say(), item.value, item.source, day(item.since), item.shared_with))
        for item in record.kept
    )
    return [Table(columns, rows)]


def _processings(record: DataRecord) -> list[Block]:
    found: list[Block] = []
    for item in record.processings:
        found.append(Heading(item.name.say(), 2))
        told = (
            (_("Purpose."), item.purpose),
            (_("Legal basis."), item.legal_basis),
            (_("Categories."), item.categories),
            (_("Recipients."), item.recipients),
            (_("Retention."), item.retention),
        )
        found += [Text(text.say(), lead=lead) for lead, text in told if text]
    return found


def _authorisations(record: DataRecord) -> list[Block]:
    columns = (
        Column(_("Number"), 0),
        Column(_("Authority"), 1),
        Column(_("Recipient office"), 1),
        Column(_("Scope"), 1.4),
        Column(_("Valid until"), 0),
    )
    rows = tuple(
        Row((item.number, item.authority, item.destination.say(), item.scope, day(item.until)))
        for item in record.authorisations
    )
    return [Table(columns, rows)] if rows else []


def _transfers(record: DataRecord) -> list[Block]:
    columns = (
        Column(_("Date"), 0),
        Column(_("Recipient office"), 1.2),
        Column(_("Files"), 0, END),
        Column(_("Authorisation"), 1),
        Column(_("By"), 1),
    )
    rows = tuple(
        Row(
            (
                day(item.date),
                item.destination.say(),
                str(item.files),
                item.authorisation or "—",
                item.by,
            )
        )
        for item in record.transfers
    )
    return [Table(columns, rows)] if rows else []


def _rights(record: DataRecord) -> list[Block]:
    columns = (
        Column(_("Date"), 0),
        Column(_("Right"), 0.9),
        Column(_("Asked by"), 1),
        Column(_("Answer"), 1.6),
    )
    rows = tuple(
        Row(
            (
                day(item.date),
                item.right.say(),
                item.asked_by,
                Cell(item.answer, (day(item.answered_on),)),
            )
        )
        for item in record.rights
    )
    return [Table(columns, rows)] if rows else []


def _erasures(record: DataRecord) -> list[Block]:
    columns = (
        Column(_("Date"), 0),
        Column(_("What was erased"), 1.4),
        Column(_("Reason"), 1.4),
        Column(_("Approved by"), 1),
    )
    rows = tuple(
        Row((day(item.date), item.what, item.reason, item.approved_by)) for item in record.erasures
    )
    return [Table(columns, rows)] if rows else []
