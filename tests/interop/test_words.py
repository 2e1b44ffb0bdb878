"""Codes, telephones, e-mails, yes and no."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.interop.reading import Unreadable
from sscdesk.interop.words import Codes, members, read_boolean, read_email, read_phone

COUNTRIES = Codes(
    "country",
    {
        "MA": ("Morocco", "Maroc", "المغرب"),
        "CI": ("Côte d'Ivoire", "Côte d'Ivoire", "كوت ديفوار"),
        "ML": ("Mali", "Mali", "مالي"),
        "SN": ("Senegal", "Sénégal", "السنغال"),
    },
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("MA", "MA"),
        ("ML ", "ML"),
        ("Maroc", "MA"),
        ("المغرب", "MA"),
        ("Royaume du Maroc", "MA"),
        ("Côte d’Ivoire", "CI"),
        ("COTE D'IVOIRE", "CI"),
        ("RCI", "CI"),
        ("SEN", "SN"),
    ],
)
def test_a_country_is_known_by_all_its_names(written: str, code: str) -> None:
    assert (COUNTRIES.read(written).value, COUNTRIES.read(written).doubt) == (code, None)


def test_a_misspelt_country_is_guessed_and_told() -> None:
    reading = COUNTRIES.read("Marok")

    assert reading.value == "MA"
    assert reading.doubt is not None
    assert reading.doubt.code == "nearly"


def test_a_question_mark_is_told() -> None:
    reading = Codes("mission_status", {"closed": ("Closed", "Close")}).read("Clôturée ?")

    assert reading.value == "closed"
    assert reading.doubt is not None
    assert reading.doubt.code == "asked"


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(Unreadable, match="unknown-code"):
        COUNTRIES.read("trop")


def test_a_set_is_read_from_one_cell() -> None:
    assert COUNTRIES.read_all("SN; Maroc\n;").value == ("MA", "SN")
    assert members("a, b") == ["a", "b"]
    assert members("a, b; c") == ["a, b", "c"]


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("+212 500000001", None, "+212 500000001"),
        ("+212500000002", None, "+212 500000002"),
        ("00212500000001", None, "+212 500000001"),
        ("212 50 00 00 00 1", None, "+212 500000001"),
        ("(212) 500000004", None, "+212 500000004"),
        ("+٢١٢٥٠٠٠٠٠٠٠٦", None, "+212 500000006"),
        ("0500000005", "MA", "+212 500000005"),
        ("02700000001", "CI", "+225 2700000001"),
        ("020000005", "ML", "+223 20000005"),
        ("0500000005", None, "0500000005"),
        ("+33 199000025", "MA", "+33 199000025"),
    ],
)
def test_a_telephone_number_becomes_international(
    written: str, country: str | None, number: str
) -> None:
    assert read_phone(written, country).value == number


def test_words_beside_a_number_are_told() -> None:
    reading = read_phone("0500000005 / bureau", "MA")

    assert reading.value == "+212 500000005"
    assert reading.doubt is not None
    assert reading.doubt.params == {"text": "bureau"}


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    with suppress(Unreadable):
        assert str(read_phone(text, "SN").value).strip()


def test_an_e_mail_address_in_capitals() -> None:
    assert read_email(" AWA@EXAMPLE.ORG ").value == "awa@example.org"
    assert read_email("mailto:Awa@example.org").value == "Awa@example.org"
    with pytest.raises(Unreadable, match="no-email"):
        read_email("awa(at)example.org")


def test_yes_and_no_in_three_languages() -> None:
    assert [read_boolean(word).value for word in ("Oui", "yes", "نعم", "x", True)] == [True] * 5
    assert [read_boolean(word).value for word in ("Non", "no", "لا", "0", False)] == [False] * 5
    with pytest.raises(Unreadable, match="no-yes-or-no"):
        read_boolean("peut-être")
