"""Where promises stand, and which answer each other."""

import pytest

from sscdesk.model.promises import Standing, bargains, counted, standing


@pytest.mark.parametrize(
    ("state", "days_late", "expected"),
    [
        ("proposed", 0, Standing.PROPOSED),
        ("agreed", 0, Standing.UNDER_WAY),
        ("agreed", 3, Standing.LATE),
        ("in_progress", 12, Standing.LATE),
        ("suspended", 0, Standing.UNDER_WAY),
        ("fulfilled", 0, Standing.KEPT),
        ("verified", 0, Standing.KEPT),
        ("dropped", 0, Standing.DROPPED),
    ],
)
def test_a_promise_stands_by_its_state_and_its_date(
    state: str, days_late: int, expected: Standing
) -> None:
    assert standing(state, days_late) is expected


def test_either_half_may_name_the_other() -> None:
    assert bargains({"a": "b", "b": None, "c": None, "d": "c"}) == [("a", "b"), ("c", "d")]


def test_two_answers_to_one_promise_are_one_bargain() -> None:
    assert bargains({"a": None, "b": "a", "c": "a"}) == [("a", "b", "c")]


def test_promises_that_name_each_other_in_a_circle_end() -> None:
    assert bargains({"a": "b", "b": "c", "c": "a"}) == [("a", "b", "c")]


def test_a_half_that_is_not_here_counts_for_nothing() -> None:
    assert bargains({"a": "elsewhere", "b": None}) == [("a",), ("b",)]


def test_every_standing_is_counted() -> None:
    found = counted([Standing.KEPT, Standing.KEPT, Standing.LATE])

    assert (found[Standing.KEPT], found[Standing.LATE], found[Standing.DROPPED]) == (2, 1, 0)
