"""Pages of a PDF as pictures with their text; made in a worker, one thread at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

from sscdesk.model.refusal import FileRefused
from sscdesk.model.text import N_
from sscdesk.ui.widgets.pictures import MOST_PAGES, MOST_PIXELS, PDFIUM

MOST_TEXT = 20_000
"""Characters of a page that a screen reader is given."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The sizes of the pages of a paper, in points."""

    pages: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: its picture, and its text for those who hear it."""

    number: int
    image: QImage
    text: str


def measure(pdf: bytes) -> Measure:
    """Return the sizes of the pages. Raises ``FileRefused`` ("cannot-be-shown")."""
    with _opened(pdf) as document:
        count = min(len(document), MOST_PAGES)
        return Measure(tuple(document.get_page_size(number) for number in range(count)))


def draw_page(pdf: bytes, number: int, width: int) -> PagePicture:
    """Return page ``number``, from 0, ``width`` pixels wide. Raises ``FileRefused``."""
    with _opened(pdf) as document:
        page = document[number]
        across, down = page.get_size()
        scale = width / max(across, 1)
        if across <= 0 or down <= 0 or across * down * scale * scale > MOST_PIXELS:
            raise _cannot_be_shown()
        bitmap = page.render(scale=scale, rev_byteorder=False)
        shape = QImage.Format.Format_BGR888
        if bitmap.n_channels != 3:
            shape = QImage.Format.Format_RGB32
        image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, shape)
        text = page.get_textpage()
        return PagePicture(number, image.copy(), text.get_text_bounded()[:MOST_TEXT])


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2  # slow to import, and only some screens show papers

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise _cannot_be_shown() from error
        try:
            # Without this the boxes of signatures stay empty on the screen.
            document.init_forms()
            yield document
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise _cannot_be_shown() from error
        finally:
            document.close()


def _cannot_be_shown() -> FileRefused:
    return FileRefused(
        "cannot-be-shown",
        N_("This document cannot be shown here."),
        hint=N_("It is kept as it came. Save it elsewhere to open it with another program."),
    )
