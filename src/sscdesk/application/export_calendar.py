"""From records with dates to the events of a calendar."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from sscdesk.application.views import ListRow
from sscdesk.i18n import gettext
from sscdesk.interop.event import Event, Standing
from sscdesk.model.base import EntityKind
from sscdesk.model.offices import TIME_ZONE_OF
from sscdesk.model.values import Value


@dataclass(frozen=True, slots=True)
class _Dated:
    """Where the dates of a kind of record stand."""

    starts: str
    ends: str
    place: str = ""
    busy: bool = True


CALENDARS: Mapping[str, _Dated] = {
    "mission": _Dated("departs_on", "returns_on", "itinerary"),
    "exchange": _Dated("starts_on", "ends_on", "place"),
    "follow_up": _Dated("due_on", "due_on", busy=False),
    "commitment": _Dated("due_on", "due_on", busy=False),
    "action_plan": _Dated("period_until", "period_until", busy=False),
    "agreement": _Dated("valid_until", "valid_until", busy=False),
}
"""Kinds of record that have a place in a calendar."""

_OFF = frozenset({"cancelled", "postponed", "dropped"})
_SURE = frozenset(
    {
        "confirmed",
        "ongoing",
        "held",
        "reported",
        "closed",
        "authorised",
        "under_way",
        "returned",
        "settled",
        "agreed",
        "in_progress",
        "open",
        "done",
        "verified",
        "fulfilled",
        "adopted",
        "in_force",
        "signed",
    }
)


def events_of(
    connection: Connection, kind: EntityKind, rows: Sequence[ListRow]
) -> tuple[list[Event], int]:
    """Return the events, and how many records have no full date and thus none."""
    dated = CALENDARS[kind.name]
    events = [event for row in rows if (event := _event(kind, dated, row)) is not None]
    undated = len(rows) - len(events)
    if kind.name == "exchange":
        events += _sessions(connection, {row.id: row for row in rows})
    return events, undated


def _event(kind: EntityKind, dated: _Dated, row: ListRow) -> Event | None:
    starts = _day(row.fields.get(dated.starts))
    ends = _day(row.fields.get(dated.ends)) or starts
    if starts is None or ends is None:
        return None
    return Event(
        identifier=row.id,
        title=f"{row.title} ({row.ref})",
        starts=starts,
        ends=ends,
        updated=_updated(row),
        place=str(row.fields.get(dated.place) or ""),
        category=gettext(kind.mapped.label),
        standing=_standing(row.state),
        busy=dated.busy,
    )


def _day(value: Value) -> date | None:
    """A date that names its day; a year or a month has no place in a calendar."""
    return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None


def _standing(state: str) -> Standing:
    if state in _OFF:
        return Standing.CANCELLED
    return Standing.CONFIRMED if state in _SURE else Standing.TENTATIVE


def _updated(row: ListRow) -> datetime:
    return datetime.fromisoformat(row.updated_at.replace("Z", "+00:00")).astimezone(UTC)


def _sessions(connection: Connection, exchanges: Mapping[str, ListRow]) -> Iterator[Event]:
    """The items of the programme that have their hours, in the time of the place."""
    found = connection.exec_driver_sql(
        'SELECT s.id, s.parent, s.day, s.start, s."end", s.title FROM json_each(?) e '
        "JOIN exchange_session s ON s.parent = e.value WHERE s.deleted = 0 "
        "ORDER BY e.key, s.position, s.id",
        (json.dumps(list(exchanges)),),
    )
    for identifier, parent, day, start, end, title in found:
        exchange = exchanges[parent]
        if not (start and end and _day(day)):
            continue
        yield Event(
            identifier=identifier,
            title=str(title),
            starts=datetime.fromisoformat(f"{day}T{start}"),
            ends=datetime.fromisoformat(f"{day}T{end}"),
            updated=_updated(exchange),
            place=str(exchange.fields.get("place") or ""),
            description=exchange.title,
            zone=_zone(exchange),
        )


def _zone(exchange: ListRow) -> str:
    said = exchange.fields.get("time_zone") or TIME_ZONE_OF.get(
        str(exchange.fields.get("country")), ""
    )
    return str(said)
