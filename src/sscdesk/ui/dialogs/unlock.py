"""The window that asks for the passphrase: it shows before anything heavy is loaded.

It knows no store. *Signals*: ``unlock_wanted(login, passphrase)``;
``recovery_wanted(login, key, new passphrase)``; ``language_chosen(code)``; ``left`` when
it is closed without opening a desk.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sscdesk.i18n import _, error_hint, error_text
from sscdesk.model.refusal import DeskError
from sscdesk.ui.look import look
from sscdesk.ui.widgets.basic import Card, button, label
from sscdesk.ui.widgets.emblem import Emblem
from sscdesk.ui.widgets.languages import LanguageRow
from sscdesk.ui.widgets.passphrase import PassphraseField


class UnlockWindow(QWidget):
    """Asks who opens the desk and for their passphrase."""

    unlock_wanted = Signal(str, str)
    recovery_wanted = Signal(str, str, str)
    language_chosen = Signal(str)
    left = Signal()

    def __init__(self, last_login: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unlock_window")
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._last_login = last_login
        self._opened = False
        self._build()
        self.reword()
        self.resize(look().sp(460), look().sp(560))

    def _build(self) -> None:
        outside = QVBoxLayout(self)
        outside.setContentsMargins(32, 28, 32, 20)
        outside.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Emblem())
        words = QVBoxLayout()
        words.setSpacing(0)
        self._name = label("", "heading")
        self._under = label("", "small")
        words.addWidget(self._name)
        words.addWidget(self._under)
        head.addLayout(words, 1)
        outside.addLayout(head)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._passphrase_page())
        self._pages.addWidget(self._recovery_page())
        outside.addWidget(self._pages, 1)
        self._languages = LanguageRow(self)
        self._languages.chosen.connect(self.language_chosen)
        outside.addWidget(self._languages, 0, Qt.AlignmentFlag.AlignCenter)

    def _passphrase_page(self) -> QWidget:
        card = Card(self)
        card.body.setContentsMargins(24, 22, 24, 20)
        card.body.setSpacing(10)
        self._title = label("", "title")
        self._who_name = label("", "label")
        self.who = QComboBox(card)
        self.passphrase = PassphraseField("", card)
        self.passphrase.line.returnPressed.connect(self._unlock)
        self.passphrase.line.textChanged.connect(self._typing)
        self.message = label("", "error", wrap=True)
        self.hint = label("", "small", wrap=True)
        self.open_button = button("", "primary", "lock-open")
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self._unlock)
        self.forgotten = button("", "link")
        self.forgotten.clicked.connect(self._show_recovery)
        for widget in (self._title, self._who_name, self.who, self.passphrase):
            card.body.addWidget(widget)
        for widget in (self.message, self.hint):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        card.body.addWidget(self.open_button)
        card.body.addWidget(self.forgotten, 0, Qt.AlignmentFlag.AlignCenter)
        self.show_logins(())
        return card

    def _recovery_page(self) -> QWidget:
        card = Card(self)
        card.body.setContentsMargins(24, 22, 24, 20)
        card.body.setSpacing(8)
        self._recovery_title = label("", "title")
        self._recovery_words = label("", "muted", wrap=True)
        self._key_name = label("", "label")
        self.key = QLineEdit(card)
        self.key.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.new = PassphraseField("", card)
        self.recovery_message = label("", "error", wrap=True)
        self.recover_button = button("", "primary", "key-round")
        self.recover_button.clicked.connect(self._recover)
        self.back = button("", "link")
        self.back.clicked.connect(self._show_passphrase)
        for widget in (
            self._recovery_title,
            self._recovery_words,
            self._key_name,
            self.key,
            self.new,
            self.recovery_message,
        ):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        card.body.addWidget(self.recover_button)
        card.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignCenter)
        return card

    def reword(self) -> None:
        """Write the words again, in the language of now."""
        self.setWindowTitle(_("South-South Desk"))
        self._name.setText(_("South-South Desk"))
        self._under.setText(_("Cooperation between the four offices on migration"))
        self._title.setText(_("Who is at the desk?"))
        self._who_name.setText(_("Officer"))
        self.who.setAccessibleName(_("Officer"))
        self.passphrase.rename(_("Passphrase"))
        self.open_button.setText(_("Open the desk"))
        self.forgotten.setText(_("Passphrase forgotten?"))
        self._recovery_title.setText(_("With the recovery key"))
        self._recovery_words.setText(
            _(
                "Type the key of the printed sheet, then a new passphrase. What was recorded "
                "stays; a signing key that only the old passphrase opened must be made again."
            )
        )
        self._key_name.setText(_("Recovery key"))
        self.key.setAccessibleName(_("Recovery key"))
        self.key.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.new.rename(_("New passphrase"))
        self.recover_button.setText(_("Open with the key"))
        self.back.setText(_("Back to the passphrase"))
        self._languages.reword()

    # What it is told

    def show_logins(self, logins: Sequence[str]) -> None:
        """Offer these officers; one alone is not asked for."""
        self.who.clear()
        self.who.addItems(list(logins))
        place = self.who.findText(self._last_login)
        self.who.setCurrentIndex(max(0, place))
        several = len(logins) > 1
        self.who.setVisible(several)
        self._who_name.setVisible(several)

    def show_busy(self, words: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        self._say("", "")
        self.hint.setText(words)
        self._set_enabled(not words)

    def show_refusal(self, error: DeskError) -> None:
        """Say in words why the desk did not open."""
        self._set_enabled(True)
        self._say(error_text(error), error_hint(error))
        if error.code in ("wrong-passphrase", "recovery-key-mistyped"):
            line = self._line_in_front()
            line.selectAll()
            line.setFocus()

    def opened(self) -> None:
        """Close the window: the desk is open."""
        self._opened = True
        self.close()

    def _say(self, words: str, hint: str) -> None:
        self.message.setText(words)
        self.hint.setText(hint)
        self.recovery_message.setText(" ".join((words, hint)).strip())
        self.message.setAccessibleName(words)

    def _line_in_front(self) -> QLineEdit:
        return self.passphrase.line if self._pages.currentIndex() == 0 else self.key

    def _set_enabled(self, enabled: bool) -> None:
        for widget in (self.open_button, self.recover_button, self.who, self.forgotten):
            widget.setEnabled(enabled)
        for line in (self.passphrase.line, self.key, self.new.line):
            line.setReadOnly(not enabled)

    # What happens

    @property
    def login(self) -> str:
        """Who is chosen; empty where there is one officer only and not yet known."""
        return self.who.currentText()

    @Slot()
    def _unlock(self) -> None:
        if self.open_button.isEnabled() and self.passphrase.text():
            self.unlock_wanted.emit(self.login, self.passphrase.text())

    @Slot()
    def _recover(self) -> None:
        if self.key.text().strip() and self.new.text():
            self.recovery_wanted.emit(self.login, self.key.text(), self.new.text())

    @Slot()
    def _typing(self) -> None:
        if self.message.text():
            self._say("", "")

    @Slot()
    def _show_recovery(self) -> None:
        self._say("", "")
        self._pages.setCurrentIndex(1)
        self.key.setFocus()

    @Slot()
    def _show_passphrase(self) -> None:
        self._say("", "")
        self._pages.setCurrentIndex(0)
        self.passphrase.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.passphrase.line.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        for line in (self.passphrase.line, self.new.line):
            line.clear()
        if not self._opened:
            self.left.emit()
        super().closeEvent(event)
