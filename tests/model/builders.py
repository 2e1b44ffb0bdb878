"""Records as the model's conditions look at them, made up in memory.

Each builder gives a record that lacks nothing for its next step, so that a test states
only what it takes away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sscdesk.i18n import LANGUAGES, error_hint, error_text, language
from sscdesk.model.lifecycle import Act, Actor, Facts, PartFacts
from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Money, Value

TODAY = "2026-03-09"


@dataclass(frozen=True)
class Row:
    """One row inside a record."""

    id: str
    fields: Mapping[str, Value]
    owner: str = "MA"


@dataclass(frozen=True)
class Fake:
    """A record and all that a condition may ask of it."""

    entity: str
    state: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    owner: str = "MA"
    id: str = "0" * 32
    ref: str = "MA-XXX-2026-0001"
    today: str = TODAY
    rows: Mapping[str, Sequence[PartFacts]] = field(default_factory=dict)
    relations: Mapping[tuple[str, str], Sequence[Facts]] = field(default_factory=dict)
    records: Mapping[str, Facts] = field(default_factory=dict)
    history: Sequence[Act] = ()
    present: Sequence[Act] = ()
    sent: bool = True

    def parts(self, part: str) -> list[PartFacts]:
        return list(self.rows.get(part, ()))

    def related(self, entity: str, by: str) -> list[Facts]:
        return list(self.relations.get((entity, by), ()))

    def record(self, identifier: str) -> Facts | None:
        return self.records.get(identifier)

    def acts(self, action: str) -> list[Act]:
        return [act for act in self.present if act.action == action]

    def ever(self, action: str) -> list[Act]:
        return [act for act in self.history if act.action == action]

    def sent_since_change(self, offices: Iterable[str]) -> bool:
        return self.sent

    def having(self, **values: Value) -> "Fake":
        """The same record with other values."""
        return replace(self, fields={**self.fields, **values})

    def without(self, *names: str) -> "Fake":
        """The same record with fields emptied."""
        return replace(self, fields={k: v for k, v in self.fields.items() if k not in names})

    def with_rows(self, part: str, *rows: Row) -> "Fake":
        """The same record with these rows of a part."""
        return replace(self, rows={**self.rows, part: rows})

    def with_related(self, entity: str, by: str, *others: Facts) -> "Fake":
        """The same record, referred to by these."""
        return replace(self, relations={**self.relations, (entity, by): others})

    def knowing(self, *others: Facts) -> "Fake":
        """The same record with others within reach."""
        return replace(self, records={**self.records, **{other.id: other for other in others}})


def an_actor(office: str = "MA", *roles: str, officer: str = "somebody") -> Actor:
    """An officer with these roles."""
    return Actor(officer, "Awa Traoré", office, frozenset(roles or ("officer",)))


def an_act(action: str, officer: str = "author", office: str = "MA") -> Act:
    """The trace of an act."""
    return Act(action, officer, "Somebody", office, "2026-03-01T09:00:00Z")


def a_leg(number: int, start: str, end: str, day: str, **more: Value) -> Row:
    """One leg of an itinerary."""
    return Row(f"leg{number}", {"from_place": start, "to_place": end, "date": day, **more})


_MISSION: dict[str, Value] = {
    "purpose_fr": "Entretiens à Bamako",
    "host_offices": ("ML",),
    "departs_on": "2026-03-02",
    "returns_on": "2026-03-05",
    "departed_on": "2026-03-02",
    "returned_on": "2026-03-05",
    "tor_context": "Contexte",
    "tor_objectives": "Objectifs",
    "tor_outputs": "Résultats",
    "funding_source": "state_budget",
    "summary": "Un guichet unique",
    "order_number": "OM 12/2026",
    "balance_settled_on": "2026-03-08",
    "advance_refunded_on": "2026-03-08",
    "advance_paid_on": "2026-02-20",
    "advance": Money(500_000, "MAD"),
}


def a_mission(state: str = "draft", **values: Value) -> Fake:
    """A mission from Rabat to Bamako and back, complete."""
    return Fake(
        "mission",
        state,
        {**_MISSION, **values},
        ref="MA-MIS-2026-0001",
        rows={
            "traveller": [Row("t1", {"person": "traveller", "quality": "head"})],
            "leg": [
                a_leg(1, "Rabat", "Bamako", "2026-03-02"),
                a_leg(2, "Bamako", "Rabat", "2026-03-05"),
            ],
            "budget_line": [Row("b1", {"kind": "per_diem", "amount": Money(900_000, "MAD")})],
            "meeting": [Row("m1", {"subject": "Accueil"})],
            "finding": [Row("f1", {"words": "Constat"})],
            "recommendation": [Row("r1", {"what": "Envoyer", "follow_up": "fup"})],
        },
        relations={
            ("report", "subject"): [
                a_report("signed", kind="mission_order"),
                a_report("signed", kind="mission_report"),
            ],
            ("expense", "mission"): [an_expense("accepted"), an_expense("rejected")],
        },
        history=[an_act("create"), an_act("submit"), an_act("approve", "reviewer")],
    )


def an_exchange(state: str = "idea", **values: Value) -> Fake:
    """A workshop led by Morocco with Mali, complete."""
    fields: dict[str, Value] = {
        "title_fr": "Atelier",
        "kind": "workshop",
        "step": "share",
        "fields_of_action": ("migrants_rights",),
        "lead_office": "MA",
        "partner_offices": ("ML",),
        "host_organisation": "org",
        "starts_on": "2026-03-02",
        "ends_on": "2026-03-03",
        "place": "Bamako",
        "objectives": "Partager",
        "budget": Money(1_000_000, "MAD"),
        "costs_settled_on": "2026-03-08",
    }
    return Fake(
        "exchange",
        state,
        {**fields, **values},
        ref="MA-EXC-2026-0001",
        rows={
            "participation": [Row("p1", {"person": "somebody", "attendance": "attended"})],
            "finding": [Row("f1", {"words": "Constat"})],
            "recommendation": [Row("r1", {"what": "Envoyer", "follow_up": "fup"})],
        },
        relations={
            ("report", "subject"): [a_report("signed", kind="exchange_report")],
            ("follow_up", "origin"): [a_follow_up("verified")],
            ("mission", "exchange"): [Fake("mission", "cancelled")],
        },
        history=[an_act("create")],
    )


def a_commitment(state: str = "proposed", **values: Value) -> Fake:
    """A promise of Morocco to Mali, complete."""
    fields: dict[str, Value] = {
        "title_fr": "Partager le dispositif",
        "action_plan": "plan",
        "field": "migrants_rights",
        "owed_by": "MA",
        "owed_to": "ML",
        "owner_organisation": "org1",
        "beneficiary_organisation": "org2",
        "due_on": "2026-12-31",
        "evidence": "La fiche est publiée.",
    }
    return Fake(
        "commitment",
        state,
        {**fields, **values},
        ref="MA-COM-2026-0001",
        history=[an_act("create"), an_act("fulfil", "fulfiller")],
    )


def an_action_plan(state: str = "draft", **values: Value) -> Fake:
    """A plan of Morocco and Mali, complete."""
    fields: dict[str, Value] = {
        "title_fr": "Plan d'action",
        "offices": ("MA", "ML"),
        "agreement": "agr",
        "period_from": "2026-01-01",
        "period_until": "2027-12-31",
        "adopted_on": "2026-03-01",
    }
    return Fake("action_plan", state, {**fields, **values}, ref="MA-PLN-2026-0001")


def an_agreement(state: str = "draft", **values: Value) -> Fake:
    """An agreement of Morocco and Mali, complete."""
    fields: dict[str, Value] = {
        "title_fr": "Mémorandum",
        "kind": "mou",
        "parties": ("org1", "org2"),
        "countries": ("MA", "ML"),
        "signed_on": "2019-02",
    }
    return Fake("agreement", state, {**fields, **values}, ref="MA-AGR-2026-0001")


def a_practice(state: str = "draft", **values: Value) -> Fake:
    """A practice of Morocco, its sheet filled in."""
    headings = (
        "problem",
        "how_it_works",
        "actors",
        "cost",
        "legal_basis",
        "results",
        "what_failed",
        "conditions_to_transfer",
    )
    fields: dict[str, Value] = {
        **dict.fromkeys(headings, "Texte"),
        "title_fr": "Régularisation",
        "country": "MA",
        "owner_organisation": "org",
        "field": "migrants_rights",
        "sub_theme": "integration",
        "level": "national",
        "since": "2014",
        "agreed_on": "2026-02-01",
    }
    return Fake("practice", state, {**fields, **values}, ref="MA-PRA-2026-0001")


def a_follow_up(state: str = "open", **values: Value) -> Fake:
    """A follow-up of Morocco for which Mali is responsible."""
    fields: dict[str, Value] = {
        "action_fr": "Envoyer la fiche",
        "origin": "mission",
        "responsible_office": "ML",
        "responsible": "org",
        "due_on": "2026-04-01",
        "done_on": "2026-03-08",
    }
    return Fake(
        "follow_up",
        state,
        {**fields, **values},
        ref="MA-FUP-2026-0001",
        history=[an_act("create"), an_act("finish", "finisher", "ML")],
    )


def an_expense(state: str = "claimed", **values: Value) -> Fake:
    """A taxi on mission."""
    fields: dict[str, Value] = {
        "mission": "mission",
        "traveller": "traveller",
        "kind": "transport_local",
        "spent_on": "2026-03-02",
        "amount": Money(37_500, "MAD"),
    }
    return Fake(
        "expense",
        state,
        {**fields, **values},
        ref="MA-EXP-2026-0001",
        history=[an_act("create")],
    )


def a_report(state: str = "draft", **values: Value) -> Fake:
    """A mission report that Mali countersigns, about a mission that is back."""
    fields: dict[str, Value] = {
        "kind": "mission_report",
        "subject": "subject",
        "language": "fr",
        "second_offices": ("ML",),
        "revision": 0,
    }
    subject = Fake(
        "mission",
        "returned",
        {"summary": "Un guichet unique", "objectives": "Comparer"},
        id="subject",
        ref="MA-MIS-2026-0001",
        rows={name: [Row("x", {"person": "traveller"})] for name in _SUBJECT_PARTS},
    )
    return Fake(
        "report",
        state,
        {**fields, **values},
        ref="MA-RAP-2026-0001",
        records={"subject": subject},
        history=[an_act("create"), an_act("submit"), an_act("review", "reviewer")],
    )


_SUBJECT_PARTS = (
    "traveller",
    "leg",
    "meeting",
    "finding",
    "recommendation",
    "session",
    "participation",
)

BUILDERS: Mapping[str, Any] = {
    "mission": a_mission,
    "exchange": an_exchange,
    "commitment": a_commitment,
    "action_plan": an_action_plan,
    "agreement": an_agreement,
    "practice": a_practice,
    "follow_up": a_follow_up,
    "expense": an_expense,
    "report": a_report,
}


def is_told_in_words(error: DeskError) -> bool:
    """Whether message and hint can be shown in each language, nothing left unfilled."""
    for code in LANGUAGES:
        with language(code):
            shown = error_text(error) + error_hint(error)
        if not error_text(error) or not error.hint or "{" in shown:
            return False
    return all(is_told_in_words(other) for other in error.also)
