"""The steps from notes to mission report; each shows a part of the mission and saves itself."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from sscdesk.application import records
from sscdesk.application.views import ListQuery, PartView, RecordView
from sscdesk.i18n import LANGUAGES, _, current_language
from sscdesk.model.base import record_kinds
from sscdesk.model.refusal import DeskError
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk, Notice
from sscdesk.ui.dialogs.quick_create import QuickCreate
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.documents_tab import DocumentsTab
from sscdesk.ui.forms.drafts import Drafts
from sscdesk.ui.forms.grid import COLUMNS, FieldGrid
from sscdesk.ui.forms.money import balance_words
from sscdesk.ui.forms.paper import PaperView
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.row_stores import PartStore, Related, RelatedStore
from sscdesk.ui.forms.rows import RowsSection
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.basic import Card, button, label
from sscdesk.ui.widgets.editors.surroundings import Option

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

REPORT = "mission_report"
EXPENSES = Related("expense", "mission", "spent_on")
FOLLOW_UPS = Related("follow_up", "origin", "due_on")


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


class DatesStep(WizardStep):
    """When, and who. *Signals*: ``return_wanted`` to record that the travellers are back."""

    title = N_("Dates and travellers")
    told = N_("Confirm when you left and came back, and who travelled.")
    return_wanted = Signal()

    def build(self) -> None:
        card = self.add_fields(("departs_on", "returns_on", "departed_on", "returned_on"))
        row = QHBoxLayout()
        self.as_planned = button(_("As planned"), "", "check", card)
        self.come_back = button(_("Record the return"), "primary", "", card)
        self.as_planned.clicked.connect(self._take_plan)
        self.come_back.clicked.connect(self.return_wanted)
        row.addWidget(self.as_planned)
        row.addWidget(self.come_back)
        row.addStretch(1)
        card.body.addLayout(row)
        self.add_part("traveller")
        self.add_part("leg")

    def show_sheet(self, sheet: Sheet) -> None:
        super().show_sheet(sheet)
        self._view = sheet.view
        actual = {"departed_on", "returned_on"}
        missing = any(not sheet.view.fields.get(name) for name in actual)
        self.as_planned.setVisible(missing and actual <= sheet.view.may_write)
        offered = [one for one in sheet.actions if one.action == "come_back"]
        self.come_back.setVisible(bool(offered))
        self.come_back.setEnabled(bool(offered) and offered[0].allowed)

    def is_done(self, sheet: Sheet) -> bool:
        dates = all(sheet.view.fields.get(name) for name in ("departed_on", "returned_on"))
        return dates and bool(sheet.view.parts.get("traveller"))

    @Slot()
    def _take_plan(self) -> None:
        fields = self._view.fields
        values: dict[str, Value] = {
            "departed_on": fields.get("departs_on"),
            "returned_on": fields.get("returns_on"),
        }
        run = partial(records.change, ref=self._view.id, values=values)
        self.desk.operation(self, run)


class MetStep(WizardStep):
    """Who was met; new people are added by typing their names."""

    title = N_("Who was met")
    told = N_("One line for each meeting. People you type who are not known yet are added.")

    def build(self) -> None:
        self.add_part("meeting")


class LearntStep(WizardStep):
    """What was learnt."""

    title = N_("What was learnt")
    told = N_("A summary of ten lines, then each finding by itself.")

    def build(self) -> None:
        self.add_fields(("summary",))
        self.add_part("finding")

    def is_done(self, sheet: Sheet) -> bool:
        return super().is_done(sheet) and bool(sheet.view.fields.get("summary"))


class DecidedStep(WizardStep):
    """What should be done, by whom and until when."""

    title = N_("Decisions and commitments")
    told = N_("What you recommend. Each recommendation wants a follow-up with an owner and a date.")

    def build(self) -> None:
        self._recommendations = self.add_part("recommendation")
        row = QHBoxLayout()
        self.make = button(_("Make the follow-up of this recommendation…"), "", "plus", self)
        self.make.clicked.connect(self._make_follow_up)
        row.addWidget(self.make)
        row.addStretch(1)
        self.column.addLayout(row)
        self.add_related(FOLLOW_UPS)
        self._view: RecordView | None = None
        chosen = self._recommendations.table.selectionModel()
        chosen.selectionChanged.connect(self._dress)

    def show_sheet(self, sheet: Sheet) -> None:
        super().show_sheet(sheet)
        self._view = sheet.view
        self._dress()

    def is_done(self, sheet: Sheet) -> bool:
        rows = sheet.view.parts.get("recommendation", ())
        return bool(rows) and all(row.fields.get("follow_up") for row in rows)

    def _chosen(self) -> PartView | None:
        rows = self._view.parts.get("recommendation", ()) if self._view is not None else ()
        open_rows = [row for row in rows if not row.fields.get("follow_up")]
        current = self._recommendations.current_id()
        chosen = [row for row in open_rows if row.id == current]
        return next(iter(chosen or open_rows), None)

    @Slot()
    def _dress(self) -> None:
        self.make.setVisible(self._chosen() is not None)

    @Slot()
    def _make_follow_up(self) -> None:
        row = self._chosen()
        if row is None or self._view is None:
            return
        self.flush()
        made = partial(self._made, row.id)
        sheet = QuickCreate(self.desk, "follow_up", "", made, self.window())
        fields = row.fields
        sheet.belongs_to(
            self._view,
            {
                "action_fr": fields.get("what"),
                "due_on": fields.get("due_on"),
                "responsible_office": fields.get("by_office") or self._view.owner,
                "priority": fields.get("priority"),
            },
        )
        sheet.open()

    def _made(self, row: str, option: Option) -> None:
        if self._view is not None:
            run = partial(
                records.change_part,
                ref=self._view.id,
                part="recommendation",
                part_id=row,
                values={"follow_up": option.code},
            )
            self.desk.operation(self, run)


class MoneyStep(WizardStep):
    """What was spent, against the advance."""

    title = N_("Expenses")
    told = N_("Each expense with its receipt; the balance with the advance is worked out below.")

    def build(self) -> None:
        self.add_related(EXPENSES)
        card = self.add_fields(("budget", "advance", "advance_paid_on"))
        self.balance = label("", "strong", card, wrap=True)
        card.body.addWidget(self.balance)

    def show_sheet(self, sheet: Sheet) -> None:
        super().show_sheet(sheet)
        rows = [row.fields for row in sheet.rows_of(EXPENSES)]
        self.balance.setText(balance_words(sheet.view.fields, rows))

    def is_done(self, sheet: Sheet) -> bool:
        return bool(sheet.rows_of(EXPENSES))


class PicturesStep(WizardStep):
    """Photographs, presentations, receipts."""

    title = N_("Pictures and documents")
    told = N_("Drop them here. A photograph needs the consent of those shown.")

    def build(self) -> None:
        self.documents = DocumentsTab(self.desk, self.given.around, self.given.drafts, self)
        self.column.addWidget(self.documents)

    def show_sheet(self, sheet: Sheet) -> None:
        super().show_sheet(sheet)
        self.documents.show_documents(sheet.view.id, sheet.documents, may_add=True)

    def is_done(self, sheet: Sheet) -> bool:
        return bool(sheet.documents)

    def flush(self) -> None:
        self.documents.flush()


class ReportStep(WizardStep):
    """The report as it will be, and handing it in.

    Signals: ``submitted(RecordView)``; ``refused(DeskError)``.
    """

    title = N_("Read and hand in")
    told = N_("The report as it will be. After handing it in, its content no longer changes.")
    submitted = Signal(object)
    refused = Signal(object)

    def build(self) -> None:
        self._previews = Latest(self, self.desk.workers)
        self._mission = ""
        row = QHBoxLayout()
        row.addWidget(label(_("Language of the report"), "label", self))
        self._group = QButtonGroup(self)
        self.languages: dict[str, QRadioButton] = {}
        for code in LANGUAGES:
            choice = QRadioButton(self.desk.wording.code("language", code), self)
            self.languages[code] = choice
            self._group.addButton(choice)
            row.addWidget(choice)
        row.addStretch(1)
        self.column.addLayout(row)
        wanted = current_language() if current_language() in self._offered() else "fr"
        self.languages[wanted].setChecked(True)
        for code, choice in self.languages.items():
            choice.setVisible(code in self._offered())
        self._group.buttonClicked.connect(self.preview)
        self.paper = PaperView(self.desk, self)
        self.column.addWidget(self.paper)

    def show_sheet(self, sheet: Sheet) -> None:
        super().show_sheet(sheet)
        self._mission = sheet.view.id
        if self.isVisible():
            self.preview()

    def is_done(self, sheet: Sheet) -> bool:
        return sheet.view.state in ("reported", "settled", "closed")

    def language(self) -> str:
        """Return the language chosen for the report."""
        return next(code for code, choice in self.languages.items() if choice.isChecked())

    @Slot()
    def preview(self) -> None:
        """Make the paper as it would be now."""
        if self._mission:
            if not self.paper.has_paper:
                self.paper.say(_("The report is being made…"))
            run = partial(_preview, self.desk.workspace, self._mission, self.language())
            self._previews.ask(run, self.paper.show_paper, self._no_preview)

    def submit(self) -> None:
        """Hand the report in."""
        run = partial(_submit, mission=self._mission, language=self.language())
        self.desk.operation(
            self, run, self.submitted.emit, self.refused.emit, _("Handing in the report…")
        )

    def _no_preview(self, error: DeskError) -> None:
        told = Notice.of(error)
        self.paper.say(f"{told.text} {told.hint}".strip())

    @staticmethod
    def _offered() -> tuple[str, ...]:
        from sscdesk.application import reports

        found = [kind.languages for kind in reports.kinds() if kind.code == REPORT]
        return found[0] if found else ("fr",)


def _preview(w: "Workspace", mission: str, language: str) -> bytes:
    from sscdesk.application import reports

    return reports.preview(w, mission, language)


def _submit(w: "Workspace", *, mission: str, language: str) -> RecordView:
    from sscdesk.application import reports

    report = _open_report(w, mission) or reports.build(w, REPORT, mission, language).id
    if records.view(w, report).fields.get("language") != language:
        records.change(w, report, {"language": language})
    return reports.submit(w, report)


def _open_report(w: "Workspace", mission: str) -> str | None:
    """Return the report on the mission that was begun and not yet handed in."""
    query = ListQuery(
        "report",
        where=(
            ("subject", "is", mission),
            ("kind", "is", REPORT),
            ("state", "any_of", ("draft", "returned")),
        ),
    )
    return next((row.id for row in records.listing(w, query).items), None)
