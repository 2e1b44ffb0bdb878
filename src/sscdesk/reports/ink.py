"""Drawing on one page: runs of text, rules, panels. Coordinates in points from the lower left.

Writes the page's operators itself: text is encoded by one table per face and document, and a
state that already holds is not set again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sscdesk.reports.fonts import Face, Glyph, Shape
from sscdesk.reports.lines import Line, Run

_ESCAPED = {byte: f"\\{byte:03o}" for byte in (*range(32), *range(127, 256))} | {
    ord(char): f"\\{char}" for char in "()\\"
}


class _OtherSubset(Exception):
    """A character got a code outside the first subset of its face."""


class _Codes(dict[int, str]):
    """What stands in the page for a character of one face in one document."""

    def __init__(self, face: Face, document: Any) -> None:
        super().__init__()
        self._face = face
        self._document = document

    def __missing__(self, code: int) -> str:
        [(subset, data)] = self._face.splitString(chr(code), self._document)
        if subset:
            raise _OtherSubset
        self[code] = _literal(data)
        return self[code]


def _literal(data: bytes) -> str:
    return "".join(_ESCAPED.get(byte) or chr(byte) for byte in data)


@dataclass
class Drawing:
    """What all pages of a document share: its faces' codes, and the letters of its glyphs."""

    document: Any
    codes: dict[str, _Codes] = field(default_factory=dict)
    texts: dict[str, dict[int, str]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    """Characters that no face has."""
    _words: dict[tuple[str, Shape], str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.document.glyph_texts = self.texts

    def encoded(self, face: Face, text: str) -> list[tuple[int, str]]:
        """Return ``text`` as (subset of the face, PDF string without its brackets)."""
        codes = self.codes.get(face.key)
        if codes is None:
            codes = self.codes[face.key] = _Codes(face, self.document)
        try:
            return [(0, text.translate(codes))]
        except _OtherSubset:
            pieces = face.splitString(text, self.document)
            return [(subset, _literal(data)) for subset, data in pieces]

    def word(self, face: Face, shape: Shape) -> str | None:
        """Return what shows a shaped word (PDF 32000-1, 9.4.3, TJ), None where it takes more."""
        key = (face.key, shape)
        if key not in self._words:
            self._words[key] = self._shown(face, shape)
        return self._words[key]

    def _shown(self, face: Face, shape: Shape) -> str | None:
        shown: list[str] = []
        for glyph in shape.glyphs:
            subset, code = self.glyph(face, glyph)
            if subset or glyph.dy:
                return None
            before, after = -glyph.dx, glyph.natural - glyph.advance + glyph.dx
            shown.append(f"{_adjust(before)}({code}){_adjust(after)}")
        return "".join(shown).replace(")(", "")

    def glyph(self, face: Face, glyph: Glyph) -> tuple[int, str]:
        """Return (subset, PDF string) of a glyph, and remember what it stands for."""
        self.texts.setdefault(face.key, {}).setdefault(glyph.number, glyph.letters)
        [(subset, data)] = face.splitString(chr(face.glyph_code(glyph.number)), self.document)
        return subset, _literal(data)


def _adjust(units: float) -> str:
    return f"{units:.0f}" if abs(units) >= 0.5 else ""


class Ink:
    """The operators of one page."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._ops: list[str] = []
        self._font: tuple[str, int, float] | None = None
        self._fill = ""
        self._stroke: tuple[str, float] | None = None
        self.fields: list[tuple[int, str, tuple[float, float, float, float]]] = []

    def field(self, place: int, name: str, rect: tuple[float, float, float, float]) -> None:
        """Remember where the field of the ``place``-th signer stands: x, y, width, height."""
        self.fields.append((place, name, rect))

    def operators(self) -> str:
        """Return the page's content."""
        return "\n".join(self._ops)

    def line(self, line: Line, x: float, y: float) -> None:
        """Draw a line of text from ``x`` on the base line ``y``."""
        self._drawing.missing.update(line.missing)
        for run in line.runs:
            self.run(run, x + run.x, y)

    def run(self, run: Run, x: float, y: float) -> None:
        """Draw a run from ``x`` on the base line ``y``."""
        self._fill_with(run.colour)
        if run.shapes is None:
            self._plain(run, x, y)
        else:
            self._shaped(run, run.shapes, x, y)

    def _plain(self, run: Run, x: float, y: float) -> None:
        pieces = self._drawing.encoded(run.face, run.text)
        self._ops.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm")
        for subset, text in pieces:
            self._with_font(run.face, subset, run.size)
            self._ops.append(f"({text}) Tj")
        self._ops.append("ET")

    def _shaped(self, run: Run, shapes: Sequence[Shape], x: float, y: float) -> None:
        shown = [self._drawing.word(run.face, shape) for shape in shapes]
        if None in shown:
            self._glyph_by_glyph(run, shapes, x, y)
            return
        self._with_font(run.face, 0, run.size)
        text = "".join(filter(None, shown)).replace(")(", "")
        self._ops.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm [{text}] TJ ET")

    def _glyph_by_glyph(self, run: Run, shapes: Sequence[Shape], x: float, y: float) -> None:
        scale = run.size / 1000
        self._ops.append("BT")
        for glyph in (glyph for shape in shapes for glyph in shape.glyphs):
            subset, code = self._drawing.glyph(run.face, glyph)
            self._with_font(run.face, subset, run.size)
            at = f"1 0 0 1 {x + glyph.dx * scale:.2f} {y + glyph.dy * scale:.2f} Tm"
            self._ops.append(f"{at} ({code}) Tj")
            x += glyph.advance * scale
        self._ops.append("ET")

    def _with_font(self, face: Face, subset: int, size: float) -> None:
        if self._font != (face.key, subset, size):
            name = face.getSubsetInternalName(subset, self._drawing.document)
            self._ops.append(f"{name} {size:g} Tf")
            self._font = (face.key, subset, size)

    def _fill_with(self, colour: str) -> None:
        if self._fill != colour:
            self._ops.append(f"{_rgb(colour)} rg")
            self._fill = colour

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 0.5
    ) -> None:
        """Draw a straight line ``width`` points thick."""
        self._stroke_with(colour, width)
        self._ops.append(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def _stroke_with(self, colour: str, width: float) -> None:
        if self._stroke != (colour, width):
            self._ops.append(f"{_rgb(colour)} RG {width:g} w")
            self._stroke = (colour, width)

    def panel(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle whose lower left corner is (x, y)."""
        self._fill_with(colour)
        self._ops.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def frame(
        self, x: float, y: float, width: float, height: float, colour: str, line: float = 0.7
    ) -> None:
        """Draw the outline of a rectangle."""
        self._stroke_with(colour, line)
        self._ops.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """Fill a circle around (x, y)."""
        self._fill_with(colour)
        k, r = radius * 0.5523, radius
        self._ops.append(
            f"{x - r:.2f} {y:.2f} m "
            f"{x - r:.2f} {y + k:.2f} {x - k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
            f"{x + k:.2f} {y + r:.2f} {x + r:.2f} {y + k:.2f} {x + r:.2f} {y:.2f} c "
            f"{x + r:.2f} {y - k:.2f} {x + k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
            f"{x - k:.2f} {y - r:.2f} {x - r:.2f} {y - k:.2f} {x - r:.2f} {y:.2f} c f"
        )

    def ghost(self, path: str, matrix: tuple[float, ...], colour: str) -> None:
        """Fill an outline that is no part of the text, set by ``matrix``."""
        numbers = " ".join(f"{number:.4f}" for number in matrix)
        self._ops.append(f"/Artifact BMC q {_rgb(colour)} rg {numbers} cm {path} Q EMC")


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.3f}" for place in (0, 2, 4))
