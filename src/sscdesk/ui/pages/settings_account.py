"""Settings, My account: who is at work, the passphrase, the recovery sheet."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.i18n import _, format_instant
from sscdesk.model.refusal import DeskError
from sscdesk.ui.desk import Desk
from sscdesk.ui.dialogs.first_start_pages import PassphraseStep
from sscdesk.ui.dialogs.recovery_sheet import RecoverySheet, RecoveryStep
from sscdesk.ui.pages.settings_parts import (
    Busy,
    SettingCard,
    SettingsSection,
    error_label,
    say_error,
    words_of,
)
from sscdesk.ui.places import office_line
from sscdesk.ui.widgets.basic import button, label
from sscdesk.ui.widgets.directed import directed
from sscdesk.ui.widgets.passphrase import PassphraseField
from sscdesk.ui.wording import isolated, joined

if TYPE_CHECKING:
    from sscdesk.application.officers import OfficerView
    from sscdesk.application.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Account:
    """What the section shows of the officer at work."""

    officer: "OfficerView"
    has_recovery_key: bool


def read_account(w: "Workspace") -> Account:
    """Read who is at work (in a worker)."""
    from sscdesk.application import officers

    mine = next(one for one in officers.listing(w) if one.id == w.actor.officer)
    return Account(mine, w.profile.vault.has_recovery_key)


class PassphraseCard(SettingCard):
    """Changes the passphrase of the officer at work."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        from sscdesk.store.passphrase import strength

        super().__init__(_("Change my passphrase"), "", parent)
        self.desk = desk
        names = tuple(desk.workspace.actor.name.split())
        self.old = PassphraseField(_("Present passphrase"), self)
        self.step = PassphraseStep(partial(strength, known=names), self)
        self.step.heading.hide()
        self.step.first.rename(_("New passphrase"))
        self.error = error_label(self)
        self.change = button(_("Change my passphrase"), "primary", "key-round", self)
        self.change.clicked.connect(self._change)
        self._busy = Busy(self.change)
        for widget in (self.old, self.step, self.error):
            self.body.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.change)
        row.addStretch(1)
        self.body.addLayout(row)

    @Slot()
    def _change(self) -> None:
        if not self.old.text():
            say_error(self.error, _("Type your present passphrase first."))
            self.old.setFocus()
        elif not self.step.ready():
            say_error(
                self.error,
                _("Type a new passphrase that is at least fair, twice the same."),
            )
            self.step.begin()
        else:
            say_error(self.error, "")
            self._busy.begin()
            run = partial(_change, old=self.old.text(), new=self.step.first.text())
            self.desk.operation(self, run, self._changed, self._refused, _("One moment…"))

    def _changed(self, _answer: object) -> None:
        self._clear()
        self._busy.end()
        self.desk.say(_("Your passphrase is changed. The old one no longer opens this desk."))

    def _refused(self, error: DeskError) -> None:
        self._busy.end()
        say_error(self.error, words_of(error))
        self.old.line.selectAll()
        self.old.setFocus()

    def _clear(self) -> None:
        for field in (self.old, self.step.first, self.step.second):
            field.line.clear()


class RecoveryCard(SettingCard):
    """Makes a recovery sheet anew; it stays in sight until it is put away."""

    def __init__(self, desk: Desk, sheet: RecoverySheet | None, parent: QWidget) -> None:
        super().__init__(_("Recovery sheet"), "", parent)
        self.desk = desk
        self.sheet = sheet
        self.ask = QWidget(self)
        column = QVBoxLayout(self.ask)
        column.setContentsMargins(0, 0, 0, 0)
        self.passphrase = PassphraseField(_("Present passphrase"), self.ask)
        self.error = error_label(self.ask)
        self.make = button(_("Make a new recovery sheet…"), "", "file-plus", self.ask)
        self.make.clicked.connect(self._make)
        self._busy = Busy(self.make)
        row = QHBoxLayout()
        row.addWidget(self.make)
        row.addStretch(1)
        for widget in (self.passphrase, self.error):
            column.addWidget(widget)
        column.addLayout(row)
        self.step = RecoveryStep(self)
        self.done = button(_("Done"), "primary", "", self)
        self.done.clicked.connect(self._put_away)
        self.step.changed.connect(self._dress)
        self.body.addWidget(self.ask)
        self.body.addWidget(self.step)
        self.body.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeading)
        self._dress()

    def show_account(self, account: Account) -> None:
        """Say whether there is a sheet already."""
        self.say(
            _("Recovery sheet"),
            _(
                "The printed key opens this desk when a passphrase is forgotten. One was made; a"
                " new one makes it useless."
            )
            if account.has_recovery_key
            else _(
                "The printed key opens this desk when a passphrase is forgotten. None was made"
                " yet: make one and lock it away."
            ),
        )
        self._dress()

    def _dress(self) -> None:
        shown = self.sheet is not None
        if self.sheet is not None:
            self.step.show_sheet(self.sheet)
        self.ask.setVisible(not shown)
        self.heading.setVisible(not shown)
        self.words.setVisible(not shown and bool(self.words.text()))
        self.step.setVisible(shown)
        self.done.setVisible(shown)
        self.done.setEnabled(self.step.ready())

    @Slot()
    def _make(self) -> None:
        if not self.passphrase.text():
            say_error(self.error, _("Type your present passphrase first."))
            self.passphrase.setFocus()
            return
        say_error(self.error, "")
        self._busy.begin()
        run = partial(_make_key, passphrase=self.passphrase.text())
        self.desk.operation(self, run, self._made, self._refused, _("One moment…"))

    def _made(self, key: str) -> None:
        w = self.desk.workspace
        self.passphrase.line.clear()
        self._busy.end()
        made_on = format_instant(w.clock(), style="long")
        self.sheet = RecoverySheet(office_line(w.office), w.actor.name, made_on, key)
        self.step.put_away.setChecked(False)
        self._dress()
        self.step.begin()

    def _refused(self, error: DeskError) -> None:
        self._busy.end()
        say_error(self.error, words_of(error))
        self.passphrase.line.selectAll()
        self.passphrase.setFocus()

    @Slot()
    def _put_away(self) -> None:
        self.sheet = None
        self.step.show_sheet(RecoverySheet("", "", "", "-" * 7))
        self._dress()
        self.make.setFocus()


class AccountSection(SettingsSection):
    """The officer at work."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._account: Account | None = None
        self.recovery: RecoveryCard | None = None
        super().__init__(desk, parent)

    def lay_out(self, column: QVBoxLayout) -> None:
        self.who = SettingCard(_("You"), "", self)
        self.name = label("", "strong", self.who, wrap=True)
        self.roles = label("", "", self.who, wrap=True)
        self.login = label("", "muted", self.who, wrap=True)
        self.given = label(
            _("Roles are given under Officers, by an administrator."), "small", self.who, wrap=True
        )
        for words in (self.name, self.roles, self.login, self.given):
            self.who.body.addWidget(words)
        self.passphrase = PassphraseCard(self.desk, self)
        shown = self.recovery.sheet if self.recovery is not None else None
        self.recovery = RecoveryCard(self.desk, shown, self)
        for card in (self.who, self.passphrase, self.recovery):
            column.addWidget(card)

    @Slot()
    def reload(self) -> None:
        """Read who is at work."""
        self.desk.query(self, read_account, self._show)

    def _show(self, account: Account) -> None:
        self._account = account
        self.fill()

    def fill(self) -> None:
        account = self._account
        if account is None or self.recovery is None:
            return
        mine = account.officer
        name = f"{mine.name}, {mine.function}" if mine.function else mine.name
        self.name.setText(directed(isolated(name)))
        told = joined(self.desk.wording.code("desk_role", role) for role in mine.roles)
        self.roles.setText(_("Roles: {roles}").format(roles=told))
        words = _("{office} · login on this laptop: {login}")
        office = office_line(self.desk.workspace.office)
        self.login.setText(words.format(office=office, login=isolated(mine.login)))
        self.recovery.show_account(account)


def _change(w: "Workspace", *, old: str, new: str) -> None:
    from sscdesk.application import officers
    from sscdesk.store import derivation

    officers.change_passphrase(w, old, new, derivation.calibrate())


def _make_key(w: "Workspace", *, passphrase: str) -> str:
    from sscdesk.application import recovery
    from sscdesk.store import derivation

    return recovery.make_recovery_key(w, passphrase, derivation.calibrate())
