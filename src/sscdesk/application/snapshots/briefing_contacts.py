"""Meetings and exchanges with those whom a briefing is about, the latest first."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sscdesk.application.reading import Row
from sscdesk.application.snapshots.freezer import Freezer
from sscdesk.model.codec import read_set
from sscdesk.reports.briefing import Contacted, Shared
from sscdesk.reports.words import listed

if TYPE_CHECKING:
    from sscdesk.application.snapshots.briefings import Circle

_TOOK_PLACE = ("ongoing", "held", "reported", "closed")


def contacts(f: Freezer, circle: "Circle") -> list[Contacted]:
    """Return the meetings of missions and the exchanges that took place."""
    found = [*_meetings(f, circle), *_attended(f, circle)]
    return sorted(found, key=lambda one: one.date, reverse=True)


def _meetings(f: Freezer, circle: "Circle") -> Iterator[Contacted]:
    rows = f.rows(
        "SELECT t.*, m.ref FROM mission_meeting t JOIN mission m ON m.id = t.parent "
        "WHERE t.deleted = 0 AND m.deleted = 0"
    )
    for row in rows:
        persons = [str(one) for one in read_set(row["persons"])]
        if str(row["organisation"]) in circle.organisations or circle.persons & set(persons):
            named = tuple(f.name(one) for one in persons)
            yield Contacted(
                str(row["held_on"] or ""),
                str(row["subject"] or f.organisation(row["organisation"]).say()),
                listed(named) or f.organisation(row["organisation"]).say(),
                str(row["ref"]),
            )


def _attended(f: Freezer, circle: "Circle") -> Iterator[Contacted]:
    for exchange in _exchanges(f):
        if exchange["state"] not in _TOOK_PLACE:
            continue
        named = [row for row in _came(f, exchange) if _concerns(circle, row)]
        if named:
            yield Contacted(
                str(exchange["starts_on"] or ""),
                f.wording(exchange, "title").say(),
                listed(tuple(dict.fromkeys(f.name(row["person"]) for row in named))),
                str(exchange["ref"]),
            )


def exchanges(f: Freezer, circle: "Circle") -> Iterator[Shared]:
    """Yield the exchanges that they lead, host, partner or attend, the latest first."""
    for row in reversed(_exchanges(f)):
        offices = {str(row["lead_office"]), *map(str, read_set(row["partner_offices"]))}
        involved = offices & circle.offices and f.w.office in offices
        involved = involved or str(row["host_organisation"]) in circle.organisations
        if row["state"] == "cancelled":
            continue
        if involved or any(_concerns(circle, one) for one in _came(f, row)):
            yield Shared(
                str(row["ref"]),
                f.wording(row, "title"),
                str(row["starts_on"] or ""),
                str(row["ends_on"] or ""),
                f.label("exchange_status", row["state"]),
            )


def _exchanges(f: Freezer) -> list[Row]:
    return f.rows("SELECT * FROM exchange WHERE deleted = 0 ORDER BY starts_on, ref")


def _came(f: Freezer, exchange: Row) -> list[Row]:
    return f.rows(
        "SELECT p.person, coalesce(p.organisation, (SELECT o.organisation FROM person_post o "
        "WHERE o.parent = p.person AND o.deleted = 0 AND o.until IS NULL LIMIT 1)) AS organisation "
        "FROM exchange_participation p WHERE p.parent = ? AND p.deleted = 0 "
        "AND p.attendance NOT IN ('absent', 'excused')",
        exchange["id"],
    )


def _concerns(circle: "Circle", row: Row) -> bool:
    if circle.persons:
        return str(row["person"]) in circle.persons
    return str(row["organisation"]) in circle.organisations
