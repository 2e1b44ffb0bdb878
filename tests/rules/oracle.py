"""A naive second opinion on who may do what, written from the tables beside it.

It shares no rule with the program: it knows the rows of ``transitions.py``, which office
writes which field (the table of ownership), and remembers who did what.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.rules.transitions import ACTS, Row

WRITERS = frozenset({"officer", "focal_point", "head"})
PARTNERS = {
    "agreement": ("countries",), "action_plan": ("offices",), "commitment": ("owed_by", "owed_to"),
}  # fmt: skip

_ALIVE = ("proposed", "agreed", "in_progress", "suspended")
_BEFORE_REPORT = ("idea", "planned", "confirmed", "ongoing", "held", "postponed")
_IN_FORCE = ("draft", "signed", "in_force")
_EVER = ("*",)

FIELDS: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "organisation": {
        "name_en": ("keeper", _EVER),
        "city": ("keeper", _EVER),
        "internal_note": ("any", _EVER),
    },
    "person": {"salutation": ("owner", _EVER), "internal_note": ("any", _EVER)},
    "agreement": {
        "place": ("party", _IN_FORCE),
        "title_en": ("party", _IN_FORCE),
        "internal_note": ("any", _EVER),
    },
    "action_plan": {
        "title_en": ("party", ("draft", "under_revision")),
        "version": ("party", ("draft", "under_revision")),
    },
    "commitment": {
        "conditions": ("party", ("proposed",)),
        "title_en": ("party", ("proposed",)),
        "progress_comment": ("owed_by", _ALIVE),
        "opinion": ("owed_to", (*_ALIVE, "fulfilled")),
    },
    "practice": {
        "title_en": ("keeper", ("draft",)),
        "summary_fr": ("keeper", ("draft",)),
        "appraisal": ("any", _EVER),
    },
    "exchange": {
        "title_en": ("owner", _BEFORE_REPORT),
        "expected_results": ("owner", (*_BEFORE_REPORT, "reported")),
        "internal_note": ("any", _EVER),
    },
    "mission": {
        "purpose_en": ("owner", ("draft", "submitted")),
        "tor_method": ("owner", ("draft", "submitted")),
        "internal_note": ("any", _EVER),
    },
    "follow_up": {
        "action_en": ("owner", ("open", "in_progress")),
        "last_comment": ("responsible", ("open", "in_progress", "done")),
        "internal_note": ("any", _EVER),
    },
    "expense": {"description": ("owner", ("claimed", "rejected"))},
}
"""Which office writes a field, and in which states; ``*`` in all."""

OWN = ("internal_note", "appraisal")
"""Fields that every office writes for itself."""


@dataclass(frozen=True)
class Known:
    """A record as an office holds it."""

    entity: str
    id: str
    owner: str
    state: str
    deleted: bool
    values: Mapping[str, object]


def _named(record: Known, *names: str) -> set[str]:
    found: set[str] = set()
    for name in names:
        value = record.values.get(name)
        found.update(value if isinstance(value, tuple) else [str(value)])
    return found


def offices(rule: str, record: Known) -> set[str]:
    """The offices that a word of the tables means for a record."""
    country = record.values.get("country")
    match rule:
        case "owner":
            return {record.owner}
        case "keeper":
            return {country if country in ("MA", "CI", "ML", "SN") else record.owner}  # type: ignore[arg-type]
        case "party":
            return {record.owner} | _named(record, *PARTNERS[record.entity])
        case "owed_by" | "owed_to":
            return _named(record, rule)
        case "responsible":
            return _named(record, "responsible_office")
        case "second":
            return _named(record, "second_offices") - {record.owner}
    return {"MA", "CI", "ML", "SN"}


@dataclass
class Oracle:
    """Who did what, and what they may do next."""

    deeds: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Acts on each record: (action, officer)."""

    def did(self, record: str, action: str, officer: str) -> None:
        """Remember an act that the desk said is done."""
        self.deeds.setdefault(record, []).append((action, officer))

    def row(self, record: Known, action: str) -> Row | None:
        """The row of the table for an act from the record's state."""
        for row in ACTS:
            if (row.entity, row.action) == (record.entity, action) and record.state in row.sources:
                return row
        return None

    def against_act(
        self, record: Known, action: str, office: str, roles: Iterable[str], officer: str
    ) -> set[str]:
        """The codes of what stands against an act; empty when the officer has the right."""
        row = self.row(record, action)
        if row is None:
            return {"wrong-state"}
        found: set[str] = set()
        if record.deleted:
            found.add("in-bin")
        if not self._roles(row, record) & set(roles):
            found.add("not-your-role")
        if office not in offices(row.office, record):
            found.add("not-your-office")
        own = {action for action, who in self.deeds.get(record.id, ()) if who == officer}
        if own & set(row.four_eyes):
            found.add("four-eyes")
        return found

    @staticmethod
    def _roles(row: Row, record: Known) -> frozenset[str]:
        """The roles of a row; a report is signed by whom its kind wants."""
        if (row.entity, row.action) == ("report", "sign"):
            by_focal_point = record.values.get("kind") in ("attendance_sheet", "sync_register")
            return frozenset({"focal_point" if by_focal_point else "head"})
        return row.roles

    def against_change(
        self, record: Known, name: str, office: str, roles: Iterable[str]
    ) -> set[str]:
        """The codes of what stands against writing a field."""
        rule, states = FIELDS[record.entity][name]
        found: set[str] = set()
        if record.deleted:
            found.add("in-bin")
        if not WRITERS & set(roles):
            found.add("not-your-role")
        if office not in offices(rule, record):
            found.add("not-your-office")
        if states != ("*",) and record.state not in states:
            found.add("frozen")
        return found

    def against_bin(self, record: Known, office: str, roles: Iterable[str]) -> set[str]:
        """The codes of what stands against putting a record into the bin or taking it out."""
        rule = {"organisation": "keeper", "practice": "keeper"}.get(record.entity, "owner")
        rule = "party" if record.entity in PARTNERS else rule
        found: set[str] = set()
        if not WRITERS & set(roles):
            found.add("not-your-role")
        if office not in offices(rule, record):
            found.add("not-your-office")
        signed = ("submitted", "reviewed", "signed", "countersigned", "archived", "superseded")
        if record.entity == "report" and record.state in signed:
            found.add("never-deleted")
        return found
