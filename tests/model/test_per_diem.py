"""Nights from the itinerary, and the rate of the office's table that holds for them."""

from decimal import Decimal

from sscdesk.model.per_diem import Rate, Stay, rate_for, stays
from sscdesk.model.values import Money, Value

Values = dict[str, Value]
MISSION: Values = {"departs_on": "2026-03-09", "returns_on": "2026-03-16", "country": "ML"}


def a_leg(day: str, country: str, arrival: str | None = None) -> Values:
    return {"date": day, "country": country, "arrival_date": arrival}


def a_rate(amount: int = 1_000, **values: object) -> Rate:
    return Rate("A", Money(amount, "MAD"), **values)  # type: ignore[arg-type]


def test_nights_count_for_the_country_where_they_are_spent() -> None:
    legs = [a_leg("2026-03-09", "ML"), a_leg("2026-03-12", "SN"), a_leg("2026-03-16", "MA")]

    assert stays(MISSION, legs, "MA") == [
        Stay("ML", "2026-03-09", 3),
        Stay("SN", "2026-03-12", 4),
    ]


def test_a_night_on_the_way_counts_from_the_arrival() -> None:
    legs = [a_leg("2026-03-09", "ML", "2026-03-10"), a_leg("2026-03-12", "MA")]

    assert stays(MISSION, legs, "MA") == [Stay("ML", "2026-03-10", 2)]


def test_without_legs_the_dates_of_the_mission_count() -> None:
    assert stays(MISSION, [], "MA") == [Stay("ML", "2026-03-09", 7)]


def test_what_cannot_be_counted_counts_for_nothing() -> None:
    partial: Values = {**MISSION, "returns_on": "2026-03"}
    there_and_back = [a_leg("2026-03-09", "ML"), a_leg("2026-03-09", "MA")]

    assert stays(partial, [], "MA") == []
    assert stays({**MISSION, "returns_on": "2026-03-09"}, there_and_back, "MA") == []
    assert stays({**MISSION, "country": "MA"}, [], "MA") == []


def test_the_most_particular_rate_holds() -> None:
    stay = Stay("ML", "2026-03-09", 3)
    rates = [
        a_rate(1_000),
        a_rate(2_000, countries=("ML", "SN")),
        a_rate(3_000, countries=("ML",), grade="manager"),
        a_rate(4_000, countries=("CI",), grade="manager"),
    ]

    manager, staff = rate_for(rates, stay, "manager"), rate_for(rates, stay, "staff")

    assert manager is not None
    assert staff is not None
    assert (manager.amount.minor, staff.amount.minor) == (3_000, 2_000)


def test_a_rate_holds_only_while_it_is_valid_and_the_newest_wins() -> None:
    stay = Stay("ML", "2026-03-30", 4)
    rates = [
        a_rate(1_000, valid_from="2020"),
        a_rate(2_000, valid_from="2026-01"),
        a_rate(3_000, valid_from="2026-04"),
        a_rate(4_000, valid_from="2026-02", valid_until="2026-04-01"),
    ]

    found = rate_for(rates, stay, "staff")

    assert found is not None
    assert found.amount.minor == 2_000
    assert rate_for(rates[2:], stay, "staff") is None


def test_lodging_paid_by_the_host_leaves_the_share_of_the_table() -> None:
    rate = a_rate(33_335, lodging_share=Decimal("50"))

    assert rate.amount_of(3, lodged=False) == Money(100_005, "MAD")
    assert rate.amount_of(3, lodged=True) == Money(50_004, "MAD")
    assert a_rate(1_000).amount_of(2, lodged=True) == Money(2_000, "MAD")
