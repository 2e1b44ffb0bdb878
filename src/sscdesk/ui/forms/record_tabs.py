"""The tabs of a record's screen: made when first visited, filled with each record."""

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
from sscdesk.application.views import HistoryEntry
from sscdesk.i18n import _
from sscdesk.model.base import EntityKind
from sscdesk.model.lifecycle import Missing
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.arrangement import Tab, arrangement_of
from sscdesk.ui.forms.details import Details
from sscdesk.ui.forms.documents_tab import DocumentsTab
from sscdesk.ui.forms.drafts import drafts_of
from sscdesk.ui.forms.leading import lead_away
from sscdesk.ui.forms.overview import Overview
from sscdesk.ui.forms.record_views import views_of
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.rows_tab import RowsTab
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.forms.view_tab import ViewTab
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.history import HistoryView

OVERVIEW, DETAILS, DOCUMENTS, HISTORY = "overview", "details", "documents", "history"


class RecordTabs(QWidget):
    """The tabs and their pages.

    Signals: ``leaving`` before another tab is shown; ``field_wanted(Missing)``;
    ``take_back_wanted(FieldChange)``.
    """

    leaving = Signal()
    field_wanted = Signal(object)
    take_back_wanted = Signal(object)

    def __init__(
        self,
        desk: Desk,
        kind: EntityKind,
        form: RowForm,
        around: FormAround,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.kind = kind
        self.arrangement = arrangement_of(kind.name)
        self.pages: dict[str, QWidget] = {}
        """The pages made so far, by the names of their tabs."""
        self.names: list[str] = []
        self._views = {view.name: view for view in views_of(kind.name)}
        self._form = form
        self._around = around
        self._drafts = drafts_of(desk)
        self._histories = Latest(self, desk.workers)
        self._sheet: Sheet | None = None
        self._build()
        self.show_page(OVERVIEW)
        if self.current != OVERVIEW:
            self.show_page(self.current)

    @property
    def current(self) -> str:
        """The name of the tab shown."""
        return self.names[self.bar.currentIndex()]

    def show_sheet(self, sheet: Sheet) -> None:
        """Fill the pages with a record."""
        self._sheet = sheet
        for name, page in self.pages.items():
            self._fill(name, page)
        for place, name in enumerate(self.names):
            self._count(place, name, sheet)

    def forget(self) -> None:
        """Another record will be shown."""
        self._sheet = None

    def flush(self) -> None:
        """Write what was typed into rows and beside documents."""
        for page in self.pages.values():
            if isinstance(page, RowsTab | DocumentsTab | Overview):
                page.flush()

    def to_top(self) -> None:
        """Scroll every page to its beginning."""
        for area in self.stack.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(0)

    def show_tab(self, name: str) -> QWidget:
        """Bring a tab to the front and return its page."""
        place = self.names.index(name)
        if self.bar.currentIndex() != place:
            self.bar.setCurrentIndex(place)
        else:
            self.show_page(name)
        return self.pages[name]

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.bar = QTabBar(self)
        self.bar.setProperty("look", "record")
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setUsesScrollButtons(True)
        self.bar.setAccessibleName(_("Parts of the record"))
        for name, words in self._declared():
            self.names.append(name)
            self.bar.addTab(words)
        self.between = QVBoxLayout()
        """Room for what is said above all pages."""
        self.between.setSpacing(8)
        self.stack = QStackedWidget(self)
        column.addWidget(self.bar)
        column.addLayout(self.between)
        column.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(self._chosen)

    def _declared(self) -> list[tuple[str, str]]:
        rows = [(f"rows:{at}", _(tab.label)) for at, tab in enumerate(self.arrangement.tabs)]
        first = [(one.name, _(one.label)) for one in self._views.values() if one.first]
        found = [*first, (OVERVIEW, _("Overview")), *self._declared_views(after_rows=False)]
        found += [(DETAILS, _("Details")), *rows, *self._declared_views(after_rows=True)]
        found.append((DOCUMENTS, _("Documents")))
        if self.arrangement.follow_up is not None:
            at = len(self.arrangement.tabs)
            found.append((f"rows:{at}", _(self.arrangement.follow_up.label)))
        found.append((HISTORY, _("History")))
        return found

    def _declared_views(self, *, after_rows: bool) -> list[tuple[str, str]]:
        views = [one for one in self._views.values() if one.after_rows is after_rows]
        return [(view.name, _(view.label)) for view in views if not view.first]

    @Slot(int)
    def _chosen(self, place: int) -> None:
        self.leaving.emit()
        self.show_page(self.names[place])

    def show_page(self, name: str) -> None:
        """Show a page, made when it is the first time."""
        if name not in self.pages:
            made = self._make(name)
            self.pages[name] = made
            self.stack.addWidget(scrolled(made, self.stack))
            self._fill(name, made)
        page = self.pages[name]
        for place in range(self.stack.count()):
            area = self.stack.widget(place)
            if isinstance(area, QScrollArea) and area.widget() is page:
                self.stack.setCurrentWidget(area)
        if name == HISTORY:
            self._read_history()

    def _make(self, name: str) -> QWidget:
        if name == OVERVIEW:
            rows = self.arrangement.overview_rows
            below = self._make_rows(rows) if rows is not None else None
            overview = Overview(self.arrangement, self.kind.name, self._form, below)
            overview.field_wanted.connect(self.field_wanted)
            return overview
        if name == DETAILS:
            return Details(self.kind.fields, self._form)
        if name == DOCUMENTS:
            return DocumentsTab(self.desk, self._around, self._drafts)
        if name == HISTORY:
            history = HistoryView(self.kind, self.desk.wording)
            history.take_back_wanted.connect(self.take_back_wanted)
            return history
        if name in self._views:
            return self._make_view(name)
        return self._make_rows(self._tab(name))

    def _make_view(self, name: str) -> ViewTab:
        made = self._views[name].make(self.desk, self._around, self)
        made.field_wanted.connect(self.field_wanted)
        made.counted.connect(partial(self._count_view, name))
        return made

    def _count_view(self, name: str, count: int) -> None:
        self._say(self.names.index(name), _(self._views[name].label), count)

    def _make_rows(self, tab: Tab) -> RowsTab:
        return RowsTab(self.desk, self.kind.name, tab, self._around, self._drafts)

    def _tab(self, name: str) -> Tab:
        return self.arrangement.row_tabs[int(name.partition(":")[2])]

    # ------------------------------------------------------------ filling

    def _fill(self, name: str, page: QWidget) -> None:
        if self._sheet is None:
            return
        if isinstance(page, Overview):
            now = self.desk.workspace.clock().astimezone().replace(tzinfo=None)
            page.show_sheet(self._sheet, now)
        elif isinstance(page, RowsTab | ViewTab):
            page.show_sheet(self._sheet)
        elif isinstance(page, DocumentsTab):
            view = self._sheet.view
            page.show_documents(view.id, self._sheet.documents, may_add=not view.deleted)
        elif name == HISTORY and page.isVisible():
            self._read_history()

    def _count(self, place: int, name: str, sheet: Sheet) -> None:
        if name == DOCUMENTS:
            self._say(place, _("Documents"), len(sheet.documents))
        elif name.startswith("rows:"):
            tab = self._tab(name)
            count = sum(len(sheet.view.parts.get(part, ())) for part in tab.parts[:1])
            if tab.related:
                count = len(sheet.rows_of(tab.related[0]))
            self._say(place, _(tab.label), count)

    def _say(self, place: int, words: str, count: int) -> None:
        told = _("{tab} · {count}").format(tab=words, count=count) if count else words
        if self.bar.tabText(place) != told:
            self.bar.setTabText(place, told)

    def _read_history(self) -> None:
        if self._sheet is not None:
            run = partial(records.history, self.desk.workspace, self._sheet.view.id)
            self._histories.ask(run, self._show_history)

    def _show_history(self, entries: tuple[HistoryEntry, ...]) -> None:
        page = self.pages.get(HISTORY)
        if isinstance(page, HistoryView) and self._sheet is not None:
            page.show_entries(entries, self._sheet.view.titles)

    # ------------------------------------------------------------ going somewhere

    def go_to(self, missing: Missing) -> None:
        """Put the cursor where something is missing: a field, a row, another record…"""
        name = missing.field or ""
        if self._sheet is not None and lead_away(
            self.desk, self._around, self._sheet.view, missing
        ):
            return
        if name in self.kind.parts or missing.part_id:
            self._go_to_rows(name, missing.part_id or "")
        elif name in self.kind.fields:
            self._go_to_field(name)
        elif name == "attachments":
            self.show_tab(DOCUMENTS)
        else:
            self._go_to_related(name, begin=missing.code == "wanted")

    def _go_to_field(self, name: str) -> None:
        on_screen = [box for box in self._form.boxes.get(name, []) if box.isVisible()]
        if not on_screen:
            self.show_tab(DETAILS)
        self._form.focus_field(name)
        area = self.stack.currentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible((on_screen or self._form.boxes[name])[-1], 0, 60)

    def _go_to_rows(self, name: str, part_id: str) -> None:
        part, field = self._part_of(name, part_id)
        place = self.arrangement.tab_of_part(part)
        page = self.show_tab(OVERVIEW if place is None else f"rows:{place}")
        rows = page.rows if isinstance(page, Overview) else page
        if isinstance(rows, RowsTab):
            rows.go_to(part, part_id, field)

    def _part_of(self, name: str, part_id: str) -> tuple[str, str]:
        """Return the part that holds a row, and the field of it that is meant."""
        part, _dot, field = name.partition(".")
        if self._sheet is not None and part_id:
            for one, rows in self._sheet.view.parts.items():
                if any(row.id == part_id for row in rows):
                    return one, name if name not in self.kind.parts else ""
        return part, field

    def _go_to_related(self, name: str, *, begin: bool) -> None:
        for place, tab in enumerate(self.arrangement.row_tabs):
            if any(one.entity == name.rstrip("s") for one in tab.related):
                page = self.show_tab(f"rows:{place}")
                if begin and isinstance(page, RowsTab):
                    page.go_to(name.rstrip("s"), "", "")
                return


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
