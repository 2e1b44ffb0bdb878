"""The streams held in this file and how far each goes: heads and frontiers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection, insert, select

from sscdesk.store import schema
from sscdesk.sync.journal import covers
from sscdesk.sync.segments import GENESIS

Frontier = dict[int, int]
"""For each stream, by its number in this file, the highest sequence number known."""

_frontier = msgspec.msgpack.Decoder(Frontier)


def encode_frontier(frontier: Frontier) -> bytes:
    """Encode a frontier for a column."""
    return msgspec.msgpack.encode(frontier)


def decode_frontier(data: bytes) -> Frontier:
    """Decode a frontier from a column."""
    return _frontier.decode(data)


@dataclass(slots=True)
class Stream:
    """One stream and its head."""

    num: int
    id: bytes
    office: str
    laptop: bytes
    audience: str
    mine: bool
    head_seq: int = 0
    head_hash: bytes = GENESIS
    head_signature: bytes = b""
    head_hlc: int = 0
    frontier: Frontier = field(default_factory=dict)
    changed: bool = False


class Streams:
    """All streams of one file, read once per transaction and written back at its end."""

    def __init__(self, connection: Connection, random: Callable[[int], bytes]) -> None:
        self._connection = connection
        self._random = random
        self.by_num: dict[int, Stream] = {}
        self.by_id: dict[bytes, Stream] = {}
        for row in connection.execute(select(schema.stream)):
            self._hold(
                Stream(
                    num=row.num,
                    id=row.id,
                    office=row.office,
                    laptop=row.laptop,
                    audience=row.audience,
                    mine=bool(row.mine),
                    head_seq=row.head_seq,
                    head_hash=row.head_hash,
                    head_signature=row.head_signature,
                    head_hlc=row.head_hlc,
                    frontier=decode_frontier(row.frontier),
                )
            )

    def _hold(self, stream: Stream) -> Stream:
        self.by_num[stream.num] = stream
        self.by_id[stream.id] = stream
        return stream

    def __iter__(self) -> Iterator[Stream]:
        return iter(self.by_num.values())

    def mine(self, audience: str, office: str, laptop: bytes) -> Stream:
        """Return the stream in which this laptop writes for ``audience``, begun if need be."""
        for stream in self:
            if stream.mine and stream.audience == audience and stream.laptop == laptop:
                return stream
        return self.begin(self._random(16), office, laptop, audience, mine=True)

    def begin(
        self, identity: bytes, office: str, laptop: bytes, audience: str, *, mine: bool
    ) -> Stream:
        """Enter a stream not held so far."""
        num = max(self.by_num, default=0) + 1
        self._connection.execute(
            insert(schema.stream).values(
                num=num,
                id=identity,
                office=office,
                laptop=laptop,
                audience=audience,
                mine=int(mine),
                head_seq=0,
                head_hash=GENESIS,
                head_signature=b"",
                head_hlc=0,
                frontier=encode_frontier({}),
            )
        )
        return self._hold(Stream(num, identity, office, laptop, audience, mine))

    def frontier_for(self, audience: str) -> Frontier:
        """Return what a commit for ``audience`` may say that it has seen.

        Only streams that every reader of the audience may hold are named.
        """
        return {
            stream.num: stream.head_seq
            for stream in self
            if stream.head_seq and covers(stream.audience, audience)
        }

    def latest_hlc(self) -> int:
        """Return the highest logical time known."""
        return max((stream.head_hlc for stream in self), default=0)

    def save(self) -> None:
        """Write back the heads that moved."""
        moved = [stream for stream in self if stream.changed]
        if not moved:
            return
        self._connection.exec_driver_sql(
            "UPDATE stream SET head_seq = ?, head_hash = ?, head_signature = ?, head_hlc = ?, "
            "frontier = ? WHERE num = ?",
            [
                (
                    stream.head_seq,
                    stream.head_hash,
                    stream.head_signature,
                    stream.head_hlc,
                    encode_frontier(stream.frontier),
                    stream.num,
                )
                for stream in moved
            ],
        )
        for stream in moved:
            stream.changed = False
