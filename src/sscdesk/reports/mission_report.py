"""The mission report: what a delegation did, learnt and recommends, on a few pages."""

from collections.abc import Iterator

from sscdesk.i18n import _
from sscdesk.reports import styles
from sscdesk.reports.blocks import Fact, Heading, Text
from sscdesk.reports.flow import Block
from sscdesk.reports.front import Part, assembled, closing, front
from sscdesk.reports.itinerary import Itinerary
from sscdesk.reports.sections import commitments, findings, lettered, recommendations, stops
from sscdesk.reports.snapshot import Meeting, MissionReport, PersonMet
from sscdesk.reports.tables import Cell, Column, Row, Table
from sscdesk.reports.words import comma, day, joined, listed, named, period, said, short_day


def running_title(report: MissionReport) -> str:
    """Return the line at the head of the following pages."""
    span = period(report.departs_on, report.returns_on)
    return _("Mission report {mission} — {where}").format(
        mission=report.mission, where=joined(listed(report.places[:1]), span)
    )


REQUIRED = ("summary", "delegation", "meetings", "findings", "recommendations")
"""Sections without which a report is not submitted."""


def blocks(report: MissionReport, draft: bool) -> list[Block]:
    """Return the whole report; in a draft an empty required section says that it is missing."""
    return [
        *_front(report),
        *assembled(_parts(report), REQUIRED, draft),
        *closing(report.imprint),
        *_annex_of_persons(report),
    ]


def _parts(report: MissionReport) -> Iterator[Part]:
    yield "summary", _("In short"), _summary(report)
    yield "context", _("Context and terms of reference"), _context(report)
    yield "delegation", _("Delegation and itinerary"), _delegation(report)
    yield "meetings", _("Meetings held"), _meetings(report)
    yield "findings", _("Findings"), findings(report.findings)
    yield "recommendations", _("Recommendations"), recommendations(report.recommendations)
    yield "commitments", _("Commitments served"), commitments(report.commitments)
    yield "next_steps", _("Next steps"), _next_steps(report)
    yield "annexes", _("Annexes"), _annexes(report)


# --- head -----------------------------------------------------------------------------------------


def _front(report: MissionReport) -> list[Block]:
    where = joined(said(report.countries), listed(report.places))
    when = period(report.departs_on, report.returns_on)
    return front(
        report.imprint,
        _("Mission report"),
        report.title.say(),
        joined(where, when),
        _facts(report),
    )


def _facts(report: MissionReport) -> Iterator[Fact]:
    yield Fact(_("Mission"), joined(report.mission, _order(report)))
    yield Fact(_("Exchange served"), _exchange(report))
    yield Fact(_("Host"), report.host.say())
    yield Fact(_("Field of action"), said(report.fields))
    yield Fact(_("Commitments"), comma().join(found.reference for found in report.commitments))


def _order(report: MissionReport) -> str:
    if not report.order_number:
        return ""
    if not report.order_date:
        return _("order no. {number}").format(number=report.order_number)
    return _("order no. {number} of {date}").format(
        number=report.order_number, date=day(report.order_date)
    )


def _exchange(report: MissionReport) -> str:
    link = report.exchange
    return joined(link.reference, link.title.say(), link.detail.say()) if link else ""


# --- sections -------------------------------------------------------------------------------------


def _summary(report: MissionReport) -> list[Block]:
    return [Text(report.summary, styles.LEAD)] if report.summary.strip() else []


def _context(report: MissionReport) -> list[Block]:
    parts = (
        (_("Context"), report.context),
        (_("Objectives"), report.objectives),
        (_("Expected outputs"), report.expected_outputs),
        (_("Method"), report.method),
        (_("Calendar"), report.calendar),
    )
    told = [(title, text) for title, text in parts if text.strip()]
    if len(told) == 1:
        return [Text(told[0][1])]
    return [block for title, text in told for block in (Heading(title, 2), Text(text))]


def _delegation(report: MissionReport) -> list[Block]:
    if not report.travellers:
        return []
    rows = tuple(
        Row(
            (
                Cell(person.name, (person.name_ar,), bold=True),
                Cell(joined(person.function.say(), person.organisation.say())),
                Cell(person.quality.say()),
            )
        )
        for person in report.travellers
    )
    columns = (
        Column(_("Name"), 1.1),
        Column(_("Function"), 1.6),
        Column(_("On the mission"), 0),
    )
    found: list[Block] = [Table(columns, rows)]
    if report.legs:
        found.append(Itinerary(tuple(stops(report.legs)), gap=14))
    return found


def _meetings(report: MissionReport) -> list[Block]:
    if not report.meetings:
        return []
    columns = (
        Column(_("Date"), 0),
        Column(_("Organisation, persons met"), 1.3),
        Column(_("Subject"), 1.0),
        Column(_("Agreed"), 1.0),
    )
    rows = tuple(_meeting_row(meeting) for meeting in report.meetings)
    return [Table(columns, rows), *_minutes(report)]


def _meeting_row(meeting: Meeting) -> Row:
    persons = tuple(_person(person) for person in meeting.persons)
    organisation = Cell(meeting.organisation.say(), persons, bold=True)
    return Row((short_day(meeting.date), organisation, meeting.subject, meeting.agreed))


def _person(person: PersonMet) -> str:
    return joined(named(person.name, person.name_ar), person.function.say(), mark=comma())


def _minutes(report: MissionReport) -> list[Block]:
    told = [meeting for meeting in report.meetings if meeting.said.strip()]
    found: list[Block] = [Heading(_("What was said"), 2)] if told else []
    for meeting in told:
        lead = joined(short_day(meeting.date), meeting.organisation.say(), mark=comma())
        found.append(Text(meeting.said, lead=f"{lead}."))
    return found


def _next_steps(report: MissionReport) -> list[Block]:
    return [Text(report.next_steps)] if report.next_steps.strip() else []


def _annexes(report: MissionReport) -> list[Block]:
    titles = [joined(annex.title or annex.file_name, annex.kind.say()) for annex in report.annexes]
    if _persons_met(report):
        titles.insert(0, _("Persons met (below)"))
    return lettered(titles)


# --- annex A --------------------------------------------------------------------------------------


def _persons_met(report: MissionReport) -> list[tuple[PersonMet, str]]:
    """Return each person once, with the organisation of the person or of the meeting."""
    found: dict[tuple[str, str], tuple[PersonMet, str]] = {}
    for meeting in report.meetings:
        for person in meeting.persons:
            organisation = person.organisation.say() or meeting.organisation.say()
            found.setdefault((person.name, organisation), (person, organisation))
    return list(found.values())


def _annex_of_persons(report: MissionReport) -> list[Block]:
    persons = _persons_met(report)
    if not persons:
        return []
    columns = (
        Column(_("Name"), 1.2),
        Column(_("Function"), 1.2),
        Column(_("Organisation"), 1.5),
    )
    rows = tuple(
        Row(
            (
                Cell(person.name, (person.name_ar,), bold=True),
                person.function.say(),
                organisation,
            )
        )
        for person, organisation in persons
    )
    return [Heading(_("Annex A — Persons met")), Table(columns, rows)]
