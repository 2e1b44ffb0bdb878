"""Signing a report: it cannot be taken back, so it asks for the passphrase each time."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from sscdesk.application.signature_book import BookLine
from sscdesk.application.views import RecordView
from sscdesk.i18n import _
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk
from sscdesk.ui.places import office_name
from sscdesk.ui.widgets.basic import button, icon_label, label, plain_amp
from sscdesk.ui.widgets.directed import directed, directed_title
from sscdesk.ui.widgets.passphrase import PassphraseField
from sscdesk.ui.widgets.strips import Strip, refusal_strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


class SignDialog(QDialog):
    """*Signals*: ``signed(RecordView)``."""

    signed = Signal(object)

    def __init__(self, desk: Desk, line: BookLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.line = line
        self._busy = False
        self._strip: Strip | None = None
        self.setWindowTitle(_(line.label))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(500)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(label(directed(self._sentence()), "", self, wrap=True))
        self.passphrase = PassphraseField(_("Your passphrase"), self)
        self.passphrase.line.returnPressed.connect(self.sign)
        self.passphrase.line.textChanged.connect(self._typed)
        column.addWidget(self.passphrase)
        self._told = QVBoxLayout()
        column.addLayout(self._told)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Signing…"))
        self.bar.hide()
        column.addWidget(self.bar)
        column.addLayout(self._buttons())
        self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(icon_label("signature", "accent", 26), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(directed_title(self.line.title), "heading", self, wrap=True))
        told = _("{ref} · revision {number}").format(
            ref=self.line.ref, number=self.line.revision + 1
        )
        words.addWidget(label(directed(told), "muted", self))
        row.addLayout(words, 1)
        return row

    def _sentence(self) -> str:
        office = office_name(self.desk.workspace.office)
        who = self.desk.workspace.actor.name
        if self.line.action == "countersign":
            told = _(
                "You, {who}, countersign for the {office} the same document that the other office"
                " signed. A signature cannot be taken back."
            )
        else:
            told = _(
                "You, {who}, sign for the {office}. From then on nothing in this report can be"
                " changed; it can only be followed by a new revision."
            )
        return told.format(who=who, office=office)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.cancel = button(_("Cancel"), "", "", self)
        self.cancel.clicked.connect(self.reject)
        self.confirm = button(plain_amp(_(self.line.label)), "primary", "signature", self)
        self.confirm.setEnabled(False)
        self.confirm.clicked.connect(self.sign)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.confirm)
        return row

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.confirm.setEnabled(bool(text) and not self._busy)

    @Slot()
    def sign(self) -> None:
        """Sign in the writer; the passphrase is forgotten afterwards."""
        passphrase = self.passphrase.text()
        if not passphrase or self._busy:
            return
        self._set_busy(True)
        self._say(None)
        run = partial(_sign, report=self.line.id, action=self.line.action, passphrase=passphrase)
        self.desk.operation(self, run, self._done, self._refused, _("Signing…"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the words the height that they need at this width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.bar.setVisible(busy)
        self.passphrase.setEnabled(not busy)
        self.cancel.setEnabled(not busy)
        self.confirm.setEnabled(not busy and bool(self.passphrase.text()))
        self._fit()

    def _done(self, view: RecordView) -> None:
        self._set_busy(False)
        self.passphrase.line.clear()
        self.accept()
        self.signed.emit(view)

    def _refused(self, error: DeskError) -> None:
        self._set_busy(False)
        self._say(refusal_strip(error, self))
        self.passphrase.line.selectAll()
        self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, strip: Strip | None) -> None:
        if self._strip is not None:
            self._told.removeWidget(self._strip)
            self._strip.hide()
            self._strip.deleteLater()
        self._strip = strip
        if strip is not None:
            self._told.addWidget(strip)
            strip.show()
        self._fit()

    def reject(self) -> None:
        if not self._busy:
            self.passphrase.line.clear()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._busy:
            event.ignore()
            return
        super().closeEvent(event)


def _sign(w: "Workspace", *, report: str, action: str, passphrase: str) -> RecordView:
    from sscdesk.application import reports

    act = reports.countersign if action == "countersign" else reports.sign
    return act(w, report, passphrase)
