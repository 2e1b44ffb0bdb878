"""Reads a record's sheet and reads it again after each change, never an older one."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sscdesk.application.views import ChangeSummary
from sscdesk.model.field import Field
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.arrangement import arrangement_of
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.row_stores import change_field
from sscdesk.ui.forms.saving import Change, Done, Failed
from sscdesk.ui.forms.sheet import Sheet, read_sheet
from sscdesk.ui.operations import Latest

UNDO_LABELS = ("Undo", "Redo")
"""Msgids of the units of work that undo and redo are."""
FOLLOW_MS = 60
"""Changes that come close together are re-read once."""


class Following(QObject):
    """Keeps one record on the screen as it is on disk.

    A read that began before one of our own writes is thrown away: it would show, for a
    moment, what was there before. Signals: ``came(Sheet)``; ``failed(DeskError)``;
    ``undone`` when the officer took something back.
    """

    came = Signal(object)
    undone = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, entity: str, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.identifier = ""
        self._form: RowForm | None = None
        self._related = {
            one.entity for tab in arrangement_of(entity).row_tabs for one in tab.related
        }
        self._reads = Latest(self, desk.workers)
        self._writes = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(FOLLOW_MS)
        self._again.timeout.connect(self.read)
        desk.changed.connect(self._changed)

    def serve(self, form: RowForm) -> None:
        """Re-read for ``form``, whose writes go through ``write``."""
        self._form = form
        form.answered.connect(self._answered)
        form.reread.connect(self.read)
        self.undone.connect(form.expect_undo)

    def follow(self, identifier: str) -> None:
        """Follow another record."""
        self.identifier = identifier
        self.read()

    @Slot()
    def read(self) -> None:
        """Read it now."""
        if self.identifier:
            run = partial(read_sheet, self.desk.workspace, self.identifier)
            self._reads.ask(run, partial(self._came, self._writes), self._failed)

    def soon(self) -> None:
        """Read it once what is being done is done."""
        self._again.start()

    def write(self, field: Field, row: str, change: Change, done: Done, failed: Failed) -> None:
        """Write a field of the record."""
        self._writes += 1
        run = partial(change_field, ref=row, field=field, change=change)
        self.desk.operation(self, run, done, failed)

    def _came(self, writes: int, sheet: Sheet) -> None:
        if self.identifier not in (sheet.view.id, sheet.view.ref):
            return
        if writes != self._writes or not (self._form is None or self._form.keeping_is_idle()):
            self.soon()
            return
        self.identifier = sheet.view.id
        self.came.emit(sheet)

    def _failed(self, error: DeskError) -> None:
        self.failed.emit(error)

    @Slot(object)
    def _changed(self, summary: ChangeSummary) -> None:
        if self.identifier in summary.records and summary.label in UNDO_LABELS:
            self.undone.emit()
        if self.identifier in summary.records or summary.entities & self._related:
            self.soon()

    @Slot(object)
    def _answered(self, _answer: object) -> None:
        self.soon()
