import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.sync.keys import (
    EncryptionKey,
    SigningKey,
    age_recipient,
    bech32,
    is_signed_by,
)

from .offices import random_bytes

secrets = st.binary(min_size=32, max_size=32)


def test_bech32_is_that_of_bip_173() -> None:
    thirty_two_zeros = bech32("age", bytes(32))

    assert bech32("a", b"") == "a12uel5l"
    assert thirty_two_zeros.startswith("age1" + "q" * 52)


@given(secrets)
def test_the_age_library_reads_our_keys_as_its_own(secret: bytes) -> None:
    key = EncryptionKey(secret)

    identity = pyrage.x25519.Identity.from_str(key.age_identity())

    assert str(identity) == key.age_identity()
    assert str(identity.to_public()) == age_recipient(key.public)


def test_what_is_encrypted_to_a_key_opens_with_it_only() -> None:
    source = random_bytes("keys").randbytes
    one, other = EncryptionKey.generate(source), EncryptionKey.generate(source)
    sealed = pyrage.encrypt(
        b"bonjour", [pyrage.x25519.Recipient.from_str(age_recipient(one.public))]
    )

    opened = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(one.age_identity())])

    assert opened == b"bonjour"
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(other.age_identity())])


@given(secrets, st.binary(), st.integers(0, 511))
def test_a_signature_holds_for_its_message_and_key_alone(
    secret: bytes, message: bytes, bit: int
) -> None:
    key = SigningKey(secret)
    signature = key.sign(message)
    turned = bytearray(signature)
    turned[bit // 8] ^= 1 << bit % 8

    assert is_signed_by(key.public, message, signature)
    assert not is_signed_by(key.public, message + b"x", signature)
    assert not is_signed_by(SigningKey(secret[::-1] + b"").public, message + b"y", signature)
    assert not is_signed_by(key.public, message, bytes(turned))


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(64), bytes(65)])
def test_what_is_no_signature_is_refused_quietly(signature: bytes) -> None:
    assert not is_signed_by(SigningKey(b"\x01" * 32).public, b"", signature)
    assert not is_signed_by(b"short", b"", signature)


@given(secrets, secrets)
def test_two_offices_share_a_secret(one: bytes, other: bytes) -> None:
    a, b = EncryptionKey(one), EncryptionKey(other)

    assert a.shared_with(b.public) == b.shared_with(a.public)


@pytest.mark.parametrize("public", [bytes(32), b"\x01" + bytes(31), b"short"])
def test_a_key_that_keeps_no_secret_is_refused(public: bytes) -> None:
    with pytest.raises(ValueError):
        EncryptionKey(b"\x05" * 32).shared_with(public)


def test_secrets_are_not_shown() -> None:
    shown = repr(SigningKey(b"\xaa" * 32)) + repr(EncryptionKey(b"\xaa" * 32))

    assert "xaa" not in shown
