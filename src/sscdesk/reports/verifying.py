"""Verifying a PDF from anywhere: who signed it, whether it is as it was signed, whom to believe.

An allow-list, not a list of attacks: the file is one version made by the desk, then one version
per signature, and a version after the first may hold a signature in an expected field and nothing
else. Whatever a file holds, the answer is a verdict; nothing is fetched, nothing is raised.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    FormUpdatingRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.status import SignatureCoverageLevel

from sscdesk.reports import inspection
from sscdesk.reports.verdict import Pin, Reason, SignatureFound, Verdict, Weight, reason

LARGEST = 64 * 1024 * 1024
"""Bytes; larger files are refused before they are read."""

_LAWFUL = StandardDiffPolicy(
    global_rules=[CatalogModificationRule()],  # type: ignore[no-untyped-call]
    form_rule=FormUpdatingRule(field_rules=[SigFieldModificationRule()]),
)
"""After a signature: another signature in a field that was there, and nothing else."""

_PIN = re.compile(
    r"sscdesk 1; (?P<kind>\w+); (?P<language>\w\w); (?P<reference>[^;]*); (?P<revision>\d+); "
    r"(?P<code>[0-9A-F-]{14}); (?P<fingerprint>[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class Departure:
    """An officer who signs for the office no more."""

    officer: str
    """The identifier of the officer's record, which the certificate carries."""
    last_day: date


@dataclass(frozen=True, slots=True)
class TrustedOffice:
    """An office whose card this desk has accepted: its code and its authority (DER)."""

    office: str
    authority: bytes
    departed: tuple[Departure, ...] = ()


def verify(pdf: bytes, trusted: Sequence[TrustedOffice]) -> Verdict:
    """Return what can be said of ``pdf`` by a desk that trusts ``trusted``."""
    refused = _at_first_sight(pdf)
    if refused:
        return Verdict(False, reasons=(refused,))
    try:
        return _Examination(pdf, trusted).verdict()
    except Exception:  # noqa: BLE001
        # Any file may come here, and the libraries below raise whatever they like on a
        # file made to confuse them; each such file gets the same answer.
        return Verdict(False, reasons=(reason("unreadable"),))


def pin_of(pdf: bytes) -> Pin | None:
    """Return which report a PDF says it is, None where it says nothing or cannot be read."""
    if _at_first_sight(pdf):
        return None
    try:
        return _pin(PdfFileReader(BytesIO(pdf)))
    except Exception:  # noqa: BLE001 - the same
        return None


def _at_first_sight(pdf: bytes) -> Reason | None:
    if len(pdf) > LARGEST:
        return reason("too-large")
    if not pdf.startswith(b"%PDF-1."):
        return reason("not-a-pdf")
    return None


def _pin(reader: PdfFileReader) -> Pin | None:
    if "/Info" not in reader.trailer_view:
        return None
    info: Any = reader.trailer_view.raw_get("/Info").get_object()
    found = _PIN.fullmatch(str(info.get("/Keywords", "")))
    if not found:
        return None
    return Pin(
        found["kind"],
        found["language"],
        found["reference"],
        int(found["revision"]),
        found["code"],
        found["fingerprint"],
    )


class _Examination:
    def __init__(self, pdf: bytes, trusted: Sequence[TrustedOffice]) -> None:
        self._pdf = pdf
        self._trusted = trusted
        self._reader = PdfFileReader(BytesIO(pdf))
        self._reasons: list[Reason] = []

    def verdict(self) -> Verdict:
        if self._reader.encrypted:
            return Verdict(False, reasons=(reason("encrypted"),))
        signatures = list(self._reader.embedded_signatures)
        if not signatures:
            self._found("unsigned")
        found = tuple(self._signature(place, item) for place, item in enumerate(signatures))
        self._structure(signatures)
        self._signers(found)
        awaiting = self._awaiting()
        if found and awaiting:
            self._found("awaiting", count=str(len(awaiting)))
        reasons = tuple(
            sorted(dict.fromkeys(self._reasons), key=lambda item: item.weight, reverse=True)
        )
        valid = bool(found) and all(item.weight is Weight.NOTE for item in reasons)
        return Verdict(valid, found, reasons, awaiting, _pin(self._reader))

    def _found(self, code: str, **params: str) -> None:
        self._reasons.append(reason(code, **params))

    # --- the file

    def _structure(self, signatures: Sequence[Any]) -> None:
        reader = self._reader
        if inspection.has_active_content(reader):
            self._found("active-content")
        if inspection.has_hidden_objects(reader):
            self._found("hidden-content")
        if inspection.field_types(reader) - {"/Sig"}:
            self._found("foreign-form")
        if self._pdf.count(b"/ByteRange") != len(signatures):
            self._found("loose-signature")
        if signatures:
            self._versions(signatures)

    def _versions(self, signatures: Sequence[Any]) -> None:
        """One version by the desk, then one per signature, and not a byte more."""
        if signatures[0].signed_revision != 1:
            self._found("changed-before")
        whole = signatures[-1].coverage is SignatureCoverageLevel.ENTIRE_FILE
        if not whole or self._reader.total_revisions != 1 + len(signatures):
            self._found("appended")

    def _awaiting(self) -> tuple[str, ...]:
        fields = enumerate_sig_fields(self._reader)
        return tuple(name for name, value, _ in fields if value is None)

    # --- one signature

    def _signature(self, place: int, embedded: Any) -> SignatureFound:
        try:
            certificate = x509.load_der_x509_certificate(embedded.signer_cert.dump())
        except (SignatureValidationError, ValueError, AssertionError):
            self._found("bad-signature", field=embedded.field_name)
            return _nobody(embedded.field_name)
        officer = _part(certificate.subject, NameOID.COMMON_NAME)
        intact = self._intact(embedded, officer)
        at = _moment(embedded)
        office = self._authority(certificate, officer)
        trusted = office is not None and self._believed(office, certificate, officer, at)
        code = office.office if office else ""
        found = SignatureFound(
            field=embedded.field_name,
            officer=officer,
            function=_part(certificate.subject, NameOID.ORGANIZATIONAL_UNIT_NAME),
            office=code,
            office_name=_part(certificate.subject, NameOID.ORGANIZATION_NAME),
            signed_at=at,
            intact=intact,
            trusted=trusted,
            covers_whole_file=embedded.coverage is SignatureCoverageLevel.ENTIRE_FILE,
            signed_after=_signed_after(embedded),
            certificate=certificate.fingerprint(hashes.SHA256()).hex(),
        )
        self._right_place(found)
        if intact and not self._plain(embedded, office):
            self._found("loose-signature")
        return found

    def _plain(self, embedded: Any, office: TrustedOffice | None) -> bool:
        """Of a stranger's container only what needs no trust is known: let the stranger be."""
        if office is None:
            return True
        return inspection.is_plain_container(
            embedded.pkcs7_content,
            embedded.signed_data,
            (embedded.signer_cert.dump(), office.authority),
        )

    def _intact(self, embedded: Any, officer: str) -> bool:
        """Check the range, the signature over it, and what came after it."""
        if embedded.sig_object_type != "/Sig" or not _ordinary_range(self._pdf, embedded):
            self._found("bad-coverage", field=embedded.field_name)
            embedded.coverage = SignatureCoverageLevel.UNCLEAR
            return False
        try:
            embedded.compute_integrity_info(diff_policy=_LAWFUL)
            same, signed = validate_sig_integrity(
                embedded.signer_info,
                embedded.signer_cert,
                expected_content_type="data",
                actual_digest=embedded.compute_digest(),
            )
        except (SignatureValidationError, InvalidSignature, ValueError):
            self._found("bad-signature", field=embedded.field_name)
            return False
        if not same:
            self._found("altered", officer=officer)
        elif not signed:
            self._found("bad-signature", field=embedded.field_name)
        return same and signed and self._lawful_after(embedded, officer)

    def _lawful_after(self, embedded: Any, officer: str) -> bool:
        if embedded.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
            self._found("bad-coverage", field=embedded.field_name)
            return False
        if not embedded.summarise_integrity_info()["docmdp_ok"]:
            self._found("unlawful-change", officer=officer)
            return False
        return True

    # --- whom to believe

    def _authority(self, certificate: x509.Certificate, officer: str) -> TrustedOffice | None:
        claimed = False
        for office in self._trusted:
            authority = x509.load_der_x509_certificate(office.authority)
            claimed = claimed or _claims(certificate, authority)
            try:
                certificate.verify_directly_issued_by(authority)
            except (ValueError, TypeError, InvalidSignature):
                continue
            return office
        name = _part(certificate.subject, NameOID.ORGANIZATION_NAME)
        if claimed:
            self._found("impostor", officer=officer, office_name=name)
        else:
            self._found("unknown-authority", officer=officer)
        return None

    def _believed(
        self,
        office: TrustedOffice,
        certificate: x509.Certificate,
        officer: str,
        at: datetime | None,
    ) -> bool:
        if not _made_for_signing(certificate):
            self._found("not-a-signer", officer=officer)
            return False
        if at is None:
            self._found("no-time", officer=officer)
            return False
        authority = x509.load_der_x509_certificate(office.authority)
        if not _valid_at(certificate, at) or not _valid_at(authority, at):
            self._found("expired", officer=officer, date=at.date().isoformat())
            return False
        return self._in_office(office, certificate, officer, at)

    def _in_office(
        self, office: TrustedOffice, certificate: x509.Certificate, officer: str, at: datetime
    ) -> bool:
        identifier = _part(certificate.subject, NameOID.USER_ID)
        for departure in office.departed:
            if departure.officer != identifier:
                continue
            if at.date() > departure.last_day:
                self._found("departed", officer=officer, date=at.date().isoformat())
                return False
            self._found("departed-later", officer=officer)
        return True

    def _right_place(self, found: SignatureFound) -> None:
        expected = found.field.rpartition("-")[2]
        if found.office and found.office != expected:
            self._found("wrong-office", officer=found.officer, office_name=found.office_name)

    def _signers(self, found: Sequence[SignatureFound]) -> None:
        seen: set[str] = set()
        for signature in found:
            if signature.certificate in seen:
                self._found("same-signer", officer=signature.officer)
            seen.add(signature.certificate)


def _nobody(field: str) -> SignatureFound:
    """A signature that does not even tell whose it would be."""
    return SignatureFound(field, "", "", "", "", None, False, False, False)


def _ordinary_range(pdf: bytes, embedded: Any) -> bool:
    """Say whether a signature covers all from the first byte but its own hexadecimal digits."""
    numbers = [int(number) for number in embedded.byte_range]
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:
        return False
    _, first, second, rest = numbers
    if not 0 < first < second < second + rest <= len(pdf):
        return False
    gap: bytes = pdf[first:second]
    digits: bytes = embedded.pkcs7_content.hex().upper().encode()
    return gap == b"<" + digits + b">"


def _signed_after(embedded: Any) -> tuple[str, ...]:
    result = embedded.diff_result
    return tuple(sorted(result.changed_form_fields)) if isinstance(result, DiffResult) else ()


def _moment(embedded: Any) -> datetime | None:
    at: datetime | None = embedded.self_reported_timestamp
    if at is None:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _claims(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    """Say whether a certificate bears the name or country of an authority it is not from."""
    if certificate.issuer == authority.subject:
        return True
    own, other = certificate.subject, authority.subject
    return any(
        _part(own, oid) and _part(own, oid) == _part(other, oid)
        for oid in (NameOID.ORGANIZATION_NAME, NameOID.COUNTRY_NAME)
    )


def _made_for_signing(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return usage.digital_signature and usage.content_commitment and not basic.ca


def _valid_at(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _part(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""
