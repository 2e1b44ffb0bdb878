"""Pictures of documents that come from outside."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from reportlab.pdfgen.canvas import Canvas

from sscdesk.model.refusal import FileRefused
from sscdesk.ui.widgets.pictures import PDF, PHOTO_SIDE, draw, shrunk


def a_pdf(pages: int = 2) -> bytes:
    """A PDF of some pages."""
    stream = BytesIO()
    canvas = Canvas(stream)
    for number in range(pages):
        canvas.drawString(72, 720, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def a_photograph(width: int = 3_000, height: int = 2_000) -> bytes:
    """A JPEG that says where it was taken."""
    stream = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Rabat, 34.02 N"
    Image.new("RGB", (width, height), "teal").save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def a_huge_png() -> bytes:
    """A PNG of a few bytes that claims 60,000 by 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", zlib.crc32(b"IHDR" + head))


def test_a_page_of_a_pdf_is_drawn_at_the_width_asked_for(qapp: QGuiApplication) -> None:
    picture = draw(a_pdf(), PDF, 1, 400)

    assert (picture.page, picture.pages) == (1, 2)
    assert picture.image.width() == 400


def test_a_page_that_does_not_exist_is_the_last_one(qapp: QGuiApplication) -> None:
    assert draw(a_pdf(), PDF, 9, 300).page == 1


def test_a_photograph_is_drawn(qapp: QGuiApplication) -> None:
    picture = draw(a_photograph(), "image/jpeg", 0, 600)

    assert picture.image.width() <= 600


@pytest.mark.qt_log_ignore("JPEG datastream contains no image", extend=True)
@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7 nothing else", PDF),
        (a_pdf()[:400], PDF),
        (b"\xff\xd8\xff", "image/jpeg"),
        (a_huge_png(), "image/png"),
        (b"", "image/png"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(
    content: bytes, media_type: str, qapp: QGuiApplication
) -> None:
    with pytest.raises(FileRefused, match="cannot-be-shown"):
        draw(content, media_type, 0, 400)


def test_a_shrunk_photograph_is_smaller_and_no_longer_says_where_it_was_taken(
    qapp: QGuiApplication,
) -> None:
    small = shrunk(a_photograph(), "image/jpeg")

    image = Image.open(BytesIO(small))
    assert max(image.size) == PHOTO_SIDE
    assert b"Rabat" not in small


def test_a_small_photograph_is_not_made_larger(qapp: QGuiApplication, tmp_path: Path) -> None:
    image = Image.open(BytesIO(shrunk(a_photograph(300, 200), "image/jpeg")))

    assert image.size == (300, 200)
