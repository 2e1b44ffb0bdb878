"""Settings, Officers: who works at this office, with which roles, and who may open the desk."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sscdesk.i18n import _, current_language, ngettext
from sscdesk.model.refusal import DeskError
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.pages.settings_parts import (
    Busy,
    Question,
    SettingCard,
    SettingsSection,
    empty_layout,
    error_label,
    reason_strip,
    say_error,
    words_of,
)
from sscdesk.ui.widgets.basic import Card, Chip, button, label
from sscdesk.ui.widgets.directed import directed, directed_title
from sscdesk.ui.widgets.editors.flow import FlowLayout
from sscdesk.ui.wording import in_pieces, isolated

if TYPE_CHECKING:
    from sscdesk.application.officers import OfficerView
    from sscdesk.application.workspace import Workspace

ROLES = {
    "officer": N_("prepares missions and exchanges, writes reports"),
    "focal_point": N_("reviews, exchanges files with the partner offices, reconciles"),
    "head": N_("authorises missions, signs reports"),
    "reader": N_("reads, without private contact data"),
    "admin": N_("looks after officers, laptops, the office's record and the lists"),
}
"""The roles of a desk in their order; what each does, as msgids."""


@dataclass(frozen=True, slots=True)
class Staff:
    """What the section shows."""

    officers: "tuple[OfficerView, ...]"
    refusal: DeskError | None
    """Why the officer at work may not change this; None where that is allowed."""


@dataclass(frozen=True, slots=True)
class FirstPassphrase:
    """Words to hand over, shown this once."""

    name: str
    login: str
    words: str
    lost: int = 0
    """Keys of the officer that only the forgotten passphrase opened."""


def read_staff(w: "Workspace") -> Staff:
    """Read the officers of this office (in a worker)."""
    from sscdesk.application import officers

    return Staff(officers.listing(w), officers.why_not_manage(w))


class RoleBoxes(QWidget):
    """The roles with what each of them does, to be ticked."""

    def __init__(self, desk: Desk, roles: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.boxes: dict[str, QCheckBox] = {}
        for code, does in ROLES.items():
            name = desk.wording.code("desk_role", code)
            words = _("{role}: {what}").format(role=name, what=_(does))
            box = QCheckBox(words.replace("&", "&&"), self)
            box.setChecked(code in set(roles))
            self.boxes[code] = box
            column.addWidget(box)

    def chosen(self) -> tuple[str, ...]:
        """Return the roles that are ticked."""
        return tuple(sorted(code for code, box in self.boxes.items() if box.isChecked()))


class OfficerCard(Card):
    """One officer.

    *Signals*: ``roles_wanted(id, roles)``; ``passphrase_wanted(id)``; ``close_wanted(id)``.
    """

    roles_wanted = Signal(str, object)
    passphrase_wanted = Signal(str)
    close_wanted = Signal(str)

    def __init__(
        self, desk: Desk, officer: "OfficerView", *, may_change: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.officer = officer
        self.mine = officer.id == desk.workspace.actor.officer
        self.setAccessibleName(officer.name)
        self.body.addLayout(self._head())
        self.body.addWidget(self._chips())
        self.error = error_label(self)
        self.roles: RoleBoxes | None = None
        if may_change and officer.active:
            self.body.addWidget(self.error)
            self.body.addLayout(self._acts())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(directed_title(self.officer.name), "strong", self, wrap=True))
        login = _("login: {login}").format(login=isolated(self.officer.login))
        here = login if self.officer.login else _("does not open the desk on this laptop")
        told = directed(in_pieces((self.officer.function, here)))
        words.addWidget(label(told, "small", self, wrap=True))
        row.addLayout(words, 1)
        if self.mine:
            row.addWidget(Chip(_("You"), "accent", self), 0, Qt.AlignmentFlag.AlignTop)
        if not self.officer.active:
            closed = Chip(_("No longer works here"), "neutral", self)
            row.addWidget(closed, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _chips(self) -> QWidget:
        made = QWidget(self)
        row = FlowLayout(made)
        for role in self.officer.roles:
            row.addWidget(Chip(self.desk.wording.code("desk_role", role), "info", made))
        return made

    def _acts(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self._inside = QVBoxLayout()
        column.addLayout(self._inside)
        row = FlowLayout(spacing=8)
        name = self.officer.name
        self.change = self._act(_("Change the roles…"), _("Change the roles of {name}"), name)
        self.change.clicked.connect(self._ask_roles)
        self.give = self._act(_("New first passphrase…"), _("New passphrase for {name}"), name)
        self.give.clicked.connect(self._ask_passphrase)
        self.give.setVisible(bool(self.officer.login) and not self.mine)
        self.shut = self._act(_("Close the desk to them…"), _("Close the desk to {name}"), name)
        self.shut.clicked.connect(self._ask_close)
        self.shut.setVisible(not self.mine)
        for made in (self.change, self.give, self.shut):
            row.addWidget(made)
        column.addLayout(row)
        return column

    def _act(self, words: str, spoken: str, name: str) -> QPushButton:
        made = button(words, "", "", self)
        made.setAccessibleName(spoken.format(name=name))
        return made

    def refuse(self, error: DeskError) -> None:
        """Say why an act was refused."""
        say_error(self.error, words_of(error))

    @Slot()
    def _ask_roles(self) -> None:
        if self.roles is not None:
            self._forget_roles()
            return
        self.roles = RoleBoxes(self.desk, self.officer.roles, self)
        self._inside.addWidget(self.roles)
        self.keep = button(_("Give these roles"), "primary", "", self)
        self.keep.clicked.connect(self._give_roles)
        self._inside.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        next(iter(self.roles.boxes.values())).setFocus()

    def _forget_roles(self) -> None:
        self.roles = None
        empty_layout(self._inside)

    @Slot()
    def _give_roles(self) -> None:
        if self.roles is not None:
            self.roles_wanted.emit(self.officer.id, self.roles.chosen())

    @Slot()
    def _ask_passphrase(self) -> None:
        heading = _("A new first passphrase for {name}?").format(name=self.officer.name)
        words = _(
            "The present one stops working at once. A signing key that only the old passphrase"
            " opened is lost; another is made at the next signature."
        )
        act = partial(self.passphrase_wanted.emit, self.officer.id)
        Question(heading, words, _("Give a new passphrase"), act, self).open()

    @Slot()
    def _ask_close(self) -> None:
        heading = _("Close the desk to {name}?").format(name=self.officer.name)
        words = _(
            "No passphrase of theirs opens this laptop any more. What they wrote stays, under"
            " their name."
        )
        act = partial(self.close_wanted.emit, self.officer.id)
        Question(heading, words, _("Close the desk"), act, self).open()


class NewOfficer(SettingCard):
    """Enters an officer. *Signals*: ``wanted(fields)``."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        words = _(
            "The desk proposes a login and makes a first passphrase, to be changed at the first"
            " opening under Settings, My account."
        )
        super().__init__(_("Enter an officer"), words, parent)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.given = self._line(row, _("Given name"))
        self.family = self._line(row, _("Family name"))
        self.body.addLayout(row)
        self.function = self._line(self.body, _("Function, as printed under a signature"))
        self.body.addWidget(label(_("Roles"), "label", self))
        self.roles = RoleBoxes(desk, ("officer",), self)
        self.body.addWidget(self.roles)
        self.error = error_label(self)
        self.body.addWidget(self.error)
        self.enter = button(_("Enter the officer"), "primary", "user-plus", self)
        self.enter.clicked.connect(self._enter)
        self._busy = Busy(self.enter)
        self.body.addWidget(self.enter, 0, Qt.AlignmentFlag.AlignLeading)

    def _line(self, into: "QHBoxLayout | QVBoxLayout", name: str) -> QLineEdit:
        column = QVBoxLayout()
        column.setSpacing(4)
        made = QLineEdit(self)
        made.setAccessibleName(name)
        column.addWidget(label(name, "label", self))
        column.addWidget(made)
        into.addLayout(column)
        return made

    @Slot()
    def _enter(self) -> None:
        if not (self.given.text().strip() or self.family.text().strip()):
            say_error(self.error, _("An officer needs a name."))
            self.given.setFocus()
            return
        say_error(self.error, "")
        self._busy.begin()
        self.wanted.emit(self.fields())

    def fields(self) -> dict[str, Value]:
        """Return what was typed, as the fields of an officer."""
        return {
            "given": self.given.text().strip() or None,
            "family": self.family.text().strip() or None,
            f"function_{current_language()}": self.function.text().strip() or None,
            "roles": self.roles.chosen(),
        }

    def refuse(self, error: DeskError) -> None:
        """Say why the officer was not entered; what was typed stays."""
        self._busy.end()
        say_error(self.error, words_of(error))

    def clear(self) -> None:
        """Make room for another officer."""
        self._busy.end()
        for line in (self.given, self.family, self.function):
            line.clear()


class HandOver(SettingCard):
    """A first passphrase to hand over, shown this once. *Signals*: ``done``."""

    done = Signal()

    def __init__(self, first: FirstPassphrase, parent: QWidget) -> None:
        heading = _("First passphrase of {name}").format(name=first.name)
        words = _(
            "Hand it over in person; it is shown this once. The login is {login}. It is changed"
            " under Settings, My account."
        ).format(login=isolated(first.login))
        super().__init__(heading, words, parent)
        self.first = first
        self.shown = label(first.words, "group", self, wrap=True)
        self.shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.shown.setMaximumWidth(look().sp(620))
        self.body.addWidget(self.shown)
        if first.lost:
            lost = ngettext(
                "{count} key that only the old passphrase opened is lost.",
                "{count} keys that only the old passphrase opened are lost.",
                first.lost,
            )
            self.body.addWidget(label(lost.format(count=first.lost), "warn", self, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.copy = button(_("Copy"), "", "copy", self)
        self.copy.clicked.connect(self._copy)
        self.put_away = button(_("It is handed over"), "primary", "check", self)
        self.put_away.clicked.connect(self.done)
        row.addWidget(self.put_away)
        row.addWidget(self.copy)
        row.addStretch(1)
        self.body.addLayout(row)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.first.words)


class OfficersSection(SettingsSection):
    """The officers of this office."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._staff: Staff | None = None
        self.first: FirstPassphrase | None = None
        """Stays in sight until it is handed over."""
        super().__init__(desk, parent)

    def lay_out(self, column: QVBoxLayout) -> None:
        self._top = QVBoxLayout()
        self._top.setSpacing(14)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._foot = QVBoxLayout()
        for part in (self._top, self._list, self._foot):
            column.addLayout(part)
        self.cards: dict[str, OfficerCard] = {}
        self.new: NewOfficer | None = None
        self.hand_over: HandOver | None = None

    @Slot()
    def reload(self) -> None:
        """Read the officers."""
        self.desk.query(self, read_staff, self._show)

    def _show(self, staff: Staff) -> None:
        if staff != self._staff or not self.cards:
            self._staff = staff
            self.fill()

    def fill(self) -> None:
        staff = self._staff
        if staff is None:
            return
        empty_layout(self._top)
        empty_layout(self._list)
        self._show_top(staff)
        self.cards = {}
        order = sorted(staff.officers, key=lambda one: not one.active)
        for officer in order:
            card = OfficerCard(self.desk, officer, may_change=staff.refusal is None, parent=self)
            card.roles_wanted.connect(self._give_roles)
            card.passphrase_wanted.connect(self._give_passphrase)
            card.close_wanted.connect(self._close_desk)
            self.cards[officer.id] = card
            self._list.addWidget(card)
        if staff.refusal is None and self.new is None:
            self.new = NewOfficer(self.desk, self)
            self.new.wanted.connect(self._enter)
            self._foot.addWidget(self.new)
        elif staff.refusal is not None and self.new is not None:
            empty_layout(self._foot)
            self.new = None

    def _show_top(self, staff: Staff) -> None:
        self.hand_over = None
        if self.first is not None:
            self.hand_over = HandOver(self.first, self)
            self.hand_over.done.connect(self._handed_over)
            self._top.addWidget(self.hand_over)
        if staff.refusal is not None:
            self._top.addWidget(reason_strip(staff.refusal, self))

    # ------------------------------------------------------------ acts

    @Slot(object)
    def _enter(self, fields: Mapping[str, Value]) -> None:
        refused = self.new.refuse if self.new is not None else self.desk.refuse
        run = partial(_add, fields=dict(fields))
        self.desk.operation(self, run, self._entered, refused, _("One moment…"))

    def _entered(self, first: FirstPassphrase) -> None:
        if self.new is not None:
            self.new.clear()
        self._hand(first)

    def _hand(self, first: FirstPassphrase) -> None:
        self.first = first
        self._staff = None
        self.area.verticalScrollBar().setValue(0)
        self.desk.query(self, read_staff, self._show_and_hand)

    def _show_and_hand(self, staff: Staff) -> None:
        self._show(staff)
        if self.hand_over is not None:
            self.hand_over.put_away.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _handed_over(self) -> None:
        self.first = None
        self.fill()

    @Slot(str, object)
    def _give_roles(self, officer: str, roles: tuple[str, ...]) -> None:
        run = partial(_set_roles, officer=officer, roles=roles)
        self.desk.operation(self, run, self._changed, self._refusing(officer))

    @Slot(str)
    def _give_passphrase(self, officer: str) -> None:
        run = partial(_new_passphrase, officer=officer)
        self.desk.operation(self, run, self._hand, self._refusing(officer), _("One moment…"))

    @Slot(str)
    def _close_desk(self, officer: str) -> None:
        run = partial(_disable, officer=officer)
        self.desk.operation(self, run, self._closed, self._refusing(officer))

    def _refusing(self, officer: str) -> Callable[[DeskError], None]:
        def refuse(error: DeskError) -> None:
            if officer in self.cards:
                self.cards[officer].refuse(error)

        return refuse

    def _changed(self, officer: "OfficerView") -> None:
        self.desk.say(_("The roles of {name} are changed.").format(name=officer.name))
        self._staff = None
        self.reload()

    def _closed(self, officer: "OfficerView") -> None:
        self.desk.say(_("The desk is closed to {name}.").format(name=officer.name))
        self._staff = None
        self.reload()


def _add(w: "Workspace", *, fields: dict[str, Value]) -> FirstPassphrase:
    from sscdesk.application import officers
    from sscdesk.store import derivation

    words = officers.first_passphrase(w)
    made = officers.add(w, fields, words, cost=derivation.calibrate())
    return FirstPassphrase(made.name, made.login, words)


def _new_passphrase(w: "Workspace", *, officer: str) -> FirstPassphrase:
    from sscdesk.application import officers
    from sscdesk.store import derivation

    words = officers.first_passphrase(w)
    lost = officers.give_passphrase(w, officer, words, derivation.calibrate())
    held = next(one for one in officers.listing(w) if one.id == officer)
    return FirstPassphrase(held.name, held.login, words, len(lost))


def _set_roles(w: "Workspace", *, officer: str, roles: tuple[str, ...]) -> "OfficerView":
    from sscdesk.application import officers

    return officers.set_roles(w, officer, roles)


def _disable(w: "Workspace", *, officer: str) -> "OfficerView":
    from sscdesk.application import officers

    return officers.disable(w, officer)
