"""The lists that come with the desk are whole in three languages."""

import re

import pytest

from sscdesk.model.vocabulary_seed import Term, Vocabularies, seed_terms, term_of

LISTS = sorted({term.list_name for term in seed_terms()})


@pytest.mark.parametrize("name", LISTS)
def test_every_term_has_its_labels(name: str) -> None:
    for term in Vocabularies().terms(name):
        assert term.en.strip()
        assert term.fr.strip()
        assert re.search(r"[\u0600-\u06ff]", term.ar)


@pytest.mark.parametrize("name", LISTS)
def test_codes_are_unique_and_in_order(name: str) -> None:
    terms = [term for term in seed_terms() if term.list_name == name]

    assert len({term.code for term in terms}) == len(terms)
    assert [term.position for term in terms] == list(range(1, len(terms) + 1))


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_labels_lead_back_to_their_code(name: str, language: str) -> None:
    lists = Vocabularies()

    for term in lists.terms(name):
        assert lists.find(name, term.label(language).upper()) == term.code
        assert lists.find(name, term.code) == term.code


def test_accents_and_diacritics_do_not_matter() -> None:
    lists = Vocabularies()

    assert lists.find("country", "senegal") == "SN"
    assert lists.find("country", "COTE D’IVOIRE") == "CI"
    assert lists.find("country", "المَغرِب") == "MA"
    assert lists.find("country", "Atlantis") is None


def test_a_recorded_term_adds_overrides_and_retires() -> None:
    added = Term("country", "GN", 20, "Guinea", "Guinée", "غينيا")
    retired = Term("priority", "low", 1, "Low", "Basse", "منخفضة", retired=True)

    lists = Vocabularies((added, retired))

    assert lists.find("country", "guinee") == "GN"
    assert "low" not in lists.codes("priority")
    assert lists.knows("priority", "low")
    assert lists.label("priority", "low", "fr") == "Basse"
    assert "low" in {term.code for term in lists.terms("priority", retired=True)}


def test_a_name_of_two_codes_means_neither() -> None:
    twin = Term("country", "XX", 99, "Mali", "Mali bis", "مالي الثانية")

    assert Vocabularies((twin,)).find("country", "mali") is None


def test_a_code_of_a_newer_version_is_shown_as_it_is() -> None:
    assert Vocabularies().label("exchange_kind", "hackathon", "fr") == "hackathon"


def test_a_recorded_row_becomes_a_term() -> None:
    row = {"list_name": "country", "code": "GN", "label_fr": "Guinée", "retired": None}

    term = term_of(row)

    assert term.label("en") == "Guinée"
    assert not term.retired
