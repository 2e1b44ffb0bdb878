"""The register of files exchanged: each file sent or received, refusals, conflicts, revocations."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sscdesk.i18n import _, ngettext
from sscdesk.reports.blocks import Fact, Heading, Text
from sscdesk.reports.flow import Block
from sscdesk.reports.front import closing, front
from sscdesk.reports.snapshot import NOTHING_SAID, Imprint, Wording
from sscdesk.reports.tables import END, Cell, Column, Row, Table
from sscdesk.reports.words import comma, day, joined, number, period

SENT, RECEIVED = "sent", "received"


@dataclass(frozen=True, slots=True)
class FileExchanged:
    """A file that was made for an office, or that came from one and was accepted."""

    direction: str
    at: str
    partner: Wording
    by: str = ""
    changes: int = 0
    bytes: int = 0
    fingerprint: str = ""
    acknowledged_at: str = ""


@dataclass(frozen=True, slots=True)
class FileRefusedHere:
    """A file that was not accepted: who made it is not believed, so it is not told."""

    at: str
    name: str
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class ConflictSettled:
    at: str
    record: str
    field: Wording
    by: str = ""


@dataclass(frozen=True, slots=True)
class KeyRevoked:
    at: str
    what: str
    """An officer, a laptop, an office."""
    since: str = ""
    reason: str = ""
    office: Wording = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class SyncRegister:
    """The data of a register of files."""

    imprint: Imprint
    period_from: str
    period_until: str
    files: tuple[FileExchanged, ...] = ()
    refusals: tuple[FileRefusedHere, ...] = ()
    conflicts: tuple[ConflictSettled, ...] = ()
    revocations: tuple[KeyRevoked, ...] = ()


def running_title(register: SyncRegister) -> str:
    """Return the line at the head of the following pages."""
    return _("Exchange-of-files register — {period}").format(
        period=period(register.period_from, register.period_until)
    )


def blocks(register: SyncRegister, draft: bool) -> list[Block]:
    """Return the register; a section in which nothing happened says so."""
    found = front(
        register.imprint,
        _("Exchange-of-files register"),
        _("Files sent and received"),
        period(register.period_from, register.period_until),
        _facts(register),
    )
    for heading, content, nothing in _sections(register):
        found += [Heading(heading), *(content or [Text(nothing)])]
    return [*found, *closing(register.imprint)]


def _facts(register: SyncRegister) -> Iterator[Fact]:
    for direction, label in ((SENT, _("Sent")), (RECEIVED, _("Received"))):
        count = sum(item.direction == direction for item in register.files)
        told = ngettext("{count} file", "{count} files", count)
        yield Fact(label, told.format(count=count))
    refused = len(register.refusals)
    yield Fact(
        _("Refused"), ngettext("{count} file", "{count} files", refused).format(count=refused)
    )
    yield Fact(_("Office"), register.imprint.letterhead.office_name.say())


def _sections(register: SyncRegister) -> Iterator[tuple[str, list[Block], str]]:
    sent = [item for item in register.files if item.direction == SENT]
    received = [item for item in register.files if item.direction == RECEIVED]
    yield _("Sent"), _files(sent, _("For")), _("No file was sent.")
    yield _("Received"), _files(received, _("From")), _("No file was received.")
    yield _("Refused"), _refusals(register), _("No file was refused.")
    yield _("Conflicts settled"), _conflicts(register), _("No conflict was settled.")
    yield _("Revocations"), _revocations(register), _("No key was revoked.")


def _files(files: list[FileExchanged], partner: str) -> list[Block]:
    columns = (
        Column(_("When, by whom"), 1.2),
        Column(partner, 1.0),
        Column(_("Changes"), 0, END),
        Column(_("Size"), 0, END),
        Column(_("Fingerprint"), 1.6),
        Column(_("Acknowledgement"), 1.2),
    )
    rows = tuple(
        Row(
            (
                Cell(_at(item.at), (item.by,)),
                item.partner.say(),
                number(Decimal(item.changes)),
                _size(item.bytes),
                item.fingerprint,
                _receipt(item),
            )
        )
        for item in files
    )
    return [Table(columns, rows)] if rows else []


def _at(text: str) -> str:
    return joined(day(text[:10]), text[11:16], mark=comma())


def _receipt(item: FileExchanged) -> str:
    if item.acknowledged_at:
        return _("Acknowledged {when}").format(when=_at(item.acknowledged_at))
    return _("Not acknowledged") if item.direction == SENT else _("Accepted")


def _size(count: int) -> str:
    if count < 1_000_000:
        return _("{number} kB").format(number=number(Decimal(-(-count // 1000))))
    size = (Decimal(count) / 1_000_000).quantize(Decimal("0.1"))
    return _("{number} MB").format(number=number(size))


def _refusals(register: SyncRegister) -> list[Block]:
    columns = (
        Column(_("When, by whom"), 1.2),
        Column(_("File"), 1.4),
        Column(_("Reason"), 2.4),
    )
    rows = tuple(
        Row((Cell(_at(item.at), (item.by,)), item.name, item.reason)) for item in register.refusals
    )
    return [Table(columns, rows)] if rows else []


def _conflicts(register: SyncRegister) -> list[Block]:
    columns = (
        Column(_("When"), 0),
        Column(_("Record"), 0),
        Column(_("Field"), 1),
        Column(_("By"), 1),
    )
    rows = tuple(
        Row((_at(item.at), item.record, item.field.say(), item.by)) for item in register.conflicts
    )
    return [Table(columns, rows)] if rows else []


def _revocations(register: SyncRegister) -> list[Block]:
    columns = (
        Column(_("When"), 0),
        Column(_("Office"), 0),
        Column(_("Key of"), 1.2),
        Column(_("Not believed from"), 0),
        Column(_("Reason"), 1.4),
    )
    rows = tuple(
        Row((_at(item.at), item.office.say(), item.what, day(item.since), item.reason))
        for item in register.revocations
    )
    return [Table(columns, rows)] if rows else []
