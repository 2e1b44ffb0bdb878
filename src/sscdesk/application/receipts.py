"""Saying to other offices what is held here and what is missing, in a small file or four words.

A request is a receipt: it names the newest commit held of every stream that both offices
may hold, and the documents that are asked for. Whoever opens it makes the next file so
that it brings all of that. Nothing of a record is in it.
"""

import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application import auditing, card_book, settings
from sscdesk.model.offices import OFFICES
from sscdesk.model.refusal import FileRefused, NotFound
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.store.files import write_aside
from sscdesk.sync.bundle import Sender
from sscdesk.sync.carrier import Carrier, carriers_of, kind_of_carrier, reading
from sscdesk.sync.firstline import Kind
from sscdesk.sync.limits import LINE, RECEIPT, WANTED
from sscdesk.sync.outbox import may_read
from sscdesk.sync.receipts import (
    Receipt,
    SentFile,
    check_receipt,
    code_of,
    confirmed_by,
    make_receipt,
)
from sscdesk.sync.streams import Streams
from sscdesk.sync.trust import CardBook

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

SENT = "sent-file"
"""Scope of the settings that remember how far each file sent goes, for its code."""
ASKED = "documents-asked"
"""Scope of the settings that remember which documents an office asked for."""


@dataclass(frozen=True, slots=True)
class RequestMade:
    """A request that was written."""

    path: str
    offices: tuple[str, ...]
    """Those whom it asks."""
    documents: int
    """Documents asked for."""


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What another office says that it holds, once it was read."""

    office: str
    created_at: str
    holds: int
    """Commits of this office that it holds."""
    lacks: int
    """Commits of this office that it lacks."""
    documents: int
    """Documents that it asks for and that can be sent."""


@dataclass(frozen=True, slots=True)
class CodeView:
    """The four words that confirm a file that was received."""

    bundle: str
    office: str
    """Whose file it was: to be read out to that office."""
    received_at: str
    name: str
    words: str


# ---------------------------------------------------------------- asking


def request(w: "Workspace", path: Path, offices: Sequence[str] = ()) -> RequestMade:
    """Write a file that asks other offices for what is missing here.

    For one office it is a receipt; for several, an archive of one for each. Raises
    ``NotFound`` ("no-partner"), ``FileRefused`` ("unknown-office"), ``MachineFailed``.
    """
    check_right(w.actor, "export_file")
    with w.read() as connection:
        book = card_book.load_book(connection)
        asked = _asked(w, book, offices)
        wanted = {office: _documents_missing(w, connection, office) for office in asked}
        made = {office: _receipt(w, connection, book, office, wanted[office]) for office in asked}
    _write(path, made)
    with w.exclusive() as connection:
        at = auditing.now_text(w)
        auditing.note(connection, w.actor, at, "request-written", "+".join(asked))
    documents = len({one for found in wanted.values() for one in found})
    return RequestMade(str(path), tuple(asked), documents)


def _asked(w: "Workspace", book: CardBook, offices: Sequence[str]) -> list[str]:
    known = [code for code in OFFICES if code != w.office and code in book.cards]
    wanted = [office.strip().upper() for office in offices] or known
    for office in wanted:
        if office not in known:
            raise FileRefused(
                "unknown-office",
                N_("The card of the office {office} is not here, so it cannot be asked."),
                hint=N_("Ask that office for its card, then compare the eight words."),
                params={"office": office},
            )
    if not wanted:
        raise NotFound(
            "no-partner",
            N_("No other office is known here yet."),
            hint=N_("Ask the other offices for their cards, then compare the eight words."),
        )
    return sorted(set(wanted))


def _documents_missing(w: "Workspace", connection: Connection, office: str) -> list[bytes]:
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT sha256, audience FROM attachment WHERE deleted = 0 AND sha256 <> '' "
        "ORDER BY created_at DESC"
    ).all()
    missing = [
        bytes.fromhex(row.sha256)
        for row in rows
        if may_read(row.audience, office) and not w.blobs.has(row.sha256)
    ]
    return list(dict.fromkeys(missing))[:WANTED]


def _receipt(
    w: "Workspace",
    connection: Connection,
    book: CardBook,
    office: str,
    wanted: Iterable[bytes],
) -> bytes:
    frontier = {
        stream.id: stream.head_seq
        for stream in Streams(connection, w.random)
        if may_read(stream.audience, office)
    }
    sender = Sender(
        book.certificates[w.office, w.laptop.id], w.laptop.key, book.cards[w.office].signing_key
    )
    return make_receipt(
        sender, to=office, frontier=frontier, created_at=auditing.now_text(w), wanted=wanted
    )


def _write(path: Path, made: dict[str, bytes]) -> None:
    if len(made) == 1:
        write_aside(path, next(iter(made.values())))
        return
    import io

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for office, content in made.items():
            archive.writestr(zipfile.ZipInfo(f"{office}.sscreceipt"), content)
    write_aside(path, packed.getvalue())


# ---------------------------------------------------------------- being asked


def is_receipt(path: Path) -> bool:
    """Whether a file holds receipts and nothing else. Raises ``FileRefused``."""
    return {kind_of_carrier(one) for one in carriers_of(path)} == {Kind.RECEIPT}


def accept_receipt(w: "Workspace", path: Path) -> ReceiptView:
    """Note what another office says that it holds, and which documents it asks for.

    Of an archive with several, the one for this office is read. Raises ``FileRefused``.
    """
    check_right(w.actor, "import_file")
    with w.exclusive() as connection:
        receipt = _for_this_office(w, connection, path)
        at = auditing.now_text(w)
        keep_acknowledged(
            w, connection, receipt.office, receipt.frontier, (w.office, receipt.office), at
        )
        documents = _keep_wanted(w, connection, receipt)
        auditing.note(connection, w.actor, at, "receipt-read", receipt.office)
        holds, lacks = _held(connection, w.office, receipt)
    return ReceiptView(receipt.office, receipt.created_at, holds, lacks, documents)


def _for_this_office(w: "Workspace", connection: Connection, path: Path) -> Receipt:
    book = card_book.load_book(connection)
    carriers = [one for one in carriers_of(path) if kind_of_carrier(one) is Kind.RECEIPT]
    refusal: FileRefused | None = None
    for carrier in carriers:
        try:
            return check_receipt(_content(carrier), book, carrier.name)
        except FileRefused as refused:
            if refused.code != "receipt-for-another":
                raise
            refusal = refused
    if refusal is not None:
        raise refusal
    raise NotFound(
        "no-receipt",
        N_("This file holds no receipt."),
        hint=N_("Nothing was changed. Choose the file that the other office made."),
    )


def _content(carrier: Carrier) -> bytes:
    with reading(carrier) as stream:
        return stream.read(LINE + RECEIPT + 1)


def _held(connection: Connection, office: str, receipt: Receipt) -> tuple[int, int]:
    rows = connection.exec_driver_sql(
        "SELECT id, audience, head_seq FROM stream WHERE office = ?", (office,)
    ).all()
    ours = [row for row in rows if may_read(row.audience, receipt.office)]
    holds = sum(min(receipt.frontier.get(bytes(row.id), 0), row.head_seq) for row in ours)
    return holds, sum(row.head_seq for row in ours) - holds


def _keep_wanted(w: "Workspace", connection: Connection, receipt: Receipt) -> int:
    """Remember the documents asked for which that office may read and which are here."""
    found = 0
    for digest in receipt.wanted:
        sha256 = digest.hex()
        audiences = connection.exec_driver_sql(
            "SELECT audience FROM attachment WHERE sha256 = ?", (sha256,)
        ).scalars()
        if any(may_read(one, receipt.office) for one in audiences) and w.blobs.has(sha256):
            settings.put(connection, ASKED, f"{receipt.office}:{sha256}", receipt.created_at)
            found += 1
    return found


def asked_by(connection: Connection, offices: Sequence[str]) -> list[str]:
    """Return the documents (SHA-256) that any of ``offices`` asked for."""
    keys = connection.exec_driver_sql("SELECT key FROM setting WHERE scope = ?", (ASKED,)).scalars()
    pairs = [str(key).partition(":") for key in keys]
    return sorted({sha256 for office, _, sha256 in pairs if office in offices})


def forget_asked(connection: Connection, offices: Sequence[str], sent: Iterable[str]) -> None:
    """Forget what was asked for, once it was put into a file."""
    pairs = [(ASKED, f"{office}:{sha256}") for office in offices for sha256 in sent]
    if pairs:
        connection.exec_driver_sql("DELETE FROM setting WHERE scope = ? AND key = ?", pairs)


def keep_acknowledged(
    w: "Workspace",
    connection: Connection,
    office: str,
    held: dict[bytes, int],
    readers: Iterable[str],
    at: str,
) -> None:
    """Believe what an office says it holds, also where it said more before.

    A restored desk has lost what came after its backup, its own work too: it says less,
    and is to be sent the rest again. An old file that is opened late costs a repetition.
    ``readers`` are the offices whose common streams it speaks of.
    """
    named = tuple(readers)
    untold = [
        (office, stream.id)
        for stream in Streams(connection, w.random)
        if stream.id not in held and all(may_read(stream.audience, one) for one in named)
    ]
    if untold:
        connection.exec_driver_sql(
            "DELETE FROM acknowledged WHERE office = ? AND stream_id = ?", untold
        )
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO acknowledged (office, stream_id, seq, at) VALUES (?, ?, ?, ?)",
        [(office, stream, seq, at) for stream, seq in held.items()] or [(office, b"", 0, at)],
    )


# ---------------------------------------------------------------- by telephone


def remember_sent(connection: Connection, bundle: str, reached: dict[bytes, int]) -> None:
    """Remember how far a file goes in each stream, so that its code can acknowledge it."""
    value = json.dumps({stream.hex(): seq for stream, seq in reached.items()})
    settings.put(connection, SENT, bundle, value)


def receipt_code(w: "Workspace", bundle: str = "", *, office: str = "") -> CodeView:
    """Return the four words that confirm a file received.

    It is the last one, or the last one of ``office``, where ``bundle`` names none. Raises
    ``NotFound`` ("no-such-file").
    """
    wanted = bundle.upper() if bundle.isalnum() or not bundle else "-"
    with w.read() as connection:
        line = connection.exec_driver_sql(
            "SELECT bundle, at, offices, detail FROM sync_file WHERE direction = 'received' "
            "AND hex(bundle) LIKE ? AND offices LIKE ? ORDER BY id DESC LIMIT 1",
            (f"{wanted}%", office or "%"),
        ).first()
        book = card_book.load_book(connection)
        if line is None or line.offices not in book.cards:
            raise NotFound(
                "no-such-file",
                N_("No file of another office was accepted here that could be confirmed."),
                hint=N_("The register of files lists what was received."),
            )
        own = card_book.office_keys(connection).encryption
    maker = book.cards[line.offices].encryption_key
    words = code_of(own, maker, bytes(line.bundle), w.office)
    return CodeView(bytes(line.bundle).hex(), line.offices, line.at, line.detail, " ".join(words))


def confirm_code(w: "Workspace", office: str, heard: str) -> ReceiptView:
    """Note that an office holds a file sent to it, by the four words that it read out.

    Raises ``FileRefused`` ("code-unknown", "unknown-office").
    """
    check_right(w.actor, "import_file")
    with w.exclusive() as connection:
        book = card_book.load_book(connection)
        asked = _asked(w, book, [office])[0]
        own = card_book.office_keys(connection).encryption
        rows = connection.exec_driver_sql(
            "SELECT bundle, at, offices FROM sync_file WHERE direction = 'sent' ORDER BY id DESC"
        ).all()
        key = book.cards[asked].encryption_key
        sent = [
            SentFile(bytes(row.bundle), asked, key)
            for row in rows
            if asked in row.offices.split("+")
        ]
        found = confirmed_by(own, heard, sent, asked)
        at = auditing.now_text(w)
        reached = json.loads(settings.get(connection, SENT, found.bundle.hex(), "{}"))
        connection.exec_driver_sql(
            "INSERT INTO acknowledged (office, stream_id, seq, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (office, stream_id) DO UPDATE SET seq = max(seq, excluded.seq), "
            "at = excluded.at",
            [(asked, bytes.fromhex(stream), seq, at) for stream, seq in reached.items()]
            or [(asked, b"", 0, at)],
        )
        auditing.note(
            connection, w.actor, at, "receipt-by-telephone", asked, found.bundle.hex()[:8]
        )
        made = next(row.at for row in rows if bytes(row.bundle) == found.bundle)
        holds = sum(int(seq) for seq in reached.values())
    return ReceiptView(asked, made, holds, 0, 0)
