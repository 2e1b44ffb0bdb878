"""A small sheet that makes a record from within a form: a person just met."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from sscdesk.application.views import RecordView
from sscdesk.model.field import FieldType
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.entity_words import new_words
from sscdesk.ui.forms.new_record import NewRecordForm
from sscdesk.ui.widgets.editors.reference import entities_of
from sscdesk.ui.widgets.editors.surroundings import Option


class QuickCreate(QDialog):
    """Begins a record from what was typed; ``created`` gets it, or the one it was already."""

    def __init__(
        self,
        desk: Desk,
        entity: str,
        text: str,
        created: Callable[[Option], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._created = created
        self.setWindowTitle(new_words(entity))
        self.setAccessibleName(new_words(entity))
        self.form = NewRecordForm(desk, entity, None)
        self.form.heading.setVisible(False)
        self.form.created.connect(self._made)
        self.form.existing.connect(self._chosen)
        self.form.cancelled.connect(self.reject)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(scroll)
        self.resize(620, 520)
        self._text = text
        self._begin({}, {})

    def belongs_to(self, view: RecordView, values: Mapping[str, Value] | None = None) -> None:
        """Fill in the field that names the record from whose form this comes, and ``values``."""
        given: dict[str, Value] = {}
        for field in self.form.fields:
            if field.type is FieldType.REFERENCE and view.entity in entities_of(field):
                given[field.name] = view.id
        if "responsible_office" in self.form.row.boxes:
            given["responsible_office"] = view.owner
        given.update(values or {})
        self._begin(given, {view.id: view.title})

    def _begin(self, values: dict[str, Value], titles: dict[str, str]) -> None:
        self.form.begin(values, titles)
        if self._text.strip():
            self.form.type_into(self._text)

    @Slot(object)
    def _made(self, view: RecordView) -> None:
        self._chosen(Option(view.id, view.title, view.ref, view.entity))

    @Slot(object)
    def _chosen(self, option: Option) -> None:
        self.accept()
        self._created(option)
