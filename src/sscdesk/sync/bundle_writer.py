"""Writes sync files: one pass over what is sent, one file, whole or not there at all."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sscdesk.model.refusal import MachineFailed
from sscdesk.model.text import N_
from sscdesk.store.files import AsideFile, writing_aside
from sscdesk.sync import limits, wire
from sscdesk.sync.body import (
    AttachmentRecord,
    BodyWriter,
    RecordKind,
    encode_segment,
    pack_frame,
)
from sscdesk.sync.certificates import LaptopCertificate
from sscdesk.sync.firstline import SYNC_LINE
from sscdesk.sync.header import Header, Known, Recipient, StreamRange, is_sound
from sscdesk.sync.keys import SigningKey
from sscdesk.sync.seal import END_OF_BODY, SEAL_CONTEXT, Progress, front_digest
from sscdesk.sync.segments import Segment
from sscdesk.sync.trust import Introductions

COMPRESSED_SHARE = 3
"""Journals shrink to a third or less: the room asked for before writing."""

_SAVING = 20
"""An attachment's chunk travels compressed when that saves one byte in so many."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The laptop that makes the file."""

    certificate: LaptopCertificate
    laptop_key: SigningKey
    office_key: bytes
    """The public signing key of its office."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file will hold, known before the first byte."""

    bundle: bytes
    """16 random bytes."""
    created_at: str
    """UTC, ``2026-05-04T10:00:00Z``."""
    recipients: tuple[Recipient, ...]
    streams: tuple[StreamRange, ...]
    """In the order of ``header.ranges``; segments come in this order."""
    raw_bytes: int
    """Sum of the lengths of the commits."""
    schema: int
    program: str
    acknowledged: tuple[Known, ...] = ()
    """As ``header.known`` makes it; only streams that every recipient may hold."""
    attachments: int = 0
    attachment_bytes: int = 0
    part_size: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment to send: named by its SHA-256, read when its turn comes."""

    digest: bytes
    size: int
    blocks: Callable[[], Iterable[bytes]]
    """Opens the content and gives it in blocks of any size."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that stands whole on its medium."""

    path: Path
    size: int
    header: Header


def write_bundle(
    destination: Path,
    manifest: Manifest,
    segments: Iterable[Segment],
    attachments: Iterable[Attachment],
    sender: Sender,
    introductions: Introductions,
    *,
    progress: Progress | None = None,
) -> Written:
    """Write a sync file; it appears under its name only when whole, flushed and read back.

    Each run of segments of one stream must end with a signed head, or at the cut of a
    revocation that travels with it; those before it may come without. Raises
    ``MachineFailed`` ("disk-full", "medium-removed", "too-large-for-medium", ...), and
    ``ValueError`` when what comes is not what the manifest says or not meant for every
    recipient, a defect of the caller. Nothing is written then.
    """
    header = make_header(manifest, sender)
    expected = manifest.attachment_bytes + manifest.raw_bytes // COMPRESSED_SHARE
    with writing_aside(destination, expected_size=expected) as aside:
        out = _Sealed(aside)
        _write_front(out, header)
        body = BodyWriter((one.encryption_key for one in header.recipients), out.piece)
        body.add(RecordKind.OPENING, front_digest(header))
        body.add(RecordKind.INTRODUCTIONS, pack_frame(wire.pack(introductions)))
        tell = _telling(progress, manifest.raw_bytes + manifest.attachment_bytes)
        vouched = _vouched(introductions)
        for segment in _as_announced(segments, header, vouched, tell):
            body.add(RecordKind.SEGMENT, encode_segment(segment))
        for chunk in _chunks(attachments, header, tell):
            body.add(RecordKind.ATTACHMENT, wire.pack(chunk))
        body.add(RecordKind.END, b"")
        body.close()
        out.seal(sender.laptop_key)
    return Written(destination, aside.size, header)


def make_header(manifest: Manifest, sender: Sender) -> Header:
    """Return the header of a file to write. Raises ``ValueError`` for one that makes no sense."""
    header = Header(
        bundle=manifest.bundle,
        created_at=manifest.created_at,
        office=sender.certificate.office,
        office_key=sender.office_key,
        certificate=sender.certificate,
        recipients=tuple(sorted(manifest.recipients, key=lambda one: one.office)),
        schema=manifest.schema,
        program=manifest.program,
        streams=manifest.streams,
        acknowledged=manifest.acknowledged,
        raw_bytes=manifest.raw_bytes,
        attachments=manifest.attachments,
        attachment_bytes=manifest.attachment_bytes,
        part_size=manifest.part_size,
    )
    if not is_sound(header):
        raise ValueError("header not sound")
    return header


def _write_front(out: "_Sealed", header: Header) -> None:
    encoded = wire.pack(header)
    if len(encoded) > limits.HEADER:
        raise ValueError("header too large")
    out.write(SYNC_LINE + len(encoded).to_bytes(4, "big") + encoded)


class _Sealed:
    """The file as it grows, with the digest that the seal covers."""

    def __init__(self, aside: AsideFile) -> None:
        self._aside = aside
        self._digest = hashlib.sha256()

    def write(self, content: bytes) -> None:
        if self._aside.size + len(content) > limits.BUNDLE:
            raise _larger_than_any_file()
        self._digest.update(content)
        self._aside.write(content)

    def piece(self, sealed: bytes) -> None:
        self.write(len(sealed).to_bytes(4, "big"))
        self.write(sealed)

    def seal(self, key: SigningKey) -> None:
        self.write(END_OF_BODY)
        digest = self._digest.digest()
        self._aside.write(digest + key.sign(SEAL_CONTEXT + digest))


def _telling(progress: Progress | None, total: int) -> Callable[[int], None]:
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, total)

    return tell


def _vouched(introductions: Introductions) -> frozenset[tuple[bytes, int]]:
    """The commits that an office stands by itself, so that their head needs no signature."""
    return frozenset(
        (cut.stream, cut.last) for one in introductions.revocations for cut in one.cuts
    )


def _as_announced(
    segments: Iterable[Segment],
    header: Header,
    vouched: frozenset[tuple[bytes, int]],
    tell: Callable[[int], None],
) -> Iterator[Segment]:
    """Pass segments on while they are what the header says and every recipient may read."""
    wanted = iter(header.streams)
    current: StreamRange | None = None
    following = raw = 0
    for segment in segments:
        if current is None:
            current = next(wanted, None)
            following = current.first if current else 0
        if current is None or (segment.stream, segment.first) != (current.stream, following):
            raise ValueError("segment not announced")
        _check_sendable(segment, current, header)
        if segment.last == current.last and not segment.head_signature:
            _check_vouched(segment, vouched)
        size = sum(map(len, segment.commits))
        raw += size
        following = segment.last + 1
        if segment.last == current.last:
            current = None
        yield segment
        tell(size)
    if current is not None or next(wanted, None) is not None or raw != header.raw_bytes:
        raise ValueError("segments missing")


def _check_sendable(segment: Segment, current: StreamRange, header: Header) -> None:
    readers = (segment.office, header.office, *header.offices)
    if not all(wire.may_read(segment.audience, office) for office in readers):
        raise ValueError("not every recipient may read this stream")
    if segment.last > current.last or len(segment.commits) != segment.last - segment.first + 1:
        raise ValueError("segment not as announced")


def _check_vouched(segment: Segment, vouched: frozenset[tuple[bytes, int]]) -> None:
    if (segment.stream, segment.last) not in vouched:
        raise ValueError("the head of a run is not signed")


def _chunks(
    attachments: Iterable[Attachment], header: Header, tell: Callable[[int], None]
) -> Iterator[AttachmentRecord]:
    count = total = 0
    for attachment in attachments:
        count += 1
        total += attachment.size
        yield from _chunks_of(attachment, tell)
    if (count, total) != (header.attachments, header.attachment_bytes):
        raise ValueError("attachments not as announced")


def _chunks_of(attachment: Attachment, tell: Callable[[int], None]) -> Iterator[AttachmentRecord]:
    digest = hashlib.sha256()
    offset = 0
    for chunk in _equal_chunks(attachment.blocks()):
        digest.update(chunk)
        yield _chunk_record(attachment, offset, chunk)
        offset += len(chunk)
        tell(len(chunk))
    if offset != attachment.size or digest.digest() != attachment.digest:
        raise ValueError("attachment is not what its name says")


def _chunk_record(attachment: Attachment, offset: int, chunk: bytes) -> AttachmentRecord:
    packed = pack_frame(chunk)
    if len(packed) * _SAVING > len(chunk) * (_SAVING - 1):
        return AttachmentRecord(attachment.digest, attachment.size, offset, False, chunk)
    return AttachmentRecord(attachment.digest, attachment.size, offset, True, packed)


def _equal_chunks(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut blocks of any size into chunks; an empty content is one empty chunk."""
    buffer = bytearray()
    given = False
    for block in blocks:
        buffer += block
        while len(buffer) >= limits.CHUNK:
            yield bytes(buffer[: limits.CHUNK])
            del buffer[: limits.CHUNK]
            given = True
    if buffer or not given:
        yield bytes(buffer)


def _larger_than_any_file() -> MachineFailed:
    return MachineFailed(
        "too-large-for-medium",
        N_("Together this is more than four gigabytes, the most that one file can hold."),
        hint=N_("Nothing was written. Send fewer attachments at a time."),
    )
