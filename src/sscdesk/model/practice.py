"""Practices: what one country does well and another may take over."""

from typing import ClassVar

from sscdesk.model.base import Part, Record
from sscdesk.model.comment import Comment
from sscdesk.model.field import (
    Audience,
    choice,
    integer,
    long_text,
    reference,
    references,
    text,
)
from sscdesk.model.field import country as country_code
from sscdesk.model.field import date as calendar_date
from sscdesk.model.provenance import Sourced
from sscdesk.model.text import N_


class Practice(Sourced, Record):
    """A practice and its sheet (domain.md, 4.8); kept by the office of its country."""

    __tablename__ = "practice"
    entity: ClassVar[str] = "practice"
    label: ClassVar[str] = N_("Practice")
    plural: ClassVar[str] = N_("Practices")
    ref_code: ClassVar[str] = "PRA"
    initial_state: ClassVar[str] = "draft"
    state_vocabulary: ClassVar[str | None] = "practice_status"
    title_fields: ClassVar[tuple[str, ...]] = ("title_fr", "title_en", "title_ar")

    title_fr = text(
        N_("Title (French)"),
        required="always",
        unless=("title_en", "title_ar"),
        column=True,
        section=N_("Identity"),
    )
    title_en = text(N_("Title (English)"))
    title_ar = text(N_("Title (Arabic)"))
    country = country_code(N_("Country"), required="always", column=True)
    owner_organisation = reference(
        N_("Owner organisation"), "organisation", required="always", column=True
    )
    field = choice(N_("Field"), "field", required="always", column=True)
    sub_theme = choice(N_("Sub-theme"), "sub_theme", required="always", column=True)
    level = choice(N_("Level"), "level", required="validated")
    since = calendar_date(N_("Since"), required="validated")
    contact = reference(N_("Contact for questions"), "person", personal=True)

    summary_fr = long_text(N_("Summary (French)"), section=N_("The sheet"))
    summary_en = long_text(N_("Summary (English)"))
    problem = long_text(N_("The problem"), required="validated")
    how_it_works = long_text(N_("How it works"), required="validated")
    actors = long_text(N_("Actors"), required="validated")
    cost = long_text(N_("Cost"), required="validated")
    legal_basis = long_text(N_("Legal basis"), required="validated")
    results = long_text(N_("Results"), required="validated")
    what_failed = long_text(N_("What failed"), required="validated")
    conditions_to_transfer = long_text(N_("Conditions to transfer"), required="validated")

    agreed_on = calendar_date(
        N_("Owner's written agreement of"),
        required="validated",
        section=N_("Validation by its owner"),
    )
    owner_agreement = reference(N_("Owner's written agreement"), "attachment")

    appraisal = long_text(
        N_("Our appraisal"), audience=Audience.OFFICE, section=N_("Kept in the office")
    )


class Beneficiaries(Part):
    """How many a practice reached, by sex."""

    __tablename__ = "practice_beneficiaries"
    entity: ClassVar[str] = "practice_beneficiaries"
    part: ClassVar[str] = "beneficiaries"
    parent_entity: ClassVar[str] = "practice"
    label: ClassVar[str] = N_("Beneficiaries")
    plural: ClassVar[str] = N_("Beneficiaries")

    period = text(N_("Period"), help=N_("A year, a quarter or a campaign."))
    group = text(N_("Who"), required="always")
    sex = choice(N_("Sex"), "sex", default="u")
    number = integer(N_("Number"), required="always", minimum=0)
    source = text(N_("Source"))


class Transfer(Part):
    """How another office took the practice over; written by the receiving office."""

    __tablename__ = "practice_transfer"
    entity: ClassVar[str] = "practice_transfer"
    part: ClassVar[str] = "transfer"
    parent_entity: ClassVar[str] = "practice"
    label: ClassVar[str] = N_("Transfer")
    plural: ClassVar[str] = N_("Transfers")
    writer: ClassVar[str] = "recorder"

    receiving_office = choice(N_("Receiving office"), "office", required="always")
    organisation = reference(N_("Receiving organisation"), "organisation")
    exchange = reference(N_("Through the exchange"), "exchange")
    date = calendar_date(N_("Date"), required="always")
    adaptation = long_text(N_("How it was adapted"))
    result = long_text(N_("Result"))
    evidence = long_text(N_("Evidence"))
    evidence_files = references(N_("Evidence attached"), "attachment")


class PracticeComment(Comment):
    """A comment by any office."""

    __tablename__ = "practice_comment"
    entity: ClassVar[str] = "practice_comment"
    parent_entity: ClassVar[str] = "practice"
    audience: ClassVar[Audience] = Audience.SHARED
    writer: ClassVar[str] = "recorder"
