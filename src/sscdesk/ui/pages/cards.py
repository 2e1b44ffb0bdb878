"""The cards by which offices know each other: this office's own, and those of the partners."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.cards import CardView, LaptopView
from sscdesk.i18n import _, ngettext
from sscdesk.model.offices import OFFICES
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.pages.compare_card import Candidate, CompareCard
from sscdesk.ui.pages.section import Section, scrolled
from sscdesk.ui.pages.sync_words import local_date
from sscdesk.ui.places import city, office_name
from sscdesk.ui.widgets.basic import Card, Chip, button, label
from sscdesk.ui.widgets.cards_grid import CardsGrid
from sscdesk.ui.widgets.drop_card import DropCard
from sscdesk.ui.widgets.eight_words import EightWords
from sscdesk.ui.widgets.office_disc import OfficeDisc
from sscdesk.ui.widgets.strips import Strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

ENDING = ".ssccard"
LEAST_CARD = 330


@dataclass(frozen=True, slots=True)
class Book:
    """All cards known here."""

    cards: tuple[CardView, ...]
    offered: tuple[CardView, ...]

    def of(self, office: str) -> CardView | None:
        """Return the accepted card of an office."""
        return next((one for one in self.cards if one.office == office and one.accepted), None)

    def offer_of(self, office: str) -> CardView | None:
        """Return the card of an office that came with a file."""
        return next((one for one in self.offered if one.office == office), None)


def read_book(w: "Workspace") -> Book:
    """Read the cards (in a worker)."""
    from sscdesk.application import synchronise

    return Book(synchronise.cards(w), synchronise.offered_cards(w))


class OwnCard(Card):
    """This office's card, with the words that it reads out. *Signals*: ``save_wanted``."""

    save_wanted = Signal()

    def __init__(self, card: CardView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("The card of your office"))
        self.body.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(OfficeDisc(card.office, self))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(_("The card of your office"), "heading", self))
        words.addWidget(label(office_name(card.office), "small", self))
        row.addLayout(words, 1)
        self.save = button(_("Save your card…"), "primary", "download", self)
        self.save.clicked.connect(self.save_wanted)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        told = _(
            "Send it to the other offices by any way. When they telephone to compare, read"
            " these eight words to them:"
        )
        self.body.addWidget(label(told, "muted", self, wrap=True))
        self.words = EightWords(card.fingerprint, self)
        self.words.setMaximumWidth(look().sp(760))
        self.body.addWidget(self.words)
        self.body.addWidget(label(laptops_words(card.laptops), "small", self, wrap=True))


def laptops_words(laptops: tuple[LaptopView, ...]) -> str:
    """Say how many laptops an office has, and which were reported lost."""
    working = [one for one in laptops if not one.revoked]
    words = ngettext("{count} laptop", "{count} laptops", len(working)).format(count=len(working))
    lost = [str(one.number) for one in laptops if one.revoked]
    if lost:
        told = ngettext(
            "laptop {numbers} reported lost", "laptops {numbers} reported lost", len(lost)
        )
        words = f"{words} · {told.format(numbers=', '.join(lost))}"
    newest = max((one.issued_at for one in laptops), default="")
    since = local_date(newest)
    return _("{laptops} · as of {day}").format(laptops=words, day=since) if since else words


class OfficeCard(Card):
    """A partner's card. *Signals*: ``compare_wanted(office)``; ``open_wanted``."""

    compare_wanted = Signal(str)
    open_wanted = Signal()

    def __init__(
        self, office: str, card: CardView | None, offer: CardView | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.office = office
        self.setAccessibleName(office_name(office))
        self.body.setSpacing(6)
        verified = card is not None and card.verified
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(OfficeDisc(office, self, strong=verified))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(city(office), "heading", self))
        words.addWidget(label(office_name(office), "small", self))
        row.addLayout(words, 1)
        row.addWidget(_trust_chip(card, self), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self._add_words(card, offer)
        self.body.addStretch(1)
        self.body.addLayout(self._steps(card, offer))

    def _add_words(self, card: CardView | None, offer: CardView | None) -> None:
        if offer is not None and offer.change == "keys-changed":
            words = _("It announces other keys.")
            hint = _("Its files stay closed until the eight words are compared.")
            self.body.addWidget(Strip(words, "bad", hint, self))
        elif card is None and offer is not None:
            words = _("A partner's file brought its card along. Compare the words to accept it.")
            self.body.addWidget(Strip(words, "info", "", self))
        if card is None:
            if offer is None:
                words = _("Its card is not here. Ask for it, then open the file here.")
                self.body.addWidget(label(words, "muted", self, wrap=True))
            return
        shown = label(card.fingerprint, "strong", self, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(shown)
        self.body.addWidget(label(laptops_words(card.laptops), "small", self, wrap=True))

    def _steps(self, card: CardView | None, offer: CardView | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.compare = button(_("Compare the words…"), "primary", "phone", self)
        self.compare.setAccessibleName(
            _("Compare the words of {office}").format(office=city(self.office))
        )
        self.compare.clicked.connect(self._compare)
        self.compare.setVisible(offer is not None)
        self.open = button(_("Open its card…"), "", "folder-open", self)
        self.open.setAccessibleName(_("Open the card of {office}").format(office=city(self.office)))
        self.open.clicked.connect(self.open_wanted)
        row.addWidget(self.compare)
        row.addWidget(self.open)
        row.addStretch(1)
        return row

    @Slot()
    def _compare(self) -> None:
        self.compare_wanted.emit(self.office)


def _trust_chip(card: CardView | None, parent: QWidget) -> Chip:
    if card is None:
        return Chip(_("Card missing"), "neutral", parent, tall=True)
    if card.verified:
        return Chip(_("Verified"), "good", parent, tall=True)
    return Chip(_("Words not compared"), "warn", parent, tall=True)


class CardsSection(Section):
    """Cards of all offices; a card file is opened here and compared."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._book: Book | None = None
        self._candidate: Candidate | None = None
        self._wanted = ""
        super().__init__(desk, parent)

    def build(self, inside: QWidget) -> None:
        outside = QVBoxLayout(inside)
        outside.setContentsMargins(0, 0, 0, 0)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(22, 18, 22, 22)
        column.setSpacing(14)
        self._top = QVBoxLayout()
        self._top.setSpacing(14)
        column.addLayout(self._top)
        self.compare: CompareCard | None = None
        self.own: OwnCard | None = None
        self.drop = DropCard(
            "key-round",
            _("Open the card of another office"),
            _("Let it go here. You see its eight words; nothing is accepted by itself."),
            _("Open a card…"),
            sheet,
        )
        self.drop.choose.clicked.connect(self.choose_card)
        self.drop.dropped.connect(self._dropped)
        column.addWidget(self.drop)
        self.grid = CardsGrid(LEAST_CARD, sheet)
        column.addWidget(self.grid)
        column.addStretch(1)
        self.offices: list[OfficeCard] = []
        self.area = scrolled(sheet, inside)
        outside.addWidget(self.area)

    # ------------------------------------------------------------ reading, showing

    def shown(self, argument: Any = None) -> None:
        if isinstance(argument, Path):
            self.open_card(argument)
        elif argument in OFFICES:
            self._wanted = str(argument)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the cards again."""
        self.desk.query(self, read_book, self._show)

    def _show(self, book: Book) -> None:
        if book != self._book or self.own is None:
            self._book = book
            self.fill()
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.compare_offered(wanted)

    def fill(self) -> None:
        book = self._book
        if book is None:
            return
        own_office = self.desk.workspace.office
        own = book.of(own_office)
        if self.own is not None:
            _drop(self._top, self.own)
            self.own = None
        if own is not None:
            self.own = OwnCard(own, self)
            self.own.save_wanted.connect(self.save_own)
            self._top.addWidget(self.own)
        self.offices = [
            OfficeCard(office, book.of(office), book.offer_of(office), self.grid)
            for office in OFFICES
            if office != own_office
        ]
        for card in self.offices:
            card.compare_wanted.connect(self.compare_offered)
            card.open_wanted.connect(self.choose_card)
        self.grid.show_cards(self.offices)
        self._show_compare()

    def _show_compare(self) -> None:
        if self.compare is not None:
            _drop(self._top, self.compare)
            self.compare = None
        if self._candidate is not None:
            self.compare = CompareCard(self.desk, self._candidate, self)
            self.compare.accepted.connect(self._accepted)
            self.compare.left.connect(self._left)
            self._top.insertWidget(0, self.compare)
            self.area.verticalScrollBar().setValue(0)
            self.compare.take_focus()

    # ------------------------------------------------------------ one's own

    @Slot()
    def save_own(self) -> None:
        """Write this office's card to a file for the others."""
        folder = Path(self.desk.preferences.exchange_folder or Path.home())
        proposed = folder / f"{self.desk.workspace.office.lower()}{ENDING}"
        kinds = _("Cards of offices (*.ssccard)")
        path, _kind = QFileDialog.getSaveFileName(self, _("Save your card"), str(proposed), kinds)
        if path:
            self.save_to(Path(path if path.endswith(ENDING) else f"{path}{ENDING}"))

    def save_to(self, path: Path) -> None:
        """Write the card there, in a worker."""
        self.desk.operation(self, partial(_export_card, path=path), self._saved)

    def _saved(self, path: Path) -> None:
        words = _("Your card is saved as {name}. Send it, then read the eight words to them.")
        self.desk.say(words.format(name=path.name))

    # ------------------------------------------------------------ of others

    @Slot()
    def choose_card(self) -> None:
        """Let the officer choose a card file."""
        kinds = _("Cards of offices (*.ssccard);;All files (*)")
        folder = self.desk.preferences.exchange_folder
        path, _kind = QFileDialog.getOpenFileName(self, _("Open a card"), folder, kinds)
        if path:
            self.open_card(Path(path))

    @Slot(list)
    def _dropped(self, paths: list[str]) -> None:
        self.open_card(Path(paths[0]))

    def open_card(self, path: Path) -> None:
        """Show a card's words; nothing is accepted by that."""
        self.desk.query(self, _inspecting(path), partial(self._opened, path), self._not_opened)

    def _opened(self, path: Path, card: CardView) -> None:
        self._candidate = Candidate(card, path)
        self._show_compare()

    def _not_opened(self, error: DeskError) -> None:
        self._candidate = None
        self._show_compare()
        self.desk.refuse(error)

    @Slot(str)
    def compare_offered(self, office: str) -> None:
        """Compare the words of a card that came with a file, or ask for the file of one."""
        offer = self._book.offer_of(office) if self._book is not None else None
        if offer is None:
            self.choose_card()
            return
        self._candidate = Candidate(offer)
        self._show_compare()

    @Slot(object)
    def _accepted(self, card: CardView) -> None:
        self._candidate = None
        self._show_compare()
        self.reload()
        words = _("The card of {office} is accepted, and its words are compared.")
        self.desk.say(words.format(office=city(card.office)))

    @Slot()
    def _left(self) -> None:
        self._candidate = None
        self._show_compare()


def _drop(layout: QVBoxLayout, widget: QWidget) -> None:
    layout.removeWidget(widget)
    widget.hide()
    widget.deleteLater()


def _inspecting(path: Path) -> "Callable[[Workspace], CardView]":
    def inspect(w: "Workspace") -> CardView:
        from sscdesk.application import synchronise

        return synchronise.inspect_card(w, path)

    return inspect


def _export_card(w: "Workspace", *, path: Path) -> Path:
    from sscdesk.application import synchronise

    synchronise.export_card(w, path)
    return path
