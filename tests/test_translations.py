"""The catalogues are whole: what the code marks is what every language translates."""

import catalogues
import pytest
from babel.messages.catalog import Message


def problems_of(message: Message, language: str) -> list[str]:
    return list(catalogues._problems_of_message(message, language))


def test_every_text_is_translated_into_every_language() -> None:
    assert catalogues.problems() == []


def test_a_lost_placeholder_is_found() -> None:
    message = Message("{count} files of {office}", "{count} fichiers")

    assert "placeholders differ" in problems_of(message, "fr")[0]


def test_a_broken_placeholder_is_found() -> None:
    message = Message("{count} files", "{count fichiers")

    assert "placeholders differ" in problems_of(message, "fr")[0]


def test_arabic_wants_six_forms() -> None:
    message = Message(("{count} file", "{count} files"), ("ملف", "{count} ملفات"))

    assert problems_of(message, "ar")[0].startswith("2 forms instead of 6")


@pytest.mark.parametrize(
    ("language", "written", "holds"),
    [
        ("ar", ("لا ملف", "ملف", "ملفان", "{count} ملفات", "{count} ملفا", "{count} ملف"), True),
        ("ar", ("لا ملف", "ملف", "ملفان", "ملفات", "{count} ملفا", "{count} ملف"), False),
        ("fr", ("{count} fichier", "{count} fichiers"), True),
        ("fr", ("un fichier", "{count} fichiers"), False),
        ("en", ("one file", "{count} files"), True),
    ],
)
def test_only_a_form_for_one_number_may_spell_it_out(
    language: str, written: tuple[str, ...], holds: bool
) -> None:
    message = Message(("{count} file", "{count} files"), written)

    assert (problems_of(message, language) == []) is holds


def test_french_signs_never_stand_alone_on_the_next_line() -> None:
    message = Message("Signed: {name}", "Signé : {name}")

    assert "breaking space" in problems_of(message, "fr")[0]


def test_a_pseudo_text_keeps_its_placeholders_and_shows_both_its_ends() -> None:
    assert catalogues.pseudo_text("{count} files") == "⟦{count} fílés····⟧"
