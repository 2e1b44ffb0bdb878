"""The last step of the mission wizard: the report is read and handed in."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton

from sscdesk.application import records
from sscdesk.application.views import ListQuery, RecordView
from sscdesk.i18n import LANGUAGES, _, current_language
from sscdesk.model.refusal import DeskError
from sscdesk.model.text import N_
from sscdesk.ui.desk import Notice
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.basic import label

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

from sscdesk.ui.forms.wizard_step import WizardStep
from sscdesk.ui.widgets.pdf_view import PdfView

REPORT = "mission_report"


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
        self.paper = PdfView(self.desk.workers, self)
        self.column.addWidget(self.paper, 100)

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
            if not self.paper.pdf:
                self.paper.say(_("The report is being made…"))
            run = partial(_preview, self.desk.workspace, self._mission, self.language())
            self._previews.ask(run, self._show_paper, self._no_preview)

    def _show_paper(self, pdf: bytes) -> None:
        self.paper.show_pdf(pdf, _(self.title))

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
