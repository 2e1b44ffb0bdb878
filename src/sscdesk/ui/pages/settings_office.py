"""Settings, Office: the office's record, which papers, rules and personal data depend on."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.views import RecordView
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.refusal import DeskError, Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.arrangement import Tab
from sscdesk.ui.forms.attaching import Attached, attach_files
from sscdesk.ui.forms.details import Details
from sscdesk.ui.forms.drafts import drafts_of
from sscdesk.ui.forms.following import Following
from sscdesk.ui.forms.header import SaveLabel
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.rows_tab import RowsTab
from sscdesk.ui.forms.saving import Change, Done, Failed, SaveState
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.forms.words import reasons_locked
from sscdesk.ui.pages.settings_parts import SettingsSection, reason_strip, words_of
from sscdesk.ui.places import office_line
from sscdesk.ui.widgets.basic import button, label
from sscdesk.ui.widgets.editors.surroundings import Option
from sscdesk.ui.widgets.strips import Strip

if TYPE_CHECKING:
    from collections.abc import Callable

OFFICE = "office"
ROWS = Tab(N_("Data-protection authorisations"), ("authorisation", "per_diem"))


class OfficeForm(QWidget):
    """The record of this office: every field and its rows, each change saved by itself."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.kind = record_kinds()[OFFICE]
        self.sheet: Sheet | None = None
        self._drafts = drafts_of(desk)
        self.following = Following(desk, OFFICE, self)
        self.around = FormAround(desk, self, self._attach_for)
        self.form = RowForm(self.around, self._write, self._drafts.keep, self)
        self.following.serve(self.form)
        self._build()
        self.following.came.connect(self._show)
        self.following.failed.connect(self._not_read)
        self.form.state_changed.connect(self._show_saving)
        self.form.left_behind.connect(desk.refuse)
        self._drafts.loaded.connect(self._give_back)
        self._set_shown(False)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(10)
        self.title = label(office_line(self.desk.workspace.office), "title", self, wrap=True)
        self.saved = SaveLabel(self, always=True)
        self.apart = button(_("History and documents…"), "", "external-link", self)
        self.apart.clicked.connect(self._open_apart)
        head.addWidget(self.title, 1)
        head.addWidget(self.saved)
        head.addWidget(self.apart)
        column.addLayout(head)
        self.locked: Strip | None = None
        self._above = QVBoxLayout()
        column.addLayout(self._above)
        told = _(
            "Without an authorisation that is valid, the desk sends no personal data to that"
            " office."
        )
        self.personal = label(told, "muted", self, wrap=True)
        self.rows = RowsTab(self.desk, OFFICE, ROWS, self.around, self._drafts, self)
        self.details = Details(self.kind.fields, self.form, self)
        column.addWidget(self.details)
        column.addWidget(self.personal)
        column.addWidget(self.rows)

    def read(self) -> None:
        """Read the office's record."""
        self.following.follow(self.following.identifier or self.desk.workspace.office)

    def settle(self) -> None:
        """Write what was typed and not yet saved."""
        self.form.flush()
        self.rows.flush()

    def quiet(self) -> bool:
        """Whether nothing is being written."""
        return self.form.quiet

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field."""
        self.form.focus_field(name)

    # ------------------------------------------------------------ showing

    def _set_shown(self, shown: bool) -> None:
        for part in (self.details, self.personal, self.rows, self.saved, self.apart):
            part.setVisible(shown)

    @Slot(object)
    def _show(self, sheet: Sheet) -> None:
        first = self.sheet is None
        self.sheet = sheet
        view = sheet.view
        self._say_locked(view)
        self.around.belongs_to(view)
        reasons = reasons_locked(view, self.kind, self.desk.workspace.office)
        if not view.may_write:
            reasons = {}
        self.form.show_row(view.id, view.fields, view.titles, view.may_write, reasons)
        self.rows.show_sheet(sheet)
        self._set_shown(True)
        if first:
            self._give_back()

    def _say_locked(self, view: RecordView) -> None:
        if self.locked is not None:
            self._above.removeWidget(self.locked)
            self.locked.hide()
            self.locked.deleteLater()
            self.locked = None
        refusal = self._why_locked(view)
        if refusal is not None:
            self.locked = reason_strip(refusal, self)
            self._above.addWidget(self.locked)

    def _why_locked(self, view: RecordView) -> DeskError | None:
        if view.may_write:
            return None
        try:
            check_right(self.desk.workspace.actor, "edit", OFFICE)
        except Refused as refusal:
            return refusal
        return None

    @Slot(object)
    def _show_saving(self, state: SaveState) -> None:
        failure = self.form.keeping.failure
        self.saved.show_state(state, words_of(failure) if failure is not None else "")

    @Slot()
    def _give_back(self) -> None:
        kept = self._drafts.of(self.following.identifier)
        if kept and self.sheet is not None:
            self.form.give_back(kept)

    @Slot(object)
    def _not_read(self, error: DeskError) -> None:
        self.desk.refuse(error)

    # ------------------------------------------------------------ writing

    def _write(self, row: str, change: Change, done: Done, failed: Failed) -> None:
        self.following.write(self.kind.fields[change.field], row, change, done, failed)

    def _attach_for(self, created: "Callable[[Option], None]") -> None:
        """Let the officer choose the picture of the seal; it is kept with the office."""
        path, _kind = QFileDialog.getOpenFileName(self, _("Attach a document"))
        if path:
            run = partial(attach_files, ref=self.following.identifier, paths=(path,), shrink=False)
            self.desk.operation(self, run, partial(self._attached, created), label=_("Attaching…"))

    def _attached(self, created: "Callable[[Option], None]", result: Attached) -> None:
        for _name, error in result.refused:
            self.desk.refuse(error)
        for kept in result.kept:
            created(Option(kept.id, kept.title or kept.file_name, "", "attachment"))

    @Slot()
    def _open_apart(self) -> None:
        self.settle()
        self.desk.open(OFFICE, self.following.identifier, apart=True)


class OfficeSection(SettingsSection):
    """The office at whose desk we are."""

    def lay_out(self, column: QVBoxLayout) -> None:
        self.form = OfficeForm(self.desk, self)
        column.addWidget(self.form)

    def shown(self, argument: Any = None) -> None:
        self.form.read()

    @Slot()
    def reload(self) -> None:
        """The form follows its record by itself."""

    def settle(self) -> None:
        self.form.settle()

    def reword(self) -> None:
        """Make the form anew, once what was typed is on its way."""
        self.settle()
        super().reword()
        self.form.read()
