"""The body of a sync file: records, cut into pieces, each piece one age file.

A record is one byte of kind, four of length (big-endian) and its content. Their bytes,
one after the other, are cut every 4 MiB whatever they hold, so that the sizes of the
pieces tell nothing but the sum; each piece is encrypted by itself, so that a reader
takes no more memory than that.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import Annotated

import pyrage
import zstandard
from msgspec import Meta, Struct

from sscdesk.sync import limits, refusing, wire
from sscdesk.sync.keys import EncryptionKey, age_recipient
from sscdesk.sync.segments import Segment

_HEAD = 5
"""Bytes of a record before its content."""

_SMALL = 512 << 10
_LEVEL_SMALL = 9
_LEVEL_LARGE = 3
"""Above half a megabyte speed counts, below it bytes do: e-mail and slow links."""


class RecordKind(IntEnum):
    """Kinds of records, in the order in which they must come."""

    OPENING = 1
    INTRODUCTIONS = 2
    SEGMENT = 3
    ATTACHMENT = 4
    END = 5


class SegmentRecord(Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A segment as it travels; its last number follows from the first and their count."""

    stream: wire.Identity
    office: wire.Office
    laptop: wire.Identity
    audience: wire.Audience
    first: wire.Sequence
    before: wire.Digest
    commits: Annotated[tuple[bytes, ...], Meta(min_length=1, max_length=limits.SEGMENT_COMMITS)]
    head_signature: Annotated[bytes, Meta(max_length=64)]
    """Empty where the next segment of the same file goes on: its head covers this one."""


class AttachmentRecord(Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A chunk of an attachment that is named by the SHA-256 of its whole content."""

    digest: wire.Digest
    size: Annotated[int, Meta(ge=0, le=limits.ATTACHMENT)]
    offset: Annotated[int, Meta(ge=0, le=limits.ATTACHMENT)]
    packed: bool
    """Whether ``data`` is a zstd frame: most attachments are compressed already."""
    data: Annotated[bytes, Meta(max_length=limits.CHUNK)]


# ---------------------------------------------------------------- compression


def pack_frame(raw: bytes) -> bytes:
    """Compress to one zstd frame that states the size of its content."""
    level = _LEVEL_SMALL if len(raw) <= _SMALL else _LEVEL_LARGE
    return zstandard.ZstdCompressor(level=level).compress(raw)


def unpack_frame(frame: bytes, limit: int) -> bytes:
    """Decompress one frame of at most ``limit`` bytes of content.

    The size that the frame states is checked before memory is taken; the decompressor
    holds the content to it. Raises ``FileRefused``.
    """
    try:
        stated = zstandard.frame_content_size(frame)
        if stated < 0:
            raise refusing.damaged()
        if stated > limit:
            raise refusing.too_large()
        return zstandard.ZstdDecompressor().decompress(frame, allow_extra_data=False)
    except (zstandard.ZstdError, MemoryError) as error:
        raise refusing.damaged() from error


def encode_segment(segment: Segment) -> bytes:
    """Encode and compress a segment. Raises ``ValueError`` for one that no reader takes."""
    record = SegmentRecord(
        segment.stream,
        segment.office,
        segment.laptop,
        segment.audience,
        segment.first,
        segment.before,
        segment.commits,
        segment.head_signature,
    )
    raw = wire.pack(record)
    if len(raw) > limits.SEGMENT_RAW or len(segment.commits) > limits.SEGMENT_COMMITS:
        raise ValueError("segment too large")
    return pack_frame(raw)


def decode_segment(frame: bytes) -> Segment:
    """Decode a segment; only its form is checked here. Raises ``FileRefused``."""
    record = wire.unpack(unpack_frame(frame, limits.SEGMENT_RAW), SegmentRecord)
    return Segment(
        record.stream,
        record.office,
        record.laptop,
        record.audience,
        record.first,
        record.first + len(record.commits) - 1,
        record.before,
        record.commits,
        record.head_signature,
    )


# ---------------------------------------------------------------- writing


class BodyWriter:
    """Takes records and hands on sealed pieces."""

    def __init__(self, recipients: Iterable[bytes], emit: Callable[[bytes], None]) -> None:
        self._recipients = [
            pyrage.x25519.Recipient.from_str(age_recipient(key)) for key in recipients
        ]
        self._emit = emit
        self._waiting = bytearray()

    def add(self, kind: RecordKind, content: bytes) -> None:
        """Add a record."""
        self._waiting += bytes([kind]) + len(content).to_bytes(4, "big") + content
        while len(self._waiting) >= limits.PIECE:
            self._seal(bytes(self._waiting[: limits.PIECE]))
            del self._waiting[: limits.PIECE]

    def close(self) -> None:
        """Seal what is left."""
        if self._waiting:
            self._seal(bytes(self._waiting))
            self._waiting.clear()

    def _seal(self, plain: bytes) -> None:
        sealed: bytes = pyrage.encrypt(plain, self._recipients)
        self._emit(sealed)


# ---------------------------------------------------------------- reading


def unseal(piece: bytes, keys: Iterable[EncryptionKey]) -> bytes:
    """Decrypt one piece. Raises ``FileRefused`` ("file-damaged") when no key fits."""
    identities = [pyrage.x25519.Identity.from_str(key.age_identity()) for key in keys]
    try:
        plain: bytes = pyrage.decrypt(piece, identities)
    except pyrage.DecryptError as error:
        raise refusing.damaged() from error
    return plain


def records(pieces: Iterable[bytes]) -> Iterator[tuple[RecordKind, bytes]]:
    """Cut decrypted pieces into records, in their prescribed order.

    Raises ``FileRefused`` ("file-damaged", "over-limit"). Ends after the END record.
    """
    buffer = bytearray()
    reached = 0
    for piece in pieces:
        buffer += piece
        while (record := _next_record(buffer)) is not None:
            kind, content = record
            _check_order(reached, kind)
            reached = kind
            yield kind, content
    if reached != RecordKind.END or buffer:
        raise refusing.damaged()


def _next_record(buffer: bytearray) -> tuple[RecordKind, bytes] | None:
    """Take the first record off the buffer, None while it is incomplete."""
    if len(buffer) < _HEAD:
        return None
    length = int.from_bytes(buffer[1:_HEAD], "big")
    if length > limits.RECORD:
        raise refusing.too_large()
    end = _HEAD + length
    if len(buffer) < end:
        return None
    try:
        kind = RecordKind(buffer[0])
    except ValueError as error:
        raise refusing.damaged() from error
    content = bytes(buffer[_HEAD:end])
    if kind is RecordKind.END and content:
        raise refusing.damaged()
    del buffer[:end]
    return kind, content


def _check_order(before: int, kind: RecordKind) -> None:
    """The first two kinds come once each, in order; then segments, attachments, the end."""
    single = kind in (RecordKind.OPENING, RecordKind.INTRODUCTIONS)
    if kind != before + 1 if single else not (2 <= before <= kind) or before == RecordKind.END:
        raise refusing.damaged()
