"""Missions: who travels where and why, what was said there, what it cost."""

from typing import ClassVar

from sscdesk.model.base import Part, Record
from sscdesk.model.comment import Comment
from sscdesk.model.field import (
    Audience,
    choice,
    choices,
    date,
    decimal,
    integer,
    long_text,
    money,
    reference,
    references,
    text,
)
from sscdesk.model.field import country as country_code
from sscdesk.model.field import date as calendar_date
from sscdesk.model.outcome import Finding, Recommendation
from sscdesk.model.provenance import Sourced
from sscdesk.model.text import N_

_B = Audience.BILATERAL
_O = Audience.OFFICE


class Mission(Sourced, Record):
    """A mission of one office, mostly to another (domain.md, 4.10)."""

    __tablename__ = "mission"
    entity: ClassVar[str] = "mission"
    label: ClassVar[str] = N_("Mission")
    plural: ClassVar[str] = N_("Missions")
    ref_code: ClassVar[str] = "MIS"
    initial_state: ClassVar[str] = "draft"
    state_vocabulary: ClassVar[str | None] = "mission_status"
    title_fields: ClassVar[tuple[str, ...]] = ("purpose_fr", "purpose_en")
    partner_fields: ClassVar[tuple[str, ...]] = ("host_offices",)

    purpose_fr = text(
        N_("Purpose (French)"),
        required="always",
        unless=("purpose_en",),
        column=True,
        section=N_("Purpose"),
    )
    purpose_en = text(N_("Purpose (English)"))
    exchange = reference(N_("Exchange served"), "exchange", column=True)
    commitments = references(N_("Commitments served"), "commitment", audience=_B)
    fields_of_action = choices(N_("Fields of action"), "field")
    host_offices = choices(
        N_("Host offices"),
        "office",
        column=True,
        help=N_("The offices of the countries visited: they read the bilateral fields."),
    )

    departs_on = date(
        N_("Departs on"), required="always", column=True, section=N_("Dates and route")
    )
    returns_on = date(N_("Returns on"), required="always", column=True)
    itinerary = text(
        N_("Route"), help=N_("Rabat > Bamako > Rabat; the legs below say it in detail.")
    )
    country = country_code(N_("Country of destination"), column=True)
    transport = choice(N_("Transport"), "transport")
    departed_on = date(N_("Departed on"), required="returned")
    returned_on = date(N_("Returned on"), required="returned")

    tor_context = long_text(
        N_("Context"),
        required="submitted",
        audience=_B,
        section=N_("Terms of reference"),
    )
    tor_objectives = long_text(N_("Objectives"), required="submitted", audience=_B)
    tor_outputs = long_text(N_("Expected outputs"), required="submitted", audience=_B)
    tor_method = long_text(N_("Method"), audience=_B)
    tor_calendar = long_text(N_("Calendar"), audience=_B)
    summary = long_text(
        N_("Summary"),
        audience=_B,
        help=N_("Ten lines at the head of the report."),
        section=N_("Results"),
    )
    next_steps = long_text(N_("Next steps"), audience=_B)

    funding_source = choice(
        N_("Funding source"),
        "funding_source",
        required="submitted",
        audience=_O,
        section=N_("Money"),
    )
    budget = money(N_("Budget"), audience=_O)
    advance = money(N_("Advance"), audience=_O)
    advance_paid_on = date(N_("Advance paid on"), audience=_O)
    advance_reference = text(N_("Reference of the advance"), audience=_O)
    balance_settled_on = date(
        N_("Balance settled on"), audience=_O, help=N_("Paid to the traveller, or refunded.")
    )
    balance_reference = text(N_("Reference of the balance"), audience=_O)
    advance_refunded_on = date(N_("Advance refunded on"), audience=_O)

    order_number = text(
        N_("Number of the mission order"),
        required="authorised",
        audience=_O,
        section=N_("Mission order"),
    )
    order_date = date(N_("Date of the mission order"), audience=_O)
    order_signatory = text(N_("Signatory of the mission order"), audience=_O, personal=True)
    order_amendment = integer(
        N_("Amendment"), audience=_O, computed=True, help=N_("Counts the amended orders.")
    )
    ampliations = long_text(
        N_("Copies for information"), audience=_O, help=N_("One recipient per line.")
    )
    visa_arrival = reference(N_("Seen on arrival, scan"), "attachment", audience=_O)
    visa_departure = reference(N_("Seen on departure, scan"), "attachment", audience=_O)
    basis = text(N_("Basis"), section=N_("Sources"), late=True)


class Traveller(Part):
    """An officer or another person who travels."""

    __tablename__ = "mission_traveller"
    entity: ClassVar[str] = "mission_traveller"
    part: ClassVar[str] = "traveller"
    parent_entity: ClassVar[str] = "mission"
    label: ClassVar[str] = N_("Traveller")
    plural: ClassVar[str] = N_("Travellers")

    person = reference(N_("Traveller"), "person|officer", required="always", personal=True)
    quality = choice(
        N_("Quality on the mission"),
        "mission_quality",
        required="always",
        personal=True,
        default="member",
    )


class Leg(Part):
    """One leg of the itinerary."""

    __tablename__ = "mission_leg"
    entity: ClassVar[str] = "mission_leg"
    part: ClassVar[str] = "leg"
    parent_entity: ClassVar[str] = "mission"
    label: ClassVar[str] = N_("Leg")
    plural: ClassVar[str] = N_("Itinerary")

    from_place = text(N_("From"), required="always")
    to_place = text(N_("To"), required="always")
    date = calendar_date(N_("Date"), required="always")
    time = text(
        N_("Time"), shape="time", help=N_("Hours and minutes at the place of departure: 07:30.")
    )
    arrival_date = calendar_date(N_("Arrives on"), help=N_("If not on the same day."))
    arrival_time = text(N_("Arrival time"), shape="time")
    country = country_code(N_("Country of arrival"))
    transport = choice(N_("Transport"), "transport")
    carrier = text(N_("Carrier"), audience=_O)
    lodging = text(N_("Lodging"), audience=_O)


class BudgetLine(Part):
    """One line of the mission's budget."""

    __tablename__ = "mission_budget_line"
    entity: ClassVar[str] = "mission_budget_line"
    part: ClassVar[str] = "budget_line"
    parent_entity: ClassVar[str] = "mission"
    label: ClassVar[str] = N_("Budget line")
    plural: ClassVar[str] = N_("Budget")
    audience: ClassVar[Audience] = _O

    kind = choice(N_("Kind"), "expense_kind", required="always")
    description = text(N_("Description"))
    quantity = decimal(N_("Quantity"))
    rate = money(N_("Rate"))
    amount = money(N_("Amount"), required="always")
    funding_source = choice(N_("Funding source"), "funding_source")


class Meeting(Part):
    """A meeting held on mission."""

    __tablename__ = "mission_meeting"
    entity: ClassVar[str] = "mission_meeting"
    part: ClassVar[str] = "meeting"
    parent_entity: ClassVar[str] = "mission"
    label: ClassVar[str] = N_("Meeting")
    plural: ClassVar[str] = N_("Meetings held")
    audience: ClassVar[Audience] = _B

    held_on = date(N_("Date"), required="always")
    time = text(N_("Time"), shape="time")
    place = text(N_("Place"))
    organisation = reference(N_("Organisation"), "organisation")
    persons = references(N_("Persons met"), "person", personal=True)
    subject = text(N_("Subject"), required="always")
    said = long_text(N_("What was said"))
    agreed = long_text(N_("What was agreed"))
    our_reading = long_text(N_("Our reading"), audience=_O, help=N_("Stays in the office."))


class Visa(Part):
    """The host service's "seen on arrival" or "seen on departure", added by the host office.

    Not the entry visa of a passport.
    """

    __tablename__ = "mission_visa"
    entity: ClassVar[str] = "mission_visa"
    part: ClassVar[str] = "visa"
    parent_entity: ClassVar[str] = "mission"
    label: ClassVar[str] = N_("Seen by the host service")
    plural: ClassVar[str] = N_("Seen by the host service")
    audience: ClassVar[Audience] = _B
    writer: ClassVar[str] = "host"

    kind = choice(N_("On arrival or departure"), "host_visa", required="always")
    seen_on = date(N_("Date"), required="always")
    place = text(N_("Place"))
    service = text(N_("Service"), required="always")
    note = text(N_("Note"))


class MissionFinding(Finding):
    """What was learnt on mission."""

    __tablename__ = "mission_finding"
    entity: ClassVar[str] = "mission_finding"
    parent_entity: ClassVar[str] = "mission"


class MissionRecommendation(Recommendation):
    """What the mission recommends."""

    __tablename__ = "mission_recommendation"
    entity: ClassVar[str] = "mission_recommendation"
    parent_entity: ClassVar[str] = "mission"


class MissionComment(Comment):
    """A comment by a host office."""

    __tablename__ = "mission_comment"
    entity: ClassVar[str] = "mission_comment"
    parent_entity: ClassVar[str] = "mission"
