"""Cards: how an office introduces itself, as a file (``.ssccard``) or a QR code.

A card is signed by the key that it names. That proves only that it is whole; whose it
is, two officers find out by comparing the eight words of its fingerprint.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from cryptography.x509 import load_der_x509_certificate
from msgspec import Meta, Struct

from sscdesk.store.files import read_whole, write_aside
from sscdesk.sync import limits, refusing, wire
from sscdesk.sync.certificates import LaptopCertificate
from sscdesk.sync.firstline import CARD_LINE, Kind, expect
from sscdesk.sync.keys import EncryptionKey, SigningKey, is_signed_by
from sscdesk.sync.words import fingerprint

CARD_CONTEXT = b"sscdesk card 1"
QR_CONTEXT = b"sscdesk short card 1"
QR_PREFIX = "SSCDESK1:"
"""Capitals, digits and a colon: QR codes store them in five and a half bits each."""

NO_AUTHORITY = bytes(32)
"""Stands for the digest of a PDF authority that the office has not made yet."""

_QR_BYTES = 2 + 32 + 32 + 32 + 64
_PROBE = EncryptionKey(b"\x01" * 32)


class Card(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """An office's names, public keys and laptops, signed by the office's key."""

    office: wire.Office
    serial: wire.Sequence
    """Counts the cards of the office from 1: the newer one has the higher number."""
    names: Annotated[
        dict[Annotated[str, Meta(pattern=r"\A[a-z]{2}\Z")], wire.ShortText], Meta(max_length=8)
    ]
    """The office's name by language code."""
    signing_key: wire.Key
    encryption_key: wire.Key
    authority: Annotated[bytes, Meta(max_length=limits.AUTHORITY)]
    """Certificate (DER) of the authority that certifies signatures on PDF reports, or
    nothing while the office has none."""
    laptops: Annotated[tuple[LaptopCertificate, ...], Meta(max_length=limits.CERTIFICATES)]
    issued_at: wire.Instant
    signature: wire.Signature

    def message(self) -> bytes:
        """What the office signs."""
        said = (
            self.office,
            self.serial,
            sorted(self.names.items()),
            self.signing_key,
            self.encryption_key,
            self.authority,
            self.laptops,
            self.issued_at,
        )
        return CARD_CONTEXT + wire.pack(said)

    @cached_property
    def authority_digest(self) -> bytes:
        """SHA-256 of the PDF authority's certificate, zeros where there is none."""
        return hashlib.sha256(self.authority).digest() if self.authority else NO_AUTHORITY

    @cached_property
    def fingerprint(self) -> tuple[str, ...]:
        """The eight words to compare by telephone."""
        return fingerprint(
            self.office, self.signing_key, self.encryption_key, self.authority_digest
        )

    def has_same_keys(self, other: "Card") -> bool:
        """Say whether both cards stand for the same keys (the same fingerprint input)."""
        return self.keys() == other.keys()

    def keys(self) -> tuple[str, bytes, bytes, bytes]:
        """Return what the fingerprint is made of."""
        return (self.office, self.signing_key, self.encryption_key, self.authority_digest)

    def name(self, language: str) -> str:
        """Return the office's name in a language, or in any that it has."""
        return self.names.get(language) or next(iter(self.names.values()), self.office)


@dataclass(frozen=True, slots=True)
class ShortCard:
    """What a QR code holds: enough to check a card, too little to replace it."""

    office: str
    signing_key: bytes
    encryption_key: bytes
    authority_digest: bytes

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """The eight words, the same as those of the whole card."""
        return fingerprint(
            self.office, self.signing_key, self.encryption_key, self.authority_digest
        )

    def is_of(self, card: Card) -> bool:
        """Say whether ``card`` is the one that the QR code was made from, or a later one."""
        mine = (self.office, self.signing_key, self.encryption_key, self.authority_digest)
        return mine == card.keys()


def make_card(
    office: str,
    signing_key: SigningKey,
    encryption_key: EncryptionKey,
    *,
    serial: int,
    names: dict[str, str],
    authority: bytes,
    laptops: tuple[LaptopCertificate, ...],
    issued_at: str,
) -> Card:
    """Make and sign the card of an office."""
    draft = Card(
        office=office,
        serial=serial,
        names=dict(sorted(names.items())),
        signing_key=signing_key.public,
        encryption_key=encryption_key.public,
        authority=authority,
        laptops=laptops,
        issued_at=issued_at,
        signature=bytes(64),
    )
    signature = signing_key.sign(draft.message())
    return decode_card(wire.pack({**_fields(draft), "signature": signature}))


def _fields(card: Card) -> dict[str, object]:
    return {name: getattr(card, name) for name in card.__struct_fields__}


def encode_card(card: Card) -> bytes:
    """Encode a card without its first line, as introductions and the database hold it."""
    return wire.pack(card)


def decode_card(data: bytes) -> Card:
    """Decode a card and check that it is whole and signed by the key it names.

    Raises ``FileRefused`` ("file-damaged", "over-limit", "bad-signature", "unsafe-keys",
    "unknown-laptop").
    """
    if len(data) > limits.CARD:
        raise refusing.too_large()
    card = wire.canonical(data, Card)
    if list(card.names) != sorted(card.names):
        raise refusing.damaged()
    if not is_signed_by(card.signing_key, card.message(), card.signature):
        raise refusing.forged(card.office)
    _check_keys(card)
    _check_laptops(card)
    return card


def _check_keys(card: Card) -> None:
    """Refuse an encryption key that gives everybody the same secret (RFC 7748, 6.1)."""
    try:
        _PROBE.shared_with(card.encryption_key)
        if card.authority:
            load_der_x509_certificate(card.authority)
    except ValueError as error:
        raise refusing.unsafe_card(card.office) from error


def _check_laptops(card: Card) -> None:
    for certificate in card.laptops:
        if certificate.office != card.office or not certificate.is_by(card.signing_key):
            raise refusing.unknown_laptop(card.office)


def write_card(path: Path, card: Card) -> None:
    """Save a card as a file. Raises ``MachineFailed``."""
    write_aside(path, CARD_LINE + encode_card(card))


def read_card(path: Path) -> Card:
    """Read a card from a file, whatever its name. Raises ``FileRefused``."""
    data = read_whole(path, limits.LINE + limits.CARD)
    return decode_card(expect(data, Kind.CARD, path.name))


def qr_text(card: Card, signing_key: SigningKey) -> str:
    """Return the text of the QR code that stands for a card (about 270 characters)."""
    body = card.office.encode("ascii") + card.signing_key + card.encryption_key
    body += card.authority_digest
    signed = body + signing_key.sign(QR_CONTEXT + body)
    return QR_PREFIX + base64.b32encode(signed).decode("ascii").rstrip("=")


def read_qr(text: str) -> ShortCard:
    """Read the text of a QR code. Raises ``FileRefused`` ("file-damaged", "bad-signature")."""
    data = _qr_bytes("".join(text.split()).upper())
    short = ShortCard(data[:2].decode("ascii"), data[2:34], data[34:66], data[66:98])
    if not is_signed_by(short.signing_key, QR_CONTEXT + data[:98], data[98:]):
        raise refusing.forged(short.office)
    return short


def _qr_bytes(text: str) -> bytes:
    if not text.startswith(QR_PREFIX) or len(text) > 400:
        raise refusing.damaged()
    encoded = text[len(QR_PREFIX) :]
    try:
        data = base64.b32decode(encoded + "=" * (-len(encoded) % 8))
    except ValueError as error:
        raise refusing.damaged() from error
    if len(data) != _QR_BYTES or not (data[:2].isalpha() and data[:2].isupper()):
        raise refusing.damaged()
    return data
