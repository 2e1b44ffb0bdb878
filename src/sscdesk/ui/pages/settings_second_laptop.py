"""Settings, Laptops: inviting one more laptop of the office, and the file for the others."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from sscdesk.i18n import _, format_number, ngettext
from sscdesk.model.refusal import Refused
from sscdesk.model.rights import check_right
from sscdesk.ui.desk import Desk
from sscdesk.ui.operations import Job, Report
from sscdesk.ui.pages.carriers import file_name, free_name
from sscdesk.ui.pages.settings_parts import SettingCard, words_of
from sscdesk.ui.widgets.basic import button, label

if TYPE_CHECKING:
    from sscdesk.application.laptops import Invitation
    from sscdesk.application.outgoing import ExportReport
    from sscdesk.application.workspace import Workspace

INVITATION, FILE = ".sscbackup", ".sscsync"


class SecondLaptopCard(SettingCard):
    """Two things to do. *Signals*: ``invited`` once an invitation is written."""

    invited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        words = _(
            "An invitation is an encrypted copy of this desk with a key for one more laptop. Open"
            " it there with your own passphrase, once; then delete it."
        )
        super().__init__(_("A second laptop"), words, parent)
        self.desk = desk
        self._job: Job[Any] | None = None
        self.invite = button(_("Invite a laptop…"), "", "monitor", self)
        self.invite.clicked.connect(self.choose_invitation)
        self.waits = label("", "muted", self, wrap=True)
        self.waits.hide()
        self.make = button(_("Make the file for the other laptops…"), "", "usb", self)
        self.make.clicked.connect(self.choose_file)
        self.make.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.invite)
        row.addWidget(self.make)
        row.addStretch(1)
        self.body.addWidget(self.waits)
        self.body.addLayout(row)
        self._ask_right()

    def _ask_right(self) -> None:
        try:
            check_right(self.desk.workspace.actor, "manage_laptops")
        except Refused as refusal:
            self.invite.setEnabled(False)
            self.invite.setToolTip(words_of(refusal))

    def read(self) -> None:
        """Read what waits for the other laptops."""
        self.desk.query(self, _waiting, self._show)

    def _show(self, commits: int | None) -> None:
        self.make.setVisible(commits is not None)
        self.waits.setVisible(commits is not None)
        words = ngettext(
            "{count} change made here waits for the other laptops.",
            "{count} changes made here wait for the other laptops.",
            commits or 0,
        )
        self.waits.setText(words.format(count=format_number(commits or 0)))

    # ------------------------------------------------------------ inviting

    @Slot()
    def choose_invitation(self) -> None:
        """Let the officer choose where the invitation goes."""
        folder = Path(self.desk.preferences.exchange_folder or Path.home())
        proposed = folder / f"sscdesk-{self.desk.workspace.office}-invitation{INVITATION}"
        kinds = _("Invitations (*.sscbackup)")
        path, _kind = QFileDialog.getSaveFileName(self, _("Invite a laptop"), str(proposed), kinds)
        if path:
            self.write(Path(path if path.endswith(INVITATION) else f"{path}{INVITATION}"))

    def write(self, path: Path) -> None:
        """Write the invitation there, with progress."""
        self.invite.setEnabled(False)
        self._job = self.desk.job(
            self,
            partial(_invite, path=path),
            self._written,
            label=_("Writing the invitation…"),
            writes=True,
        )
        self._job.on_end(lambda: self.invite.setEnabled(True))

    def _written(self, made: "Invitation") -> None:
        words = _("The invitation for laptop {number} is saved as {name}. Use it once.")
        self.desk.say(words.format(number=made.number, name=Path(made.path).name))
        self.invited.emit()

    # ------------------------------------------------------------ the file for the others

    @Slot()
    def choose_file(self) -> None:
        """Let the officer choose where the file for the other laptops goes."""
        folder = Path(self.desk.preferences.exchange_folder or Path.home())
        office = self.desk.workspace.office
        name = free_name(folder, file_name(office, [office], self.desk.today()))
        kinds = _("Files of the desk (*.sscsync)")
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Make the file"), str(folder / name), kinds
        )
        if path:
            self.make_file(Path(path if path.endswith(FILE) else f"{path}{FILE}"))

    def make_file(self, path: Path) -> None:
        """Make the file there."""
        self.desk.job(
            self, partial(_export, path=path), self._made, label=_("Making the file…"), writes=True
        )

    def _made(self, report: "ExportReport") -> None:
        words = _("The file {name} is made. Open it on the other laptop, under Synchronise.")
        self.desk.say(words.format(name=Path(report.paths[0]).name))
        self.read()


def _waiting(w: "Workspace") -> int | None:
    from sscdesk.application import synchronise

    own = synchronise.status(w).own
    return own.commits if own is not None else None


def _invite(w: "Workspace", report: Report, *, path: Path) -> "Invitation":
    from sscdesk.application import laptops

    def progress(done: int, total: int) -> None:
        report(done, total)

    return laptops.invite(w, path, progress)


def _export(w: "Workspace", report: Report, *, path: Path) -> "ExportReport":
    from sscdesk.application import synchronise

    def progress(done: int, total: int) -> None:
        report(done, total)

    return synchronise.export(w, [w.office], path, None, progress)
