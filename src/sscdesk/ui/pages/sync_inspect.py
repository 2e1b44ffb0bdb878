"""Files of other offices: seen before anything changes, then accepted or left, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.incoming import MOST_DELETIONS, ImportReport
from sscdesk.i18n import _, ngettext
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.operations import Job, Report, State, Step
from sscdesk.ui.pages.conflict_words import conflict_titles
from sscdesk.ui.pages.import_card import ImportCard, report_text
from sscdesk.ui.pages.section import Section, scrolled
from sscdesk.ui.pages.sync_words import listed
from sscdesk.ui.status_line import left_words, seconds_left
from sscdesk.ui.widgets.basic import button, label, plain_amp
from sscdesk.ui.widgets.strips import Strip, refusal_strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

WIDEST = 980


@dataclass(frozen=True, slots=True)
class Inspected:
    """What files hold, with the titles of the records that values name."""

    reports: tuple[ImportReport, ...]
    titles: dict[str, str]


class InspectSection(Section):
    """Reading, then the report with Accept and Leave, then what was done.

    *Signals*: ``left`` to go back; ``reconcile_wanted`` to settle what collided;
    ``suggestions_wanted`` to decide what is suggested.
    """

    left = Signal()
    reconcile_wanted = Signal()
    suggestions_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._paths: tuple[Path, ...] = ()
        self._found: Inspected | None = None
        self._refusal: DeskError | None = None
        self._done = False
        self._wants_reading = False
        self._job: Job[Any] | None = None
        self.cards: list[ImportCard] = []
        super().__init__(desk, parent)

    # ------------------------------------------------------------ building

    def build(self, inside: QWidget) -> None:
        outside = QVBoxLayout(inside)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(22, 14, 22, 22)
        column.setSpacing(12)
        back = button(_("Back to the offices"), "flush_more", "", sheet)
        back.clicked.connect(self.leave)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeading)
        self._middle = QWidget(sheet)
        self._middle.setMaximumWidth(look().sp(WIDEST))
        self._contents = QVBoxLayout(self._middle)
        self._contents.setContentsMargins(0, 0, 0, 0)
        self._contents.setSpacing(18)
        self._shown_now: list[QWidget] = []
        row = QHBoxLayout()
        row.addWidget(self._middle, 10)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        outside.addWidget(scrolled(sheet, inside), 1)
        outside.addWidget(self._foot(inside))

    def _foot(self, parent: QWidget) -> QFrame:
        self.foot = QFrame(parent)
        self.foot.setProperty("look", "acts")
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(22, 8, 22, 8)
        row.setSpacing(10)
        self.accept = button("", "primary", "check", self.foot)
        self.accept.clicked.connect(self.accept_files)
        self.leave_it = button(_("Leave it"), "", "", self.foot)
        self.leave_it.clicked.connect(self.leave)
        self.read = QCheckBox("", self.foot)
        self.read.toggled.connect(self._read_toggled)
        self.work_words = label("", "small", self.foot)
        self.bar = QProgressBar(self.foot)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(look().sp(160))
        self.bar.setAccessibleName(_("Progress"))
        self.stop = button(_("Cancel"), "", "", self.foot)
        self.stop.clicked.connect(self.cancel)
        self.settle_them = button(_("Reconcile…"), "primary", "merge", self.foot)
        self.settle_them.clicked.connect(self.reconcile_wanted)
        self.decide = button(_("See the suggestions"), "", "message-square", self.foot)
        self.decide.clicked.connect(self.suggestions_wanted)
        self.finish = button(_("Done"), "", "", self.foot)
        self.finish.clicked.connect(self.leave)
        self.copy = button(_("Copy the report"), "", "copy", self.foot)
        self.copy.clicked.connect(self._copy)
        self.print = button(_("Print the report…"), "", "printer", self.foot)
        self.print.clicked.connect(self._print)
        for widget in (
            self.accept, self.leave_it, self.read, self.work_words, self.bar, self.stop,
            self.settle_them, self.decide, self.finish, self.copy, self.print,
        ):  # fmt: skip
            row.addWidget(widget)
        row.addStretch(1)
        self._dress_foot()
        return self.foot

    # ------------------------------------------------------------ reading

    def shown(self, argument: Any = None) -> None:
        if isinstance(argument, tuple | list) and argument:
            self.inspect(tuple(Path(path) for path in argument))

    def inspect(self, paths: Sequence[Path]) -> None:
        """See what is in files; nothing changes."""
        self._paths = tuple(paths)
        self._found, self._refusal, self._done = None, None, False
        self._wants_reading = False
        self.read.setChecked(False)
        run = partial(_inspect, paths=self._paths)
        then = partial(self._inspected, self._paths)
        self._start(run, then, _("Looking into the file…"), writes=False)

    def _start(self, run: Any, then: Any, words: str, *, writes: bool) -> None:
        self._job = self.desk.job(self, run, then, self._refused, words, writes=writes)
        self._job.on_progress(self._advanced).on_end(self._ended)
        self.work_words.setText(words)
        self.bar.setRange(0, 0)
        self.fill()

    def _inspected(self, paths: tuple[Path, ...], found: Inspected) -> None:
        if paths is not self._paths:
            return
        self._found = found
        self._wants_reading = any(one.deleted > MOST_DELETIONS for one in found.reports)
        self.fill()
        self.leave_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: DeskError) -> None:
        if error.code == "many-deletions" and self._found is not None:
            self._wants_reading = True
        else:
            self._refusal = error
        self.fill()
        self.leave_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def _advanced(self, step: Step) -> None:
        self.bar.setRange(0, max(0, step.total // 1024))
        self.bar.setValue(step.done // 1024)
        left = seconds_left(step)
        if left is not None:
            self.work_words.setText(left_words(left))

    def _ended(self) -> None:
        """Put the foot in order; what the work found is delivered after this."""
        stopped = self._job is not None and self._job.state is State.CANCELLED
        self._job = None
        self._dress_foot()
        if stopped and self._found is None:
            self.left.emit()
        elif stopped:
            self.desk.say(self._stopped_words(), "info")

    def _stopped_words(self) -> str:
        if len(self._paths) == 1:
            return _("Stopped. Nothing was changed.")
        return _("Stopped. Each file is taken over whole or not at all.")

    @Slot()
    def cancel(self) -> None:
        """Stop what is being read or applied; nothing is changed."""
        if self._job is not None:
            self.work_words.setText(_("Stopping…"))
            self._job.cancel()

    # ------------------------------------------------------------ what is shown

    def fill(self) -> None:
        for old in self._shown_now:
            self._contents.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown_now = list(self._made_contents())
        for widget in self._shown_now:
            self._contents.addWidget(widget)
        self._dress_foot()

    def _made_contents(self) -> list[QWidget]:
        made: list[QWidget] = []
        if self._refusal is not None:
            made.append(label(self._names(), "title", self._middle, wrap=True))
            made.append(refusal_strip(self._refusal, self._middle))
        self.cards = []
        if self._found is not None and (self._refusal is None or not self._done):
            for report in self._found.reports:
                card = ImportCard(
                    report,
                    self.desk.wording,
                    self._found.titles,
                    done=self._done,
                    parent=self._middle,
                )
                card.record_wanted.connect(self._open_record)
                self.cards.append(card)
        if self._wants_reading and not self._done:
            made.append(self._reading_strip())
            for card in self.cards:
                card.show_all_records()
        return [*made, *self.cards]

    def _names(self) -> str:
        return listed(path.name for path in self._paths[:3])

    def _reading_strip(self) -> Strip:
        count = self._deletions()
        words = ngettext(
            "This file would put {count} record or line into the bin.",
            "This file would put {count} records and lines into the bin.",
            count,
        )
        hint = _("That is many. Read the list below first, then say so at the foot.")
        return Strip(words.format(count=count), "bad", hint, self._middle, icon="trash-2")

    def _deletions(self) -> int:
        return sum(one.deleted for one in self._found.reports) if self._found else 0

    def _dress_foot(self) -> None:
        working = self._job is not None and not self._job.over
        ready = self._found is not None and not self._done and not working
        done = self._done and not working
        conflicts, suggested = self._to_decide()
        self.accept.setVisible(ready)
        count = len(self._paths)
        several = ngettext("Accept {count} file", "Accept {count} files", count)
        words = _("Accept the file") if count == 1 else several.format(count=count)
        self.accept.setText(plain_amp(words))
        self.accept.setEnabled(not self._wants_reading or self.read.isChecked())
        self.leave_it.setVisible(ready or (self._refusal is not None and not working))
        self.read.setVisible(ready and self._wants_reading)
        self.read.setText(_("I have read the list of what goes to the bin"))
        for widget in (self.work_words, self.bar, self.stop):
            widget.setVisible(working)
        self.settle_them.setVisible(done and conflicts > 0)
        self.decide.setVisible(done and suggested > 0)
        for widget in (self.finish, self.copy, self.print):
            widget.setVisible(done)

    def _to_decide(self) -> tuple[int, int]:
        reports = self._found.reports if self._found else ()
        return sum(one.conflicts for one in reports), sum(one.suggestions for one in reports)

    @Slot(bool)
    def _read_toggled(self, _read: bool) -> None:
        self._dress_foot()

    # ------------------------------------------------------------ accepting

    @Slot()
    def accept_files(self) -> None:
        """Apply the files, each whole or not at all."""
        self._refusal = None
        run = partial(_accept, paths=self._paths, deletions_read=self.read.isChecked())
        self._start(run, self._accepted, _("Taking the file over…"), writes=True)

    def _accepted(self, found: Inspected) -> None:
        self._found, self._done, self._wants_reading = found, True, False
        self.fill()
        self.desk.say(_("The file is accepted."))

    @Slot()
    def leave(self) -> None:
        """Go back; what was read is forgotten, nothing is changed."""
        if self._job is not None and not self._job.over:
            self.cancel()
            if self._job is not None and self._job.kind == "write":
                return
        self._paths = ()
        self._found = None
        self.left.emit()

    @Slot(str, str)
    def _open_record(self, entity: str, identifier: str) -> None:
        self.desk.open(entity, identifier, apart=True)

    def _text(self) -> str:
        found = self._found
        if found is None:
            return ""
        return "\n\n".join(
            report_text(one, self.desk.wording, found.titles) for one in found.reports
        )

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        self.desk.say(_("The report is copied."))

    @Slot()
    def _print(self) -> None:
        from sscdesk.ui.printing import print_text

        print_text(self._text(), _("What a file brought"), self)


def _inspect(w: "Workspace", _report: Report, *, paths: tuple[Path, ...]) -> Inspected:
    from sscdesk.application import synchronise

    return _with_titles(w, synchronise.inspect(w, paths))


def _accept(
    w: "Workspace", report: Report, *, paths: tuple[Path, ...], deletions_read: bool
) -> Inspected:
    from sscdesk.application import synchronise

    def progress(done: int, total: int) -> None:
        report(done, total)

    reports = synchronise.accept(w, paths, progress, deletions_read=deletions_read)
    return _with_titles(w, reports)


def _with_titles(w: "Workspace", reports: tuple[ImportReport, ...]) -> Inspected:
    collisions = [one for report in reports for one in report.collisions]
    return Inspected(reports, conflict_titles(w, collisions))
