"""The list of one entity: filters, count, rows or table, an empty state that helps.

Everything it shows is derived from the declared fields.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QWidget,
)

from sscdesk.application.views import ChangeSummary, ListQuery, ListRow
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.field import Field, FieldType
from sscdesk.ui.around import DeskAround
from sscdesk.ui.desk import Desk
from sscdesk.ui.entity_words import counted, entity_words, new_words
from sscdesk.ui.icons import dress
from sscdesk.ui.models.conditions import Condition, filterable_fields
from sscdesk.ui.models.listing_reader import ListingReader
from sscdesk.ui.models.paging import Column
from sscdesk.ui.models.record_list import ROW, RecordListModel
from sscdesk.ui.models.row_words import ListWords
from sscdesk.ui.models.saved_views import SavedView
from sscdesk.ui.operations import Latest
from sscdesk.ui.pages.list_actions import ListActions
from sscdesk.ui.pages.list_frame import ListFrame
from sscdesk.ui.pages.list_views import select_row
from sscdesk.ui.widgets.basic import name_icon_button
from sscdesk.ui.widgets.filter_bar import FilterBar

TYPING_MS = 160
FOLLOW_MS = 90
"""A record follows the arrow keys after this rest, so that ten presses load one record."""


class ListPane(ListFrame):
    """A list with all that one does with it.

    *Signals*: ``selected(id)`` when one record is chosen, empty when none or several are;
    ``opened(id)`` when one is wanted in a window of its own; ``mode_changed(table)``.
    """

    selected = Signal(str)
    opened = Signal(str)
    mode_changed = Signal(bool)

    def __init__(self, desk: Desk, entity: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "paper")
        self.desk = desk
        self.entity = entity
        self.kind = record_kinds()[entity]
        words = self._new_words()
        self._wanted_id = ""
        self._told = ""
        self.sort = desk.preferences.sorts.get(entity, _first_sort(self.kind.fields))
        self._in_table = False
        self.lay_out(self._new_model(words), words, self._new_filters(), icon)
        self._dress_table()
        self.actions_of_list = ListActions(self)
        self._connect()
        self.table_mode(desk.preferences.table_mode.get(entity, False))
        self.reload()

    def _new_words(self) -> ListWords:
        return ListWords(self.kind, self.desk.wording, self.desk.today)

    def _new_model(self, words: ListWords) -> RecordListModel:
        reader = ListingReader(self.desk.workspace, Latest(self, self.desk.workers))
        names = self.desk.preferences.columns.get(self.entity, words.default_columns())
        return RecordListModel(reader, words.columns(names), words.spoken, self)

    def _new_filters(self) -> FilterBar:
        fields = filterable_fields(self.kind)
        return FilterBar(fields, self.desk.wording, DeskAround(self.desk), self)

    def _connect(self) -> None:
        self._typing = self._timer(TYPING_MS, self.reload)
        self._follow = self._timer(FOLLOW_MS, self._tell_selected)
        self.model.counted.connect(self._counted)
        self.model.refused.connect(self.desk.refuse)
        self.model.sort_wanted.connect(self.sort_by)
        self.model.arrived.connect(self._arrived)
        self.filters.changed.connect(self._filters_changed)
        self.find_line.textChanged.connect(self._find_changed)
        self.look_button.clicked.connect(self.look_for)
        self.mode_button.clicked.connect(self._switch_mode)
        self.more_button.clicked.connect(self.actions_of_list.show_menu)
        self.first_step.clicked.connect(self._new)
        self.widen_step.clicked.connect(self.show_everything)
        self.list_view.selectionModel().selectionChanged.connect(self._selection_changed)
        self.list_view.opened.connect(self._open)
        self.table_view.opened.connect(self._open)
        self.table_view.columns_moved.connect(self._columns_moved)
        self.table_view.horizontalHeader().sortIndicatorChanged.connect(self.model.sort)
        self.table_view.horizontalHeader().setSectionsClickable(True)
        self.desk.changed.connect(self._desk_changed)
        self.reword()

    def _timer(self, rest: int, then: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(rest)
        made.timeout.connect(then)
        return made

    # What is shown

    def query(self) -> ListQuery:
        """Return what the list shows now."""
        shown = [column.name for column in self._columns()]
        wanted = dict.fromkeys([*self.words.needed_fields(), *shown])
        return ListQuery(
            self.entity,
            where=self.filters.conditions,
            search=self.find_line.text().strip(),
            sort=self.sort,
            columns=tuple(name for name in wanted if name in self.kind.fields),
            in_bin=self.actions_of_list.in_bin,
        )

    @Slot()
    def reload(self) -> None:
        """Show the list from its beginning."""
        self.model.show_query(self.query())

    def column_names(self) -> list[str]:
        """Return the names of the table's columns, in order."""
        return list(self.desk.preferences.columns.get(self.entity, self.words.default_columns()))

    def _columns(self) -> Sequence[Column]:
        return self.words.columns(self.column_names())

    @property
    def in_table(self) -> bool:
        """Whether the table is shown."""
        return self.current_view() is self.table_view

    def current_view(self) -> QAbstractItemView:
        """Return the view in use."""
        return self.table_view if self._in_table else self.list_view

    def table_mode(self, wanted: bool) -> None:
        """Show a table, or two lines each."""
        self._in_table = wanted
        self._say_mode()
        dress(self.mode_button, "rows-3" if wanted else "table-2", "muted")
        self._show_rows()

    def _say_mode(self) -> None:
        words = _("Show as a list") if self._in_table else _("Show as a table")
        name_icon_button(self.mode_button, words)

    def _show_rows(self) -> None:
        nothing = self.model.known and self.model.total == 0
        self.rows.setCurrentWidget(self.empty if nothing else self.current_view())

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these columns and remember them."""
        self._remember_columns(list(names))
        self.model.show_columns(self.words.columns(names))
        self._dress_table()
        self.reload()

    def _remember_columns(self, names: list[str]) -> None:
        preferences = self.desk.preferences
        preferences.columns = {**preferences.columns, self.entity: names}

    def _dress_table(self) -> None:
        shown = [column.name for column in self.model.columns]
        self.table_view.dress_columns(shown, self.sort, self.states)

    def sort_by(self, wish: str) -> None:
        """Sort by a field, ``-`` before its name for descending."""
        self.sort = wish
        preferences = self.desk.preferences
        preferences.sorts = {**preferences.sorts, self.entity: wish}
        self._dress_table()
        self.reload()

    def show_view(self, view: SavedView) -> None:
        """Show a saved view."""
        self.filters.show_conditions(view.conditions, view.titles)
        self.sort = view.sort or self.sort
        if view.columns:
            self.model.show_columns(self.words.columns(view.columns))
        self._dress_table()
        self.reload()

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Show the list with these filters only."""
        self.find_line.clear()
        self.filters.show_conditions(conditions)
        self.reload()

    @Slot()
    def show_everything(self) -> None:
        """Take away filters and what was looked for."""
        self.find_line.clear()
        self.filters.show_conditions(())
        self.reload()

    def chosen_rows(self) -> list[ListRow]:
        """Return the selected rows that are at hand."""
        indexes = self.list_view.selectionModel().selectedIndexes()
        numbers = sorted({index.row() for index in indexes})
        found = (self.model.row(number) for number in numbers)
        return [row for row in found if row is not None]

    def select(self, identifier: str) -> None:
        """Select a record, now or when its row arrives."""
        self._wanted_id = identifier
        self._arrived()

    @Slot()
    def look_for(self) -> None:
        """Show the line in which one looks for words within this list."""
        self.find_line.setVisible(True)
        self.find_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_line.selectAll()

    def reword(self) -> None:
        """Write the words again and take the sizes of the theme."""
        words = entity_words(self.entity)
        self.find_line.setPlaceholderText(_(words.find))
        self.find_line.setAccessibleName(_(words.find))
        self.first_step.setText(new_words(self.entity))
        self.widen_step.setText(_("Show all"))
        self.name_parts()
        self._say_mode()
        self.filters.reword()
        self.model.word_columns(self.words.columns([one.name for one in self.model.columns]))
        self.table_view.take_sizes()
        self.list_view.scheduleDelayedItemsLayout()
        self._say_summary()
        self._say_empty()
        self.model.refresh()

    # What happens

    @Slot(int)
    def _counted(self, total: int) -> None:
        self._say_summary()
        self._say_empty()
        self._show_rows()

    def _say_summary(self) -> None:
        if not self.model.known:
            self.summary.setText("")
            return
        total = counted(self.entity, self.model.total)
        name = self.sort.removeprefix("-")
        by = dict(self.words.possible_columns()).get(name, name)
        self.summary.setText(_("{total} · sorted by “{field}”").format(total=total, field=by))

    def _say_empty(self) -> None:
        narrowed = bool(self.filters.conditions or self.find_line.text().strip())
        in_bin = self.actions_of_list.in_bin
        self.first_step.setVisible(not narrowed and not in_bin)
        self.widen_step.setVisible(narrowed)
        if narrowed:
            self.empty.say(
                _("Nothing here answers to these filters"),
                _("Take one away, or show all."),
            )
        elif in_bin:
            self.empty.say(
                _("The bin is empty"), _("What is deleted waits here and can be put back.")
            )
        else:
            words = entity_words(self.entity)
            self.empty.say(_(words.first), _(words.explained))

    @Slot()
    def _arrived(self) -> None:
        if self._wanted_id:
            place = self.model.place_of(self._wanted_id)
            if place is not None:
                self._wanted_id = ""
                select_row(self.current_view(), place)

    @Slot(object)
    def _filters_changed(self, conditions: object) -> None:
        self.reload()

    @Slot(str)
    def _find_changed(self, text: str) -> None:
        self._typing.start()

    @Slot()
    def _switch_mode(self) -> None:
        self.table_mode(not self._in_table)
        preferences = self.desk.preferences
        preferences.table_mode = {**preferences.table_mode, self.entity: self._in_table}
        self.mode_changed.emit(self._in_table)

    @Slot()
    def _new(self) -> None:
        self.desk.new(self.entity)

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, chosen: QItemSelection, left: QItemSelection) -> None:
        self._follow.start()

    @Slot()
    def _tell_selected(self) -> None:
        rows = self.chosen_rows()
        identifier = rows[0].id if len(rows) == 1 else ""
        if identifier != self._told:
            self._told = identifier
            self.selected.emit(identifier)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, ListRow):
            self.opened.emit(row.id)

    @Slot()
    def _columns_moved(self) -> None:
        header = self.table_view.horizontalHeader()
        columns = self.model.columns
        order = [columns[header.logicalIndex(place)].name for place in range(len(columns))]
        self._remember_columns(order)

    @Slot(object)
    def _desk_changed(self, summary: ChangeSummary) -> None:
        if self.entity in summary.entities or not summary.entities:
            self.model.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.find_line.isVisible():
            self.find_line.clear()
            self.find_line.hide()
            self.current_view().setFocus()
            return
        super().keyPressEvent(event)


def _first_sort(fields: Mapping[str, Field]) -> str:
    """Return the order in which a list is shown first.

    What is due comes by its date, what takes place latest first, what has a code by it,
    all else by title.
    """
    if "code" in fields:
        return "code"
    dates = [name for name, field in fields.items() if field.column and _is_date(field)]
    if not dates:
        return "title"
    return dates[0] if dates[0].startswith("due") else f"-{dates[0]}"


def _is_date(field: Field) -> bool:
    return field.type is FieldType.DATE
