from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from sscdesk.application.identity import new_identifier

SECONDS = st.integers(1, 200_000_000_000)
TAILS = st.binary(min_size=10, max_size=10)


@given(SECONDS, TAILS)
def test_an_identifier_is_a_uuid_of_version_7_that_tells_when_it_was_made(
    second: int, tail: bytes
) -> None:
    made = UUID(new_identifier(datetime.fromtimestamp(second, UTC), lambda count: tail[:count]))

    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == second * 1000


@given(SECONDS, TAILS, TAILS)
def test_a_later_identifier_sorts_after_an_earlier_one(
    second: int, first: bytes, then: bytes
) -> None:
    now = datetime.fromtimestamp(second, UTC)
    later = now + timedelta(milliseconds=2)

    assert new_identifier(now, lambda _: first) < new_identifier(later, lambda _: then)


def test_identifiers_of_one_moment_differ_in_74_random_bits() -> None:
    now = datetime(2026, 3, 9, tzinfo=UTC)
    tails = [(1 << at).to_bytes(10, "big") for at in range(80)]

    made = {new_identifier(now, lambda _, tail=tail: tail) for tail in tails}

    without_a_bit_set = new_identifier(now, bytes)
    assert len(made - {without_a_bit_set}) == 74
