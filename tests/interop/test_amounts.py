"""Amounts in five styles and three currencies."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.interop.amounts import read_currency, read_integer, read_money
from sscdesk.interop.reading import Unreadable
from sscdesk.interop.sheet import Cell


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12 500,00 DH", "12500.00 MAD"),
        ("12\u202f500,00\u00a0DH", "12500.00 MAD"),
        ("4500.00 DHS", "4500.00 MAD"),
        ("12'500.00 MAD", "12500.00 MAD"),
        ("€ 1 140", "1140.00 EUR"),
        ("1 140 €", "1140.00 EUR"),
        ("45.50 EUR", "45.50 EUR"),
        ("8 200 000 F CFA", "8200000 XOF"),
        ("400000 fcfa", "400000 XOF"),
        ("400000 F", "400000 XOF"),
        ("٤٥٠٠ درهم", "4500.00 MAD"),
    ],
)
def test_an_amount_is_read_with_its_currency(written: str, amount: str) -> None:
    reading = read_money(written)

    assert (str(reading.value), reading.doubt) == (amount, None)


@pytest.mark.parametrize(
    ("written", "amount", "doubt"),
    [
        ("12.500", "12500.00 MAD", "thousands-assumed"),
        ("82 0000,00", "820000.00 MAD", "odd-grouping"),
        ("12,500.00", "12500.00 MAD", None),
        ("1.250.000", "1250000.00 MAD", None),
        ("0.500", "0.50 MAD", None),
        (Decimal("12300.5"), "12300.50 MAD", None),
        (12_300, "12300.00 MAD", None),
    ],
)
def test_the_currency_may_stand_in_its_own_column(
    written: Cell, amount: str, doubt: str | None
) -> None:
    reading = read_money(written, currency="MAD")

    assert str(reading.value) == amount
    assert (reading.doubt and reading.doubt.code) == doubt


def test_a_currency_nobody_wrote_is_doubted() -> None:
    reading = read_money("12300", default="MAD")

    assert reading.doubt is not None
    assert reading.doubt.code == "currency-assumed"
    with pytest.raises(Unreadable, match="currency-missing"):
        read_money("12300")


@pytest.mark.parametrize(
    ("written", "currency", "code"),
    [
        ("12500,5 FCFA", None, "wrong-decimals"),
        ("0.001 EUR", None, "wrong-decimals"),
        ("12 DH", "EUR", "currency-mixed"),
        ("-5 DH", None, "negative-amount"),
        ("(5) DH", None, "negative-amount"),
        ("environ 12 DH", None, "no-amount"),
        ("=SUM(F5:F29)", "MAD", "no-amount"),
        ("à voir", "MAD", "no-amount"),
        ("", "MAD", "no-amount"),
        (True, "MAD", "no-amount"),
    ],
)
def test_what_is_no_amount_is_refused(written: Cell, currency: str | None, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        read_money(written, currency)


def test_words_for_currencies() -> None:
    assert [read_currency(word) for word in ("DH", "F CFA", "€", "درهم", "yen")] == [
        "MAD",
        "XOF",
        "EUR",
        "MAD",
        None,
    ]


@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u202f", "", "."]))
def test_grouped_digits_are_never_another_number(number: int, mark: str) -> None:
    grouped = f"{number:,}".replace(",", mark)

    assert read_integer(f"{number:,}".replace(",", " ")).value == number
    value = read_money(f"{grouped},00 DH").value
    assert str(value) == f"{number}.00 MAD"


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (lambda: read_money(text, default="XOF"), lambda: read_integer(text)):
        with suppress(Unreadable):
            assert read().value is not None


def test_women_and_men_are_added_and_told() -> None:
    reading = read_integer("12 F + 18 H")

    assert reading.value == 30
    assert reading.doubt is not None
    assert reading.doubt.code == "summed"
    with pytest.raises(Unreadable, match="no-number"):
        read_integer("trente")
