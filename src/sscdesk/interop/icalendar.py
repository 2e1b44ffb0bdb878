"""Writes calendars (.ics, RFC 5545) that Outlook and telephones read.

An event keeps its identity (UID) from one export to the next, so that importing again
changes it instead of doubling it. Days without a time are all-day events; times are
written in the zone of their place, with that zone's rules.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from sscdesk.interop.cleaning import cleaned
from sscdesk.interop.event import Event
from sscdesk.store.files import write_aside

_PRODUCT = "-//sscdesk//South-South cooperation desk//EN"


def write_calendar(path: Path, events: Iterable[Event], name: str) -> int:
    """Write a calendar, whole or not at all; return how many events. Raises ``MachineFailed``."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", cleaned(name))
    count = 0
    for event in events:
        calendar.add_component(_entry(event))
        count += 1
    calendar.add_missing_timezones()
    write_aside(path, calendar.to_ical())
    return count


def _entry(event: Event) -> CalendarEvent:
    entry = CalendarEvent()
    entry.add("uid", f"{event.identifier}@sscdesk")
    entry.add("dtstamp", event.updated.astimezone(UTC))
    entry.add("last-modified", event.updated.astimezone(UTC))
    entry.add("summary", cleaned(event.title))
    entry.add("dtstart", _moment(event.starts, event.zone))
    entry.add("dtend", _moment(_end(event), event.zone))
    entry.add("status", event.standing.value)
    entry.add("transp", "OPAQUE" if event.busy else "TRANSPARENT")
    for name, text in (
        ("location", event.place),
        ("description", event.description),
        ("categories", event.category),
    ):
        if text:
            entry.add(name, cleaned(text))
    return entry


def _end(event: Event) -> date:
    """The end of an all-day event is the morning after (RFC 5545, 3.6.1)."""
    if isinstance(event.ends, datetime):
        return event.ends
    return max(event.ends, event.starts) + timedelta(days=1)


def _moment(moment: date, zone: str) -> date:
    if not isinstance(moment, datetime) or moment.tzinfo is not None:
        return moment
    try:
        return moment.replace(tzinfo=ZoneInfo(zone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return moment.replace(tzinfo=UTC)
