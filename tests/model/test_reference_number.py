"""Reference numbers never collide between the laptops of an office."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.model.reference_number import (
    BLOCK,
    LAPTOPS,
    ReferenceNumber,
    format_reference,
    is_reference,
    next_number,
    parse_reference,
)
from sscdesk.model.refusal import NotFound

laptops = st.integers(1, LAPTOPS)


def given_by(laptop: int, count: int, skips: frozenset[int] = frozenset()) -> list[int]:
    numbers: list[int] = []
    last = None
    for index in range(count):
        last = next_number(last, laptop, skip_block=index in skips)
        numbers.append(last)
    return numbers


@given(laptops, st.integers(1, 400), st.frozensets(st.integers(1, 400), max_size=4))
def test_a_laptop_gives_rising_numbers_of_its_own_blocks(
    laptop: int, count: int, skips: frozenset[int]
) -> None:
    numbers = given_by(laptop, count, skips)

    assert numbers == sorted(set(numbers))
    assert min(numbers) >= 1
    assert all(number // BLOCK % LAPTOPS == laptop - 1 for number in numbers)


def test_no_two_laptops_give_the_same_number() -> None:
    given_out = [number for laptop in range(1, 9) for number in given_by(laptop, 250)]

    assert len(set(given_out)) == len(given_out)


def test_the_first_laptop_begins_at_one_and_jumps_after_its_block() -> None:
    assert given_by(1, 101)[:2] == [1, 2]
    assert given_by(1, 101)[98:] == [99, 800, 801]
    assert given_by(2, 101)[:1] == [100]
    assert given_by(2, 101)[99:] == [199, 900]


def test_after_a_restored_backup_the_block_is_left_for_good() -> None:
    assert next_number(7, 1, skip_block=True) == 800
    assert next_number(899, 1, skip_block=True) == 1600


def test_a_number_taken_over_from_elsewhere_leads_into_an_own_block() -> None:
    assert next_number(103, 1) == 800
    assert next_number(103, 3) == 200


@pytest.mark.parametrize("laptop", [0, 9])
def test_only_eight_laptops_have_numbers(laptop: int) -> None:
    with pytest.raises(ValueError):
        next_number(None, laptop)


@given(st.sampled_from(["MA", "SN"]), st.integers(2000, 2099), st.integers(1, 10**6))
def test_what_is_written_is_read_back(office: str, year: int, number: int) -> None:
    text = format_reference(office, "MIS", year, number)

    assert parse_reference(f" {text.lower()} ") == ReferenceNumber(office, "MIS", year, number)
    assert str(parse_reference(text)) == text
    assert is_reference(text)


@pytest.mark.parametrize("text", ["", "MA-MIS-2026", "MA-MIS-26-0001", "MA_MIS_2026_0001", "٢٠٢٦"])
def test_other_texts_are_no_reference_numbers(text: str) -> None:
    with pytest.raises(NotFound):
        parse_reference(text)
    assert not is_reference(text)
