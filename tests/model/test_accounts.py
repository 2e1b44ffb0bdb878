"""Amounts in one currency, and what is due to whom."""

from decimal import Decimal

import pytest

from sscdesk.model.accounts import balance, converted, in_currency, parity
from sscdesk.model.values import Money, Value

Values = dict[str, Value]


@pytest.mark.parametrize(
    ("amount", "rate", "into", "expected"),
    [
        (Money(720_000, "XOF"), "0.01630", "MAD", Money(1_173_600, "MAD")),
        (Money(10_000, "EUR"), "655.957", "XOF", Money(65_596, "XOF")),
        (Money(5, "MAD"), "0.1", "EUR", Money(1, "EUR")),
        (Money(1, "EUR"), "50", "XOF", Money(1, "XOF")),
    ],
)
def test_an_amount_is_converted_and_rounded_half_up(
    amount: Money, rate: str, into: str, expected: Money
) -> None:
    assert converted(amount, Decimal(rate), into) == expected


def test_the_franc_has_its_fixed_parity_both_ways_and_the_dirham_none() -> None:
    there = parity("EUR", "XOF")
    back = parity("XOF", "EUR")

    assert there == Decimal("655.957")
    assert back is not None
    assert converted(Money(65_595_700, "XOF"), back, "EUR") == Money(10_000_000, "EUR")
    assert parity("MAD", "EUR") is None


def test_an_expense_counts_as_spent_or_as_converted() -> None:
    spent: Values = {"amount": Money(500, "MAD"), "office_amount": None}
    foreign: Values = {"amount": Money(9_000, "XOF"), "office_amount": Money(14_700, "MAD")}

    assert in_currency(spent, "MAD") == 500
    assert in_currency(foreign, "MAD") == 14_700
    assert in_currency(spent, "EUR") is None


def test_the_balance_leaves_out_what_was_rejected_and_names_what_has_no_rate() -> None:
    rows: list[tuple[str, Values]] = [
        ("accepted", {"amount": Money(100_000, "MAD")}),
        ("claimed", {"amount": Money(30_000, "MAD")}),
        ("rejected", {"amount": Money(99_000, "MAD")}),
        ("claimed", {"amount": Money(5_000, "XOF")}),
        ("rejected", {"amount": Money(7_000, "XOF")}),
    ]

    found = balance(Money(150_000, "MAD"), rows, "MAD")

    assert (found.accepted, found.claimed, found.rejected) == (100_000, 30_000, 99_000)
    assert found.due == -20_000
    assert found.without_rate == 1


def test_an_advance_in_another_currency_is_not_set_off() -> None:
    found = balance(Money(100, "EUR"), [("accepted", {"amount": Money(500, "MAD")})], "MAD")

    assert found.due == 500
