"""Pictures of documents, made in a worker: pages of a PDF, photographs, shrunk copies.

Documents come from outside. They are only ever drawn: nothing in them is run, sizes are
checked before memory is taken, and what cannot be drawn is told.
"""

from dataclasses import dataclass
from threading import Lock

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from sscdesk.model.refusal import FileRefused
from sscdesk.model.text import N_

MOST_PIXELS = 80_000_000
MOST_PAGES = 5_000
PHOTO_SIDE = 2_000
"""The longer side of a shrunk photograph, in pixels."""
PHOTO_QUALITY = 85

PICTURES = {"image/png": b"png", "image/jpeg": b"jpeg", "image/gif": b"gif", "image/webp": b"webp"}
PDF = "application/pdf"

PDFIUM = Lock()
"""Held while PDFium works: it is not made for several threads, and screens read in two."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page of a document as a picture."""

    image: QImage
    page: int
    pages: int


def can_draw(media_type: str) -> bool:
    """Whether documents of a type are shown."""
    return media_type == PDF or media_type in PICTURES


def draw(content: bytes, media_type: str, page: int, width: int) -> Picture:
    """Return a page ``width`` pixels wide. Raises ``FileRefused`` ("cannot-be-shown")."""
    if media_type == PDF:
        with PDFIUM:
            return _draw_pdf(content, page, width)
    return Picture(_read_picture(content, media_type, width), 0, 1)


def shrunk(content: bytes, media_type: str) -> bytes:
    """Return a photograph made smaller, as JPEG, without the place and camera that it told."""
    image = _read_picture(content, media_type, PHOTO_SIDE, both=True)
    if image.hasAlphaChannel():
        image = image.convertToFormat(QImage.Format.Format_RGB888)
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", PHOTO_QUALITY)  # type: ignore[call-overload]
    buffer.close()
    return bytes(written.data())


def _draw_pdf(content: bytes, page: int, width: int) -> Picture:
    import pypdfium2  # slow to import, and only some documents want it

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _refused() from error
    try:
        document.init_forms()  # else the boxes of signatures stay empty
        pages = min(len(document), MOST_PAGES)
        page = max(0, min(page, pages - 1))
        shown = document[page]
        across, down = shown.get_size()
        scale = width / max(across, 1)
        if across <= 0 or down <= 0 or across * down * scale * scale > MOST_PIXELS:
            raise _refused()
        bitmap = shown.render(scale=scale)
        stride = bitmap.stride
        image = QImage(
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            stride,
            QImage.Format.Format_BGR888 if bitmap.n_channels == 3 else QImage.Format.Format_RGB32,
        ).copy()
        return Picture(image, page, pages)
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise _refused() from error
    finally:
        document.close()


def _read_picture(content: bytes, media_type: str, side: int, *, both: bool = False) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(PICTURES.get(media_type, b"")))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        raise _refused()
    bound = QSize(side, side if both else side * 3)
    if size.width() > bound.width() or size.height() > bound.height():
        reader.setScaledSize(size.scaled(bound, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise _refused()
    return image


def _refused() -> FileRefused:
    return FileRefused(
        "cannot-be-shown",
        N_("This document cannot be shown here."),
        hint=N_("It is kept as it came. Save it elsewhere to open it with another program."),
    )
