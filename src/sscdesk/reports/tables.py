"""Tables that break well: headings repeat, a row breaks only when it is long, amounts align."""

from collections.abc import Sequence
from dataclasses import dataclass

from sscdesk.reports import styles
from sscdesk.reports.blocks import across, baseline, start_with
from sscdesk.reports.flow import Room, Strip
from sscdesk.reports.ink import Ink
from sscdesk.reports.lines import Line, Span, line_up, natural_width
from sscdesk.reports.styles import TextStyle
from sscdesk.reports.typography import one_line, paragraphs

START, END, DECIMAL = "start", "end", "decimal"
_PADDING = 4.2
_GUTTER = 10.0
_WHOLE_ROW = 14
"""Rows of up to so many lines are never broken."""
_WHOLE_TABLE = 150.0
"""Tables of up to so many points are never broken."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``share`` of the width that is left, or 0: as wide as its widest content."""

    title: str
    share: float = 1.0
    align: str = START


@dataclass(frozen=True, slots=True)
class Cell:
    """Paragraphs of a cell: the first plain or bold, the others secondary."""

    text: str
    below: tuple[str, ...] = ()
    bold: bool = False
    colour: str = styles.INK

    def __bool__(self) -> bool:
        return bool(self.text or self.below)


Content = Cell | str


@dataclass(frozen=True, slots=True)
class Row:
    """One row; a ``total`` stands out, a ``group`` is a heading across the columns."""

    cells: tuple[Content, ...]
    total: bool = False
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows over the full measure."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    style: TextStyle = styles.CELL
    gap: float = 6.0
    grid: bool = False
    """Lines between the columns, for a form that is filled by hand."""

    def strips(self, room: Room) -> list[Strip]:
        return _Typesetter(self, room).strips()


@dataclass(frozen=True, slots=True)
class _Lines:
    """A line of a cell and where it stands in the table."""

    x: float
    line: Line


class _Slice:
    """One line's height of a row."""

    __slots__ = ("below", "down", "ground", "height", "lines", "posts", "rule", "width")

    def __init__(self, width: float, height: float, down: float) -> None:
        self.width = width
        self.height = height
        self.down = down
        self.lines: list[_Lines] = []
        self.rule: tuple[str, float] | None = None
        self.below: tuple[str, float] | None = None
        self.ground = ""
        self.posts: list[float] = []

    def __call__(self, ink: Ink, left: float, top: float) -> None:
        bottom = top - self.height
        if self.ground:
            ink.panel(left, bottom, self.width, self.height + 0.1, self.ground)
        for placed in self.lines:
            ink.line(placed.line, left + placed.x, top - self.down)
        for post in self.posts:
            ink.rule(left + post, bottom, left + post, top, styles.RULE, 0.6)
        if self.rule:
            ink.rule(left, top, left + self.width, top, *self.rule)
        if self.below:
            ink.rule(left, bottom, left + self.width, bottom, *self.below)


class _Typesetter:
    def __init__(self, table: Table, room: Room) -> None:
        self._table = table
        self._room = room
        self._bold = table.style.bold()
        self._fractions = [self._fraction(place) for place in range(len(table.columns))]
        self._widths = self._column_widths()
        self._starts = [sum(self._widths[:place]) for place in range(len(self._widths))]

    def strips(self) -> list[Strip]:
        head = self._head()
        rows = [self._row(row) for row in self._table.rows]
        self._keep_rows(rows)
        body = [strip for strips in rows for strip in strips]
        for strip in body:
            strip.head = tuple(head)
        return start_with([*head, *body], self._table.gap)

    def _keep_rows(self, rows: list[list[Strip]]) -> None:
        """Keep a small table whole; of a longer one the first two and the last two rows."""
        whole = sum(strip.height for strips in rows for strip in strips) <= _WHOLE_TABLE
        last = len(rows) - 1
        for place, (row, strips) in enumerate(zip(self._table.rows, rows, strict=True)):
            edge = place == 0 or place == last - 1
            if place < last and (whole or edge or row.group or self._table.rows[place + 1].total):
                strips[-1].keep = True

    # --- widths

    def _fraction(self, place: int) -> float:
        """Return the room that the longest decimal part of a column takes."""
        if self._table.columns[place].align != DECIMAL:
            return 0.0
        return max((self._decimals(row, place) for row in self._table.rows), default=0.0)

    def _decimals(self, row: Row, place: int) -> float:
        text = _text(row.cells[place]) if place < len(row.cells) else ""
        _, mark, digits = _parted(text)
        style = self._style(row, Cell(""))
        return natural_width(mark + digits, style) if mark else 0.0

    def _column_widths(self) -> list[float]:
        columns = self._table.columns
        fixed = [0.0 if column.share else self._fit(n) for n, column in enumerate(columns)]
        left = self._room.width - sum(fixed)
        shares = sum(column.share for column in columns) or 1.0
        if left < 0.25 * self._room.width and any(column.share for column in columns):
            scale = 0.75 * self._room.width / sum(fixed)
            fixed = [width * scale for width in fixed]
            left = 0.25 * self._room.width
        widths = [
            left * column.share / shares if column.share else width
            for column, width in zip(columns, fixed, strict=True)
        ]
        rest = self._room.width - sum(widths)
        return [width + rest / len(widths) for width in widths]

    def _fit(self, place: int) -> float:
        head = natural_width(self._table.columns[place].title, styles.HEAD_CELL)
        cells = (self._cell_width(row, place) for row in self._table.rows if not row.group)
        # A little more than measured, or a rounding of the last bit breaks the widest word.
        return max(head, max(cells, default=0.0)) + _GUTTER + 0.25

    def _cell_width(self, row: Row, place: int) -> float:
        if place >= len(row.cells):
            return 0.0
        cell = _cell(row.cells[place])
        language = self._room.language
        style = self._style(row, cell)
        widths = [natural_width(one_line(cell.text, language), style)]
        widths += [natural_width(one_line(text, language), style) for text in cell.below]
        if self._table.columns[place].align == DECIMAL:
            _, mark, digits = _parted(cell.text)
            own = natural_width(mark + digits, style) if mark else 0.0
            return widths[0] - own + self._fractions[place]
        return max(widths)

    def _style(self, row: Row, cell: Cell) -> TextStyle:
        return self._bold if row.total or row.group or cell.bold else self._table.style

    # --- rows

    def _head(self) -> list[Strip]:
        if not any(column.title for column in self._table.columns):
            return []
        style = styles.HEAD_CELL
        cells = [self._head_lines(place, style) for place in range(len(self._table.columns))]
        slices = self._slices(cells, style)
        slices[-1].below = (styles.ACCENT, 0.9)
        return [Strip(piece.height, piece, keep=True) for piece in slices]

    def _head_lines(self, place: int, style: TextStyle) -> list[_Lines]:
        column = self._table.columns[place]
        width = self._widths[place] - _GUTTER
        text = one_line(column.title, self._room.language)
        lines = line_up([Span(text, style)], width, self._room.rtl) if text else []
        return [self._placed(line, place, 0.0) for line in lines]

    def _row(self, row: Row) -> list[Strip]:
        if row.group:
            cells = [self._across(row)]
        else:
            cells = [
                self._cell_lines(row, place, content) for place, content in enumerate(row.cells)
            ]
        slices = self._slices(cells, self._table.style)
        slices[-1].below = (styles.RULE, 0.6)
        for piece in slices:
            piece.ground = styles.PANEL if row.total or row.group else ""
            if self._table.grid:
                piece.posts = [across(start, 0.0, self._room) for start in self._starts[1:]]
        if row.total:
            slices[0].rule = (styles.ACCENT, 0.9)
        last = len(slices) - 1
        whole = last < _WHOLE_ROW
        return [
            Strip(piece.height, piece, keep=n < last and (whole or n < 2 or n > last - 3))
            for n, piece in enumerate(slices)
        ]

    def _across(self, row: Row) -> list[_Lines]:
        text = one_line(_text(row.cells[0]), self._room.language)
        lines = line_up([Span(text, self._bold)], self._room.width - _GUTTER, self._room.rtl)
        x = _GUTTER / 2
        return [_Lines(across(x, line.width, self._room), line) for line in lines]

    def _cell_lines(self, row: Row, place: int, content: Content) -> list[_Lines]:
        cell = _cell(content)
        style = self._style(row, cell)
        style = TextStyle(style.size, style.leading, style.weight, cell.colour)
        if self._table.columns[place].align == DECIMAL:
            return self._amount(cell.text, place, style)
        width = self._widths[place] - _GUTTER
        texts = [(part, style) for part in paragraphs(cell.text, self._room.language)]
        muted = self._table.style.muted()
        for text in cell.below:
            texts += [(part, muted) for part in paragraphs(text, self._room.language)]
        lines = [
            line
            for text, look in texts
            for line in line_up([Span(text, look)], width, self._room.rtl)
        ]
        return [self._placed(line, place, 0.0) for line in lines]

    def _amount(self, text: str, place: int, style: TextStyle) -> list[_Lines]:
        if not text:
            return []
        _, mark, digits = _parted(text)
        own = natural_width(mark + digits, style) if mark else 0.0
        line = line_up([Span(text, style)], 1e6)[0]
        return [self._placed(line, place, self._fractions[place] - own)]

    def _placed(self, line: Line, place: int, back: float) -> _Lines:
        column, width = self._table.columns[place], self._widths[place]
        edge = _GUTTER / 2
        if column.align == START:
            x = self._starts[place] + edge
        else:
            x = self._starts[place] + width - edge - line.width - back
        return _Lines(across(x, line.width, self._room), line)

    def _slices(self, cells: Sequence[Sequence[_Lines]], style: TextStyle) -> list[_Slice]:
        count = max([len(cell) for cell in cells] + [1])
        slices = []
        for place in range(count):
            above = _PADDING if place == 0 else 0.0
            below = _PADDING if place == count - 1 else 0.0
            piece = _Slice(self._room.width, style.leading + above + below, above + baseline(style))
            piece.lines = [cell[place] for cell in cells if place < len(cell)]
            slices.append(piece)
        return slices


def _cell(content: Content) -> Cell:
    return content if isinstance(content, Cell) else Cell(content)


def _text(content: Content) -> str:
    return content.text if isinstance(content, Cell) else content


def _parted(text: str) -> tuple[str, str, str]:
    """Cut an amount at its decimal mark, the last comma or point followed by digits only."""
    for mark in (",", ".", "٫"):
        whole, found, digits = text.rpartition(mark)
        if found and digits.isdigit() and len(digits) <= 2:
            return whole, mark, digits
    return text, "", ""
