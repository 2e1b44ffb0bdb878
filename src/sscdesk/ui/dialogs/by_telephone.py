"""Confirming by telephone that a file arrived: four words read out, four words heard."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sscdesk.application.receipts import CodeView, ReceiptView
from sscdesk.i18n import _
from sscdesk.model.refusal import DeskError, NotFound
from sscdesk.ui.desk import Desk
from sscdesk.ui.pages.sync_words import local_date
from sscdesk.ui.places import city
from sscdesk.ui.widgets.basic import Card, button, label
from sscdesk.ui.widgets.eight_words import EightWords
from sscdesk.ui.widgets.strips import refusal_strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


class TelephoneDialog(QDialog):
    """Two cards: what to read out, what was heard. *Signals*: ``confirmed(ReceiptView)``."""

    confirmed = Signal(object)

    def __init__(self, desk: Desk, office: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.office = office
        self.words: EightWords | None = None
        self._strip: QWidget | None = None
        self.setWindowTitle(_("Confirm by telephone with {office}").format(office=city(office)))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(560)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 14)
        self._column.setSpacing(12)
        self._column.addWidget(label(self.windowTitle(), "heading", self))
        self.reading = Card(self)
        self.reading.body.addWidget(label(_("You received their file"), "strong", self.reading))
        self.said = label("", "muted", self.reading, wrap=True)
        self.reading.body.addWidget(self.said)
        self._column.addWidget(self.reading)
        self._column.addWidget(self._hearing())
        self._column.addStretch(1)
        self._column.addLayout(self._foot())
        self.desk.query(self, partial(_code, office=office), self._show_code, self._no_code)
        self.heard.setFocus()

    def _hearing(self) -> Card:
        card = Card(self)
        card.body.addWidget(label(_("They received yours"), "strong", card))
        told = _("Type the four words that {office} reads out: they are only right for that file.")
        name = label(told.format(office=city(self.office)), "muted", card, wrap=True)
        card.body.addWidget(name)
        self.heard = QLineEdit(card)
        self.heard.setAccessibleName(_("The four words as you hear them"))
        self.heard.setMaxLength(100)
        self.heard.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.heard.textChanged.connect(self._typed)
        self.heard.returnPressed.connect(self.confirm)
        name.setBuddy(self.heard)
        card.body.addWidget(self.heard)
        self.hearing = card
        return card

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.accept_words = button(_("Confirm"), "primary", "check", self)
        self.accept_words.setEnabled(False)
        self.accept_words.clicked.connect(self.confirm)
        close = button(_("Close"), "", "", self)
        close.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(self.accept_words)
        row.addWidget(close)
        return row

    def _show_code(self, found: CodeView) -> None:
        told = _("Read these four words out: they confirm the file accepted on {day}.")
        self.said.setText(told.format(day=local_date(found.received_at)))
        self.words = EightWords(found.words, self.reading)
        self.words.setAccessibleName(_("The four words: {words}").format(words=found.words))
        self.reading.body.addWidget(self.words)

    def _no_code(self, error: DeskError) -> None:
        if not isinstance(error, NotFound):
            self.desk.refuse(error)
        told = _("No file of {office} was accepted here yet.").format(office=city(self.office))
        self.said.setText(told)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.accept_words.setEnabled(len(text.split()) == 4)

    @Slot()
    def confirm(self) -> None:
        """Note what was heard, if the words are right."""
        if not self.accept_words.isEnabled():
            return
        run = partial(_confirm, office=self.office, words=self.heard.text())
        self.desk.operation(self, run, self._confirmed, self._refused)

    def _confirmed(self, found: ReceiptView) -> None:
        self.confirmed.emit(found)
        self.accept()

    def _refused(self, error: DeskError) -> None:
        if self._strip is not None:
            self._strip.deleteLater()
        self._strip = refusal_strip(error, self.hearing)
        self.hearing.body.addWidget(self._strip)


def _code(w: "Workspace", office: str) -> CodeView:
    from sscdesk.application import synchronise

    return synchronise.receipt_code(w, office=office)


def _confirm(w: "Workspace", office: str, words: str) -> ReceiptView:
    from sscdesk.application import synchronise

    return synchronise.confirm_code(w, office, words)
