"""Settings, Laptops: the laptops of this office, and the day when one is lost."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.cards import LaptopView
from sscdesk.i18n import _
from sscdesk.model.refusal import DeskError, Refused
from sscdesk.model.rights import check_right
from sscdesk.ui.desk import Desk
from sscdesk.ui.pages.settings_parts import (
    Question,
    SettingCard,
    SettingsSection,
    empty_layout,
    reason_strip,
)
from sscdesk.ui.pages.settings_second_laptop import SecondLaptopCard
from sscdesk.ui.pages.sync_words import local_date
from sscdesk.ui.widgets.basic import Card, Chip, button, icon_label, label

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Laptops:
    """What the section shows."""

    known: tuple[LaptopView, ...]
    here: str
    """The identifier of this one."""


def read_laptops(w: "Workspace") -> Laptops:
    """Read the laptops of this office (in a worker)."""
    from sscdesk.application import cards

    return Laptops(cards.own_card(w).laptops, w.laptop.id.hex())


class LaptopCard(Card):
    """One laptop. *Signals*: ``lost(id)`` once the officer has confirmed that it is lost."""

    lost = Signal(str)

    def __init__(self, one: LaptopView, *, here: bool, may_revoke: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.laptop = one
        self.name = _("Laptop {number}").format(number=one.number)
        self.setAccessibleName(self.name)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(icon_label("monitor", "muted"))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(self.name, "strong", self))
        since = _("Belongs to the office since {day}").format(day=local_date(one.issued_at))
        words.addWidget(label(since, "small", self, wrap=True))
        row.addLayout(words, 1)
        if here:
            row.addWidget(Chip(_("This laptop"), "accent", self, tall=True))
        if one.revoked:
            row.addWidget(Chip(_("Reported lost"), "bad", self, tall=True))
        self.report = button(_("Report as lost…"), "danger", "", self)
        self.report.setAccessibleName(_("Report {laptop} as lost").format(laptop=self.name))
        self.report.clicked.connect(self._ask)
        self.report.setVisible(may_revoke and not here and not one.revoked)
        row.addWidget(self.report, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    @Slot()
    def _ask(self) -> None:
        heading = _("Report {laptop} as lost?").format(laptop=self.name)
        words = _(
            "What it signs after the last file that you have of it is refused by all offices from"
            " the next file on. This cannot be taken back."
        )
        act = partial(self.lost.emit, self.laptop.id)
        Question(heading, words, _("Report as lost"), act, self).open()


class LaptopsSection(SettingsSection):
    """The laptops that write for this office."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._laptops: Laptops | None = None
        super().__init__(desk, parent)

    def lay_out(self, column: QVBoxLayout) -> None:
        words = _(
            "Each laptop signs what is written on it. One that is lost or stolen is reported"
            " here, from another laptop of the office."
        )
        self.intro = SettingCard(_("Laptops of the office"), words, self)
        column.addWidget(self.intro)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        column.addLayout(self._list)
        self.second = SecondLaptopCard(self.desk, self)
        self.second.invited.connect(self.reload)
        column.addWidget(self.second)
        self.cards: dict[str, LaptopCard] = {}

    @Slot()
    def reload(self) -> None:
        """Read the laptops."""
        self.desk.query(self, read_laptops, self._show)
        self.second.read()

    def _show(self, laptops: Laptops) -> None:
        self._laptops = laptops
        self.fill()

    def fill(self) -> None:
        laptops = self._laptops
        if laptops is None:
            return
        empty_layout(self._list)
        refusal = self._why_not()
        if refusal is not None:
            self._list.addWidget(reason_strip(refusal, self))
        self.cards = {}
        for one in sorted(laptops.known, key=lambda one: one.number):
            here = one.id == laptops.here
            card = LaptopCard(one, here=here, may_revoke=refusal is None, parent=self)
            card.lost.connect(self._revoke)
            self.cards[one.id] = card
            self._list.addWidget(card)
        if len(laptops.known) == 1:
            words = _(
                "This is the office's only laptop: a backup elsewhere is all the more needed."
            )
            self._list.addWidget(label(words, "muted", self, wrap=True))

    def _why_not(self) -> DeskError | None:
        try:
            check_right(self.desk.workspace.actor, "revoke_laptop")
        except Refused as refusal:
            return refusal
        return None

    @Slot(str)
    def _revoke(self, laptop: str) -> None:
        self.desk.operation(self, partial(_revoke, laptop=laptop), self._revoked)

    def _revoked(self, number: int) -> None:
        words = _("Laptop {number} is reported lost. Make a file for each office: it tells them.")
        self.desk.say(words.format(number=number))
        self.reload()
        self.setFocus(Qt.FocusReason.OtherFocusReason)


def _revoke(w: "Workspace", *, laptop: str) -> int:
    from sscdesk.application import cards

    cards.revoke(w, laptop)
    return next(one.number for one in cards.own_card(w).laptops if one.id == laptop)
