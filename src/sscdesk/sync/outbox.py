"""What a partner office is entitled to and, as far as we know, lacks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from sscdesk.sync.journal import is_personal, readers
from sscdesk.sync.segments import GENESIS, Segment
from sscdesk.sync.streams import Stream, Streams


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one stream still has for an office."""

    stream: Stream
    first: int
    last: int

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
) -> list[Waiting]:
    """Return what to send so that each of ``offices`` holds all that all of them may read.

    ``known`` has what each of them acknowledged; a stream begins where the one that
    lacks most needs it. An office's own streams go back to it only where it said that it
    holds less: it restored a backup. Without ``personal``, streams with personal data
    stay here; they go as a whole once there is an authorisation.
    """
    wanted = list(offices)
    silent = not any(known)
    found = []
    for stream in streams:
        entitled = all(may_read(stream.audience, office) for office in wanted)
        entitled = entitled and (personal or not is_personal(stream.audience))
        if not entitled or not stream.head_seq or (silent and wanted == [stream.office]):
            continue
        first = min((held.get(stream.id, 0) for held in known), default=0) + 1
        if first <= stream.head_seq:
            found.append(Waiting(stream, first, stream.head_seq))
    return found


def segment_of(connection: Connection, waiting: Waiting) -> Segment:
    """Read a run of commits from the journal, as stored."""
    stream = waiting.stream
    rows = connection.exec_driver_sql(
        "SELECT payload FROM journal WHERE stream = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        (stream.num, waiting.first, waiting.last),
    )
    return Segment(
        stream.id,
        stream.office,
        stream.laptop,
        stream.audience,
        waiting.first,
        waiting.last,
        hash_before(connection, stream, waiting.first),
        tuple(bytes(row.payload) for row in rows),
        stream.head_signature,
    )


def hash_before(connection: Connection, stream: Stream, seq: int) -> bytes:
    """Return the chain hash of the commit before ``seq``."""
    if seq == 1:
        return GENESIS
    found = connection.exec_driver_sql(
        "SELECT hash FROM journal WHERE stream = ? AND seq = ?", (stream.num, seq - 1)
    )
    return bytes(found.scalar_one())
