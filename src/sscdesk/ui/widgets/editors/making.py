"""Which editor a field gets: by its type, never by its name."""

from PySide6.QtWidgets import QWidget

from sscdesk.model.field import Field, FieldType
from sscdesk.ui.widgets.editors.amount import MoneyEditor
from sscdesk.ui.widgets.editors.base import FieldEditor
from sscdesk.ui.widgets.editors.choice import BooleanEditor, ChoiceEditor, ChoicesEditor
from sscdesk.ui.widgets.editors.contact import (
    AddressEditor,
    ManyTextsEditor,
    MaskedDateEditor,
    MaskedEditor,
)
from sscdesk.ui.widgets.editors.date import DateEditor, MomentEditor
from sscdesk.ui.widgets.editors.line import LineEditor
from sscdesk.ui.widgets.editors.long_text import LongTextEditor
from sscdesk.ui.widgets.editors.reference import ReferenceEditor, ReferencesEditor
from sscdesk.ui.widgets.editors.surroundings import Surroundings

_EDITORS: dict[FieldType, type[FieldEditor]] = {
    FieldType.TEXT: LineEditor,
    FieldType.LONG_TEXT: LongTextEditor,
    FieldType.INTEGER: LineEditor,
    FieldType.DECIMAL: LineEditor,
    FieldType.MONEY: MoneyEditor,
    FieldType.DATE: DateEditor,
    FieldType.DATETIME: MomentEditor,
    FieldType.BOOLEAN: BooleanEditor,
    FieldType.CHOICE: ChoiceEditor,
    FieldType.CHOICES: ChoicesEditor,
    FieldType.REFERENCE: ReferenceEditor,
    FieldType.REFERENCES: ReferencesEditor,
    FieldType.EMAIL: AddressEditor,
    FieldType.PHONE: AddressEditor,
    FieldType.URL: AddressEditor,
    FieldType.COUNTRY: ChoiceEditor,
    FieldType.LANGUAGE: ChoiceEditor,
}


def editor_class(field: Field) -> type[FieldEditor]:
    """Return the class of editor for a field."""
    if field.many:
        return ManyTextsEditor
    if field.masked:
        return MaskedDateEditor if field.type is FieldType.DATE else MaskedEditor
    return _EDITORS[field.type]


def editor_for(field: Field, around: Surroundings, parent: QWidget | None = None) -> FieldEditor:
    """Make the editor of a field."""
    return editor_class(field)(field, around, parent)
