"""What no longer changes in which state (domain.md, sections 5 and 6).

A record that was agreed, authorised, signed or closed is changed by an act (amend,
revise, return), not by typing. What an office keeps for itself (tags, internal notes)
never freezes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sscdesk.model.base import record_kinds
from sscdesk.model.field import Audience

EVERYTHING = ("*",)


@dataclass(frozen=True, slots=True)
class _Frozen:
    """Fields and parts that are fixed in some states; ``*`` means all but those kept open."""

    states: tuple[str, ...]
    fields: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    """Fields and parts that stay open where ``*`` stands."""


_MISSION_CORE = (
    "purpose_fr",
    "purpose_en",
    "exchange",
    "host_offices",
    "departs_on",
    "returns_on",
    "tor_context",
    "tor_objectives",
    "tor_outputs",
    "tor_method",
    "tor_calendar",
    "funding_source",
    "budget",
)
_AUTHORISED = ("authorised", "under_way", "returned", "reported", "settled")

WORDING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "commitment": frozenset(
            {
                "title_fr",
                "title_en",
                "action_plan",
                "axis",
                "field",
                "owed_by",
                "owed_to",
                "owner_organisation",
                "beneficiary_organisation",
                "due_on",
                "conditions",
                "indicator",
                "target",
            }
        ),
        "action_plan": frozenset(
            {
                "title_fr",
                "title_en",
                "title_ar",
                "offices",
                "agreement",
                "parties",
                "period_from",
                "period_until",
                "version",
                "budget",
            }
        ),
    }
)
"""What two offices agree to: an act of one counts only for the words that it has seen."""

_TABLE: Mapping[str, tuple[_Frozen, ...]] = MappingProxyType(
    {
        "mission": (
            _Frozen(("approved", *_AUTHORISED), _MISSION_CORE, ("traveller", "leg", "budget_line")),
            _Frozen(_AUTHORISED, ("order_number", "order_date", "order_signatory")),
            _Frozen(
                ("reported", "settled"),
                ("summary", "next_steps", "departed_on", "returned_on", "commitments"),
                ("meeting", "finding", "recommendation"),
            ),
            _Frozen(("settled",), ("advance", "advance_paid_on", "balance_settled_on")),
            _Frozen(("closed", "cancelled"), EVERYTHING, EVERYTHING, but=("comment",)),
        ),
        "exchange": (
            _Frozen(
                ("reported",),
                (
                    "title_fr",
                    "title_en",
                    "title_ar",
                    "kind",
                    "step",
                    "lead_office",
                    "partner_offices",
                    "starts_on",
                    "ends_on",
                    "place",
                    "country",
                    "objectives",
                    "practices",
                ),
                ("session", "participation", "evaluation", "finding", "recommendation"),
            ),
            _Frozen(("closed", "cancelled"), EVERYTHING, EVERYTHING, but=("comment",)),
        ),
        "commitment": (
            _Frozen(("agreed", "in_progress", "suspended"), tuple(sorted(WORDING["commitment"]))),
            _Frozen(
                ("fulfilled",),
                EVERYTHING,
                but=("opinion", "reciprocal_of", "exchanges", "missions", "practices"),
            ),
            _Frozen(
                ("verified", "dropped"),
                EVERYTHING,
                but=("reciprocal_of", "exchanges", "missions", "practices"),
            ),
        ),
        "action_plan": (
            _Frozen(("adopted",), EVERYTHING, ("axis",), but=("progress_percent",)),
            _Frozen(("closed",), EVERYTHING, EVERYTHING, but=("comment",)),
        ),
        "agreement": (
            _Frozen(("signed", "in_force"), ("kind", "countries")),
            _Frozen(("expired", "terminated"), EVERYTHING, EVERYTHING, but=("comment",)),
        ),
        "practice": (
            _Frozen(
                ("validated", "published", "archived"),
                EVERYTHING,
                ("beneficiaries",),
                but=("contact",),
            ),
        ),
        "follow_up": (
            _Frozen(("done",), EVERYTHING, but=("last_comment", "carried_over_to")),
            _Frozen(("verified", "cancelled"), EVERYTHING, but=("carried_over_to",)),
        ),
        "expense": (_Frozen(("accepted",), EVERYTHING),),
        "report": (
            _Frozen(("submitted", "reviewed"), EVERYTHING, ("text_block",)),
            _Frozen(
                ("signed", "countersigned", "archived", "superseded"),
                EVERYTHING,
                ("text_block", "note"),
            ),
        ),
    }
)

_ALWAYS_OPEN = {("recommendation", "follow_up"), ("recommendation", "by_whom")}
"""A recommendation is tied to its follow-up after the report was signed."""

_MAY_DELETE = {
    "mission": ("draft", "cancelled"),
    "exchange": ("idea", "planned", "cancelled"),
    "commitment": ("proposed",),
    "agreement": ("draft",),
    "action_plan": ("draft",),
    "practice": ("draft",),
    "report": ("draft", "returned"),
    "expense": ("claimed", "rejected"),
    "follow_up": ("open", "cancelled"),
    "vocabulary": (),
}


@cache
def frozen_fields(entity: str, state: str) -> frozenset[str]:
    """Return the fields of the record that nobody may change by typing in ``state``.

    The desk itself still writes what its acts leave (a signature's time, a hash).
    """
    kind = record_kinds()[entity]
    open_ever = {name for name, field in kind.fields.items() if _stays_open(field.audience, name)}
    if entity == "expense":
        open_ever = {"tags", "internal_note"}
    return _named(entity, state, "fields", kind.fields) - open_ever


def _stays_open(audience: Audience, name: str) -> bool:
    own = {"tags", "internal_note", "appraisal", "negotiation_notes", "remind_on"}
    kept = {"preparation_notes", "protocol", "seating", "balance_reference", "ampliations"}
    return audience is Audience.OFFICE and name in own | kept


@cache
def frozen_parts(entity: str, state: str) -> frozenset[str]:
    """Return the parts to which nothing is added, changed or removed in ``state``."""
    return _named(entity, state, "parts", record_kinds()[entity].parts)


def _named(entity: str, state: str, what: str, every: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for row in _TABLE.get(entity, ()):
        if state in row.states:
            names = getattr(row, what)
            found.update(set(every) - set(row.but) if names == EVERYTHING else names)
    return frozenset(found)


def may_change_now(entity: str, state: str, field: str | None, part: str | None = None) -> bool:
    """Whether a field (of a part), or with None the part's rows, may change in ``state``."""
    if part is None:
        return field not in frozen_fields(entity, state)
    if (part, field) in _ALWAYS_OPEN and state not in ("closed", "cancelled"):
        return True
    return part not in frozen_parts(entity, state)


def may_delete(entity: str, state: str) -> bool:
    """Whether a record in ``state`` may go to the bin; what was signed never does."""
    return entity not in _MAY_DELETE or state in _MAY_DELETE[entity]
