"""Fields side by side on twelve columns, fewer abreast where there is less room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from sscdesk.model.field import Field, FieldType
from sscdesk.ui.look import look
from sscdesk.ui.widgets.editors.box import FieldBox

COLUMNS = 12
WIDE = 560
MIDDLE = 380
_SHORT = frozenset(
    {FieldType.DATE, FieldType.MONEY, FieldType.INTEGER, FieldType.DECIMAL, FieldType.COUNTRY}
)
_LONG = frozenset({FieldType.LONG_TEXT, FieldType.REFERENCES, FieldType.CHOICES})


def natural_span(field: Field) -> int:
    """Return how many of twelve columns a field takes where there is room."""
    if field.type in _LONG or field.many:
        return COLUMNS
    return 3 if field.type in _SHORT else 6


@dataclass(frozen=True, slots=True)
class Cell:
    """A field in a row and the columns that it takes where there is room."""

    box: FieldBox
    span: int


def span_at(width: int, span: int) -> int:
    """Return the columns that a field takes at a width of the whole grid, in pixels."""
    if width >= look().sp(WIDE):
        return span
    if width >= look().sp(MIDDLE):
        return 6 if span <= 4 else COLUMNS
    return COLUMNS


class FieldGrid(QWidget):
    """A grid of fields. Rows are kept together where they fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[Cell]] = []
        self._spans: tuple[int, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def add_row(self, boxes: Sequence[FieldBox], spans: Iterable[int] = ()) -> None:
        """Add fields that belong in one row; without spans they share it equally."""
        given = list(spans) or [COLUMNS // max(len(boxes), 1)] * len(boxes)
        self._rows.append([Cell(box, span) for box, span in zip(boxes, given, strict=True)])
        self._arrange(force=True)

    def add_flowing(self, boxes: Iterable[FieldBox]) -> None:
        """Add fields that fill row after row by their natural widths."""
        row: list[Cell] = []
        left = COLUMNS
        for box in boxes:
            span = natural_span(box.field)
            if row and span > left:
                self._rows.append(row)
                row, left = [], COLUMNS
            row.append(Cell(box, span))
            left -= span
        if row:
            self._rows.append(row)
        self._arrange(force=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self, *, force: bool = False) -> None:
        width = self.width()
        spans = tuple(span_at(width, cell.span) for row in self._rows for cell in row)
        if spans == self._spans and not force:
            return
        self._spans = spans
        line = 0
        for row in self._rows:
            line = self._place_row(row, line, width)

    def _place_row(self, row: list[Cell], line: int, width: int) -> int:
        column = 0
        for cell in row:
            span = span_at(width, cell.span)
            if column and column + span > COLUMNS:
                line, column = line + 1, 0
            self._grid.addWidget(cell.box, line, column, 1, span)
            column += span
        return line + 1
