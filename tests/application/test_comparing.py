"""What changed between two texts, and when two changes can stand together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.application.comparing import Mark, Piece, joined, word_changes

PARAGRAPH = st.text("abc dé", max_size=6)
TEXT = st.lists(PARAGRAPH, max_size=6).map("\n".join)


def test_a_changed_word_stands_between_what_stayed() -> None:
    pieces = word_changes("le directeur signe", "le vice-directeur signe")

    assert pieces == (
        Piece(Mark.SAME, "le "),
        Piece(Mark.GONE, "directeur"),
        Piece(Mark.NEW, "vice-directeur"),
        Piece(Mark.SAME, " signe"),
    )


def test_arabic_words_are_compared_as_words() -> None:
    pieces = word_changes("تقرير المهمة", "تقرير البعثة")

    assert [piece.mark for piece in pieces] == [Mark.SAME, Mark.GONE, Mark.NEW]


def test_words_changed_together_are_one_change() -> None:
    pieces = word_changes("le chef de bureau signe", "le haut fonctionnaire signe")

    assert [piece.mark for piece in pieces] == [Mark.SAME, Mark.GONE, Mark.NEW, Mark.SAME]


def test_equal_texts_have_no_change() -> None:
    assert word_changes("deux mots", "deux mots") == (Piece(Mark.SAME, "deux mots"),)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_out_of_the_changes(before: str, after: str) -> None:
    pieces = word_changes(before, after)

    assert "".join(p.text for p in pieces if p.mark is not Mark.GONE) == after
    assert "".join(p.text for p in pieces if p.mark is not Mark.NEW) == before


def test_changes_in_different_paragraphs_are_joined() -> None:
    before = "Objet\nLieu : Bamako\nSuite"

    one = "Objet précisé\nLieu : Bamako\nSuite"
    other = "Objet\nLieu : Bamako\nSuite à donner"

    assert joined(before, [one, other]) == "Objet précisé\nLieu : Bamako\nSuite à donner"


def test_changes_in_the_same_paragraph_are_not_joined() -> None:
    assert joined("Objet", ["Objet précisé", "Objet élargi"]) is None


def test_two_additions_in_the_same_place_are_not_joined() -> None:
    assert joined("Objet", ["Objet\nFin", "Objet\nSuite"]) is None


def test_the_same_change_made_twice_is_made_once() -> None:
    assert joined("a\nb", ["a\nc", "a\nc"]) == "a\nc"


@pytest.mark.parametrize("before", ["", "un\ndeux"])
def test_three_offices_may_change_three_paragraphs(before: str) -> None:
    text = "un\ndeux\ntrois"

    versions = ["UN\ndeux\ntrois", "un\nDEUX\ntrois", "un\ndeux\nTROIS"]

    assert joined(text, versions) == "UN\nDEUX\nTROIS"
    assert joined(before, [before, before]) == before


@given(TEXT, TEXT)
def test_one_change_alone_is_taken_as_it_is(before: str, after: str) -> None:
    assert joined(before, [before, after]) in (after, None)
    assert joined(before, [after]) == after


@given(TEXT, TEXT, TEXT)
def test_the_order_of_offices_does_not_count(before: str, one: str, other: str) -> None:
    assert joined(before, [one, other]) == joined(before, [other, one])
