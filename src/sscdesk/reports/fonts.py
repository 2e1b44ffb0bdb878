"""The fonts of the papers: loaded once, measured once; every character is looked up before drawing.

A face that lacks a character hands it to the next of ``FALLBACKS``; what no face has is drawn as
U+FFFD and told to the caller. A face draws characters, and for shaped text glyphs by number.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any, NamedTuple

import uharfbuzz
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

GLYPH = 0x100000
"""Glyph number ``n`` of a face is drawn through the private character ``GLYPH + n``."""

WEIGHTS = ("regular", "medium", "semibold", "bold")
_FILES = {
    "regular": "NotoSans-Regular",
    "medium": "NotoSans-Medium",
    "semibold": "NotoSans-SemiBold",
    "bold": "NotoSans-Bold",
    "arabic": "NotoNaskhArabic-Regular",
    "arabic-bold": "NotoNaskhArabic-Bold",
    "math": "NotoSansMath-Regular",
    "symbols": "NotoSansSymbols2-Regular",
    "tifinagh": "NotoSansTifinagh-Regular",
}
FALLBACKS = {
    "regular": ("arabic", "math", "symbols", "tifinagh"),
    "medium": ("arabic", "math", "symbols", "tifinagh"),
    "semibold": ("arabic-bold", "math", "symbols", "tifinagh"),
    "bold": ("arabic-bold", "math", "symbols", "tifinagh"),
}
_WIDTHS_KEPT = 50_000
_SHAPES_KEPT = 20_000
_LONGEST_KEPT = 80
_ARABIC_SCALE = 1.2

MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
"""Combining marks left after composition: they are placed by shaping."""


class Glyph(NamedTuple):
    """A placed glyph; lengths in thousandths of the size."""

    number: int
    advance: float
    natural: float
    """Its own width, from which the reader goes on unless told otherwise."""
    dx: float
    dy: float
    letters: str
    """What it stands for; a cluster's letters are given to its first glyph."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A word's glyphs from left to right."""

    glyphs: tuple[Glyph, ...]
    width: float


class Face(TTFont):
    """One font file, measured in thousandths of the size."""

    def __init__(self, key: str, path: str) -> None:
        super().__init__(f"desk-{key}", path, validate=0)
        self.key = key
        self.scale = _ARABIC_SCALE if key.startswith("arabic") else 1.0
        """What its size is multiplied by, to look as large as the text font."""
        face: Any = self.face
        self._widths: dict[str, float | None] = {}
        self._shapes: dict[tuple[str, bool], Shape] = {}
        self._shaped_widths: dict[tuple[str, bool], float] = {}
        self._advance: dict[int, float] = {
            code: face.charWidths.get(code, face.defaultWidth) for code in face.charToGlyph
        }
        self._shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(face._ttf_data)))
        self._texts: dict[str, dict[int, str]] = {}

    def forget(self) -> None:
        """Drop the words that were measured."""
        self._widths.clear()
        self._shapes.clear()
        self._shaped_widths.clear()

    def has(self, char: str) -> bool:
        """Say whether the face can draw ``char``."""
        return ord(char) in self._advance or char == "\u00a0"

    def width(self, word: str) -> float | None:
        """Return the width of ``word``, None where this face alone cannot draw it plainly."""
        try:
            return self._widths[word]
        except KeyError:
            return self._measure(word)

    def _measure(self, word: str) -> float | None:
        if len(self._widths) >= _WIDTHS_KEPT:
            self._widths.clear()
        total = self._sum(word)
        if len(word) <= _LONGEST_KEPT:
            self._widths[word] = total
        return total

    def shaped_width(self, text: str, rtl: bool) -> float:
        """Return the width of a text whose letters are shaped."""
        key = (text, rtl)
        found = self._shaped_widths.get(key)
        if found is None:
            if len(self._shaped_widths) >= _WIDTHS_KEPT:
                self._shaped_widths.clear()
            found = sum(shape.width for shape in self.words(text, rtl))
            if len(text) <= _LONGEST_KEPT:
                self._shaped_widths[key] = found
        return found

    def _sum(self, word: str) -> float | None:
        advance, total = self._advance, 0.0
        for char in word:
            code = 32 if char == "\u00a0" else ord(char)
            if code not in advance or MARKS.match(char):
                return None
            total += advance[code]
        return total

    def shape(self, word: str, rtl: bool) -> Shape:
        """Return the glyphs of a word."""
        key = (word, rtl)
        found = self._shapes.get(key)
        if found is None:
            if len(self._shapes) >= _SHAPES_KEPT:
                self._shapes.clear()
            found = self._shapes[key] = self._shaped(word, rtl)
        return found

    def words(self, text: str, rtl: bool) -> list[Shape]:
        """Return the shapes of the words of a text and of the spaces between, left to right.

        Letters do not join across a space, so that each word is shaped once and for all.
        """
        space = self.shape(" ", rtl)
        found: list[Shape] = []
        for word in reversed(text.split(" ")) if rtl else text.split(" "):
            if word:
                found.append(self.shape(word, rtl))
            found.append(space)
        found.pop()
        return found

    def _shaped(self, text: str, rtl: bool) -> Shape:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        uharfbuzz.shape(self._shaper, buffer, {"kern": True, "liga": True})
        scale = 1000 / self._shaper.face.upem
        letters = _letters_of(text, [info.cluster for info in buffer.glyph_infos])
        found = zip(buffer.glyph_infos, buffer.glyph_positions, letters, strict=True)
        glyphs = tuple(
            Glyph(
                info.codepoint,
                place.x_advance * scale,
                self.face.hmetrics[info.codepoint][0],
                place.x_offset * scale,
                place.y_offset * scale,
                told,
            )
            for info, place, told in found
        )
        return Shape(glyphs, sum(glyph.advance for glyph in glyphs))

    def draw(self, glyph: int, pen: Any) -> None:
        """Draw the outline of a glyph into ``pen`` (moveTo, lineTo, qCurveTo, closePath)."""
        self._shaper.draw_glyph_with_pen(glyph, pen)

    def glyph_code(self, glyph: int) -> int:
        """Return the private character through which a glyph is drawn."""
        code = GLYPH + glyph
        if code not in self.face.charToGlyph:
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = self.face.hmetrics[glyph][0]
        return code

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - overrides the library's method
        """Add the subsets used in ``doc``, each with the letters that its glyphs stand for."""
        state = self.state[doc]
        state.frozen = 1
        texts: dict[int, str] = getattr(doc, "glyph_texts", {}).get(self.key, {})
        for number, subset in enumerate(state.subsets):
            self._add_subset(doc, number, subset, texts)
        del self.state[doc]

    def _add_subset(self, doc: Any, number: int, subset: list[int], texts: dict[int, str]) -> None:
        internal = self.getSubsetInternalName(number, doc)[1:]
        face: Any = self.face
        base = f"{_subset_tag(doc, number)}+{face.name.decode('ascii')}"
        font: Any = pdfdoc.PDFTrueTypeFont()
        font.Name = internal
        font.BaseFont = base
        font.FirstChar = 0
        font.LastChar = len(subset) - 1
        font.Widths = pdfdoc.PDFArray(list(map(self.face.getCharWidth, subset)))
        cmap = pdfdoc.PDFStream()
        cmap.content = _to_unicode(base, [_letters(code, texts) for code in subset])
        if doc.compression:
            cmap.filters = [pdfdoc.PDFZCompress]
        font.ToUnicode = doc.Reference(cmap, f"toUnicodeCMap:{base}")
        font.FontDescriptor = face.addSubsetObjects(doc, base, subset)
        reference = doc.Reference(font, internal)
        doc.idToObject["BasicFonts"].dict[internal] = reference


def _letters_of(text: str, clusters: list[int]) -> list[str]:
    """Return for each glyph the letters of its cluster, given to the cluster's first glyph."""
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    seen: set[int] = set()
    letters = []
    for start in clusters:
        letters.append("" if start in seen else text[start : ends[start]])
        seen.add(start)
    return letters


def _subset_tag(doc: Any, number: int) -> str:
    tag: str = getattr(doc, "subset_tag", "SSCD")
    return tag + chr(65 + number // 26) + chr(65 + number % 26)


def _letters(code: int, texts: dict[int, str]) -> str:
    if code >= GLYPH:
        return texts.get(code - GLYPH, "")
    return chr(code) if code else ""


def _to_unicode(name: str, letters: list[str]) -> str:
    rows = [
        f"<{place:02X}> <{text.encode('utf-16-be').hex().upper()}>"
        for place, text in enumerate(letters)
        if text
    ]
    blocks = (rows[start : start + 100] for start in range(0, len(rows), 100))
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


@cache
def face(key: str) -> Face:
    """Return the face ``key``, read from the package the first time."""
    resource = files("sscdesk").joinpath("resources", "fonts", f"{_FILES[key]}.ttf")
    with as_file(resource) as path:
        loaded = Face(key, str(path))
    pdfmetrics.registerFont(loaded)
    return loaded


def forget() -> None:
    """Drop the words that the faces remember; the faces themselves stay."""
    for key in _FILES:
        if f"desk-{key}" in pdfmetrics.getRegisteredFontNames():
            face(key).forget()


class Reading(dict[int, str]):
    """One letter for the face of each character in one weight, for ``str.translate``.

    ``OPEN`` is a sign or space that the text font and the Arabic font both have: it goes with
    the letters before it. ``MISSING`` is what no face has.
    """

    def __init__(self, weight: str) -> None:
        super().__init__()
        self.faces = (weight, *FALLBACKS[weight])

    def __missing__(self, code: int) -> str:
        found = self._letter(chr(code))
        if len(self) < _WIDTHS_KEPT:
            self[code] = found
        return found

    def _letter(self, char: str) -> str:
        having = [place for place, key in enumerate(self.faces) if face(key).has(char)]
        if char in _JOINERS or (having[:2] == [0, 1] and not char.isalnum()):
            return OPEN
        return chr(FIRST_FACE + having[0]) if having else MISSING

    def face(self, letter: str) -> Face:
        """Return the face that a letter stands for."""
        return face(self.faces[ord(letter) - FIRST_FACE])


OPEN, MISSING = "_", "?"
_JOINERS = "\u200c\u200d"
FIRST_FACE = ord("a")
_READINGS = {weight: Reading(weight) for weight in WEIGHTS}


def reading(weight: str) -> Reading:
    """Return how characters are read in ``weight``."""
    return _READINGS[weight]


def face_of(char: str, weight: str) -> Face | None:
    """Return the face that draws ``char`` in ``weight``, None where no face has it."""
    keys = (weight, *FALLBACKS[weight])
    return next((face(key) for key in keys if face(key).has(char)), None)
