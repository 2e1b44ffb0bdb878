"""The outer form of a sync file, and its decrypted contents as they are read.

A file is found whole before a byte of it is decrypted; memory is taken for one piece at
a time. Who made it and whether it may be used is decided elsewhere.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from sscdesk.sync import limits, refusing, wire
from sscdesk.sync.body import (
    AttachmentRecord,
    RecordKind,
    decode_segment,
    records,
    unpack_frame,
    unseal,
)
from sscdesk.sync.carrier import Carrier, kind_of_carrier, read_fully, reading
from sscdesk.sync.firstline import SYNC_LINE, Kind
from sscdesk.sync.header import Header, decode_header
from sscdesk.sync.keys import SIGNATURE_BYTES, EncryptionKey
from sscdesk.sync.seal import Progress, front_digest
from sscdesk.sync.segments import Segment
from sscdesk.sync.trust import Introductions

_BLOCK = 1 << 20
_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class _Piece:
    length: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Survey:
    """The outer form of a file, found whole."""

    header: Header
    pieces: tuple[_Piece, ...]
    digest: bytes
    """SHA-256 of all that the seal covers."""
    signature: bytes


def survey(carrier: Carrier, progress: Progress | None = None) -> Survey:
    """Read a file from its first to its last byte and check that it is whole.

    Nothing is decrypted and no signature is checked. Raises ``FileRefused`` ("file-cut",
    "file-damaged", "newer-format", "over-limit", "other-kind", "not-a-desk-file").
    """
    if carrier.size > limits.BUNDLE:
        raise refusing.too_large()
    found = kind_of_carrier(carrier)
    if found is not Kind.SYNC:
        raise refusing.other_kind(Kind.SYNC, found)
    with reading(carrier) as stream:
        reader = _Reader(stream, carrier.size, progress)
        reader.exactly(len(SYNC_LINE))
        encoded = reader.exactly(_length(reader, limits.HEADER))
        pieces = tuple(_read_pieces(reader))
        covered = reader.digest.digest()
        seal = reader.exactly(_DIGEST_BYTES + SIGNATURE_BYTES)
        if seal[:_DIGEST_BYTES] != covered or stream.read(1):
            raise refusing.damaged()
    return Survey(decode_header(encoded), pieces, covered, seal[_DIGEST_BYTES:])


class _Reader:
    """Reads exactly, keeps the digest, tells of the progress."""

    def __init__(self, stream: IO[bytes], size: int, progress: Progress | None) -> None:
        self._stream = stream
        self._size = size
        self._progress = progress
        self._done = 0
        self.digest = hashlib.sha256()

    def exactly(self, count: int) -> bytes:
        data = read_fully(self._stream, count)
        if len(data) < count:
            raise refusing.cut()
        self.digest.update(data)
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._size)
        return data


def _length(reader: _Reader, limit: int) -> int:
    length = int.from_bytes(reader.exactly(4), "big")
    if length > limit:
        raise refusing.too_large()
    return length


def _read_pieces(reader: _Reader) -> Iterator[_Piece]:
    while length := _length(reader, limits.PIECE_SEALED):
        digest = hashlib.sha256()
        for start in range(0, length, _BLOCK):
            digest.update(reader.exactly(min(_BLOCK, length - start)))
        yield _Piece(length, digest.digest())


@dataclass(frozen=True, slots=True)
class Contents:
    """The decrypted body, read from its beginning each time it is asked for."""

    carrier: Carrier
    survey: Survey
    keys: Sequence[EncryptionKey]

    def introductions(self) -> Introductions:
        """Return what the sender says of offices and laptops, unchecked."""
        told = next(c for kind, c in self._records() if kind is RecordKind.INTRODUCTIONS)
        return wire.canonical(unpack_frame(told, limits.INTRODUCTIONS), Introductions)

    def segments(self) -> Iterator[Segment]:
        """Give the segments, their form checked, in the order of the file.

        Reads on to the first attachment or the end of the body, whichever comes.
        """
        for kind, content in self._records():
            if kind is RecordKind.SEGMENT:
                yield decode_segment(content)
            elif kind is RecordKind.ATTACHMENT:
                return

    def attachments(self) -> Iterator[AttachmentRecord]:
        """Give the chunks of attachments, unchecked, to the end of the body."""
        for kind, content in self._records():
            if kind is RecordKind.ATTACHMENT:
                yield wire.unpack(content, AttachmentRecord)

    def _records(self) -> Iterator[tuple[RecordKind, bytes]]:
        for kind, content in records(self._plain()):
            if kind is RecordKind.OPENING and content != front_digest(self.survey.header):
                raise refusing.header_replaced()
            yield kind, content

    def _plain(self) -> Iterator[bytes]:
        front = len(SYNC_LINE) + 4 + len(wire.pack(self.survey.header))
        with reading(self.carrier) as stream:
            reader = _Reader(stream, self.carrier.size, None)
            reader.exactly(front)
            for piece in self.survey.pieces:
                reader.exactly(4)
                sealed = reader.exactly(piece.length)
                # The stick may be another one by now.
                if hashlib.sha256(sealed).digest() != piece.digest:
                    raise refusing.damaged()
                yield unseal(sealed, self.keys)
