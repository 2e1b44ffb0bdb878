"""The widgets of a list in their places; what they do is the pane's affair."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from sscdesk.i18n import _
from sscdesk.ui.models.record_list import RecordListModel
from sscdesk.ui.models.row_words import ListWords
from sscdesk.ui.pages.list_views import RecordListView, RecordTableView
from sscdesk.ui.widgets.basic import EmptyState, button, icon_button, name_icon_button
from sscdesk.ui.widgets.eliding import ElidingLabel
from sscdesk.ui.widgets.filter_bar import FilterBar
from sscdesk.ui.widgets.row_delegate import StateDelegate


class ListFrame(QWidget):
    """Filters, a line to find in, the count, rows or table, an empty state."""

    def lay_out(
        self, model: RecordListModel, words: ListWords, filters: FilterBar, icon: str
    ) -> None:
        """Put everything into its place."""
        self.model = model
        self.words = words
        self.filters = filters
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        self.find_line = QLineEdit(self)
        self.find_line.setProperty("look", "search")
        self.find_line.setClearButtonEnabled(True)
        self.find_line.hide()
        for widget in (self.filters, self.find_line):
            row = QHBoxLayout()
            row.setContentsMargins(14, 0, 14, 0)
            row.addWidget(widget)
            column.addLayout(row)
        column.addLayout(self._summary_row())
        column.addWidget(self._shown_rows(icon), 1)

    def _summary_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(2)
        self.summary = ElidingLabel("", "small", self)
        self.look_button = icon_button("search", "")
        self.mode_button = icon_button("table-2", "")
        self.more_button = icon_button("ellipsis", "")
        row.addWidget(self.summary, 1)
        for widget in (self.look_button, self.mode_button, self.more_button):
            row.addWidget(widget)
        return row

    def name_parts(self) -> None:
        """Say what each part is, in the language of now."""
        name_icon_button(self.look_button, _("Find in this list (Ctrl+F)"))
        name_icon_button(self.more_button, _("More for this list"))
        name = _(self.words.kind.mapped.plural)
        self.list_view.setAccessibleName(name)
        self.table_view.name_parts(name)

    def _shown_rows(self, icon: str) -> QStackedWidget:
        self.list_view = RecordListView(self.model, self.words.row, self)
        self.table_view = RecordTableView(self.model, self)
        self.table_view.setSelectionModel(self.list_view.selectionModel())
        self.states = StateDelegate(self.words.row, self)
        self.empty = EmptyState(icon, self)
        self.first_step = button("", "primary", "plus")
        self.widen_step = button("", "")
        for step in (self.first_step, self.widen_step):
            self.empty.add_step(step)
        self.rows = QStackedWidget(self)
        for widget in (self.list_view, self.table_view, self.empty):
            self.rows.addWidget(widget)
        return self.rows
