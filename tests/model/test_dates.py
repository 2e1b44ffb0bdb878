"""Dates as officers type them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.model.dates import is_date, last_day, read_date, read_datetime, read_time
from sscdesk.model.refusal import Refused

TODAY = date(2026, 3, 9)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def arabic(text: str) -> str:
    return text.translate({ord(str(n)): chr(0x660 + n) for n in range(10)})


@given(days)
def test_a_day_is_read_however_it_is_written(day: date) -> None:
    iso = day.isoformat()

    for text in (
        iso,
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f" {day.day}-{day.month}-{day.year} ",
        arabic(iso),
        f"{day.year}/{day.month}/{day.day}",
    ):
        assert read_date(text, TODAY) == iso
    assert is_date(iso)


@given(st.integers(-999, 999))
def test_days_are_counted_from_today(count: int) -> None:
    wanted = (TODAY + timedelta(days=count)).isoformat()

    assert read_date(f"{count:+d}", TODAY) == wanted
    assert read_date(f"{count:+d} jours", TODAY) == wanted


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("demain", "2026-03-10"),
        ("Tomorrow", "2026-03-10"),
        ("غدا", "2026-03-10"),
        ("غداً", "2026-03-10"),
        ("aujourd’hui", "2026-03-09"),
        ("hier", "2026-03-08"),
        ("après-demain", "2026-03-11"),
        ("+2 semaines", "2026-03-23"),
        ("+1 mois", "2026-04-09"),
        ("12/3", "2026-03-12"),
        ("12/3/27", "2027-03-12"),
        ("2019", "2019"),
        ("2019-06", "2019-06"),
        ("6/2019", "2019-06"),
        ("juin 2019", "2019-06"),
        ("28 juin 2019", "2019-06-28"),
        ("1er mars", "2026-03-01"),
        ("June 28, 2019", "2019-06-28"),
        ("28 يونيو 2019", "2019-06-28"),
        ("12 غشت 2020", "2020-08-12"),
        ("١٢/٣", "2026-03-12"),
    ],
)
def test_the_habits_of_three_languages(text: str, wanted: str) -> None:
    assert read_date(text, TODAY) == wanted


def test_a_month_ahead_stays_in_the_month() -> None:
    assert read_date("+1m", date(2026, 1, 31)) == "2026-02-28"


@pytest.mark.parametrize(
    "text",
    ["31/06/2019", "2019-06-31", "29/2/2025", "2019-13", "0/1/2020", "32 mars", "9999-01-01"],
)
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        read_date(text, TODAY)

    assert caught.value.code == "no-such-day"
    assert caught.value.hint


@given(st.text(max_size=30))
def test_anything_else_is_refused_in_words_never_a_crash(text: str) -> None:
    with suppress(Refused):
        assert is_date(read_date(text, TODAY))


@pytest.mark.parametrize("text", ["", "19", "2019-6", "2019-06-31", "2019-06-1", "٢٠١٩", "1799"])
def test_only_iso_dates_that_exist_are_kept(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("2026-03-09T07:30", "2026-03-09T07:30"),
        ("2026-03-09T07:30:00Z", "2026-03-09T07:30Z"),
        ("demain 8h", "2026-03-10T08:00"),
        ("12/3 7h30", "2026-03-12T07:30"),
        ("28 juin 2026 14:05", "2026-06-28T14:05"),
    ],
)
def test_a_moment_has_a_day_and_an_hour(text: str, wanted: str) -> None:
    assert read_datetime(text, TODAY) == wanted


@pytest.mark.parametrize("text", ["demain", "2026-03 08:00", "2026-03-09T25:00", "bientôt", "8h"])
def test_half_a_moment_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_datetime(text, TODAY)


@given(st.text(max_size=20))
def test_moments_never_crash(text: str) -> None:
    with suppress(Refused):
        assert "T" in read_datetime(text, TODAY)


@pytest.mark.parametrize(
    "text, wanted", [("7:30", "07:30"), ("7h30", "07:30"), ("07H", "07:00"), ("٧:٣٠", "07:30")]
)
def test_times_of_day(text: str, wanted: str) -> None:
    assert read_time(text) == wanted


@pytest.mark.parametrize("text", ["24:00", "7:60", "7", "noon"])
def test_times_that_are_none(text: str) -> None:
    with pytest.raises(Refused):
        read_time(text)


@pytest.mark.parametrize(
    "text,last",
    [
        ("2026", "2026-12-31"),
        ("2026-02", "2026-02-28"),
        ("2024-02", "2024-02-29"),
        ("2026-12", "2026-12-31"),
        ("2026-06-30", "2026-06-30"),
    ],
)
def test_a_partial_date_ends_with_its_last_day(text: str, last: str) -> None:
    assert last_day(text).isoformat() == last
