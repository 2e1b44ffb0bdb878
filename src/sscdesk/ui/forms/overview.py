"""The first tab of a record: what matters of it, its itinerary, what is to be done next."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sscdesk.application.views import PartView, RecordView
from sscdesk.i18n import _, format_partial_date
from sscdesk.model.base import record_kinds
from sscdesk.model.field import FieldType
from sscdesk.ui.forms.arrangement import Arrangement, OverviewCard, best_variant, variants
from sscdesk.ui.forms.grid import COLUMNS, FieldGrid
from sscdesk.ui.forms.missing import GoodLine, MissingLine
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.rows_tab import RowsTab
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.forms.words import section_label
from sscdesk.ui.widgets.basic import Card
from sscdesk.ui.widgets.editors.box import FieldBox
from sscdesk.ui.widgets.timeline import Stop, Timeline

_COUNTED = ("traveller", "meeting", "participation", "session", "post")
"""Parts whose presence is worth a tick before the next step."""


class Overview(QWidget):
    """The overview of one entity, filled with one record after the other.

    Signals: ``field_wanted(Missing)``.
    """

    field_wanted = Signal(object)

    def __init__(
        self,
        arrangement: Arrangement,
        entity: str,
        form: RowForm,
        rows: RowsTab | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields = record_kinds()[entity].fields
        self._form = form
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._variants: list[dict[str, FieldBox]] = []
        self.timeline: Timeline | None = None
        self._route_heading: QWidget | None = None
        self._steps: Checklist | None = None
        for card in arrangement.overview:
            self._column.addWidget(self._card(card))
        self.rows = rows
        if rows is not None:
            self._column.addWidget(rows)
        self._column.addStretch(1)

    def show_sheet(self, sheet: Sheet, now: datetime) -> None:
        """Show what is derived from a record; its fields are filled by the form."""
        for boxes in self._variants:
            shown = best_variant(list(boxes), sheet.view.fields)
            for name, box in boxes.items():
                box.setVisible(name == shown or box.editor.inside)
        if self.timeline is not None and self._route_heading is not None:
            stops = stops_of(sheet.view, now)
            self.timeline.show_stops(stops)
            self.timeline.setVisible(bool(stops))
            self._route_heading.setVisible(bool(stops))
        if self._steps is not None:
            self._steps.show_sheet(sheet)
        if self.rows is not None:
            self.rows.show_sheet(sheet)

    def flush(self) -> None:
        """Write what was typed into the rows; the fields are the form's."""
        if self.rows is not None:
            self.rows.flush()

    def _card(self, declared: OverviewCard) -> Card:
        card = Card(self)
        grid = FieldGrid(card)
        for row in declared.rows:
            self._add_row(grid, row)
        card.body.addWidget(grid)
        if declared.route:
            self._add_route(card)
        if declared.steps:
            self._steps = Checklist(card)
            self._steps.field_wanted.connect(self.field_wanted)
            card.body.addWidget(self._steps)
        return card

    def _add_row(self, grid: FieldGrid, row: tuple[str, ...]) -> None:
        if row[0].endswith("*"):
            boxes = {name: self._form.box(self._fields[name]) for name in self._names(row)}
            self._variants.append(boxes)
            for box in boxes.values():
                grid.add_row([box])
            return
        together = [self._form.box(self._fields[name]) for name in self._names(row)]
        if len(together) == 1 and together[0].field.type is FieldType.LONG_TEXT:
            together[0].as_heading()
        grid.add_row(together, [COLUMNS // max(len(together), 1)] * len(together))

    def _names(self, row: tuple[str, ...]) -> list[str]:
        return [found for name in row for found in variants(name, self._fields)]

    def _add_route(self, card: Card) -> None:
        self._route_heading = section_label(_("Itinerary"), card)
        self.timeline = Timeline(card)
        card.body.addSpacing(2)
        card.body.addWidget(self._route_heading)
        card.body.addWidget(self.timeline)


class Checklist(QWidget):
    """What is there and what is missing before the next step.

    Signals: ``field_wanted(Missing)``.
    """

    field_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(8)
        self._lines: list[QWidget] = []

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the list for the next step of a record."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = list(self._made(sheet))
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(self._lines))

    def _made(self, sheet: Sheet) -> Iterable[QWidget]:
        step = sheet.next_step
        if step is None:
            return
        title = _("Before “{action}”").format(action=_(step.label))
        yield section_label(title, self)
        for words in present(sheet.view):
            yield GoodLine(words, self)
        if step.allowed:
            yield GoodLine(_("Everything needed for this step is here."), self)
        for missing in (*step.missing, *step.warnings):
            line = MissingLine(missing, self)
            line.wanted.connect(self.field_wanted)
            yield line


def present(view: RecordView) -> list[str]:
    """Say which rows a record has already: "Meetings held: 4"."""
    parts = record_kinds()[view.entity].parts
    return [
        _("{rows}: {count}").format(rows=_(parts[name].plural), count=len(view.parts[name]))
        for name in _COUNTED
        if name in parts and view.parts.get(name)
    ]


def stops_of(view: RecordView, now: datetime) -> tuple[Stop, ...]:
    """Return the stops of a mission's legs: where it begins, and where each leg arrives."""
    legs = view.parts.get("leg", ())
    if not legs:
        return _stops_of_route(view, now)
    first = legs[0].fields
    start = _stop(str(first.get("from_place") or ""), first.get("date"), first.get("time"), now)
    return (start, *(_arrival(leg, now) for leg in legs))


def _arrival(leg: PartView, now: datetime) -> Stop:
    fields = leg.fields
    day = fields.get("arrival_date") or fields.get("date")
    return _stop(str(fields.get("to_place") or ""), day, fields.get("arrival_time"), now)


def _stop(place: str, day: object, time: object, now: datetime) -> Stop:
    words = short_day(str(day or ""))
    hour = str(time or "")
    if hour:
        words = _("{day}, {time}").format(day=words, time=hour)
    moment = f"{day or '9999'}T{hour or '23:59'}"
    return Stop(place, words, moment <= now.strftime("%Y-%m-%dT%H:%M"))


def _stops_of_route(view: RecordView, now: datetime) -> tuple[Stop, ...]:
    """Without legs, the places of the route as it was typed: "Rabat > Bamako > Rabat"."""
    places = [place.strip() for place in str(view.fields.get("itinerary") or "").split(">")]
    if len(places) < 2:
        return ()
    days = ["" for _place in places]
    days[0] = str(view.fields.get("departs_on") or "")
    days[-1] = str(view.fields.get("returns_on") or "")
    return tuple(_stop(place, day, None, now) for place, day in zip(places, days, strict=True))


def short_day(text: str) -> str:
    """Write a date without its year where the day is known: "9 mars"."""
    if len(text) != 10:
        return format_partial_date(text) if text else ""
    from babel.dates import format_skeleton

    from sscdesk.i18n import locale

    return str(format_skeleton("MMMd", datetime.fromisoformat(text), locale=locale()))
