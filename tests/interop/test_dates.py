"""Dates as people write them."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.interop.dates import proves_day_first, read_date
from sscdesk.interop.reading import Unreadable
from sscdesk.interop.sheet import Cell


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("24/4/2019", "2019-04-24"),
        ("28.04.19", "2019-04-28"),
        ("2019-04-24", "2019-04-24"),
        ("2019-04-24 00:00:00", "2019-04-24"),
        ("1 mai 2019", "2019-05-01"),
        ("1er avril 2020", "2020-04-01"),
        ("26-juin-2019", "2019-06-26"),
        ("18-nove-2019", "2019-11-18"),
        ("9-déce-2021", "2021-12-09"),
        ("15-févr-2020", "2020-02-15"),
        ("lundi 3 juin 2019", "2019-06-03"),
        ("June 5, 2020", "2020-06-05"),
        ("5th of June 2020", "2020-06-05"),
        ("٢٤/٤/٢٠١٩", "2019-04-24"),
        ("24 غشت 2020", "2020-08-24"),
        ("24 أغسطس 2020", "2020-08-24"),
        ("7/7/2021", "2021-07-07"),
        ("2021-01", "2021-01"),
        ("04/2019", "2019-04"),
        ("juin 2019", "2019-06"),
        ("2019", "2019"),
        (2019, "2019"),
        (43_500, "2019-02-04"),
        (date(2019, 4, 24), "2019-04-24"),
        (datetime(2019, 4, 24, 10, 30, tzinfo=UTC), "2019-04-24"),
    ],
)
def test_a_date_is_read(written: Cell, iso: str) -> None:
    reading = read_date(written)

    assert (reading.value, reading.doubt) == (iso, None)


def test_a_date_that_could_be_two_is_read_the_french_way_and_doubted() -> None:
    reading = read_date("3/4/2019")

    assert reading.value == "2019-04-03"
    assert reading.doubt is not None
    assert reading.doubt.code == "ambiguous-date"
    assert reading.doubt.params == {"date": "2019-04-03", "other": "2019-03-04"}


def test_a_column_that_proves_its_order_takes_the_doubt_away() -> None:
    column: list[Cell] = ["3/4/2019", "24/4/2019"]

    assert proves_day_first(column)
    assert not proves_day_first(column[:1])
    assert read_date("3/4/2019", day_first=True).doubt is None


def test_a_month_written_first_is_told() -> None:
    reading = read_date("12/25/2020")

    assert reading.value == "2020-12-25"
    assert reading.doubt is not None
    assert reading.doubt.code == "month-first"


def test_a_date_without_a_year_wants_one() -> None:
    with pytest.raises(Unreadable, match="year-missing"):
        read_date("26/02")

    assert read_date("26/02", year=2019).value == "2019-02-26"
    assert read_date("26 février", year=2019).value == "2019-02-26"


@pytest.mark.parametrize("written", ["31/06/2020", "30 février 2020", "2019-13-01", "00/01/2020"])
def test_an_impossible_day_is_refused(written: str) -> None:
    with pytest.raises(Unreadable, match="no-such-day"):
        read_date(written)


@pytest.mark.parametrize("written", ["", "bientôt", "12", "RAS", "3500-01-01", 7, True, "٣"])
def test_what_is_no_date_is_refused(written: Cell) -> None:
    with pytest.raises(Unreadable, match=r"no-date|year-missing"):
        read_date(written)


DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@given(DAYS)
def test_a_full_date_is_never_taken_for_another(day: date) -> None:
    written = f"{day.day}/{day.month}/{day.year}"

    assert read_date(written).value == day.isoformat()
    assert read_date(day.isoformat()).value == day.isoformat()
    assert read_date((day - date(1899, 12, 30)) // timedelta(days=1)).value == day.isoformat()


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Unreadable):
        value = read_date(text, year=2020).value
        assert isinstance(value, str)
        assert len(value) in (4, 7, 10)
