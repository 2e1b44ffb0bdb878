"""What an exchange or a mission leaves behind: findings and recommendations."""

from typing import ClassVar

from sscdesk.model.base import Part
from sscdesk.model.field import Audience, choice, date, long_text, reference, text
from sscdesk.model.text import N_


class Finding(Part):
    """Something learnt. Bilateral: before the report is signed it is nobody else's."""

    __abstract__ = True

    part: ClassVar[str] = "finding"
    label: ClassVar[str] = N_("Finding")
    plural: ClassVar[str] = N_("Findings")
    audience: ClassVar[Audience] = Audience.BILATERAL

    field = choice(N_("Field"), "field")
    practice = reference(N_("On the practice"), "practice")
    words = long_text(N_("What was found"), required="always")


class Recommendation(Part):
    """What should be done; becomes a follow-up."""

    __abstract__ = True

    part: ClassVar[str] = "recommendation"
    label: ClassVar[str] = N_("Recommendation")
    plural: ClassVar[str] = N_("Recommendations")
    audience: ClassVar[Audience] = Audience.BILATERAL

    what = long_text(N_("What"), required="always", max_length=2_000)
    what_en = long_text(N_("What (English)"), max_length=2_000)
    by_office = choice(N_("By which office"), "office")
    by_whom = text(N_("By whom"))
    due_on = date(N_("By when"))
    priority = choice(N_("Priority"), "priority", default="normal")
    follow_up = reference(N_("Follow-up"), "follow_up", help=N_("The follow-up made from it."))
