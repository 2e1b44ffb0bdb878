"""The partner offices: what waits for each, what it holds, what of it is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sscdesk.application.cards import CardView
from sscdesk.application.outgoing import FileLine
from sscdesk.application.synchronise import PartnerStatus, SyncStatus
from sscdesk.application.waiting import WaitingRecords
from sscdesk.i18n import _, ngettext
from sscdesk.model.offices import OFFICES
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.pages.section import Section, scrolled
from sscdesk.ui.pages.sync_asking import Asking
from sscdesk.ui.pages.sync_digest import DigestCard
from sscdesk.ui.pages.sync_words import (
    already_words,
    holds_words,
    local_date,
    missing_hint,
    missing_words,
    no_personal_hint,
    no_personal_words,
    waiting_words,
)
from sscdesk.ui.places import city, office_name
from sscdesk.ui.widgets.basic import Card, Chip, button, icon_label, label
from sscdesk.ui.widgets.cards_grid import CardsGrid
from sscdesk.ui.widgets.drop_card import DropCard
from sscdesk.ui.widgets.eliding import ElidingLabel
from sscdesk.ui.widgets.office_disc import OfficeDisc
from sscdesk.ui.widgets.record_lines import RecordLines
from sscdesk.ui.widgets.strips import Strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

LEAST_CARD = 330


@dataclass(frozen=True, slots=True)
class Offices:
    """All that the section shows."""

    status: SyncStatus
    waits: Mapping[str, WaitingRecords]
    offered: tuple[CardView, ...]


def read_offices(w: "Workspace") -> Offices:
    """Read how this office stands with the others (in a worker)."""
    from sscdesk.application import synchronise

    waits = {
        office: synchronise.waiting_records(w, office) for office in OFFICES if office != w.office
    }
    return Offices(synchronise.status(w), waits, synchronise.offered_cards(w))


class PartnerCard(Card):
    """One partner office.

    *Signals*: ``file_wanted(office)``; ``card_wanted(office)`` where its card is missing or
    not verified; ``record_wanted(entity, id)``; ``request_wanted(office)`` for what is
    missing; ``telephone_wanted(office)``.
    """

    file_wanted = Signal(str)
    card_wanted = Signal(str)
    record_wanted = Signal(str, str)
    request_wanted = Signal(str)
    telephone_wanted = Signal(str)

    def __init__(
        self, partner: PartnerStatus, records: WaitingRecords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.partner = partner
        self.records = records
        self.setAccessibleName(office_name(partner.office))
        self.body.setSpacing(4)
        self.body.addLayout(self._head())
        if partner.known:
            self._add_waiting()
            self._add_personal()
            self._add(
                _("What {office} holds").format(office=city(partner.office)), holds_words(partner)
            )
            self._add_missing()
            self._add_files()
        else:
            self._add_unknown()
        self.body.addStretch(1)
        self.body.addSpacing(6)
        self.body.addLayout(self._buttons())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(OfficeDisc(self.partner.office, self, strong=self.partner.verified))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(city(self.partner.office), "heading", self))
        words.addWidget(label(office_name(self.partner.office), "small", self))
        row.addLayout(words, 1)
        row.addWidget(self._trust(), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _trust(self) -> Chip:
        if self.partner.verified:
            return Chip(_("Verified"), "good", self, tall=True)
        if self.partner.known:
            return Chip(_("Words not compared"), "warn", self, tall=True)
        return Chip(_("Card missing"), "neutral", self, tall=True)

    def _add(self, heading: str, words: str, look_name: str = "") -> QLabel:
        self.body.addSpacing(6)
        self.body.addWidget(label(heading, "label", self))
        value = label(words, look_name, self, wrap=True)
        self.body.addWidget(value)
        return value

    def _add_waiting(self) -> None:
        partner = self.partner
        waits = bool(partner.to_send.commits)
        words = waiting_words(partner, self.records)
        self.waiting = self._add(
            _("Waits for {office}").format(office=city(partner.office)),
            words,
            "strong" if waits else "",
        )
        already = already_words(partner, self.records.in_files)
        if already:
            self.body.addWidget(label(already, "small", self, wrap=True))
        if self.records.listed:
            self.see = button(_("See which records"), "flush_more", "", self)
            self.see.setAccessibleName(
                _("See which records wait for {office}").format(office=city(partner.office))
            )
            self.see.clicked.connect(self._show_records)
            self.body.addWidget(self.see, 0, Qt.AlignmentFlag.AlignLeading)
            self.lines = RecordLines(self)
            self.lines.record_wanted.connect(self.record_wanted)
            self.lines.hide()
            self.body.addWidget(self.lines)

    def _add_personal(self) -> None:
        """Say that persons stay at home, where no authorisation lets them leave."""
        if not self.partner.personal:
            told = no_personal_words((self.partner.office,))
            self._add(_("Personal data"), told, "strong")
            self.body.addWidget(label(no_personal_hint(), "small", self, wrap=True))

    @Slot()
    def _show_records(self) -> None:
        shown = self.lines.isHidden()
        if shown:
            self.lines.show_records(self.records.listed, self.records.records)
        self.lines.setVisible(shown)
        self.see.setText(_("Hide the records") if shown else _("See which records"))

    def _add_missing(self) -> None:
        heading = _("From {office}").format(office=city(self.partner.office))
        missing = missing_words(self.partner)
        if missing:
            self.body.addSpacing(6)
            self.body.addWidget(label(heading, "label", self))
            strip = Strip(missing, "warn", missing_hint(self.partner), self)
            self.body.addWidget(strip)
        elif self.partner.last_received is None:
            self._add(heading, _("No file of theirs has come yet."))
        else:
            self._add(heading, _("Nothing is missing."))
        self._add_asking(bool(missing))

    def _add_asking(self, missing: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        office = city(self.partner.office)
        look_of = "" if missing else "flush_more"
        self.ask = button(_("Save a request…"), look_of, "", self)
        self.ask.setToolTip(_("A small file that tells them what is here and asks for the rest."))
        self.ask.setAccessibleName(_("Save a request to {office}").format(office=office))
        self.ask.clicked.connect(partial(self.request_wanted.emit, self.partner.office))
        self.call = button(_("By telephone…"), "flush_more", "", self)
        self.call.setToolTip(_("Four words confirm that a file arrived."))
        self.call.setAccessibleName(_("Confirm by telephone with {office}").format(office=office))
        self.call.clicked.connect(partial(self.telephone_wanted.emit, self.partner.office))
        row.addWidget(self.ask)
        row.addWidget(self.call)
        row.addStretch(1)
        self.body.addLayout(row)

    def _add_files(self) -> None:
        for icon, line, words in (
            ("upload", self.partner.last_sent, _("Last file made: {day}, {who}")),
            ("download", self.partner.last_received, _("Last file received: {day}, {who}")),
        ):
            if line is not None:
                self.body.addSpacing(2)
                self.body.addLayout(_file_row(icon, words, line, self))

    def _add_unknown(self) -> None:
        words = _(
            "Files cannot be exchanged yet: ask {office} for its card, open it here, and"
            " compare the eight words by telephone."
        )
        self.body.addSpacing(6)
        self.body.addWidget(
            label(words.format(office=city(self.partner.office)), "muted", self, wrap=True)
        )

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        office = city(self.partner.office)
        self.make = button(_("Make the file…"), self._rank(), "usb", self)
        self.make.setAccessibleName(_("Make the file for {office}").format(office=office))
        self.make.clicked.connect(self._want_file)
        self.make.setVisible(self.partner.known)
        self.card = button(
            _("Compare the words…") if self.partner.known else _("Open its card…"),
            "" if self.partner.known else "primary",
            "",
            self,
        )
        self.card.setAccessibleName(
            _("Compare the words of {office}").format(office=office)
            if self.partner.known
            else _("Open the card of {office}").format(office=office)
        )
        self.card.setVisible(not self.partner.verified)
        self.card.clicked.connect(self._want_card)
        row.addWidget(self.make, 1)
        row.addWidget(self.card, 1)
        return row

    def _rank(self) -> str:
        waiting = self.partner.to_send.commits > self.records.in_files
        return "primary" if waiting else ""

    @Slot()
    def _want_file(self) -> None:
        self.file_wanted.emit(self.partner.office)

    @Slot()
    def _want_card(self) -> None:
        self.card_wanted.emit(self.partner.office)


def _file_row(icon: str, words: str, line: FileLine, parent: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(icon_label(icon, "muted", 14))
    told = words.format(day=local_date(line.at), who=line.officer_name)
    shown = ElidingLabel(told, "small", parent)
    shown.setToolTip(f"{told}\n{line.name}")
    row.addWidget(shown, 1)
    return row


class OfficesSection(Section):
    """The first section of Synchronise.

    *Signals*: ``file_wanted(office)``; ``files_chosen(paths)``; ``card_wanted(office)``.
    """

    file_wanted = Signal(str)
    files_chosen = Signal(list)
    card_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._offices: Offices | None = None
        self._wanted = ""
        super().__init__(desk, parent)
        self.asking = Asking(desk, self)

    def build(self, inside: QWidget) -> None:
        outside = QVBoxLayout(inside)
        outside.setContentsMargins(0, 0, 0, 0)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(22, 18, 22, 22)
        column.setSpacing(14)
        self.drop = DropCard(
            "inbox",
            _("Open a file from another office"),
            _(
                "Let it go here: a sync file, its parts in any order, a card, a request."
                " No record changes yet."
            ),
            _("Open a file…"),
            sheet,
        )
        self.drop.choose.clicked.connect(self.choose_files)
        self.drop.dropped.connect(self._dropped)
        self.drop.not_files.connect(self._not_files)
        column.addWidget(self.drop)
        self._notices = QVBoxLayout()
        self._notices.setSpacing(8)
        self._shown_notices: list[Strip] = []
        column.addLayout(self._notices)
        self.grid = CardsGrid(LEAST_CARD, sheet)
        column.addWidget(self.grid)
        self.digest = DigestCard(self.desk, sheet)
        column.addWidget(self.digest)
        column.addStretch(1)
        self.area = scrolled(sheet, inside)
        outside.addWidget(self.area)
        self.partners: list[PartnerCard] = []

    @Slot()
    def reload(self) -> None:
        """Read how this office stands."""
        self.desk.query(self, read_offices, self._show)

    def shown(self, argument: Any = None) -> None:
        self._wanted = argument if argument in OFFICES else ""
        self.reload()
        if not self._wanted:
            self.drop.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, offices: Offices) -> None:
        if offices == self._offices and self.partners:
            self._reveal()
            return
        self._offices = offices
        self.fill()
        self._reveal()

    def fill(self) -> None:
        offices = self._offices
        if offices is None:
            return
        self.partners = [
            PartnerCard(partner, offices.waits[partner.office], self.grid)
            for partner in offices.status.partners
        ]
        for card in self.partners:
            card.file_wanted.connect(self.file_wanted)
            card.card_wanted.connect(self.card_wanted)
            card.record_wanted.connect(self._open_record)
            card.request_wanted.connect(self.asking.ask)
            card.telephone_wanted.connect(self.asking.telephone)
        self.grid.show_cards(self.partners)
        self._show_notices(offices)

    def _show_notices(self, offices: Offices) -> None:
        for old in self._shown_notices:
            self._notices.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown_notices = list(self._told(offices))
        for notice in self._shown_notices:
            self._notices.addWidget(notice)

    def _told(self, offices: Offices) -> Iterable[Strip]:
        for card in offices.offered:
            if card.change == "keys-changed":
                words = _("{office} announces other keys than those you accepted.")
                hint = _(
                    "Its files stay closed until you have compared the eight words by telephone."
                )
                yield self._strip("bad", words.format(office=city(card.office)), hint, card.office)
        if offices.status.parked:
            count = offices.status.parked
            words = ngettext(
                "{count} change has come too early and waits for an earlier file.",
                "{count} changes have come too early and wait for an earlier file.",
                count,
            )
            hint = _("They are kept. The cards below say whom to ask.")
            yield Strip(words.format(count=count), "info", hint, self)

    def _strip(self, tone: str, words: str, hint: str, office: str) -> Strip:
        strip = Strip(words, tone, hint, self)
        step = button(_("Compare the words…"), "", "", strip)
        step.clicked.connect(partial(self.card_wanted.emit, office))
        strip.add_step(step)
        return strip

    def _reveal(self) -> None:
        for card in self.partners:
            if card.partner.office == self._wanted:
                self.area.ensureWidgetVisible(card, 0, look().sp(20))
                card.make.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wanted = ""

    @Slot()
    def choose_files(self) -> None:
        """Let the officer choose files of other offices."""
        kinds = _("Files of the desk (*.sscsync *.ssccard *.sscreceipt *.zip);;All files (*)")
        folder = self.desk.preferences.exchange_folder
        paths, _kind = QFileDialog.getOpenFileNames(self, _("Open a file"), folder, kinds)
        if paths:
            self._dropped(paths)

    @Slot(list)
    def _dropped(self, paths: list[str]) -> None:
        self.files_chosen.emit([Path(path) for path in paths])

    @Slot()
    def _not_files(self) -> None:
        self.desk.say(_("Only files on this laptop or on a stick can be opened."), "warn")

    @Slot(str, str)
    def _open_record(self, entity: str, identifier: str) -> None:
        self.desk.open(entity, identifier)
