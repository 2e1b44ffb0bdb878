from hypothesis import given
from hypothesis import strategies as st

from sscdesk.reports.typography import breakable, cleaned, paragraphs, typeset

NARROW = "\u202f"
NO_BREAK = "\u00a0"


def test_french_punctuation_is_held_to_the_word_before_it() -> None:
    assert typeset("Le guichet : ouvert ; fermé !", "fr") == (
        f"Le guichet{NARROW}: ouvert{NARROW}; fermé{NARROW}!"
    )
    assert typeset("Vraiment ? « oui »", "fr") == f"Vraiment{NARROW}? «{NARROW}oui{NARROW}»"


def test_english_punctuation_is_left_alone() -> None:
    assert typeset("Open : closed ; now", "en") == "Open : closed ; now"


def test_a_number_is_never_parted_from_what_it_counts() -> None:
    assert typeset("38 % de 28 000 XOF", "fr") == f"38{NARROW}% de 28{NARROW}000{NO_BREAK}XOF"
    assert typeset("le 9 mars 2026", "fr") == f"le 9{NO_BREAK}mars 2026"
    assert typeset("à 11 h 05", "fr") == f"à 11{NO_BREAK}h{NO_BREAK}05"
    assert typeset("ordre n° 118", "fr") == f"ordre n°{NO_BREAK}118"


def test_a_title_is_never_parted_from_the_name() -> None:
    assert typeset("avec Mme Diarra et M. Koné", "fr") == (
        f"avec Mme{NO_BREAK}Diarra et M.{NO_BREAK}Koné"
    )


def test_a_reference_number_is_never_broken_inside() -> None:
    assert breakable("MA-FUP-2026-0041") == ["MA-FUP-2026-0041"]
    assert breakable("n°\u00a0MA-RAP-2026-0001") == ["n°\u00a0MA-RAP-2026-0001"]
    assert breakable("(MA-MIS-2026-0031),") == ["(MA-MIS-2026-0031),"]
    assert breakable("9–13") == ["9–13"]


def test_a_compound_word_may_break_after_its_hyphen() -> None:
    assert breakable("Mellal-Khénifra") == ["Mellal-", "Khénifra"]


def test_control_and_direction_characters_are_taken_out() -> None:
    assert cleaned("a\x00b\x1b[31m\u202edcba\u202c\u200b\ufeff") == "ab[31mdcba"


def test_what_is_no_character_becomes_visible() -> None:
    assert cleaned("a\ud800b\uffff") == "a\ufffdb\ufffd"


def test_letters_are_composed() -> None:
    assert cleaned("e\u0301te\u0301") == "été"


def test_each_line_of_the_officer_is_a_paragraph() -> None:
    assert paragraphs("un\r\ndeux\n\n\u2028trois", "fr") == ("un", "deux", "trois")


@given(st.text())
def test_only_spaces_and_invisible_characters_are_ever_changed(text: str) -> None:
    before = "".join(cleaned(text).split())

    after = "".join(typeset(text, "fr").replace(NARROW, " ").split())

    assert after == before.replace(NARROW, "").replace(NO_BREAK, "")


@given(st.text())
def test_cutting_a_word_loses_nothing(word: str) -> None:
    assert "".join(breakable(word)) == word
