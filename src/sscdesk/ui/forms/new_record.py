"""A record that is being begun: what it needs at least, and who it may be already."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application import records
from sscdesk.application.views import RecordView
from sscdesk.i18n import _
from sscdesk.model.base import EntityKind, record_kinds
from sscdesk.model.field import Field, fields_of
from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.entity_words import new_words
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.drafts import Drafts
from sscdesk.ui.forms.grid import FieldGrid
from sscdesk.ui.forms.new_row import NewRow
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.basic import Card, button, icon_label, label
from sscdesk.ui.widgets.editors.direction import RIGHT_TO_LEFT, direction_of
from sscdesk.ui.widgets.editors.surroundings import Option
from sscdesk.ui.wording import in_pieces, isolated

if TYPE_CHECKING:
    from sscdesk.application.search import LikenessView
    from sscdesk.application.workspace import Workspace

SIMILAR_MS = 400


class SimilarNotice(QWidget):
    """Tells which records may be the same. *Signals*: ``chosen(Option)``."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice_warn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(icon_label("users", "warn", 16))
        head.addWidget(label(_("Is it one of these, already recorded?"), "strong", self), 1)
        self._column.addLayout(head)
        self._links: dict[QWidget, Option] = {}
        self.setVisible(False)

    def show_found(self, entity: str, found: "tuple[LikenessView, ...]") -> None:
        """Show the records found; none hides the notice."""
        for link in self._links:
            self._column.removeWidget(link)
            link.deleteLater()
        self._links.clear()
        for one in found:
            who = _("{person}, {organisation}").format(
                person=isolated(one.title), organisation=isolated(one.about)
            )
            words = in_pieces((who if one.about else one.title, one.ref, *one.reasons))
            link = button(words, "text_link", "", self)
            link.clicked.connect(self._clicked)
            self._links[link] = Option(one.id, one.title, one.ref, entity)
            self._column.addWidget(link)
        self.setVisible(bool(found))

    @Slot()
    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget) and sender in self._links:
            self.chosen.emit(self._links[sender])


class NewRecordForm(QWidget):
    """Begins a record of one entity.

    Signals: ``created(RecordView)``; ``existing(Option)`` when it was recorded already;
    ``cancelled``.
    """

    created = Signal(object)
    existing = Signal(object)
    cancelled = Signal()

    def __init__(
        self, desk: Desk, entity: str, drafts: Drafts | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.kind = record_kinds()[entity]
        self.fields = first_fields(self.kind)
        around = FormAround(desk, self)
        self.row = NewRow(around, drafts, self)
        self.parts = {name: NewRow(around, drafts, self) for name in first_parts(self.kind)}
        self._similar = Latest(self, desk.workers)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SIMILAR_MS)
        self._timer.timeout.connect(self._look_for_similar)
        self._build()
        self.row.changed.connect(self._timer.start)

    def begin(self, values: Mapping[str, Value], titles: Mapping[str, str]) -> None:
        """Begin, with values that are known already."""
        defaults: dict[str, Value] = {
            field.name: field.default for field in self.fields if field.default is not None
        }
        self.row.begin(f"new:{self.kind.name}", {**defaults, **values}, titles)
        for name, row in self.parts.items():
            part = fields_of(self.kind.parts[name])
            given = {f.name: f.default for f in part.values() if f.default is not None}
            row.begin(f"new:{self.kind.name}:{name}", given, titles)
        self._name_references(values)
        self._show_similar(())
        first = next(iter(self.row.boxes.values()))
        first.editor.setFocus()

    def _name_references(self, values: Mapping[str, Value]) -> None:
        """Write the titles of the records that a new one begins with."""
        given = {name: value for name, value in values.items() if name in self.row.boxes}
        if any(self.kind.fields[name].entity for name in given):
            run = partial(_titles, entity=self.kind.name, values=given)
            self.desk.query(self, run, partial(self._show_titles, given))

    def _show_titles(self, given: Mapping[str, Value], titles: Mapping[str, str]) -> None:
        for name, value in given.items():
            editor = self.row.boxes[name].editor
            if self.kind.fields[name].entity and editor.value() == value:
                editor.show_value(value, titles)

    def type_into(self, text: str) -> None:
        """Put ``text`` into the first field, where it is best understood."""
        names = _names_of(self.kind, text)
        for name, words in names.items():
            if name in self.row.boxes:
                self.row.boxes[name].editor.show_text(words)
        self.row.read()

    def settle(self) -> None:
        """Keep what was typed."""
        self.row.read()
        for part in self.parts.values():
            part.read()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.heading = label(new_words(self.kind.name), "title", self, wrap=True)
        column.addWidget(self.heading)
        card = Card(self)
        told = _("What is needed to begin. Everything else can be added afterwards.")
        card.body.addWidget(label(told, "muted", card, wrap=True))
        grid = FieldGrid(card)
        grid.add_flowing([self.row.box(field) for field in self.fields])
        card.body.addWidget(grid)
        for name, row in self.parts.items():
            card.body.addWidget(label(_(self.kind.parts[name].label), "strong", card))
            inside = FieldGrid(card)
            fields = fields_of(self.kind.parts[name]).values()
            inside.add_flowing([row.box(f) for f in fields if f.required == "always"])
            card.body.addWidget(inside)
        self.similar = SimilarNotice(card)
        self.similar.chosen.connect(self.existing)
        card.body.addWidget(self.similar)
        card.body.addLayout(self._buttons())
        column.addWidget(card)
        column.addStretch(1)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.confirm = button(_("Begin"), "primary", "check", self)
        self.confirm.setAccessibleName(new_words(self.kind.name))
        self.cancel = button(_("Not now"), "quiet", "", self)
        self.confirm.clicked.connect(self.create_record)
        self.cancel.clicked.connect(self._cancel)
        row.addWidget(self.confirm)
        row.addWidget(self.cancel)
        row.addStretch(1)
        return row

    @Slot()
    def create_record(self) -> None:
        """Record it, if nothing that it needs is missing."""
        complete = [self.row.complete(self.fields)]
        for name, row in self.parts.items():
            complete.append(row.complete(fields_of(self.kind.parts[name]).values()))
        if not all(complete):
            return
        self.confirm.setEnabled(False)
        parts = {name: [row.values()] for name, row in self.parts.items()}
        run = partial(records.create, entity=self.kind.name, values=self.row.values(), parts=parts)
        self.desk.operation(self, run, self._created, self._refused)

    def _created(self, view: RecordView) -> None:
        self.confirm.setEnabled(True)
        self._forget()
        self.created.emit(view)

    def _refused(self, error: DeskError) -> None:
        self.confirm.setEnabled(True)
        shown = [self.row.refuse(error), *(part.refuse(error) for part in self.parts.values())]
        if not any(shown):
            self.desk.refuse(error)

    def _forget(self) -> None:
        self.row.forget()
        for part in self.parts.values():
            part.forget()

    @Slot()
    def _cancel(self) -> None:
        self._forget()
        self.cancelled.emit()

    @Slot()
    def _look_for_similar(self) -> None:
        values = {
            name: value for name, value in self.row.values().items() if name in self.kind.fields
        }
        if any(values.get(name) for name in self.kind.mapped.title_fields):
            run = partial(_similar, self.desk.workspace, self.kind.name, values)
            self._similar.ask(run, self._show_similar, self._nothing_similar)
        else:
            self._show_similar(())

    def _show_similar(self, found: "tuple[LikenessView, ...]") -> None:
        self.similar.show_found(self.kind.name, found)

    def _nothing_similar(self, _error: DeskError) -> None:
        self._show_similar(())


def first_fields(kind: EntityKind) -> list[Field]:
    """Return the fields that a new record is asked for: titles, and what it needs always."""
    return [
        field
        for field in kind.fields.values()
        if not field.computed
        and (field.required == "always" or field.name in kind.mapped.title_fields)
    ]


def first_parts(kind: EntityKind) -> tuple[str, ...]:
    """Return the parts without which a record is not begun."""
    return {"mission": ("traveller",)}.get(kind.name, ())


def _names_of(kind: EntityKind, text: str) -> dict[str, str]:
    """Divide a name that was typed among the fields of the title."""
    words = text.strip()
    titles = kind.mapped.title_fields
    if direction_of(words, RIGHT_TO_LEFT) == RIGHT_TO_LEFT and "name_ar" in titles:
        return {"name_ar": words}
    if "family" in titles:
        given, _space, family = words.partition(" ")
        return {"given": given, "family": family.strip()}
    return {titles[0]: words}


def _titles(w: "Workspace", entity: str, values: Mapping[str, Value]) -> dict[str, str]:
    from sscdesk.application.viewing import titles_among

    return titles_among(w, entity, values)


def _similar(
    w: "Workspace", entity: str, values: Mapping[str, Value]
) -> "tuple[LikenessView, ...]":
    from sscdesk.application import search

    return search.similar(w, entity, values)
