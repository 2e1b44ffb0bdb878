"""Records on a real desk, each lacking nothing, or one thing, for one row of the table."""

from collections.abc import Callable, Mapping

from sscdesk.application import reports
from sscdesk.model.values import Money, Value
from tests.desks import PASSPHRASE
from tests.rules.crew import Crew
from tests.rules.transitions import Row

Lack = Callable[[Crew, str], "Mapping[str, Value] | None"]
"""Takes one thing from a record; returns what is then said with the act, if anything."""

Values = dict[str, Value]
_ORGANISATION: Values = {"kind": "ministry", "level": "national", "country": "MA"}
_HEADINGS = (
    "problem", "how_it_works", "actors", "cost", "legal_basis", "results", "what_failed",
    "conditions_to_transfer",
)  # fmt: skip


def an_organisation(crew: Crew) -> str:
    return crew.make("organisation", {"name_fr": "Direction de la coopération", **_ORGANISATION})


def a_person(crew: Crew) -> str:
    return crew.make("person", {"given": "Awa", "family": "Traoré"})


def a_follow_up(crew: Crew, origin: str | None = None, state: str = "open", **more: Value) -> str:
    values: Values = {
        "action_fr": "Envoyer la fiche",
        "origin": origin or an_exchange(crew),
        "responsible_office": "MA",
        "responsible": crew.officer("MA", "officer"),
        "due_on": "2026-04-30",
        **more,
    }
    return crew.make("follow_up", values, state)


def an_exchange(crew: Crew) -> str:
    made = crew.make(
        "exchange",
        {
            "title_fr": "Atelier sur les guichets",
            "kind": "workshop",
            "step": "share",
            "fields_of_action": ("migration_development",),
            "lead_office": "MA",
            "partner_offices": ("ML",),
            "host_organisation": an_organisation(crew),
            "starts_on": "2026-03-01",
            "ends_on": "2026-03-02",
            "place": "Rabat",
            "objectives": "Comparer les guichets uniques.",
            "budget": Money(5_000_000, "MAD"),
            "costs_settled_on": "2026-03-02",
        },
    )
    attended = {"person": a_person(crew), "attendance": "attended"}
    crew.rows("exchange", made, "participation", [attended])
    crew.rows("exchange", made, "finding", [{"words": "Un seul lieu suffit."}])
    return made


def a_mission(crew: Crew, traveller: str | None = None, **more: Value) -> str:
    made = crew.make(
        "mission",
        {
            "purpose_fr": "Étudier le guichet de Bamako",
            "departs_on": "2026-03-01",
            "returns_on": "2026-03-02",
            "host_offices": ("ML",),
            "tor_context": "Le guichet de Bamako est cité en exemple.",
            "tor_objectives": "Comprendre son organisation.",
            "tor_outputs": "Une fiche de pratique.",
            "funding_source": "state_budget",
            "summary": "Un guichet unique.",
            **more,
        },
    )
    person = traveller or a_person(crew)
    crew.rows("mission", made, "traveller", [{"person": person, "quality": "head"}])
    legs: list[Values] = [
        {"from_place": "Rabat", "to_place": "Bamako", "date": "2026-03-01"},
        {"from_place": "Bamako", "to_place": "Rabat", "date": "2026-03-02"},
    ]
    crew.rows("mission", made, "leg", legs)
    line: Values = {"kind": "per_diem", "amount": Money(1_840_000, "MAD")}
    crew.rows("mission", made, "budget_line", [line])
    crew.rows("mission", made, "meeting", [{"held_on": "2026-03-01", "subject": "Le guichet"}])
    crew.rows("mission", made, "finding", [{"words": "Un seul agent."}])
    return made


def _with_recommendation(crew: Crew, mission: str) -> None:
    row: Values = {"what": "Rédiger la fiche", "due_on": "2026-03-31"}
    crew.rows("mission", mission, "recommendation", [row])


def an_agreement(crew: Crew) -> str:
    return crew.make(
        "agreement",
        {
            "title_fr": "Mémorandum d'entente",
            "kind": "mou",
            "countries": ("MA", "ML"),
            "parties": (an_organisation(crew),),
            "signed_on": "2019-02-25",
            "valid_until": "2029",
        },
    )


def an_action_plan(crew: Crew) -> str:
    return crew.make(
        "action_plan",
        {
            "title_fr": "Plan d'action Maroc–Mali",
            "offices": ("MA", "ML"),
            "agreement": an_agreement(crew),
            "period_from": "2026",
            "period_until": "2028",
        },
    )


def a_commitment(crew: Crew) -> str:
    ours = an_organisation(crew)
    return crew.make(
        "commitment",
        {
            "title_fr": "Recevoir deux agents au guichet",
            "action_plan": an_action_plan(crew),
            "field": "migration_development",
            "owed_by": "MA",
            "owed_to": "ML",
            "owner_organisation": ours,
            "beneficiary_organisation": ours,
            "due_on": "2026-06-30",
            "evidence": "Le procès-verbal de la visite.",
        },
    )


def a_practice(crew: Crew) -> str:
    headings: Values = dict.fromkeys(_HEADINGS, "Un texte.")
    return crew.make(
        "practice",
        {
            "title_fr": "Guichet unique",
            "country": "MA",
            "owner_organisation": an_organisation(crew),
            "field": "migration_development",
            "sub_theme": "diaspora_services",
            "level": "national",
            "since": "2014",
            "agreed_on": "2026-02-01",
            **headings,
        },
    )


def an_expense(crew: Crew, mission: str | None = None, **more: Value) -> str:
    values: Values = {
        "mission": mission or a_mission(crew),
        "traveller": a_person(crew),
        "kind": "lodging",
        "spent_on": "2026-03-01",
        "amount": Money(90_000, "MAD"),
        **more,
    }
    return crew.make("expense", values)


def a_paper(crew: Crew, kind: str, subject: str, state: str = "signed", **more: Value) -> str:
    """A report that stands in a state without its document."""
    values: Values = {"kind": kind, "subject": subject, "language": "fr", "revision": 0, **more}
    return crew.make("report", values, state)


def a_report(crew: Crew, state: str, kind: str = "mission_report") -> str:
    """A report that came to its state by its own way: built, reviewed, signed."""
    mission = a_mission(crew)
    _with_recommendation(crew, mission)
    crew.move("mission", mission, "returned")
    made = reports.build(crew.at("MA", "officer"), kind, mission, "fr").id
    way = ("draft", "submitted", "reviewed", "signed")
    wanted = way.index(state) if state in way else len(way) - 1
    if state == "returned":
        wanted = 0
    if wanted >= 1:
        reports.submit(crew.at("MA", "officer"), made)
    if wanted >= 2:
        reports.review(crew.at("MA", "focal_point_2"), made)
    if wanted >= 3:
        reports.sign(crew.at("MA", "head_2"), made, PASSPHRASE)
    if state not in way:
        crew.move("report", made, state)
    return made


_MAKERS: Mapping[str, Callable[[Crew], str]] = {
    "exchange": an_exchange,
    "mission": a_mission,
    "commitment": a_commitment,
    "follow_up": a_follow_up,
    "agreement": an_agreement,
    "action_plan": an_action_plan,
    "practice": a_practice,
    "expense": an_expense,
}


def made(crew: Crew, entity: str, state: str) -> str:
    """A record of an entity in a state."""
    if entity == "report":
        return a_report(crew, state)
    record = _MAKERS[entity](crew)
    crew.move(entity, record, state)
    return record


def staged(crew: Crew, row: Row, source: str, lack: str | None = None) -> tuple[str, Values]:
    """A record ready for a row, with what is said with the act; lacking one thing if asked."""
    said: Values = {}
    record = a_report(crew, source) if row.entity == "report" else _MAKERS[row.entity](crew)
    _complete(crew, row, record, lack)
    if lack is not None:
        said = dict(LACKS[row.entity, row.action][lack](crew, record) or {})
    if row.entity != "report":
        crew.move(row.entity, record, source)
    return record, said


def _complete(crew: Crew, row: Row, record: str, lack: str | None) -> None:
    """Give a record what stands beside it: the papers about it."""
    papers = {
        ("exchange", "report"): "exchange_report",
        ("mission", "authorise"): "mission_order",
        ("mission", "report"): "mission_report",
    }
    kind = papers.get((row.entity, row.action))
    if kind and lack not in ("report-not-signed", "order-not-signed"):
        a_paper(crew, kind, record, number="12/2026")


def _without(entity: str, *names: str) -> Lack:
    return lambda crew, record: crew.write(entity, record, dict.fromkeys(names))


def _emptied(table: str) -> Lack:
    return lambda crew, record: crew.empty(table, record)


def _said(**values: Value) -> Lack:
    return lambda _crew, _record: values


def _nothing(_crew: Crew, _record: str) -> None:
    return None


def _recommended(entity: str) -> Lack:
    row: Values = {"what": "Rédiger la fiche", "due_on": "2026-03-31"}
    return lambda crew, record: crew.rows(entity, record, "recommendation", [row])


def _open_follow_up(crew: Crew, record: str) -> None:
    a_follow_up(crew, record)


def _linked_mission(crew: Crew, record: str) -> None:
    a_mission(crew, exchange=record)


def _leg(**values: Value) -> Lack:
    def lack(crew: Crew, record: str) -> None:
        with crew.at("MA", "officer").read() as connection:
            second = connection.exec_driver_sql(
                "SELECT id FROM mission_leg WHERE parent = ? ORDER BY position DESC", (record,)
            ).scalars()
            row = str(second.first())
        with crew.at("MA", "officer").unit("Staged", undoable=False) as unit:
            unit.change_part("mission", record, "leg", row, values)

    return lack


def _elsewhere(crew: Crew, record: str) -> None:
    with crew.at("MA").read() as connection:
        person = connection.exec_driver_sql(
            "SELECT person FROM mission_traveller WHERE parent = ?", (record,)
        ).scalar_one()
    crew.move("mission", a_mission(crew, str(person)), "approved")


def _undecided(crew: Crew, record: str) -> None:
    an_expense(crew, record)


def _advanced(crew: Crew, record: str) -> None:
    crew.write(
        "mission", record, {"advance": Money(500_000, "MAD"), "advance_paid_on": "2026-02-20"}
    )


def _too_small(crew: Crew, record: str) -> None:
    crew.write("mission", record, {"budget": Money(100_000, "MAD")})


def _own(crew: Crew, record: str) -> None:
    crew.write("expense", record, {"traveller": crew.officer("MA", "focal_point")})


def _later(*names: str) -> Lack:
    return lambda crew, record: crew.write("mission", record, dict.fromkeys(names, "2026-05-04"))


def _fresh_words(crew: Crew, record: str) -> None:
    crew.write("exchange", record, {"title_en": "Workshop on one-stop shops"})


LACKS: Mapping[tuple[str, str], Mapping[str, Lack]] = {
    ("exchange", "plan"): {
        "field-missing:starts_on": _without("exchange", "starts_on", "ends_on"),
        "field-missing:place": _without("exchange", "place"),
        "field-missing:partner_offices": _without("exchange", "partner_offices"),
        "dates-reversed": _said(ends_on="2026-02-01"),
    },
    ("exchange", "confirm"): {
        "date-not-full": _said(starts_on="2026-03", ends_on="2026-03"),
        "field-missing:objectives": _without("exchange", "objectives"),
        "field-missing:budget": _without("exchange", "budget"),
        "partners-not-told": _fresh_words,
    },
    ("exchange", "open"): {"day-not-reached": _said(starts_on="2026-05-01", ends_on="2026-05-02")},
    ("exchange", "hold"): {"nobody-attended": _emptied("exchange_participation")},
    ("exchange", "report"): {
        "report-not-signed": _nothing,
        "recommendation-without-follow-up": _recommended("exchange"),
    },
    ("exchange", "close"): {
        "field-missing:costs_settled_on": _without("exchange", "costs_settled_on"),
        "follow-up-open": _open_follow_up,
    },
    ("exchange", "cancel"): {"mission-still-linked": _linked_mission},
    ("mission", "submit"): {
        "field-missing:tor_context": _without("mission", "tor_context"),
        "field-missing:funding_source": _without("mission", "funding_source"),
        "no-traveller": _emptied("mission_traveller"),
        "no-leg": _emptied("mission_leg"),
        "no-budget-line": _emptied("mission_budget_line"),
        "itinerary-gap": _leg(from_place="Kayes"),
        "itinerary-overlap": _leg(date="2026-02-28"),
        "leg-outside-mission": _leg(date="2026-03-05"),
        "traveller-elsewhere": _elsewhere,
    },
    ("mission", "approve"): {
        "no-budget-line": _emptied("mission_budget_line"),
        "budget-exceeded": _too_small,
    },
    ("mission", "authorise"): {"order-not-signed": _nothing},
    ("mission", "depart"): {"day-not-reached": _later("returns_on", "departs_on")},
    ("mission", "come_back"): {
        "dates-reversed": _said(departed_on="2026-03-02", returned_on="2026-03-01"),
        "day-not-reached": _said(returned_on="2026-05-01"),
    },
    ("mission", "report"): {"report-not-signed": _nothing},
    ("mission", "settle"): {"expense-undecided": _undecided, "advance-not-balanced": _advanced},
    ("mission", "close"): {"recommendation-without-follow-up": _recommended("mission")},
    ("mission", "cancel"): {"advance-not-refunded": _advanced},
    ("commitment", "fulfil"): {"no-evidence": _without("commitment", "evidence")},
    ("follow_up", "finish"): {"day-not-reached": _said(done_on="2026-05-01")},
    ("practice", "validate"): {
        "field-missing:agreed_on": _without("practice", "agreed_on"),
        "field-missing:problem": _without("practice", "problem"),
    },
    ("agreement", "sign"): {"field-missing:signed_on": _without("agreement", "signed_on")},
    ("agreement", "enter_into_force"): {"dates-reversed": _said(in_force_from="2030-01-01")},
    ("action_plan", "adopt"): {"dates-reversed": _said(period_until="2020")},
    ("expense", "accept"): {"four-eyes": _own},
    ("expense", "reject"): {"four-eyes": _own},
}
"""What may be lacking for a row, by the code of what is then said; reports have their own."""
