"""Full names taken apart."""

import pytest

from sscdesk.interop.names import read_name


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [
        ("M. Mohamed Sebaa Amwaj", "Mohamed", "Sebaa Amwaj"),
        ("Sebaa Amwaj, Mohammed", "Mohammed", "Sebaa Amwaj"),
        ("WADI TAWIL Fatima-Zahra", "Fatima-Zahra", "Wadi Tawil"),
        ("ÉTOILE-DU-SAHEL Kadiatou", "Kadiatou", "Étoile-du-Sahel"),
        ("Septcollines, konan", "Konan", "Septcollines"),
        ("Mme Awa Traoré", "Awa", "Traoré"),
        ("محمد سبعة أمواج", "محمد", "سبعة أمواج"),
        ("عبد القادر زيتون قديم", "عبد القادر", "زيتون قديم"),
        ("السيدة خديجة جبل أخضر", "خديجة", "جبل أخضر"),
    ],
)
def test_a_name_is_taken_apart(written: str, given: str, family: str) -> None:
    name = read_name(written)

    assert (name.given, name.family) == (given, family)


def test_the_salutation_is_kept() -> None:
    assert read_name("Mme Awa Traoré").salutation == "Mme"
    assert read_name("Dr. Awa Traoré").salutation == "Dr"
    assert read_name("M. Sow").salutation == "M."


def test_an_arabic_name_is_kept_whole_beside() -> None:
    assert read_name("محمد سبعة أمواج").arabic == "محمد سبعة أمواج"
    assert read_name("Awa Traoré").arabic == ""


@pytest.mark.parametrize(
    ("written", "doubt"), [("A. Khamsat Noujoum", "initial-only"), ("Awa", "one-word-name")]
)
def test_an_incomplete_name_is_doubted(written: str, doubt: str) -> None:
    found = read_name(written).doubt

    assert found is not None
    assert found.code == doubt
