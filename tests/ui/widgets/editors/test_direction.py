"""The direction of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.i18n import set_default_language
from sscdesk.ui.widgets.editors.direction import (
    LEFT_TO_RIGHT,
    RIGHT_TO_LEFT,
    direction_of,
    in_its_direction,
    isolated,
)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Rabat", LEFT_TO_RIGHT),
        ("الرباط", RIGHT_TO_LEFT),
        ("9 مارس 2026", RIGHT_TO_LEFT),
        ("12 (Rabat) الرباط", LEFT_TO_RIGHT),
        ("", RIGHT_TO_LEFT),
        ("123", RIGHT_TO_LEFT),
    ],
)
def test_the_first_letter_decides_and_the_surroundings_where_there_is_none(
    text: str, direction: object
) -> None:
    assert direction_of(text, RIGHT_TO_LEFT) == direction


@given(st.text())
def test_isolates_are_put_around_a_text_and_never_into_it(text: str) -> None:
    for around in (LEFT_TO_RIGHT, RIGHT_TO_LEFT):
        assert in_its_direction(text, around).strip("\u2066\u2067\u2069") == text.strip(
            "\u2066\u2067\u2069"
        )


def test_pieces_of_a_line_are_isolated_in_arabic_only() -> None:
    plain = isolated("PDF")
    set_default_language("ar")

    assert plain == "PDF"
    assert isolated("PDF") == "\u2068PDF\u2069"
