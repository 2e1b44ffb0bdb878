"""The menu of a list: its saved views, order, columns; copy, export and bin."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QInputDialog, QMenu

from sscdesk.i18n import _
from sscdesk.model.redirect import REDIRECTED
from sscdesk.ui.icons import icon
from sscdesk.ui.models.saved_views import SavedView, forget_view, keep_view, read_views
from sscdesk.ui.pages.list_bin import ListBin
from sscdesk.ui.pages.list_transfer import ListTransfer
from sscdesk.ui.widgets.basic import plain_amp

if TYPE_CHECKING:
    from sscdesk.ui.pages.list_pane import ListPane

MOST_COPIED = 5_000


class ListActions(QObject):
    """The menu of a list and its shortcuts."""

    def __init__(self, pane: "ListPane") -> None:
        super().__init__(pane)
        self._pane = pane
        self.transfer = ListTransfer(pane)
        self.bin = ListBin(pane)
        self.views: tuple[SavedView, ...] = ()
        self.copy = self._action("copy", QKeySequence.StandardKey.Copy, self.transfer.copy)
        self.delete = self._action("trash-2", QKeySequence.StandardKey.Delete, self.bin.move)
        self.show_bin = self._action("archive-restore", None, self.bin.show_bin)
        self.show_bin.setCheckable(True)
        self.export = self._action("file-down", None, self.transfer.export)
        self.columns = self._action("columns-3", None, self._choose_columns)
        self.keep = self._action("bookmark", None, self._keep_view)
        self.merge = self._action("merge", None, self._merge_chosen)
        self.duplicates = self._action("users", None, self._show_duplicates)
        pane.desk.query(self, partial(read_views, entity=pane.entity), self._take_views)

    @property
    def in_bin(self) -> bool:
        """Whether the list shows the bin."""
        return self.bin.shown

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
        if self._pane.entity in REDIRECTED:
            menu.addSeparator()
            menu.addAction(self.duplicates)
            menu.addAction(self.merge)
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
        self.duplicates.setText(_("Possible duplicates…"))
        self.merge.setText(_("Merge the two chosen…"))
        self.merge.setEnabled(chosen == 2 and not self.in_bin)
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

    # Duplicates

    @Slot()
    def _show_duplicates(self) -> None:
        from sscdesk.ui.dialogs.duplicates import DuplicatesDialog

        DuplicatesDialog(self._pane.desk, self._pane.entity, self._pane.window()).open()

    @Slot()
    def _merge_chosen(self) -> None:
        from sscdesk.ui.dialogs.duplicates import DuplicatesDialog

        chosen = [row.id for row in self._pane.chosen_rows()]
        if len(chosen) == 2:
            pair = (chosen[0], chosen[1])
            window = self._pane.window()
            DuplicatesDialog(self._pane.desk, self._pane.entity, window, pair=pair).open()

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
