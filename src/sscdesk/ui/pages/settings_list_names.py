"""The vocabularies by the names that officers give them."""

from sscdesk.i18n import _
from sscdesk.model.text import N_

LIST_NAMES = {
    "action_plan_status": N_("States of an action plan"),
    "aggregation": N_("Ways to add up an indicator"),
    "agreement_kind": N_("Kinds of agreement"),
    "agreement_status": N_("States of an agreement"),
    "attachment_kind": N_("Kinds of document"),
    "attendance": N_("Attendance"),
    "audience": N_("Who receives a record"),
    "basis": N_("Where a piece of information comes from"),
    "commitment_status": N_("States of a commitment"),
    "country": N_("Countries"),
    "currency": N_("Currencies"),
    "desk_role": N_("Roles at the desk"),
    "disaggregation": N_("Breakdowns of an indicator"),
    "evaluation_question": N_("Questions of an evaluation"),
    "exchange_kind": N_("Kinds of exchange"),
    "exchange_status": N_("States of an exchange"),
    "expense_kind": N_("Kinds of expense"),
    "expense_status": N_("States of an expense"),
    "field": N_("Fields of action"),
    "follow_up_status": N_("States of a follow-up"),
    "funding_source": N_("Sources of funding"),
    "grade": N_("Grades"),
    "host_visa": N_("Stamps of the host"),
    "indicator_level": N_("Levels of an indicator"),
    "indicator_unit": N_("Units of an indicator"),
    "language": N_("Languages"),
    "legal_basis": N_("Legal bases for personal data"),
    "level": N_("Levels of an organisation"),
    "mission_quality": N_("Part taken in a mission"),
    "mission_status": N_("States of a mission"),
    "office": N_("Offices"),
    "organisation_kind": N_("Kinds of organisation"),
    "participation_role": N_("Parts taken in an exchange"),
    "practice_status": N_("States of a practice"),
    "priority": N_("Priorities"),
    "rating": N_("Ratings"),
    "record_status": N_("States of other records"),
    "report_kind": N_("Kinds of report"),
    "report_status": N_("States of a report"),
    "sex": N_("Sex"),
    "step": N_("Steps of an exchange of experience"),
    "sub_theme": N_("Themes"),
    "transport": N_("Means of transport"),
}
"""Msgids by the code of each list."""


def list_words(name: str) -> str:
    """Return a vocabulary's name; its code for one that a newer version brought."""
    return _(LIST_NAMES[name]) if name in LIST_NAMES else name
