"""The empty signature fields of a paper: all placed before the first signature."""

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from sscdesk.i18n import current_language, is_right_to_left
from sscdesk.reports.ink import Drawing, Ink
from sscdesk.reports.signatures import BOX, Stamp
from sscdesk.reports.snapshot import Signer

_PRINTED_AND_LOCKED = 132
"""Annotation flags: printed, and its place cannot be changed."""

Rect = tuple[float, float, float, float]


class Form:
    """Collects the fields of a document; the last one locks it when it is signed.

    The lock is that of ISO 32000-2, 12.7.5.5.
    """

    def __init__(self, canvas: Canvas, drawing: Drawing, signers: Sequence[Signer]) -> None:
        self._canvas: Any = canvas
        self._drawing = drawing
        self._signers = signers
        self._fields: list[Any] = []

    def add(self, place: int, name: str, rect: Rect) -> None:
        """Put the field of the ``place``-th signer on the page that is being drawn."""
        x, y, width, height = rect
        field = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Widget"),
            "FT": pdfdoc.PDFName("Sig"),
            "T": pdfdoc.PDFString(name),
            "TU": pdfdoc.PDFString(self._signers[place].name),
            "F": _PRINTED_AND_LOCKED,
            "Rect": pdfdoc.PDFArray([round(v, 2) for v in (x, y, x + width, y + height)]),
            "AP": pdfdoc.PDFDictionary({"N": self._expected(name, self._signers[place])}),
        }
        if place == len(self._signers) - 1:
            field["Lock"] = _everything_from_here_on()
        self._canvas._addAnnotation(pdfdoc.PDFDictionary(field), name)
        self._fields.append(self._canvas._doc.refAnnotation(name))

    def close(self) -> None:
        """Enter the fields into the document."""
        if self._fields:
            entry = pdfdoc.PDFDictionary({"Fields": pdfdoc.PDFArray(self._fields)})
            self._canvas._doc.Catalog.AcroForm = entry

    def _expected(self, name: str, signer: Signer) -> Any:
        ink = Ink(self._drawing)
        Stamp(signer).draw(ink, current_language(), is_right_to_left())
        document = self._canvas._doc
        stream = pdfdoc.PDFStream(content=ink.operators(), filters=[pdfdoc.PDFZCompress])
        stream.dictionary["Type"] = pdfdoc.PDFName("XObject")
        stream.dictionary["Subtype"] = pdfdoc.PDFName("Form")
        stream.dictionary["BBox"] = pdfdoc.PDFArray([0, 0, *BOX])
        fonts = document.Reference(document.idToObject["BasicFonts"], "BasicFonts")
        stream.dictionary["Resources"] = pdfdoc.PDFDictionary({"Font": fonts})
        return document.Reference(stream, f"expected:{name}")


def _everything_from_here_on() -> Any:
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("SigFieldLock"),
            "Action": pdfdoc.PDFName("All"),
            "P": 1,
        }
    )
