"""From blocks to the bytes of a PDF: pages, running heads, feet, outline, metadata.

The pages are laid out before the first is drawn, so that each knows how many there are. The same
blocks and imprint give the same bytes: the only date in the file is the paper's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from sscdesk.i18n import _, current_language, is_right_to_left
from sscdesk.reports import styles
from sscdesk.reports.blocks import across
from sscdesk.reports.flow import Block, Page, Room, paginate, strips_of
from sscdesk.reports.fonts import face
from sscdesk.reports.form import Form
from sscdesk.reports.ink import Drawing, Ink
from sscdesk.reports.lines import Line, Span, line_up
from sscdesk.reports.outline import outline
from sscdesk.reports.snapshot import Imprint, Signer
from sscdesk.reports.styles import PORTRAIT, Sheet, TextStyle
from sscdesk.reports.typography import one_line
from sscdesk.reports.words import joined

# Streams stay binary: a fifth smaller than in base 85.
rl_config.useA85 = 0

_FIRST_TOP = 16 * styles.MM
_WATERMARK = 110.0
"""Size of the word across the page, in points."""


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a signature is expected: page from 0, lower left corner, width, height."""

    name: str
    page: int
    rect: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished document, before any signature."""

    pdf: bytes
    pages: int
    kind: str
    language: str
    check_code: str
    signers: tuple[Signer, ...] = ()
    fields: tuple[FieldPlace, ...] = ()
    unprintable: str = ""
    """Characters that no font of the desk has; the paper shows U+FFFD in their place."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What goes around the blocks."""

    kind: str
    title: str
    """Of the document, as file managers show it."""
    running: str
    """At the head of every page but the first."""
    imprint: Imprint
    check_code: str
    fingerprint: str
    draft: bool = False
    internal: bool = False
    """Never leaves the office, and says so on each page."""
    sheet: Sheet = PORTRAIT


def compose(blocks: Sequence[Block], edition: Edition) -> Paper:
    """Lay out ``blocks`` in the current language and draw them."""
    return _Press(edition).paper(blocks)


class _Press:
    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._sheet = edition.sheet
        self._room = Room(edition.sheet.measure, current_language(), is_right_to_left())
        self._wide = Room(edition.sheet.width, self._room.language, self._room.rtl)

    def paper(self, blocks: Sequence[Block]) -> Paper:
        sheet, edition = self._sheet, self._edition
        strips = strips_of(blocks, self._room)
        first, top = sheet.height - _FIRST_TOP, sheet.height - sheet.top
        pages = paginate(strips, first, top, sheet.bottom)
        stream = BytesIO()
        canvas = self._canvas(stream)
        drawing = Drawing(_document(canvas, edition))
        form = Form(canvas, drawing, edition.imprint.signers)
        fields = [
            field
            for number, page in enumerate(pages)
            for field in self._page(canvas, drawing, form, page, number, len(pages))
        ]
        form.close()
        canvas.save()
        return Paper(
            stream.getvalue(),
            len(pages),
            edition.kind,
            self._room.language,
            edition.check_code,
            edition.imprint.signers,
            tuple(fields),
            "".join(sorted(drawing.missing)),
        )

    def _canvas(self, stream: BytesIO) -> Canvas:
        edition = self._edition
        canvas = Canvas(
            stream,
            pagesize=(self._sheet.width, self._sheet.height),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=face("regular").fontName,  # type: ignore[arg-type]
            initialFontSize=styles.BODY.size,
            lang=self._room.language,
        )
        canvas.setTitle(edition.title)
        canvas.setAuthor(edition.imprint.letterhead.office_name.say())
        canvas.setSubject(edition.running)
        canvas.setCreator("sscdesk")
        canvas.setKeywords(keywords(edition))
        return canvas

    def _page(
        self, canvas: Canvas, drawing: Drawing, form: Form, page: Page, number: int, count: int
    ) -> list[FieldPlace]:
        ink = Ink(drawing)
        self._watermark(ink)
        for placed in page.placed:
            placed.strip.draw(ink, self._sheet.left, placed.top)
            mark = placed.strip.mark
            if mark:
                key = f"p{number}y{placed.top:.0f}"
                canvas.bookmarkHorizontal(key, 0, placed.top + 6)
                canvas.addOutlineEntry(mark.title, key, min(mark.level, 1), closed=False)
        if number:
            self._running_head(ink)
        self._foot(ink, number, count)
        canvas.addLiteral(ink.operators())
        for place, name, rect in ink.fields:
            form.add(place, name, rect)
        canvas.showPage()
        return [FieldPlace(name, number, rect) for _place, name, rect in ink.fields]

    def _standing(self) -> str:
        """Return what every page says of a paper that is not a real one, or not yet."""
        if self._edition.imprint.sample:
            return _("SPECIMEN")
        return _("DRAFT") if self._edition.draft else ""

    def _watermark(self, ink: Ink) -> None:
        word = self._standing()
        if word:
            path, width = outline(word, self._room.rtl)
            size = min(_WATERMARK, 0.62 * self._sheet.height / width * 1000) / 1000
            slope = size * 0.7071
            x = self._sheet.width / 2 - slope * (width / 2 - 357)
            y = self._sheet.height / 2 - slope * (width / 2 + 357)
            ink.ghost(path, (slope, slope, -slope, slope, x, y), styles.GHOST)

    def _line(self, text: str, style: TextStyle) -> Line:
        return line_up([Span(one_line(text, self._room.language), style)], 1e6, self._room.rtl)[0]

    def _running_head(self, ink: Ink) -> None:
        y = self._sheet.height - 15 * styles.MM
        imprint = self._edition.imprint
        number = _("{reference} · rev. {revision}").format(
            reference=imprint.reference, revision=imprint.revision
        )
        self._ends(ink, y, self._edition.running, number if imprint.reference else "")
        self._rule(ink, y - 7)

    def _foot(self, ink: Ink, number: int, count: int) -> None:
        y = 13 * styles.MM
        self._rule(ink, y + 10)
        page = _("page {number} of {count}").format(number=number + 1, count=count)
        self._ends(ink, y, joined(self._standing(), self._check()), page)

    def _check(self) -> str:
        code = self._edition.check_code
        if self._edition.internal:
            return _("INTERNAL DOCUMENT · check code {code}").format(code=code)
        return _("Check code {code} · verify it in the desk under Reports › Verify a PDF").format(
            code=code
        )

    def _ends(self, ink: Ink, y: float, start: str, end: str) -> None:
        left = self._sheet.left
        last = self._line(end, styles.RUNNING) if end else None
        room = self._room.width - (last.width + 16 if last else 0)
        spans = [Span(one_line(start, self._room.language), styles.RUNNING)]
        first = line_up(spans, room, self._room.rtl)[0]
        ink.line(first, left + across(0, first.width, self._room), y)
        if last:
            x = across(self._room.width - last.width, last.width, self._room)
            ink.line(last, left + x, y)

    def _rule(self, ink: Ink, y: float) -> None:
        ink.rule(self._sheet.left, y, self._sheet.left + self._room.width, y, styles.RULE, 0.6)


def keywords(edition: Edition) -> str:
    """Return the machine-readable line of the metadata that pins the paper to its data."""
    imprint = edition.imprint
    return (
        f"sscdesk 1; {edition.kind}; {current_language()}; {imprint.reference}; "
        f"{imprint.revision}; {edition.check_code}; {edition.fingerprint}"
    )


def _document(canvas: Canvas, edition: Edition) -> Any:
    """Give the library's document its one date and the tag of its font subsets."""
    document: Any = canvas._doc  # type: ignore[attr-defined]
    dated = edition.imprint.dated
    full = (dated + "-01-01")[:10] if len(dated) in (4, 7) else dated[:10]
    at = datetime.fromisoformat(full or "2000-01-01").replace(tzinfo=UTC)
    document._timeStamp = SimpleNamespace(YMDhms=tuple(at.timetuple())[:6], dhh=0, dmm=0)
    digits = sha256(edition.check_code.encode()).digest()
    document.subset_tag = "".join(chr(65 + byte % 26) for byte in digits[:4])
    return document
