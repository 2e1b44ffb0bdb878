"""What may be done with a run of commits: whose it is, who vouches for it, how far.

Used when a file is opened, and again for commits that were kept because their office was
not accepted then.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sscdesk.model.refusal import FileRefused
from sscdesk.sync import refusing
from sscdesk.sync.certificates import Cut, LaptopCertificate
from sscdesk.sync.header import StreamRange
from sscdesk.sync.keys import SIGNATURE_BYTES, is_signed_by
from sscdesk.sync.segments import (
    Segment,
    chain_after,
    chain_hash,
    commit_digest,
    head_message,
)
from sscdesk.sync.trust import CardBook, Laptop, StreamOwner


class Standing(StrEnum):
    """What may be done with commits that arrived."""

    TRUSTED = "trusted"
    """Apply."""
    UNKNOWN_OFFICE = "unknown-office"
    """Keep, do not apply: the office's card is not accepted."""
    KEYS_CHANGED = "keys-changed"
    """Keep, do not apply: certified with new keys that are not confirmed."""
    REVOKED = "revoked"
    """Refuse and list: signed by a laptop after its office reported it lost."""
    UNPROVEN = "unproven"
    """Leave: a lost laptop's commits that end before the one its office stands by; they
    come again, joined to it."""
    FORGED = "forged"
    """Drop and list: kept unchecked, and not by the laptop whose key is known now."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about one run of commits."""

    range: StreamRange
    owner: StreamOwner
    laptop_number: int | None
    """None where the laptop's certificate is not known."""
    standing: Standing
    """Of the commits up to ``good_to``."""
    good_to: int
    """Last commit with that standing; later ones are ``REVOKED``."""


@dataclass(frozen=True, slots=True)
class CheckedSegment:
    """A segment and what may be done with it."""

    segment: Segment
    standing: Standing


@dataclass(slots=True)
class Run:
    """A run of commits while its segments pass."""

    range: StreamRange
    owner: StreamOwner
    chain: bytes
    """Hash of the chain before the next commit."""
    cut: Cut | None
    """Where the office cut the stream, if the laptop is lost."""
    next: int
    cut_chain: bytes = b""
    signature: bytes = b""

    def follow(self, segment: Segment, digest: Callable[[bytes], bytes] = commit_digest) -> None:
        """Go along the chain, keeping its hash where a revocation cuts it.

        ``digest`` gives the digest of a commit, and may refuse it.
        """
        cut = self.cut.last if self.cut is not None else 0
        for seq, commit in enumerate(segment.commits, start=segment.first):
            self.chain = chain_after(self.chain, digest(commit))
            if seq == cut:
                self.cut_chain = self.chain
        self.next = segment.last + 1
        self.signature = segment.head_signature


STILL_KEPT = (Standing.UNKNOWN_OFFICE, Standing.KEYS_CHANGED, Standing.UNPROVEN)
"""Standings of kept commits that go on waiting; the others are applied or dropped."""


def trust_all(segments: Iterable[Segment]) -> list[CheckedSegment]:
    """Judge nothing: for a merge whose kept commits were all checked."""
    return [CheckedSegment(one, Standing.TRUSTED) for one in segments]


def owner_of(segment: Segment) -> StreamOwner:
    """Return whose stream a segment says it is."""
    return StreamOwner(segment.office, segment.laptop, segment.audience)


def judge(run: Run, book: CardBook, provisional: Mapping[Laptop, LaptopCertificate]) -> Verdict:
    """Judge a run at its end.

    Raises ``FileRefused`` ("bad-signature", "unknown-laptop") for what nobody may pass on.
    """
    laptop = (run.owner.office, run.owner.laptop)
    certificate, standing = _certificate(laptop, book, provisional)
    good_to = run.range.last
    if book.is_revoked(laptop):
        standing, good_to = _after_loss(run)
    if certificate is not None and standing is not Standing.REVOKED:
        _check_head(run, certificate, good_to)
    number = certificate.number if certificate else None
    return Verdict(run.range, run.owner, number, standing, good_to)


def _certificate(
    laptop: Laptop, book: CardBook, provisional: Mapping[Laptop, LaptopCertificate]
) -> tuple[LaptopCertificate | None, Standing]:
    if laptop in book.certificates:
        return book.certificates[laptop], Standing.TRUSTED
    shown = provisional.get(laptop)
    if laptop[0] not in book.cards:
        return shown, Standing.UNKNOWN_OFFICE
    if shown is None:
        raise refusing.unknown_laptop(laptop[0])
    return shown, Standing.KEYS_CHANGED


def _check_head(run: Run, certificate: LaptopCertificate, good_to: int) -> None:
    """Check the signature over the head of the run, or the office's word for it."""
    if run.cut is not None and run.cut.last == good_to:
        return
    message = head_message(run.range.stream, run.owner.audience, run.range.last, run.chain)
    signed = len(run.signature) == SIGNATURE_BYTES
    if not signed or not is_signed_by(certificate.public_key, message, run.signature):
        raise refusing.forged(run.owner.office)


def _after_loss(run: Run) -> tuple[Standing, int]:
    """Say how much of a lost laptop's commits its office stands by.

    Only the hash at the cut proves them: whoever has the laptop could sign others.
    """
    if run.cut is None or run.cut.last < run.range.first:
        return Standing.REVOKED, run.range.last
    if run.cut.last > run.range.last:
        return Standing.UNPROVEN, run.range.last
    if run.cut_chain != run.cut.chain:
        return Standing.REVOKED, run.range.last
    return Standing.TRUSTED, run.cut.last


def part(segment: Segment, verdict: Verdict) -> Sequence[CheckedSegment]:
    """Part one segment of a judged run where a revocation cuts it."""
    if segment.last <= verdict.good_to:
        return (CheckedSegment(segment, verdict.standing),)
    if segment.first > verdict.good_to:
        return (CheckedSegment(segment, Standing.REVOKED),)
    count = verdict.good_to - segment.first + 1
    chain = segment.before
    for commit in segment.commits[:count]:
        chain = chain_hash(chain, commit)
    good = replace(
        segment, last=verdict.good_to, commits=segment.commits[:count], head_signature=b""
    )
    rest = replace(
        segment, first=verdict.good_to + 1, before=chain, commits=segment.commits[count:]
    )
    return (
        CheckedSegment(good, verdict.standing),
        CheckedSegment(rest, Standing.REVOKED),
    )


# ---------------------------------------------------------------- kept commits


def judge_kept(segments: Iterable[Segment], book: CardBook) -> list[CheckedSegment]:
    """Judge again commits that were kept, by what is believed now.

    Call it whenever kept commits might be applied: they may have been kept without any
    check of their signature, because no key of their office was known. Segments of one
    stream that follow one another are judged together, as only the last may be signed.
    """
    checked: list[CheckedSegment] = []
    for joined in _joined(segments):
        verdict = _judge_again(joined, book)
        for segment in joined:
            checked += (
                part(segment, verdict) if verdict else [CheckedSegment(segment, Standing.FORGED)]
            )
    return checked


def _joined(segments: Iterable[Segment]) -> list[list[Segment]]:
    groups: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: (one.stream, one.first)):
        if groups and _goes_on(groups[-1][-1], segment):
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return groups


def _goes_on(one: Segment, other: Segment) -> bool:
    return (one.stream, one.last + 1, owner_of(one)) == (
        other.stream,
        other.first,
        owner_of(other),
    )


def _judge_again(joined: Sequence[Segment], book: CardBook) -> Verdict | None:
    """Return the verdict, None where the commits are not by whom they say."""
    first = joined[0]
    laptop = (first.office, first.laptop)
    owner = owner_of(first)
    span = StreamRange(first.stream, first.first, joined[-1].last)
    if first.office in book.cards and laptop not in book.certificates:
        # Certified with keys that are not confirmed, or certified no more.
        return Verdict(span, owner, None, Standing.KEYS_CHANGED, span.last)
    run = Run(span, owner, first.before, book.cut_of(laptop, first.stream), first.first)
    for segment in joined:
        if segment.before != run.chain:
            return None
        run.follow(segment)
    try:
        return judge(run, book, {})
    except FileRefused:
        return None
