"""Each office's own certification authority, and the certificates of its officers.

ECDSA on P-256 with SHA-256 throughout. Private keys are returned as PKCS #8 without encryption:
whoever keeps one encrypts it (the head's under the head's passphrase). Certificates name what a
reader of the PDF sees: officer (CN), function (OU), office (O), country of the office (C).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

from sscdesk.reports.typography import cleaned

Randomness = Callable[[int], bytes]

AUTHORITY_YEARS = 20
OFFICER_YEARS = 5
_YEAR = timedelta(days=365.25)
_LONGEST = 64
"""X.520 upper bound of a name's part."""
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""RFC 9336."""
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class Credential:
    """A private key (PKCS #8, DER) and its certificate (DER)."""

    key: bytes
    certificate: bytes

    def __repr__(self) -> str:
        return f"Credential({fingerprint(self.certificate)})"


def make_office_authority(
    office: str, name: str, now: datetime, randomness: Randomness
) -> Credential:
    """Make the authority of ``office`` ("MA"), whose printed name is ``name``."""
    key = _key(randomness)
    subject = _subject(office, name, name)
    builder = (
        _builder(subject, subject, key.public_key(), randomness)
        .not_valid_before(_midnight(now))
        .not_valid_after(_midnight(now) + AUTHORITY_YEARS * _YEAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .add_extension(_identifier(key), critical=False)
    )
    return _signed(builder, key, key)


def issue_officer(
    authority: Credential,
    officer: str,
    function: str,
    now: datetime,
    randomness: Randomness,
    identifier: str = "",
) -> Credential:
    """Make the key and certificate with which ``officer`` signs for the office.

    The office is that of the authority; the certificate ends no later than the authority.
    ``identifier`` is that of the officer's record, by which a departure is known.
    """
    issuer = x509.load_der_x509_certificate(authority.certificate)
    issuer_key = load_key(authority.key)
    key = _key(randomness)
    country = _part(issuer.subject, NameOID.COUNTRY_NAME)
    office = _part(issuer.subject, NameOID.ORGANIZATION_NAME)
    subject = _subject(country, office, officer, function, identifier)
    ends = min(_midnight(now) + OFFICER_YEARS * _YEAR, issuer.not_valid_after_utc)
    builder = (
        _builder(subject, issuer.subject, key.public_key(), randomness)
        .not_valid_before(_midnight(now))
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
        .add_extension(_identifier(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    return _signed(builder, key, issuer_key)


def load_key(der: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the key of a credential; raises ValueError for anything but a key on P-256."""
    key = serialization.load_der_private_key(der, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a private key on P-256")
    return key


def fingerprint(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate in hexadecimal."""
    return x509.load_der_x509_certificate(certificate).fingerprint(hashes.SHA256()).hex()


def _key(randomness: Randomness) -> ec.EllipticCurvePrivateKey:
    """FIPS 186-5, A.2.1: 128 bits more than the order needs, so that no key is likelier."""
    secret = int.from_bytes(randomness(48)) % (_ORDER - 1) + 1
    return ec.derive_private_key(secret, ec.SECP256R1())


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public_key: ec.EllipticCurvePublicKey,
    randomness: Randomness,
) -> x509.CertificateBuilder:
    serial = int.from_bytes(randomness(20)) >> 2 | 1 << 157
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(serial)
    )


def _signed(
    builder: x509.CertificateBuilder,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
) -> Credential:
    certificate = builder.sign(issuer_key, hashes.SHA256(), ecdsa_deterministic=True)
    der = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return Credential(der, certificate.public_bytes(serialization.Encoding.DER))


def _subject(
    country: str, office: str, name: str, function: str = "", identifier: str = ""
) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, country),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, _short(office)),
    ]
    if function.strip():
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _short(function)))
    parts.append(x509.NameAttribute(NameOID.COMMON_NAME, _short(name)))
    if identifier:
        parts.append(x509.NameAttribute(NameOID.USER_ID, identifier))
    return x509.Name(parts)


def _short(text: str) -> str:
    return cleaned(text).replace("\n", " ").strip()[:_LONGEST].strip() or "—"


def _part(name: x509.Name, oid: ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _identifier(key: ec.EllipticCurvePrivateKey) -> x509.SubjectKeyIdentifier:
    return x509.SubjectKeyIdentifier.from_public_key(key.public_key())


def _midnight(moment: datetime) -> datetime:
    """Certificates begin with the day, so that a clock a little behind still accepts them."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
