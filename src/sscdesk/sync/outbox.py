"""What a partner office is entitled to and, as far as we know, lacks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from sscdesk.sync.journal import is_personal, readers
from sscdesk.sync.segments import GENESIS, Segment, chain_hash
from sscdesk.sync.streams import Stream, Streams


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one stream still has for an office."""

    stream: Stream
    first: int
    last: int
    rest: tuple[Segment, ...] = ()
    """Commits after the stream's head, kept and not applied; the last one is signed."""

    @property
    def head_signature(self) -> bytes:
        """Over commit ``last``; nothing where the stream stops short of what was signed."""
        return self.rest[-1].head_signature if self.rest else self.stream.head_signature

    @property
    def commits(self) -> int:
        """How many commits wait."""
        return self.last - self.first + 1


def may_read(audience: str, office: str) -> bool:
    """Say whether an office is among the readers of an audience."""
    offices = readers(audience)
    return offices is None or office in offices


def acknowledged(connection: Connection, office: str) -> dict[bytes, int]:
    """Return the newest dot of each stream that an office has said it holds."""
    found = connection.exec_driver_sql(
        "SELECT stream_id, seq FROM acknowledged WHERE office = ?", (office,)
    )
    return {bytes(identity): seq for identity, seq in found}


def waiting_for(
    streams: Streams,
    offices: Iterable[str],
    known: Sequence[Mapping[bytes, int]],
    *,
    personal: bool = True,
    rests: Mapping[bytes, tuple[Segment, ...]] | None = None,
    own: bool = False,
) -> list[Waiting]:
    """Return what to send so that each of ``offices`` holds all that all of them may read.

    ``known`` has what each of them acknowledged; a stream begins where the one that
    lacks most needs it. An office's own streams go back to it only where it said that it
    holds less: it restored a backup. With ``own``, the file is for other laptops of this
    office. Without ``personal``, streams with personal data
    stay here; they go as a whole once there is an authorisation. ``rests`` are those of
    ``unsigned_rests``.
    """
    wanted = list(offices)
    silent = not own and not any(known)
    found = []
    for stream in streams:
        entitled = all(may_read(stream.audience, office) for office in wanted)
        entitled = entitled and (personal or not is_personal(stream.audience))
        if not entitled or not stream.head_seq or (silent and wanted == [stream.office]):
            continue
        first = min((held.get(stream.id, 0) for held in known), default=0) + 1
        if first <= stream.head_seq:
            rest = (rests or {}).get(stream.id, ())
            found.append(Waiting(stream, first, stream.head_seq + _count(rest), rest))
    return found


def _count(segments: Iterable[Segment]) -> int:
    return sum(len(one.commits) for one in segments)


def unsigned_rests(
    connection: Connection, streams: Iterable[Stream]
) -> dict[bytes, tuple[Segment, ...]]:
    """Return what must travel behind the head of streams that were applied in part.

    A laptop signs the last commit of what it sends. Where only the first of these could
    be applied, the others lie with what is parked, up to the one that is signed.
    """
    found = {}
    for stream in streams:
        if stream.head_seq and not stream.head_signature:
            rest = tuple(_kept_after(connection, stream))
            if rest and rest[-1].head_signature:
                found[stream.id] = rest
    return found


def _kept_after(connection: Connection, stream: Stream) -> Iterator[Segment]:
    rows = connection.exec_driver_sql(
        "SELECT segment FROM parked WHERE stream_id = ? ORDER BY first", (stream.id,)
    )
    chain, following = stream.head_hash, stream.head_seq + 1
    for data in rows.scalars():
        segment = msgspec.msgpack.decode(bytes(data), type=Segment)
        if (segment.first, segment.before) != (following, chain):
            return
        yield segment
        if segment.head_signature:
            return
        for commit in segment.commits:
            chain = chain_hash(chain, commit)
        following = segment.last + 1


def hash_before(connection: Connection, stream: Stream, seq: int) -> bytes:
    """Return the chain hash of the commit before ``seq``."""
    if seq == 1:
        return GENESIS
    found = connection.exec_driver_sql(
        "SELECT hash FROM journal WHERE stream = ? AND seq = ?", (stream.num, seq - 1)
    )
    return bytes(found.scalar_one())
