from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.model.refusal import FileRefused
from sscdesk.sync import limits
from sscdesk.sync.firstline import RECEIPT_LINE
from sscdesk.sync.receipts import (
    SentFile,
    check_receipt,
    code_of,
    confirmed_by,
    make_receipt,
    read_receipt,
    receipt_from_text,
    receipt_text,
    write_receipt,
)
from sscdesk.sync.words import spoken

from .offices import NOON, a_book, a_revocation, an_office, with_revocations

MA, CI, ML = (an_office(code, laptops=2) for code in ("MA", "CI", "ML"))
FRONTIER = {b"\x02" * 16: 70_000, b"\x01" * 16: 3}


def a_receipt(**more: object) -> bytes:
    said = {"to": "MA", "frontier": FRONTIER, "created_at": NOON, **more}
    return make_receipt(ML.sender(), **said)  # type: ignore[arg-type]


def refused(content: bytes, *others: object, reader: object = MA) -> str:
    with pytest.raises(FileRefused) as refusal:
        check_receipt(content, a_book(reader, *others))  # type: ignore[arg-type]
    return refusal.value.code


def test_a_receipt_says_what_its_office_holds(tmp_path: Path) -> None:
    write_receipt(tmp_path / "any name", a_receipt())

    receipt = read_receipt(tmp_path / "any name", a_book(MA, ML))

    assert receipt.office == "ML"
    assert receipt.frontier == FRONTIER


def test_a_receipt_can_ask_for_attachments() -> None:
    wanted = [b"\x05" * 32, b"\x04" * 32, b"\x05" * 32]

    receipt = check_receipt(a_receipt(wanted=wanted), a_book(MA, ML))

    assert receipt.wanted == (b"\x04" * 32, b"\x05" * 32)


def test_a_receipt_takes_few_bytes() -> None:
    assert len(a_receipt()) < 500


def test_a_receipt_travels_as_a_qr_code() -> None:
    text = receipt_text(a_receipt())

    grouped = " ".join(text[i : i + 6] for i in range(0, len(text), 6)).lower()

    assert receipt_from_text(grouped) == a_receipt()


@pytest.mark.parametrize("text", ["", "SSCDESK1:AAAA", "SSCDESK2:1", "é"])
def test_what_is_no_receipts_qr_code_is_refused(text: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        receipt_from_text(text)

    assert refusal.value.code == "file-damaged"


def test_a_receipt_is_for_one_office() -> None:
    assert refused(a_receipt(), ML, reader=CI) == "receipt-for-another"


def test_a_receipt_of_an_unknown_office_is_refused() -> None:
    assert refused(a_receipt()) == "unknown-office"


def test_a_receipt_of_a_lost_laptop_is_refused() -> None:
    book = with_revocations(a_book(MA, ML), a_revocation(ML, ML.laptops[0]))

    with pytest.raises(FileRefused) as refusal:
        check_receipt(a_receipt(), book)

    assert refusal.value.code == "revoked-laptop"


def test_a_receipt_above_the_limit_is_refused() -> None:
    assert refused(RECEIPT_LINE + bytes(limits.RECEIPT + 1), ML) == "over-limit"


@given(st.data())
def test_no_byte_of_a_receipt_can_be_changed(data: st.DataObject) -> None:
    content = bytearray(a_receipt())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))

    refused(bytes(content), ML)


@given(st.binary(max_size=400))
def test_anything_may_come_as_a_receipt(content: bytes) -> None:
    refused(content, ML)
    refused(RECEIPT_LINE + content, ML)


# ---------------------------------------------------------------- by telephone

SENT = [SentFile(bytes([n]) * 16, "ML", ML.keys.encryption.public) for n in range(1, 40)]


def read_out(number: int) -> str:
    maker = MA.keys.encryption.public
    return spoken(code_of(ML.keys.encryption, maker, bytes([number]) * 16, "ML"))


def test_four_words_confirm_one_file_of_many() -> None:
    heard = read_out(17)

    assert len(heard.split()) == 4
    assert confirmed_by(MA.keys.encryption, heard.upper(), SENT, "ML") == SENT[16]


def test_a_file_that_was_not_sent_is_not_confirmed() -> None:
    with pytest.raises(FileRefused) as refusal:
        confirmed_by(MA.keys.encryption, read_out(99), SENT, "ML")

    assert (refusal.value.code, refusal.value.field) == ("code-unknown", "code")


def test_no_other_office_can_compute_the_code() -> None:
    by_abidjan = code_of(CI.keys.encryption, MA.keys.encryption.public, b"\x01" * 16, "ML")

    with pytest.raises(FileRefused):
        confirmed_by(MA.keys.encryption, spoken(by_abidjan), SENT, "ML")


@given(st.integers(1, 39), st.integers(1, 39))
def test_each_file_has_a_code_of_its_own(one: int, other: int) -> None:
    assert (read_out(one) == read_out(other)) == (one == other)
