"""Opens sync files: everything is checked before anything of them is handed on.

In this order: that it is whole, that it is well formed and within limits, who signed
it, for whom, then the journals inside. Whatever is wrong is a ``FileRefused`` whose code
says which; nothing was changed then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sscdesk.model.refusal import FileRefused
from sscdesk.sync import refusing
from sscdesk.sync.carrier import Carrier
from sscdesk.sync.enclosed import AttachmentCheck, AttachmentChunk
from sscdesk.sync.examine import Examiner
from sscdesk.sync.header import Header
from sscdesk.sync.judging import CheckedSegment, Standing, Verdict, part
from sscdesk.sync.keys import EncryptionKey, is_signed_by
from sscdesk.sync.seal import SEAL_CONTEXT, Progress
from sscdesk.sync.segments import Segment
from sscdesk.sync.survey import Contents, Survey, survey
from sscdesk.sync.trust import CardBook, Learned, check_sender, learn

KEEP_RAW = 16 << 20
"""Journals up to this size stay in memory between check and use; larger ones are read
and decrypted a second time."""


def open_bundle(
    carrier: Carrier,
    keys: Sequence[EncryptionKey],
    book: CardBook,
    *,
    progress: Progress | None = None,
) -> "OpenedBundle":
    """Open a sync file for the office of ``book``, whose private keys are ``keys``.

    The present key comes first; former ones open files that were on their way when the
    keys changed. The whole file is read, the whole of its journals is checked; its
    attachments are checked when they are read. Nothing is written anywhere.

    Raises ``MachineFailed`` and ``FileRefused`` with the codes of docs/file-format.md.
    """
    found = survey(carrier, progress)
    _check_origin(found, carrier, keys, book)
    fitting = _check_address(found.header, keys, book)
    contents = Contents(carrier, found, fitting)
    learned = learn(book, contents.introductions())
    check_sender(learned.book, found.header.office_key, found.header.certificate)
    examiner = Examiner(found.header, learned)
    kept: list[Segment] | None = [] if found.header.raw_bytes <= KEEP_RAW else None
    for segment in contents.segments():
        examiner.take(segment)
        if kept is not None:
            kept.append(segment)
    return OpenedBundle(found.header, learned, examiner.finish(), contents, kept)


def _check_origin(
    found: Survey, carrier: Carrier, keys: Sequence[EncryptionKey], book: CardBook
) -> None:
    """Check who signed; a seal that fails says whether two files were put together."""
    header = found.header
    check_sender(book, header.office_key, header.certificate)
    public = header.certificate.public_key
    if not is_signed_by(public, SEAL_CONTEXT + found.digest, found.signature):
        if _has_other_front(Contents(carrier, found, keys)):
            raise refusing.header_replaced()
        raise refusing.forged(header.office)


def _has_other_front(contents: "Contents") -> bool:
    try:
        contents.introductions()
    except FileRefused as refusal:
        return refusal.code == "header-replaced"
    return False


def _check_address(
    header: Header, keys: Sequence[EncryptionKey], book: CardBook
) -> list[EncryptionKey]:
    """Check that the file is for this office; return the key that opens it."""
    recipient = header.recipient(book.office)
    if recipient is None:
        if header.certificate.laptop == book.laptop:
            raise refusing.own_file(header.offices)
        raise refusing.not_for(book.office, header.offices, header.office)
    fitting = [key for key in keys if key.public == recipient.encryption_key]
    if not fitting:
        raise refusing.old_key(book.office, header.office)
    return fitting


@dataclass(frozen=True, slots=True)
class OpenedBundle:
    """A sync file that is whole, authentic and for this office."""

    header: Header
    learned: Learned
    """What it tells of offices and laptops; ``learned.key_changes`` must be announced."""
    verdicts: tuple[Verdict, ...]
    """One for each range of the header, in its order."""
    contents: Contents = field(repr=False)
    kept: list[Segment] | None = field(repr=False)

    @property
    def is_verified(self) -> bool:
        """Say whether the eight words of the sender's office were compared."""
        return self.learned.book.is_verified(self.header.office)

    @property
    def unverified(self) -> tuple[str, ...]:
        """Offices with commits in the file whose words were not compared."""
        book = self.learned.book
        offices = {one.owner.office for one in self.verdicts}
        return tuple(sorted(code for code in offices if not book.is_verified(code)))

    def refused(self) -> tuple[Verdict, ...]:
        """Ranges of which a part or all is not to be applied."""
        return tuple(
            one
            for one in self.verdicts
            if one.standing is not Standing.TRUSTED or one.good_to < one.range.last
        )

    def segments(self) -> Iterator[CheckedSegment]:
        """Give all segments with what may be done with each, as often as asked."""
        verdicts = iter(self.verdicts)
        verdict = next(verdicts, None)
        for segment in self.kept if self.kept is not None else self.contents.segments():
            assert verdict is not None
            yield from part(segment, verdict)
            if segment.last == verdict.range.last:
                verdict = next(verdicts, None)

    def trusted(self) -> Iterator[Segment]:
        """Give the segments to apply."""
        return (one.segment for one in self.segments() if one.standing is Standing.TRUSTED)

    def attachments(self) -> Iterator[AttachmentChunk]:
        """Give all attachments, chunk by chunk.

        Raises ``FileRefused`` ("attachment-damaged") in place of the last chunk of one
        that is not what its name says; keep none before its last chunk came.
        """
        check = AttachmentCheck(self.header)
        for record in self.contents.attachments():
            yield check.take(record)
        check.finish()
