"""Sync files (``.sscsync``): what the rest of the desk calls.

The format is docs/file-format.md. ``write_bundle`` makes a file, ``gather`` finds what
an officer chose, ``open_bundle`` opens it, ``look_at`` reads the outside of a file that
may be for anybody.
"""

from collections.abc import Sequence
from pathlib import Path

from sscdesk.sync import refusing
from sscdesk.sync.bundle_reader import OpenedBundle, open_bundle
from sscdesk.sync.bundle_writer import (
    Attachment,
    Manifest,
    Sender,
    Written,
    write_bundle,
)
from sscdesk.sync.carrier import Carrier
from sscdesk.sync.enclosed import AttachmentChunk
from sscdesk.sync.gathering import Gathered, gather, with_siblings
from sscdesk.sync.header import Header, Known, Recipient, StreamRange, known, ranges
from sscdesk.sync.judging import CheckedSegment, Standing, Verdict, judge_kept
from sscdesk.sync.keys import EncryptionKey
from sscdesk.sync.parts import cut_into_parts, require_part_size
from sscdesk.sync.seal import Progress
from sscdesk.sync.survey import survey
from sscdesk.sync.trust import CardBook

__all__ = [
    "Attachment",
    "AttachmentChunk",
    "Carrier",
    "CheckedSegment",
    "Gathered",
    "Header",
    "Known",
    "Manifest",
    "OpenedBundle",
    "Progress",
    "Recipient",
    "Sender",
    "Standing",
    "StreamRange",
    "Verdict",
    "Written",
    "cut_into_parts",
    "gather",
    "judge_kept",
    "known",
    "look_at",
    "open_bundle",
    "open_file",
    "ranges",
    "require_part_size",
    "with_siblings",
    "write_bundle",
]


def open_file(
    path: Path,
    keys: Sequence[EncryptionKey],
    book: CardBook,
    *,
    progress: Progress | None = None,
) -> OpenedBundle:
    """Open the one sync file that ``path`` is, or that lies in this .zip.

    Raises as ``gather`` and ``open_bundle`` do, and ``FileRefused`` ("several-files").
    """
    files = gather([path]).all_complete()
    if len(files) != 1:
        raise refusing.several_files(len(files))
    return open_bundle(files[0], keys, book, progress=progress)


def look_at(carrier: Carrier) -> Header:
    """Return what a whole file says in clear, for whomever it is.

    Its signature is not checked: show it as what the file says, not as what is true.
    Raises ``FileRefused``, ``MachineFailed``.
    """
    return survey(carrier).header
