"""What the steps of the mission wizard have in common."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sscdesk.model.base import record_kinds
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.drafts import Drafts
from sscdesk.ui.forms.grid import COLUMNS, FieldGrid
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.row_stores import PartStore, Related, RelatedStore
from sscdesk.ui.forms.rows import RowsSection
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.widgets.basic import Card

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Surrounding:
    """What every step is given."""

    desk: Desk
    around: FormAround
    form: RowForm
    drafts: Drafts


class WizardStep(QWidget):
    """One step. ``title`` and ``told`` are msgids."""

    title = ""
    told = ""

    def __init__(self, given: Surrounding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = given.desk
        self.given = given
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self.sections: dict[str, RowsSection] = {}
        self._stores: dict[str, PartStore | RelatedStore] = {}
        self.build()
        self.column.addStretch(1)

    def build(self) -> None:
        """Put the widgets of the step together."""

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the mission as it is now."""
        view = sheet.view
        for name, store in self._stores.items():
            if isinstance(store, PartStore):
                items = store.items(view)
            else:
                items = store.items(view.id, sheet.rows_of(store.related))
            self.sections[name].show_items(items, may_add=not view.deleted)

    def is_done(self, sheet: Sheet) -> bool:
        """Whether the mission has what the step is for."""
        return all(
            bool(sheet.view.parts.get(name))
            for name, store in self._stores.items()
            if isinstance(store, PartStore)
        )

    def flush(self) -> None:
        """Write what was typed."""
        for section in self.sections.values():
            section.flush()

    def add_fields(self, *rows: tuple[str, ...]) -> Card:
        """Add a sheet with fields of the mission."""
        fields = record_kinds()["mission"].fields
        card = Card(self)
        grid = FieldGrid(card)
        for row in rows:
            boxes = [self.given.form.box(fields[name]) for name in row]
            grid.add_row(boxes, [COLUMNS // len(boxes)] * len(boxes))
        card.body.addWidget(grid)
        self.column.addWidget(card)
        return card

    def add_part(self, part: str) -> RowsSection:
        """Add the rows of a part."""
        return self._add(part, PartStore(self.desk, self, "mission", part))

    def add_related(self, related: Related) -> RowsSection:
        """Add the records that name the mission."""
        return self._add(related.entity, RelatedStore(self.desk, self, related))

    def _add(self, name: str, store: PartStore | RelatedStore) -> RowsSection:
        section = RowsSection(self.desk, store, self.given.around, self.given.drafts, self)
        self._stores[name] = store
        self.sections[name] = section
        self.column.addWidget(section)
        return section
