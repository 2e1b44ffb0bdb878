from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from cryptography import x509

from sscdesk.model.refusal import FileRefused, Refused
from sscdesk.reports import signing
from sscdesk.reports.authority import (
    AUTHORITY_YEARS,
    fingerprint,
    issue_officer,
    make_office_authority,
)
from tests.reports.offices import (
    FIRST,
    FOUNDED,
    MALI,
    MOROCCO,
    MOUSSA,
    NADIA,
    SECOND,
    signed_by,
    signed_once,
    signed_twice,
    the_paper,
)
from tests.reports.reading import fonts_of, text_of, verdicts_of


def test_all_places_for_signatures_are_there_before_the_first() -> None:
    assert signing.open_fields(the_paper().pdf) == (FIRST, SECOND)
    assert signing.signed_fields(the_paper().pdf) == ()


def test_each_signature_fills_its_place_and_leaves_the_earlier_bytes_alone() -> None:
    paper, once, twice = the_paper("fr").pdf, signed_once("fr"), signed_twice("fr")

    assert once.startswith(paper)
    assert twice.startswith(once)
    assert signing.signed_fields(twice) == (FIRST, SECOND)
    assert signing.open_fields(twice) == ()


def test_a_signature_shows_who_signed_as_what_and_when(tmp_path: Path) -> None:
    unsigned = text_of(the_paper("en").pdf, tmp_path)
    text = text_of(signed_twice("en"), tmp_path)

    assert unsigned.count("Nadia Alaoui Exemple") == 1
    for words in ("Nadia Alaoui Exemple", "Moussa Keïta Exemple", "20 mars 2026 11:05 UTC+1"):
        assert words in text
    assert "7F3A-91C2-04DE" in text


def test_the_fonts_of_the_signatures_are_embedded(tmp_path: Path) -> None:
    fonts = fonts_of(signed_twice(), tmp_path)

    assert {font[-5] for font in fonts} == {"yes"}


def test_another_program_finds_two_valid_signatures(tmp_path: Path) -> None:
    assert verdicts_of(signed_once(), tmp_path) == ["Signature is Valid."]
    assert verdicts_of(signed_twice(), tmp_path) == ["Signature is Valid."] * 2


def test_a_place_is_signed_once() -> None:
    with pytest.raises(Refused) as refused:
        signed_by(signed_once(), FIRST, NADIA, MOROCCO)

    assert refused.value.code == "already-signed"


def test_nobody_signs_where_no_signature_is_expected() -> None:
    with pytest.raises(Refused) as refused:
        signed_by(the_paper().pdf, "signature-9-CI", MOUSSA, MALI)

    assert refused.value.code == "no-such-signature-field"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no document"])
def test_what_is_no_document_is_not_signed(data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        signed_by(data, FIRST, NADIA, MOROCCO)

    assert refused.value.code == "pdf-unreadable"


def test_an_officers_certificate_names_officer_function_and_office() -> None:
    certificate = x509.load_der_x509_certificate(NADIA.certificate)

    assert certificate.subject.rfc4514_string() == (
        "UID=Nadia Alaoui Exemple,CN=Nadia Alaoui Exemple,"
        "OU=Directrice de la coopération,O=Bureau du Maroc,C=MA"
    )
    certificate.verify_directly_issued_by(x509.load_der_x509_certificate(MOROCCO.certificate))


def test_a_certificate_does_not_outlive_its_authority() -> None:
    late = FOUNDED + timedelta(days=365 * (AUTHORITY_YEARS - 1))

    officer = issue_officer(MOROCCO, "Tard", "Agent", late, Random(1).randbytes)

    own = x509.load_der_x509_certificate(officer.certificate)
    authority = x509.load_der_x509_certificate(MOROCCO.certificate)
    assert own.not_valid_after_utc == authority.not_valid_after_utc


def test_names_too_long_for_a_certificate_are_shortened() -> None:
    officer = issue_officer(MOROCCO, "N" * 200, "F\n" * 90, FOUNDED, Random(2).randbytes)

    subject = x509.load_der_x509_certificate(officer.certificate).subject
    assert "CN=" + "N" * 64 in subject.rfc4514_string()


def test_the_same_randomness_makes_the_same_authority_and_other_another() -> None:
    made = [
        make_office_authority("SN", "Bureau du Sénégal", FOUNDED, Random(seed).randbytes)
        for seed in (5, 5, 6)
    ]

    assert made[0] == made[1]
    assert fingerprint(made[0].certificate) != fingerprint(made[2].certificate)


def test_a_private_key_is_not_shown_by_accident() -> None:
    assert NADIA.key.hex() not in repr(NADIA)
    assert str(NADIA.key) not in repr(NADIA)
