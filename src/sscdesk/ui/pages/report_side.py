"""A report beside its list: what is written at the leading side, the paper at the trailing side."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from sscdesk.application import records
from sscdesk.application.views import RecordView
from sscdesk.i18n import _
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.record_window import RecordWindow
from sscdesk.ui.look import look
from sscdesk.ui.pages.new_report import NewReportForm
from sscdesk.ui.pages.paper_panel import PaperPanel
from sscdesk.ui.pages.record_page import RecordPage
from sscdesk.ui.pages.wishes import NewReport
from sscdesk.ui.widgets.segments import Segments

BOTH_FROM = 900
"""From this width on, texts and paper stand side by side (at a text of 100 %)."""
TEXTS, PAPER = "texts", "paper"


class ReportWindow(RecordWindow):
    """A report in a window of its own, wide enough for its paper."""

    def __init__(self, desk: Desk, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, "report", identifier, parent)
        self.resize(1_180, 780)

    def make_page(self) -> "ReportSide":
        return ReportSide(self.desk, self, apart=True)


class ReportSide(QWidget):
    """Signals as those of ``RecordPage``: ``titled``, ``reconcile_wanted``, ``left``."""

    titled = Signal(str)
    reconcile_wanted = Signal(str, str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, apart: bool = False) -> None:
        super().__init__(parent)
        self.desk = desk
        self._apart = apart
        self._shown = PAPER
        self.identifier = ""
        self.beginning = False
        self.stack = QStackedWidget(self)
        self.both = QWidget(self.stack)
        self.new_report: NewReportForm | None = None
        self._build()
        self.stack.addWidget(self.both)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _build(self) -> None:
        column = QVBoxLayout(self.both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = QFrame(self.both)
        self.bar.setProperty("look", "tools")
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(22, 5, 12, 5)
        self.segments = Segments(
            {TEXTS: _("Texts"), PAPER: _("The paper")}, _("What is shown"), self.bar
        )
        self.segments.choose(self._shown)
        self.segments.chosen.connect(self.show_part)
        row.addWidget(self.segments)
        row.addStretch(1)
        column.addWidget(self.bar)
        self.splitter = QSplitter(self.both)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.record = RecordPage(self.desk, self.splitter, apart=self._apart)
        self.record.titled.connect(self.titled)
        self.record.reconcile_wanted.connect(self.reconcile_wanted)
        self.record.left.connect(self.left)
        self.paper = PaperPanel(self.desk, self.splitter)
        self.splitter.addWidget(self.record)
        self.splitter.addWidget(self.paper)
        self.splitter.setSizes([480, 520])
        column.addWidget(self.splitter, 1)

    # ------------------------------------------------------------ as a record's side

    def show_record(self, entity: str, identifier: str) -> None:
        """Show a report with its paper."""
        self.beginning = False
        self.identifier = identifier
        self.stack.setCurrentWidget(self.both)
        self.record.show_record(entity, identifier)
        self.desk.query(self, partial(records.view, ref=identifier), self._show_paper)

    def _show_paper(self, view: RecordView) -> None:
        if self.identifier in (view.id, view.ref):
            ours = view.owner == self.desk.workspace.office
            finance = ours and view.fields.get("kind") == "mission_report"
            self.paper.show_paper(view.id, view.ref, finance=finance)

    def begin(self, entity: str, values: Mapping[str, Any]) -> None:
        """Ask which report is to be begun."""
        self.settle()
        self.beginning = True
        if self.new_report is None:
            self.new_report = NewReportForm(self.desk, self.stack)
            self.new_report.begun.connect(self._begun)
            self.new_report.cancelled.connect(self._cancelled)
            self.stack.addWidget(self.new_report)
        self.stack.setCurrentWidget(self.new_report)
        wish = NewReport(str(values.get("kind") or ""), str(values.get("subject") or ""))
        self.new_report.begin(wish)

    def _begun(self, view: RecordView) -> None:
        self.beginning = False
        self.desk.say(_("{ref} is begun.").format(ref=view.ref))
        self.desk.open("report", view.id, apart=self._apart)

    @Slot()
    def _cancelled(self) -> None:
        self.beginning = False
        if self.identifier:
            self.stack.setCurrentWidget(self.both)
        else:
            self.left.emit()

    def settle(self) -> None:
        """Save what was typed and not yet saved."""
        self.record.settle()

    def quiet(self) -> bool:
        """Whether nothing is being written."""
        return self.record.quiet()

    def unsaved(self) -> dict[str, str]:
        """Return the texts that could not be saved, by field."""
        return self.record.unsaved()

    def reword(self) -> None:
        """Write the words again: the sides are made anew."""
        self.settle()
        identifier = self.identifier
        for old in (self.both, self.new_report):
            if old is not None:
                self.stack.removeWidget(old)
                old.hide()
                old.deleteLater()
        self.new_report = None
        self.both = QWidget(self.stack)
        self._build()
        self.stack.addWidget(self.both)
        self._place()
        if self.beginning:
            self.begin("report", {})
        elif identifier:
            self.show_record("report", identifier)

    # ------------------------------------------------------------ one or both

    @Slot(str)
    def show_part(self, name: str) -> None:
        """Show the texts or the paper, where there is no room for both."""
        self._shown = name
        self.segments.choose(name)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        both = self.width() >= look().sp(BOTH_FROM)
        self.bar.setVisible(not both)
        self.record.setVisible(both or self._shown == TEXTS)
        self.paper.setVisible(both or self._shown == PAPER)
