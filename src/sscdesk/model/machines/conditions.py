"""Conditions that several state machines share, and how what is missing is said."""

from collections.abc import Iterable, Iterator, Mapping

from sscdesk.model.dates import first_day
from sscdesk.model.lifecycle import Actor, Condition, Effect, Facts, Missing
from sscdesk.model.offices import office_name
from sscdesk.model.refusal import Coded
from sscdesk.model.reporting import SIGNED_STATES
from sscdesk.model.text import N_
from sscdesk.model.values import Value

W = frozenset({"officer", "focal_point", "head"})
"""Author or officer of the office (domain.md, section 5)."""
F = frozenset({"focal_point"})
H = frozenset({"head"})

Values = Mapping[str, Value]


def text_of(values: Values, field: str) -> str:
    """Return the text that a field holds, empty where it holds none."""
    value = values.get(field)
    return value if isinstance(value, str) else ""


def members_of(values: Values, field: str) -> tuple[str, ...]:
    """Return the members of a set field."""
    value = values.get(field)
    return value if isinstance(value, tuple) else ()


def is_full(date: str) -> bool:
    """Whether a date names its day."""
    return len(date) == 10


def signed_report(kind: str) -> Condition:
    """A report of ``kind`` about the record is signed."""

    def condition(facts: Facts, _actor: Actor, _values: Values) -> Iterator[Missing]:
        about_it = facts.related("report", "subject")
        if not any(is_signed(report, kind) for report in about_it):
            yield Missing(
                "report-not-signed",
                N_("“{report}” is not signed yet: build it, submit it, have it signed."),
                params={"report": Coded("report_kind", kind)},
                entity="report",
                record=_in_hand(about_it, kind),
            )

    return condition


def is_signed(report: Facts, kind: str) -> bool:
    """Whether a report is of this kind and stands signed."""
    return report.fields.get("kind") == kind and report.state in SIGNED_STATES


def _in_hand(reports: Iterable[Facts], kind: str) -> str:
    """Return the report of a kind that is being written; empty where none is begun."""
    found = [one for one in reports if one.fields.get("kind") == kind]
    return found[-1].id if found else ""


def full_dates(*fields: str) -> Condition:
    """Dates name their day, not only a month or a year."""

    def condition(_facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
        for field in fields:
            date = text_of(values, field)
            if date and not is_full(date):
                yield Missing(
                    "date-not-full",
                    N_("The date must name the day, not only “{date}”."),
                    field=field,
                    params={"date": date},
                )

    return condition


def reached(field: str) -> Condition:
    """The day has come by this laptop's clock; a wrong clock is overridden with a note."""

    def condition(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
        date = text_of(values, field)
        if date and first_day(date) > facts.today:
            yield Missing(
                "day-not-reached",
                N_(
                    "{date} has not come yet by this laptop's clock."
                    " If the clock is wrong, say so in the note."
                ),
                field=field,
                params={"date": date},
                unless_note=True,
            )

    return condition


def not_in_future(*fields: str) -> Condition:
    """Something that has happened is not dated after today."""

    def condition(facts: Facts, actor: Actor, values: Values) -> Iterator[Missing]:
        for field in fields:
            yield from reached(field)(facts, actor, values)

    return condition


def ordered(first: str, last: str) -> Condition:
    """One date is not after the other."""

    def condition(_facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
        begin, end = text_of(values, first), text_of(values, last)
        length = min(len(begin), len(end))
        if begin and end and end[:length] < begin[:length]:
            yield Missing(
                "dates-reversed",
                N_("The end ({end}) comes before the beginning ({begin})."),
                field=last,
                params={"begin": begin, "end": end},
            )

    return condition


def followed_up(facts: Facts, _actor: Actor, _values: Values) -> Iterator[Missing]:
    """Each recommendation became a follow-up."""
    for row in facts.parts("recommendation"):
        if not row.fields.get("follow_up"):
            yield Missing(
                "recommendation-without-follow-up",
                N_("A recommendation has no follow-up yet: “{what}”."),
                field="follow_up",
                part_id=row.id,
                params={"what": str(row.fields.get("what") or "")[:80]},
            )


def follow_ups_settled(facts: Facts, _actor: Actor, _values: Values) -> Iterator[Missing]:
    """Follow-ups are verified, cancelled or carried over."""
    for follow_up in facts.related("follow_up", "origin"):
        settled = follow_up.state in ("verified", "cancelled")
        if not settled and not follow_up.fields.get("carried_over_to"):
            yield Missing(
                "follow-up-open",
                N_("The follow-up {ref} is neither verified, cancelled nor carried over."),
                params={"ref": follow_up.ref},
                entity="follow_up",
                record=follow_up.id,
            )


def told(field: str) -> Condition:
    """The partners have been sent the record as it stands."""

    def condition(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
        offices = [code for code in members_of(values, field) if code != facts.owner]
        if offices and not facts.sent_since_change(offices):
            yield Missing(
                "partners-not-told",
                N_("The partners have not been sent it yet: make a file for {offices}."),
                field=field,
                params={"offices": tuple(office_name(code) for code in offices)},
            )

    return condition


def has_part(part: str, message: str) -> Condition:
    """At least one row of a part; ``message`` says what is missing."""

    def condition(facts: Facts, _actor: Actor, _values: Values) -> Iterator[Missing]:
        if not facts.parts(part):
            yield Missing(f"no-{part.replace('_', '-')}", message, field=part)

    return condition


def proved(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """Evidence is written down or attached."""
    written = text_of(values, "evidence") or members_of(values, "evidence_files")
    if not written and not facts.related("attachment", "record"):
        yield Missing(
            "no-evidence",
            N_("No evidence is attached: say what proves it, or attach a document."),
            field="evidence",
        )


def dated(field: str) -> Effect:
    """The act writes today's date, unless the officer gave another or one stands."""

    def effect(facts: Facts, _actor: Actor, _note: str) -> Values:
        return {} if facts.fields.get(field) else {field: facts.today}

    return effect
