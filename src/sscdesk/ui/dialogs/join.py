"""Making this laptop's desk from an invitation that another laptop of the office wrote."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sscdesk.i18n import _, error_hint, error_text
from sscdesk.model.refusal import DeskError
from sscdesk.ui.widgets.basic import button, label
from sscdesk.ui.widgets.passphrase import PassphraseField


class JoinDialog(QDialog):
    """Asks for the file, the name at the desk and the passphrase.

    It knows no store. *Signals*: ``join_wanted(path, login, passphrase)``.
    """

    join_wanted = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.setWindowTitle(_("Join your office"))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(480)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(self.windowTitle(), "heading", self))
        told = _(
            "The administrator makes an invitation on a laptop that has the desk: Settings,"
            " Laptops. Your passphrase is the one that you have there."
        )
        column.addWidget(label(told, "muted", self, wrap=True))
        row = QHBoxLayout()
        self.choose = button(_("Choose the invitation…"), "", "folder-open", self)
        self.choose.clicked.connect(self.choose_file)
        self.name = label("", "", self)
        row.addWidget(self.choose)
        row.addWidget(self.name, 1)
        column.addLayout(row)
        login_name = label(_("Your name at the desk, if several officers use it"), "label", self)
        self.login = QLineEdit(self)
        self.login.setAccessibleName(login_name.text())
        login_name.setBuddy(self.login)
        column.addWidget(login_name)
        column.addWidget(self.login)
        self.passphrase = PassphraseField(_("Passphrase"), self)
        self.passphrase.line.textChanged.connect(self._look_again)
        self.passphrase.line.returnPressed.connect(self.join)
        column.addWidget(self.passphrase)
        self.message = label("", "error", self, wrap=True)
        column.addWidget(self.message)
        column.addLayout(self._foot())
        self._busy = False
        self._look_again()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.cancel = button(_("Cancel"), "", "", self)
        self.cancel.clicked.connect(self.reject)
        self.confirm = button(_("Join"), "primary", "check", self)
        self.confirm.clicked.connect(self.join)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.confirm)
        return row

    @Slot()
    def choose_file(self) -> None:
        """Let the officer choose the invitation."""
        kinds = _("Invitations (*.sscbackup)")
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the invitation"), str(Path.home()), kinds
        )
        if path:
            self.take(Path(path))

    def take(self, path: Path) -> None:
        """Take a file as the invitation."""
        self.path = path
        self.name.setText(path.name)
        self.passphrase.line.setFocus()
        self._look_again()

    @Slot()
    def _look_again(self) -> None:
        typed = bool(self.passphrase.line.text())
        self.confirm.setEnabled(typed and self.path is not None and not self._busy)

    @Slot()
    def join(self) -> None:
        """Ask for the desk to be made."""
        if not self.confirm.isEnabled():
            return
        self._busy = True
        self.message.setText("")
        self._look_again()
        login = self.login.text().strip()
        self.join_wanted.emit(self.path, login, self.passphrase.line.text())

    def show_refusal(self, error: DeskError) -> None:
        """Say why the desk could not be made."""
        self._busy = False
        self.message.setText(" ".join((error_text(error), error_hint(error))).strip())
        self._look_again()

    def reject(self) -> None:
        if not self._busy:
            super().reject()
