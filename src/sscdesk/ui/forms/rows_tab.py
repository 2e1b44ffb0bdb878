"""A tab of rows: the sections that its declaration names, one below the other."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.arrangement import Tab
from sscdesk.ui.forms.drafts import Drafts
from sscdesk.ui.forms.row_stores import PartStore, RelatedStore
from sscdesk.ui.forms.rows import RowsSection
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.widgets.editors.surroundings import Surroundings


class RowsTab(QWidget):
    """Sections of rows, those that matter most first."""

    def __init__(
        self,
        desk: Desk,
        entity: str,
        tab: Tab,
        around: Surroundings,
        drafts: Drafts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._entity = entity
        self.sections: dict[str, RowsSection] = {}
        self._parts: dict[str, PartStore] = {}
        self._related: dict[str, RelatedStore] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for related in tab.related:
            store = RelatedStore(desk, self, related)
            self._related[related.entity] = store
            self.sections[related.entity] = RowsSection(desk, store, around, drafts, self)
        for part in tab.parts:
            inside = PartStore(desk, self, entity, part)
            self._parts[part] = inside
            self.sections[part] = RowsSection(desk, inside, around, drafts, self)
        for section in self.sections.values():
            column.addWidget(section)
        column.addStretch(1)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the rows of a record."""
        view = sheet.view
        for name, store in self._parts.items():
            items = store.items(view)
            self.sections[name].show_items(items, may_add=not view.deleted)
        for name, related in self._related.items():
            rows = sheet.rows_of(related.related)
            self.sections[name].show_items(related.items(view.id, rows), may_add=not view.deleted)

    def go_to(self, part: str, row: str, field: str) -> None:
        """Put the cursor into a row, or begin one."""
        section = self.sections.get(part)
        if section is None:
            return
        if not (row and section.focus_row(row, field)):
            section.begin_new()

    def flush(self) -> None:
        """Write what was typed."""
        for section in self.sections.values():
            section.flush()
