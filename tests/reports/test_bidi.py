from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.reports.bidi import base_level, levels, visual_order

LETTERS = "abé AZأمينة بنعلي السلام0123456789٠١٢ .,:;!?%+-/()[]{}«»'\"€°"


def displayed(text: str, base: int) -> str:
    """The characters of a line from left to right; brackets as they are written."""
    return "".join(visual_order(text, levels(text, base)))


@given(st.text(alphabet=LETTERS, max_size=40))
def test_the_order_is_that_of_an_independent_implementation(text: str) -> None:
    for base, name in ((0, "L"), (1, "R")):
        assert displayed(text, base) == get_display(text, base_dir=name)


def test_a_name_in_arabic_stands_in_a_french_line() -> None:
    text = "Mme أمينة, présidente"

    assert displayed(text, 0) == "Mme ةنيمأ, présidente"


def test_a_reference_number_reads_from_the_left_in_an_arabic_line() -> None:
    assert "MA-FUP-2026-0041" in displayed("متابعة MA-FUP-2026-0041 مفتوحة", 1)


def test_brackets_follow_the_text_around_them() -> None:
    assert displayed("قانون (2008-12) جديد", 1) == get_display("قانون (2008-12) جديد", base_dir="R")


def test_the_first_strong_letter_gives_the_direction_of_a_paragraph() -> None:
    assert base_level("2026 مارس") == 1
    assert base_level("(9) mars") == 0
    assert base_level("123") == 0


def test_nothing_gives_nothing() -> None:
    assert levels("", 0) == []
    assert visual_order([], []) == []
