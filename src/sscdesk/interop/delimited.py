"""Reads rows from delimited text: finds the delimiter, survives unclosed quotes.

The quick way is the standard parser in its strict mode; only a text that it refuses is
read the careful way.
"""

import csv
import io
import math
from collections import Counter
from dataclasses import dataclass

from sscdesk.interop.refusing import too_large
from sscdesk.interop.sheet import Kind, Limits, Remark
from sscdesk.model.text import N_

DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_LINES = 60


@dataclass(frozen=True, slots=True)
class Delimited:
    """Rows of texts as they stand; ``unclosed`` are the indexes of rows with an open quote."""

    rows: list[list[str]]
    delimiter: str
    unclosed: frozenset[int]
    remarks: tuple[Remark, ...]


def rows_of(text: str, limits: Limits) -> Delimited:
    """Cut ``text`` into rows and cells; FileRefused ``file-too-large`` above the limits."""
    text, delimiter = _announced(text)
    _check_lines(text, limits)
    delimiter = delimiter or _found_delimiter(text)
    rows = _quickly(text, delimiter)
    if rows is not None:
        return Delimited(rows, delimiter, frozenset(), ())
    rows, unclosed = _carefully(text, delimiter)
    remarks = tuple(_unclosed_remark(rows, number) for number in sorted(unclosed))
    return Delimited(rows, delimiter, unclosed, remarks)


def _announced(text: str) -> tuple[str, str | None]:
    """Excel's own first line ``sep=;``."""
    first, _, rest = text.partition("\n")
    word = first.strip().strip('"').lower()
    if word.startswith("sep=") and word[4:] in DELIMITERS:
        return rest, word[4:]
    return text, None


def _check_lines(text: str, limits: Limits) -> None:
    lines = text.count("\n") or text.count("\r")
    if lines > limits.rows:
        raise too_large(N_("rows"), lines, limits.rows)


def _found_delimiter(text: str) -> str:
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:_SAMPLE_LINES]
    return max(DELIMITERS, key=lambda delimiter: _regularity(lines, delimiter))


def _regularity(lines: list[str], delimiter: str) -> float:
    """How far the lines have the same number of cells, weighed by how many they have."""
    widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
    if not widths:
        return 0.0
    width, times = Counter(widths).most_common(1)[0]
    first = widths[0]
    if width < 2 and first < 2:
        return 0.0
    if width < 2:
        width, times = first, 1
    return times / len(widths) * math.sqrt(min(width, 8))


def _quickly(text: str, delimiter: str) -> list[list[str]] | None:
    """The rows by the strict parser, None when the text needs care."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _carefully(text: str, delimiter: str) -> tuple[list[list[str]], frozenset[int]]:
    """Read line by line; a quoted cell goes on only as long as no whole row follows in it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    width = Counter(line.count(delimiter) for line in lines[:_SAMPLE_LINES]).most_common(1)[0][0]
    rows: list[list[str]] = []
    unclosed: set[int] = set()
    at = 0
    while at < len(lines):
        cells, used, closed = _record(lines, at, delimiter, width)
        if not closed:
            unclosed.add(len(rows))
        rows.append(cells)
        at += used
    return rows, frozenset(unclosed)


_LINES_OF_A_CELL = 200


def _record(lines: list[str], at: int, delimiter: str, width: int) -> tuple[list[str], int, bool]:
    """One row from line ``at``: its cells, how many lines it took, whether quotes closed."""
    joined = lines[at]
    for used in range(1, _LINES_OF_A_CELL):
        cells = _cells(joined, delimiter)
        if cells is not None:
            return cells, used, True
        following = at + used
        if following >= len(lines) or _is_whole_row(lines[following], delimiter, width):
            break
        joined += "\n" + lines[following]
    return lines[at].split(delimiter), 1, False


def _is_whole_row(line: str, delimiter: str, width: int) -> bool:
    """Whether a line is a row by itself rather than the second line of a quoted cell."""
    cells = _cells(line, delimiter) or []
    ends_a_cell = not line.startswith('"') and cells[:1] and cells[0].endswith('"')
    return width > 0 and len(cells) == width + 1 and not ends_a_cell


def _cells(line: str, delimiter: str) -> list[str] | None:
    """The cells of one record, None when a quote is still open at its end."""
    cells: list[str] = []
    at = 0
    while True:
        if line[at : at + 1] == '"':
            end = _closing_quote(line, at, delimiter)
            if end is None:
                return None
            cells.append(line[at + 1 : end].replace('""', '"'))
            at = end + 1
        else:
            end = line.find(delimiter, at)
            cells.append(line[at:] if end < 0 else line[at:end])
            at = len(line) if end < 0 else end
        if at >= len(line):
            return cells
        at += 1


def _closing_quote(line: str, opening: int, delimiter: str) -> int | None:
    """The quote that ends the cell: not doubled, and the delimiter or the end behind it."""
    at = opening + 1
    while (at := line.find('"', at)) >= 0:
        behind = line[at + 1 : at + 2]
        if behind == '"':
            at += 2
        elif behind in ("", delimiter):
            return at
        else:
            at += 1
    return None


def _unclosed_remark(rows: list[list[str]], index: int) -> Remark:
    return Remark(
        Kind.LEFT_OUT,
        "unclosed-quote",
        N_(
            "Row {row}: a quotation mark is opened and never closed; the row was not taken: "
            "{content}"
        ),
        row=index + 1,
        content=" | ".join(rows[index]),
    )
