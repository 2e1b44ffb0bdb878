"""What offices promise each other: agreements, bilateral action plans, commitments."""

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
)
from sscdesk.model.provenance import Sourced
from sscdesk.model.text import N_

_TITLES = ("title_fr", "title_en", "title_ar")


class Agreement(Sourced, Record):
    """A memorandum of understanding or the like (domain.md, 4.5)."""

    __tablename__ = "agreement"
    entity: ClassVar[str] = "agreement"
    label: ClassVar[str] = N_("Agreement")
    plural: ClassVar[str] = N_("Agreements")
    ref_code: ClassVar[str] = "AGR"
    initial_state: ClassVar[str] = "draft"
    state_vocabulary: ClassVar[str | None] = "agreement_status"
    title_fields: ClassVar[tuple[str, ...]] = _TITLES
    partner_fields: ClassVar[tuple[str, ...]] = ("countries",)

    title_fr = text(
        N_("Title (French)"),
        required="always",
        unless=("title_en", "title_ar"),
        column=True,
        writer="party",
        section=N_("Identity"),
    )
    title_en = text(N_("Title (English)"), writer="party")
    title_ar = text(N_("Title (Arabic)"), writer="party")
    kind = choice(
        N_("Kind"), "agreement_kind", required="always", column=True, writer="party", default="mou"
    )
    parties = references(N_("Parties"), "organisation", required="always", writer="party")
    countries = choices(N_("Countries of the parties"), "country", required="always", column=True)
    parent_agreement = reference(
        N_("Based on"), "agreement", writer="party", help=N_("The agreement that it completes.")
    )

    signed_on = date(
        N_("Signed on"),
        required="signed",
        column=True,
        writer="party",
        section=N_("Signature and validity"),
    )
    place = text(N_("Place of signature"), writer="party")
    in_force_from = date(N_("In force from"), writer="party")
    valid_until = date(N_("Valid until"), column=True, writer="party")
    tacit_renewal = boolean(N_("Tacit renewal"), writer="party")

    subject = long_text(N_("Subject"), writer="party", section=N_("Contents"))
    axes = long_text(N_("Axes"), writer="party", help=N_("One axis per line."))
    signed_text = references(
        N_("Signed text"),
        "attachment",
        audience=Audience.BILATERAL,
        writer="party",
        help=N_("The scanned original, in each language."),
    )
    negotiation_notes = long_text(N_("Negotiation notes"), audience=Audience.OFFICE)


class Signatory(Part):
    """Who signed an agreement, as printed in it."""

    __tablename__ = "agreement_signatory"
    entity: ClassVar[str] = "agreement_signatory"
    part: ClassVar[str] = "signatory"
    parent_entity: ClassVar[str] = "agreement"
    label: ClassVar[str] = N_("Signatory")
    plural: ClassVar[str] = N_("Signatories")
    writer: ClassVar[str] = "party"

    name = text(N_("Name as printed"), required="always", personal=True)
    function = text(N_("Function as printed"), personal=True)
    organisation = reference(N_("Organisation"), "organisation")


class AgreementComment(Comment):
    """A comment by a party."""

    __tablename__ = "agreement_comment"
    entity: ClassVar[str] = "agreement_comment"
    parent_entity: ClassVar[str] = "agreement"


class ActionPlan(Sourced, Record):
    """A bilateral action plan (domain.md, 4.6).

    Its titles and progress are shared; what it contains is the two offices' own.
    """

    __tablename__ = "action_plan"
    entity: ClassVar[str] = "action_plan"
    label: ClassVar[str] = N_("Action plan")
    plural: ClassVar[str] = N_("Action plans")
    ref_code: ClassVar[str] = "PLN"
    initial_state: ClassVar[str] = "draft"
    state_vocabulary: ClassVar[str | None] = "action_plan_status"
    title_fields: ClassVar[tuple[str, ...]] = _TITLES
    partner_fields: ClassVar[tuple[str, ...]] = ("offices",)

    title_fr = text(
        N_("Title (French)"),
        required="always",
        unless=("title_en", "title_ar"),
        column=True,
        writer="party",
        section=N_("Identity"),
    )
    title_en = text(N_("Title (English)"), writer="party")
    title_ar = text(N_("Title (Arabic)"), writer="party")
    offices = choices(
        N_("The two offices"),
        "office",
        required="always",
        column=True,
        help=N_("The title names them, so this is shared with it."),
    )
    agreement = reference(
        N_("Agreement"),
        "agreement",
        required="always",
        audience=Audience.BILATERAL,
        writer="party",
    )
    parties = references(
        N_("Organisations of the two sides"),
        "organisation",
        audience=Audience.BILATERAL,
        writer="party",
    )
    period_from = date(
        N_("Period from"), required="always", audience=Audience.BILATERAL, writer="party"
    )
    period_until = date(
        N_("Period until"),
        required="always",
        column=True,
        audience=Audience.BILATERAL,
        writer="party",
    )
    progress_percent = integer(
        N_("Progress, percent"),
        minimum=0,
        maximum=100,
        column=True,
        writer="party",
        help=N_("The part of its commitments that is verified."),
    )

    version = text(
        N_("Version"), audience=Audience.BILATERAL, writer="party", section=N_("Adoption")
    )
    adopted_on = date(
        N_("Adopted on"),
        required="adopted",
        column=True,
        audience=Audience.BILATERAL,
        writer="party",
    )
    place = text(N_("Place of adoption"), audience=Audience.BILATERAL, writer="party")
    budget = money(N_("Budget envelope"), audience=Audience.BILATERAL, writer="party")


class Axis(Part):
    """An axis of a plan, with its field."""

    __tablename__ = "action_plan_axis"
    entity: ClassVar[str] = "action_plan_axis"
    part: ClassVar[str] = "axis"
    parent_entity: ClassVar[str] = "action_plan"
    label: ClassVar[str] = N_("Axis")
    plural: ClassVar[str] = N_("Axes")
    audience: ClassVar[Audience] = Audience.BILATERAL
    writer: ClassVar[str] = "party"

    number = text(N_("Number"))
    title_fr = text(N_("Title (French)"), required="always", unless=("title_en", "title_ar"))
    title_en = text(N_("Title (English)"))
    title_ar = text(N_("Title (Arabic)"))
    field = choice(N_("Field"), "field", required="always")
    objective = long_text(N_("Objective"))


class CommitteeMeeting(Part):
    """A meeting of the joint committee that follows a plan."""

    __tablename__ = "action_plan_committee_meeting"
    entity: ClassVar[str] = "action_plan_committee_meeting"
    part: ClassVar[str] = "committee_meeting"
    parent_entity: ClassVar[str] = "action_plan"
    label: ClassVar[str] = N_("Joint committee meeting")
    plural: ClassVar[str] = N_("Joint committee meetings")
    audience: ClassVar[Audience] = Audience.BILATERAL
    writer: ClassVar[str] = "party"

    held_on = date(N_("Date"), required="always")
    place = text(N_("Place"))
    exchange = reference(N_("Exchange"), "exchange")
    decisions = long_text(N_("Decisions"))


class ActionPlanComment(Comment):
    """A comment by one of the two offices."""

    __tablename__ = "action_plan_comment"
    entity: ClassVar[str] = "action_plan_comment"
    parent_entity: ClassVar[str] = "action_plan"


_B = Audience.BILATERAL


class Commitment(Sourced, Record):
    """One verifiable promise of an office to another (domain.md, 4.7).

    "Overdue" is computed from ``due_on`` and never a state.
    """

    __tablename__ = "commitment"
    entity: ClassVar[str] = "commitment"
    label: ClassVar[str] = N_("Commitment")
    plural: ClassVar[str] = N_("Commitments")
    ref_code: ClassVar[str] = "COM"
    initial_state: ClassVar[str] = "proposed"
    state_vocabulary: ClassVar[str | None] = "commitment_status"
    title_fields: ClassVar[tuple[str, ...]] = ("title_fr", "title_en")
    partner_fields: ClassVar[tuple[str, ...]] = ("owed_by", "owed_to")
    default_audience: ClassVar[Audience] = Audience.BILATERAL

    title_fr = text(
        N_("What is promised (French)"),
        required="always",
        unless=("title_en",),
        column=True,
        audience=_B,
        writer="party",
        help=N_("One result that can be verified."),
        section=N_("The promise"),
    )
    title_en = text(N_("What is promised (English)"), audience=_B, writer="party")
    action_plan = reference(
        N_("Action plan"), "action_plan", required="always", audience=_B, writer="party"
    )
    axis = text(N_("Axis"), audience=_B, writer="party", help=N_("Number of the plan's axis."))
    field = choice(N_("Field"), "field", required="always", audience=_B, writer="party")
    owed_by = choice(N_("Owed by"), "office", required="always", column=True, audience=_B)
    owed_to = choice(N_("Owed to"), "office", required="always", column=True, audience=_B)
    owner_organisation = reference(
        N_("Responsible organisation"),
        "organisation",
        required="always",
        audience=_B,
        writer="party",
    )
    beneficiary_organisation = reference(
        N_("Beneficiary organisation"),
        "organisation",
        required="always",
        audience=_B,
        writer="party",
    )
    due_on = date(N_("Due on"), required="always", column=True, audience=_B, writer="party")
    conditions = long_text(N_("Conditions"), audience=_B, writer="party")
    reciprocal_of = reference(
        N_("Reciprocal of"),
        "commitment",
        audience=_B,
        writer="party",
        help=N_("The other half of the bargain; empty means that the promise is one-sided."),
    )
    indicator = reference(N_("Indicator"), "indicator", audience=_B, writer="party")
    target = text(N_("Target"), audience=_B, writer="party")

    progress_percent = integer(
        N_("Progress, percent"),
        minimum=0,
        maximum=100,
        column=True,
        audience=_B,
        writer="owed_by",
        default=0,
        section=N_("Progress"),
    )
    progress_comment = long_text(
        N_("Comment of the office that owes"), audience=_B, writer="owed_by"
    )
    evidence = long_text(
        N_("Evidence"),
        audience=_B,
        writer="owed_by",
        help=N_("What proves that the promise is kept; wanted before it is declared fulfilled."),
    )
    evidence_files = references(
        N_("Evidence attached"), "attachment", audience=_B, writer="owed_by"
    )
    opinion = long_text(N_("Opinion of the office it is owed to"), audience=_B, writer="owed_to")

    exchanges = references(
        N_("Served by exchanges"),
        "exchange",
        audience=_B,
        writer="party",
        section=N_("Served by"),
    )
    missions = references(N_("Served by missions"), "mission", audience=_B, writer="party")
    practices = references(N_("Served by practices"), "practice", audience=_B, writer="party")


class CommitmentComment(Comment):
    """A comment by one of the two offices."""

    __tablename__ = "commitment_comment"
    entity: ClassVar[str] = "commitment_comment"
    parent_entity: ClassVar[str] = "commitment"
