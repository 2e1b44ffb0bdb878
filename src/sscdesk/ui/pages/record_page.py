"""Shows records of any kind, one at a time: beside a list, or in a window of their own."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from sscdesk.application.views import RecordView
from sscdesk.i18n import _
from sscdesk.model.lifecycle import Missing
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.drafts import drafts_of
from sscdesk.ui.forms.new_record import NewRecordForm
from sscdesk.ui.forms.record_form import RecordForm
from sscdesk.ui.forms.record_tabs import scrolled
from sscdesk.ui.widgets.editors.surroundings import Option


class RecordPage(QWidget):
    """The record shown, or the one that is begun.

    Signals: ``titled(words)`` for the window's title; ``reconcile_wanted(entity, id)``;
    ``left`` when there is nothing to show any more.
    """

    titled = Signal(str)
    reconcile_wanted = Signal(str, str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, apart: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("look", "ground")
        self.desk = desk
        self._apart = apart
        self._forms: dict[str, RecordForm] = {}
        self._new: dict[str, NewRecordForm] = {}
        self._frames: dict[str, QScrollArea] = {}
        self.entity = ""
        self.beginning = False
        """Whether a new record is being begun."""
        self.stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    @property
    def form(self) -> RecordForm | None:
        """The form at hand, None while a record is begun."""
        return None if self.beginning else self._forms.get(self.entity)

    @property
    def new_form(self) -> NewRecordForm | None:
        """The form in which a record is begun."""
        return self._new.get(self.entity) if self.beginning else None

    def show_record(self, entity: str, identifier: str, field: str = "") -> None:
        """Show a record, perhaps at one of its fields."""
        self.settle()
        self.entity, self.beginning = entity, False
        form = self._form_of(entity)
        self.stack.setCurrentWidget(form)
        form.show_record(identifier, Missing("wanted", "", field) if field else None)

    def begin(self, entity: str, values: Mapping[str, Any]) -> None:
        """Begin a new record; the value named "" is a text to begin its title with."""
        self.settle()
        self.entity, self.beginning = entity, True
        new = self._new_of(entity)
        self.stack.setCurrentWidget(self._frames[entity])
        given: dict[str, Value] = {name: value for name, value in values.items() if name}
        new.begin(given, {})
        if values.get(""):
            new.type_into(str(values[""]))
        self.titled.emit(new.heading.text())

    def settle(self) -> None:
        """Save what was typed and not yet saved."""
        if self.form is not None:
            self.form.settle()
        elif self.new_form is not None:
            self.new_form.settle()

    def quiet(self) -> bool:
        """Whether nothing is being written."""
        return all(form.quiet() for form in self._forms.values())

    def unsaved(self) -> dict[str, str]:
        """Return the texts that could not be saved, by field."""
        return self.form.unsaved() if self.form is not None else {}

    def reword(self) -> None:
        """Write the words again after a change of language: the forms are made anew."""
        self.settle()
        entity, form = self.entity, self.form
        identifier = form.identifier if form is not None else ""
        for made in (*self._forms.values(), *self._frames.values()):
            self.stack.removeWidget(made)
            made.deleteLater()
        self._forms.clear()
        self._new.clear()
        self._frames.clear()
        if identifier:
            self.show_record(entity, identifier)
        elif self.beginning:
            self.begin(entity, {})

    def _form_of(self, entity: str) -> RecordForm:
        if entity not in self._forms:
            form = RecordForm(self.desk, entity, self.stack, apart=self._apart)
            form.titled.connect(self.titled)
            form.apart_wanted.connect(self._open_apart)
            form.reconcile_wanted.connect(self._reconcile)
            form.wizard_wanted.connect(self._open_wizard)
            form.gone.connect(self.left)
            self.stack.addWidget(form)
            self._forms[entity] = form
        return self._forms[entity]

    def _new_of(self, entity: str) -> NewRecordForm:
        if entity not in self._new:
            new = NewRecordForm(self.desk, entity, drafts_of(self.desk))
            new.created.connect(self._created)
            new.existing.connect(self._existing)
            new.cancelled.connect(self._cancelled)
            frame = scrolled(new, self.stack)
            new.setContentsMargins(22, 16, 22, 16)
            self.stack.addWidget(frame)
            self._new[entity] = new
            self._frames[entity] = frame
        return self._new[entity]

    @Slot(object)
    def _created(self, view: RecordView) -> None:
        self.beginning = False
        self.desk.say(_("{ref} is begun.").format(ref=view.ref))
        self.desk.open(view.entity, view.id, apart=self._apart)
        if self._apart:
            self.show_record(view.entity, view.id)

    @Slot(object)
    def _existing(self, option: Option) -> None:
        new = self.new_form
        if new is not None:
            new.row.forget()
        self.beginning = False
        self.desk.open(option.entity, option.code)

    @Slot()
    def _cancelled(self) -> None:
        self.beginning = False
        self.left.emit()

    @Slot(str)
    def _open_apart(self, identifier: str) -> None:
        self.desk.open(self.entity, identifier, apart=True)

    @Slot(str)
    def _reconcile(self, identifier: str) -> None:
        self.reconcile_wanted.emit(self.entity, identifier)

    @Slot(str)
    def _open_wizard(self, identifier: str) -> None:
        from sscdesk.ui.dialogs.mission_wizard import MissionWizard

        MissionWizard(self.desk, identifier, self.window()).show()
