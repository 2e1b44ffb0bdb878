"""The table of ownership between offices, as the offices agreed on it.

Each row says for one record or part of it which office writes after the files have
travelled, and which does not. ``{"field": …}`` is a field of the record, ``"part.field"``
one of a row inside it that Morocco's office recorded. Records are those of
``tests/rules/staging.py``: made by Morocco's office, with Mali's as its partner.
"""

from dataclasses import dataclass

from sscdesk.model.values import Value


@dataclass(frozen=True)
class Owned:
    """One row of the table."""

    name: str
    entity: str
    field: str
    """A field, or ``part.field``."""
    value: Value
    writers: tuple[str, ...]
    strangers: tuple[str, ...]
    """Offices that hold the record and may not write this."""
    state: str | None = None


OWNED = (
    Owned("office", "office", "city", "Rabat", ("MA",), ("ML", "SN")),
    Owned("officer", "officer", "function_fr", "Chef de service", ("MA",), ("ML", "SN")),
    Owned("organisation", "organisation", "name_en", "Directorate", ("MA",), ("ML", "SN")),
    Owned("donor", "donor", "name_en", "Donor", ("MA",), ("ML", "SN")),
    Owned("person", "person", "family", "Tazi", ("MA",), ("ML", "SN")),
    Owned("agreement", "agreement", "place", "Bamako", ("MA", "ML"), ("SN",)),
    Owned("plan: wording", "action_plan", "title_en", "Plan", ("MA", "ML"), ("SN",)),
    Owned("plan: under revision", "action_plan", "title_en", "Plan 2", ("MA", "ML"), ("SN",),
          state="under_revision"),
    Owned("commitment: wording", "commitment", "conditions", "Aucune.", ("MA", "ML"), ()),
    Owned("commitment: progress", "commitment", "progress_percent", 40, ("MA",), ("ML",)),
    Owned("commitment: opinion", "commitment", "opinion", "Bien.", ("ML",), ("MA",)),
    Owned("practice", "practice", "title_en", "One-stop shop", ("MA",), ("ML", "SN")),
    Owned("exchange: title", "exchange", "title_en", "Workshop", ("MA",), ("ML", "SN")),
    Owned("exchange: dates", "exchange", "ends_on", "2026-03-03", ("MA",), ("ML", "SN")),
    Owned("exchange: place", "exchange", "place", "Salé", ("MA",), ("ML", "SN")),
    Owned("exchange: step", "exchange", "step", "transfer", ("MA",), ("ML", "SN")),
    Owned("exchange: kind", "exchange", "kind", "seminar", ("MA",), ("ML", "SN")),
    Owned("exchange: sessions", "exchange", "session.title", "Ouverture", ("MA",), ("ML", "SN")),
    Owned("exchange: people", "exchange", "participation.role", "speaker", ("MA",), ("ML",)),
    Owned("exchange: findings", "exchange", "finding.words", "Deux lieux.", ("MA",), ("ML",)),
    Owned("mission", "mission", "purpose_en", "Study", ("MA",), ("ML", "SN")),
    Owned("mission: terms", "mission", "tor_method", "Entretiens.", ("MA",), ("ML",)),
    Owned("mission: meetings", "mission", "meeting.subject", "Les délais", ("MA",), ("ML",)),
    Owned("follow-up: progress", "follow_up", "last_comment", "Envoyée.", ("ML",), ("MA",)),
    Owned("follow-up: wording", "follow_up", "action_en", "Send the sheet", ("MA",), ("ML",)),
    Owned("follow-up: due date", "follow_up", "due_on", "2026-05-31", ("MA",), ("ML",)),
    Owned("report", "report", "title", "Un autre titre", (), ("ML",)),
    Owned("attachment", "attachment", "title", "Programme", ("MA",), ("ML",)),
    Owned("vocabulary", "vocabulary", "label_en", "Place", ("MA",), ("ML", "SN")),
)  # fmt: skip

OWN_ROWS = (
    ("person: another office's post", "person", "post", {"function": "Conseiller"}, "function"),
    ("exchange: participations", "exchange", "participation", {"person": "@person"}, "role"),
    ("exchange: costs", "exchange", "cost_line", {"kind": "venue"}, "description"),
    ("exchange: evaluation", "exchange", "evaluation",
     {"question": "organisation", "score": 4}, "comments"),
    ("exchange: findings", "exchange", "finding", {"words": "Une idée."}, "words"),
    ("practice: transfers", "practice", "transfer",
     {"receiving_office": "ML", "date": "2026-02"}, "result"),
    ("mission: seen by the host", "mission", "visa",
     {"kind": "arrival", "seen_on": "2026-03-01", "service": "Direction"}, "place"),
)  # fmt: skip
"""Rows that Mali's office adds to Morocco's record and then keeps: part, values, a text in it."""

COMMENTED = (
    "agreement",
    "action_plan",
    "commitment",
    "practice",
    "exchange",
    "mission",
    "follow_up",
)

NEVER_LEAVES = (
    ("organisation", "appraisal"),
    ("organisation", "internal_note"),
    ("practice", "appraisal"),
    ("person", "home_address"),
    ("person", "notes"),
    ("person", "personal_telephone"),
    ("agreement", "negotiation_notes"),
    ("exchange", "preparation_notes"),
    ("exchange", "protocol"),
    ("exchange", "seating"),
    ("mission", "internal_note"),
    ("mission", "order_signatory"),
    ("mission", "advance_reference"),
    ("mission", "ampliations"),
    ("mission", "meeting.our_reading"),
    ("mission", "leg.carrier"),
    ("mission", "leg.lodging"),
    ("mission", "budget_line.description"),
    ("officer", "passport_number"),
    ("officer", "bank_account"),
    ("officer", "emergency_contact"),
    ("office", "per_diem.zone"),
    ("expense", "description"),
    ("expense", "receipt"),
    ("follow_up", "internal_note"),
    ("report", "title"),
)
"""Fields that never leave an office; of ``report`` and ``expense`` nothing does."""

BILATERAL = (
    ("commitment", "title_en"),
    ("commitment", "conditions"),
    ("commitment", "progress_comment"),
    ("action_plan", "version"),
    ("action_plan", "axis.title_fr"),
    ("exchange", "who_pays"),
    ("exchange", "cost_line.description"),
    ("exchange", "finding.words"),
    ("mission", "tor_method"),
    ("mission", "meeting.said"),
    ("mission", "finding.words"),
    ("mission", "next_steps"),
)
"""Fields that go to the partner and to nobody else."""

SHARED = (
    ("organisation", "name_en"),
    ("practice", "summary_fr"),
    ("exchange", "title_en"),
    ("mission", "purpose_en"),
    ("agreement", "place"),
    ("action_plan", "title_en"),
    ("person", "salutation"),
)
"""Fields that go to every office: they show that the others are absent for a reason."""
