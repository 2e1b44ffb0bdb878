"""A small sheet that makes a record from within a form: a person just met."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from sscdesk.application.views import RecordView
from sscdesk.ui.desk import Desk
from sscdesk.ui.entity_words import new_words
from sscdesk.ui.forms.new_record import NewRecordForm
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
        self.form.begin({}, {})
        if text.strip():
            self.form.type_into(text)

    @Slot(object)
    def _made(self, view: RecordView) -> None:
        self._chosen(Option(view.id, view.title, view.ref, view.entity))

    @Slot(object)
    def _chosen(self, option: Option) -> None:
        self.accept()
        self._created(option)
