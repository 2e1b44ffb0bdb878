"""Numbers and amounts as officers type them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.model.amounts import read_decimal, read_integer, read_money
from sscdesk.model.refusal import Refused
from sscdesk.model.values import Money


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def arabic(text: str) -> str:
    return text.translate({ord(str(n)): chr(0x660 + n) for n in range(10)})


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_an_amount_is_read_however_it_is_grouped(whole: int, cents: int) -> None:
    wanted = Money(whole * 100 + cents, "MAD")

    for text in (
        f"{whole}.{cents:02d} MAD",
        f"{whole},{cents:02d} DH",
        f"MAD {grouped(whole, ' ')},{cents:02d}",
        f"{grouped(whole, chr(0x202F))},{cents:02d} MAD",
        f"{grouped(whole, '.')},{cents:02d} dirhams",
        f"{grouped(whole, ',')}.{cents:02d} mad",
        arabic(f"{whole},{cents:02d}") + " درهم",
    ):
        assert read_money(text) == wanted


@given(st.integers(0, 10**12))
def test_the_franc_has_no_decimals(whole: int) -> None:
    assert read_money(f"{grouped(whole, ' ')} FCFA") == Money(whole, "XOF")
    assert read_money(f"{whole}", "XOF") == Money(whole, "XOF")


@given(st.builds(Money, st.integers(0, 10**15), st.sampled_from(["MAD", "EUR", "XOF"])))
def test_what_the_desk_writes_it_reads_back(amount: Money) -> None:
    assert read_money(str(amount)) == amount


@pytest.mark.parametrize(
    "text, code",
    [
        ("10.5 XOF", "wrong-decimals"),
        ("1250.555 MAD", "wrong-decimals"),
        ("0.001 EUR", "wrong-decimals"),
        ("1,250 MAD", "amount-unclear"),
        ("125.000 XOF", "amount-unclear"),
        ("-5 MAD", "negative-amount"),
        ("5 USD", "unknown-currency"),
        ("1250", "currency-missing"),
        ("12 50 MAD", "not-a-number"),
        ("1.25.000 MAD", "not-a-number"),
        ("MAD", "not-a-number"),
        ("MAD 5 EUR", "not-a-number"),
        ("9" * 18 + " XOF", "too-large"),
        ("=1+1 MAD", "not-a-number"),
    ],
)
def test_what_cannot_be_an_amount_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_money(text)

    assert caught.value.code == code
    assert caught.value.hint


@given(st.text(max_size=30))
def test_amounts_never_crash(text: str) -> None:
    with suppress(Refused):
        assert read_money(text, "MAD").minor >= 0


@given(st.decimals(0, 10**12, places=3, allow_nan=False))
def test_decimals_keep_what_was_typed(number: object) -> None:
    assert read_decimal(str(number)) == str(number)
    assert read_decimal(str(number).replace(".", ",")) == str(number)


@pytest.mark.parametrize(
    "text, wanted",
    [("655.957", "655.957"), ("655,957", "655.957"), ("1 250,5", "1250.5"), ("4500.00", "4500.00")],
)
def test_rates_are_decimals(text: str, wanted: str) -> None:
    assert read_decimal(text) == wanted


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers(number: int) -> None:
    assert read_integer(str(number)) == number
    assert read_integer(grouped(number, "\u202f")) == number


@pytest.mark.parametrize("text", ["4.5", "1,000", "x", "1 0 0", "9" * 17])
def test_whole_numbers_that_are_none(text: str) -> None:
    with pytest.raises(Refused):
        read_integer(text)


@given(st.text(max_size=30))
def test_numbers_never_crash(text: str) -> None:
    for read in (read_integer, read_decimal):
        with suppress(Refused):
            assert read(text) is not None
