"""Cuts a stream's commits into segments of the size that travels best."""

from collections.abc import Iterable, Iterator

from sscdesk.sync import limits
from sscdesk.sync.segments import Segment
from sscdesk.sync.trust import StreamOwner


def segments_of_run(
    stream: bytes,
    owner: StreamOwner,
    first: int,
    before: bytes,
    journal: Iterable[tuple[bytes, bytes]],
    head_signature: bytes,
) -> Iterator[Segment]:
    """Cut a run of commits, given as (encoded commit, chain hash), into segments.

    Each is closed at about 4 MB. ``head_signature`` is over the last commit of the run
    and goes with the last segment; those before it are covered by the chain.
    """
    commits: list[bytes] = []
    size = 0
    chain = before
    for commit, chain_after in journal:
        if commits and _is_full(len(commits), size + len(commit)):
            yield _segment(stream, owner, first, before, commits, b"")
            first, before = first + len(commits), chain
            commits, size = [], 0
        commits.append(commit)
        size += len(commit)
        chain = chain_after
    if commits:
        yield _segment(stream, owner, first, before, commits, head_signature)


def _is_full(count: int, size: int) -> bool:
    return size > limits.SEGMENT_AIM or count >= limits.SEGMENT_COMMITS


def _segment(
    stream: bytes,
    owner: StreamOwner,
    first: int,
    before: bytes,
    commits: list[bytes],
    head_signature: bytes,
) -> Segment:
    return Segment(
        stream,
        owner.office,
        owner.laptop,
        owner.audience,
        first,
        first + len(commits) - 1,
        before,
        tuple(commits),
        head_signature,
    )
