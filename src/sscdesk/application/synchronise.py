"""Synchronising by files, as the focal point sees it: the state of each partner office."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application import incoming, refusals
from sscdesk.application.card_book import load_book
from sscdesk.application.cards import (
    cards,
    export_card,
    inspect_card,
    offered_cards,
    own_card,
    revoke,
    trust_card,
    trust_offered,
)
from sscdesk.application.gaps import MissingFrom, gaps
from sscdesk.application.incoming import ImportReport
from sscdesk.application.laptops import other_laptops
from sscdesk.application.outgoing import (
    FileLine,
    Outgoing,
    Progress,
    export,
    outgoing,
    unauthorised,
)
from sscdesk.application.receipts import (
    accept_receipt,
    confirm_code,
    is_receipt,
    receipt_code,
    request,
)
from sscdesk.application.reconcile import (
    accept_suggestion,
    conflicts,
    decline_suggestion,
    find_suggestion,
    open_suggestions,
    resolve_conflict,
    suggest,
    suggestions,
)
from sscdesk.application.waiting import waiting_records
from sscdesk.model.offices import OFFICES
from sscdesk.sync.digest import shared_digest

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

__all__ = [
    "accept",
    "accept_receipt",
    "accept_suggestion",
    "cards",
    "confirm_code",
    "conflicts",
    "decline_suggestion",
    "digest",
    "export",
    "export_card",
    "find_suggestion",
    "inspect",
    "inspect_card",
    "is_receipt",
    "offered_cards",
    "own_card",
    "receipt_code",
    "register",
    "request",
    "resolve_conflict",
    "revoke",
    "status",
    "suggest",
    "suggestions",
    "trust_card",
    "trust_offered",
    "waiting_records",
]


@dataclass(frozen=True, slots=True)
class PartnerStatus:
    """How this office stands with a partner."""

    office: str
    known: bool
    """Whether its card is accepted."""
    verified: bool
    """Whether its eight words were compared."""
    to_send: Outgoing
    acknowledged: int
    """Commits of this office that the partner has said it holds."""
    acknowledged_at: str
    missing: tuple[MissingFrom, ...]
    last_sent: FileLine | None
    last_received: FileLine | None
    personal: bool = True
    """Whether personal data may go to it: an authorisation is recorded and valid."""


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """The state of all partners."""

    partners: tuple[PartnerStatus, ...]
    conflicts: int
    suggestions: int
    parked: int
    own: Outgoing | None = None
    """What waits for the office's other laptops; None where this one is alone."""


def status(w: "Workspace") -> SyncStatus:
    """Return what waits for each partner, what it holds, what of it is missing."""
    with w.read() as connection:
        book = load_book(connection)
        files = _files(connection)
        missing = gaps(connection)
        partners = tuple(
            _partner(
                w,
                connection,
                office,
                office in book.cards,
                book.is_verified(office),
                files,
                missing,
            )
            for office in OFFICES
            if office != w.office
        )
        return SyncStatus(
            partners,
            _count(connection, "SELECT count(*) FROM conflict"),
            len(open_suggestions(connection, w.office)),
            _count(connection, "SELECT coalesce(sum(last - first + 1), 0) FROM parked"),
            outgoing(w, connection, [w.office]) if other_laptops(book) else None,
        )


def _count(connection: Connection, statement: str, *values: str) -> int:
    return int(connection.exec_driver_sql(statement, values).scalar_one())


def _partner(
    w: "Workspace",
    connection: Connection,
    office: str,
    known: bool,
    verified: bool,
    files: tuple[FileLine, ...],
    missing: tuple[MissingFrom, ...],
) -> PartnerStatus:
    acknowledged = connection.exec_driver_sql(
        "SELECT coalesce(sum(min(a.seq, s.head_seq)), 0) AS commits, max(a.at) AS at "
        "FROM acknowledged a LEFT JOIN stream s ON s.id = a.stream_id AND s.office = ? "
        "WHERE a.office = ?",
        (w.office, office),
    ).one()
    mine = [line for line in files if office in line.offices]
    return PartnerStatus(
        office,
        known,
        verified,
        outgoing(w, connection, [office]),
        int(acknowledged.commits),
        str(acknowledged.at or ""),
        tuple(gap for gap in missing if gap.office == office),
        next((line for line in mine if line.direction == "sent"), None),
        next((line for line in mine if line.direction == "received"), None),
        not unauthorised(w, connection, [office]),
    )


def inspect(w: "Workspace", paths: Sequence[Path]) -> tuple[ImportReport, ...]:
    """Rehearse accepting files (``incoming.inspect``); a file that is refused is remembered."""
    with refusals.remembered(w, paths):
        return incoming.inspect(w, paths)


def accept(
    w: "Workspace",
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    deletions_read: bool = False,
) -> tuple[ImportReport, ...]:
    """Apply files (``incoming.accept``); a file that is refused is remembered."""
    with refusals.remembered(w, paths):
        return incoming.accept(w, paths, progress, deletions_read=deletions_read)


def register(w: "Workspace") -> tuple[FileLine, ...]:
    """Return the register of exchanged files, the newest first."""
    with w.read() as connection:
        return _files(connection)


def _files(connection: Connection) -> tuple[FileLine, ...]:
    rows = connection.exec_driver_sql(
        "SELECT bundle, at, direction, offices, officer_name, size, commits, outcome, detail "
        "FROM sync_file ORDER BY id DESC"
    )
    return tuple(
        FileLine(
            bytes(r.bundle).hex(),
            r.at,
            r.direction,
            tuple(r.offices.split("+")),
            r.officer_name,
            r.size,
            r.commits,
            r.outcome,
            r.detail,
        )
        for r in rows
    )


def digest(w: "Workspace", *, personal: bool = False) -> str:
    """Return the SHA-256 of the shared records, or of the personal data shared."""
    with w.read() as connection:
        return shared_digest(connection, personal=personal)
