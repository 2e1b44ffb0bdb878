"""What was read from a file of rows, and every word that must be said about it.

A ``Sheet`` is plain data: headings, rows with the numbers under which the file itself
shows them, and remarks. Nothing that stood in the file disappears without a remark.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sscdesk.i18n import gettext
from sscdesk.model.refusal import Msg

Cell = str | int | Decimal | bool | date | datetime
"""What a cell holds; an empty cell is the empty string."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold; checked before the memory is taken."""

    file_bytes: int = 256 * 2**20
    unpacked_bytes: int = 2**30
    rows: int = 1_000_000
    columns: int = 500
    cells: int = 30_000_000
    cell_letters: int = 100_000


class Kind(StrEnum):
    """What a remark is about."""

    LEFT_OUT = "left_out"
    """Stood in the file and is not among the rows."""
    MENDED = "mended"
    """Is among the rows, but not letter by letter as it stood."""
    DOUBTFUL = "doubtful"
    """Is among the rows; an officer should look at it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the officer is told about the file; ``message`` is a msgid."""

    kind: Kind
    code: str
    message: str
    row: int | None = None
    column: str = ""
    content: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The remark as a sentence in the current language."""
        values = {
            name: gettext(value) if isinstance(value, Msg) else value
            for name, value in self.params.items()
        }
        return gettext(self.message).format(
            row=self.row, column=self.column, content=shortened(self.content), **values
        )


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be laid under the headings; ``cells`` keeps all of it."""

    number: int
    cells: tuple[Cell, ...]
    remark: Remark


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: headings, rows below them, and what is to be said about it."""

    name: str
    """The name of the sheet in its workbook, empty for a text file."""
    form: str
    """How it was read: ``xlsx``, ``ods``, ``xls``, or the encoding of a text file."""
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    """All of the same length as ``headings``."""
    numbers: Sequence[int]
    """For each row its number in the file, counted from 1 as spreadsheets show it."""
    remarks: tuple[Remark, ...] = ()
    broken: tuple[BrokenRow, ...] = ()


Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last (row, column) of a merged range, counted from 0."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it stands, with row and column 0 in the upper corner."""

    name: str
    form: str
    rows: list[list[Cell]]
    merges: tuple[Merge, ...] = ()
    remarks: tuple[Remark, ...] = ()
    hidden: bool = False


def shortened(text: str, letters: int = 80) -> str:
    """Return ``text`` on one line, cut with an ellipsis when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= letters else line[: letters - 1] + "…"


def letters(column: int) -> str:
    """Return the letters of a column counted from 0, as spreadsheets show them."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def filled(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells that are not empty."""
    return [cell for cell in cells if cell != ""]
