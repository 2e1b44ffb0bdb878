"""A report's paper as it would be now, drawn again in a worker as its texts change."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from sscdesk.i18n import _, error_hint, error_text
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.basic import icon_button
from sscdesk.ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

PAUSE_MS = 250
"""The paper is drawn again this long after the last change."""


class PaperPanel(QWidget):
    """The paper of one report, or of one that is not yet begun.

    *Signals*: ``shown(int)`` with the number of pages.
    """

    shown = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ref = ""
        self._name = ""
        self._make: Callable[[Workspace], bytes] | None = None
        self._write: Callable[[Workspace, Path], object] | None = None
        self._has_finance = False
        self._papers = Latest(self, desk.workers)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self.refresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.view = PdfView(desk.workers, self)
        self.save = icon_button("download", _("Save the PDF…"), self.view)
        self.save.clicked.connect(self.choose_and_save)
        self.finance = icon_button("banknote", _("Save the internal accounts…"), self.view)
        self.finance.clicked.connect(self.choose_and_save_finance)
        self.finance.hide()
        self.view.tools.addSpacing(10)
        self.view.tools.addWidget(self.finance)
        self.view.tools.addWidget(self.save)
        self.view.shown.connect(self.shown)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)
        desk.changed.connect(self._changed)

    def show_paper(self, ref: str, name: str, *, finance: bool = False) -> None:
        """Show the paper of the report ``ref``; ``finance`` where it has internal accounts."""
        self.show_made(ref, name, partial(_preview, ref=ref))
        self.finance.setVisible(finance)

    def show_made(
        self,
        ref: str,
        name: str,
        make: "Callable[[Workspace], bytes]",
        write: "Callable[[Workspace, Path], object] | None" = None,
    ) -> None:
        """Show a paper that ``make`` makes in a worker; ``ref`` tells one paper from another.

        ``write`` writes it to a file, where it is not that of the report ``ref``.
        """
        fresh = ref != self.ref
        self._write = write
        self.ref, self._name, self._make = ref, name, make
        self.finance.hide()
        if fresh:
            self.view.say(_("One moment…"))
        self.refresh()

    def clear(self, words: str) -> None:
        """Show words in the place of a paper."""
        self.ref = ""
        self._papers.forget()
        self.view.say(words)

    @Slot()
    def refresh(self) -> None:
        """Make the paper again."""
        if self.ref and self._make is not None:
            run = partial(self._make, self.desk.workspace)
            self._papers.ask(run, partial(self._made, self.ref), self._not_made)

    def _made(self, ref: str, pdf: bytes) -> None:
        if ref == self.ref:
            self.view.show_pdf(pdf, self._name)

    def _not_made(self, error: DeskError) -> None:
        self.view.say(f"{error_text(error)} {error_hint(error)}".strip())

    @Slot(object)
    def _changed(self, _summary: object) -> None:
        if self.ref and self.isVisible():
            self._soon.start()

    # ------------------------------------------------------------ saving

    @Slot()
    def choose_and_save(self) -> None:
        """Let the officer choose where the PDF goes."""
        path = self._choose(_("Save the PDF"), f"{self._name}.pdf")
        if path is not None:
            self.save_to(path)

    @Slot()
    def choose_and_save_finance(self) -> None:
        """Let the officer choose where the accounts go, which stay in the office."""
        path = self._choose(_("Save the internal accounts"), f"{self._name}-finances.pdf")
        if path is not None:
            self.desk.operation(self, partial(_save_finance, ref=self.ref, path=path), self._saved)

    def _choose(self, title: str, name: str) -> Path | None:
        path, _kind = QFileDialog.getSaveFileName(self, title, name, _("PDF documents (*.pdf)"))
        if not path:
            return None
        return Path(path if path.casefold().endswith(".pdf") else f"{path}.pdf")

    def save_to(self, path: Path) -> None:
        """Write the PDF there, in a worker."""
        run = partial(_save, ref=self.ref, path=path, write=self._write)
        self.desk.operation(self, run, self._saved)

    def _saved(self, path: Path) -> None:
        self.desk.say(_("Saved as {path}").format(path=path))


def _preview(w: "Workspace", *, ref: str) -> bytes:
    from sscdesk.application import reports

    return reports.preview(w, ref)


def _save(
    w: "Workspace",
    *,
    ref: str,
    path: Path,
    write: "Callable[[Workspace, Path], object] | None" = None,
) -> Path:
    from sscdesk.application import reports

    if write is not None:
        write(w, path)
    else:
        reports.save(w, ref, path)
    return path


def _save_finance(w: "Workspace", *, ref: str, path: Path) -> Path:
    from sscdesk.application import reports

    reports.save_finance(w, ref, path)
    return path
