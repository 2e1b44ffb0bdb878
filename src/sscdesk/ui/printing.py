"""Printing plain text that the desk tells: reports of imports, registers."""

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from sscdesk.ui.look import look


def print_text(text: str, title: str, parent: QWidget) -> bool:
    """Let the officer choose a printer and print; returns whether it was printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    document = QTextDocument()
    document.setDefaultFont(look().font("small"))
    document.setPlainText(f"{title}\n\n{text}")
    document.print_(printer)
    return True
