"""Checks the journals inside a sync file: chains, signatures, rights to read.

One pass over all segments, before anything of them is handed on. What is wrong refuses
the whole file; what is right but may not be applied (an office not accepted, a lost
laptop) is parted from the rest and named.
"""

from dataclasses import dataclass, field

import msgspec

from sscdesk.sync import limits, refusing, wire
from sscdesk.sync.erasing import declared_in
from sscdesk.sync.header import Header
from sscdesk.sync.judging import Run, Standing, Verdict, judge, owner_of
from sscdesk.sync.segments import ERASED, GENESIS, Segment, leaves_digest, leaves_of
from sscdesk.sync.trust import Learned, StreamOwner


@dataclass(slots=True)
class Examiner:
    """Takes the segments of one file in order."""

    header: Header
    learned: Learned
    verdicts: list[Verdict] = field(default_factory=list)
    raw_bytes: int = 0
    _run: Run | None = None
    _missing: set[bytes] = field(default_factory=set)
    """Hashes that stand in the place of leaves."""
    _said: set[bytes] = field(default_factory=set)
    """Hashes that the run at hand declares erased."""
    _declared: set[bytes] = field(default_factory=set)
    """Those that runs to be trusted declare."""

    def take(self, segment: Segment) -> None:
        """Check the next segment. Raises ``FileRefused``."""
        if self._expected() != (segment.stream, segment.first):
            raise refusing.wrong_stream(self.header.office)
        run = self._run or self._begin(segment)
        if owner_of(segment) != run.owner or segment.last > run.range.last:
            raise refusing.wrong_stream(self.header.office)
        if segment.before != run.chain:
            raise refusing.broken_chain(self.header.office)
        run.follow(segment, self._digest_of)
        self._run = run
        if segment.last == run.range.last:
            verdict = judge(run, self.learned.book, self.learned.provisional)
            if verdict.standing is Standing.TRUSTED:
                self._declared |= self._said
            self._said = set()
            self.verdicts.append(verdict)
            self._run = None

    def finish(self) -> tuple[Verdict, ...]:
        """Make sure that all came that the header announces. Raises ``FileRefused``."""
        complete = self._run is None and len(self.verdicts) == len(self.header.streams)
        if not complete or self.raw_bytes != self.header.raw_bytes:
            raise refusing.wrong_stream(self.header.office)
        if self._missing - self._declared - self.learned.book.erased:
            raise refusing.broken_chain(self.header.office)
        return tuple(self.verdicts)

    def _expected(self) -> tuple[bytes, int] | None:
        """Return the stream and number of the segment whose turn it is."""
        if self._run is not None:
            return (self._run.range.stream, self._run.next)
        if len(self.verdicts) == len(self.header.streams):
            return None
        following = self.header.streams[len(self.verdicts)]
        return (following.stream, following.first)

    def _begin(self, segment: Segment) -> Run:
        announced = self.header.streams[len(self.verdicts)]
        owner = owner_of(segment)
        self._check_owner(segment.stream, owner)
        if announced.first == 1 and segment.before != GENESIS:
            raise refusing.broken_chain(self.header.office)
        cut = self.learned.book.cut_of((owner.office, owner.laptop), segment.stream)
        return Run(announced, owner, segment.before, cut, announced.first)

    def _check_owner(self, stream: bytes, owner: StreamOwner) -> None:
        held = self.learned.book.streams.get(stream, owner)
        if held != owner or not wire.is_audience(owner.audience):
            raise refusing.wrong_stream(self.header.office)
        readers = (self.learned.book.office, self.header.office, *self.header.offices)
        if not all(wire.may_read(owner.audience, office) for office in (owner.office, *readers)):
            raise refusing.wrong_audience(self.header.office)

    def _digest_of(self, commit: bytes) -> bytes:
        """Return a commit's digest; refuse what the chain's hash alone would let pass.

        The hash covers leaves, so another spelling of the same leaves has the same chain.
        The hash of a leaf in its place has it, too: that holds where an office declared the
        leaf erased, in this file or before (``finish``).
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
        for place, leaf in enumerate(leaves):
            if isinstance(leaf, bytes):
                self._said.update(declared_in(leaf) if place else ())
            elif place and leaf.code == ERASED and len(bytes(leaf.data)) == 32:
                self._missing.add(bytes(leaf.data))
            else:
                raise refusing.broken_chain(self.header.office)
        return leaves_digest(leaves)
