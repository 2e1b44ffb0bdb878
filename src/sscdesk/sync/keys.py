"""The keys of offices and laptops: signing with Ed25519, encryption to X25519 (age).

Keys are 32 raw bytes wherever they are kept or sent; the age library wants them in
Bech32 text (BIP 173), which only this module writes. Randomness is passed in, so that
a simulation owns it. Sources: RFC 8032 (Ed25519), RFC 7748 (X25519), age-encryption.org/v1.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)

Randomness = Callable[[int], bytes]
"""Gives that many random bytes; ``secrets.token_bytes`` outside tests."""

KEY_BYTES = 32
SIGNATURE_BYTES = 64

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private Ed25519 key, of an office or of a laptop."""

    secret: bytes = field(repr=False)
    """32 bytes (the seed of RFC 8032)."""

    @classmethod
    def generate(cls, randomness: Randomness) -> "SigningKey":
        """Make a new key."""
        return cls(randomness(KEY_BYTES))

    @property
    def public(self) -> bytes:
        """The 32 bytes that others verify with."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of a signature over ``message``."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)


@dataclass(frozen=True, slots=True)
class EncryptionKey:
    """A private X25519 key of an office: what is encrypted to it, this office reads."""

    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls, randomness: Randomness) -> "EncryptionKey":
        """Make a new key."""
        return cls(randomness(KEY_BYTES))

    @property
    def public(self) -> bytes:
        """The 32 bytes that others encrypt to."""
        return X25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    def age_identity(self) -> str:
        """Return the key as the age library reads it; never show or store this text."""
        return bech32("age-secret-key-", self.secret).upper()

    def shared_with(self, public: bytes) -> bytes:
        """Return the secret that only this office and the owner of ``public`` can know.

        Raises ``ValueError`` for a key that is none (RFC 7748, section 6.1).
        """
        other = X25519PublicKey.from_public_bytes(public)
        return X25519PrivateKey.from_private_bytes(self.secret).exchange(other)


def is_signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether ``signature`` over ``message`` was made with the key of ``public``."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def age_recipient(public: bytes) -> str:
    """Return a public encryption key as the age library reads it."""
    return bech32("age", public)


def bech32(prefix: str, content: bytes) -> str:
    """Write bytes as Bech32 text with its checksum (BIP 173, without its length limit)."""
    values = _five_bits(content)
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _checksum([*expanded, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [(check >> 5 * (5 - place)) & 31 for place in range(6)]
    return prefix + "1" + "".join(_BECH32[value] for value in values)


def _five_bits(content: bytes) -> list[int]:
    whole = int.from_bytes(content, "big")
    bits = len(content) * 8
    padded = -bits % 5
    whole <<= padded
    count = (bits + padded) // 5
    return [(whole >> 5 * (count - 1 - place)) & 31 for place in range(count)]


def _checksum(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            if (top >> place) & 1:
                check ^= generator
    return check
