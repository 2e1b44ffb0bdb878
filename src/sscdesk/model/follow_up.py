"""Follow-ups: what was recommended or decided, who does it and by when."""

from typing import ClassVar

from sscdesk.model.base import Record
from sscdesk.model.comment import Comment
from sscdesk.model.field import (
    Audience,
    choice,
    date,
    datetime,
    long_text,
    reference,
    references,
    text,
)
from sscdesk.model.text import N_

_B = Audience.BILATERAL


class FollowUp(Record):
    """An action that follows from another record (domain.md, 4.12).

    Its owner is the office where it originates; the responsible office writes progress.
    """

    __tablename__ = "follow_up"
    entity: ClassVar[str] = "follow_up"
    label: ClassVar[str] = N_("Follow-up")
    plural: ClassVar[str] = N_("Follow-ups")
    ref_code: ClassVar[str] = "FUP"
    initial_state: ClassVar[str] = "open"
    state_vocabulary: ClassVar[str | None] = "follow_up_status"
    title_fields: ClassVar[tuple[str, ...]] = ("action_fr", "action_en")
    partner_fields: ClassVar[tuple[str, ...]] = ("responsible_office",)
    default_audience: ClassVar[Audience] = Audience.BILATERAL
    follows: ClassVar[str | None] = "origin"

    action_fr = text(
        N_("Action (French)"),
        required="always",
        unless=("action_en",),
        column=True,
        section=N_("What and who"),
    )
    action_en = text(N_("Action (English)"))
    origin = reference(
        N_("Origin"),
        "exchange|mission|commitment|report|action_plan",
        required="always",
        column=True,
    )
    responsible_office = choice(N_("Responsible office"), "office", required="always", column=True)
    responsible = reference(
        N_("Responsible"),
        "officer|person|organisation",
        required="always",
        column=True,
        help=N_("The officer or organisation that does it."),
        writer="responsible",
    )
    due_on = date(N_("Due on"), required="always", column=True)
    priority = choice(N_("Priority"), "priority", column=True, default="normal")

    done_on = date(N_("Done on"), required="done", writer="responsible", section=N_("Progress"))
    evidence = long_text(N_("Evidence"), writer="responsible")
    evidence_files = references(N_("Evidence attached"), "attachment", writer="responsible")
    last_comment = long_text(N_("Last comment"), writer="responsible")
    carried_over_to = reference(
        N_("Carried over to"), "follow_up", help=N_("The follow-up that continues it.")
    )
    remind_on = datetime(
        N_("Remind on"), audience=Audience.OFFICE, section=N_("Kept in the office")
    )
    basis = choice(N_("Basis"), "basis", section=N_("Sources"), late=True)


class FollowUpComment(Comment):
    """A comment by any office that reads the follow-up."""

    __tablename__ = "follow_up_comment"
    entity: ClassVar[str] = "follow_up_comment"
    parent_entity: ClassVar[str] = "follow_up"
    writer: ClassVar[str] = "recorder"
