"""Settings, Backup: the last one, a new one, a look through the desk, restore points."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.i18n import _, filled, format_number, ngettext
from sscdesk.model.text import N_
from sscdesk.ui.desk import Desk
from sscdesk.ui.operations import Job, Report
from sscdesk.ui.pages.settings_parts import Busy, SettingCard, SettingsSection, empty_layout
from sscdesk.ui.pages.sync_words import local_time
from sscdesk.ui.widgets.basic import button, icon_label, label
from sscdesk.ui.widgets.directed import directed
from sscdesk.ui.widgets.documents import size_words
from sscdesk.ui.widgets.strips import Strip
from sscdesk.ui.wording import isolated

if TYPE_CHECKING:
    from sscdesk.application.safekeeping import CheckReport
    from sscdesk.application.workspace import Workspace
    from sscdesk.store.backup import BackupFacts

ENDING = ".sscbackup"
OLD_AFTER_DAYS = 31

REASONS = {
    "import": N_("Before a file was imported"),
    "upgrade": N_("Before a new version of the desk"),
    "restore": N_("Before a backup was restored"),
}
"""Why a restore point was kept, by the word with which its reason begins."""

MENDED_HERE = frozenset({"rebuild-indexes", "rebuild-search", "delete-unreferenced", "mend-vault"})
"""Repairs that need nobody's decision."""


@dataclass(frozen=True, slots=True)
class Safety:
    """What the section shows."""

    last: str
    """When the last backup was made (UTC, ISO 8601), empty if never."""
    points: "tuple[BackupFacts, ...]"


def read_safety(w: "Workspace") -> Safety:
    """Read how safe the desk is (in a worker)."""
    from sscdesk.application import safekeeping

    return Safety(safekeeping.last_backup(w), safekeeping.restore_points(w))


class BackupSection(SettingsSection):
    """Where the status line leads to when it speaks of backups."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._safety: Safety | None = None
        self._found: CheckReport | None = None
        self._job: Job[Any] | None = None
        super().__init__(desk, parent)

    def lay_out(self, column: QVBoxLayout) -> None:
        for card in (self._backup_card(), self._check_card(), self._points_card()):
            column.addWidget(card)
        self._busy = Busy(self.now, self.check, self.repair)
        if self._job is not None and not self._job.over:
            self._busy.begin()

    def _backup_card(self) -> SettingCard:
        words = _(
            "One encrypted file with everything, verified by opening it again. Keep it on a stick"
            " or a second disk, not in this laptop's bag. It opens with the passphrases of today."
        )
        card = SettingCard(_("Backup"), words, self)
        self.last = Strip("", "info", "", card)
        self.last.hide()
        self.now = button(_("Back up now…"), "primary", "hard-drive", card)
        self.now.clicked.connect(self.choose_place)
        card.body.addWidget(self.last)
        card.body.addLayout(_alone(self.now))
        return card

    def _check_card(self) -> SettingCard:
        words = _(
            "Looks through the whole desk: the file, the journal, the search, every attachment."
            " Nothing is changed by looking."
        )
        card = SettingCard(_("Check the desk"), words, self)
        self.check = button(_("Check now"), "", "list-checks", card)
        self.check.clicked.connect(self.look_through)
        self.repair = button(_("Mend what can be mended"), "", "check", card)
        self.repair.clicked.connect(self.mend)
        self.repair.hide()
        self.findings = QVBoxLayout()
        self.findings.setSpacing(8)
        card.body.addLayout(self.findings)
        card.body.addLayout(_alone(self.check, self.repair))
        return card

    def _points_card(self) -> SettingCard:
        words = _(
            "A copy kept inside the desk's own folder before a risky step; it does not replace a"
            " backup elsewhere. The help says how one is brought back."
        )
        card = SettingCard(_("Restore points"), words, self)
        self.points = QVBoxLayout()
        self.points.setSpacing(6)
        card.body.addLayout(self.points)
        told = _("The folder of this desk: {folder}")
        folder = told.format(folder=isolated(str(self.desk.workspace.profile.folder)))
        self.folder = label(directed(folder), "small", card, wrap=True)
        self.folder.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        card.body.addWidget(self.folder)
        return card

    # ------------------------------------------------------------ reading, showing

    @Slot()
    def reload(self) -> None:
        """Read the last backup and the restore points."""
        self.desk.query(self, read_safety, self._show)

    def shown(self, argument: Any = None) -> None:
        self.reload()
        self.now.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, safety: Safety) -> None:
        self._safety = safety
        self.fill()

    def fill(self) -> None:
        self._show_findings()
        if self._safety is None:
            return
        self._say_last(self._safety.last)
        empty_layout(self.points)
        for point in self._safety.points:
            self.points.addWidget(_point_row(point, self))
        if not self._safety.points:
            words = _("None yet: the first is kept before the first import.")
            self.points.addWidget(label(words, "muted", self, wrap=True))

    def _say_last(self, at: str) -> None:
        self.last.show()
        if not at:
            hint = _("If this laptop is lost or breaks, what only it holds is lost with it.")
            self.last.say(_("No backup was made yet."), "warn", hint)
            return
        from datetime import datetime

        days = (self.desk.workspace.clock() - datetime.fromisoformat(at)).days
        words = _("Last backup: {when}.").format(when=local_time(at))
        old = days >= OLD_AFTER_DAYS
        hint = _("It is more than a month old: make a new one.") if old else ""
        self.last.say(words, "warn" if old else "good", hint)

    def _rested(self) -> None:
        """Nothing is under way any more, in whichever language the buttons now speak."""
        self._busy.end()

    # ------------------------------------------------------------ backing up

    @Slot()
    def choose_place(self) -> None:
        """Let the officer choose where the backup goes."""
        folder = Path(self.desk.preferences.backup_folder or Path.home())
        day = self.desk.today().isoformat()
        proposed = folder / f"sscdesk-{self.desk.workspace.office}-{day}{ENDING}"
        kinds = _("Backups of the desk (*.sscbackup)")
        path, _kind = QFileDialog.getSaveFileName(self, _("Back up now"), str(proposed), kinds)
        if path:
            self.back_up(Path(path if path.endswith(ENDING) else f"{path}{ENDING}"))

    def back_up(self, path: Path) -> None:
        """Make the backup there, with progress."""
        self._busy.begin()
        self._job = self.desk.job(
            self, partial(_back_up, path=path), self._backed_up, label=_("Backing up…")
        )
        self._job.on_end(self._rested)

    def _backed_up(self, facts: "BackupFacts") -> None:
        self.desk.preferences.backup_folder = str(facts.path.parent)
        words = _("The backup {name} is made and verified: {size}.")
        self.desk.say(words.format(name=facts.path.name, size=size_words(facts.size)))
        self.reload()
        self.desk.standing_changed.emit()

    # ------------------------------------------------------------ checking

    @Slot()
    def look_through(self) -> None:
        """Look through the desk, with progress."""
        self._look(repair=False)

    @Slot()
    def mend(self) -> None:
        """Mend what needs nobody's decision."""
        self._look(repair=True)

    def _look(self, *, repair: bool) -> None:
        self._busy.begin()
        words = _("Mending…") if repair else _("Looking through the desk…")
        self._job = self.desk.job(
            self, partial(_check, repair=repair), self._looked, label=words, writes=repair
        )
        self._job.on_end(self._rested)

    def _looked(self, found: "CheckReport") -> None:
        self._found = found
        self._show_findings()

    def _show_findings(self) -> None:
        empty_layout(self.findings)
        found = self._found
        self.repair.setVisible(
            found is not None and any(one.repair in MENDED_HERE for one in found.findings)
        )
        if found is None:
            return
        for strip in _told(found, self):
            self.findings.addWidget(strip)


def _told(found: "CheckReport", parent: QWidget) -> list[Strip]:
    from sscdesk.application.safekeeping import label_of

    strips = []
    if not found.findings:
        records = ngettext("{count} record", "{count} records", found.records)
        counted = records.format(count=format_number(found.records))
        words = _("Everything is in order: {records}, with all that was ever changed in them.")
        mended = _("What could be mended is mended.") if found.repaired else ""
        strips.append(Strip(words.format(records=counted), "good", mended, parent))
    for one in found.findings:
        tone = "bad" if one.serious else "info"
        strips.append(
            Strip(filled(one.message, one.params), tone, filled(label_of(one), {}), parent)
        )
    return strips


def _point_row(point: "BackupFacts", parent: QWidget) -> QWidget:
    made = QWidget(parent)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(icon_label("history", "muted", 16))
    row.addWidget(label(local_time(point.made_at), "", made))
    kind = point.reason.partition("-")[0]
    reason = _(REASONS[kind]) if kind in REASONS else ""
    row.addWidget(label(reason, "muted", made, wrap=True), 1)
    row.addWidget(label(size_words(point.size), "small", made))
    return made


def _alone(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for made in buttons:
        row.addWidget(made)
    row.addStretch(1)
    return row


def _back_up(w: "Workspace", report: Report, *, path: Path) -> "BackupFacts":
    from sscdesk.application import safekeeping

    return safekeeping.backup(w, path, report)


def _check(w: "Workspace", report: Report, *, repair: bool) -> "CheckReport":
    from sscdesk.application import safekeeping

    return safekeeping.check(w, repair=repair, progress=report)
