"""Checks the journals inside a sync file: chains, signatures, rights to read.

One pass over all segments, before anything of them is handed on. What is wrong refuses
the whole file; what is right but may not be applied (an office not accepted, a lost
laptop) is parted from the rest and named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import msgspec

from sscdesk.sync import limits, refusing, wire
from sscdesk.sync.certificates import Cut, LaptopCertificate
from sscdesk.sync.header import Header, StreamRange
from sscdesk.sync.keys import SIGNATURE_BYTES, is_signed_by
from sscdesk.sync.segments import GENESIS, Segment, chain_hash, head_message, leaves_of
from sscdesk.sync.trust import Learned, StreamOwner


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about one range of the header."""

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
    """A segment, whole and authentic, and what may be done with it."""

    segment: Segment
    standing: Standing


@dataclass(slots=True)
class _Run:
    """One range of the header while its segments pass."""

    range: StreamRange
    owner: StreamOwner
    chain: bytes
    cut: Cut | None
    cut_chain: bytes = b""
    next: int = 0
    signature: bytes = b""


@dataclass(slots=True)
class Examiner:
    """Takes the segments of one file in order."""

    header: Header
    learned: Learned
    verdicts: list[Verdict] = field(default_factory=list)
    raw_bytes: int = 0
    _run: _Run | None = None

    def take(self, segment: Segment) -> None:
        """Check the next segment. Raises ``FileRefused``."""
        if self._expected() != (segment.stream, segment.first):
            raise refusing.wrong_stream(self.header.office)
        run = self._run or self._begin(segment)
        if _owner(segment) != run.owner or segment.last > run.range.last:
            raise refusing.wrong_stream(self.header.office)
        if segment.before != run.chain:
            raise refusing.broken_chain(self.header.office)
        self._follow(run, segment)
        run.signature = segment.head_signature
        self._run = run
        if segment.last == run.range.last:
            self.verdicts.append(self._judge(run))
            self._run = None

    def finish(self) -> tuple[Verdict, ...]:
        """Make sure that all came that the header announces. Raises ``FileRefused``."""
        complete = self._run is None and len(self.verdicts) == len(self.header.streams)
        if not complete or self.raw_bytes != self.header.raw_bytes:
            raise refusing.wrong_stream(self.header.office)
        return tuple(self.verdicts)

    def _expected(self) -> tuple[bytes, int] | None:
        """Return the stream and number of the segment whose turn it is."""
        if self._run is not None:
            return (self._run.range.stream, self._run.next)
        if len(self.verdicts) == len(self.header.streams):
            return None
        following = self.header.streams[len(self.verdicts)]
        return (following.stream, following.first)

    def _begin(self, segment: Segment) -> _Run:
        announced = self.header.streams[len(self.verdicts)]
        owner = _owner(segment)
        self._check_owner(segment.stream, owner)
        if announced.first == 1 and segment.before != GENESIS:
            raise refusing.broken_chain(self.header.office)
        cut = self.learned.book.cut_of((owner.office, owner.laptop), segment.stream)
        return _Run(announced, owner, segment.before, cut, next=announced.first)

    def _check_owner(self, stream: bytes, owner: StreamOwner) -> None:
        held = self.learned.book.streams.get(stream, owner)
        if held != owner or not wire.is_audience(owner.audience):
            raise refusing.wrong_stream(self.header.office)
        readers = (self.learned.book.office, self.header.office, *self.header.offices)
        if not all(wire.may_read(owner.audience, office) for office in (owner.office, *readers)):
            raise refusing.wrong_audience(self.header.office)

    def _follow(self, run: _Run, segment: Segment) -> None:
        """Go along the chain, keeping its hash where a revocation cuts it."""
        for seq, commit in enumerate(segment.commits, start=segment.first):
            self._check_commit(commit)
            run.chain = chain_hash(run.chain, commit)
            if run.cut is not None and seq == run.cut.last:
                run.cut_chain = run.chain
        run.next = segment.last + 1

    def _check_commit(self, commit: bytes) -> None:
        """Refuse what the chain's hash alone would let pass.

        The hash covers leaves, so another spelling of the same leaves, or the hash of a
        leaf in its place, has the same chain; only the spelling with all leaves holds.
        """
        self.raw_bytes += len(commit)
        if len(commit) > limits.COMMIT:
            raise refusing.too_large()
        try:
            leaves = leaves_of(commit)
        except (msgspec.DecodeError, RecursionError) as error:
            raise refusing.damaged() from error
        if not leaves or wire.pack(leaves) != commit:
            raise refusing.damaged()
        if set(map(type, leaves)) != {bytes}:
            raise refusing.broken_chain(self.header.office)

    # ------------------------------------------------------------ judgement

    def _judge(self, run: _Run) -> Verdict:
        laptop = (run.owner.office, run.owner.laptop)
        certificate, standing = self._certificate(laptop)
        number = certificate.number if certificate else None
        if self.learned.book.is_revoked(laptop):
            standing, good_to = _after_loss(run)
        else:
            good_to = run.range.last
        if certificate is not None and standing is not Standing.REVOKED:
            self._check_head(run, certificate, good_to)
        return Verdict(run.range, run.owner, number, standing, good_to)

    def _certificate(self, laptop: tuple[str, bytes]) -> tuple[LaptopCertificate | None, Standing]:
        proved: Mapping[tuple[str, bytes], LaptopCertificate] = self.learned.book.certificates
        if laptop in proved:
            return proved[laptop], Standing.TRUSTED
        provisional = self.learned.provisional.get(laptop)
        if laptop[0] not in self.learned.book.cards:
            return provisional, Standing.UNKNOWN_OFFICE
        if provisional is None:
            raise refusing.unknown_laptop(laptop[0])
        return provisional, Standing.KEYS_CHANGED

    def _check_head(self, run: _Run, certificate: LaptopCertificate, good_to: int) -> None:
        """Check the signature over the head of the run, or the office's word for it."""
        if run.cut is not None and run.cut.last == good_to:
            return
        message = head_message(run.range.stream, run.owner.audience, run.range.last, run.chain)
        signed = len(run.signature) == SIGNATURE_BYTES
        if not signed or not is_signed_by(certificate.public_key, message, run.signature):
            raise refusing.forged(run.owner.office)


def _owner(segment: Segment) -> StreamOwner:
    return StreamOwner(segment.office, segment.laptop, segment.audience)


def _after_loss(run: _Run) -> tuple[Standing, int]:
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
    """Part one segment of a judged range where a revocation cuts it."""
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
