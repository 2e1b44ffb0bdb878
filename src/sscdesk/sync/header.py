"""The header of a sync file: all that it says in clear, and nothing more.

It names offices, streams and numbers, never a record, a person or a text. The laptop
signs it together with the body, so that nobody can address it to somebody else.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Annotated, TypeVar

from msgspec import Meta, Struct

from sscdesk.sync import limits, refusing, wire
from sscdesk.sync.certificates import LaptopCertificate

K = TypeVar("K", str, bytes)


class StreamRange(Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """Commits ``first`` to ``last`` of one stream, inclusive."""

    stream: wire.Identity
    first: wire.Sequence
    last: wire.Sequence

    @property
    def commits(self) -> int:
        """How many commits."""
        return self.last - self.first + 1


class Known(Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """The highest commit of a stream that the sender holds."""

    stream: wire.Identity
    seq: wire.Sequence


class Recipient(Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """An office that can open the file, and the key that it needs for it."""

    office: wire.Office
    encryption_key: wire.Key


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """Who made the file, for whom, and what it holds."""

    bundle: wire.Identity
    """16 random bytes: the identity of the file."""
    created_at: wire.Instant
    """By the sender's clock, right or wrong; only shown."""
    office: wire.Office
    office_key: wire.Key
    """The signing key of the sender's office."""
    certificate: LaptopCertificate
    """Of the laptop that signs the file."""
    recipients: Annotated[tuple[Recipient, ...], Meta(max_length=limits.RECIPIENTS)]
    """Sorted by office."""
    schema: wire.Count
    """Version of the sender's schema of records; newer ones are kept and passed on."""
    program: wire.ShortText
    """Version of the sender's program; only shown."""
    streams: Annotated[tuple[StreamRange, ...], Meta(max_length=limits.STREAMS)]
    """Sorted; ranges of one stream do not touch."""
    acknowledged: Annotated[tuple[Known, ...], Meta(max_length=limits.STREAMS)]
    """What the sender holds of the streams that all recipients may hold; sorted."""
    raw_bytes: wire.Count
    """Sum of the lengths of the encoded commits."""
    attachments: wire.Count
    attachment_bytes: wire.Count
    part_size: wire.Count
    """Bytes of the e-mail parts that the file was cut into, 0 when it was not."""

    @property
    def commits(self) -> int:
        """How many commits the file carries."""
        return sum(one.commits for one in self.streams)

    @property
    def offices(self) -> tuple[str, ...]:
        """Codes of the offices it is for."""
        return tuple(one.office for one in self.recipients)

    @property
    def frontier(self) -> dict[bytes, int]:
        """What the sender acknowledges, by stream."""
        return {one.stream: one.seq for one in self.acknowledged}

    def recipient(self, office: str) -> Recipient | None:
        """Return the entry of an office, None when the file is not for it."""
        return next((one for one in self.recipients if one.office == office), None)


def ranges(streams: Iterable[tuple[bytes, int, int]]) -> tuple[StreamRange, ...]:
    """Return ranges in the order of the format."""
    return tuple(StreamRange(*one) for one in sorted(streams))


def known(frontier: Iterable[tuple[bytes, int]]) -> tuple[Known, ...]:
    """Return a frontier in the order of the format; streams at zero are left out."""
    return tuple(Known(stream, seq) for stream, seq in sorted(frontier) if seq)


def decode_header(data: bytes) -> Header:
    """Decode a header and check that it makes sense in itself. Raises ``FileRefused``."""
    header = wire.canonical(data, Header)
    if not is_sound(header):
        raise refusing.damaged()
    return header


def is_sound(header: Header) -> bool:
    """Say whether a header keeps the rules that its types cannot state."""
    return (
        header.certificate.office == header.office
        and bool(header.recipients)
        and is_ascending([one.office for one in header.recipients])
        and is_ascending([one.stream for one in header.acknowledged])
        and all(one.first <= one.last for one in header.streams)
        and all(_follows(one, other) for one, other in pairwise(header.streams))
    )


def is_ascending(keys: Sequence[K]) -> bool:
    """Say whether keys are sorted and none comes twice."""
    return list(keys) == sorted(set(keys))


def _follows(one: StreamRange, other: StreamRange) -> bool:
    if one.stream == other.stream:
        return other.first > one.last + 1
    return one.stream < other.stream
