"""What the sections of Settings are made of: a column of cards, reasons, a question."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sscdesk.i18n import _, error_hint, error_text
from sscdesk.model.refusal import DeskError
from sscdesk.ui.look import look
from sscdesk.ui.pages.section import Section, scrolled
from sscdesk.ui.widgets.basic import Card, button, label
from sscdesk.ui.widgets.strips import Strip

WIDEST = 860
"""Lines of settings are no longer than one reads with ease."""


class SettingsSection(Section):
    """A section of Settings: cards in one column that scrolls."""

    def build(self, inside: QWidget) -> None:
        outside = QVBoxLayout(inside)
        outside.setContentsMargins(0, 0, 0, 0)
        sheet = QWidget()
        row = QHBoxLayout(sheet)
        row.setContentsMargins(22, 18, 22, 22)
        self.holder = QWidget(sheet)
        self.holder.setProperty("look", "ground")
        self.holder.setMaximumWidth(look().sp(WIDEST))
        column = QVBoxLayout(self.holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.lay_out(column)
        column.addStretch(1)
        row.addWidget(self.holder, 100)
        row.addStretch(1)
        self.area = scrolled(sheet, inside)
        outside.addWidget(self.area)

    def lay_out(self, column: QVBoxLayout) -> None:
        """Put the cards into the column."""


class SettingCard(Card):
    """A card with a heading and, where it helps, a sentence that explains."""

    def __init__(self, heading: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = label(heading, "heading", self, wrap=True)
        self.words = label(words, "muted", self, wrap=True)
        self.words.setVisible(bool(words))
        self.body.addWidget(self.heading)
        self.body.addWidget(self.words)
        self.setAccessibleName(heading)

    def say(self, heading: str, words: str = "") -> None:
        """Write other words above the card's contents."""
        self.heading.setText(heading)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.setAccessibleName(heading)


def reason_strip(error: DeskError, parent: QWidget | None = None) -> Strip:
    """Say why something is not for this officer, and whom to ask."""
    hint = _("You can read it. Ask an officer who has this role.")
    return Strip(error_text(error), "info", hint, parent, icon="lock")


def error_label(parent: QWidget) -> QLabel:
    """Return a line, empty at first, that says what is wrong beside the fields."""
    made = label("", "error", parent, wrap=True)
    made.hide()
    return made


def say_error(line: QLabel, words: str) -> None:
    """Show what is wrong; nothing hides the line."""
    line.setText(words)
    line.setAccessibleName(words)
    line.setVisible(bool(words))


def words_of(error: DeskError) -> str:
    """Return a refusal with what to do next, in one line."""
    return f"{error_text(error)} {error_hint(error)}".strip()


class Busy:
    """Switches buttons off while something is done, and gives the keys back afterwards.

    Qt hands the keys of a button that is switched off to its neighbour.
    """

    def __init__(self, *buttons: QPushButton) -> None:
        self._buttons = buttons
        self._held: QPushButton | None = None
        self._moved: QWidget | None = None

    def begin(self) -> None:
        """Switch the buttons off."""
        self._held = next((one for one in self._buttons if one.hasFocus()), None)
        for one in self._buttons:
            one.setEnabled(False)
        self._moved = self._focus()

    def end(self) -> None:
        """Switch them on; the keys return unless the officer has gone on elsewhere."""
        for one in self._buttons:
            one.setEnabled(True)
        if self._held is not None and self._focus() is self._moved:
            self._held.setFocus(Qt.FocusReason.OtherFocusReason)
        self._held = None

    def _focus(self) -> QWidget | None:
        return self._buttons[0].window().focusWidget()


class Question(QDialog):
    """Asks before what cannot be undone. ``act`` is called when the officer confirms."""

    def __init__(
        self,
        heading: str,
        words: str,
        action: str,
        act: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        self.setAccessibleName(heading)
        self.setMinimumWidth(look().sp(440))
        self._act = act
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(heading, "heading", self, wrap=True))
        column.addWidget(label(words, "", self, wrap=True))
        row = QHBoxLayout()
        self.cancel = button(_("Cancel"), "", "", self)
        self.confirm = button(action, "danger", "", self)
        self.cancel.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._confirmed)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.confirm)
        column.addLayout(row)

    @Slot()
    def _confirmed(self) -> None:
        self.accept()
        self._act()


def empty_layout(layout: QVBoxLayout) -> None:
    """Take everything out of a column."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
