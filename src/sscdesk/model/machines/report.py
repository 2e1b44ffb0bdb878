"""The state machine of reports, from draft to countersigned and beyond."""

from collections.abc import Iterator, Mapping

from sscdesk.model.lifecycle import Actor, Facts, Lifecycle, Missing, Transition
from sscdesk.model.machines.conditions import F, H, Values, W, members_of, text_of
from sscdesk.model.offices import OFFICES
from sscdesk.model.refusal import Coded, Msg
from sscdesk.model.reporting import REPORT_KINDS, ReportKind
from sscdesk.model.text import N_

_SIGNED = ("signed", "countersigned", "archived")

REQUIRED_PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "mission_order": (("traveller", N_("Travellers")), ("leg", N_("Itinerary"))),
    "mission_report": (
        ("traveller", N_("Travellers")),
        ("meeting", N_("Meetings held")),
        ("finding", N_("Findings")),
        ("recommendation", N_("Recommendations")),
    ),
    "exchange_report": (
        ("session", N_("Sessions and decisions")),
        ("participation", N_("Participations")),
        ("finding", N_("Findings")),
    ),
}
"""Parts of the subject without which a section stays empty; a text by hand does as well."""

REQUIRED_TEXTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "mission_report": (("summary", N_("Summary")),),
    "exchange_report": (("objectives", N_("Objectives")),),
}
"""Texts of the subject without which a section stays empty; a text by hand does as well."""


def sections_filled(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """Required sections have contents: of the record, or written by hand over it."""
    subject = facts.record(text_of(values, "subject"))
    by_hand = {str(row.fields.get("section_name")) for row in facts.parts("text_block")}
    for part, title in REQUIRED_PARTS.get(text_of(values, "kind"), ()):
        filled = subject is not None and subject.parts(part)
        if not filled and not by_hand & {part, f"{part}s"}:
            yield _empty(part, title)
    for field, title in REQUIRED_TEXTS.get(text_of(values, "kind"), ()):
        if not (subject and text_of(subject.fields, field)) and field not in by_hand:
            yield _empty(field, title)


def _empty(field: str, title: str) -> Missing:
    return Missing(
        "section-empty",
        N_("The section “{section}” is empty."),
        field=field,
        params={"section": Msg(title)},
    )


def subject_ready(facts: Facts, actor: Actor, values: Values) -> Iterator[Missing]:
    """The record reported on is there, is this office's to report on, and its state fits."""
    kind = REPORT_KINDS.get(text_of(values, "kind"))
    if kind is None or kind.subject is None or (kind.optional and not values.get("subject")):
        return
    subject = facts.record(text_of(values, "subject"))
    if subject is None or subject.entity != kind.subject:
        yield Missing(
            "no-subject",
            N_("Say which record the report is about."),
            field="subject",
        )
    elif actor.office not in _issuers(kind, subject):
        yield Missing(
            "not-your-subject",
            N_("{ref} is reported on by the office whose record it is."),
            field="subject",
            params={"ref": subject.ref},
        )
    elif kind.states and subject.state not in kind.states:
        yield Missing(
            "subject-state",
            N_("{ref} is not in a state to be reported on: it is “{state}”."),
            field="subject",
            params={"ref": subject.ref, "state": Coded(f"{subject.entity}_status", subject.state)},
        )


def _issuers(kind: ReportKind, subject: Facts) -> tuple[str, ...]:
    if kind.issued_by == "owner":
        return (subject.owner,)
    return members_of(subject.fields, kind.issued_by) if kind.issued_by else OFFICES


def signer_fits(_facts: Facts, actor: Actor, values: Values) -> Iterator[Missing]:
    """The officer's role signs this kind of report."""
    kind = REPORT_KINDS.get(text_of(values, "kind"))
    if kind is not None and not kind.signers:
        yield Missing(
            "kind-not-signed",
            N_("A report of this kind is not signed: save its PDF as it is."),
            field="kind",
        )
    elif kind is not None and not kind.signers & actor.roles:
        role = next(iter(sorted(kind.signers)), "head")
        yield Missing(
            "not-your-role",
            N_("This is for the role “{role}”."),
            params={"role": Coded("desk_role", role)},
        )


def wants_countersignature(_facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """Only some kinds are countersigned."""
    kind = REPORT_KINDS.get(text_of(values, "kind"))
    if kind is not None and not kind.countersigned:
        yield Missing(
            "kind-not-countersigned",
            N_("A report of this kind is not countersigned."),
            field="kind",
            final=True,
        )


def _from_each(
    action: str, label: str, roles: frozenset[str], *, reason: bool = False
) -> Iterator[Transition]:
    """An act that leaves the report in its state: its answer is a new revision."""
    for state in _SIGNED:
        yield Transition(action, label, (state,), state, roles, reason=reason, primary=False)


REPORT = Lifecycle(
    "report",
    Transition("build", N_("Build a report"), (), "draft", W, conditions=(subject_ready,)),
    (
        Transition(
            "submit",
            N_("Submit for review"),
            ("draft", "returned"),
            "submitted",
            W,
            conditions=(subject_ready, sections_filled),
        ),
        Transition(
            "review",
            N_("Review"),
            ("submitted",),
            "reviewed",
            F,
            four_eyes=("create", "submit"),
        ),
        Transition(
            "return",
            N_("Return to the author"),
            ("submitted", "reviewed"),
            "returned",
            F | H,
            reason=True,
            primary=False,
        ),
        Transition(
            "sign",
            N_("Sign"),
            ("reviewed",),
            "signed",
            F | H,
            four_eyes=("create", "submit"),
            traveller_may="review",
            conditions=(signer_fits,),
        ),
        Transition(
            "countersign",
            N_("Countersign"),
            ("signed",),
            "countersigned",
            H,
            offices="second",
            both=("second_offices",),
            conditions=(wants_countersignature,),
        ),
        Transition(
            "contest",
            N_("Contest"),
            ("signed",),
            "signed",
            H,
            offices="second",
            reason=True,
            primary=False,
        ),
        Transition(
            "archive",
            N_("Archive"),
            ("signed", "countersigned"),
            "archived",
            F,
            primary=False,
        ),
        *_from_each("revise", N_("Make a revision"), W, reason=True),
        Transition(
            "supersede",
            N_("Superseded by its revision"),
            _SIGNED,
            "superseded",
            frozenset(),
            primary=False,
        ),
    ),
)
