"""Rules between the fields of one record or row: dates in order, two sides that differ.

Each fault names in ``params["with"]`` the other fields that have a part in it.
"""

from collections.abc import Callable, Iterator, Mapping

from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.model.vocabulary_rules import term_faults

Values = Mapping[str, Value]
Rule = Callable[[Values], Iterator[Refused]]

DATE_ORDER: Mapping[str, tuple[tuple[str, str], ...]] = {
    "mission": (("departs_on", "returns_on"), ("departed_on", "returned_on")),
    "mission_leg": (("date", "arrival_date"),),
    "exchange": (("starts_on", "ends_on"),),
    "agreement": (("signed_on", "valid_until"), ("in_force_from", "valid_until")),
    "action_plan": (("period_from", "period_until"),),
    "officer": (("active_from", "active_to"),),
    "person": (("informed_on", "review_by"),),
    "person_post": (("since", "until"),),
    "report": (("period_from", "period_until"),),
    "office_per_diem": (("valid_from", "valid_until"),),
    "office_authorisation": (("issued_on", "expires_on"),),
}
"""Pairs of dates of which the second is never before the first."""


def fault_rules(table: str) -> tuple[Rule, ...]:
    """Return the rules between fields of an entity, or of a part by its table's name."""
    return (*(_in_order(*pair) for pair in DATE_ORDER.get(table, ())), *_OTHERS.get(table, ()))


def _in_order(first: str, last: str) -> Rule:
    def rule(values: Values) -> Iterator[Refused]:
        begin, end = values.get(first), values.get(last)
        if not (isinstance(begin, str) and isinstance(end, str)):
            return
        length = min(len(begin), len(end))
        if end[:length] < begin[:length]:
            yield Refused(
                "dates-reversed",
                N_("The end ({end}) comes before the beginning ({begin})."),
                hint=N_("Correct one of the two dates."),
                field=last,
                params={"begin": begin, "end": end, "with": (first,)},
            )

    return rule


def _two_sides(values: Values) -> Iterator[Refused]:
    owed_by = values.get("owed_by")
    if owed_by and owed_by == values.get("owed_to"):
        yield Refused(
            "same-office",
            N_("A commitment is owed by one office to another one."),
            hint=N_("Choose the other office."),
            field="owed_to",
            params={"with": ("owed_by",)},
        )


def _two_offices(values: Values) -> Iterator[Refused]:
    offices = values.get("offices")
    if isinstance(offices, tuple) and offices and len(offices) != 2:
        yield Refused(
            "two-offices",
            N_("An action plan is between two offices."),
            hint=N_("Choose exactly two offices."),
            field="offices",
        )


def _partners_beside_lead(values: Values) -> Iterator[Refused]:
    partners = values.get("partner_offices")
    if isinstance(partners, tuple) and values.get("lead_office") in partners:
        yield Refused(
            "lead-is-partner",
            N_("The lead office is not its own partner."),
            hint=N_("Take the lead office out of the partners."),
            field="partner_offices",
            params={"with": ("lead_office",)},
        )


def _consented(values: Values) -> Iterator[Refused]:
    shows_people = values.get("kind") == "photo" and values.get("people_shown")
    if shows_people and values.get("photo_consent") is not True:
        yield Refused(
            "no-photo-consent",
            N_("A photograph of people is kept only with their consent."),
            hint=N_("Say that those shown consented, or leave the photograph out."),
            field="photo_consent",
            params={"with": ("people_shown", "kind")},
        )


_OTHERS: Mapping[str, tuple[Rule, ...]] = {
    "commitment": (_two_sides,),
    "action_plan": (_two_offices,),
    "exchange": (_partners_beside_lead,),
    "attachment": (_consented,),
    "vocabulary": (term_faults,),
}
