"""The merge itself, without files, tables or clocks: multi-value registers.

Every field of every row is a register that holds all values of which none has seen
another. A value is superseded only by a commit whose frontier includes it; the logical
clock merely picks which of several live values is shown, the same way everywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sscdesk.sync.journal import Raw
from sscdesk.sync.streams import Frontier

Dot = tuple[int, int]
"""(stream number, sequence number)."""


@dataclass(frozen=True, slots=True)
class Live:
    """One value of a register and the commit that wrote it."""

    stream: int
    seq: int
    value: Raw
    hlc: int
    office: str
    stream_id: bytes

    @property
    def rank(self) -> tuple[int, str, bytes, int]:
        """The order in which one of several live values is picked for display."""
        return (self.hlc, self.office, self.stream_id, self.seq)


def has_seen(frontier: Frontier, stream: int, seq: int) -> bool:
    """Say whether a commit made on ``frontier`` had seen the dot."""
    return frontier.get(stream, 0) >= seq


def written(register: Iterable[Live], incoming: Live, frontier: Frontier) -> list[Live]:
    """Return the register after ``incoming``, made on ``frontier``, was received.

    Commits are received in causal order, so none that is held can have seen it. The
    frontier includes the commit itself: its later words replace its earlier ones.
    """
    unseen = [live for live in register if not has_seen(frontier, live.stream, live.seq)]
    return [*unseen, incoming]


def shown(register: Sequence[Live]) -> Live:
    """Return the value that every office shows."""
    return max(register, key=lambda live: live.rank)


def in_conflict(register: Sequence[Live]) -> bool:
    """Say whether two live values differ; the same value written twice is no conflict."""
    return len({_typed(live.value) for live in register}) > 1


def _typed(value: Raw) -> tuple[str, Raw]:
    """Columns hold truth values as 0 and 1; a text is never a number."""
    return ("text" if isinstance(value, str) else "number", value)


def is_member(register: Sequence[Live]) -> bool:
    """Say whether a member is in its set: whoever added it unseen by the removal wins."""
    return any(live.value is True for live in register)


def is_deleted(writes: Iterable[Dot], deletes: Sequence[Frontier]) -> bool:
    """Say whether a row is in the bin.

    It is when somebody deleted it and every write that still counts was seen by a
    deletion; a write that no deletion had seen brings the row back.
    """
    if not deletes:
        return False
    return all(any(has_seen(seen, *dot) for seen in deletes) for dot in writes)
