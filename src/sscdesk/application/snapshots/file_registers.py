"""Freezing the register of files: what went and came, what was refused, settled, revoked."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sscdesk.application import settings
from sscdesk.application.card_book import load_book
from sscdesk.application.reading import Row
from sscdesk.application.receipts import SENT as SENT_FILE
from sscdesk.application.refusals import FILE_REFUSED
from sscdesk.application.snapshots.freezer import Freezer
from sscdesk.application.snapshots.imprints import imprint, utc_offset
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.offices import TIME_ZONE_OF
from sscdesk.reports.snapshot import Wording
from sscdesk.reports.sync_register import (
    RECEIVED,
    SENT,
    ConflictSettled,
    FileExchanged,
    FileRefusedHere,
    KeyRevoked,
    SyncRegister,
)

RECONCILED = "reconciled"


def sync_register(f: Freezer, report: Row) -> SyncRegister:
    """Return the data of the register: of the period asked for, else of all time until now."""
    clock = _Clock(f)
    begins, ends = span(f, report)
    made = imprint(f, report)
    return SyncRegister(
        imprint=replace(made, sample=False),
        period_from=begins,
        period_until=ends,
        files=tuple(one for one in _files(f, clock) if begins <= one.at[:10] <= ends),
        refusals=tuple(one for one in _refusals(f, clock) if begins <= one.at[:10] <= ends),
        conflicts=tuple(one for one in _settled(f, clock) if begins <= one.at[:10] <= ends),
        revocations=tuple(one for one in _revoked(f, clock) if begins <= one.at[:10] <= ends),
    )


def span(f: Freezer, report: Row) -> tuple[str, str]:
    """Return the first and the last day of a report, both full dates.

    Without a beginning, that of the office's desk; without an end, the day it is handed in.
    """
    today = str(report["submitted_on"] or f.today)[:10]
    founded = f.rows("SELECT min(created_at) AS at FROM office")[0]["at"] or today
    begins = str(report["period_from"] or str(founded)[:10])
    ends = str(report["period_until"] or today)
    return f"{begins}-01-01"[:10] if len(begins) < 10 else begins, _last_day(ends)


def _last_day(text: str) -> str:
    """Return the last day of a date that may be partial."""
    if len(text) == 4:
        return f"{text}-12-31"
    if len(text) == 7:
        following = datetime.fromisoformat(f"{text}-28") + timedelta(days=4)
        return (following - timedelta(days=following.day)).date().isoformat()
    return text


class _Clock:
    """Writes moments as the clocks of the office show them."""

    def __init__(self, f: Freezer) -> None:
        self._zone = TIME_ZONE_OF[f.w.office]

    def local(self, at: Any) -> str:
        """Return a moment (UTC, ISO) as local ISO text without zone."""
        if not at:
            return ""
        moment = datetime.fromisoformat(str(at).replace("Z", "+00:00"))
        ahead = timedelta(minutes=utc_offset(self._zone, moment))
        return (moment + ahead).strftime("%Y-%m-%dT%H:%M")


# ---------------------------------------------------------------- files


def _files(f: Freezer, clock: _Clock) -> Iterator[FileExchanged]:
    rows = f.rows("SELECT * FROM sync_file ORDER BY id")
    for row in rows:
        for office in str(row["offices"]).split("+"):
            sent = row["direction"] == "sent"
            bundle = bytes(row["bundle"]).hex()
            yield FileExchanged(
                direction=SENT if sent else RECEIVED,
                at=clock.local(row["at"]),
                partner=f.office_name(office),
                by=str(row["officer_name"]),
                changes=int(row["commits"]),
                bytes=int(row["size"]),
                fingerprint=bundle,
                acknowledged_at=clock.local(_confirmed(f, office, bundle)) if sent else "",
            )


def _confirmed(f: Freezer, office: str, bundle: str) -> str:
    """Return when an office last said that it holds all of a file, else nothing.

    Of what it said earlier nothing is kept, so a file may have arrived long before.
    """
    reached = json.loads(settings.get(f.connection, SENT_FILE, bundle, "{}"))
    rows = f.rows("SELECT * FROM acknowledged WHERE office = ?", office)
    held = {bytes(row["stream_id"]).hex(): row for row in rows}
    known = [held.get(stream) for stream in reached]
    whole = all(
        row is not None and int(row["seq"]) >= seq
        for row, seq in zip(known, reached.values(), strict=True)
    )
    return max((str(row["at"]) for row in known if row), default="") if whole else ""


def _refusals(f: Freezer, clock: _Clock) -> Iterator[FileRefusedHere]:
    for row in f.rows("SELECT * FROM audit WHERE action = ? ORDER BY id", FILE_REFUSED):
        name, _mark, reason = str(row["detail"]).partition("\n")
        yield FileRefusedHere(clock.local(row["at"]), name, reason, str(row["officer_name"]))


# ---------------------------------------------------------------- what was settled and revoked


def _settled(f: Freezer, clock: _Clock) -> Iterator[ConflictSettled]:
    for row in f.rows("SELECT * FROM audit WHERE action = ? ORDER BY id", RECONCILED):
        yield ConflictSettled(
            at=clock.local(row["at"]),
            record=str(row["ref"]),
            field=_field(str(row["ref"]), str(row["detail"])),
            by=str(row["officer_name"]),
        )


def _field(ref: str, name: str) -> Wording:
    """Return what a field is called, from the kind of record that a number names."""
    if name == "!":
        return Wording(_("Deleted or kept"))
    code = ref.split("-")[1] if ref.count("-") == 3 else ""
    for kind in record_kinds().values():
        if kind.mapped.ref_code == code and name in kind.fields:
            return Wording(_(kind.fields[name].label))
    return Wording(name)


def _revoked(f: Freezer, clock: _Clock) -> Iterator[KeyRevoked]:
    book = load_book(f.connection)
    told: set[tuple[str, bytes]] = set()
    for one in sorted(book.revocations, key=lambda one: one.issued_at):
        if (one.office, one.laptop) in told:
            continue
        told.add((one.office, one.laptop))
        certificate = book.certificates.get((one.office, one.laptop))
        what = (
            _("Laptop {number}").format(number=certificate.number) if certificate else _("Laptop")
        )
        at = clock.local(one.issued_at)
        yield KeyRevoked(at, what, since=at[:10], office=f.office_name(one.office))
