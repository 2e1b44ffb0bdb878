"""The screen of one record: its head, and tabs of fields, rows, documents and history.

One form serves all records of an entity, one after the other; each change saves itself.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.briefing import ENTITIES
from sscdesk.application.views import ActionView
from sscdesk.i18n import _, error_hint, error_text
from sscdesk.model.base import record_kinds
from sscdesk.model.lifecycle import Missing
from sscdesk.model.refusal import DeskError, NotFound
from sscdesk.ui.desk import Desk
from sscdesk.ui.dialogs.briefing import KEYS, show_briefing
from sscdesk.ui.forms.acts import RecordActs
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.conflict_strip import ConflictStrip
from sscdesk.ui.forms.documents_tab import DocumentsTab
from sscdesk.ui.forms.drafts import drafts_of
from sscdesk.ui.forms.following import Following
from sscdesk.ui.forms.header import RecordHeader
from sscdesk.ui.forms.merged_strip import MergedStrip
from sscdesk.ui.forms.person_rights import PersonRights
from sscdesk.ui.forms.record_tabs import DOCUMENTS, RecordTabs
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.saving import Change, Done, Failed, SaveState
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.forms.words import LockedStrip, reasons_locked, why_all_locked
from sscdesk.ui.widgets.editors.surroundings import Option


class RecordForm(QWidget):
    """Shows and changes records of one entity.

    Signals: ``reconcile_wanted(record id)``; ``wizard_wanted(record id)``;
    ``apart_wanted(record id)``; ``titled(words)``; ``gone`` when the record is not here.
    """

    reconcile_wanted = Signal(str)
    wizard_wanted = Signal(str)
    apart_wanted = Signal(str)
    titled = Signal(str)
    gone = Signal()

    def __init__(
        self, desk: Desk, entity: str, parent: QWidget | None = None, *, apart: bool = False
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.kind = record_kinds()[entity]
        self.sheet: Sheet | None = None
        self._office = desk.workspace.office
        self._drafts = drafts_of(desk)
        self._focus: Missing | None = None
        self.following = Following(desk, entity, self)
        self.around = FormAround(desk, self, self._attach_for)
        self.form = RowForm(self.around, self._write, self._drafts.keep, self)
        self.following.serve(self.form)
        self.acts = RecordActs(desk, self.around, self)
        self.rights = PersonRights(desk, self)
        self._build(apart)
        self._connect()

    # ------------------------------------------------------------ which record

    @property
    def identifier(self) -> str:
        """The record shown or being read."""
        return self.following.identifier

    def show_record(self, identifier: str, focus: Missing | None = None) -> None:
        """Show a record, perhaps at one of its fields."""
        if identifier != self.identifier:
            self.settle()
            self.sheet = None
            self.tabs.forget()
        self._focus = focus
        self.following.follow(identifier)

    @Slot()
    def settle(self) -> None:
        """Write what was typed and not yet saved."""
        self.form.flush()
        self.tabs.flush()

    def unsaved(self) -> dict[str, str]:
        """Return the texts that could not be saved, by field."""
        return self.form.unsaved()

    def quiet(self) -> bool:
        """Whether nothing is being written."""
        return self.form.quiet

    @Slot(object)
    def _not_read(self, error: DeskError) -> None:
        if isinstance(error, NotFound):
            self.gone.emit()
        self.desk.refuse(error)

    # ------------------------------------------------------------ building

    def _build(self, apart: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 16, 22, 0)
        column.setSpacing(8)
        self.header = RecordHeader(self.desk, self, apart=apart)
        self.tabs = RecordTabs(self.desk, self.kind, self.form, self.around, self)
        self.locked = LockedStrip(self)
        self.strip = ConflictStrip(self)
        self.tabs.between.addWidget(self.locked)
        self.merged = MergedStrip(self)
        self.tabs.between.addWidget(self.strip)
        self.tabs.between.addWidget(self.merged)
        column.addWidget(self.header)
        column.addWidget(self.tabs, 1)
        self._set_shown(False)

    def _connect(self) -> None:
        self.following.came.connect(self._show)
        self.following.failed.connect(self._not_read)
        self.tabs.leaving.connect(self.settle)
        self.tabs.field_wanted.connect(self.tabs.go_to)
        self.tabs.take_back_wanted.connect(self.acts.take_back)
        self.form.state_changed.connect(self._show_saving)
        self.form.left_behind.connect(self.desk.refuse)
        self.strip.reconcile_wanted.connect(self._reconcile)
        self.merged.compare_wanted.connect(self._compare)
        self.merged.record_wanted.connect(self._open_kept)
        self.header.act_wanted.connect(self._act)
        self.header.field_wanted.connect(self.tabs.go_to)
        self.header.apart_wanted.connect(self._apart)
        self.header.bin_wanted.connect(self.acts.to_bin)
        self.header.restore_wanted.connect(self.acts.from_bin)
        self.header.share_wanted.connect(self.acts.share)
        self.header.wizard_wanted.connect(self._wizard)
        self.header.brief_wanted.connect(self.brief)
        if self.kind.name in ENTITIES:
            QShortcut(QKeySequence(KEYS), self, self.brief)
        self.header.right_wanted.connect(self.rights.do)
        self.header.save_clicked.connect(self._go_to_unsaved)
        self.acts.done.connect(self.following.read)
        self.acts.refused.connect(self._refused)
        self._drafts.loaded.connect(self._give_back)

    # ------------------------------------------------------------ showing

    def _set_shown(self, shown: bool) -> None:
        """Show nothing rather than an empty record, until the first one has been read."""
        self.header.setVisible(shown)
        self.tabs.setVisible(shown)

    @Slot(object)
    def _show(self, sheet: Sheet) -> None:
        first = self.sheet is None or self.sheet.view.id != sheet.view.id
        self.sheet = sheet
        view = sheet.view
        may_write = frozenset() if view.deleted else view.may_write
        reasons = reasons_locked(view, self.kind, self._office)
        self.locked.show_reason(why_all_locked(view, self._office))
        self.acts.about(view)
        self.rights.about(view)
        self.around.belongs_to(view)
        self.header.show_sheet(sheet)
        self.strip.show_conflicts(view, self._office)
        self.merged.show_record(view)
        self.form.show_row(view.id, view.fields, view.titles, may_write, reasons)
        self.tabs.show_sheet(sheet)
        self._set_shown(True)
        if first:
            self._give_back()
            self.tabs.to_top()
        self.titled.emit(f"{view.ref} · {view.title}")
        if self._focus is not None:
            focus, self._focus = self._focus, None
            self.tabs.go_to(focus)

    @Slot(object)
    def _show_saving(self, state: SaveState) -> None:
        self.header.show_saving(state, self._why_not_saved())

    def _why_not_saved(self) -> str:
        failure = self.form.keeping.failure
        if failure is not None:
            return f"{error_text(failure)} {error_hint(failure)}".strip()
        names = [_(self.kind.fields[name].label) for name in self.form.unsaved()]
        return _("Not saved: {fields}").format(fields=", ".join(names)) if names else ""

    @Slot()
    def _go_to_unsaved(self) -> None:
        self.form.keeping.try_again()
        for name in self.form.unsaved():
            self.tabs.go_to(Missing("unsaved", "", name))
            return

    @Slot()
    def _give_back(self) -> None:
        kept = self._drafts.of(self.identifier)
        if kept and self.sheet is not None:
            self.form.give_back(kept)

    def _write(self, row: str, change: Change, done: Done, failed: Failed) -> None:
        self.following.write(self.kind.fields[change.field], row, change, done, failed)

    # ------------------------------------------------------------ acts, and where they lead

    @Slot(object)
    def _act(self, step: ActionView) -> None:
        self.settle()
        self.acts.act(step)

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.desk.refuse(error)
        self.form.refuse(error)

    # ------------------------------------------------------------ history, other windows

    @Slot()
    def brief(self) -> None:
        """Show the briefing sheet on the record."""
        self.settle()
        if self.sheet is not None:
            show_briefing(self.desk, self.identifier, self.sheet.view.title, self)

    @Slot()
    def _apart(self) -> None:
        self.settle()
        self.apart_wanted.emit(self.identifier)

    @Slot()
    def _wizard(self) -> None:
        self.settle()
        self.wizard_wanted.emit(self.identifier)

    @Slot()
    def _reconcile(self) -> None:
        self.reconcile_wanted.emit(self.identifier)

    @Slot(str, str)
    def _compare(self, one: str, other: str) -> None:
        from sscdesk.ui.dialogs.duplicates import DuplicatesDialog

        DuplicatesDialog(self.desk, self.kind.name, self.window(), pair=(one, other)).open()

    @Slot(str)
    def _open_kept(self, identifier: str) -> None:
        self.desk.open(self.kind.name, identifier)

    def _attach_for(self, created: Callable[[Option], None]) -> None:
        page = self.tabs.pages.get(DOCUMENTS) or self.tabs.show_tab(DOCUMENTS)
        if isinstance(page, DocumentsTab):
            page.choose_file_for(created)
