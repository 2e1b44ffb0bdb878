"""Headings and the fields that they mean."""

import pytest

from sscdesk.interop.columns import SURE, folded, guessed, is_known_heading

PERSON = {
    "given": "Given name",
    "family": "Family name",
    "name_ar": "Name (Arabic)",
    "full_name": "Full name",
    "function": "Function",
    "organisation": "Organisation",
    "emails": "Professional e-mails",
    "telephones": "Professional telephones",
    "sex": "Sex",
    "notes": "Notes on the person",
}
MISSION = {
    "purpose_fr": "Purpose (French)",
    "departs_on": "Departs on",
    "returns_on": "Returns on",
    "itinerary": "Route",
    "budget": "Budget",
    "currency": "Currency",
    "travellers": "Travellers",
    "state": "State",
    "notes": "Notes",
    "order_number": "Number of the mission order",
}


SYNONYMS = {"telephones": "phones", "budget": "budget_amount", "order_number": "mission_order"}


def fields(headings: list[str], labels: dict[str, str]) -> list[str | None]:
    return [guess.field for guess in guessed(headings, labels, SYNONYMS)]


@pytest.mark.parametrize(
    "headings",
    [
        ["Nom & Prénom", "Fonction", "Structure", "Tél.", "E-mail", "Sexe", "Observations"],
        ["الاسم الكامل", "الصفة", "المؤسسة", "الهاتف", "البريد الإلكتروني", "الجنس", "ملاحظات"],
        ["Full name", "Position", "Organization", "Phone", "Mail", "Gender", "Remarks"],
    ],
)
def test_a_list_of_people_in_three_languages(headings: list[str]) -> None:
    assert fields(headings, PERSON) == [
        "full_name",
        "function",
        "organisation",
        "telephones",
        "emails",
        "sex",
        "notes",
    ]


def test_the_name_of_a_field_is_certain() -> None:
    (guess,) = guessed(["name_ar"], PERSON)

    assert (guess.field, guess.confidence) == ("name_ar", 100)


def test_headings_under_a_common_one() -> None:
    headings = ["Dates / Départ", "Dates / Retour", "Budget / Montant", "Budget / Devise"]

    assert fields(headings, MISSION) == ["departs_on", "returns_on", "budget", "currency"]


def test_a_misspelt_heading_is_less_certain() -> None:
    (guess,) = guessed(["Fonctoin"], PERSON)

    assert guess.field == "function"
    assert guess.confidence < SURE


def test_no_field_is_guessed_twice() -> None:
    guesses = guessed(["Téléphone", "Tél."], PERSON, SYNONYMS)

    assert [guess.field for guess in guesses].count("telephones") == 1


def test_a_heading_like_nothing_means_nothing() -> None:
    assert fields(["Photo du badge", ""], PERSON) == [None, None]


def test_case_accents_and_arabic_spelling_do_not_matter() -> None:
    assert folded("  É-MAIL ") == folded("e mail")
    assert folded("الاسم الكـامل") == folded("الاسم الكامل")
    assert is_known_heading("OBJET DE LA MISSION")
    assert is_known_heading("Dates / Retour")
    assert not is_known_heading("Monsieur le Directeur,")
