"""Takes a list out of the desk: to the clipboard, or into a file of just what is shown."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from sscdesk.application.exporting import forms_of
from sscdesk.application.views import ListQuery, ListRow
from sscdesk.i18n import _, ngettext
from sscdesk.ui.look import look
from sscdesk.ui.models.listing_reader import read_pages
from sscdesk.ui.models.paging import PAGE
from sscdesk.ui.models.table_copy import as_mime, cells_of

if TYPE_CHECKING:
    from sscdesk.application.exporting import ExportReport
    from sscdesk.application.workspace import Workspace
    from sscdesk.ui.operations import Report
    from sscdesk.ui.pages.list_pane import ListPane

MOST_COPIED = 5_000


class ListTransfer(QObject):
    """Copies and exports one list."""

    def __init__(self, pane: "ListPane") -> None:
        super().__init__(pane)
        self._pane = pane

    @Slot()
    def copy(self) -> None:
        """Copy the chosen rows, or the whole list where one or none is chosen."""
        rows = self._pane.chosen_rows()
        if len(rows) > 1:
            self._put_on_clipboard(rows)
            return
        desk = self._pane.desk
        desk.job(
            self,
            partial(_read_all, query=self._pane.query()),
            self._put_on_clipboard,
            label=_("Copying the list…"),
        )

    def _put_on_clipboard(self, rows: Sequence[ListRow]) -> None:
        cells = cells_of(rows, self._pane.model.columns)
        mime = as_mime(cells, right_to_left=look().theme.right_to_left)
        QGuiApplication.clipboard().setMimeData(mime)
        count = len(rows)
        words = ngettext(
            "{count} row is copied, ready for Excel or Word.",
            "{count} rows are copied, ready for Excel or Word.",
            count,
        )
        self._pane.desk.say(words.format(count=count))

    @Slot()
    def export(self) -> None:
        """Ask where, and write exactly what the list shows."""
        forms = ";;".join(self._form_words(one) for one in forms_of(self._pane.entity))
        name = file_name(_(self._pane.kind.mapped.plural))
        chosen, kind = QFileDialog.getSaveFileName(
            self._pane, _("Export what is shown"), f"{name}.xlsx", forms
        )
        if chosen:
            self.export_to(with_ending(Path(chosen), kind))

    @staticmethod
    def _form_words(ending: str) -> str:
        words = {
            ".xlsx": _("Spreadsheet to read"),
            ".csv": _("Table for other programs, can be imported again"),
            ".vcf": _("Contact cards"),
            ".ics": _("Calendar"),
        }
        return f"{words[ending]} (*{ending})"

    def export_to(self, path: Path) -> None:
        """Write exactly what the list shows into a file."""
        query = self._pane.query()
        if self._pane.in_table:
            query = replace(query, columns=tuple(self._pane.column_names()))
        self._pane.desk.job(
            self,
            partial(_export_list, query=query, path=path),
            self._exported,
            label=_("Exporting…"),
        )

    def _exported(self, report: "ExportReport") -> None:
        words = ngettext(
            "{count} record is in “{file}”.", "{count} records are in “{file}”.", report.written
        ).format(count=report.written, file=report.path.name)
        self._pane.desk.say(
            " ".join((words, *report.left_out)),
            action=_("Show the folder"),
            act=partial(_show_folder, report.path),
        )


def _read_all(w: "Workspace", report: "Report", query: ListQuery) -> tuple[ListRow, ...]:
    """Read the list from its beginning, up to what a clipboard can hold."""
    rows: list[ListRow] = []
    cursor: str | None = None
    total = 0
    while len(rows) < MOST_COPIED:
        page = read_pages(w, query_after(query, cursor), 0, 1).pages[0]
        total = max(total, min(page.total, MOST_COPIED))
        rows.extend(page.items)
        report(len(rows), total)
        cursor = page.cursor
        if cursor is None:
            break
    return tuple(rows[:MOST_COPIED])


def _export_list(w: "Workspace", report: "Report", query: ListQuery, path: Path) -> "ExportReport":
    from sscdesk.application.exporting import export

    return export(w, query.entity, path, query, progress=report)


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def file_name(words: str) -> str:
    """Return words as a file may be called on every system."""
    return "".join(sign if sign.isalnum() or sign in " -_" else "-" for sign in words).strip()


def with_ending(path: Path, kind: str) -> Path:
    """Return a path with the ending of the kind chosen, where none was typed."""
    found = re.search(r"\*(\.\w+)\)", kind)
    if found is None or path.suffix.lower() in (".xlsx", ".csv", ".vcf", ".ics"):
        return path
    return path.with_name(path.name + found[1])


def query_after(query: ListQuery, cursor: str | None) -> ListQuery:
    """Return the query of the page that begins at ``cursor``."""
    return replace(query, after=cursor, limit=PAGE, counted=cursor is None)
