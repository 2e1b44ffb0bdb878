"""After a mission: ten minutes from the notes to the report handed in.

Every step shows a part of the mission itself and saves by itself, so that one may stop at
any time and go on another day.
"""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.views import RecordView
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.acts import RecordActs
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.drafts import drafts_of
from sscdesk.ui.forms.following import Following
from sscdesk.ui.forms.header import SaveLabel
from sscdesk.ui.forms.record_tabs import scrolled
from sscdesk.ui.forms.report_step import ReportStep
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.saving import Change, Done, Failed, SaveState
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.forms.undoing import add_undo_keys
from sscdesk.ui.forms.wizard_step import Surrounding, WizardStep
from sscdesk.ui.forms.wizard_steps import (
    DatesStep,
    DecidedStep,
    LearntStep,
    MetStep,
    MoneyStep,
    PicturesStep,
)
from sscdesk.ui.forms.words import reasons_locked
from sscdesk.ui.icons import icon
from sscdesk.ui.look import look
from sscdesk.ui.message_bar import MessageBar
from sscdesk.ui.widgets.basic import button, label

WAIT_MS = 50
STEPS: tuple[type[WizardStep], ...] = (
    DatesStep,
    MetStep,
    LearntStep,
    DecidedStep,
    MoneyStep,
    PicturesStep,
    ReportStep,
)
_SECTIONS = {
    "summary": 2,
    "traveller": 0,
    "leg": 0,
    "subject": 0,
    "meeting": 1,
    "finding": 2,
    "recommendation": 3,
}
"""The step in which that is put right which keeps the report from being handed in."""


class MissionWizard(QWidget):
    """The wizard of one mission. *Signals*: ``submitted(RecordView)``."""

    submitted = Signal(object)

    def __init__(self, desk: Desk, mission: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "ground")
        self.setWindowTitle(_("After the mission"))
        self.resize(1_080, 720)
        self.desk = desk
        self.sheet: Sheet | None = None
        self.fields = record_kinds()["mission"].fields
        drafts = drafts_of(desk)
        self.following = Following(desk, "mission", self)
        around = FormAround(desk, self)
        self.around = around
        self.form = RowForm(around, self._write, drafts.keep, self)
        self.following.serve(self.form)
        self.acts = RecordActs(desk, around, self)
        given = Surrounding(desk, around, self.form, drafts)
        self.steps = [make(given) for make in STEPS]
        self._build()
        self._connect()
        self.following.follow(mission)
        self._go(0)

    @property
    def at(self) -> int:
        """The step shown."""
        return self.stack.currentIndex()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settle()
        if not self.form.quiet:
            event.ignore()
            self._closing.start()
            return
        super().closeEvent(event)

    def settle(self) -> None:
        """Write what was typed."""
        self.form.flush()
        for step in self.steps:
            step.flush()

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addWidget(self._list())
        column = QVBoxLayout()
        column.setSpacing(8)
        self.title = label("", "title", self, wrap=True)
        self.told = label("", "muted", self, wrap=True)
        self.stack = QStackedWidget(self)
        for step in self.steps:
            self.stack.addWidget(scrolled(step, self.stack))
        column.addWidget(self.title)
        column.addWidget(self.told)
        column.addWidget(self.stack, 1)
        column.addLayout(self._foot())
        row.addLayout(column, 1)
        self.bar = MessageBar(self)
        self._closing = QTimer(self)
        self._closing.setSingleShot(True)
        self._closing.setInterval(WAIT_MS)

    def _list(self) -> QWidget:
        self.list = QListWidget(self)
        self.list.setProperty("look", "steps")
        self.list.setAccessibleName(_("Steps"))
        self.list.setFixedWidth(look().sp(256))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number, step in enumerate(self.steps, 1):
            words = _("{number}. {step}").format(number=number, step=_(step.title))
            self.list.addItem(QListWidgetItem(words))
        return self.list

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.saved = SaveLabel(self, always=True)
        self.back = button(_("Back"), "", "", self)
        self.next = button(_("Next"), "primary", "", self)
        row.addWidget(self.saved)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        return row

    def _connect(self) -> None:
        self.following.came.connect(self._show)
        self.following.failed.connect(self.desk.refuse)
        self.form.state_changed.connect(self._show_saving)
        self.list.currentRowChanged.connect(self._go)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.acts.done.connect(self.following.read)
        self.acts.refused.connect(self.desk.refuse)
        self._closing.timeout.connect(self.close)
        self.desk.said.connect(self.bar.show_notice)
        add_undo_keys(self, self.desk)
        dates, report = self.steps[0], self.steps[-1]
        if isinstance(dates, DatesStep):
            dates.return_wanted.connect(self._come_back)
        if isinstance(report, ReportStep):
            report.submitted.connect(self._submitted)
            report.refused.connect(self._not_submitted)

    # ------------------------------------------------------------ showing

    @Slot(object)
    def _show(self, sheet: Sheet) -> None:
        self.sheet = sheet
        view = sheet.view
        self.setWindowTitle(_("After the mission {ref}").format(ref=view.ref))
        reasons = reasons_locked(view, record_kinds()["mission"], self.desk.workspace.office)
        self.acts.about(view)
        self.around.belongs_to(view)
        self.form.show_row(view.id, view.fields, view.titles, view.may_write, reasons)
        for number, step in enumerate(self.steps):
            step.show_sheet(sheet)
            self._mark(number, done=step.is_done(sheet))

    def _mark(self, number: int, *, done: bool) -> None:
        item = self.list.item(number)
        item.setIcon(icon("circle-check", "good") if done else icon("circle", "faint"))
        state = _("done") if done else _("to do")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {state}")

    @Slot(object)
    def _show_saving(self, state: SaveState) -> None:
        self.saved.show_state(state, "")

    def _write(self, row: str, change: Change, done: Done, failed: Failed) -> None:
        self.following.write(self.fields[change.field], row, change, done, failed)

    # ------------------------------------------------------------ going on

    @Slot(int)
    def _go(self, number: int) -> None:
        if not 0 <= number < len(self.steps):
            return
        self.settle()
        step = self.steps[number]
        self.stack.setCurrentIndex(number)
        self.list.setCurrentRow(number)
        self.title.setText(_(step.title))
        self.told.setText(_(step.told))
        self.back.setEnabled(number > 0)
        last = number == len(self.steps) - 1
        self.next.setText(_("Hand in the report") if last else _("Next"))
        if isinstance(step, ReportStep):
            step.preview()
        area = self.stack.currentWidget()
        if isinstance(area, QScrollArea):
            area.verticalScrollBar().setValue(0)

    @Slot()
    def _go_back(self) -> None:
        self._go(self.at - 1)

    @Slot()
    def _go_on(self) -> None:
        step = self.steps[self.at]
        if isinstance(step, ReportStep):
            self.settle()
            self.next.setEnabled(False)
            step.submit()
        else:
            self._go(self.at + 1)

    @Slot()
    def _come_back(self) -> None:
        self.settle()
        for step in self.sheet.actions if self.sheet is not None else ():
            if step.action == "come_back":
                self.acts.act(step)

    @Slot(object)
    def _submitted(self, view: RecordView) -> None:
        self.next.setEnabled(True)
        self.submitted.emit(view)
        self.desk.say(_("The report {ref} is handed in for review.").format(ref=view.ref))
        self.desk.open(view.entity, view.id)
        self.close()

    @Slot(object)
    def _not_submitted(self, error: DeskError) -> None:
        self.next.setEnabled(True)
        self.desk.refuse(error)
        step = next((at for name, at in _SECTIONS.items() if name in _named(error)), None)
        if step is not None:
            self._go(step)


def _named(error: DeskError) -> set[str]:
    """Return what a refusal is about: sections are named in the plural."""
    names = {one.field for one in (error, *error.also) if one.field}
    return names | {name.rstrip("s") for name in names}
