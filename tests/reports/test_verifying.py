from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscdesk.i18n import language
from sscdesk.reports.verdict import Weight, sentences
from sscdesk.reports.verifying import LARGEST, Departure, pin_of, verify
from tests.reports.attacks import TAMPERED, Attack
from tests.reports.offices import (
    FIRST,
    FOUNDED,
    MOROCCO,
    NADIA,
    SECOND,
    SIGNED,
    a_paper_of_one_signer,
    signed_by,
    signed_once,
    signed_twice,
    the_paper,
    trusted,
)
from tests.reports.reading import verdicts_of


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_report_signed_by_both_offices_is_authentic_and_complete(code: str) -> None:
    verdict = verify(signed_twice(code), trusted())

    assert verdict.complete
    assert verdict.reasons == ()
    assert [found.officer for found in verdict.signatures] == [
        "Nadia Alaoui Exemple",
        "Moussa Keïta Exemple",
    ]
    assert [found.office for found in verdict.signatures] == ["MA", "ML"]
    assert [found.signed_after for found in verdict.signatures] == [(SECOND,), ()]
    assert [found.covers_whole_file for found in verdict.signatures] == [False, True]


def test_a_report_that_waits_for_its_countersignature_is_valid_and_not_complete() -> None:
    verdict = verify(signed_once(), trusted())

    assert verdict.valid
    assert not verdict.complete
    assert verdict.awaiting == (SECOND,)


def test_a_report_of_one_signer_is_locked_by_that_signature() -> None:
    paper = a_paper_of_one_signer()

    verdict = verify(signed_by(paper.pdf, FIRST, NADIA, MOROCCO), trusted())

    assert verdict.complete


def test_an_unsigned_report_is_said_to_be_unsigned() -> None:
    verdict = verify(the_paper().pdf, trusted())

    assert not verdict.valid
    assert verdict.worst is not None
    assert verdict.worst.code == "unsigned"
    assert verdict.awaiting == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("attack", "code"), TAMPERED.items(), ids=lambda it: getattr(it, "__name__", it)
)
def test_no_known_attack_passes(attack: Attack, code: str) -> None:
    verdict = verify(attack(), trusted())

    assert not verdict.valid
    assert code in {found.code for found in verdict.reasons}


def test_no_flipped_byte_passes() -> None:
    pdf = signed_twice()
    for place in range(9, len(pdf), 3001):
        damaged = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]

        assert not verify(damaged, trusted()).valid, place


def test_poppler_agrees_on_two_signatures_and_on_one_flipped_byte(tmp_path: Path) -> None:
    pdf = signed_twice()
    place = pdf.index(b"stream\n") + 40
    damaged = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]

    assert verdicts_of(pdf, tmp_path) == ["Signature is Valid."] * 2
    assert verdicts_of(damaged, tmp_path) == ["Digest Mismatch."] * 2
    assert not verify(damaged, trusted()).valid


def test_nobody_is_believed_by_a_desk_that_trusts_no_office() -> None:
    verdict = verify(signed_twice(), ())

    assert not verdict.valid
    assert all(found.intact and not found.trusted for found in verdict.signatures)


def test_a_signature_outside_the_life_of_its_certificate_is_not_believed() -> None:
    too_late = signed_by(the_paper().pdf, FIRST, NADIA, MOROCCO, FOUNDED + timedelta(days=6 * 365))
    too_early = signed_by(the_paper().pdf, FIRST, NADIA, MOROCCO, FOUNDED - timedelta(days=1))

    for pdf in (too_late, too_early):
        worst = verify(pdf, trusted()).worst
        assert worst is not None
        assert worst.code == "expired"


def test_an_officer_who_left_is_not_believed_from_the_next_day_on() -> None:
    nadia, day = "Nadia Alaoui Exemple", SIGNED.date()

    before = verify(signed_twice(), trusted(Departure(nadia, day - timedelta(days=1))))
    on_the_day = verify(signed_twice(), trusted(Departure(nadia, day)))
    another = verify(signed_twice(), trusted(Departure("somebody else", day - timedelta(days=1))))

    assert [found.code for found in before.reasons] == ["departed"]
    assert on_the_day.valid
    assert [found.code for found in on_the_day.reasons] == ["departed-later"]
    assert another.reasons == ()


def test_the_worst_reason_comes_first() -> None:
    pdf = signed_twice() + b"\n"

    weights = [found.weight for found in verify(pdf, ()).reasons]

    assert weights == sorted(weights, reverse=True)
    assert weights[0] is Weight.TAMPERED


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-a-pdf"),
        (b"hello", "not-a-pdf"),
        (b"junk" + b"%PDF-1.7", "not-a-pdf"),
        (b"%PDF-1.7\n", "unreadable"),
        (b"%PDF-1.7\nxref\n0 1\ntrailer\n<<>>\nstartxref\n9\n%%EOF", "unreadable"),
        (b"%PDF-1.7" + bytes(LARGEST), "too-large"),
    ],
)
def test_a_file_that_is_no_report_gets_a_verdict(data: bytes, code: str) -> None:
    verdict = verify(data, trusted())

    assert [found.code for found in verdict.reasons] == [code]


@given(st.integers(min_value=0, max_value=2**16), st.binary(min_size=1, max_size=40))
@settings(max_examples=40)
def test_a_broken_file_is_never_valid_and_never_raises(place: int, junk: bytes) -> None:
    pdf = signed_once()
    cut = place % len(pdf)
    damaged = pdf[:cut] + junk + pdf[cut + len(junk) :]

    assert damaged == pdf or not verify(damaged, trusted()).valid
    assert not verify(pdf[:cut], trusted()).valid


def test_a_paper_says_which_report_it_is_and_from_which_data() -> None:
    paper = the_paper()

    pin = pin_of(signed_twice())

    assert pin is not None
    assert (pin.kind, pin.language, pin.reference) == ("mission_report", "fr", "MA-RAP-2026-0014")
    assert (pin.revision, pin.check_code) == (1, paper.check_code)
    assert pin_of(b"%PDF-1.7 nothing") is None


def test_the_verdict_is_three_sentences() -> None:
    with language("en"):
        who, changed, advice = sentences(verify(signed_twice(), trusted()))

        assert who.startswith("MA-RAP-2026-0014 revision 1, signed by Nadia Alaoui Exemple (")
        assert changed == "Nothing was added or changed since it was signed."
        assert advice == "You can rely on this document."


def test_somebody_unknown_only_claims_a_name() -> None:
    with language("en"):
        who, _, advice = sentences(verify(signed_once(), ()))

        assert "someone who claims to be Nadia Alaoui Exemple" in who
        assert advice.startswith("Do not rely on it")


def test_the_time_of_a_signature_is_told_in_utc() -> None:
    [found] = verify(signed_once(), trusted()).signatures

    assert found.signed_at == datetime(2026, 3, 20, 10, 5, tzinfo=UTC)
