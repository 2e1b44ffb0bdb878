"""What the simulated officers write, and who is to read it: said again, by hand.

These tables repeat what the model declares, so that a declaration read wrongly anywhere on
the way to a file shows as a difference.
"""

from dataclasses import dataclass, field
from typing import Literal

from tests.simulation.plans import OFFICES

Reach = Literal["shared", "bilateral", "office"]
Writers = Literal["owner", "party", "any"]


@dataclass(frozen=True)
class Told:
    """One field that is written in a simulation."""

    name: str
    reach: Reach = "shared"
    writers: Writers = "owner"
    members: tuple[str, ...] = ()
    """Of a set: what may be in it."""
    personal: bool = False
    by_hand: bool = True
    """Whether an officer types it: what merging writes is followed all the same."""


@dataclass(frozen=True)
class PartKind:
    """Rows inside a record."""

    table: str
    part: str
    reach: Reach
    writers: Literal["party", "recorder"]
    text: str


@dataclass(frozen=True)
class Kind:
    """A kind of record."""

    entity: str
    title: str
    fields: tuple[Told, ...]
    personal: bool = False
    parts: tuple[PartKind, ...] = ()
    binned_by: Writers = "owner"

    def told(self, name: str) -> Told:
        return next(one for one in self.fields if one.name == name)


LANGUAGES = ("ar", "en", "fr")
TAGS = ("prioritaire", "suivi", "archive")

KINDS = {
    kind.entity: kind
    for kind in (
        Kind(
            "agreement",
            "title_fr",
            (
                Told("title_fr", writers="party"),
                Told("place", writers="party"),
                Told("subject", writers="party"),
                Told("notes"),
                Told("internal_note", "office", "any"),
                Told("tags", "office", "any", TAGS),
            ),
            parts=(
                PartKind("agreement_signatory", "signatory", "shared", "party", "name"),
                PartKind("agreement_comment", "comment", "bilateral", "recorder", "words"),
            ),
            binned_by="party",
        ),
        Kind(
            "exchange",
            "title_fr",
            (
                Told("title_fr"),
                Told("place"),
                Told("languages", members=LANGUAGES),
                Told("protocol", "office", "any"),
            ),
            parts=(PartKind("exchange_comment", "comment", "bilateral", "recorder", "words"),),
        ),
        Kind(
            "organisation",
            "name_fr",
            (
                Told("name_fr"),
                Told("city"),
                Told("former_names", members=("DGME", "APDP")),
                Told("same_as", writers="any", by_hand=False),
                Told("appraisal", "office", "any"),
            ),
        ),
        Kind(
            "action_plan",
            "title_fr",
            (
                Told("title_fr", writers="party"),
                Told("place", "bilateral", "party"),
                Told("internal_note", "office", "any"),
            ),
            binned_by="party",
        ),
        Kind(
            "person",
            "family",
            (
                Told("family", personal=True),
                Told("languages", members=LANGUAGES, personal=True),
                Told("home_address", "office", "any", personal=True),
            ),
            personal=True,
        ),
    )
}


@dataclass
class Row:
    """A record, or a row inside one, that a simulation follows."""

    name: str
    """As the log calls it; the same when other steps are left out."""
    id: str
    kind: Kind
    owner: str
    """The office whose record it is; of a row inside one, who recorded it."""
    shared: set[str]
    """Offices that may by now have received what is shared of it."""
    circle: set[str]
    holder: "Row | None" = None
    part: PartKind | None = None
    members: list[str] = field(default_factory=list)

    @property
    def table(self) -> str:
        return self.part.table if self.part else self.kind.entity

    @property
    def record(self) -> "Row":
        return self.holder or self

    @property
    def keys(self) -> tuple[Told, ...]:
        """The fields that are followed."""
        if self.part is None:
            return self.kind.fields
        return (Told(self.part.text, self.part.reach, "party"),)

    @property
    def personal(self) -> bool:
        return self.part is None and self.kind.personal

    def readers(self, reach: Reach, office: str) -> frozenset[str]:
        """Return the offices that may read what ``office`` writes with this reach."""
        if reach == "office":
            return frozenset({office})
        wide = frozenset(self.record.shared)
        if reach == "shared":
            return wide
        return frozenset(self.record.circle) & wide or frozenset({office})

    def may_write(self, told: Told, office: str) -> bool:
        """Say whether an office may type a field by itself."""
        if not told.by_hand:
            return False
        if self.part is not None:
            return office == self.owner or self.part.writers == "party"
        if told.writers == "any":
            return True
        if told.writers == "party":
            return office in self.circle
        return office == self.owner


EVERYBODY = frozenset(OFFICES)


def audience_of(offices: frozenset[str]) -> str:
    """Write a set of offices as a stream names it."""
    return "*" if offices == EVERYBODY else "+".join(sorted(offices))
