"""The steps from notes to mission report; each shows a part of the mission and saves itself."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from sscdesk.application import records
from sscdesk.application.views import PartView, RecordView
from sscdesk.i18n import _
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.ui.dialogs.quick_create import QuickCreate
from sscdesk.ui.forms.documents_tab import DocumentsTab
from sscdesk.ui.forms.money import balance_words
from sscdesk.ui.forms.row_stores import Related
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.widgets.basic import button, label
from sscdesk.ui.widgets.editors.surroundings import Option

if TYPE_CHECKING:
    pass

from sscdesk.ui.forms.wizard_step import WizardStep

EXPENSES = Related("expense", "mission", "spent_on")
FOLLOW_UPS = Related("follow_up", "origin", "due_on")


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
