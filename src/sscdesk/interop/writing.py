"""Writes tables as .csv and .xlsx, so that no cell becomes a formula and none is changed.

A spreadsheet program takes a text that begins with ``= + - @``, a tab or a carriage
return for a formula. In a workbook such a cell is written as a text and marked so
(quote prefix). A .csv file knows no types: there the text gets one apostrophe in front,
and a text that already has apostrophes before such a letter gets one more; reading takes
exactly one away again. Telephone numbers (``+212 5…``: digits and spaces) stay as they
are in columns declared as telephone numbers.

.csv is for programs: UTF-8, commas, RFC 4180, headings are field names. .xlsx is for
people: labels, typed cells, a fixed heading row, from right to left for Arabic.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as WorkbookCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sscdesk.interop.sheet import Cell
from sscdesk.store.files import writing_aside

_FORMULA = re.compile("'*[=+\\-@\t\r]")
_TELEPHONE = re.compile(r"\+\d[\d ]*")
_LONGEST_CELL = 32_767
"""Letters that a cell of a workbook may hold (Excel's specification)."""
_BATCH = 500

Progress = Callable[[int], None]
"""Told how many rows are written; may raise to stop, and then there is no file."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column to write: the name for programs, the label for people."""

    name: str
    label: str
    telephone: bool = False
    width: int = 18


def write_csv(
    path: Path,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    progress: Progress = lambda _: None,
) -> None:
    """Write a .csv file, whole or not at all. Raises ``MachineFailed``."""
    telephones = [column.telephone for column in columns]
    with writing_aside(path) as aside:
        aside.write(_csv_lines([[column.name for column in columns]], telephones))
        done = 0
        for batch in _batches(rows):
            aside.write(_csv_lines(batch, telephones))
            done += len(batch)
            progress(done)


def _batches(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    batch: list[Sequence[Cell]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _csv_lines(rows: Iterable[Sequence[Cell]], telephones: Sequence[bool]) -> bytes:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerows(
        [_csv_cell(cell, telephone) for cell, telephone in zip(row, telephones, strict=True)]
        for row in rows
    )
    return lines.getvalue().encode("utf-8", "replace")


def _csv_cell(cell: Cell, telephone: bool) -> str:
    if type(cell) is not str:
        return plain_text(cell)
    if cell[:1] in "=+-@\t\r'" and _FORMULA.match(cell):
        return cell if telephone and _TELEPHONE.fullmatch(cell) else "'" + cell
    return cell


def plain_text(cell: Cell) -> str:
    """Write a typed cell as a text that reads back as the same value."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return str(cell)


def write_xlsx(
    path: Path,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
    right_to_left: bool = False,
    progress: Progress = lambda _: None,
) -> list[tuple[int, str]]:
    """Write a workbook of one sheet, whole or not at all. Raises ``MachineFailed``.

    Returns the cells that are longer than a workbook allows and were cut: the number of
    the row below the headings, from 1, and the column's name.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    _dress(sheet, columns, right_to_left)
    sheet.append([_heading(sheet, column.label) for column in columns])
    cut: list[tuple[int, str]] = []
    for number, row in enumerate(rows, 1):
        sheet.append([_xlsx_cell(sheet, cell) for cell in row])
        if any(type(cell) is str and len(cell) > _LONGEST_CELL for cell in row):
            cut += [
                (number, c.name)
                for c, cell in zip(columns, row, strict=True)
                if type(cell) is str and len(cell) > _LONGEST_CELL
            ]
        if number % _BATCH == 0:
            progress(number)
    with writing_aside(path) as aside:
        book.save(_Through(aside.write))
    return cut


class _Through(io.RawIOBase):
    """Lets the zip library write straight into the file that is being made."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._write(bytes(content))
        return len(content)


def _sheet_title(title: str) -> str:
    """Excel allows 31 letters and none of ``[]:*?/\\``."""
    return re.sub(r"[\[\]:*?/\\]", " ", title).strip(" '")[:31] or "1"


def _dress(sheet: WriteOnlyWorksheet, columns: Sequence[Column], right_to_left: bool) -> None:
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = "A2"
    dimensions: Any = getattr(sheet, "column_dimensions")  # noqa: B009 - unknown to its stubs
    for at, column in enumerate(columns, 1):
        dimensions[get_column_letter(at)].width = column.width


_HEADING_FONT = Font(bold=True, color="FFFFFF")
_HEADING_FILL = PatternFill("solid", fgColor="12343B")


def _heading(sheet: WriteOnlyWorksheet, label: str) -> WorkbookCell:
    cell = _text_cell(sheet, label)
    cell.font, cell.fill = _HEADING_FONT, _HEADING_FILL
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _xlsx_cell(sheet: WriteOnlyWorksheet, cell: Cell) -> Any:
    if type(cell) is not str:
        return cell if cell != "" else None
    if not cell:
        return None
    if cell[0] in "=+-@\t\r'" or not cell.isprintable() or "_x" in cell:
        return _text_cell(sheet, cell)
    return cell if len(cell) <= _LONGEST_CELL else cell[:_LONGEST_CELL]


_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> WorkbookCell:
    """A cell that is a text whatever it begins with (ECMA-376, 18.8.45: quotePrefix)."""
    plain = _ILLEGAL.sub("\ufffd", text)[:_LONGEST_CELL].replace("\r", "_x000D_")
    escaped = _LOOKS_ESCAPED.sub("_x005F_", plain) if plain == text else plain
    cell: WorkbookCell = WriteOnlyCell(sheet, escaped)
    # Given "=1+1" as its value, openpyxl has just taken it for a formula.
    cell.data_type = "s"
    cell.quotePrefix = bool(_FORMULA.match(text))
    return cell
