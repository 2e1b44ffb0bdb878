"""Which lists the secretariat may extend, and what a code must look like.

The desk itself acts on the codes of some lists (states, roles, kinds of reports, steps):
their labels may change, but a code more or less would mean nothing to it.
"""

import re
from collections.abc import Iterator, Mapping

from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.model.vocabulary_seed import seed_vocabularies

LIST_NAMES: Mapping[str, str] = {
    "country": N_("Countries"),
    "currency": N_("Currencies"),
    "language": N_("Languages"),
    "field": N_("Fields of action"),
    "sub_theme": N_("Sub-themes"),
    "step": N_("Steps"),
    "exchange_kind": N_("Kinds of exchange"),
    "organisation_kind": N_("Kinds of organisation"),
    "level": N_("Levels"),
    "agreement_kind": N_("Kinds of agreement"),
    "participation_role": N_("Roles of participants"),
    "attendance": N_("Attendance"),
    "desk_role": N_("Roles of officers"),
    "exchange_status": N_("States of an exchange"),
    "mission_status": N_("States of a mission"),
    "commitment_status": N_("States of a commitment"),
    "follow_up_status": N_("States of a follow-up"),
    "report_status": N_("States of a report"),
    "agreement_status": N_("States of an agreement"),
    "action_plan_status": N_("States of an action plan"),
    "practice_status": N_("States of a practice"),
    "expense_status": N_("States of an expense"),
    "record_status": N_("States of other records"),
    "report_kind": N_("Kinds of report"),
    "expense_kind": N_("Kinds of expense"),
    "attachment_kind": N_("Kinds of document"),
    "audience": N_("Audiences"),
    "aggregation": N_("Ways of adding up an indicator"),
    "basis": N_("Bases of a figure"),
    "disaggregation": N_("Disaggregations"),
    "evaluation_question": N_("Questions of an evaluation"),
    "funding_source": N_("Funding sources"),
    "grade": N_("Grades"),
    "host_visa": N_("Stamps of the host service"),
    "indicator_level": N_("Levels of an indicator"),
    "indicator_unit": N_("Units of an indicator"),
    "legal_basis": N_("Legal bases"),
    "mission_quality": N_("Qualities on a mission"),
    "office": N_("Offices"),
    "priority": N_("Priorities"),
    "rating": N_("Ratings"),
    "sex": N_("Sexes"),
    "transport": N_("Means of transport"),
}
"""What each list is called: msgids, in the order of the settings."""

FIXED_LISTS = frozenset(
    {
        *(name for name in LIST_NAMES if name.endswith("_status")),
        "aggregation",
        "attendance",
        "audience",
        "basis",
        "currency",
        "desk_role",
        "disaggregation",
        "host_visa",
        "indicator_level",
        "mission_quality",
        "office",
        "rating",
        "report_kind",
        "sex",
        "step",
    }
)
"""Lists on whose codes the desk itself acts: labels change, codes do not."""

_SHAPES: Mapping[str, re.Pattern[str]] = {
    "country": re.compile(r"[A-Z]{2}"),
    "language": re.compile(r"[a-z]{2,3}"),
}
_SHAPE = re.compile(r"[a-z][a-z0-9_]{1,59}")


def is_code(list_name: str, code: str) -> bool:
    """Whether a text may be a code of the list: ISO codes for countries and languages."""
    return _SHAPES.get(list_name, _SHAPE).fullmatch(code) is not None


def term_faults(values: Mapping[str, Value]) -> Iterator[Refused]:
    """Tell what is wrong with a recorded term, by itself."""
    list_name, code = str(values.get("list_name") or ""), str(values.get("code") or "")
    if not list_name or not code:
        return
    seed = seed_vocabularies()
    if list_name not in seed.names():
        yield Refused(
            "no-such-list",
            N_("There is no list called “{name}”."),
            hint=N_("Choose one of the lists of the desk."),
            field="list_name",
            params={"name": list_name[:40], "with": ("code",)},
        )
        return
    known = seed.knows(list_name, code)
    if not known and not is_code(list_name, code):
        yield _shapeless(list_name, code)
    if list_name in FIXED_LISTS and not known:
        yield _fixed("code")
    if list_name in FIXED_LISTS and values.get("retired") is True:
        yield _fixed("retired")


def _shapeless(list_name: str, code: str) -> Refused:
    hints = {
        "country": N_("Write the two capital letters of the country, as BF for Burkina Faso."),
        "language": N_("Write the two or three small letters of the language, as pt."),
    }
    return Refused(
        "not-a-code",
        N_("“{code}” cannot be a code of this list."),
        hint=hints.get(
            list_name, N_("Write small letters without accents, digits and underscores.")
        ),
        field="code",
        params={"code": code[:60], "with": ("list_name",)},
    )


def _fixed(field: str) -> Refused:
    return Refused(
        "list-is-fixed",
        N_("The desk itself works with this list: no code is added or retired."),
        hint=N_("Nothing was changed. The labels of its codes may be changed."),
        field=field,
        params={"with": ("list_name", "code")},
    )


def is_as_seeded(values: Mapping[str, Value]) -> bool:
    """Whether a term says no more than what comes with the desk.

    Any office may record such a one, to hang the label of its country on it.
    """
    list_name, code = str(values.get("list_name") or ""), str(values.get("code") or "")
    seed = seed_vocabularies().term(list_name, code)
    if seed is None or values.get("retired") is True:
        return False
    held = (values.get("label_en"), values.get("label_fr"), values.get("label_ar"))
    return held == (seed.en, seed.fr, seed.ar) and values.get("position") in (None, seed.position)
