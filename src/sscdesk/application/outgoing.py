"""Making files for partner offices: what waits for them, and writing it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk import __version__
from sscdesk.application import auditing, card_book
from sscdesk.application.laptops import other_laptops, own_laptop
from sscdesk.application.receipts import asked_by, forget_asked, remember_sent
from sscdesk.model.offices import OFFICES
from sscdesk.model.refusal import FileRefused, Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.store import schema
from sscdesk.sync.bundle import (
    Attachment,
    Manifest,
    Recipient,
    Sender,
    Written,
    cut_into_parts,
    known,
    ranges,
    write_bundle,
)
from sscdesk.sync.outbox import (
    Waiting,
    acknowledged,
    hash_before,
    may_read,
    unsigned_rests,
    waiting_for,
)
from sscdesk.sync.runs import segments_of_run
from sscdesk.sync.segments import Segment, chain_hash
from sscdesk.sync.streams import Streams
from sscdesk.sync.trust import CardBook, StreamOwner, introduce

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

Progress = Callable[[int, int], None]
"""Told of (bytes done, bytes in all); an exception raised in it cancels."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What waits for one office."""

    commits: int
    records: int
    attachments: int
    size: int
    """Bytes, before compression."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """A file that was made."""

    paths: tuple[str, ...]
    offices: tuple[str, ...]
    commits: int
    records: int
    attachments: int
    size: int
    """Bytes of the file."""
    bundle: str
    without_personal: tuple[str, ...] = ()
    """Offices for which no authorisation is recorded: no personal data is in the file."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of the register of exchanged files."""

    bundle: str
    at: str
    direction: str
    """``sent`` or ``received``."""
    offices: tuple[str, ...]
    officer_name: str
    size: int
    """Bytes."""
    commits: int
    outcome: str
    name: str


def outgoing(w: "Workspace", connection: Connection, offices: Sequence[str]) -> Outgoing:
    """Return what waits for offices, as figures."""
    waiting = _waiting(w, connection, offices)
    files = _attachments(connection, waiting, offices)
    return Outgoing(
        commits=sum(one.commits for one in waiting),
        records=_records(connection, waiting),
        attachments=len(files),
        size=sum(_raw_bytes(connection, one) for one in waiting) + sum(s for _, s in files),
    )


def _waiting(w: "Workspace", connection: Connection, offices: Sequence[str]) -> list[Waiting]:
    streams = Streams(connection, w.random)
    held = [one for office in offices for one in _known_to(w, connection, office)]
    personal = not unauthorised(w, connection, offices)
    rests = unsigned_rests(connection, streams)
    own = w.office in offices
    found = waiting_for(streams, offices, held, personal=personal, rests=rests, own=own)
    return [one for one in found if one.head_signature or _is_vouched_for(connection, one)]


def _known_to(w: "Workspace", connection: Connection, office: str) -> list[dict[bytes, int]]:
    """Return what an office holds; of the own one, what each of its other laptops holds."""
    if office != w.office:
        return [acknowledged(connection, office)]
    others = other_laptops(card_book.load_book(connection))
    return [acknowledged(connection, own_laptop(office, one)) for one in others]


def _is_vouched_for(connection: Connection, waiting: Waiting) -> bool:
    """Say whether an office itself stands by the end of a lost laptop's stream."""
    stream = waiting.stream
    cut = card_book.load_book(connection).cut_of((stream.office, stream.laptop), stream.id)
    return cut is not None and cut.last == waiting.last


def unauthorised(w: "Workspace", connection: Connection, offices: Iterable[str]) -> tuple[str, ...]:
    """Return the offices to which no personal data may go: no valid number is recorded.

    Every file to another office is a transfer abroad (domain.md, section 10).
    """
    rows = connection.exec_driver_sql(
        "SELECT a.destination FROM office_authorisation a JOIN office o ON o.id = a.parent "
        "WHERE o.owner = ? AND a.deleted = 0 AND coalesce(a.number, '') <> '' "
        "AND coalesce(a.expires_on, '9999') >= ?",
        (w.office, w.clock().date().isoformat()),
    )
    allowed = {w.office, *rows.scalars()}
    return tuple(office for office in offices if office not in allowed)


def _raw_bytes(connection: Connection, waiting: Waiting) -> int:
    kept = sum(len(commit) for one in waiting.rest for commit in one.commits)
    return kept + int(
        connection.exec_driver_sql(
            "SELECT coalesce(sum(length(payload)), 0) FROM journal "
            "WHERE stream = ? AND seq BETWEEN ? AND ?",
            (waiting.stream.num, waiting.first, waiting.last),
        ).scalar_one()
    )


def _records(connection: Connection, waiting: Iterable[Waiting]) -> int:
    """Count the units of work that wait: what an officer calls changes."""
    units: set[bytes] = set()
    for one in waiting:
        units.update(
            connection.exec_driver_sql(
                "SELECT DISTINCT unit FROM journal WHERE stream = ? AND seq BETWEEN ? AND ?",
                (one.stream.num, one.first, one.last),
            ).scalars()
        )
    return len(units)


def _attachments(
    connection: Connection, waiting: Iterable[Waiting], offices: Sequence[str]
) -> list[tuple[str, int]]:
    """Return (hash, size) of the documents that the commits speak of."""
    found: dict[str, int] = {}
    for one in waiting:
        rows = connection.exec_driver_sql(
            "SELECT sha256, size, audience FROM attachment WHERE sha256 IS NOT NULL AND "
            "((base_stream = ? AND base_seq BETWEEN ? AND ?) OR id IN (SELECT row FROM "
            "field_version WHERE key = 'sha256' AND stream = ? AND seq BETWEEN ? AND ?))",
            (one.stream.num, one.first, one.last) * 2,
        )
        for row in rows:
            if all(may_read(row.audience, office) for office in offices):
                found[row.sha256] = row.size
    return sorted(found.items())


def export(
    w: "Workspace",
    offices: Sequence[str],
    path: Path,
    part_size: int | None = None,
    progress: Progress | None = None,
    *,
    attachments: bool = True,
) -> ExportReport:
    """Write one file for one or several partner offices, whole or not at all.

    A file for several offices holds what all of them may read. Raises ``Refused``
    ("no-such-office", "nothing-to-send"), ``FileRefused`` ("unknown-office") and
    ``MachineFailed``.
    """
    check_right(w.actor, "export_file")
    wanted = _partners(w, offices)
    with w.read() as connection:
        book = card_book.load_book(connection)
        _require_cards(book, wanted)
        withheld = unauthorised(w, connection, wanted)
        waiting = sorted(_waiting(w, connection, wanted), key=lambda one: one.stream.id)
        files = [f for f in _attachments(connection, waiting, wanted) if attachments]
        files += _asked_for(connection, wanted, files)
        files = sorted((sha, size) for sha, size in files if w.blobs.has(sha))
        manifest = _manifest(w, connection, book, wanted, waiting, files, part_size or 0)
        records = _records(connection, waiting)
        written = write_bundle(
            path,
            manifest,
            _segments(connection, waiting),
            (_attachment(w, sha, size) for sha, size in files),
            Sender(
                book.certificates[w.office, w.laptop.id],
                w.laptop.key,
                book.cards[w.office].signing_key,
            ),
            introduce(book, wanted, _introduced(connection, wanted)),
            progress=progress,
        )
    paths = _cut(written, part_size)
    report = ExportReport(
        tuple(str(one) for one in paths),
        tuple(wanted),
        sum(one.commits for one in waiting),
        records,
        len(files),
        written.size,
        manifest.bundle.hex(),
        withheld,
    )
    _register(w, report, waiting, [sha for sha, _ in files])
    return report


def _asked_for(
    connection: Connection, offices: Sequence[str], found: Sequence[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Return the documents that the offices asked for and may read, beside those found."""
    more: dict[str, int] = {}
    for sha256 in set(asked_by(connection, offices)) - {sha for sha, _ in found}:
        for row in connection.exec_driver_sql(
            "SELECT size, audience FROM attachment WHERE sha256 = ?", (sha256,)
        ):
            if all(may_read(row.audience, office) for office in offices):
                more[sha256] = row.size
    return list(more.items())


def _partners(w: "Workspace", offices: Sequence[str]) -> list[str]:
    wanted = sorted({office.strip().upper() for office in offices})
    with w.read() as connection:
        alone = not other_laptops(card_book.load_book(connection))
    wrong = [office for office in wanted if office not in OFFICES or (office == w.office and alone)]
    if wrong or not wanted:
        raise Refused(
            "no-such-office",
            N_("“{office}” is not a partner office."),
            hint=N_("Choose among MA, CI, ML and SN, other than your own."),
            field="to",
            params={"office": ", ".join(wrong)},
        )
    return wanted


def _require_cards(book: CardBook, offices: Iterable[str]) -> None:
    for office in offices:
        if office not in book.cards:
            raise FileRefused(
                "unknown-office",
                N_("The card of the office {office} is not here, so nothing can be sent to it."),
                hint=N_("Ask that office for its card, then compare the eight words."),
                params={"office": office},
            )


def _introduced(connection: Connection, offices: Sequence[str]) -> list[str]:
    """The cards of others travel in the first file to an office: it may not know them."""
    marks = ", ".join("?" for _ in offices)
    sent = connection.exec_driver_sql(
        f"SELECT count(*) FROM exported WHERE office IN ({marks})",  # noqa: S608
        tuple(offices),
    ).scalar_one()
    if sent:
        return []
    return [
        row.office
        for row in connection.exec_driver_sql("SELECT office FROM card WHERE data IS NOT NULL")
        if row.office not in offices
    ]


def _manifest(
    w: "Workspace",
    connection: Connection,
    book: CardBook,
    offices: Sequence[str],
    waiting: Sequence[Waiting],
    files: Sequence[tuple[str, int]],
    part_size: int,
) -> Manifest:
    streams = Streams(connection, w.random)
    held = [
        (stream.id, stream.head_seq)
        for stream in streams
        if all(may_read(stream.audience, office) for office in offices)
    ]
    return Manifest(
        bundle=w.random(16),
        created_at=auditing.now_text(w),
        recipients=tuple(Recipient(code, book.cards[code].encryption_key) for code in offices),
        streams=ranges((one.stream.id, one.first, one.last) for one in waiting),
        raw_bytes=sum(_raw_bytes(connection, one) for one in waiting),
        schema=schema.SCHEMA_VERSION,
        program=__version__,
        acknowledged=known(held),
        attachments=len(files),
        attachment_bytes=sum(size for _, size in files),
        part_size=part_size,
    )


def _segments(connection: Connection, waiting: Iterable[Waiting]) -> Iterator[Segment]:
    """Yield runs of commits of a bounded size; only the last of a stream is signed."""
    for one in waiting:
        stream = one.stream
        rows = connection.execution_options(yield_per=512).exec_driver_sql(
            "SELECT payload, hash FROM journal WHERE stream = ? AND seq BETWEEN ? AND ? "
            "ORDER BY seq",
            (stream.num, one.first, one.last),
        )
        yield from segments_of_run(
            stream.id,
            StreamOwner(stream.office, stream.laptop, stream.audience),
            one.first,
            hash_before(connection, stream, one.first),
            chain(((bytes(row.payload), bytes(row.hash)) for row in rows), _kept(one)),
            one.head_signature,
        )


def _kept(waiting: Waiting) -> Iterator[tuple[bytes, bytes]]:
    """Yield the commits after the head that are kept, each with its chain hash."""
    reached = waiting.stream.head_hash
    for commit in (one for segment in waiting.rest for one in segment.commits):
        reached = chain_hash(reached, commit)
        yield commit, reached


def _attachment(w: "Workspace", sha256: str, size: int) -> Attachment:
    return Attachment(bytes.fromhex(sha256), size, lambda: w.blobs.blocks(sha256))


def _cut(written: Written, part_size: int | None) -> tuple[Path, ...]:
    """Cut a file into parts for e-mail; the whole one is not left beside them."""
    path = written.path
    if not part_size:
        return (path,)
    parts = cut_into_parts(path, written.header, path.parent, path.stem)
    path.unlink()
    return parts


def _register(
    w: "Workspace", report: ExportReport, waiting: Sequence[Waiting], documents: Sequence[str]
) -> None:
    at = auditing.now_text(w)
    with w.exclusive() as connection:
        for office in report.offices:
            for one in waiting:
                connection.exec_driver_sql(
                    "INSERT INTO exported (office, stream_id, seq) VALUES (?, ?, ?) "
                    "ON CONFLICT (office, stream_id) DO UPDATE SET seq = max(seq, excluded.seq)",
                    (office, one.stream.id, one.last),
                )
        remember_sent(connection, report.bundle, {one.stream.id: one.last for one in waiting})
        forget_asked(connection, report.offices, documents)
        name = Path(report.paths[0]).name
        line = FileLine(
            report.bundle,
            at,
            "sent",
            report.offices,
            w.actor.name,
            report.size,
            report.commits,
            "written",
            name,
        )
        enter_file(connection, line)
        auditing.note(
            connection, w.actor, at, "file-exported", "+".join(report.offices), report.bundle[:8]
        )


def enter_file(connection: Connection, line: FileLine) -> None:
    """Enter a file in the register of exchanged files."""
    connection.exec_driver_sql(
        "INSERT INTO sync_file (bundle, at, direction, offices, officer_name, size, commits, "
        "outcome, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            bytes.fromhex(line.bundle),
            line.at,
            line.direction,
            "+".join(line.offices),
            line.officer_name,
            line.size,
            line.commits,
            line.outcome,
            line.name,
        ),
    )
