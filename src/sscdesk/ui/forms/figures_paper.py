"""An indicator on paper: where it stands, its trend as a drawing, its periods as a table."""

from html import escape

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from sscdesk.application.indicator_views import IndicatorView
from sscdesk.i18n import is_right_to_left
from sscdesk.ui.forms.figures_grid import periods_grid, trend_of
from sscdesk.ui.indicator_words import (
    basis_words,
    entered_words,
    left_out_words,
    of_target_words,
    overlap_words,
    share_words,
)
from sscdesk.ui.look import look
from sscdesk.ui.widgets.figure_table import Grid
from sscdesk.ui.widgets.trend_chart import draw_on_paper
from sscdesk.ui.wording import Wording

WIDTH, HEIGHT, SHARP = 620, 170, 4
"""Points of the drawing, and how many dots each point has on paper."""


def print_view(view: IndicatorView, wording: Wording, parent: QWidget) -> bool:
    """Let the officer choose a printer and print; returns whether it was printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(f"{view.figure.code} {view.figure.title}")
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    print_on(printer, view, wording)
    return True


def print_on(printer: QPrinter, view: IndicatorView, wording: Wording) -> None:
    """Print an indicator on a printer already chosen."""
    document = QTextDocument()
    document.setDefaultFont(look().font("small"))
    option = document.defaultTextOption()
    if is_right_to_left():
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        document.setDefaultTextOption(option)
    document.addResource(QTextDocument.ResourceType.ImageResource, "trend", drawn(view))
    document.setHtml(_html(view, wording))
    document.setPageSize(QSizeF(printer.pageRect(QPrinter.Unit.Point).size()))
    document.print_(printer)


def drawn(view: IndicatorView) -> QImage:
    """Return the trend as a picture in the colours of paper."""
    made = QImage(WIDTH * SHARP, HEIGHT * SHARP, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SHARP, SHARP)
    area = QRectF(0, 0, WIDTH, HEIGHT)
    draw_on_paper(painter, area, trend_of(view), look().font("tiny"), mirrored=is_right_to_left())
    painter.end()
    return made


def _table(grid: Grid) -> str:
    """Return a grid as Qt's paper writes it: without a direction of its own, so mirrored here."""
    lines = [grid.headings, *([cell.words for cell in line] for line in grid.lines)]
    mirrored = is_right_to_left()
    ends = ("right", "left") if mirrored else ("left", "right")
    rows = []
    for place, line in enumerate(lines):
        tag = "td" if place else "th"
        cells = [
            f'<{tag} align="{ends[bool(column)]}">{escape(words)}</{tag}>'
            for column, words in enumerate(line)
        ]
        rows.append("<tr>" + "".join(reversed(cells) if mirrored else cells) + "</tr>")
    style = "border-collapse: collapse; border-style: solid; border-color: #8A8E8C"
    return (
        f'<table width="100%" border="1" cellspacing="0" cellpadding="4" style="{style}">'
        f"{''.join(rows)}</table>"
    )


def _html(view: IndicatorView, wording: Wording) -> str:
    figure = view.figure
    facts = [
        of_target_words(figure),
        share_words(figure.total, figure),
        basis_words(figure),
        entered_words(figure),
    ]
    told = " · ".join(escape(one) for one in facts if one)
    notes = "".join(
        f"<p>{escape(one)}</p>" for one in (overlap_words(view), left_out_words(view)) if one
    )
    table = _table(periods_grid(view, wording))
    picture = f'<p><img src="trend" width="{WIDTH * 3 // 4}"></p>' if trend_of(view).bars else ""
    return (
        f"<h2>{escape(figure.code)} {escape(figure.title)}</h2><p>{told}</p>"
        f"<p>{escape(figure.definition)}</p>{picture}{table}{notes}"
    )
