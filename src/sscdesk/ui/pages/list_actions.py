"""What one does with a list beside reading it: copy, export, bin, columns, saved views."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu

from sscdesk.application.exporting import forms_of
from sscdesk.application.views import ListQuery, ListRow
from sscdesk.i18n import _, ngettext
from sscdesk.ui.entity_words import entity_words
from sscdesk.ui.icons import icon
from sscdesk.ui.look import look
from sscdesk.ui.models.listing_reader import read_pages
from sscdesk.ui.models.record_list import PAGE
from sscdesk.ui.models.saved_views import SavedView, forget_view, keep_view, read_views
from sscdesk.ui.models.table_copy import as_mime, cells_of
from sscdesk.ui.widgets.basic import plain_amp

if TYPE_CHECKING:
    from sscdesk.application.exporting import ExportReport
    from sscdesk.application.workspace import Workspace
    from sscdesk.ui.operations import Report
    from sscdesk.ui.pages.list_pane import ListPane

MOST_COPIED = 5_000


class ListActions(QObject):
    """The menu of a list and its shortcuts."""

    def __init__(self, pane: "ListPane") -> None:
        super().__init__(pane)
        self._pane = pane
        self.in_bin = False
        self.views: tuple[SavedView, ...] = ()
        self.copy = self._action("copy", QKeySequence.StandardKey.Copy, self._copy)
        self.delete = self._action("trash-2", QKeySequence.StandardKey.Delete, self._delete)
        self.show_bin = self._action("archive-restore", None, self._switch_bin)
        self.show_bin.setCheckable(True)
        self.export = self._action("file-down", None, self._export)
        self.columns = self._action("columns-3", None, self._choose_columns)
        self.keep = self._action("bookmark", None, self._keep_view)
        pane.desk.query(self, partial(read_views, entity=pane.entity), self._take_views)

    def _action(
        self, picture: str, keys: QKeySequence.StandardKey | None, then: Callable[..., object]
    ) -> QAction:
        action = QAction(self._pane)
        action.setIcon(icon(picture, "muted"))
        action.triggered.connect(then)
        if keys is not None:
            action.setShortcuts(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            for view in (self._pane.list_view, self._pane.table_view):
                view.addAction(action)
        return action

    # The menu

    @Slot()
    def show_menu(self) -> None:
        """Open the menu under its button."""
        menu = self.menu()
        anchor = self._pane.more_button
        corner = anchor.rect().bottomRight() - QPoint(menu.sizeHint().width(), -4)
        if anchor.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            corner = anchor.rect().bottomLeft() + QPoint(0, 4)
        menu.popup(anchor.mapToGlobal(corner))

    def menu(self) -> QMenu:
        """Make the menu with the words of now."""
        menu = QMenu(self._pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._word()
        for view in self.views:
            action = menu.addAction(icon("bookmark", "accent"), plain_amp(view.name))
            action.setData(view.name)
            action.triggered.connect(self._view_chosen)
        if self.views:
            self._add_forgetting(menu)
        menu.addAction(self.keep)
        menu.addSeparator()
        self._add_sorting(menu)
        menu.addAction(self.columns)
        menu.addSeparator()
        for action in (self.copy, self.export):
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.delete)
        menu.addAction(self.show_bin)
        return menu

    def _word(self) -> None:
        chosen = len(self._pane.chosen_rows())
        self.copy.setText(_("Copy as a table"))
        self.export.setText(_("Export what is shown…"))
        self.columns.setText(_("Columns…"))
        self.keep.setText(_("Keep this view…"))
        self.show_bin.setText(_("Show the bin"))
        self.delete.setText(_("Put back from the bin") if self.in_bin else _("Delete"))
        self.delete.setEnabled(chosen > 0)
        self.columns.setVisible(self._pane.in_table)

    def _add_forgetting(self, menu: QMenu) -> None:
        forget = menu.addMenu(_("Forget a view"))
        for view in self.views:
            action = forget.addAction(plain_amp(view.name))
            action.setData(view.name)
            action.triggered.connect(self._forget_view)

    def _add_sorting(self, menu: QMenu) -> None:
        order = menu.addMenu(icon("arrow-up-down", "muted"), _("Sort by"))
        current = self._pane.sort.removeprefix("-")
        for column in self._pane.words.columns(self._sortable()):
            action = order.addAction(plain_amp(column.label))
            action.setCheckable(True)
            action.setChecked(column.name == current)
            action.setData(column.name)
            action.triggered.connect(self._sort_chosen)
        order.addSeparator()
        last = order.addAction(_("Last first"))
        last.setCheckable(True)
        last.setChecked(self._pane.sort.startswith("-"))
        last.triggered.connect(self._turn_order)

    def _sortable(self) -> list[str]:
        words = self._pane.words
        names = dict.fromkeys([*words.default_columns(), "updated_at"])
        return [column.name for column in words.columns(list(names)) if column.sortable]

    @Slot()
    def _sort_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            sign = "-" if self._pane.sort.startswith("-") else ""
            self._pane.sort_by(sign + str(action.data()))

    @Slot(bool)
    def _turn_order(self, last_first: bool) -> None:
        name = self._pane.sort.removeprefix("-")
        self._pane.sort_by(f"-{name}" if last_first else name)

    @Slot()
    def _choose_columns(self) -> None:
        from sscdesk.ui.dialogs.columns import ColumnsDialog

        dialog = ColumnsDialog(
            self._pane.words.possible_columns(), self._pane.column_names(), self._pane
        )
        dialog.chosen.connect(self._pane.show_columns)
        dialog.open()

    # Copy and export

    @Slot()
    def _copy(self) -> None:
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
    def _export(self) -> None:
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

    # The bin

    @Slot()
    def _delete(self) -> None:
        rows = self._pane.chosen_rows()
        if not rows:
            return
        identifiers = tuple(row.id for row in rows)
        run = _restore_all if self.in_bin else _delete_all
        then = self._restored if self.in_bin else self._deleted
        self._pane.desk.operation(
            self, partial(run, identifiers=identifiers), then, label=_("Deleting…")
        )

    def _deleted(self, identifiers: tuple[str, ...]) -> None:
        if not identifiers:
            return
        count = len(identifiers)
        words = ngettext(
            "{count} record is in the bin.", "{count} records are in the bin.", count
        ).format(count=count)
        if count == 1:
            words = _(entity_words(self._pane.entity).deleted)
        self._pane.desk.say(
            words, "neutral", action=_("Undo"), act=partial(self._put_back, identifiers)
        )

    def _put_back(self, identifiers: tuple[str, ...]) -> None:
        self._pane.desk.operation(
            self, partial(_restore_all, identifiers=identifiers), self._restored
        )

    def _restored(self, identifiers: tuple[str, ...]) -> None:
        count = len(identifiers)
        words = ngettext("{count} record is back.", "{count} records are back.", count)
        self._pane.desk.say(words.format(count=count))

    @Slot(bool)
    def _switch_bin(self, shown: bool) -> None:
        self.in_bin = shown
        self._pane.reload()

    # Saved views

    def _take_views(self, views: tuple[SavedView, ...]) -> None:
        self.views = views

    @Slot()
    def _view_chosen(self) -> None:
        action = self.sender()
        name = action.data() if isinstance(action, QAction) else None
        for view in self.views:
            if view.name == name:
                self._pane.show_view(view)

    @Slot()
    def _keep_view(self) -> None:
        name, agreed = QInputDialog.getText(self._pane, _("Keep this view"), _("Name of the view"))
        if agreed and name.strip():
            self.keep_as(name.strip())

    def keep_as(self, name: str) -> None:
        """Keep the filters, the order and the columns of now under a name."""
        pane = self._pane
        columns = tuple(pane.column_names()) if pane.in_table else ()
        view = SavedView(name, pane.filters.conditions, pane.sort, columns, pane.filters.titles)
        pane.desk.operation(
            self, partial(keep_view, entity=pane.entity, view=view), self._view_kept
        )

    def _view_kept(self, views: tuple[SavedView, ...]) -> None:
        self.views = views
        self._pane.desk.say(_("The view is kept in the menu of this list."))

    @Slot()
    def _forget_view(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._pane.desk.operation(
                self,
                partial(forget_view, entity=self._pane.entity, name=str(action.data())),
                self._take_views,
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


def _delete_all(w: "Workspace", identifiers: tuple[str, ...]) -> tuple[str, ...]:
    from sscdesk.application import records

    for identifier in identifiers:
        records.delete(w, identifier)
    return identifiers


def _restore_all(w: "Workspace", identifiers: tuple[str, ...]) -> tuple[str, ...]:
    from sscdesk.application import records

    for identifier in identifiers:
        records.restore(w, identifier)
    return identifiers
