"""The sheet on which a row is typed before it is added."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sscdesk.i18n import _
from sscdesk.model.field import Field
from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.grid import FieldGrid
from sscdesk.ui.forms.new_row import NewRow
from sscdesk.ui.forms.row_stores import RowStore
from sscdesk.ui.widgets.basic import Card, button


class NewRowSheet(Card):
    """Types one row after the other. *Signals*: ``added(row id)``; ``cancelled``."""

    added = Signal(str)
    cancelled = Signal()

    def __init__(
        self,
        desk: Desk,
        store: RowStore,
        fields: list[Field],
        row: NewRow,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._store = store
        self._fields = fields
        self.row = row
        grid = FieldGrid(self)
        grid.add_flowing([row.box(field) for field in fields])
        self.body.addWidget(grid)
        self.body.addLayout(self._foot())

    def begin(self) -> None:
        """Begin a row of the record shown, or go on with the one that was begun."""
        if self.row.key != self._store.draft_key():
            self._begin_anew()
        first = next(iter(self.row.boxes.values()), None)
        if first is not None:
            first.editor.setFocus()

    def _begin_anew(self) -> None:
        given: dict[str, Value] = {
            field.name: field.default for field in self._fields if field.default is not None
        }
        if self._store.office_field:
            given[self._store.office_field] = self._desk.workspace.office
        self.row.begin(self._store.draft_key(), given, {})

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.confirm = button(_("Add"), "primary", "check", self)
        self.confirm.setAccessibleName(_("Add: {kind}").format(kind=_(self._store.label)))
        self.cancel = button(_("Not now"), "quiet", "", self)
        self.confirm.clicked.connect(self.add)
        self.cancel.clicked.connect(self._cancel)
        row.addWidget(self.confirm)
        row.addWidget(self.cancel)
        row.addStretch(1)
        return row

    @Slot()
    def add(self) -> None:
        """Record the row that was typed, if nothing is missing."""
        if self.row.complete(self._fields):
            self.confirm.setEnabled(False)
            self._store.add(self.row.values(), self._added, self._not_added)

    def _added(self, identifier: object) -> None:
        self.confirm.setEnabled(True)
        self.row.forget()
        self._begin_anew()
        self.added.emit(str(identifier))

    def _not_added(self, error: DeskError) -> None:
        self.confirm.setEnabled(True)
        if not self.row.refuse(error):
            self._desk.refuse(error)

    @Slot()
    def _cancel(self) -> None:
        self.row.forget()
        self.row.key = ""
        self.cancelled.emit()
