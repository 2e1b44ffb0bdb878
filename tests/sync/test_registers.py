"""The merge itself: registers that keep what none has seen."""

from hypothesis import given
from hypothesis import strategies as st

from sscdesk.sync.registers import Live, in_conflict, is_deleted, is_member, shown, written
from sscdesk.sync.streams import Frontier


def live(stream: int, seq: int, value: str | bool = "x", hlc: int = 1) -> Live:
    return Live(stream, seq, value, hlc, "MA", bytes([stream]) * 16)


def test_a_value_seen_by_the_writer_is_superseded() -> None:
    assert written([live(1, 3)], live(2, 1, "y"), {1: 3}) == [live(2, 1, "y")]


def test_a_value_not_seen_by_the_writer_stays_beside_the_new_one() -> None:
    found = written([live(1, 4)], live(2, 1, "y"), {1: 3})

    assert in_conflict(found)
    assert {one.value for one in found} == {"x", "y"}


def test_the_same_value_written_twice_is_no_conflict() -> None:
    assert not in_conflict(written([live(1, 4)], live(2, 1), {1: 3}))


def test_zero_and_no_are_the_same_as_columns_hold_them() -> None:
    assert not in_conflict([live(1, 1, False), live(2, 1, 0)])


def test_the_clock_only_picks_what_is_shown() -> None:
    early, late = live(1, 4, "early", hlc=1), live(2, 1, "late", hlc=2)

    assert shown([early, late]).value == "late"
    assert shown([late, early]).value == "late"


def test_whoever_adds_a_member_unseen_by_its_removal_wins() -> None:
    assert is_member(written([live(1, 4, True)], live(2, 1, False), {1: 3}))
    assert not is_member(written([live(1, 4, True)], live(2, 1, False), {1: 4}))


def test_a_deletion_that_has_seen_everything_deletes() -> None:
    assert is_deleted([(1, 1), (2, 5)], [{1: 1, 2: 5}])


def test_a_write_that_no_deletion_has_seen_brings_the_row_back() -> None:
    assert not is_deleted([(1, 1), (2, 6)], [{1: 1, 2: 5}])


def test_what_nobody_deleted_is_not_deleted() -> None:
    assert not is_deleted([], [])


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 9), st.integers(0, 99)), max_size=12))
def test_what_is_shown_does_not_depend_on_the_order_of_arrival(
    found: list[tuple[int, int, int]],
) -> None:
    lives = [live(stream, seq, str(stream), hlc) for stream, seq, hlc in found]

    if lives:
        assert shown(lives) == shown(list(reversed(lives)))


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 6)), min_size=1, max_size=6, unique=True),
    st.dictionaries(st.integers(1, 4), st.integers(0, 6)),
)
def test_nothing_unseen_ever_leaves_a_register(
    dots: list[tuple[int, int]], frontier: Frontier
) -> None:
    before = [live(stream, seq, f"{stream}.{seq}") for stream, seq in dots]

    after = written(before, live(9, 1, "new"), frontier)

    for one in before:
        assert one in after or frontier.get(one.stream, 0) >= one.seq
