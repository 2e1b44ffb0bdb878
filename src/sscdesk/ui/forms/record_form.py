"""The screen of one record: its head, and tabs of fields, rows, documents and history.

One form serves all records of an entity, one after the other; each change saves itself.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application import actions, records
from sscdesk.application.views import (
    ActionView,
    ChangeSummary,
    FieldChange,
    HistoryEntry,
    RecordView,
)
from sscdesk.i18n import _, error_hint, error_text
from sscdesk.model.base import record_kinds
from sscdesk.model.lifecycle import Missing
from sscdesk.model.refusal import DeskError, NotFound
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.dialogs.reason import ReasonDialog, needs_asking
from sscdesk.ui.dialogs.sharing import SharingDialog
from sscdesk.ui.entity_words import entity_words
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.arrangement import Arrangement, Tab, arrangement_of
from sscdesk.ui.forms.conflict_strip import ConflictStrip
from sscdesk.ui.forms.details import Details
from sscdesk.ui.forms.documents_tab import DocumentsTab
from sscdesk.ui.forms.drafts import drafts_of
from sscdesk.ui.forms.header import RecordHeader
from sscdesk.ui.forms.overview import Overview
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.row_stores import change_field
from sscdesk.ui.forms.rows_tab import RowsTab
from sscdesk.ui.forms.saving import Change, Done, Failed, SaveState
from sscdesk.ui.forms.sheet import Sheet, read_sheet
from sscdesk.ui.forms.undoing import undo_last
from sscdesk.ui.forms.words import why_locked
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.editors.surroundings import Option
from sscdesk.ui.widgets.history import HistoryView

FOLLOW_MS = 60
"""Changes that come close together are re-read once."""

OVERVIEW, DETAILS, DOCUMENTS, HISTORY = "overview", "details", "documents", "history"


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
        self.arrangement: Arrangement = arrangement_of(entity)
        self.sheet: Sheet | None = None
        self.identifier = ""
        self._office = desk.workspace.office
        self._drafts = drafts_of(desk)
        self._reads = Latest(self, desk.workers)
        self._histories = Latest(self, desk.workers)
        self._writes = 0
        """Counts our own writes, so that a read begun before one is not shown after it."""
        self._focus: Missing | None = None
        self._dialog: ReasonDialog | None = None
        self.around = FormAround(desk, self, self._attach_for)
        self.form = RowForm(self.around, self._write, self._drafts.keep, self)
        self.tab_names: list[str] = []
        self._pages: dict[str, QWidget] = {}
        self._build(apart)
        self._connect()
        self._show_page(OVERVIEW)

    # ------------------------------------------------------------ which record

    def show_record(self, identifier: str, focus: Missing | None = None) -> None:
        """Show a record, perhaps at one of its fields."""
        if identifier != self.identifier:
            self.settle()
            self.identifier = identifier
            self.sheet = None
        self._focus = focus
        self.read()

    def read(self) -> None:
        """Read the record again."""
        if self.identifier:
            run = partial(read_sheet, self.desk.workspace, self.identifier)
            self._reads.ask(run, partial(self._came, self._writes), self._not_read)

    def settle(self) -> None:
        """Write what was typed and not yet saved."""
        self.form.flush()
        for page in self._pages.values():
            if isinstance(page, RowsTab | DocumentsTab):
                page.flush()

    def unsaved(self) -> dict[str, str]:
        """Return the texts that could not be saved, by field."""
        return self.form.unsaved()

    def quiet(self) -> bool:
        """Whether nothing is being written."""
        return self.form.quiet

    def _came(self, writes: int, sheet: Sheet) -> None:
        if sheet.view.id != self.identifier and sheet.view.ref != self.identifier:
            return
        if writes != self._writes or not self.form.keeping_is_idle():
            self._again.start()
            return
        self.identifier = sheet.view.id
        self._show(sheet)

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
        self.tabs = QTabBar(self)
        self.tabs.setProperty("look", "record")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_("Parts of the record"))
        self.strip = ConflictStrip(self)
        self.stack = QStackedWidget(self)
        for name, words in self._declared_tabs():
            self.tab_names.append(name)
            self.tabs.addTab(words)
        column.addWidget(self.header)
        column.addWidget(self.tabs)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(FOLLOW_MS)

    def _declared_tabs(self) -> list[tuple[str, str]]:
        rows = [(f"rows:{at}", _(tab.label)) for at, tab in enumerate(self.arrangement.tabs)]
        found = [(OVERVIEW, _("Overview")), (DETAILS, _("Details")), *rows]
        found.append((DOCUMENTS, _("Documents")))
        if self.arrangement.follow_up is not None:
            at = len(self.arrangement.tabs)
            found.append((f"rows:{at}", _(self.arrangement.follow_up.label)))
        found.append((HISTORY, _("History")))
        return found

    def _connect(self) -> None:
        self._again.timeout.connect(self.read)
        self.tabs.currentChanged.connect(self._tab_chosen)
        self.desk.changed.connect(self._changed)
        self.form.state_changed.connect(self._show_saving)
        self.form.answered.connect(self._answered)
        self.form.reread.connect(self.read)
        self.form.left_behind.connect(self.desk.refuse)
        self.strip.reconcile_wanted.connect(self._reconcile)
        self.header.act_wanted.connect(self.act)
        self.header.field_wanted.connect(self.go_to)
        self.header.apart_wanted.connect(self._apart)
        self.header.bin_wanted.connect(self._to_bin)
        self.header.restore_wanted.connect(self._from_bin)
        self.header.share_wanted.connect(self._share)
        self.header.wizard_wanted.connect(self._wizard)
        self.header.save_clicked.connect(self._go_to_unsaved)
        self._drafts.loaded.connect(self._give_back)

    @Slot(int)
    def _tab_chosen(self, place: int) -> None:
        self.settle()
        self._show_page(self.tab_names[place])

    def _show_page(self, name: str) -> None:
        if name not in self._pages:
            made = self._make_page(name)
            self._pages[name] = made
            self.stack.addWidget(scrolled(made, self.stack))
            self._fill_page(name, made)
        page = self._pages[name]
        for place in range(self.stack.count()):
            area = self.stack.widget(place)
            if isinstance(area, QScrollArea) and area.widget() is page:
                self.stack.setCurrentWidget(area)
        if name == HISTORY:
            self._read_history()

    def _make_page(self, name: str) -> QWidget:
        if name == OVERVIEW:
            overview = Overview(self.arrangement, self.kind.name, self.form)
            overview.field_wanted.connect(self.go_to)
            return overview
        if name == DETAILS:
            return Details(self.kind.fields, self.form)
        if name == DOCUMENTS:
            return DocumentsTab(self.desk, self.around, self._drafts)
        if name == HISTORY:
            history = HistoryView(self.kind, self.desk.wording)
            history.take_back_wanted.connect(self._take_back)
            return history
        return RowsTab(self.desk, self.kind.name, self._tab(name), self.around, self._drafts)

    def _tab(self, name: str) -> Tab:
        return self.arrangement.row_tabs[int(name.partition(":")[2])]

    # ------------------------------------------------------------ showing

    def _show(self, sheet: Sheet) -> None:
        first = self.sheet is None or self.sheet.view.id != sheet.view.id
        self.sheet = sheet
        view = sheet.view
        reasons = {
            name: why_locked(view, field, self._office) for name, field in self.kind.fields.items()
        }
        may_write = frozenset() if view.deleted else view.may_write
        self.header.show_sheet(sheet)
        self.strip.show_conflicts(view, self._office)
        self.form.show_row(view.id, view.fields, view.titles, may_write, reasons)
        for name, page in self._pages.items():
            self._fill_page(name, page)
        self._count_tabs(sheet)
        if first:
            self._give_back()
            self._top()
        self.titled.emit(f"{view.ref} · {view.title}")
        if self._focus is not None:
            focus, self._focus = self._focus, None
            self.go_to(focus)

    def _fill_page(self, name: str, page: QWidget) -> None:
        if self.sheet is None:
            return
        if isinstance(page, Overview):
            now = self.desk.workspace.clock().astimezone().replace(tzinfo=None)
            page.show_sheet(self.sheet, now)
        elif isinstance(page, RowsTab):
            page.show_sheet(self.sheet)
        elif isinstance(page, DocumentsTab):
            view = self.sheet.view
            page.show_documents(view.id, self.sheet.documents, may_add=not view.deleted)
        elif name == HISTORY and self.tab_names[self.tabs.currentIndex()] == HISTORY:
            self._read_history()

    def _count_tabs(self, sheet: Sheet) -> None:
        for place, name in enumerate(self.tab_names):
            if name == DOCUMENTS:
                self._count(place, _("Documents"), len(sheet.documents))
            elif name.startswith("rows:"):
                tab = self._tab(name)
                count = sum(len(sheet.view.parts.get(part, ())) for part in tab.parts[:1])
                if tab.related:
                    count = len(sheet.rows_of(tab.related[0]))
                self._count(place, _(tab.label), count)

    def _count(self, place: int, words: str, count: int) -> None:
        told = _("{tab} · {count}").format(tab=words, count=count) if count else words
        if self.tabs.tabText(place) != told:
            self.tabs.setTabText(place, told)

    def _top(self) -> None:
        for area in self.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(0)

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
            self.go_to(Missing("unsaved", "", name))
            return

    @Slot()
    def _give_back(self) -> None:
        kept = self._drafts.of(self.identifier)
        if kept and self.sheet is not None:
            self.form.give_back(kept)

    # ------------------------------------------------------------ changes

    @Slot(object)
    def _changed(self, summary: ChangeSummary) -> None:
        related = {one.entity for tab in self.arrangement.row_tabs for one in tab.related}
        if self.identifier in summary.records or summary.entities & related:
            self._again.start()

    def _write(self, row: str, change: Change, done: Done, failed: Failed) -> None:
        self._writes += 1
        run = partial(change_field, ref=row, field=self.kind.fields[change.field], change=change)
        self.desk.operation(self, run, done, failed)

    @Slot(object)
    def _answered(self, answer: object) -> None:
        if isinstance(answer, RecordView):
            self._again.start()

    # ------------------------------------------------------------ acts

    @Slot(object)
    def act(self, step: ActionView) -> None:
        """Do an act, after asking for what it needs."""
        self.settle()
        if self.sheet is None:
            return
        if not needs_asking(step):
            self._perform(step, "", {})
            return
        self._dialog = ReasonDialog(
            step, self.sheet.view, self.around, partial(self._perform, step), self
        )
        self._dialog.open()

    def _perform(self, step: ActionView, note: str, values: Mapping[str, Value]) -> None:
        run = partial(
            actions.perform,
            ref=self.identifier,
            action=step.action,
            note=note,
            values=dict(values),
        )
        self.desk.operation(self, run, partial(self._performed, step), self._not_performed)

    def _performed(self, step: ActionView, view: RecordView) -> None:
        if self._dialog is not None:
            self._dialog.accept()
            self._dialog = None
        state = self.desk.wording.state(self.kind, view.state)
        self.desk.say(_("{ref} is now: {state}.").format(ref=view.ref, state=state))
        self.read()

    def _not_performed(self, error: DeskError) -> None:
        if self._dialog is not None:
            self._dialog.refuse(error)
            return
        self.desk.refuse(error)
        self.form.refuse(error)

    @Slot(object)
    def go_to(self, missing: Missing) -> None:
        """Put the cursor where something is missing: a field, a row, a table, the documents."""
        name = missing.field or ""
        if name in self.kind.fields:
            self._go_to_field(name)
        elif name in self.kind.parts or missing.part_id:
            self._go_to_rows(name, missing.part_id or "")
        elif name == "attachments":
            self._show_tab(DOCUMENTS)
        else:
            self._go_to_related(name)

    def _go_to_field(self, name: str) -> None:
        on_screen = [box for box in self.form.boxes.get(name, []) if box.isVisible()]
        if not on_screen:
            self._show_tab(DETAILS)
        self.form.focus_field(name)
        self._reveal(self.form.boxes[name][-1] if not on_screen else on_screen[0])

    def _go_to_rows(self, name: str, part_id: str) -> None:
        part, field = self._part_of(name, part_id)
        place = self.arrangement.tab_of_part(part)
        if place is None:
            return
        self._show_tab(f"rows:{place}")
        page = self._pages[f"rows:{place}"]
        if isinstance(page, RowsTab):
            page.go_to(part, part_id, field)

    def _part_of(self, name: str, part_id: str) -> tuple[str, str]:
        """Return the part that holds a row, and the field of it that is meant."""
        part, _dot, field = name.partition(".")
        if self.sheet is not None and part_id:
            for one, rows in self.sheet.view.parts.items():
                if any(row.id == part_id for row in rows):
                    return one, name if name not in self.kind.parts else ""
        return part, field

    def _go_to_related(self, name: str) -> None:
        for place, tab in enumerate(self.arrangement.row_tabs):
            if any(one.entity == name.rstrip("s") for one in tab.related):
                self._show_tab(f"rows:{place}")
                return

    def _show_tab(self, name: str) -> None:
        place = self.tab_names.index(name)
        if self.tabs.currentIndex() != place:
            self.tabs.setCurrentIndex(place)
        else:
            self._show_page(name)

    def _reveal(self, widget: QWidget) -> None:
        area = self.stack.currentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget, 0, 60)

    # ------------------------------------------------------------ history, bin, sharing

    def _read_history(self) -> None:
        if self.identifier:
            run = partial(records.history, self.desk.workspace, self.identifier)
            self._histories.ask(run, self._show_history)

    def _show_history(self, entries: tuple[HistoryEntry, ...]) -> None:
        page = self._pages.get(HISTORY)
        if isinstance(page, HistoryView) and self.sheet is not None:
            page.show_entries(entries, self.sheet.view.titles)

    @Slot(object)
    def _take_back(self, change: FieldChange) -> None:
        run = partial(records.take_back, row=change.row, field=change.field, value=change.after)
        self.desk.operation(self, run, self._taken_back)

    def _taken_back(self, _view: RecordView) -> None:
        self.desk.say(
            _("The older value is back."), action=_("Undo"), act=partial(undo_last, self.desk)
        )

    @Slot()
    def _to_bin(self) -> None:
        self.settle()
        self._simple(records.delete, self._binned)

    @Slot()
    def _from_bin(self) -> None:
        self._simple(records.restore, self._unbinned)

    def _simple(self, run: Callable[..., RecordView], then: Callable[[RecordView], object]) -> None:
        self.desk.operation(self, partial(run, ref=self.identifier), then)

    def _binned(self, _view: RecordView) -> None:
        words = _(entity_words(self.kind.name).deleted)
        self.desk.say(words, action=_("Undo"), act=partial(undo_last, self.desk))

    def _unbinned(self, view: RecordView) -> None:
        self.desk.say(_("{ref} is out of the bin.").format(ref=view.ref))

    @Slot()
    def _share(self) -> None:
        if self.sheet is not None:
            SharingDialog(self.sheet.view, self._share_with, self).open()

    def _share_with(self, audience: str) -> None:
        run = partial(records.set_audience, ref=self.identifier, audience=audience)
        self.desk.operation(self, run)

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

    def _attach_for(self, created: Callable[[Option], None]) -> None:
        if DOCUMENTS not in self._pages:
            self._show_tab(DOCUMENTS)
        page = self._pages[DOCUMENTS]
        if isinstance(page, DocumentsTab):
            page.choose_file_for(created)


def scrolled(page: QWidget, parent: QWidget) -> QScrollArea:
    """Put a page into a frame that scrolls it up and down."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setProperty("look", "ground")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    margins = page.contentsMargins()
    margins.setBottom(16)
    page.setContentsMargins(margins)
    area.setWidget(page)
    return area
