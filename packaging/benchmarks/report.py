"""The mission report against reportlab alone.

Two floors: reportlab's canvas putting the same marks at places that it is told (so without
measuring, breaking lines or breaking pages), and reportlab's own layout flowing the same
words as paragraphs.
"""

import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from benchmarking import Comparison, Figure, Setting, group
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from sscdesk.reports import fonts, layout, registry
from sscdesk.reports.ink import Ink
from sscdesk.reports.lines import Run

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

Mark = tuple[str, tuple[object, ...]]
A4 = (595.2756, 841.8898)


class Recorder(Ink):
    """Draws as ever and notes each mark, page by page."""

    pages: list[list[Mark]]

    def __init__(self, drawing: object) -> None:
        super().__init__(drawing)
        self.pages.append([])

    def run(self, run: Run, x: float, y: float) -> None:
        text = (f"floor-{run.face.key}", run.size, run.colour, x, y, run.text)
        self.pages[-1].append(("text", text))
        super().run(run, x, y)

    def rule(self, *place: object) -> None:
        self.pages[-1].append(("rule", place))
        super().rule(*place)

    def panel(self, *place: object) -> None:
        self.pages[-1].append(("panel", place))
        super().panel(*place)


def recorded(snapshot: object, language: str) -> list[list[Mark]]:
    """Build the report once and return what it put on its pages."""
    Recorder.pages = []
    layout.Ink = Recorder
    try:
        registry.build("mission_report", snapshot, language)
    finally:
        layout.Ink = Ink
    return Recorder.pages


def draw(pages: list[list[Mark]]) -> bytes:
    """Put the marks on pages with reportlab's canvas."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, pageCompression=1, invariant=1)
    for page in pages:
        for kind, place in page:
            MARKS[kind](canvas, *place)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _text(canvas: Canvas, *mark: object) -> None:
    font, size, colour, x, y, text = mark
    canvas.setFont(font, size)
    canvas.setFillColor(f"#{colour}")
    canvas.drawString(x, y, text, shaping="arabic" in font)


def _rule(canvas: Canvas, *mark: object) -> None:
    x1, y1, x2, y2, colour, *width = mark
    canvas.setStrokeColor(f"#{colour}")
    canvas.setLineWidth(width[0] if width else 0.5)
    canvas.line(x1, y1, x2, y2)


def _panel(canvas: Canvas, *mark: object) -> None:
    x, y, width, height, colour = mark
    canvas.setFillColor(f"#{colour}")
    canvas.rect(x, y, width, height, stroke=0, fill=1)


MARKS: dict[str, Callable[..., None]] = {"text": _text, "rule": _rule, "panel": _panel}


def flow(pages: list[list[Mark]]) -> bytes:
    """Let reportlab lay the same words out as paragraphs."""
    stream, style = BytesIO(), ParagraphStyle("floor", fontName="floor-regular", fontSize=9.5)
    words = [str(place[5]) for page in pages for kind, place in page if kind == "text"]
    paragraphs = [" ".join(words[at : at + 40]) for at in range(0, len(words), 40)]
    escaped = (text.replace("&", "&amp;").replace("<", "&lt;") for text in paragraphs)
    SimpleDocTemplate(stream).build([Paragraph(text, style) for text in escaped])
    return stream.getvalue()


def register_fonts() -> None:
    """Give reportlab the desk's fonts by names of its own."""
    folder = Path(fonts.__file__).resolve().parents[1] / "resources" / "fonts"
    for key, name in fonts._FILES.items():
        pdfmetrics.registerFont(TTFont(f"floor-{key}", folder / f"{name}.ttf"))


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Return a function that does the work ten times and says how long one took."""

    def once() -> float:
        began = time.perf_counter()
        for _ in range(10):
            work()
        return (time.perf_counter() - began) / 10

    return once


@group("report")
def report(_setting: Setting) -> Iterator[Comparison | Figure]:
    """A mission report in French, as built for the preview at every pause in typing."""
    from tests.reports.samples import a_mission_report

    register_fonts()
    snapshot = a_mission_report()
    pages = recorded(snapshot, "fr")

    def build() -> object:
        return registry.build("mission_report", snapshot, "fr")

    about = f"mission report, {len(pages)} pages, French"
    yield Comparison(about, timed(build), timed(lambda: draw(pages)), "the same marks, placed")
    yield Comparison(
        about, timed(build), timed(lambda: flow(pages)), "the words alone in reportlab's paragraphs"
    )
    yield Comparison(
        "the same in Arabic",
        timed(lambda: registry.build("mission_report", snapshot, "ar")),
        timed(lambda: draw(pages)),
        "the French marks, placed",
    )
