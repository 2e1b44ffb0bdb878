"""The desk as the fields of one form need it: also creating records and showing values."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from sscdesk.application import records
from sscdesk.application.views import RecordView
from sscdesk.model.field import Field
from sscdesk.model.values import Value
from sscdesk.ui.around import DeskAround
from sscdesk.ui.desk import Desk
from sscdesk.ui.widgets.editors.surroundings import Option

Attach = Callable[[Callable[[Option], None]], None]


class FormAround(DeskAround):
    """Answers the editors of a form; "create …" opens a small sheet over ``window``."""

    def __init__(self, desk: Desk, window: QWidget, attach: Attach | None = None) -> None:
        super().__init__(desk)
        self.desk = desk
        self._window = window
        self._attach = attach
        self._record: RecordView | None = None

    def belongs_to(self, view: RecordView) -> None:
        """Remember the record of the form: what is created from it names it."""
        self._record = view

    def words(self, field: Field, value: Value, titles: Mapping[str, str]) -> str:
        """Return a value as one line of text."""
        return self.desk.wording.value(field, value, titles)

    def create(self, entity: str, text: str, created: Callable[[Option], None]) -> None:
        """Let the officer create a record, or attach a file to the record shown."""
        if entity == "attachment":
            if self._attach is not None:
                self._attach(created)
            return
        from sscdesk.ui.dialogs.quick_create import QuickCreate  # it has forms of its own

        sheet = QuickCreate(self.desk, entity, text, created, self._window)
        if self._record is not None:
            sheet.belongs_to(self._record)
        sheet.open()

    def open(self, entity: str, identifier: str) -> None:
        """Show a record in a window of its own: the form at hand stays where it is."""
        if "|" in entity:
            read = partial(records.view, ref=identifier)
            self.desk.query(self._window, read, self._found)
        else:
            self.desk.open(entity, identifier, apart=True)

    def _found(self, record: RecordView) -> None:
        self.desk.open(record.entity, record.id, apart=True)
