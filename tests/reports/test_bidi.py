from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.reports.bidi import is_right_to_left, levels, visual_order

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


def test_a_date_beside_a_place_is_not_torn_apart() -> None:
    assert displayed("Rabat · 20 فبراير 2026", 1) == "2026 رياربف 20 · Rabat"
    assert displayed("أمينة · 20 mars", 0) == "ةنيمأ · 20 mars"


def test_brackets_follow_the_text_around_them() -> None:
    assert displayed("قانون (2008-12) جديد", 1) == get_display("قانون (2008-12) جديد", base_dir="R")


def test_a_paragraph_has_the_direction_of_its_document() -> None:
    assert is_right_to_left("2026 مارس", rtl=True)
    assert is_right_to_left("Bamako, Kayes · 9 مارس 2026", rtl=True)
    assert not is_right_to_left("أمينة بنعلي est présidente de l’association", rtl=False)
    assert not is_right_to_left("Mme أمينة بنعلي", rtl=False)
    assert not is_right_to_left("123", rtl=False)
    assert is_right_to_left("123", rtl=True)


def test_a_paragraph_in_the_other_script_has_its_own_direction() -> None:
    assert not is_right_to_left("La délégation a étudié le guichet.", rtl=True)
    assert is_right_to_left("درس الوفد الشباك الموحد.", rtl=False)


def test_nothing_gives_nothing() -> None:
    assert levels("", 0) == b""
    assert visual_order([], []) == []
