"""Writes tables as .csv, so that no cell becomes a formula and none is changed.

A spreadsheet program takes a text that begins with ``= + - @``, a tab or a carriage
return for a formula. A .csv file knows no types: there the text gets one apostrophe in
front, and a text that already has apostrophes before such a letter gets one more; reading
takes exactly one away again. Telephone numbers (``+212 5…``: digits and spaces) stay as
they are in columns declared as telephone numbers.

.csv is for programs: UTF-8, commas, RFC 4180, headings are field names.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from sscdesk.interop.sheet import Cell
from sscdesk.store.files import writing_aside

FORMULA = re.compile("'*[=+\\-@\t\r]")
"""What a spreadsheet program would take for a formula, behind apostrophes or not."""

_TELEPHONE = re.compile(r"\+\d[\d ]*")
BATCH = 500
"""Rows between two tellings of the progress."""

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
        if len(batch) == BATCH:
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
    if cell[:1] in "=+-@\t\r'" and FORMULA.match(cell):
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
