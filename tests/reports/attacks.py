"""Files that somebody tampered with, made from our own reports, one function per attack."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from asn1crypto import cms, keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sscdesk.reports.authority import load_key
from tests.reports.offices import (
    FIRST,
    MALI,
    MOROCCO,
    MOUSSA,
    NADIA,
    SECOND,
    an_officer,
    authority,
    signed_by,
    signed_once,
    signed_twice,
    the_paper,
)

Attack = Callable[[], bytes]


def updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The document with an incremental update that makes ``change``."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def rewritten(pdf: bytes, change: Callable[[PdfFileWriter], None]) -> bytes:
    """The document written anew, in one version, with ``change``."""
    writer = copy_into_new_writer(PdfFileReader(BytesIO(pdf)))
    writer.stream_xrefs = False
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def _a_stream(text: str = "BT /F1+0 30 Tf 1 0 0 1 80 400 Tm (X) Tj ET") -> generic.StreamObject:
    return generic.StreamObject(stream_data=text.encode())


def _page(writer: Any, place: int = 0) -> Any:
    return writer.find_page_for_modification(place)[0].get_object()


def _field(writer: Any, name: str) -> Any:
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        if field["/T"] == name:
            return field
    raise KeyError(name)


# --- incremental saving ---------------------------------------------------------------------------


def content_added() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.add_stream_to_page(0, writer.add_object(_a_stream()))

    return updated(signed_twice(), change)


def content_added_between_the_signatures() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.add_stream_to_page(0, writer.add_object(_a_stream()))

    return signed_by(updated(signed_once(), change), SECOND, MOUSSA, MALI)


def content_replaced() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _page(writer)
        page["/Contents"] = writer.add_object(_a_stream())
        writer.update_container(page)

    return updated(signed_twice(), change)


def stream_replaced_in_place() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        reference = _page(writer).raw_get("/Contents").reference
        writer.objects[reference.generation, reference.idnum] = _a_stream()

    return updated(signed_once(), change)


def font_replaced() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        fonts = _page(writer)["/Resources"]["/Font"]
        font = next(iter(fonts.values())).get_object()
        font["/Widths"] = generic.ArrayObject([generic.NumberObject(1)])
        writer.update_container(font)

    return updated(signed_twice(), change)


def page_cropped() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _page(writer)
        page["/CropBox"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 100, 100)))
        writer.update_container(page)

    return updated(signed_twice(), change)


def pages_swapped() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        kids = writer.root["/Pages"]["/Kids"]
        kids[0], kids[1] = kids.raw_get(1), kids.raw_get(0)
        writer.update_container(kids)

    return updated(signed_twice(), change)


def title_changed(pdf: bytes | None = None) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        info = writer.trailer.raw_get("/Info").get_object()
        info["/Title"] = pdf_string("Autre titre")
        writer.update_container(info)

    return updated(pdf or signed_twice(), change)


def title_changed_between_the_signatures() -> bytes:
    return signed_by(title_changed(signed_once()), SECOND, MOUSSA, MALI)


def _changed_while_countersigning(change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(signed_once()))
    change(writer)
    signer = SimpleSigner(
        asn1_x509.Certificate.load(MOUSSA.certificate),
        keys.PrivateKeyInfo.load(MOUSSA.key),
        SimpleCertificateStore(),
    )
    metadata = PdfSignatureMetadata(field_name=SECOND, subfilter=SigSeedSubFilter.PADES)
    output = BytesIO()
    PdfSigner(metadata, signer).sign_pdf(writer, existing_fields_only=True, output=output)
    return output.getvalue()


def content_added_while_countersigning() -> bytes:
    return _changed_while_countersigning(
        lambda writer: _ignore(writer.add_stream_to_page(0, writer.add_object(_a_stream())))
    )


def title_changed_while_countersigning() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        info = writer.trailer.raw_get("/Info").get_object()
        info["/Title"] = pdf_string("Autre titre")
        writer.update_container(info)

    return _changed_while_countersigning(change)


def security_store_added() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/DSS"] = generic.DictionaryObject()
        writer.update_root()

    return updated(signed_twice(), change)


def bytes_appended() -> bytes:
    return signed_twice() + b"\n% a remark\n"


def empty_version_appended() -> bytes:
    pdf = signed_twice()
    start = re.findall(rb"startxref\n(\d+)", pdf)[-1]
    size = re.findall(rb"/Size (\d+)", pdf)[-1]
    root = re.findall(rb"/Root (\d+ 0 R)", pdf)[-1]
    place = len(pdf) + 1
    trailer = b"trailer\n<</Size %s /Root %s /Prev %s>>\n" % (size, root, start)
    return pdf + b"\nxref\n0 0\n" + trailer + b"startxref\n%d\n%%%%EOF\n" % place


# --- annotations, fields, signatures that nobody expected -----------------------------------------


def annotation_added(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): generic.ArrayObject(
                    map(generic.NumberObject, (50, 600, 500, 700))
                ),
                pdf_name("/Contents"): pdf_string("900 000 MAD"),
            }
        )
        page = _page(writer)
        page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
        writer.update_container(page)

    return updated(pdf, change)


def evil_annotation_after_the_certification() -> bytes:
    return annotation_added(signed_once())


def evil_annotation_after_the_last_signature() -> bytes:
    return annotation_added(signed_twice())


def sneaky_signature() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        box = (50, 500, 500, 700)
        append_signature_field(writer, SigFieldSpec("signature-3-MA", on_page=0, box=box))

    return signed_by(updated(signed_once(), change), "signature-3-MA", NADIA, MOROCCO)


def expected_field_repainted_without_signature() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = _field(writer, SECOND)
        form = _a_stream()
        form[pdf_name("/Subtype")] = pdf_name("/Form")
        form[pdf_name("/BBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 223, 88)))
        field["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})
        writer.update_container(field)

    return updated(signed_once(), change)


def signed_field_repainted() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = _field(writer, FIRST)
        form = _a_stream()
        form[pdf_name("/Subtype")] = pdf_name("/Form")
        form[pdf_name("/BBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 223, 88)))
        field["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})
        writer.update_container(field)

    return updated(signed_once(), change)


def signature_removed() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = _field(writer, FIRST)
        del field["/V"]
        writer.update_container(field)

    return updated(signed_twice(), change)


def field_moved() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = _field(writer, FIRST)
        field["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 600, 800)))
        writer.update_container(field)

    return updated(signed_once(), change)


# --- forged ranges and containers -----------------------------------------------------------------


def _in_last(pdf: bytes, old: bytes, new: bytes) -> bytes:
    place = pdf.rindex(old)
    return pdf[:place] + new + pdf[place + len(old) :]


def range_missing() -> bytes:
    return _in_last(signed_twice(), b"/ByteRange", b"/ByteRangX")


def _with_range(pdf: bytes, numbers: bytes) -> bytes:
    found = list(re.finditer(rb"/ByteRange \[([^\]]*)\]", pdf))[-1]
    return pdf[: found.start(1)] + numbers.ljust(len(found[1])) + pdf[found.end(1) :]


def range_empty() -> bytes:
    return _with_range(signed_twice(), b"")


def range_of_nothing() -> bytes:
    return _with_range(signed_twice(), b"0 0 0 0")


def range_negative() -> bytes:
    return _with_range(signed_twice(), b"0 -1 5 -9")


def range_shortened() -> bytes:
    pdf = signed_twice()
    numbers = re.findall(rb"/ByteRange \[([^\]]*)\]", pdf)[-1].split()
    return _with_range(pdf, b" ".join([*numbers[:3], b"10"]))


def _with_container(pdf: bytes, change: Callable[[bytes], bytes]) -> bytes:
    found = list(re.finditer(rb"/Contents <([0-9A-Fa-f]+)>", pdf))[-1]
    content = change(bytes.fromhex(found[1].decode()))
    digits = content.hex().upper().encode().ljust(len(found[1]), b"0")[: len(found[1])]
    return pdf[: found.start(1)] + digits + pdf[found.end(1) :]


def container_of_zeros() -> bytes:
    return _with_container(signed_twice(), lambda content: bytes(len(content)))


def container_of_the_other_signature() -> bytes:
    first = re.findall(rb"/Contents <([0-9A-Fa-f]+)>", signed_twice())[0]
    return _with_container(signed_twice(), lambda content: bytes.fromhex(first.decode()))


def signature_object_redefined() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        value = _field(writer, FIRST)["/V"]
        value["/Name"] = pdf_string("Somebody else")
        writer.update_container(value)

    return updated(signed_once(), change)


def signature_wrapped() -> bytes:
    """The second covered part moved to the end; before it a copy that the file now uses.

    The copy holds the signature's object anew, with a range that jumps over the copy.
    """
    pdf = signed_once()
    [found] = re.finditer(rb"/ByteRange \[([^\]]*)\]", pdf)
    first, second, rest = [int(number) for number in found[1].split()][1:]
    start = pdf.rindex(b"\n", 0, pdf.rindex(b" 0 obj", 0, first)) + 1
    entry = pdf[start:second] + pdf[second : pdf.index(b"endobj", second) + 7]
    copy = pdf[second:]
    place = second + len(copy)
    told = b"0 %d %d %d" % (first, place + len(entry), rest)
    entry = entry.replace(found[1], told.ljust(len(found[1])))
    copy = copy.replace(b"%010d 00000 n" % start, b"%010d 00000 n" % place)
    return pdf[:second] + copy + entry + pdf[second:]


def padding_changed() -> bytes:
    return _with_container(signed_twice(), lambda content: content[:-1] + b"\x01")


def certificate_of_a_stranger_put_in() -> bytes:
    stranger = asn1_x509.Certificate.load(authority("FR", "Bureau de France").certificate)

    def change(content: bytes) -> bytes:
        message = cms.ContentInfo.load(content)
        message["content"]["certificates"].append(stranger)
        return bytes(message.dump(force=True))

    return _with_container(signed_twice(), change)


def certificate_swapped() -> bytes:
    """The signer's key under a certificate that names somebody else."""
    impostor = authority("MA", "Bureau du Maroc", seed=7)
    own = x509.load_der_x509_certificate(NADIA.certificate)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Ministre Exemple")])
    issuer = x509.load_der_x509_certificate(impostor.certificate)
    forged = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.subject)
        .public_key(own.public_key())
        .serial_number(own.serial_number)
        .not_valid_before(own.not_valid_before_utc)
        .not_valid_after(own.not_valid_after_utc)
        .sign(load_key(impostor.key), hashes.SHA256(), ecdsa_deterministic=True)
    )

    def change(content: bytes) -> bytes:
        message = cms.ContentInfo.load(content)
        told = message["content"]
        certificate = asn1_x509.Certificate.load(forged.public_bytes(Encoding.DER))
        told["certificates"] = cms.CertificateSet([certificate])
        told["signer_infos"][0]["sid"] = cms.SignerIdentifier(
            {
                "issuer_and_serial_number": {
                    "issuer": certificate.issuer,
                    "serial_number": certificate.serial_number,
                }
            }
        )
        return bytes(message.dump(force=True))

    return _with_container(signed_once(), change)


# --- prepared before the signature ----------------------------------------------------------------


def _signed_after(change: Callable[[PdfFileWriter], None]) -> bytes:
    return signed_by(rewritten(the_paper().pdf, change), FIRST, NADIA, MOROCCO)


def shadow_content_kept_in_the_file() -> bytes:
    return _signed_after(lambda writer: _ignore(writer.add_object(_a_stream())))


def _ignore(reference: object) -> None:
    """Leave an object in the file that nothing refers to."""


def shadow_version_before_the_signature() -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.add_stream_to_page(0, writer.add_object(_a_stream()))

    return signed_by(updated(the_paper().pdf, change), FIRST, NADIA, MOROCCO)


def shadow_cover_removed_after_the_signature() -> bytes:
    def cover(writer: PdfFileWriter) -> None:
        writer.add_stream_to_page(0, writer.add_object(_a_stream("1 1 1 rg 0 0 600 900 re f")))

    def uncover(writer: IncrementalPdfFileWriter) -> None:
        contents = _page(writer)["/Contents"]
        del contents[-1]
        writer.update_container(contents)

    return updated(_signed_after(cover), uncover)


def shadow_text_field() -> bytes:
    def change(writer: PdfFileWriter) -> None:
        field = generic.DictionaryObject(
            {
                pdf_name("/FT"): pdf_name("/Tx"),
                pdf_name("/T"): pdf_string("amount"),
                pdf_name("/V"): pdf_string("9 000"),
            }
        )
        writer.root["/AcroForm"]["/Fields"].append(writer.add_object(field))

    return _signed_after(change)


def layers_in_the_file() -> bytes:
    def change(writer: PdfFileWriter) -> None:
        writer.root["/OCProperties"] = generic.DictionaryObject()

    return _signed_after(change)


def script_in_the_file() -> bytes:
    def change(writer: PdfFileWriter) -> None:
        writer.root["/OpenAction"] = generic.DictionaryObject(
            {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
        )

    return _signed_after(change)


# --- signers --------------------------------------------------------------------------------------


def self_made_authority_of_the_same_name() -> bytes:
    impostor = authority("MA", "Bureau du Maroc", seed=1)
    officer = an_officer(impostor, "Nadia Alaoui Exemple")
    return signed_by(the_paper().pdf, FIRST, officer, impostor)


def self_made_authority_of_another_name() -> bytes:
    stranger = authority("FR", "Bureau de France")
    return signed_by(the_paper().pdf, FIRST, an_officer(stranger), stranger)


def expected_countersignature_forged() -> bytes:
    impostor = authority("ML", "Bureau du Mali", seed=1)
    officer = an_officer(impostor, "Moussa Keïta Exemple")
    return signed_by(signed_once(), SECOND, officer, impostor)


def countersigned_by_the_first_office() -> bytes:
    return signed_by(signed_once(), SECOND, an_officer(MOROCCO, "Omar Tazi"), MOROCCO)


def signed_twice_by_the_same_officer() -> bytes:
    return signed_by(signed_once(), SECOND, NADIA, MOROCCO)


def signed_with_the_key_of_the_authority() -> bytes:
    return signed_by(the_paper().pdf, FIRST, MOROCCO, MOROCCO)


TAMPERED: dict[Attack, str] = {
    content_added: "appended",
    content_added_between_the_signatures: "unlawful-change",
    content_replaced: "appended",
    stream_replaced_in_place: "unlawful-change",
    font_replaced: "appended",
    page_cropped: "appended",
    pages_swapped: "appended",
    title_changed: "appended",
    title_changed_between_the_signatures: "unlawful-change",
    content_added_while_countersigning: "unlawful-change",
    title_changed_while_countersigning: "unlawful-change",
    security_store_added: "appended",
    bytes_appended: "appended",
    empty_version_appended: "appended",
    evil_annotation_after_the_certification: "unlawful-change",
    evil_annotation_after_the_last_signature: "unlawful-change",
    sneaky_signature: "unlawful-change",
    expected_field_repainted_without_signature: "unlawful-change",
    signed_field_repainted: "unlawful-change",
    signature_removed: "unlawful-change",
    field_moved: "unlawful-change",
    range_missing: "unreadable",
    range_empty: "bad-coverage",
    range_of_nothing: "bad-coverage",
    range_negative: "bad-coverage",
    range_shortened: "altered",
    container_of_zeros: "unreadable",
    container_of_the_other_signature: "altered",
    signature_object_redefined: "bad-coverage",
    signature_wrapped: "bad-coverage",
    certificate_swapped: "bad-signature",
    padding_changed: "loose-signature",
    certificate_of_a_stranger_put_in: "loose-signature",
    shadow_content_kept_in_the_file: "hidden-content",
    shadow_version_before_the_signature: "changed-before",
    shadow_cover_removed_after_the_signature: "unlawful-change",
    shadow_text_field: "foreign-form",
    layers_in_the_file: "active-content",
    script_in_the_file: "active-content",
    self_made_authority_of_the_same_name: "impostor",
    self_made_authority_of_another_name: "unknown-authority",
    expected_countersignature_forged: "impostor",
    countersigned_by_the_first_office: "wrong-office",
    signed_twice_by_the_same_officer: "same-signer",
    signed_with_the_key_of_the_authority: "not-a-signer",
}
"""Each attack and the reason that must be among those given."""
