"""A second, naive model of the merge: sets of writes and what each had seen.

It shares no code with the product. A write knows every write that its office knew when
it was made. What counts for a field are the writes that no other write to it had seen.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Write:
    """One thing that an office reported as saved."""

    number: int
    office: str
    record: str
    field: str
    """A field's name, ``!`` for deleting (value True) and restoring (False)."""
    value: object
    seen: frozenset[int]


@dataclass
class Oracle:
    """All writes of a history, and what each office knows."""

    writes: dict[int, Write] = field(default_factory=dict)
    known: dict[str, set[int]] = field(default_factory=dict)

    def saved(self, office: str, record: str, name: str, value: object) -> None:
        """Note what an office was told is saved."""
        number = len(self.writes) + 1
        knows = self.known.setdefault(office, set())
        self.writes[number] = Write(number, office, record, name, value, frozenset(knows))
        knows.add(number)

    def knowledge(self, office: str) -> frozenset[int]:
        """What an office knows now, and so what a file that it makes brings."""
        return frozenset(self.known.setdefault(office, set()))

    def received(self, office: str, brought: frozenset[int]) -> None:
        """A file arrived and was accepted."""
        self.known.setdefault(office, set()).update(brought)

    def living(self, office: str, record: str, name: str) -> list[Write]:
        """The writes to a field that none other, known to the office, had seen."""
        mine = [
            self.writes[n]
            for n in self.known.get(office, ())
            if self.writes[n].record == record and self.writes[n].field == name
        ]
        return [w for w in mine if not any(w.number in other.seen for other in mine)]

    def values(self, office: str, record: str, name: str) -> set[object]:
        """The values that an office must hold, shown or listed."""
        return {write.value for write in self.living(office, record, name)}

    def is_deleted(self, office: str, record: str, names: list[str]) -> bool | None:
        """Whether a record is in the bin; None where offices must decide."""
        deletes = [w for w in self.living(office, record, "!") if w.value is True]
        if not deletes:
            return False
        writes = [w for name in names for w in self.living(office, record, name)]
        covered = all(any(w.number in d.seen for d in deletes) for w in writes)
        return True if covered else None
