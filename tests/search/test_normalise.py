import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sscdesk.search.normalise import (
    email_key,
    emails_in,
    fold,
    indexed,
    phone_key,
    phones_in,
    words,
)

TEXTS = st.text(max_size=60) | st.text(
    alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x6FF), max_size=60
)


@pytest.mark.parametrize(
    "one,other",
    [
        ("Élève", "ELEVE"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("œuvre", "OEUVRE"),
        ("Straße", "strasse"),
        ("Ségou", "Se\u0301gou"),
        ("Bàmanankan ɲɔgɔn", "bamanankan nyogon"),
        ("ﬁche", "fiche"),
        ("ÉTAT\u00a0CIVIL", "etat civil"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("أحمد", "احمد"),
        ("إدريس", "ادريس"),
        ("آمنة", "امنه"),
        ("فاطمة", "فاطمه"),
        ("مصطفى", "مصطفي"),
        ("رئيس", "رييس"),
        ("ﻻجئون", "لاجئون"),
        ("٢٠٢٦", "2026"),
        ("۲۰۲۶", "2026"),
        ("soft\u00adhyphen", "softhyphen"),
        ("مر\u200fحبا", "مرحبا"),
    ],
)
def test_what_a_reader_takes_for_the_same_folds_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(TEXTS)
@example("İ")
@example("´")
@example("ﷺ")
@example("½ΐ")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_folding_is_letter_by_letter(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))


@given(st.text(alphabet=st.characters(min_codepoint=0x621, max_codepoint=0x64A), max_size=20))
def test_arabic_with_and_without_vowel_signs_is_the_same(text: str) -> None:
    pointed = "".join(letter + "\u064e\u0651" for letter in text)

    assert fold(pointed) == fold(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x41, max_codepoint=0x17F), max_size=20))
def test_composed_and_decomposed_accents_are_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_lines_stay_lines() -> None:
    assert fold("Été\nHiver").split("\n") == ["ete", "hiver"]


def test_words_are_letters_and_digits() -> None:
    assert words("L’Hôtel, 2 (Rabat-Agdal) n°7") == ["l'hotel", "2", "rabat", "agdal", "n", "7"]


@pytest.mark.parametrize(
    "text,form",
    [
        ("N'Diaye", "ndiaye"),
        ("والتعاون", "تعاون"),
        ("الداخلية", "داخليه"),
        ("وزارة والشؤون", "شوون"),
        ("MA-MIS-2026-0007", "7"),
    ],
)
def test_further_forms_of_a_word_are_indexed(text: str, form: str) -> None:
    assert form in words(indexed(fold(text)))


@pytest.mark.parametrize(
    "one,other",
    [
        ("+212 5 37 00 00 01", "0537000001"),
        ("00212-537-000-001", "(0537) 00.00.01"),
        ("+223 20 22 00 01", "20220001"),
        ("+225 07 20 30 40 50", "20304050"),
        ("٠٥٣٧٠٠٠٠٠١", "0537000001"),
    ],
)
def test_one_telephone_written_in_two_ways_has_one_key(one: str, other: str) -> None:
    assert phone_key(one) == phone_key(other) != ""


def test_too_few_digits_are_no_telephone() -> None:
    assert phone_key("poste 12") == ""


def test_telephones_are_found_in_a_text_and_dates_and_references_are_not() -> None:
    text = "MA-ORG-2019-0001, 2026-03-09: +212 537 00 00 01 ou 20 22 00 01."

    assert phones_in(text) == [phone_key("0537000001"), phone_key("20220001")]


def test_emails_are_found_whatever_their_case() -> None:
    assert emails_in("(Awa.Traore@DGME.example)\ncontact") == [email_key("awa.traore@dgme.example")]


@given(TEXTS)
def test_any_text_can_be_indexed(text: str) -> None:
    assert isinstance(indexed(fold(text)), str)
    phones_in(text)
    emails_in(text)
