"""A second, naive model of the merge: sets of writes and what each had seen.

It shares no code with the product and knows no frontier. A write had seen every write that
was known on its laptop when it was made. What counts for a field are the writes that no
other write to it had seen. Of the product it takes one thing: which commits a desk holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Dot = tuple[bytes, int]
Heads = Mapping[bytes, int]
"""How far each stream goes at a desk."""
Known = frozenset[int]
"""Numbers of the writes that a desk holds."""
MADE = "+"
"""The key of making a row."""
BIN = "!"
"""The key of the bin: True puts the row in, False takes it out."""
ERASED = "~"
"""The key of erasing a row at a person's request."""


@dataclass(frozen=True)
class Write:
    """One thing that a desk reported as saved."""

    number: int
    desk: str
    office: str
    row: str
    key: str
    """A field, ``field:member`` of a set, ``+`` or ``!``."""
    value: object
    dots: frozenset[Dot]
    readers: frozenset[str]
    seen: Known


@dataclass
class Proposal:
    """A value that waits for the office that may write it."""

    number: int
    desk: str
    office: str
    row: str
    key: str
    value: object
    dots: frozenset[Dot]
    readers: frozenset[str]
    decisions: list[Write] = field(default_factory=list)
    """What was decided, as writes of ``accepted`` and ``declined``."""


@dataclass
class Oracle:
    """All writes of a history."""

    writes: dict[int, Write] = field(default_factory=dict)
    by_key: dict[tuple[str, str], list[Write]] = field(default_factory=dict)
    proposals: list[Proposal] = field(default_factory=list)
    readers_of: dict[bytes, frozenset[str]] = field(default_factory=dict)
    """The offices that may read a stream, where something was saved in it."""

    def saved(
        self,
        desk: str,
        office: str,
        row: str,
        key: str,
        value: object,
        dots: frozenset[Dot],
        readers: frozenset[str],
        seen: Known,
    ) -> Write:
        """Note what a desk was told is saved."""
        number = len(self.writes) + 1
        write = Write(number, desk, office, row, key, value, dots, readers, seen)
        self.writes[number] = write
        self.by_key.setdefault((row, key), []).append(write)
        return write

    def known(self, heads: Heads) -> Known:
        """Return the writes that a desk holds which goes so far in each stream."""
        return frozenset(n for n, write in self.writes.items() if holds(heads, write.dots))

    # ------------------------------------------------------------ what must be held

    def living(self, known: Known, row: str, key: str) -> list[Write]:
        """Return the writes to a field that no other one known to the desk had seen."""
        mine = [w for w in self.by_key.get((row, key), ()) if w.number in known]
        return unseen(mine)

    def values(self, known: Known, row: str, key: str) -> set[object]:
        """Return the values that a desk must hold, shown or listed."""
        return {write.value for write in self.living(known, row, key)}

    def is_told_in_part(self, heads: Heads, office: str, row: str) -> bool:
        """Say whether a desk holds the bin's news in one stream and not yet in another.

        A file for two offices holds what both may read; the rest follows with another one.
        """
        return any(
            office in self.readers_of.get(stream, ()) and heads.get(stream, 0) < seq
            for write in self.by_key.get((row, BIN), ())
            if holds(heads, write.dots)
            for stream, seq in write.dots
        )

    def is_here(self, known: Known, row: str) -> bool:
        """Say whether a row must be there at all."""
        return any(w.number in known for w in self.by_key.get((row, MADE), ()))

    def is_erased(self, known: Known, row: str) -> bool:
        """Say whether nothing of a row may be left, whatever else is written about it."""
        return any(w.number in known for w in self.by_key.get((row, ERASED), ()))

    def is_member(self, known: Known, row: str, key: str) -> bool:
        """Say whether a member is in its set: who adds it unseen by the removal wins."""
        return any(w.value is True for w in self.living(known, row, key))

    def in_bin(self, known: Known, row: str) -> bool | None:
        """Say whether a row is in the bin; None where somebody must decide."""
        deletes = [w for w in self.living(known, row, BIN) if w.value is True]
        if not deletes:
            return False
        offices = {w.office for w in deletes}
        keys = [key for of, key in self.by_key if of == row and key != BIN]
        writes = [w for key in keys for w in self.living(known, row, key)]
        counted = [w for w in writes if w.readers & offices]
        covered = all(any(w.number in d.seen for d in deletes) for w in counted)
        return True if covered else None


def holds(heads: Heads, dots: Iterable[Dot]) -> bool:
    """Say whether a desk holds a commit that tells of something."""
    return any(heads.get(stream, 0) >= seq for stream, seq in dots)


def unseen(writes: Iterable[Write]) -> list[Write]:
    """Return the writes that none of the others had seen."""
    listed = list(writes)
    return [w for w in listed if not any(w.number in other.seen for other in listed)]
