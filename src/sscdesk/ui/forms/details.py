"""The tab with every field of a record, section by section."""

from collections.abc import Mapping
from itertools import groupby

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sscdesk.i18n import _
from sscdesk.model.field import Field
from sscdesk.ui.forms.grid import COLUMNS, FieldGrid
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.words import section_label
from sscdesk.ui.widgets.basic import Card
from sscdesk.ui.widgets.editors.box import FieldBox
from sscdesk.ui.widgets.editors.direction import direction_of_field


class Details(QWidget):
    """All fields, in the sections of their declaration."""

    def __init__(
        self, fields: Mapping[str, Field], form: RowForm, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._form = form
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for heading, some in sections(fields).items():
            column.addWidget(self._card(heading, some))
        column.addStretch(1)

    def _card(self, heading: str, fields: list[Field]) -> Card:
        card = Card(self)
        if heading:
            card.body.addWidget(section_label(_(heading), card))
        grid = FieldGrid(card)
        flowing: list[FieldBox] = []
        for group in side_by_side(fields):
            boxes = [self._form.box(field) for field in group]
            if len(boxes) == 1:
                flowing += boxes
                continue
            grid.add_flowing(flowing)
            flowing = []
            grid.add_row(boxes, [COLUMNS // min(len(boxes), 3)] * len(boxes))
        grid.add_flowing(flowing)
        card.body.addWidget(grid)
        return card


def sections(fields: Mapping[str, Field]) -> dict[str, list[Field]]:
    """Return the fields by section; what the desk fills in itself comes last in each."""
    found: dict[str, list[Field]] = {}
    for field in fields.values():
        found.setdefault(field.section, []).append(field)
    for some in found.values():
        some.sort(key=lambda field: field.computed)
    return found


def side_by_side(fields: list[Field]) -> list[list[Field]]:
    """Group the variants of one text in several languages; all other fields stay alone."""
    return [list(group) for _stem, group in groupby(fields, key=_stem)]


def _stem(field: Field) -> str:
    return field.name[:-3] if direction_of_field(field.name) is not None else f"={field.name}"
