"""Text is kept without what nobody can see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.model.cleaning import cleaned_line, cleaned_lines, has_unseen, western_digits


@given(st.text())
def test_what_is_cleaned_is_clean_and_stays_so(text: str) -> None:
    lines, line = cleaned_lines(text), cleaned_line(text)

    assert not has_unseen(lines)
    assert not has_unseen(line)
    assert "\n" not in line
    assert cleaned_lines(lines) == lines
    assert cleaned_line(line) == line
    assert unicodedata.is_normalized("NFC", lines)


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Awa\u202eéroarT", "AwaéroarT"),
        ("a\x00b\ufeff", "ab"),
        ("Traore\u0301", "Traoré"),
        (" deux\r\nlignes ", "deux\nlignes"),
    ],
)
def test_hidden_characters_go_and_letters_are_composed(text: str, wanted: str) -> None:
    assert cleaned_lines(text) == wanted


@pytest.mark.parametrize("text", ["محمد\u200fسبعة", "می\u200cشود", "وزارة (MDCMRE)"])
def test_marks_that_arabic_needs_stay(text: str) -> None:
    assert cleaned_line(text) == text


def test_a_line_has_no_breaks() -> None:
    assert cleaned_line("une\nligne\tet demie") == "une ligne et demie"


def test_arabic_digits_are_read_as_digits() -> None:
    assert western_digits("٢٠٢٦ ۱۲") == "2026 12"
