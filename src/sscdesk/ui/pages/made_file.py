"""Writes a file for partner offices, and says what was made and what to do with it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.outgoing import ExportReport
from sscdesk.i18n import _, ngettext
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.store.files import machine_errors
from sscdesk.ui.operations import Report
from sscdesk.ui.pages.carriers import ENDING
from sscdesk.ui.pages.sync_words import (
    changes_words,
    cities,
    documents_words,
    no_personal_hint,
    no_personal_words,
)
from sscdesk.ui.widgets.basic import Card, button, icon_label, label
from sscdesk.ui.widgets.documents import size_words
from sscdesk.ui.widgets.strips import Strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


class MadeFile(Card):
    """What was made and what to do with it. *Signals*: ``done``."""

    done = Signal()

    def __init__(self, report: ExportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report = report
        self.paths = [Path(path) for path in report.paths]
        self.body.setSpacing(8)
        self.told = Strip(self._made_words(), "good", "", self)
        self.body.addWidget(self.told)
        self.body.addLayout(self._files())
        self.body.addWidget(label(self._holds(), "muted", self, wrap=True))
        if report.without_personal:
            told = no_personal_words(report.without_personal)
            self.body.addWidget(Strip(told, "warn", no_personal_hint(), self))
        self.body.addSpacing(4)
        self.body.addWidget(label(_("What to do next"), "label", self))
        for number, step in enumerate(self._next_steps(), start=1):
            self.body.addWidget(
                label(_("{number}. {step}").format(number=number, step=step), "", self, wrap=True)
            )
        self.body.addSpacing(8)
        self.body.addLayout(self._buttons())
        self.body.addStretch(1)

    def _made_words(self) -> str:
        count = len(self.paths)
        if count == 1:
            return _("The file is made, and was read back from the medium to be sure.")
        words = ngettext(
            "{count} part is made, and was read back from the medium to be sure.",
            "{count} parts are made, and were read back from the medium to be sure.",
            count,
        )
        return words.format(count=count)

    def _files(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        for path in self.paths[:12]:
            row = QHBoxLayout()
            row.addWidget(icon_label("file-check", "good", 18))
            shown = label(path.name, "strong", self)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row.addWidget(shown, 1)
            column.addLayout(row)
        more = len(self.paths) - 12
        if more > 0:
            words = ngettext("and {count} more", "and {count} more", more)
            column.addWidget(label(words.format(count=more), "small", self))
        return column

    def _holds(self) -> str:
        report = self.report
        parts = [changes_words(report.records)] if report.records else [_("no change")]
        if report.attachments:
            parts.append(documents_words(report.attachments))
        return _("{size} in {folder}. It holds: {contents}, for {offices} alone.").format(
            size=size_words(report.size),
            folder=str(self.paths[0].parent),
            contents=", ".join(parts),
            offices=cities(report.offices),
        )

    def _next_steps(self) -> list[str]:
        offices = cities(self.report.offices)
        several = len(self.paths) > 1
        return [
            _("On a stick: let the system eject it before you pull it out.")
            if not several
            else _("Send each part as an attachment, in any order; all of them are needed."),
            _("Give it or send it to {offices}. Nobody else can open it.").format(offices=offices),
            _(
                "They open it under Synchronise. Their next file to you confirms it; until"
                " then it counts as not confirmed."
            ),
        ]

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.finish = button(_("Done"), "primary", "", self)
        self.open_folder = button(_("Open the folder"), "", "folder-open", self)
        self.finish.clicked.connect(self.done)
        self.open_folder.clicked.connect(self._open_folder)
        row.addWidget(self.finish)
        row.addWidget(self.open_folder)
        row.addStretch(1)
        return row

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.paths[0].parent)))


def export_file(
    w: "Workspace", report: Report, *, offices: tuple[str, ...], path: Path, part_size: int
) -> ExportReport:
    from sscdesk.application import synchronise

    def progress(done: int, total: int) -> None:
        report(done, total)

    _check_place(path)
    return synchronise.export(w, offices, path, part_size or None, progress)


def _check_place(path: Path) -> None:
    """Raise ``Refused`` where a file cannot or should not be written, before it is tried."""
    name = path.name.removesuffix(ENDING)
    if not name.strip():
        raise Refused("no-name", N_("The file needs a name."), field="name")
    if any(sign in name for sign in '<>:"/\\|?*'):
        raise Refused(
            "bad-name",
            N_('The name of a file cannot hold < > : " / \\ | ? or *.'),
            hint=N_("Nothing was made. Choose another name."),
            field="name",
        )
    with machine_errors():
        has_folder, is_taken = path.parent.is_dir(), path.exists()
    if not has_folder:
        raise Refused(
            "no-folder",
            N_("There is no folder “{folder}” on this laptop."),
            hint=N_("Nothing was made. Is the stick still plugged in?"),
            field="folder",
            params={"folder": str(path.parent)},
        )
    if is_taken:
        raise Refused(
            "name-taken",
            N_("A file called “{name}” is there already."),
            hint=N_("Nothing was made, and that file is as it was. Choose another name."),
            field="name",
            params={"name": path.name},
        )
