"""Asks what an act needs: a reason, fields given with it, and what is to be considered."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.views import ActionView, RecordView
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.field import Field, FieldType
from sscdesk.model.refusal import DeskError, Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.ui.forms.grid import FieldGrid
from sscdesk.ui.forms.missing import MissingLine
from sscdesk.ui.forms.new_row import NewRow
from sscdesk.ui.widgets.basic import button, label
from sscdesk.ui.widgets.editors.box import FieldBox
from sscdesk.ui.widgets.editors.making import editor_for
from sscdesk.ui.widgets.editors.surroundings import Surroundings

Act = Callable[[str, Mapping[str, Value]], object]
"""Does the act with a note and the values of its fields."""

_REASON = Field("note", N_("Reason"), FieldType.LONG_TEXT, required="always", max_length=5_000)
_NOTE = Field("note", N_("Note"), FieldType.LONG_TEXT, max_length=5_000)


def needs_asking(step: ActionView) -> bool:
    """Whether an act asks for anything before it is done."""
    return bool(step.needs_reason or step.inputs or step.warnings)


class ReasonDialog(QDialog):
    """One act with what it needs. ``act`` is called when the officer confirms."""

    def __init__(
        self,
        step: ActionView,
        view: RecordView,
        around: Surroundings,
        act: Act,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.step = step
        self._act = act
        self.setWindowTitle(_(step.label))
        self.setAccessibleName(_(step.label))
        self.setMinimumWidth(480)
        fields = record_kinds()[view.entity].fields
        self.inputs = NewRow(around, None, self)
        self._wanted = [fields[name] for name in step.inputs if name in fields]
        self.note = FieldBox(editor_for(_REASON if step.needs_reason else _NOTE, around))
        self._build(view)
        self.inputs.begin(
            "", {field.name: view.fields.get(field.name) for field in self._wanted}, view.titles
        )

    def refuse(self, error: DeskError) -> None:
        """Show why the act was refused, where that can be put right."""
        self.confirm.setEnabled(True)
        if not self.inputs.refuse(error):
            self.note.show_error(error)
        self.show()

    def _build(self, view: RecordView) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(_(self.step.label), "heading", self, wrap=True))
        column.addWidget(label(f"{view.ref} · {view.title}", "muted", self, wrap=True))
        for warning in self.step.warnings:
            column.addWidget(MissingLine(warning, self))
        if self._wanted:
            grid = FieldGrid(self)
            grid.add_flowing([self.inputs.box(field) for field in self._wanted])
            column.addWidget(grid)
        column.addWidget(self.note)
        column.addStretch(1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.cancel = button(_("Cancel"), "", "", self)
        self.confirm = button(_(self.step.label), "primary", "", self)
        self.confirm.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self.accept_if_complete)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.confirm)
        return row

    @Slot()
    def accept_if_complete(self) -> None:
        """Do the act, unless something that it needs is missing."""
        note = self._note()
        complete = self.inputs.complete(())
        if note is None or not complete:
            return
        self.confirm.setEnabled(False)
        self._act(note, self.inputs.values())

    def _note(self) -> str | None:
        note = str(self.note.editor.value() or "")
        if self.step.needs_reason and not note.strip():
            self.note.show_error(_reason_needed())
            self.note.editor.setFocus()
            return None
        self.note.show_error(None)
        return note


def _reason_needed() -> Refused:
    return Refused("reason-needed", N_("Say why: this wants a reason."), field="note")
