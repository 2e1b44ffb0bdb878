"""Rows as a table for the clipboard: tabs for Excel, HTML for Word.

Both are text that somebody typed: no cell may become a formula, no sign markup.
"""

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QMimeData

from sscdesk.application.views import ListRow
from sscdesk.ui.models.paging import Column

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def cells_of(rows: Iterable[ListRow], columns: Sequence[Column]) -> list[list[str]]:
    """Return a heading and a line of cells for each row."""
    heading = [column.label for column in columns]
    return [heading, *([column.text(row) for column in columns] for row in rows)]


def as_tabs(cells: Sequence[Sequence[str]]) -> str:
    """Return cells as lines with tabs between them."""
    return "\n".join("\t".join(_harmless(cell) for cell in line) for line in cells)


def _harmless(cell: str) -> str:
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(FORMULA_SIGNS) else flat


def as_html(cells: Sequence[Sequence[str]], *, right_to_left: bool = False) -> str:
    """Return cells as an HTML table."""
    heading, *lines = cells
    direction = ' dir="rtl"' if right_to_left else ""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heading)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in lines
    )
    return f'<table border="1"{direction}><tr>{head}</tr>{body}</table>'


def as_mime(cells: Sequence[Sequence[str]], *, right_to_left: bool = False) -> QMimeData:
    """Return cells for the clipboard."""
    made = QMimeData()
    made.setText(as_tabs(cells))
    made.setHtml(as_html(cells, right_to_left=right_to_left))
    return made
