"""Finds the table in what people make of a sheet, and says what it left out.

Titles above the headings, headings in two merged rows, totals, a row that only says
"2020", the headings again on each page, a second small table beside: all of these are
recognised, kept out of the rows, and reported with their content.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sscdesk.interop.sheet import Cell, Kind, Merge, Remark, filled, letters
from sscdesk.model.text import N_

Known = Callable[[str], bool]
"""Whether a text is one that people write above a column."""


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows, all of one width, with their numbers and what was said of them."""

    headings: tuple[str, ...]
    rows: list[list[Cell]]
    numbers: list[int]
    remarks: tuple[Remark, ...]
    unnamed: tuple[int, ...] = ()
    """Positions of columns that hold something and have no heading."""


@dataclass(slots=True)
class _Grid:
    rows: list[list[Cell]]
    merges: tuple[Merge, ...]
    remarks: list[Remark]


def found_table(
    rows: list[list[Cell]], merges: Sequence[Merge] = (), known: Known = lambda _: False
) -> Table | None:
    """Return the table in ``rows``, None when nothing looks like headings."""
    grid = _Grid(rows, tuple(merges), [])
    top = _heading_row(grid, known)
    if top is None:
        return None
    _leave_out_titles(grid, top)
    headings, first = _headings(grid, top, known)
    columns = _columns(grid, headings, first, known)
    _fill_merged(grid, first, columns)
    kept = _data_rows(grid, first, columns, [headings[column] for column in columns])
    names = tuple(_name(headings[column], column) for column in columns)
    return Table(
        names,
        [_picked(rows[index], columns) for index in kept],
        [index + 1 for index in kept],
        tuple(grid.remarks),
        tuple(at for at, column in enumerate(columns) if not headings[column].strip()),
    )


_HEADING_WITHIN = 60
"""Headings stand in the first rows or nowhere."""


def _heading_row(grid: _Grid, known: Known) -> int | None:
    width = _usual_width(grid.rows)
    fallback = None
    for index, row in enumerate(grid.rows[:_HEADING_WITHIN]):
        texts = filled(row)
        recognised = sum(isinstance(cell, str) and known(cell) for cell in texts)
        if recognised and (2 * recognised >= len(texts) >= 2 or len(texts) == width == 1):
            return index
        if fallback is None and _could_be_headings(texts, width):
            fallback = index
    return fallback


def _usual_width(rows: list[list[Cell]]) -> int:
    widths = Counter(len(filled(row)) for row in rows[:300])
    widths.pop(0, None)
    return max((width for width, times in widths.items() if times > 1), default=0) or max(
        widths, default=0
    )


_NUMERIC = re.compile(r"[\d\s.,/:+-]+")


def _could_be_headings(texts: list[Cell], width: int) -> bool:
    names = [cell for cell in texts if isinstance(cell, str) and not _NUMERIC.fullmatch(cell)]
    distinct = len({name.casefold() for name in names}) == len(texts)
    return len(texts) >= 2 and 5 * len(texts) >= 3 * width and distinct


def _leave_out_titles(grid: _Grid, top: int) -> None:
    for index in range(top):
        _leave_out(grid, index, "title", N_("Row {row}: a title above the headings: {content}"))


def _leave_out(grid: _Grid, index: int, code: str, message: str) -> None:
    cells = filled(grid.rows[index])
    if cells:
        content = " | ".join(map(str, cells))
        grid.remarks.append(Remark(Kind.LEFT_OUT, code, message, row=index + 1, content=content))


def _headings(grid: _Grid, top: int, known: Known) -> tuple[list[str], int]:
    """The headings, two rows of them joined, and the index of the first row below."""
    upper = [str(cell).strip() for cell in grid.rows[top]]
    below = grid.rows[top + 1] if top + 1 < len(grid.rows) else []
    if not _is_second_heading_row(grid, top, below, known):
        return upper, top + 1
    lower = [str(cell).strip() for cell in below]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    groups = _groups(grid, top, upper, lower)
    return [_joined(group, name) for group, name in zip(groups, lower, strict=True)], top + 2


def _is_second_heading_row(grid: _Grid, top: int, below: list[Cell], known: Known) -> bool:
    texts = filled(below)
    if len(texts) < 2 or not all(isinstance(cell, str) and known(cell) for cell in texts):
        return False
    upper = grid.rows[top]
    under_names = sum(
        below[column] != "" and column < len(upper) and upper[column] != ""
        for column in range(len(below))
    )
    merged = any(first[0] == top for first, _last in grid.merges)
    return merged or under_names < len(texts)


def _groups(grid: _Grid, top: int, upper: list[str], lower: list[str]) -> list[str]:
    """The upper heading of each column: a merged one stands over all its columns."""
    groups = list(upper)
    spans = [(a[1], b[1]) for a, b in grid.merges if a[0] == top]
    if not spans:
        return _carried(upper, lower)
    for first, last in spans:
        for column in range(first, min(last + 1, len(groups))):
            groups[column] = upper[first]
    return groups


def _carried(upper: list[str], lower: list[str]) -> list[str]:
    """Without merges (a text file) a group reaches over the empty cells at its right."""
    groups: list[str] = []
    for above, below in zip(upper, lower, strict=True):
        groups.append(above or (groups[-1] if groups and below else ""))
    return groups


def _joined(group: str, name: str) -> str:
    return f"{group} / {name}" if group and name and group != name else group or name


def _columns(grid: _Grid, headings: list[str], first: int, known: Known) -> list[int]:
    """The columns of the table; a block of columns behind an empty one is another table."""
    width = max((len(row) for row in grid.rows[first - 1 :]), default=0)
    headings += [""] * (width - len(headings))
    if all(headings):
        return list(range(width))
    used = [sum(map(bool, _filled_in(grid.rows, first, column))) for column in range(width)]
    blocks = _blocks(headings, used)
    main = max(blocks, key=lambda block: _weight(block, headings, used, known))
    taken: list[int] = []
    for block in blocks:
        if block is main or _continues(block, main, headings, used, known):
            taken += block
        else:
            _leave_out_block(grid, block, headings, first)
    return taken


def _filled_in(rows: list[list[Cell]], first: int, column: int) -> list[bool]:
    return [column < len(row) and row[column] != "" for row in rows[first:]]


def _blocks(headings: list[str], used: list[int]) -> list[list[int]]:
    blocks: list[list[int]] = [[]]
    for column, heading in enumerate(headings):
        if heading or used[column]:
            blocks[-1].append(column)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block] or [[0]]


def _weight(
    block: list[int], headings: list[str], used: list[int], known: Known
) -> tuple[int, int, int]:
    named = [column for column in block if headings[column]]
    return (
        sum(known(headings[column]) for column in named),
        len(named),
        sum(used[column] for column in block),
    )


def _continues(
    block: list[int], main: list[int], headings: list[str], used: list[int], known: Known
) -> bool:
    """Whether a block behind an empty column goes on with the same rows."""
    named = [column for column in block if headings[column]]
    if len(named) < len(block):
        return False
    fullest = max(used[column] for column in main)
    return all(used[column] == 0 or 2 * used[column] >= fullest for column in block) or any(
        known(headings[column]) for column in named
    )


def _leave_out_block(grid: _Grid, block: list[int], headings: list[str], first: int) -> None:
    names = [headings[column] for column in block if headings[column]]
    cells = [
        str(row[column])
        for row in grid.rows[first:]
        for column in block
        if column < len(row) and row[column] != ""
    ]
    grid.remarks.append(
        Remark(
            Kind.LEFT_OUT,
            "second-table",
            N_("Columns {column}: a second table beside the first was left out: {content}"),
            column=f"{letters(block[0])}–{letters(block[-1])}",
            content=" | ".join(names + cells),
        )
    )


def _fill_merged(grid: _Grid, first: int, columns: list[int]) -> None:
    """A cell merged over several rows holds its value for each of them."""
    for (top, left), (bottom, right) in grid.merges:
        if left != right or top < first or bottom == top or left not in columns:
            continue
        value = grid.rows[top][left] if left < len(grid.rows[top]) else ""
        for index in range(top + 1, min(bottom + 1, len(grid.rows))):
            if left < len(grid.rows[index]) and grid.rows[index][left] == "":
                grid.rows[index][left] = value
        if value != "":
            grid.remarks.append(_merge_remark(top, bottom, left, value))


def _merge_remark(top: int, bottom: int, column: int, value: Cell) -> Remark:
    return Remark(
        Kind.MENDED,
        "merged-rows",
        N_(
            "Rows {row} to {last}, column {column}: a merged cell was taken for each row: {content}"
        ),
        row=top + 1,
        column=letters(column),
        content=str(value),
        params={"last": bottom + 1},
    )


def _data_rows(grid: _Grid, first: int, columns: list[int], headings: list[str]) -> list[int]:
    spans = {a[0] for a, b in grid.merges if 2 * (b[1] - a[1] + 1) >= len(columns) > 2}
    named = [heading for heading in headings if heading]
    kept = []
    for index in range(first, len(grid.rows)):
        reason = _reason_to_leave_out(grid.rows[index], columns, index in spans, named)
        if reason is None:
            kept.append(index)
        elif reason:
            _leave_out(grid, index, reason, _REASONS[reason])
    return kept


_REASONS = {
    "total": N_("Row {row}: a total was left out: {content}"),
    "section": N_("Row {row}: a title between the rows was left out: {content}"),
    "headings-again": N_("Row {row}: the headings again were left out: {content}"),
}
_TOTAL_WORD = (
    "(?:grand[ -])?(?:sous[ -]?)?(?:sub[ -]?)?tota(?:l|ux)(?: (?:g[eé]n[eé]ral|general))?"
    "|somme|sum|المجموع(?: العام)?|الإجمالي|مجموع"
)
_TOTAL = re.compile(rf"(?:{_TOTAL_WORD})\s*(?:[:=(]?\s*[\d\s.,]*\s*\w*\)?)?", re.IGNORECASE)
_TOTAL_STARTS = ("tot", "gra", "sou", "sub", "som", "sum", "الم", "الإ", "مجم")
_YEAR = re.compile(
    r"(?:ann[eé]e|exercice|year|fiscal year|سنة|السنة)?\s*:?\s*(?:19|20)\d\d", re.IGNORECASE
)


def _reason_to_leave_out(
    row: list[Cell], columns: list[int], spans: bool, headings: list[str]
) -> str | None:
    """Why a row is none of the data; the empty text for an empty row, None for data."""
    lead = row[0] if row and row[0] != "" else next((cell for cell in row if cell != ""), "")
    if lead == "":
        return ""
    if isinstance(lead, str):
        if lead[:3].lower() in _TOTAL_STARTS and _TOTAL.fullmatch(" ".join(lead.split())):
            return "total"
        if lead == headings[0] and filled(row) == headings:
            return "headings-again"
    if len(columns) < 3 or row.count("") < len(row) - 1:
        return None
    is_year = _YEAR.fullmatch(str(lead).strip()) is not None
    return "section" if spans or is_year else None


def _picked(row: list[Cell], columns: list[int]) -> list[Cell]:
    if len(columns) == len(row) and columns[-1] == len(row) - 1:
        return row
    width = len(row)
    return [row[column] if column < width else "" for column in columns]


def _name(heading: str, column: int) -> str:
    return " ".join(heading.split()) or letters(column)
