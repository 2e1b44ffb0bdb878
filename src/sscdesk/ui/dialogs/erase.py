"""Erasing a person at their request: what it means, why it is done, and no way back."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sscdesk.application.views import RecordView
from sscdesk.i18n import _, error_hint, error_text
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.widgets.basic import button, label
from sscdesk.ui.widgets.strips import Strip
from sscdesk.ui.wording import isolated, joined

if TYPE_CHECKING:
    from sscdesk.application.erasing import ErasureReport
    from sscdesk.application.workspace import Workspace


class EraseDialog(QDialog):
    """One person, one reason."""

    def __init__(self, desk: Desk, view: RecordView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._view = view
        self.setWindowTitle(_("Erase {person}?").format(person=view.title))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(look().sp(500))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        heading = _("Erase {person}?").format(person=isolated(view.title))
        column.addWidget(label(heading, "heading", self, wrap=True))
        told = _(
            "Everything about this person leaves the records, their history and the documents"
            " kept here, and with the next files the other offices as well. Only the number"
            " stays. A name inside a signed report stays in that report."
        )
        column.addWidget(label(told, "", self, wrap=True))
        words = _("This cannot be undone.")
        hint = _("Backups made before still hold the person until they are replaced.")
        column.addWidget(Strip(words, "warn", hint, self))
        name = label(_("Reason, without naming the person"), "label", self)
        self.reason = QLineEdit(self)
        self.reason.setAccessibleName(name.text())
        self.reason.setMaxLength(300)
        self.reason.setPlaceholderText(_("Written request of 3 March 2026"))
        self.reason.textChanged.connect(self._typed)
        name.setBuddy(self.reason)
        column.addWidget(name)
        column.addWidget(self.reason)
        self.message = label("", "error", self, wrap=True)
        self.message.hide()
        column.addWidget(self.message)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.cancel = button(_("Cancel"), "", "", self)
        self.cancel.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.confirm = button(_("Erase"), "danger", "trash-2", self)
        self.confirm.setEnabled(False)
        self.confirm.clicked.connect(self.erase)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.confirm)
        return row

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.confirm.setEnabled(bool(text.strip()))

    @Slot()
    def erase(self) -> None:
        """Erase the person."""
        self.confirm.setEnabled(False)
        run = partial(_erase, ref=self._view.id, reason=self.reason.text())
        self.desk.operation(self, run, self._erased, self._refused, _("Erasing…"))

    def _erased(self, report: "ErasureReport") -> None:
        words = _("{ref} is erased. Make a file for each office: it tells them.")
        told = words.format(ref=report.ref)
        if report.kept_in:
            stays = _("The name stays in {reports}, which are signed.")
            told = f"{told} {stays.format(reports=joined(one.ref for one in report.kept_in))}"
        self.desk.say(told)
        self.accept()

    def _refused(self, error: DeskError) -> None:
        self.message.setText(" ".join((error_text(error), error_hint(error))).strip())
        self.message.show()
        self._typed(self.reason.text())


def _erase(w: "Workspace", *, ref: str, reason: str) -> "ErasureReport":
    from sscdesk.application import erasing

    return erasing.erase(w, ref, reason)
