"""A section of rows inside a form: a table, and the row at hand in full below it."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QItemSelection, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from sscdesk.application import records
from sscdesk.application.views import ChangeSummary, RecordView
from sscdesk.i18n import _
from sscdesk.model.field import Field, FieldType
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.drafts import Drafts
from sscdesk.ui.forms.following import UNDO_LABELS
from sscdesk.ui.forms.grid import FieldGrid
from sscdesk.ui.forms.new_row import NewRow
from sscdesk.ui.forms.new_row_sheet import NewRowSheet
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.row_stores import RowStore
from sscdesk.ui.forms.saving import Change, Done, Failed
from sscdesk.ui.forms.undoing import undo_last
from sscdesk.ui.forms.words import section_label, totals, why_row_locked
from sscdesk.ui.widgets.basic import Card, button, icon_button, label
from sscdesk.ui.widgets.editors.surroundings import Surroundings
from sscdesk.ui.widgets.parts_table import RowItem, RowsModel, RowsTable


class RowsSection(QWidget):
    """Rows of one kind.

    Signals: ``counted(int)`` when their number changed; ``state_changed(SaveState)`` of the
    row at hand.
    """

    counted = Signal(int)
    state_changed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        store: RowStore,
        around: Surroundings,
        drafts: Drafts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.store = store
        self._around = around
        self._office = desk.workspace.office
        self._shown_fields = [
            field for field in store.fields.values() if field.name not in store.without
        ]
        self.model = RowsModel(
            self._shown_fields,
            desk.wording.value,
            self._office,
            self,
            movable=store.ordered,
            stateful=bool(store.entity),
        )
        self.table = RowsTable(self.model, _(store.plural), self)
        self.form = RowForm(around, self._write, drafts.keep, self)
        self.form.reread.connect(self._reread)
        self.form.left_behind.connect(desk.refuse)
        self.form.state_changed.connect(self.state_changed)
        self.new = NewRow(around, drafts, self)
        self._drafts = drafts
        self._may_add = True
        self._wanted = ""
        """The row to choose once it is here."""
        self._build()
        self._connect()

    def show_items(self, items: Iterable[RowItem], *, may_add: bool) -> None:
        """Show the rows as they are now, and the one at hand as it is now."""
        if self._is_new() and self.new.key != self.store.draft_key():
            # Another record: what was typed for the one before stays a draft of it.
            self.new.read()
            self.sheets.setVisible(False)
        before = self.model.rowCount()
        current = self._wanted or self.current_id()
        self.model.show(items)
        self.table.fit()
        self._may_add = may_add
        self._wanted = ""
        self._choose(current)
        self._dress()
        if self.model.rowCount() != before:
            self.counted.emit(self.model.rowCount())

    def current_id(self) -> str:
        """Return the identifier of the row at hand, empty when none is."""
        row = self.table.selected_row()
        return self.model.items[row].id if row >= 0 else ""

    def focus_row(self, identifier: str, field: str) -> bool:
        """Choose a row and put the cursor into a field of it."""
        if self.model.place_of(identifier) < 0:
            return False
        self._choose(identifier)
        if field:
            self._edit(field)
        else:
            self.table.setFocus()
        return True

    def flush(self) -> None:
        """Write what was typed."""
        self.form.flush()
        self.new.read()

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        card = Card(self)
        card.body.addLayout(self._head())
        self.empty = label(_("Nothing here yet."), "muted", self)
        card.body.addWidget(self.empty)
        card.body.addWidget(self.table)
        self.sums = label("", "small", self)
        card.body.addWidget(self.sums)
        column.addWidget(card)
        self.sheets = QStackedWidget(self)
        self.sheets.setVisible(False)
        column.addWidget(self.sheets)
        self._form_sheet: Card | None = None
        self._new_sheet: NewRowSheet | None = None

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self.heading = section_label(_(self.store.plural), self)
        self.up = icon_button("arrow-up", _("Move up"), self)
        self.down = icon_button("arrow-down", _("Move down"), self)
        self.open_button = icon_button("external-link", _("Open in a window of its own"), self)
        self.bin = icon_button("trash-2", _("Remove"), self)
        self.add = button(_("Add"), "quiet", "plus", self)
        self.add.setAccessibleName(_("Add: {kind}").format(kind=_(self.store.label)))
        row.addWidget(self.heading, 1)
        for widget in (self.up, self.down, self.open_button, self.bin, self.add):
            row.addWidget(widget)
        self.up.setVisible(self.store.ordered)
        self.down.setVisible(self.store.ordered)
        self.open_button.setVisible(bool(self.store.entity))
        return row

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(self._row_chosen)
        self.table.edit_wanted.connect(self._edit)
        self.table.add_wanted.connect(self.begin_new)
        self.table.remove_wanted.connect(self.remove)
        self.table.step_wanted.connect(self._step)
        self.model.move_wanted.connect(self.store.move)
        self.add.clicked.connect(self.begin_new)
        self.bin.clicked.connect(self.remove)
        self.up.clicked.connect(self._step_up)
        self.down.clicked.connect(self._step_down)
        self.open_button.clicked.connect(self._open)
        self._drafts.loaded.connect(self._take_up_draft)
        self.desk.changed.connect(self._changed)

    @Slot(object)
    def _changed(self, summary: ChangeSummary) -> None:
        if summary.label in UNDO_LABELS:
            self.form.expect_undo()

    def _ensure_form(self) -> QWidget:
        if self._form_sheet is None:
            self._form_sheet = Card(self)
            grid = FieldGrid(self._form_sheet)
            grid.add_flowing([self.form.box(field) for field in self._editable()])
            self._form_sheet.body.addWidget(grid)
            self.sheets.addWidget(self._form_sheet)
        return self._form_sheet

    def new_sheet(self) -> NewRowSheet:
        """Return the sheet for a new row, made when it is first wanted."""
        if self._new_sheet is None:
            fields = self._editable()
            self._new_sheet = NewRowSheet(self.desk, self.store, fields, self.new, self)
            self._new_sheet.added.connect(self._added)
            self._new_sheet.cancelled.connect(self._cancelled)
            self.sheets.addWidget(self._new_sheet)
        return self._new_sheet

    def _editable(self) -> list[Field]:
        return [field for field in self._shown_fields if not field.computed]

    # ------------------------------------------------------------ the row at hand

    def _choose(self, identifier: str) -> None:
        place = self.model.place_of(identifier)
        if place < 0:
            if not self._is_new():
                self.form.flush()
                self.sheets.setVisible(False)
            return
        if self.table.selected_row() != place:
            self.table.selectRow(place)
        else:
            self._show_current()

    @Slot(QItemSelection, QItemSelection)
    def _row_chosen(self, _chosen: QItemSelection, _before: QItemSelection) -> None:
        self._dress()
        if self.table.selected_row() >= 0:
            self._show_current()

    def _show_current(self) -> None:
        row = self.table.selected_row()
        if row < 0:
            return
        item = self.model.items[row]
        if self.store.entity:
            read = partial(records.view, ref=item.id)
            self.desk.query(self, read, self._show_record)
            return
        self._show_item(item)

    def _show_record(self, view: RecordView) -> None:
        if view.id == self.current_id():
            self._show_item(
                RowItem(view.id, view.owner, view.fields, view.may_write, "", view.titles)
            )

    def _show_item(self, item: RowItem) -> None:
        sheet = self._ensure_form()
        reason = why_row_locked(item.owner, self._office)
        reasons = dict.fromkeys(self.store.fields, reason)
        new = item.id != self.form.identifier
        self.form.show_row(item.id, item.fields, item.titles, item.may_write, reasons)
        if new:
            self.form.give_back(self._drafts.of(item.id))
        if not self._is_new() or self.table.hasFocus():
            self.sheets.setCurrentWidget(sheet)
            self._show_sheets()

    def _show_sheets(self) -> None:
        """Show the sheet at hand as high as it is: the other one takes no room."""
        self.sheets.setVisible(True)
        for sheet in (self._form_sheet, self._new_sheet):
            if sheet is not None:
                shown = sheet is self.sheets.currentWidget()
                vertical = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
                sheet.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self.sheets.updateGeometry()

    def _is_new(self) -> bool:
        shown = self.sheets.currentWidget()
        return not self.sheets.isHidden() and shown is not None and shown is self._new_sheet

    def _write(self, row: str, change: Change, done: Done, failed: Failed) -> None:
        self.store.write(row, change, done, failed)

    @Slot()
    def _reread(self) -> None:
        if self.store.entity:
            self._show_current()

    @Slot(str)
    def _edit(self, field: str) -> None:
        if self.table.selected_row() < 0:
            self.table.selectRow(self.table.currentIndex().row())
        if not self.sheets.isVisible():
            self._show_current()
        self.form.focus_field(field)

    # ------------------------------------------------------------ adding and removing

    @Slot()
    def begin_new(self) -> None:
        """Begin a row."""
        if not self._may_add:
            return
        sheet = self.new_sheet()
        self.table.clearSelection()
        self.sheets.setCurrentWidget(sheet)
        self._show_sheets()
        sheet.begin()

    @Slot(str)
    def _added(self, identifier: str) -> None:
        self._wanted = identifier
        self.sheets.setVisible(False)
        self.add.setFocus()

    @Slot()
    def _cancelled(self) -> None:
        self.sheets.setVisible(False)
        self.table.setFocus()

    @Slot()
    def _take_up_draft(self) -> None:
        if self._drafts.of(self.store.draft_key()) and self.isVisible():
            self.begin_new()

    @Slot()
    def remove(self) -> None:
        """Put the row at hand into the bin; the message offers Undo."""
        identifier = self.current_id()
        if identifier and self.bin.isEnabled():
            self.form.flush()
            self.store.remove(identifier, self._removed)

    def _removed(self, _answer: object) -> None:
        self.sheets.setVisible(False)
        self.desk.say(
            _("Removed: {kind}.").format(kind=_(self.store.label)),
            action=_("Undo"),
            act=partial(undo_last, self.desk),
        )

    @Slot(int)
    def _step(self, step: int) -> None:
        identifier = self.current_id()
        before = self.model.neighbour(identifier, step)
        if self.store.ordered and identifier and before is not None:
            self._wanted = identifier
            self.store.move(identifier, before)

    @Slot()
    def _step_up(self) -> None:
        self._step(-1)

    @Slot()
    def _step_down(self) -> None:
        self._step(1)

    @Slot()
    def _open(self) -> None:
        if self.store.entity and self.current_id():
            self.desk.open(self.store.entity, self.current_id(), apart=True)

    def _dress(self) -> None:
        count = self.model.rowCount()
        row = self.table.selected_row()
        item = self.model.items[row] if 0 <= row < count else None
        mine = item is not None and (bool(self.store.entity) or bool(item.may_write))
        self.empty.setVisible(count == 0)
        self.table.setVisible(count > 0)
        self.add.setVisible(self._may_add)
        self.bin.setEnabled(mine)
        self.open_button.setEnabled(item is not None)
        self.up.setEnabled(mine and row > 0)
        self.down.setEnabled(mine and row < count - 1)
        self._show_sums()

    def _show_sums(self) -> None:
        amounts = [one for one in self.model.columns if one.type is FieldType.MONEY]
        words = ""
        if amounts and self.model.rowCount() > 1:
            name = amounts[-1].name
            words = totals(item.fields.get(name) for item in self.model.items)
        self.sums.setText(_("Total: {amounts}").format(amounts=words) if words else "")
        self.sums.setVisible(bool(words))
