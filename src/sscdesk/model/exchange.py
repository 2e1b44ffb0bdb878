"""Exchanges: what offices do together along the four steps."""

from typing import ClassVar

from sscdesk.model.base import Part, Record
from sscdesk.model.comment import Comment
from sscdesk.model.field import (
    Audience,
    boolean,
    choice,
    choices,
    date,
    integer,
    long_text,
    money,
    reference,
    references,
    text,
    url,
)
from sscdesk.model.field import country as country_code
from sscdesk.model.outcome import Finding, Recommendation
from sscdesk.model.provenance import Sourced
from sscdesk.model.text import N_

_B = Audience.BILATERAL
_O = Audience.OFFICE


class Exchange(Sourced, Record):
    """A visit, workshop, training… of the lead office and its partners (domain.md, 4.9)."""

    __tablename__ = "exchange"
    entity: ClassVar[str] = "exchange"
    label: ClassVar[str] = N_("Exchange")
    plural: ClassVar[str] = N_("Exchanges")
    ref_code: ClassVar[str] = "EXC"
    initial_state: ClassVar[str] = "idea"
    state_vocabulary: ClassVar[str | None] = "exchange_status"
    title_fields: ClassVar[tuple[str, ...]] = ("title_fr", "title_en", "title_ar")
    partner_fields: ClassVar[tuple[str, ...]] = ("lead_office", "partner_offices")

    title_fr = text(
        N_("Title (French)"),
        required="always",
        unless=("title_en", "title_ar"),
        column=True,
        section=N_("Identity"),
    )
    title_en = text(N_("Title (English)"))
    title_ar = text(N_("Title (Arabic)"))
    kind = choice(N_("Kind"), "exchange_kind", required="always", column=True)
    step = choice(N_("Step"), "step", required="always", column=True)
    step_reason = text(
        N_("Why a step is skipped"), help=N_("Kept when the thread jumps over a step.")
    )
    fields_of_action = choices(N_("Fields of action"), "field", required="planned")

    lead_office = choice(
        N_("Lead office"), "office", required="always", column=True, section=N_("Who and where")
    )
    partner_offices = choices(N_("Partner offices"), "office", required="planned", column=True)
    host_organisation = reference(N_("Host organisation"), "organisation", required="reported")
    starts_on = date(N_("Starts on"), required="planned", column=True)
    ends_on = date(N_("Ends on"), required="confirmed", column=True)
    place = text(N_("Place"), required="planned", unless=("online_link",), column=True)
    country = country_code(N_("Country"), column=True)
    time_zone = text(
        N_("Time zone of the place"), shape="zone", help=N_("For example Africa/Dakar.")
    )
    online_link = url(N_("Online link"))

    objectives = long_text(N_("Objectives"), required="confirmed", section=N_("What it is for"))
    expected_results = long_text(N_("Expected results"))
    languages = choices(N_("Languages"), "language")
    interpretation = text(N_("Interpretation"), help=N_("From which language into which."))
    practices = references(N_("Practices shared"), "practice")

    action_plans = references(N_("Action plans"), "action_plan", audience=_B, section=N_("Thread"))
    commitments = references(N_("Commitments served"), "commitment", audience=_B)
    continues = reference(N_("Continues the exchange"), "exchange", audience=_B)
    closes_thread = boolean(
        N_("Closes the thread"),
        audience=_B,
        help=N_("Only when its commitments are verified, dropped or carried over."),
    )

    budget = money(N_("Budget"), required="confirmed", audience=_B, section=N_("Money and results"))
    who_pays = text(N_("Who pays"), audience=_B)
    costs_settled_on = date(N_("Costs settled on"), required="closed", audience=_B)
    participants_reported = integer(
        N_("Participants reported"), minimum=0, help=N_("The number that a source or report gives.")
    )

    preparation_notes = long_text(
        N_("Preparation notes"), audience=_O, section=N_("Kept in the office")
    )
    protocol = long_text(N_("Protocol"), audience=_O)
    seating = long_text(N_("Seating"), audience=_O)


class Session(Part):
    """One item of the programme."""

    __tablename__ = "exchange_session"
    entity: ClassVar[str] = "exchange_session"
    part: ClassVar[str] = "session"
    parent_entity: ClassVar[str] = "exchange"
    label: ClassVar[str] = N_("Session")
    plural: ClassVar[str] = N_("Sessions")

    day = date(N_("Day"))
    start = text(N_("Start"), shape="time", help=N_("Hours and minutes at the place: 09:30."))
    end = text(N_("End"), shape="time")
    title = text(N_("Title"), required="always")
    speakers = references(N_("Speakers"), "person", personal=True)
    minutes = long_text(N_("Minutes"))
    decisions = long_text(N_("Decisions"))


class Participation(Part):
    """A person at an exchange, recorded by one office; only that office changes it."""

    __tablename__ = "exchange_participation"
    entity: ClassVar[str] = "exchange_participation"
    part: ClassVar[str] = "participation"
    parent_entity: ClassVar[str] = "exchange"
    label: ClassVar[str] = N_("Participation")
    plural: ClassVar[str] = N_("Participations")
    writer: ClassVar[str] = "recorder"

    person = reference(N_("Person"), "person", required="always", personal=True)
    organisation = reference(N_("Organisation on that day"), "organisation", personal=True)
    role = choice(
        N_("Role"), "participation_role", required="always", personal=True, default="participant"
    )
    sex = choice(
        N_("Sex"),
        "sex",
        personal=True,
        default="u",
        help=N_("For statistics only; never guessed from a name."),
    )
    attendance = choice(
        N_("Attendance"), "attendance", required="always", personal=True, default="invited"
    )
    days_attended = text(
        N_("Days attended"), many=True, shape="days", personal=True, help=N_("One date each.")
    )
    photo_consent = boolean(N_("Consent to photographs"), personal=True)
    basis = choice(N_("Basis"), "basis")
    note = long_text(N_("Note"), personal=True, audience=_O)


class CostLine(Part):
    """Planned and spent, by kind and currency; each office keeps its own delegation's."""

    __tablename__ = "exchange_cost_line"
    entity: ClassVar[str] = "exchange_cost_line"
    part: ClassVar[str] = "cost_line"
    parent_entity: ClassVar[str] = "exchange"
    label: ClassVar[str] = N_("Cost line")
    plural: ClassVar[str] = N_("Cost lines")
    audience: ClassVar[Audience] = _B
    writer: ClassVar[str] = "recorder"

    kind = choice(N_("Kind"), "expense_kind", required="always")
    description = text(N_("Description"))
    planned = money(N_("Planned"))
    spent = money(N_("Spent"))
    who_pays = text(N_("Who pays"))


class Evaluation(Part):
    """The score of one question, without names; each office evaluates for itself."""

    __tablename__ = "exchange_evaluation"
    entity: ClassVar[str] = "exchange_evaluation"
    part: ClassVar[str] = "evaluation"
    parent_entity: ClassVar[str] = "exchange"
    label: ClassVar[str] = N_("Evaluation")
    plural: ClassVar[str] = N_("Evaluations")
    writer: ClassVar[str] = "recorder"

    question = choice(N_("Question"), "evaluation_question", required="always")
    score = integer(N_("Score, 1 to 5"), required="always", minimum=1, maximum=5)
    answers = integer(N_("Number of answers"), default=1, minimum=1)
    comments = long_text(N_("Comments without names"))


class ExchangeFinding(Finding):
    """What an office learnt at an exchange."""

    __tablename__ = "exchange_finding"
    entity: ClassVar[str] = "exchange_finding"
    parent_entity: ClassVar[str] = "exchange"
    writer: ClassVar[str] = "recorder"


class ExchangeRecommendation(Recommendation):
    """What an office recommends after an exchange."""

    __tablename__ = "exchange_recommendation"
    entity: ClassVar[str] = "exchange_recommendation"
    parent_entity: ClassVar[str] = "exchange"
    writer: ClassVar[str] = "recorder"


class ExchangeComment(Comment):
    """A comment by a partner."""

    __tablename__ = "exchange_comment"
    entity: ClassVar[str] = "exchange_comment"
    parent_entity: ClassVar[str] = "exchange"
