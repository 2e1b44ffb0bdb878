"""The first start: six questions, then the desk is open. Enter goes on, all by keyboard.

It knows no store. *Signals*: ``found_wanted(Founding)`` when all is answered;
``join_wanted`` for a second laptop; ``finished`` when the recovery sheet is put away;
``language_chosen(code)``; ``left``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sscdesk.i18n import _, current_language, error_hint, error_text
from sscdesk.model.refusal import DeskError
from sscdesk.ui.dialogs.first_start_pages import (
    ContentStep,
    LanguageStep,
    OfficerStep,
    OfficeStep,
    PassphraseStep,
    Step,
)
from sscdesk.ui.dialogs.recovery_sheet import RecoverySheet, RecoveryStep
from sscdesk.ui.look import look
from sscdesk.ui.widgets.basic import Card, button, label
from sscdesk.ui.widgets.emblem import Emblem


@dataclass(frozen=True, slots=True)
class Founding:
    """All that was answered."""

    language: str
    office: str
    given: str
    family: str
    function: str
    role: str
    passphrase: str
    sample: bool


class FirstStart(QWidget):
    """The window of the first start."""

    found_wanted = Signal(object)
    join_wanted = Signal()
    finished = Signal()
    language_chosen = Signal(str)
    left = Signal()

    def __init__(
        self, judge: Callable[[str, tuple[str, ...]], str], parent: QWidget | None = None
    ) -> None:
        """``judge`` says how good a passphrase is; it is also given what is easily guessed."""
        super().__init__(parent)
        self.setObjectName("first_start")
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._judge = judge
        self._done = False
        self._busy = False
        self.language = LanguageStep()
        self.office = OfficeStep()
        self.officer = OfficerStep()
        self.passphrase = PassphraseStep(self._strength)
        self.content = ContentStep()
        self.recovery = RecoveryStep()
        self._steps: list[Step | RecoveryStep] = [
            self.language,
            self.office,
            self.officer,
            self.passphrase,
            self.content,
            self.recovery,
        ]
        self._build()
        self.reword()
        self.resize(look().sp(640), look().sp(600))

    def _strength(self, typed: str) -> str:
        names = (self.officer.given.text(), self.officer.family.text())
        return self._judge(typed, names)

    def _build(self) -> None:
        outside = QVBoxLayout(self)
        outside.setContentsMargins(32, 24, 32, 20)
        outside.setSpacing(14)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Emblem(36))
        self._name = label("", "heading")
        self._place = label("", "small")
        head.addWidget(self._name, 1)
        head.addWidget(self._place)
        outside.addLayout(head)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, len(self._steps))
        outside.addWidget(self._bar)
        card = Card(self)
        card.body.setContentsMargins(28, 24, 28, 20)
        self._stack = QStackedWidget(card)
        for step in self._steps:
            self._stack.addWidget(step)
            step.changed.connect(self._show_ready)
        card.body.addWidget(self._stack, 1)
        self.message = label("", "error", wrap=True)
        card.body.addWidget(self.message)
        outside.addWidget(card, 1)
        outside.addLayout(self._foot())
        self.language.language_chosen.connect(self.language_chosen)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.back: QPushButton = button("", "quiet")
        self.back.clicked.connect(self.go_back)
        self.next: QPushButton = button("", "primary")
        self.next.clicked.connect(self.go_on)
        self.join: QPushButton = button("", "link")
        self.join.clicked.connect(self.join_wanted)
        row.addWidget(self.back)
        row.addWidget(self.join)
        row.addStretch(1)
        row.addWidget(self.next)
        return row

    def reword(self) -> None:
        """Write the words in the language of now."""
        self.setWindowTitle(_("South-South Desk"))
        self._name.setText(_("South-South Desk"))
        self._bar.setAccessibleName(_("Progress"))
        for step in self._steps:
            step.reword()
        self._show_place()

    # Steps

    @property
    def place(self) -> int:
        """The number of the step shown, from 0."""
        return self._stack.currentIndex()

    @Slot()
    def go_on(self) -> None:
        """Go to the next step, make the desk, or open it."""
        step = self._steps[self.place]
        if self._busy or not step.ready():
            return
        if step is self.recovery:
            self._done = True
            self.finished.emit()
        elif step is self.content:
            self.found_wanted.emit(self.founding())
        else:
            self._show(self.place + 1)

    @Slot()
    def go_back(self) -> None:
        """Go to the step before."""
        if not self._busy and 0 < self.place < len(self._steps) - 1:
            self._show(self.place - 1)

    def _show(self, place: int) -> None:
        self.message.setText("")
        self._stack.setCurrentIndex(place)
        self._show_place()
        self._steps[place].begin()

    def _show_place(self) -> None:
        place = self.place
        self._bar.setValue(place + 1)
        self._place.setText(
            _("Step {number} of {total}").format(number=place + 1, total=len(self._steps))
        )
        self.back.setText(_("Back"))
        self.back.setVisible(0 < place < len(self._steps) - 1)
        step = self._steps[place]
        self.join.setText(_("Join an office that has a desk…"))
        self.join.setVisible(step in (self.language, self.office))
        words = {id(self.content): _("Make the desk"), id(self.recovery): _("Begin to work")}
        self.next.setText(words.get(id(step), _("Go on")))
        self._show_ready()

    @Slot()
    def _show_ready(self) -> None:
        self.next.setEnabled(self._steps[self.place].ready() and not self._busy)

    def founding(self) -> Founding:
        """Return all that was answered."""
        return Founding(
            language=current_language(),
            office=self.office.options.code,
            given=self.officer.given.text().strip(),
            family=self.officer.family.text().strip(),
            function=self.officer.function.text().strip(),
            role=self.officer.roles.code,
            passphrase=self.passphrase.first.text(),
            sample=self.content.options.code == "sample",
        )

    # What it is told

    def show_busy(self, words: str) -> None:
        """Say what is being done, with a bar that moves."""
        self._busy = True
        self.message.setText("")
        self._place.setText(words)
        self._bar.setRange(0, 0)
        self.back.setEnabled(False)
        self._show_ready()

    def show_refusal(self, error: DeskError) -> None:
        """Say in words why the desk could not be made."""
        self._calm()
        self.message.setText(" ".join((error_text(error), error_hint(error))).strip())

    def show_recovery(self, sheet: RecoverySheet) -> None:
        """Show the recovery sheet: the desk is made."""
        self._calm()
        for field in (self.passphrase.first, self.passphrase.second):
            field.line.clear()
        self.recovery.show_sheet(sheet)
        self._show(len(self._steps) - 1)

    def joined(self) -> None:
        """Close without leaving: this laptop's desk is made from an invitation."""
        self._done = True

    def _calm(self) -> None:
        self._busy = False
        self._bar.setRange(0, len(self._steps))
        self.back.setEnabled(True)
        self._show_place()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Choose what has the focus, else go on."""
        at = self.focusWidget()
        if isinstance(at, QAbstractButton) and at is not self.next and not at.isChecked():
            at.click()
        else:
            self.go_on()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._steps[self.place].begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._busy:
            event.ignore()
            return
        if not self._done:
            self.left.emit()
        super().closeEvent(event)
