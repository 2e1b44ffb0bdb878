"""The recovery sheet: one page to print or to save and to lock away."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from sscdesk.i18n import _, is_right_to_left
from sscdesk.ui.look import look
from sscdesk.ui.widgets.basic import Card, button, label


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the sheet says."""

    office: str
    officer: str
    made_on: str
    key: str
    """Eight groups of four letters, joined by dashes."""


def sheet_document(sheet: RecoverySheet) -> QTextDocument:
    """Lay the sheet out; names were typed by somebody and are escaped."""
    direction = "rtl" if is_right_to_left() else "ltr"
    groups = sheet.key.split("-")
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{escape(group)}</td>" for group in groups[start : start + 4])
        + "</tr>"
        for start in range(0, len(groups), 4)
    )
    lines = "".join(
        f"<p>{escape(words)}</p>"
        for words in (
            _("Office: {office}").format(office=sheet.office),
            _("Made for: {officer}").format(officer=sheet.officer),
            _("Date: {date}").format(date=sheet.made_on),
        )
    )
    document = QTextDocument()
    font = look().font()
    font.setPointSizeF(11)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(
        "td { font-size: 24pt; padding: 16px; font-weight: 600; } "
        "h1 { font-size: 24pt; font-weight: 600; } p { font-size: 11pt; }"
    )
    document.setHtml(
        f'<div dir="{direction}"><h1>{escape(_("Recovery key of the desk"))}</h1>{lines}</div>'
        f'<p></p><table dir="ltr" align="center" border="1" cellspacing="0">{rows}</table><p></p>'
        f'<div dir="{direction}"><p>{escape(_promise())}</p><p>{escape(_advice())}</p></div>'
    )
    return document


def _promise() -> str:
    return _("Whoever has this sheet and the laptop can open the desk and give a new passphrase.")


def _advice() -> str:
    return _(
        "Keep it in the office's safe, never with the laptop. A new key makes this one useless."
    )


def write_pdf(sheet: RecoverySheet, path: Path) -> None:
    """Write the sheet as a PDF of one page."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(22, 22, 22, 22), QPageLayout.Unit.Millimeter)
    writer.setTitle(_("Recovery key of the desk"))
    writer.setResolution(150)
    draw_sheet(sheet, writer)


def draw_sheet(sheet: RecoverySheet, paper: QPdfWriter | QPrinter) -> None:
    """Draw the sheet on the one page of a file or of a printer."""
    document = sheet_document(sheet)
    document.documentLayout().setPaintDevice(paper)
    document.setPageSize(QSizeF(paper.width(), paper.height()))
    painter = QPainter(paper)
    document.drawContents(painter)
    painter.end()


class RecoveryStep(QWidget):
    """Shows the key, saves or prints it. *Signals*: ``changed`` when it is put away."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = RecoverySheet("", "", "", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.heading = label("", "title", wrap=True)
        self.words = label("", "muted", wrap=True)
        column.addWidget(self.heading)
        column.addWidget(self.words)
        card = Card(self)
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self._groups = [label("", "group", card) for _place in range(8)]
        for place, group in enumerate(self._groups):
            group.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(group, place // 4, place % 4)
        holder = QWidget(card)
        holder.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        holder.setLayout(self._grid)
        card.body.addWidget(holder)
        column.addWidget(card)
        row = QHBoxLayout()
        self.save = button("", "", "download")
        self.print = button("", "", "printer")
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(self._print)
        row.addWidget(self.save)
        row.addWidget(self.print)
        row.addStretch(1)
        column.addLayout(row)
        self.done = label("", "good", wrap=True)
        self.put_away = QCheckBox(self)
        self.put_away.toggled.connect(self.changed)
        column.addWidget(self.done)
        column.addWidget(self.put_away)
        column.addStretch(1)
        self.reword()

    def show_sheet(self, sheet: RecoverySheet) -> None:
        """Show this key."""
        self._sheet = sheet
        for group, letters in zip(self._groups, sheet.key.split("-"), strict=True):
            group.setText(letters)
        self._groups[0].setAccessibleDescription(sheet.key)

    def ready(self) -> bool:
        """Whether the officer says that the sheet is put away."""
        return self.put_away.isChecked()

    def begin(self) -> None:
        """Put the focus on the first thing to do."""
        self.save.setFocus()

    def reword(self) -> None:
        """Write the words in the language of now."""
        self.heading.setText(_("Keep this recovery key"))
        self.words.setText(
            _(
                "If every passphrase is forgotten, only this key opens the desk. Print it or "
                "save it on a stick, and lock it away. It is shown this once."
            )
        )
        self.save.setText(_("Save as PDF…"))
        self.print.setText(_("Print…"))
        self.put_away.setText(_("I have put the sheet in a safe place"))

    @Slot()
    def _save(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Save the recovery sheet"), "recovery-key.pdf", "PDF (*.pdf)"
        )
        if path:
            write_pdf(self._sheet, Path(path))
            self.done.setText(_("Saved. Now put the stick or the paper away."))

    @Slot()
    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            draw_sheet(self._sheet, printer)
            self.done.setText(_("Sent to the printer. Now put the paper away."))
