"""Freezing a briefing: what this desk knows of a person, an organisation, a country, a mission."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sscdesk.application.reading import Row, require_row
from sscdesk.application.snapshots.briefing_contacts import contacts, exchanges
from sscdesk.application.snapshots.freezer import Freezer, latin_name
from sscdesk.application.snapshots.imprints import letterhead
from sscdesk.i18n import _
from sscdesk.model.codec import read_set
from sscdesk.model.lateness import days_late
from sscdesk.model.offices import OFFICES
from sscdesk.reports.briefing import Briefing, Owed, Shared
from sscdesk.reports.snapshot import Imprint, Wording
from sscdesk.reports.words import day, joined, listed, period

COUNTRY = "country"
_OPEN = ("agreed", "in_progress", "suspended")
_AWAITED = ("open", "in_progress")


@dataclass
class Circle:
    """Whom a sheet is about: persons, organisations, offices."""

    persons: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)


def briefing(f: Freezer, entity: str, identifier: str) -> Briefing:
    """Return all that a sheet could hold, the latest and the most urgent first."""
    about, title, subtitle, facts, circle = _SUBJECTS[entity](f, identifier)
    they_owe, we_owe = _owed(f, circle)
    shared = tuple(exchanges(f, circle))
    return Briefing(
        imprint=Imprint("", 0, f.today, letterhead(f, f.w.office)),
        about=Wording(about),
        title=title,
        subtitle=subtitle,
        facts=tuple((label, text) for label, text in facts if text),
        to_raise=tuple(_raised(f, circle, they_owe, we_owe, shared)),
        contacts=tuple(contacts(f, circle)),
        they_owe=they_owe,
        we_owe=we_owe,
        exchanges=shared,
    )


Subject = tuple[str, str, str, list[tuple[str, str]], Circle]

# ---------------------------------------------------------------- whom it is about


def _person(f: Freezer, identifier: str) -> Subject:
    row = require_row(f.connection, "person", identifier)
    function, organisation = f.function(row)
    posts = f.rows(
        "SELECT organisation FROM person_post WHERE parent = ? AND deleted = 0 "
        "AND until IS NULL AND organisation IS NOT NULL",
        identifier,
    )
    facts = [
        (_("Telephone"), listed(tuple(map(str, read_set(row["telephones"]))))),
        (_("E-mail"), listed(tuple(map(str, read_set(row["emails"]))))),
        (_("Languages"), listed(tuple(w.say() for w in f.labels("language", row["languages"])))),
        (_("Informed on"), day(str(row["informed_on"] or ""))),
    ]
    name = joined(latin_name(row), str(row["name_ar"] or ""))
    circle = Circle({identifier}, {str(post["organisation"]) for post in posts})
    return _("Person"), name, joined(function.say(), organisation.say()), facts, circle


def _organisation(f: Freezer, identifier: str) -> Subject:
    row = require_row(f.connection, "organisation", identifier)
    below = f.rows(
        "SELECT id FROM organisation WHERE parent_organisation = ? AND deleted = 0", identifier
    )
    facts = [
        (_("Telephone"), str(row["telephone"] or "")),
        (_("E-mail"), str(row["email"] or "")),
        (_("What it can offer"), str(row["offers"] or "")),
        (_("What it needs"), str(row["needs"] or "")),
        (_("Influence"), f.label("rating", row["influence"]).say()),
        (_("Interest"), f.label("rating", row["interest"]).say()),
    ]
    kind = f.label("organisation_kind", row["kind"]).say()
    where = joined(f.label("country", row["country"]).say(), str(row["city"] or ""), kind)
    circle = Circle(set(), {identifier, *(str(one["id"]) for one in below)})
    name = joined(f.wording(row, "name").say(), str(row["acronym"] or ""), mark=" — ")
    return _("Organisation"), name, where, facts, circle


def _country(f: Freezer, code: str) -> Subject:
    office = f.office(code)
    bodies = f.rows(
        "SELECT count(*) AS n FROM organisation WHERE country = ? AND deleted = 0", code
    )
    facts = [
        (_("Office"), f.office_name(code).say() if office else ""),
        (_("Ministry"), f.organisation(office["ministry"]).say() if office else ""),
        (_("Organisations"), str(bodies[0]["n"])),
    ]
    circle = Circle(offices={code} if code in OFFICES else set())
    rows = f.rows("SELECT id FROM organisation WHERE country = ? AND deleted = 0", code)
    circle.organisations = {str(row["id"]) for row in rows}
    return _("Country"), f.label("country", code).say(), "", facts, circle


def _mission(f: Freezer, identifier: str) -> Subject:
    row = require_row(f.connection, "mission", identifier)
    parts = f.parts("mission", row)
    travellers = tuple(f.name(one["person"]) for one in parts["traveller"])
    facts = [
        (_("Mission"), str(row["ref"])),
        (_("Travellers"), listed(travellers)),
        (_("Objectives"), str(row["tor_objectives"] or "")),
    ]
    offices = {code for code in read_set(row["host_offices"]) if code != f.w.office}
    if not offices and row["country"] in OFFICES and row["country"] != f.w.office:
        offices = {str(row["country"])}
    bodies = {str(one["organisation"]) for one in parts["meeting"] if one["organisation"]}
    persons = {str(one) for meeting in parts["meeting"] for one in read_set(meeting["persons"])}
    dates = period(str(row["departs_on"] or ""), str(row["returns_on"] or ""))
    where = joined(f.label("country", row["country"]).say(), dates)
    circle = Circle(persons, bodies, {str(code) for code in offices})
    return _("Mission"), f.wording(row, "purpose").say(), where, facts, circle


_SUBJECTS: dict[str, Any] = {
    "person": _person,
    "organisation": _organisation,
    COUNTRY: _country,
    "mission": _mission,
}

# ---------------------------------------------------------------- what is owed


def _owed(f: Freezer, circle: Circle) -> tuple[tuple[Owed, ...], tuple[Owed, ...]]:
    """Return what they owe us and what we owe them, the latest first."""
    theirs, ours = [], []
    rows = f.rows("SELECT * FROM commitment WHERE deleted = 0")
    for row in rows:
        if row["state"] not in _OPEN:
            continue
        if _is_theirs(circle, row, "owed_by", "owner_organisation"):
            theirs.append(_promise(f, row))
        elif _is_theirs(circle, row, "owed_to", "beneficiary_organisation"):
            ours.append(_promise(f, row))
    for row in f.rows("SELECT * FROM follow_up WHERE deleted = 0"):
        involved = {str(row["responsible"])} & (circle.persons | circle.organisations)
        if row["state"] in _AWAITED and (involved or row["responsible_office"] in circle.offices):
            theirs.append(_follow_up(f, row))
    return _latest(theirs), _latest(ours)


def _is_theirs(circle: Circle, row: Row, office: str, organisation: str) -> bool:
    named = str(row[organisation] or "") in circle.organisations
    return named or str(row[office] or "") in circle.offices


def _promise(f: Freezer, row: Row) -> Owed:
    return Owed(
        reference=str(row["ref"]),
        what=f.wording(row, "title").say(),
        due=str(row["due_on"] or ""),
        late_days=_late(f, "commitment", row),
        state=f.label("commitment_status", row["state"]),
        ours=row["owed_by"] == f.w.office,
    )


def _follow_up(f: Freezer, row: Row) -> Owed:
    return Owed(
        reference=str(row["ref"]),
        what=f.wording(row, "action").say(),
        due=str(row["due_on"] or ""),
        late_days=_late(f, "follow_up", row),
        state=f.label("follow_up_status", row["state"]),
    )


def _late(f: Freezer, entity: str, row: Row) -> int:
    return days_late(entity, str(row["state"]), row, date.fromisoformat(f.today))


def _latest(found: list[Owed]) -> tuple[Owed, ...]:
    return tuple(sorted(found, key=lambda one: (-one.late_days, one.due or "9999", one.reference)))


# ---------------------------------------------------------------- what to raise


def _raised(
    f: Freezer,
    circle: Circle,
    they_owe: tuple[Owed, ...],
    we_owe: tuple[Owed, ...],
    shared: tuple[Shared, ...],
) -> Iterator[str]:
    """Yield what the records suggest to speak of, the most pressing first."""
    for one in they_owe:
        if one.late_days:
            yield _("Ask where {reference} stands, due {date}.").format(
                reference=one.reference, date=day(one.due)
            )
    for one in we_owe:
        if one.late_days and one.ours:
            yield _("Be ready to answer for {reference}, due {date}.").format(
                reference=one.reference, date=day(one.due)
            )
    for report in _unsigned(f, circle):
        yield _("Their signature is awaited on {reference}: {title}").format(
            reference=report["ref"], title=report["title"] or report["ref"]
        )
    for exchange in shared:
        if exchange.starts_on >= f.today:
            yield _("Prepare {title}, {dates}").format(
                title=exchange.title.say(), dates=period(exchange.starts_on, exchange.ends_on)
            )
    yield from _to_be_told(f, circle)


def _unsigned(f: Freezer, circle: Circle) -> list[Row]:
    """Return this office's reports that wait for a countersignature of theirs."""
    rows = f.rows(
        "SELECT * FROM report WHERE deleted = 0 AND state = 'signed' AND owner = ? "
        "ORDER BY signed_on",
        f.w.office,
    )
    return [row for row in rows if set(read_set(row["second_offices"])) & circle.offices]


def _to_be_told(f: Freezer, circle: Circle) -> Iterator[str]:
    """Yield who has not been told yet that their data are kept here."""
    for identifier in sorted(circle.persons):
        person = f.row("person", identifier)
        if person is not None and not person["informed_on"] and person["owner"] == f.w.office:
            yield _("Tell {name} which data are kept here, and note the date.").format(
                name=latin_name(person)
            )
