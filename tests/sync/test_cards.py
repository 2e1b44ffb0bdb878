from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.model.refusal import FileRefused, MachineFailed
from sscdesk.sync import limits
from sscdesk.sync.cards import (
    Card,
    decode_card,
    encode_card,
    make_card,
    qr_text,
    read_card,
    read_qr,
    write_card,
)
from sscdesk.sync.firstline import CARD_LINE

from .offices import NOON, an_office
from .vectors.opening import _authority as an_authority

MA, ML = an_office("MA", laptops=2), an_office("ML")


def test_a_card_survives_its_file(tmp_path: Path) -> None:
    write_card(tmp_path / "rabat.ssccard", MA.card)

    card = read_card(tmp_path / "rabat.ssccard")

    assert card == MA.card
    assert card.fingerprint == MA.card.fingerprint
    assert [one.number for one in card.laptops] == [1, 2]


def test_the_first_line_of_a_card_says_what_it_is(tmp_path: Path) -> None:
    write_card(tmp_path / "rabat.ssccard", MA.card)

    first = (tmp_path / "rabat.ssccard").read_bytes().split(b"\n")[0]

    assert first == b"sscdesk-card 1 (open in sscdesk 0.1 or later)"


def test_a_card_is_found_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    write_card(tmp_path / "photo.jpg", MA.card)

    assert read_card(tmp_path / "photo.jpg").office == "MA"


def test_an_office_has_a_name_in_each_language_or_its_code() -> None:
    assert MA.card.name("fr") == "Bureau de Rabat"
    assert MA.card.name("ar") == "Bureau de Rabat"
    assert decode_card(encode_card(a_card(names={}))).name("fr") == "MA"


def a_card(**change: object) -> Card:
    said: dict[str, object] = {
        "serial": 1,
        "names": {"fr": "Rabat"},
        "authority": b"",
        "laptops": (),
        "issued_at": NOON,
    }
    return make_card("MA", MA.keys.signing, MA.keys.encryption, **{**said, **change})  # type: ignore[arg-type]


def test_the_pdf_authority_belongs_to_the_fingerprint() -> None:
    with_authority = a_card(authority=an_authority())

    assert with_authority.fingerprint != a_card().fingerprint
    assert not with_authority.has_same_keys(a_card())


def test_names_laptops_and_dates_do_not_belong_to_the_fingerprint() -> None:
    other = a_card(names={"fr": "Ailleurs"}, serial=9, laptops=MA.card.laptops)

    assert other.fingerprint == a_card().fingerprint
    assert other.has_same_keys(a_card())


def test_names_are_kept_in_one_order() -> None:
    card = a_card(names={"fr": "a", "ar": "b", "en": "c"})

    assert list(card.names) == ["ar", "en", "fr"]


@pytest.mark.parametrize("length", [limits.LINE + limits.CARD + 1, 10_000_000])
def test_a_card_that_is_too_large_is_not_read(tmp_path: Path, length: int) -> None:
    path = tmp_path / "large.ssccard"
    path.write_bytes(CARD_LINE + bytes(length))

    with pytest.raises(FileRefused) as refusal:
        read_card(path)

    assert refusal.value.code == "file-too-large"


def test_an_encoded_card_above_the_limit_is_not_decoded() -> None:
    with pytest.raises(FileRefused) as refusal:
        decode_card(bytes(limits.CARD + 1))

    assert refusal.value.code == "over-limit"


def test_a_card_that_is_not_there_is_a_failure_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(MachineFailed):
        read_card(tmp_path / "none.ssccard")


@given(st.data())
def test_no_byte_of_a_card_can_be_changed(data: st.DataObject) -> None:
    encoded = bytearray(encode_card(MA.card))
    place = data.draw(st.integers(0, len(encoded) - 1))
    encoded[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(FileRefused):
        decode_card(bytes(encoded))


@given(st.binary(max_size=300))
def test_anything_may_come_as_a_card(content: bytes) -> None:
    with pytest.raises(FileRefused):
        decode_card(content)


def test_a_qr_code_has_the_same_fingerprint_and_checks_the_card() -> None:
    text = qr_text(MA.card, MA.keys.signing)

    short = read_qr(text)

    assert short.fingerprint == MA.card.fingerprint
    assert short.is_of(MA.card)
    assert not short.is_of(ML.card)
    assert len(text) < 300
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:")


def test_a_qr_code_may_be_typed_in_small_letters_and_groups() -> None:
    text = qr_text(MA.card, MA.keys.signing).lower()

    assert read_qr(" ".join(text[i : i + 8] for i in range(0, len(text), 8))).office == "MA"


@pytest.mark.parametrize("text", ["", "SSCDESK1:", "SSCDESK1:1", "SSCDESK2:AAAA", "é" * 500])
def test_what_is_no_qr_code_of_ours_is_refused(text: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_qr(text)

    assert refusal.value.code == "file-damaged"


def test_a_qr_code_made_by_a_stranger_is_refused() -> None:
    text = qr_text(MA.card, ML.keys.signing)

    with pytest.raises(FileRefused) as refusal:
        read_qr(text)

    assert refusal.value.code == "bad-signature"


@given(st.data())
def test_no_letter_of_a_qr_code_can_be_changed(data: st.DataObject) -> None:
    text = qr_text(MA.card, MA.keys.signing)
    place = data.draw(st.integers(0, len(text) - 2))
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    if letter == text[place]:
        return

    with pytest.raises(FileRefused):
        read_qr(text[:place] + letter + text[place + 1 :])
