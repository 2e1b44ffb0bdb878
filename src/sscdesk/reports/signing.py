"""Signing a paper: PAdES B-B, ECDSA on P-256, each signature an incremental update.

The first signature certifies the paper and allows only the other expected signatures; the last
expected one locks it. Nothing here reads a clock or a network.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from asn1crypto import keys, x509
from pyhanko.pdf_utils.content import AppearanceContent
from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.registry import CertificateStore, SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

from sscdesk.i18n import is_right_to_left, language
from sscdesk.model.refusal import FileRefused, Refused
from sscdesk.model.text import N_
from sscdesk.reports.authority import Credential
from sscdesk.reports.fonts import face
from sscdesk.reports.ink import Drawing, Ink
from sscdesk.reports.signatures import BOX, Stamp

DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the signature shows in its field, and in which language."""

    stamp: Stamp
    language: str


def open_fields(pdf: bytes) -> tuple[str, ...]:
    """Return the names of the fields that still expect a signature, in their order.

    Raises FileRefused ``pdf-unreadable``.
    """
    return tuple(name for name, signed in _fields(pdf) if not signed)


def signed_fields(pdf: bytes) -> tuple[str, ...]:
    """Return the names of the fields that hold a signature.

    Raises FileRefused ``pdf-unreadable``.
    """
    return tuple(name for name, signed in _fields(pdf) if signed)


def _fields(pdf: bytes) -> list[tuple[str, bool]]:
    try:
        reader = PdfFileReader(BytesIO(pdf))
        return [(name, value is not None) for name, value, _ in enumerate_sig_fields(reader)]
    except (PdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable() from error


def sign(
    pdf: bytes,
    field: str,
    signer: Credential,
    chain: tuple[bytes, ...],
    when: datetime,
    appearance: Appearance,
) -> bytes:
    """Return ``pdf`` with the signature of ``signer`` in ``field``, as an update of its bytes.

    ``chain`` holds the certificates (DER) above the signer's, ``when`` is written as the time of
    signing. Raises Refused ``already-signed`` or ``no-such-signature-field``, and FileRefused
    ``pdf-unreadable``.
    """
    _must_be_open(pdf, field)
    try:
        return asyncio.run(_signed(pdf, field, signer, chain, when, appearance))
    except (PdfError, SigningError) as error:
        raise _unreadable() from error


def _must_be_open(pdf: bytes, field: str) -> None:
    fields = dict(_fields(pdf))
    if field not in fields:
        raise Refused(
            "no-such-signature-field",
            N_("This report has no place for this signature."),
            hint=N_("Nothing was signed. Build a new revision that names the signer."),
        )
    if fields[field]:
        raise Refused(
            "already-signed",
            N_("This place is already signed."),
            hint=N_("Nothing was changed. Verify the report to see who signed."),
        )


async def _signed(
    pdf: bytes,
    field: str,
    signer: Credential,
    chain: tuple[bytes, ...],
    when: datetime,
    appearance: Appearance,
) -> bytes:
    writer = _Update(BytesIO(pdf))
    signers = [name for name, _signed in _fields(pdf)]
    others_follow = len(open_fields(pdf)) > 1
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=len(open_fields(pdf)) == len(signers),
        docmdp_permissions=MDPPerm.FILL_FORMS if others_follow else MDPPerm.NO_CHANGES,
        name=appearance.stamp.signer.name,
        location=appearance.stamp.signer.office,
    )
    style: Any = _Style(appearance)
    making = _Signing(metadata, _signer(signer, chain), stamp_style=style)
    session = making.init_signing_session(writer, existing_fields_only=True)
    session.system_time = when
    size = await session.estimate_signature_container_size(None)
    document = session.prepare_tbs_document(None, bytes_reserved=size)
    output = BytesIO()
    prepared, _ = document.digest_tbs_document(output=output)
    attributes = PdfCMSSignedAttributes(signing_time=when)
    await document.perform_signature(prepared.document_digest, attributes)
    return output.getvalue()


def _signer(signer: Credential, chain: tuple[bytes, ...]) -> SimpleSigner:
    registry: CertificateStore = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(x509.Certificate.load(der) for der in chain)
    return SimpleSigner(
        signing_cert=x509.Certificate.load(signer.certificate),
        signing_key=keys.PrivateKeyInfo.load(signer.key),
        cert_registry=registry,
    )


class _Update(IncrementalPdfFileWriter):
    """An update that holds the signature and nothing else."""

    def _update_meta(self) -> None:
        """Leave title and date of the paper alone: they are signed, and no clock is read."""


class _Signing(PdfSigner):
    """A signer that adds no extension to the catalogue, which the papers do not need."""

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Leave the version of the paper as it is."""


class _Style(BaseStampStyle):
    """Hands the library a stamp that this desk draws."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(border_width=0)
        object.__setattr__(self, "_appearance", appearance)

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> Any:
        appearance: Appearance = getattr(self, "_appearance")  # noqa: B009 - frozen base class
        return _Stamp(writer, box, drawn(appearance))


class _Stamp(AppearanceContent):
    def __init__(self, writer: BasePdfFileWriter, box: BoxConstraints, page: bytes) -> None:
        super().__init__(writer, box)
        self._page = page

    def register(self) -> IndirectObject:
        page = PdfFileReader(BytesIO(self._page))
        reference: IndirectObject = self._ensure_writer.import_page_as_xobject(page)
        return reference


def drawn(appearance: Appearance) -> bytes:
    """Return a PDF of one page, the size of a signature field, with the stamp."""
    stream = BytesIO()
    canvas: Any = Canvas(
        stream,
        pagesize=BOX,
        pageCompression=1,
        invariant=1,
        initialFontName=face("regular").fontName,  # type: ignore[arg-type]
    )
    told = f"{appearance.stamp.signer.name}{appearance.stamp.signed_at}".encode()
    canvas._doc.subset_tag = "".join(chr(65 + byte % 26) for byte in sha256(told).digest()[:4])
    canvas._doc._timeStamp = SimpleNamespace(YMDhms=(2000, 1, 1, 0, 0, 0), dhh=0, dmm=0)
    with language(appearance.language):
        ink = Ink(Drawing(canvas._doc))
        appearance.stamp.draw(ink, appearance.language, is_right_to_left())
    canvas.addLiteral(ink.operators())
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _unreadable() -> FileRefused:
    return FileRefused(
        "pdf-unreadable",
        N_("This file is no PDF that can be read, or it is damaged."),
        hint=N_("Nothing was changed. Ask the sender for the file again."),
    )
