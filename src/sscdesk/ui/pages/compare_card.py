"""Compares the eight words of a card by telephone, and only then accepts it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from sscdesk.application.cards import CardView
from sscdesk.i18n import _
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.places import city, office_name
from sscdesk.ui.widgets.basic import Card, button, label
from sscdesk.ui.widgets.eight_words import EightWords
from sscdesk.ui.widgets.office_disc import OfficeDisc
from sscdesk.ui.widgets.strips import Strip, refusal_strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that may be accepted: from a file, or one that came along with a sync file."""

    card: CardView
    path: Path | None = None


class CompareCard(Card):
    """The words, large; a line for what is heard; accept, or not.

    *Signals*: ``accepted(CardView)``; ``left`` without accepting.
    """

    accepted = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, candidate: Candidate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.candidate = candidate
        self._strip: QWidget | None = None
        office = city(candidate.card.office)
        self.setAccessibleName(_("The card of {office}").format(office=office))
        self.body.setSpacing(10)
        self.body.addLayout(self._head())
        told = change_strip(candidate.card, self)
        if told is not None:
            self.body.addWidget(told)
        if candidate.card.change != "same" or not candidate.card.verified:
            self._add_comparing(office)
        else:
            self.body.addLayout(self._only_close())

    def _head(self) -> QHBoxLayout:
        card = self.candidate.card
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(OfficeDisc(card.office, self))
        words = _("The card of {office}").format(office=city(card.office))
        row.addWidget(label(words, "heading", self))
        row.addWidget(label(office_name(card.office), "small", self), 1)
        return row

    def _add_comparing(self, office: str) -> None:
        told = _(
            "Telephone somebody whom you know at {office}, at a number that did not come with"
            " this card. Have the eight words read out to you, and compare."
        )
        self.body.addWidget(label(told.format(office=office), "", self, wrap=True))
        self.words = EightWords(self.candidate.card.fingerprint, self)
        self.words.setMaximumWidth(look().sp(760))
        self.body.addWidget(self.words)
        name = _("The words as you hear them (you may leave this empty)")
        typed_label = label(name, "label", self)
        self.heard = QLineEdit(self)
        self.heard.setAccessibleName(name)
        self.heard.setMaxLength(200)
        self.heard.setMaximumWidth(look().sp(760))
        self.heard.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        typed_label.setBuddy(self.heard)
        self.heard.textChanged.connect(self._typed)
        self.body.addWidget(typed_label)
        self.body.addWidget(self.heard)
        self.confirmed = QCheckBox(
            _("I heard these eight words from {office} by telephone").format(office=office), self
        )
        self.confirmed.toggled.connect(self._look_again)
        self.body.addWidget(self.confirmed)
        self.body.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.same = button(_("The words are the same"), "primary", "check", self)
        self.same.setEnabled(False)
        self.same.setToolTip(_("First type the words that you hear, or tick the box."))
        self.same.clicked.connect(self.accept_card)
        self.differ = button(_("They differ"), "", "x", self)
        self.differ.clicked.connect(self._say_differ)
        later = button(_("Later"), "quiet", "", self)
        later.clicked.connect(self.left)
        for widget in (self.same, self.differ, later):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _only_close(self) -> QHBoxLayout:
        row = QHBoxLayout()
        close = button(_("Close"), "", "", self)
        close.clicked.connect(self.left)
        row.addWidget(close)
        row.addStretch(1)
        return row

    def take_focus(self) -> None:
        """Put the cursor where the words are typed, or on what closes the card."""
        first = self.findChild(QLineEdit) or self.findChild(QPushButton)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.words.mark(text)
        self._look_again()

    @Slot()
    def _look_again(self) -> None:
        said = [word.property("said") for word in self.words.words]
        typed_all = bool(said) and all(one == "same" for one in said)
        wrong = "other" in said
        self.same.setEnabled((typed_all or self.confirmed.isChecked()) and not wrong)

    @Slot()
    def accept_card(self) -> None:
        """Accept the card: what was typed decides, or the officer's word that it was heard."""
        heard = self.heard.text().strip() or self.candidate.card.fingerprint
        self.same.setEnabled(False)
        self.desk.operation(
            self,
            accepting(self.candidate, heard),
            self._accepted,
            self._refused,
            _("Accepting the card…"),
        )

    def _accepted(self, card: CardView) -> None:
        self.accepted.emit(card)

    def _refused(self, error: DeskError) -> None:
        self._show(refusal_strip(error, self))
        self._look_again()

    @Slot()
    def _say_differ(self) -> None:
        office = city(self.candidate.card.office)
        words = _("Then this is not the card of {office}. Nothing was accepted.")
        hint = _(
            "Have the words read out once more, slowly. If they still differ, ask {office} to"
            " send its card again by another way, and tell your administrator."
        )
        self._show(Strip(words.format(office=office), "bad", hint.format(office=office), self))

    def _show(self, strip: Strip) -> None:
        if self._strip is not None:
            self.body.removeWidget(self._strip)
            self._strip.hide()
            self._strip.deleteLater()
        self._strip = strip
        self.body.addWidget(strip)


def accepting(candidate: Candidate, heard: str) -> "Callable[[Workspace], CardView]":
    """Return what accepts a card in the writer."""

    def accept(w: "Workspace") -> CardView:
        from sscdesk.application import synchronise

        if candidate.path is not None:
            return synchronise.trust_card(w, candidate.path, heard)
        return synchronise.trust_offered(w, candidate.card.office, heard)

    return accept


def change_strip(card: CardView, parent: QWidget) -> Strip | None:
    """Say what accepting a card would change."""
    office = city(card.office)
    if card.change == "keys-changed":
        words = _("{office} has other keys than those you accepted before.")
        hint = _(
            "That happens when an office begins anew, or when somebody pretends to be it."
            " Accept the card only after hearing all eight words from somebody you know."
        )
        return Strip(words.format(office=office), "bad", hint, parent)
    if card.change == "same" and card.verified:
        words = _("You have this card already, and its words were compared.")
        return Strip(words, "good", "", parent)
    if card.change == "updated":
        words = _("A newer card with the same keys: its names or laptops have changed.")
        return Strip(words, "info", "", parent)
    return None
