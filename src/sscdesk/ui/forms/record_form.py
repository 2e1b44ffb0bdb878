"""The screen of one record: its head, and tabs of fields, rows, documents and history.

One form serves all records of an entity, one after the other; each change saves itself.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application import records
from sscdesk.application.views import ActionView, HistoryEntry
from sscdesk.i18n import _, error_hint, error_text
from sscdesk.model.base import record_kinds
from sscdesk.model.lifecycle import Missing
from sscdesk.model.refusal import DeskError, NotFound
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.acts import RecordActs
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.arrangement import Arrangement, Tab, arrangement_of
from sscdesk.ui.forms.conflict_strip import ConflictStrip
from sscdesk.ui.forms.details import Details
from sscdesk.ui.forms.documents_tab import DocumentsTab
from sscdesk.ui.forms.drafts import drafts_of
from sscdesk.ui.forms.following import Following
from sscdesk.ui.forms.header import RecordHeader
from sscdesk.ui.forms.overview import Overview
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.rows_tab import RowsTab
from sscdesk.ui.forms.saving import Change, Done, Failed, SaveState
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.forms.words import LockedStrip, reasons_locked, why_all_locked
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.editors.surroundings import Option
from sscdesk.ui.widgets.history import HistoryView

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
        self._office = desk.workspace.office
        self._drafts = drafts_of(desk)
        self._histories = Latest(self, desk.workers)
        self._focus: Missing | None = None
        self.following = Following(desk, entity, self)
        self.around = FormAround(desk, self, self._attach_for)
        self.form = RowForm(self.around, self._write, self._drafts.keep, self)
        self.following.serve(self.form)
        self.acts = RecordActs(desk, self.around, self)
        self.tab_names: list[str] = []
        self._pages: dict[str, QWidget] = {}
        self._build(apart)
        self._connect()
        self._show_page(OVERVIEW)

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
        self._focus = focus
        self.following.follow(identifier)

    def settle(self) -> None:
        """Write what was typed and not yet saved."""
        self.form.flush()
        for page in self._pages.values():
            if isinstance(page, RowsTab | DocumentsTab | Overview):
                page.flush()

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
        self.tabs = QTabBar(self)
        self.tabs.setProperty("look", "record")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_("Parts of the record"))
        self.strip = ConflictStrip(self)
        self.locked = LockedStrip(self)
        self.stack = QStackedWidget(self)
        for name, words in self._declared_tabs():
            self.tab_names.append(name)
            self.tabs.addTab(words)
        self._set_shown(False)
        column.addWidget(self.header)
        column.addWidget(self.tabs)
        column.addWidget(self.locked)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)

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
        self.following.came.connect(self._show)
        self.following.failed.connect(self._not_read)
        self.tabs.currentChanged.connect(self._tab_chosen)
        self.form.state_changed.connect(self._show_saving)
        self.form.left_behind.connect(self.desk.refuse)
        self.strip.reconcile_wanted.connect(self._reconcile)
        self.header.act_wanted.connect(self._act)
        self.header.field_wanted.connect(self.go_to)
        self.header.apart_wanted.connect(self._apart)
        self.header.bin_wanted.connect(self.acts.to_bin)
        self.header.restore_wanted.connect(self.acts.from_bin)
        self.header.share_wanted.connect(self.acts.share)
        self.header.wizard_wanted.connect(self._wizard)
        self.header.save_clicked.connect(self._go_to_unsaved)
        self.acts.done.connect(self.following.read)
        self.acts.refused.connect(self._refused)
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
            rows = self.arrangement.overview_rows
            below = self._make_rows(rows) if rows is not None else None
            overview = Overview(self.arrangement, self.kind.name, self.form, below)
            overview.field_wanted.connect(self.go_to)
            return overview
        if name == DETAILS:
            return Details(self.kind.fields, self.form)
        if name == DOCUMENTS:
            return DocumentsTab(self.desk, self.around, self._drafts)
        if name == HISTORY:
            history = HistoryView(self.kind, self.desk.wording)
            history.take_back_wanted.connect(self.acts.take_back)
            return history
        return self._make_rows(self._tab(name))

    def _make_rows(self, tab: Tab) -> RowsTab:
        return RowsTab(self.desk, self.kind.name, tab, self.around, self._drafts)

    def _tab(self, name: str) -> Tab:
        return self.arrangement.row_tabs[int(name.partition(":")[2])]

    # ------------------------------------------------------------ showing

    def _set_shown(self, shown: bool) -> None:
        """Show nothing rather than an empty record, until the first one has been read."""
        for part in (self.header, self.tabs, self.stack):
            part.setVisible(shown)

    @Slot(object)
    def _show(self, sheet: Sheet) -> None:
        first = self.sheet is None or self.sheet.view.id != sheet.view.id
        self.sheet = sheet
        view = sheet.view
        may_write = frozenset() if view.deleted else view.may_write
        reasons = reasons_locked(view, self.kind, self._office)
        self.locked.show_reason(why_all_locked(view, self._office))
        self.acts.about(view)
        self.around.belongs_to(view)
        self.header.show_sheet(sheet)
        self.strip.show_conflicts(view, self._office)
        self.form.show_row(view.id, view.fields, view.titles, may_write, reasons)
        for name, page in self._pages.items():
            self._fill_page(name, page)
        self._count_tabs(sheet)
        self._set_shown(True)
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
        elif name == HISTORY and page.isVisible():
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
        name = OVERVIEW if place is None else f"rows:{place}"
        self._show_tab(name)
        page = self._pages[name]
        rows = page.rows if isinstance(page, Overview) else page
        if isinstance(rows, RowsTab):
            rows.go_to(part, part_id, field)

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

    # ------------------------------------------------------------ history, other windows

    def _read_history(self) -> None:
        if self.identifier:
            run = partial(records.history, self.desk.workspace, self.identifier)
            self._histories.ask(run, self._show_history)

    def _show_history(self, entries: tuple[HistoryEntry, ...]) -> None:
        page = self._pages.get(HISTORY)
        if isinstance(page, HistoryView) and self.sheet is not None:
            page.show_entries(entries, self.sheet.view.titles)

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
