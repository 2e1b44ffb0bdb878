"""Attachments as they come out of a sync file, each checked against its name."""

import hashlib
from dataclasses import dataclass

from sscdesk.model.refusal import FileRefused
from sscdesk.sync import limits, refusing
from sscdesk.sync.body import AttachmentRecord, unpack_frame
from sscdesk.sync.header import Header


@dataclass(frozen=True, slots=True)
class AttachmentChunk:
    """A part of an attachment; the last one comes only when the whole is what it is named."""

    digest: bytes
    size: int
    offset: int
    data: bytes

    @property
    def is_last(self) -> bool:
        """Say whether the attachment is complete with this chunk."""
        return self.offset + len(self.data) == self.size


class AttachmentCheck:
    """Follows the attachments of one file through their chunks."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._count = 0
        self._total = 0
        self._open: AttachmentChunk | None = None
        self._digest = hashlib.sha256()

    def take(self, record: AttachmentRecord) -> AttachmentChunk:
        """Check the next chunk. Raises ``FileRefused``."""
        chunk = AttachmentChunk(record.digest, record.size, record.offset, _data_of(record))
        self._follow(chunk)
        self._digest.update(chunk.data)
        self._open = None if chunk.is_last else chunk
        if chunk.is_last and self._digest.digest() != chunk.digest:
            raise self._wrong()
        return chunk

    def finish(self) -> None:
        """Make sure that all came that the header announces. Raises ``FileRefused``."""
        announced = (self._header.attachments, self._header.attachment_bytes)
        if self._open is not None or (self._count, self._total) != announced:
            raise self._wrong()

    def _follow(self, chunk: AttachmentChunk) -> None:
        before = self._open
        if before is None:
            self._count += 1
            self._total += chunk.size
            self._digest = hashlib.sha256()
            follows = chunk.offset == 0
        else:
            follows = (before.digest, before.size, before.offset + len(before.data)) == (
                chunk.digest,
                chunk.size,
                chunk.offset,
            )
        grows = bool(chunk.data) or chunk.size == 0
        if not follows or not grows or chunk.offset + len(chunk.data) > chunk.size:
            raise self._wrong()

    def _wrong(self) -> FileRefused:
        return refusing.attachment_damaged(self._header.office)


def _data_of(record: AttachmentRecord) -> bytes:
    return unpack_frame(record.data, limits.CHUNK) if record.packed else record.data
