"""Calendars that other programs read."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from sscdesk.interop.event import Event, Standing
from sscdesk.interop.icalendar import write_calendar

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def an_event(**values: Any) -> Event:
    given_values: dict[str, Any] = {
        "identifier": "0192aa",
        "title": "Visite d'échange",
        "starts": date(2026, 3, 9),
        "ends": date(2026, 3, 13),
        "updated": NOW,
    }
    return Event(**{**given_values, **values})


def written(path: Path, *events: Event) -> Calendar:
    assert write_calendar(path, events, "Missions") == len(events)
    calendar = Calendar.from_ical(path.read_bytes())
    assert isinstance(calendar, Calendar)
    return calendar


def test_a_mission_fills_whole_days_its_last_included(tmp_path: Path) -> None:
    calendar = written(tmp_path / "a.ics", an_event(place="Bamako, Kayes"))

    (event,) = calendar.events
    assert event.start == date(2026, 3, 9)
    assert event.end == date(2026, 3, 14)
    assert event["LOCATION"] == "Bamako, Kayes"
    assert event["TRANSP"] == "OPAQUE"


def test_an_event_keeps_its_identity(tmp_path: Path) -> None:
    first = written(tmp_path / "a.ics", an_event()).events[0]
    second = written(tmp_path / "b.ics", an_event(title="Autre titre")).events[0]

    assert first["UID"] == second["UID"] == "0192aa@sscdesk"


def test_a_session_has_the_time_of_its_place(tmp_path: Path) -> None:
    calendar = written(
        tmp_path / "a.ics",
        an_event(
            starts=datetime(2026, 6, 9, 9, 30),  # noqa: DTZ001 - local to its place
            ends=datetime(2026, 6, 9, 11, 0),  # noqa: DTZ001
            zone="Africa/Casablanca",
        ),
    )

    (event,) = calendar.events
    assert event.start.astimezone(UTC) == datetime(2026, 6, 9, 8, 30, tzinfo=UTC)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Africa/Casablanca"]


def test_an_unknown_zone_falls_back_to_utc(tmp_path: Path) -> None:
    calendar = written(
        tmp_path / "a.ics",
        an_event(
            starts=datetime(2026, 6, 9, 9, 30),  # noqa: DTZ001
            ends=datetime(2026, 6, 9, 11, 0),  # noqa: DTZ001
            zone="Lune/Mer de la Tranquillité",
        ),
    )

    assert calendar.events[0].start == datetime(2026, 6, 9, 9, 30, tzinfo=UTC)


def test_a_due_date_leaves_the_day_free_and_a_cancelled_one_says_so(tmp_path: Path) -> None:
    calendar = written(
        tmp_path / "a.ics", an_event(busy=False, standing=Standing.CANCELLED, category="Échéance")
    )

    (event,) = calendar.events
    assert (event["TRANSP"], event["STATUS"]) == ("TRANSPARENT", "CANCELLED")


def test_an_end_before_its_beginning_is_one_day(tmp_path: Path) -> None:
    event = written(tmp_path / "a.ics", an_event(ends=date(2026, 1, 1))).events[0]

    assert event.end == date(2026, 3, 10)


@given(st.text(max_size=200))
def test_any_title_is_folded_escaped_and_read_back(title: str) -> None:
    import tempfile

    from sscdesk.interop.cleaning import cleaned

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.ics"
        calendar = written(path, an_event(title="Titre " + title))
        lines = path.read_bytes().split(b"\r\n")

    assert all(len(line) <= 75 for line in lines)
    assert len(calendar.events) == 1
    assert str(calendar.events[0]["SUMMARY"]).strip() == cleaned("Titre " + title)
