"""Which record stands for several that are one."""

from hypothesis import given
from hypothesis import strategies as st

from sscdesk.model.redirect import all_redirects, in_place_of, representative

NAMES = "abcdef"


def test_the_end_of_the_way_stands_for_all() -> None:
    following = {"a": "b", "b": "c"}

    assert representative("a", following, "abc") == "c"
    assert all_redirects(following, "abc") == {"a": "c", "b": "c"}


def test_opposite_redirects_settle_on_the_lower_identifier() -> None:
    following = {"a": "b", "b": "a"}

    assert all_redirects(following, "ab") == {"b": "a"}


def test_a_way_into_a_circle_leads_to_the_lowest_of_the_circle() -> None:
    following = {"a": "c", "c": "d", "d": "b", "b": "c"}

    assert representative("a", following, "abcd") == "b"
    assert representative("b", following, "abcd") == "b"


def test_a_record_that_is_not_here_stands_for_none() -> None:
    assert all_redirects({"a": "b"}, "a") == {}
    assert representative("a", {"a": "b", "b": "c"}, "ac") == "c"


@given(
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES), max_size=6),
    st.sets(st.sampled_from(NAMES)),
)
def test_whatever_redirects_there_are_who_stands_for_others_stands_for_itself(
    following: dict[str, str], here: set[str]
) -> None:
    found = all_redirects(following, here)

    for one, kept in found.items():
        assert kept in here
        assert kept not in found or kept == one


def test_a_name_held_stays_where_it_means_the_same() -> None:
    target = {"old": "kept"}

    now = in_place_of(lambda one: target.get(one, one), ("old", "x"), ("kept", "x", "y"))

    assert now == {"old", "x", "y"}
