"""Looks into a zipped workbook before a spreadsheet library takes memory for it.

A few kilobytes can claim gigabytes: by compression, by one cell in the last row and
column, or by repeating a row a million times. All three are counted here first.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from sscdesk.interop.refusing import damaged, not_a_spreadsheet, too_large
from sscdesk.interop.sheet import Limits
from sscdesk.model.text import N_

_MEMBERS = 5_000
_PIECE = 2**20
_OVERLAP = 4_096


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What the archive is (``xlsx`` or ``ods``) and which formulas have no result in it."""

    form: str
    unanswered: dict[str, tuple[str, ...]]
    """By member name: cells (``F30``) that hold a formula without its result."""


def looked_into(path: Path, limits: Limits) -> Unpacked:
    """Check the archive at ``path``; FileRefused when it is none, damaged or too large."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _looked_into(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise damaged(path.suffix or "zip") from error


def _looked_into(archive: zipfile.ZipFile, limits: Limits) -> Unpacked:
    names = archive.namelist()
    form = _form(names)
    if len(names) > _MEMBERS:
        raise too_large(N_("parts"), len(names), _MEMBERS)
    declared = sum(info.file_size for info in archive.infolist())
    if declared > limits.unpacked_bytes:
        raise too_large(N_("bytes when unpacked"), declared, limits.unpacked_bytes)
    unanswered = {}
    for name in names:
        if form == "ods" and name == "content.xml":
            _check_ods(archive, name, limits)
        elif form == "xlsx" and name.startswith("xl/worksheets/") and name.endswith(".xml"):
            unanswered[name] = _checked_xlsx_sheet(archive, name, limits)
    return Unpacked(form, unanswered)


def _form(names: list[str]) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    if "word/document.xml" in names:
        raise not_a_spreadsheet(N_("it is a Word document"))
    if "ppt/presentation.xml" in names:
        raise not_a_spreadsheet(N_("it is a presentation"))
    raise not_a_spreadsheet(N_("it is a zip archive of other files"))


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The content in pieces that overlap, so that no mark is cut in two."""
    rest = b""
    while piece := stream.read(_PIECE):
        yield rest + piece
        rest = piece[-_OVERLAP:]


_CELL = re.compile(rb"<c\b[^>]{0,200}?\br=[\"']([A-Za-z]{1,5})(\d{1,9})[\"'](?:[^>]{0,200}[^/>])?>")
"""A cell that holds something: one that only has a format is closed at once (``/>``)."""
_UNANSWERED = re.compile(
    rb"<c\b[^>]{0,200}?\br=[\"']([A-Za-z]{1,5}\d{1,9})[\"'][^>]{0,200}>"
    rb"<f\b[^>]{0,500}(?:/>|>[^<]{0,2000}</f>)(?:<v\s*/>|<v></v>)?</c>"
)


def _checked_xlsx_sheet(archive: zipfile.ZipFile, name: str, limits: Limits) -> tuple[str, ...]:
    """Count what the sheet's corner cells claim; return its formulas without a result."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    unanswered: dict[str, None] = {}
    with archive.open(name) as stream:
        for piece in _pieces(stream):
            if piece[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise damaged("xlsx")
            cells = _CELL.findall(piece)
            columns.update(column for column, _row in cells)
            rows.update(row for _column, row in cells)
            if b"<f" in piece:
                unanswered.update(dict.fromkeys(map(bytes.decode, _UNANSWERED.findall(piece))))
    width = max(map(_column_number, columns), default=0)
    _check_size(max(map(int, rows), default=0), width, limits)
    return tuple(unanswered)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_size(rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise too_large(N_("rows"), rows, limits.rows)
    if columns > limits.columns:
        raise too_large(N_("columns"), columns, limits.columns)
    if rows * columns > limits.cells:
        raise too_large(N_("cells"), rows * columns, limits.cells)


def _check_ods(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    count = _OdsCount()
    parser = expat.ParserCreate()
    parser.StartElementHandler = count.start
    parser.EndElementHandler = count.end
    parser.CharacterDataHandler = count.text
    parser.StartDoctypeDeclHandler = count.doctype
    try:
        with archive.open(name) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
                _check_size(count.rows, count.columns, limits)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged("ods") from error
    _check_size(count.rows, count.columns, limits)


class _OdsCount:
    """Follows the elements of an OpenDocument sheet; empty repeated cells cost nothing."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._row_times = 0
        self._column = self._cell_times = 0
        self._row_filled = False

    def doctype(self, *_: object) -> None:
        raise damaged("ods")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._row = 0
        elif name == "table:table-row":
            self._row_times = _times(attributes.get("table:number-rows-repeated"))
            self._column, self._row_filled = 0, False
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell_times = _times(attributes.get("table:number-columns-repeated"))
            self._column += self._cell_times
            if "office:value-type" in attributes:
                self._is_filled()

    def text(self, text: str) -> None:
        if self._cell_times and text.strip():
            self._is_filled()

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._row_times
            if self._row_filled:
                self.rows = max(self.rows, self._row)
        elif name == "table:table-cell":
            self._cell_times = 0

    def _is_filled(self) -> None:
        self.columns = max(self.columns, self._column)
        self._row_filled = True


def _times(repeated: str | None) -> int:
    return min(int(repeated), 10**9) if repeated and repeated.isdecimal() else 1
