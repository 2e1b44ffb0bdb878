"""What is waited for: commits that others depend on, and whose they are."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from sscdesk.sync.journal import header_of
from sscdesk.sync.segments import Segment


@dataclass(frozen=True, slots=True)
class MissingFrom:
    """Commits that are waited for."""

    office: str
    """Whose they are; where that is not known yet, the office whose commits wait for them."""
    first: int
    last: int
    since: str


def gaps(connection: Connection) -> tuple[MissingFrom, ...]:
    """Return all that is waited for, each once, the longest waiting first."""
    heads = {
        bytes(row.id): (str(row.office), int(row.head_seq))
        for row in connection.exec_driver_sql("SELECT id, office, head_seq FROM stream")
    }
    found: dict[bytes, MissingFrom] = {}
    rows = connection.exec_driver_sql("SELECT segment, since FROM parked ORDER BY since").all()
    for row in rows:
        segment = msgspec.msgpack.decode(bytes(row.segment), type=Segment)
        for stream, office, last in _awaited(segment, heads):
            first = heads.get(stream, ("", 0))[1] + 1
            before = found.get(stream)
            if first <= last:
                since = before.since if before else row.since
                reach = max(last, before.last if before else 0)
                found[stream] = MissingFrom(office, first, reach, since)
    return tuple(sorted(found.values(), key=lambda one: (one.since, one.office, one.first)))


def _awaited(
    segment: Segment, heads: dict[bytes, tuple[str, int]]
) -> Iterator[tuple[bytes, str, int]]:
    """Yield stream, office and number of each commit that a kept segment waits for."""
    head = heads.get(segment.stream, ("", 0))[1]
    if segment.first > head + 1:
        yield segment.stream, segment.office, segment.first - 1
        return
    for stream, seq in header_of(segment.commits[0]).seen.items():
        office, held = heads.get(stream, (segment.office, 0))
        if held < seq:
            yield stream, office, seq
