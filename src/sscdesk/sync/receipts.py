"""Receipts: what an office holds, said in few bytes, or in four words by telephone.

A receipt is never needed for correctness; it lets the next file be smaller and the
status screen be true. With names of attachments it is a request for what is missing.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from sscdesk.store.files import read_whole, write_aside
from sscdesk.sync import limits, refusing, wire
from sscdesk.sync.bundle_writer import Sender
from sscdesk.sync.certificates import LaptopCertificate
from sscdesk.sync.firstline import RECEIPT_LINE, Kind, expect
from sscdesk.sync.header import Known, is_ascending, known
from sscdesk.sync.keys import SIGNATURE_BYTES, EncryptionKey, is_signed_by
from sscdesk.sync.trust import CardBook, check_sender
from sscdesk.sync.words import first_difference, words_of

RECEIPT_CONTEXT = b"sscdesk receipt 1"
CODE_CONTEXT = b"sscdesk receipt code 1"

CODE_WORDS = 4
"""40 bits: a wrong code passes once in 10**10 for a hundred files sent."""

QR_PREFIX = "SSCDESK2:"


class Receipt(Struct, frozen=True, forbid_unknown_fields=True):
    """An office says to another what it holds."""

    office: wire.Office
    office_key: wire.Key
    certificate: LaptopCertificate
    """Of the laptop that signs."""
    to: wire.Office
    created_at: wire.Instant
    acknowledged: Annotated[tuple[Known, ...], Meta(max_length=limits.STREAMS)]
    """The highest commit held of each stream that both offices may hold; sorted."""
    wanted: Annotated[tuple[wire.Digest, ...], Meta(max_length=limits.WANTED)]
    """Attachments asked for, by the SHA-256 of their content; sorted."""

    @property
    def frontier(self) -> dict[bytes, int]:
        """What is acknowledged, by stream."""
        return {one.stream: one.seq for one in self.acknowledged}


def make_receipt(
    sender: Sender,
    *,
    to: str,
    frontier: Mapping[bytes, int],
    created_at: str,
    wanted: Iterable[bytes] = (),
) -> bytes:
    """Make and sign a receipt; the result is the content of its file."""
    receipt = Receipt(
        office=sender.certificate.office,
        office_key=sender.office_key,
        certificate=sender.certificate,
        to=to,
        created_at=created_at,
        acknowledged=known(frontier.items()),
        wanted=tuple(sorted(set(wanted))),
    )
    body = wire.pack(receipt)
    return RECEIPT_LINE + body + sender.laptop_key.sign(RECEIPT_CONTEXT + body)


def write_receipt(path: Path, content: bytes) -> None:
    """Save a receipt (``.sscreceipt``). Raises ``MachineFailed``."""
    write_aside(path, content)


def read_receipt(path: Path, book: CardBook) -> Receipt:
    """Read a receipt from a file, whatever its name. Raises ``FileRefused``."""
    return check_receipt(read_whole(path, limits.LINE + limits.RECEIPT), book, path.name)


def check_receipt(content: bytes, book: CardBook, name: str = "") -> Receipt:
    """Check a receipt and its signature for the office of ``book``.

    Raises ``FileRefused`` ("file-damaged", "receipt-for-another", "unknown-office",
    "keys-changed", "unknown-laptop", "revoked-laptop", "bad-signature", ...).
    """
    signed = expect(content, Kind.RECEIPT, name)
    if len(signed) > limits.RECEIPT:
        raise refusing.too_large()
    body, signature = signed[:-SIGNATURE_BYTES], signed[-SIGNATURE_BYTES:]
    receipt = wire.canonical(body, Receipt)
    _check_sound(receipt)
    check_sender(book, receipt.office_key, receipt.certificate)
    if not is_signed_by(receipt.certificate.public_key, RECEIPT_CONTEXT + body, signature):
        raise refusing.forged(receipt.office)
    if receipt.to != book.office:
        raise refusing.receipt_for_another(book.office, receipt.office)
    return receipt


def _check_sound(receipt: Receipt) -> None:
    sound = (
        receipt.certificate.office == receipt.office
        and is_ascending([one.stream for one in receipt.acknowledged])
        and is_ascending(receipt.wanted)
    )
    if not sound:
        raise refusing.damaged()


# ---------------------------------------------------------------- by QR code


def receipt_text(content: bytes) -> str:
    """Return the text of a QR code that holds a whole receipt."""
    body = content[len(RECEIPT_LINE) :]
    return QR_PREFIX + base64.b32encode(body).decode("ascii").rstrip("=")


def receipt_from_text(text: str) -> bytes:
    """Return the content of the receipt's file from a QR code's text. Raises ``FileRefused``."""
    bare = "".join(text[: limits.RECEIPT].split()).upper()
    if not bare.startswith(QR_PREFIX):
        raise refusing.damaged()
    encoded = bare[len(QR_PREFIX) :]
    try:
        return RECEIPT_LINE + base64.b32decode(encoded + "=" * (-len(encoded) % 8))
    except ValueError as error:
        raise refusing.damaged() from error


# ---------------------------------------------------------------- by telephone


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that may be acknowledged by its code."""

    bundle: bytes
    holder: str
    """The office that it was made for."""
    holder_key: bytes
    """That office's encryption key."""


def code_of(own: EncryptionKey, maker_key: bytes, bundle: bytes, holder: str) -> tuple[str, ...]:
    """Return the four words by which office ``holder`` confirms that it holds a file.

    Only the two offices can compute them: the code is keyed with the secret that their
    encryption keys share. ``maker_key`` is the encryption key of the file's office.
    """
    return _code(own.shared_with(maker_key), bundle, holder)


def confirmed_by(own: EncryptionKey, heard: str, sent: Iterable[SentFile], office: str) -> SentFile:
    """Return the file that a code heard by telephone confirms.

    Raises ``FileRefused`` ("code-unknown") when it fits none of the files sent.
    """
    for one in sent:
        words = _code(own.shared_with(one.holder_key), one.bundle, one.holder)
        if first_difference(words, heard) is None:
            return one
    raise refusing.wrong_code(office)


def _code(secret: bytes, bundle: bytes, holder: str) -> tuple[str, ...]:
    said = CODE_CONTEXT + bundle + holder.encode("ascii")
    return words_of(hmac.new(secret, said, hashlib.sha256).digest(), CODE_WORDS)
