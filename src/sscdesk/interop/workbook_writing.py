"""Writes workbooks (.xlsx) for people: labels, typed cells, a fixed heading row.

A cell that a spreadsheet program would take for a formula is written as a text and marked
so (quote prefix). Apart from ``writing``, because openpyxl is slow to load.
"""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as WorkbookCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sscdesk.interop.sheet import Cell
from sscdesk.interop.writing import BATCH, FORMULA, Column, Progress
from sscdesk.store.files import writing_aside

_LONGEST_CELL = 32_767
"""Letters that a cell of a workbook may hold (Excel's specification)."""


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
        if number % BATCH == 0:
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
    cell.quotePrefix = bool(FORMULA.match(text))
    return cell
