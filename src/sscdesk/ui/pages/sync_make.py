"""Makes one file for one or several partner offices: where, how large, done and read back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.outgoing import ExportReport
from sscdesk.application.views import ChangeSummary
from sscdesk.i18n import _, format_number
from sscdesk.model.refusal import DeskError, Refused
from sscdesk.model.rights import check_right
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.operations import Job, Latest, State, Step
from sscdesk.ui.pages.carriers import ENDING, Stick, documents_folder, file_name, free_name, sticks
from sscdesk.ui.pages.made_file import MadeFile, export_file
from sscdesk.ui.pages.section import Section, scrolled
from sscdesk.ui.pages.sync_offices import Offices, read_offices
from sscdesk.ui.pages.sync_words import cities, waiting_words
from sscdesk.ui.places import city
from sscdesk.ui.status_line import left_words, seconds_left
from sscdesk.ui.widgets.basic import Card, button, label
from sscdesk.ui.widgets.documents import size_words
from sscdesk.ui.widgets.strips import Strip, refusal_strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

PART_SIZES = (0, 5, 8, 10, 20)
"""Megabytes of the parts for e-mail; 0 for one whole file."""
MEGABYTE = 1_000_000
WIDEST = 860


class MakeSection(Section):
    """The form, the work and the result. *Signals*: ``left`` to go back to the offices."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._offices: Offices | None = None
        self._chosen: set[str] = set()
        self._folder = desk.preferences.exchange_folder
        self._named = ""
        self._job: Job[ExportReport] | None = None
        self._made_report: ExportReport | None = None
        self._naming = Latest(self, desk.workers)
        super().__init__(desk, parent)

    # ------------------------------------------------------------ building

    def build(self, inside: QWidget) -> None:
        outside = QVBoxLayout(inside)
        outside.setContentsMargins(0, 0, 0, 0)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(22, 14, 22, 22)
        column.setSpacing(12)
        back = button(_("Back to the offices"), "flush_more", "", sheet)
        back.clicked.connect(self.left)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeading)
        self.heading = label(_("A file for a partner office"), "title", sheet)
        column.addWidget(self.heading)
        self.steps = QStackedWidget(sheet)
        self.steps.setMaximumWidth(look().sp(WIDEST))
        self.form = self._form(sheet)
        self.working = self._working(sheet)
        self.result = Card(sheet)
        for step in (self.form, self.working, self.result):
            self.steps.addWidget(step)
        row = QHBoxLayout()
        row.addWidget(self.steps, 10)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        outside.addWidget(scrolled(sheet, inside))

    def _form(self, parent: QWidget) -> QWidget:
        card = Card(parent)
        card.body.setSpacing(6)
        self._refusals = QVBoxLayout()
        card.body.addLayout(self._refusals)
        self._shown_refusal: Strip | None = None
        card.body.addWidget(label(_("For"), "label", card))
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(0)
        card.body.addLayout(self._boxes)
        self.several = label(
            _("A file for several offices holds only what all of them may read."), "small", card
        )
        self.several.setWordWrap(True)
        card.body.addWidget(self.several)
        self.boxes: dict[str, QCheckBox] = {}
        card.body.addSpacing(8)
        card.body.addWidget(self._place(card))
        card.body.addSpacing(8)
        card.body.addWidget(self._parts(card))
        card.body.addSpacing(12)
        card.body.addLayout(self._form_buttons(card))
        return card

    def _place(self, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        words = label(_("Into the folder"), "label", made)
        self.folder = QLineEdit(self._folder, made)
        self.folder.setAccessibleName(_("Into the folder"))
        self.folder.textChanged.connect(self._folder_typed)
        words.setBuddy(self.folder)
        choose = button(_("Choose…"), "", "folder-open", made)
        choose.setAccessibleName(_("Choose the folder"))
        choose.clicked.connect(self.choose_folder)
        line = QHBoxLayout()
        line.addWidget(self.folder, 1)
        line.addWidget(choose)
        self._sticks = QHBoxLayout()
        self._sticks.setSpacing(6)
        self._stick_buttons: list[QWidget] = []
        name_words = label(_("Name of the file"), "label", made)
        self.name = QLineEdit(self._named, made)
        self.name.setAccessibleName(_("Name of the file"))
        name_words.setBuddy(self.name)
        self.name.textEdited.connect(self._name_typed)
        column.addWidget(words)
        column.addLayout(line)
        column.addLayout(self._sticks)
        column.addWidget(name_words)
        column.addWidget(self.name)
        return made

    def _parts(self, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        words = label(_("For e-mail"), "label", made)
        self.parts = QComboBox(made)
        self.parts.setAccessibleName(_("For e-mail"))
        words.setBuddy(self.parts)
        for size in PART_SIZES:
            told = _("Cut into parts of at most {size} MB").format(size=format_number(size))
            self.parts.addItem(told if size else _("One whole file"), size)
        kept = self.desk.preferences.part_megabytes
        self.parts.setCurrentIndex(PART_SIZES.index(kept) if kept in PART_SIZES else 0)
        column.addWidget(words)
        column.addWidget(self.parts, 0, Qt.AlignmentFlag.AlignLeading)
        return made

    def _form_buttons(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.make = button(_("Make the file"), "primary", "usb", parent)
        self.make.setDefault(True)
        cancel = button(_("Cancel"), "", "", parent)
        self.make.clicked.connect(self.make_file)
        cancel.clicked.connect(self.left)
        row.addWidget(self.make)
        row.addWidget(cancel)
        row.addStretch(1)
        return row

    def _working(self, parent: QWidget) -> QWidget:
        card = Card(parent)
        self.work_words = label(_("The file is being written…"), "strong", card, wrap=True)
        self.bar = QProgressBar(card)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.time_left = label("", "small", card)
        self.stop = button(_("Cancel"), "", "", card)
        self.stop.clicked.connect(self.cancel)
        for widget in (self.work_words, self.bar, self.time_left):
            card.body.addWidget(widget)
        card.body.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeading)
        card.body.addStretch(1)
        return card

    # ------------------------------------------------------------ what is shown

    def shown(self, argument: Any = None) -> None:
        office = str(argument or "")
        if self._job is not None and not self._job.over:
            return
        self._chosen = {office} if office else set()
        self._named = ""
        self._made_report = None
        self._refuse(None)
        self.steps.setCurrentWidget(self.form)
        self._ask_right()
        self.reload()
        self.desk.query(self, _sticks, self._show_sticks)
        self.make.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_right(self) -> None:
        try:
            check_right(self.desk.workspace.actor, "export_file")
        except Refused as refusal:
            self._refuse(refusal)
            self.make.setEnabled(False)

    @Slot()
    def reload(self) -> None:
        """Read what waits for each office."""
        self.desk.query(self, read_offices, self._show)

    def _show(self, offices: Offices) -> None:
        self._offices = offices
        known = {one.office for one in offices.status.partners if one.known}
        if not self._chosen:
            waiting = [p.office for p in offices.status.partners if p.known and p.to_send.commits]
            self._chosen = set(waiting[:1])
        self._chosen &= known
        self.fill()

    def fill(self) -> None:
        if self._made_report is not None:
            self._show_result(self._made_report)
        if self._offices is None:
            return
        for box in self.boxes.values():
            self._boxes.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for partner in self._offices.status.partners:
            words = waiting_words(partner, self._offices.waits[partner.office])
            told = (
                _("{office} — {waiting}") if partner.known else _("{office} — its card is missing")
            )
            box = QCheckBox(told.format(office=city(partner.office), waiting=words), self.form)
            box.setChecked(partner.office in self._chosen)
            box.setEnabled(partner.known)
            box.toggled.connect(partial(self._office_chosen, partner.office))
            self.boxes[partner.office] = box
            self._boxes.addWidget(box)
        if not self.folder.text():
            self.folder.setText(documents_folder())
        self._propose_name()

    def _office_chosen(self, office: str, chosen: bool) -> None:
        (self._chosen.add if chosen else self._chosen.discard)(office)
        self._propose_name()

    def _propose_name(self) -> None:
        offices = sorted(self._chosen)
        self.several.setVisible(len(offices) > 1)
        told = _("A file for {offices}").format(offices=cities(offices))
        self.heading.setText(told if offices else _("A file for a partner office"))
        self.make.setEnabled(bool(offices) and self._shown_refusal_allows())
        if self._named or not offices:
            return
        day = self.desk.workspace.clock().astimezone().date()
        proposed = file_name(self.desk.workspace.office, offices, day)
        self._naming.ask(partial(free_name, Path(self.folder.text()), proposed), self._named_freely)

    def _named_freely(self, name: str) -> None:
        if not self._named:
            self.name.setText(name)

    def _shown_refusal_allows(self) -> bool:
        try:
            check_right(self.desk.workspace.actor, "export_file")
        except Refused:
            return False
        return True

    def _show_sticks(self, found: tuple[Stick, ...]) -> None:
        for old in self._stick_buttons:
            self._sticks.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._stick_buttons = [self._stick_button(stick) for stick in found]
        documents = button(_("Documents"), "filter", "", self.form)
        documents.clicked.connect(partial(self._take_folder, documents_folder()))
        self._stick_buttons.append(documents)
        for made in self._stick_buttons:
            self._sticks.addWidget(made)
        if self._sticks.count() == len(self._stick_buttons):
            self._sticks.addStretch(1)
        if found and not self._named and not self.desk.preferences.exchange_folder:
            self._take_folder(found[0].folder)

    def _stick_button(self, stick: Stick) -> QWidget:
        words = _("Stick {name}, {free} free").format(name=stick.name, free=size_words(stick.free))
        made = button(words, "filter", "", self.form)
        made.clicked.connect(partial(self._take_folder, stick.folder))
        return made

    def _take_folder(self, folder: str) -> None:
        self.folder.setText(folder)

    @Slot(str)
    def _folder_typed(self, folder: str) -> None:
        self._folder = folder
        self._propose_name()

    @Slot(str)
    def _name_typed(self, name: str) -> None:
        self._named = name

    @Slot()
    def choose_folder(self) -> None:
        """Let the officer choose a folder or a stick."""
        folder = QFileDialog.getExistingDirectory(self, _("Into the folder"), self.folder.text())
        if folder:
            self.folder.setText(folder)

    # ------------------------------------------------------------ the work

    def target(self) -> Path:
        """Return where the file goes."""
        name = self.name.text().strip()
        whole = name if name.endswith(ENDING) else f"{name}{ENDING}"
        return Path(self.folder.text().strip()) / whole

    @Slot()
    def make_file(self) -> None:
        """Write the file in a worker."""
        path = self.target()
        self._refuse(None)
        if not self._chosen:
            return
        size = int(self.parts.currentData()) * MEGABYTE
        self._remember(path, size)
        run = partial(export_file, offices=tuple(sorted(self._chosen)), path=path, part_size=size)
        self.bar.setRange(0, 0)
        self.time_left.setText("")
        self.work_words.setText(_("The file is being written…"))
        self.steps.setCurrentWidget(self.working)
        self._job = self.desk.job(self, run, self._made_file, self._not_made, _("Making a file…"))
        self._job.on_progress(self._advanced).on_end(self._ended)

    def _remember(self, path: Path, size: int) -> None:
        self.desk.preferences.exchange_folder = str(path.parent)
        self.desk.preferences.part_megabytes = size // MEGABYTE

    def _advanced(self, step: Step) -> None:
        self.bar.setRange(0, max(0, step.total // 1024))
        self.bar.setValue(step.done // 1024)
        left = seconds_left(step)
        self.time_left.setText("" if left is None else left_words(left))

    @Slot()
    def cancel(self) -> None:
        """Stop; nothing that looks like a file is left."""
        if self._job is not None:
            self.work_words.setText(_("Stopping…"))
            self._job.cancel()

    def _ended(self) -> None:
        if self._job is not None and self._job.state is State.CANCELLED:
            self.steps.setCurrentWidget(self.form)
            self._say(Strip(_("Stopped. No file is left."), "info", "", self.form))

    def _not_made(self, error: DeskError) -> None:
        self.steps.setCurrentWidget(self.form)
        self._refuse(error)

    def _made_file(self, report: ExportReport) -> None:
        self._made_report = report
        self._show_result(report)
        # The others show what waits and what is in files: it has just changed.
        self.desk.changed.emit(ChangeSummary(frozenset({"sync_file"}), frozenset()))

    def _refuse(self, error: DeskError | None) -> None:
        self._say(refusal_strip(error, self.form) if error is not None else None)
        if error is not None and error.field == "name":
            self.name.setFocus()
        elif error is not None and error.field == "folder":
            self.folder.setFocus()

    def _say(self, strip: Strip | None) -> None:
        if self._shown_refusal is not None:
            self._refusals.removeWidget(self._shown_refusal)
            self._shown_refusal.hide()
            self._shown_refusal.deleteLater()
        self._shown_refusal = strip
        if strip is not None:
            self._refusals.addWidget(strip)

    # ------------------------------------------------------------ the result

    def _show_result(self, report: ExportReport) -> None:
        old = self.result
        self.result = MadeFile(report, self.steps)
        self.result.done.connect(self.left)
        self.steps.addWidget(self.result)
        self.steps.setCurrentWidget(self.result)
        self.steps.removeWidget(old)
        old.deleteLater()
        self.result.finish.setFocus(Qt.FocusReason.OtherFocusReason)


def _sticks(_w: "Workspace") -> tuple[Stick, ...]:
    return sticks()
