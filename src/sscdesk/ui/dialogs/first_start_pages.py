"""The steps of the first start: language, office, who, passphrase, what to begin with."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sscdesk.i18n import _, current_language
from sscdesk.model.offices import OFFICES
from sscdesk.model.text import N_
from sscdesk.ui.places import city, country
from sscdesk.ui.widgets.basic import button, label, plain_amp
from sscdesk.ui.widgets.languages import NAMES
from sscdesk.ui.widgets.passphrase import PassphraseField

ROLES = (
    ("officer", N_("I prepare missions and write reports")),
    ("focal_point", N_("I am the focal point: I review, and exchange files with partners")),
    ("head", N_("I head the office: I authorise and sign")),
    ("admin", N_("I look after laptops and accounts only")),
)

STRENGTH_WORDS = {
    "too-short": (N_("Too short: eight letters at least."), "error"),
    "common": (N_("Too well known: somebody would try it first."), "error"),
    "weak": (N_("Weak: add a word or two."), "warn"),
    "fair": (N_("Fair: it would hold for some years."), "good"),
    "strong": (N_("Strong."), "good"),
}
GOOD_ENOUGH = ("fair", "strong")


class Step(QWidget):
    """One step: a question, an explanation, the answer. *Signals*: ``changed``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self.heading = label("", "title", wrap=True)
        self.words = label("", "muted", wrap=True)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.words)
        self.column.addSpacing(6)

    def ready(self) -> bool:
        """Whether one may go on."""
        return True

    def begin(self) -> None:
        """Put the focus where one answers."""

    def reword(self) -> None:
        """Write the words in the language of now."""


class Options(QWidget):
    """Cards of which one is chosen, by mouse or arrow keys. *Signals*: ``chosen(code)``."""

    chosen = Signal(str)

    def __init__(self, codes: Sequence[str], columns: int = 1) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for place, code in enumerate(codes):
            made = button("", "option")
            made.setCheckable(True)
            made.setProperty("code", code)
            self._group.addButton(made)
            self.buttons[code] = made
            grid.addWidget(made, place // columns, place % columns)
        self._group.buttonClicked.connect(self._clicked)

    @property
    def code(self) -> str:
        """The code chosen, empty when none is."""
        held = self._group.checkedButton()
        return str(held.property("code")) if held is not None else ""

    def choose(self, code: str) -> None:
        """Choose one."""
        if code in self.buttons:
            self.buttons[code].setChecked(True)

    def word(self, words: Callable[[str], str]) -> None:
        """Write each card."""
        for code, made in self.buttons.items():
            made.setText(plain_amp(words(code)))

    @Slot(QPushButton)
    def _clicked(self, made: QPushButton) -> None:
        self.chosen.emit(str(made.property("code")))


class LanguageStep(Step):
    """*Signals*: ``language_chosen(code)`` at once, so that the next words are understood."""

    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options = Options(list(NAMES))
        self.options.word(NAMES.__getitem__)
        self.options.choose(current_language())
        self.options.chosen.connect(self.language_chosen)
        self.column.addWidget(self.options)
        self.column.addStretch(1)
        self.reword()

    def begin(self) -> None:
        self.options.buttons[current_language()].setFocus()

    def reword(self) -> None:
        self.heading.setText(_("In which language do you work?"))
        self.words.setText(_("It can be changed at any time."))


class OfficeStep(Step):
    """Which of the four offices."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options = Options(OFFICES, columns=2)
        self.options.chosen.connect(self.changed)
        self.column.addWidget(self.options)
        self.column.addStretch(1)
        self.reword()

    def ready(self) -> bool:
        return bool(self.options.code)

    def begin(self) -> None:
        self.options.buttons[self.options.code or OFFICES[0]].setFocus()

    def reword(self) -> None:
        self.heading.setText(_("Which office is this desk for?"))
        self.words.setText(
            _("It keeps the records of this office. A second laptop of an office joins the first.")
        )
        self.options.word(lambda code: f"{country(code)} — {city(code)}")


class OfficerStep(Step):
    """Who works here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.given = QLineEdit(self)
        self.family = QLineEdit(self)
        self.function = QLineEdit(self)
        self._given_name = label("", "label")
        self._family_name = label("", "label")
        self._function_name = label("", "label")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(_field(self._given_name, self.given))
        row.addLayout(_field(self._family_name, self.family))
        self.column.addLayout(row)
        self.column.addLayout(_field(self._function_name, self.function))
        self._role_name = label("", "label")
        self.column.addWidget(self._role_name)
        self.roles = Options([code for code, _words in ROLES])
        self.roles.choose("officer")
        self.column.addWidget(self.roles)
        self.column.addStretch(1)
        for line in (self.given, self.family):
            line.textChanged.connect(self.changed)
        self.reword()

    def ready(self) -> bool:
        return bool(self.given.text().strip() and self.family.text().strip())

    def begin(self) -> None:
        self.given.setFocus()

    def reword(self) -> None:
        self.heading.setText(_("Who are you?"))
        self.words.setText(_("Your name stands under what you write and sign."))
        for name, line, words in (
            (self._given_name, self.given, _("Given name")),
            (self._family_name, self.family, _("Family name")),
            (self._function_name, self.function, _("Function, as printed under a signature")),
        ):
            name.setText(words)
            line.setAccessibleName(words)
        self._role_name.setText(_("What do you do at the desk?"))
        words_of = dict(ROLES)
        self.roles.word(lambda code: _(words_of[code]))


class PassphraseStep(Step):
    """The passphrase, twice, with its strength in words."""

    def __init__(self, judge: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judge = judge
        self.first = PassphraseField("", self)
        self.strength = label("", "small", wrap=True)
        self.second = PassphraseField("", self)
        self.same = label("", "small", wrap=True)
        for widget in (self.first, self.strength, self.second, self.same):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.first.line.textChanged.connect(self._typed)
        self.second.line.textChanged.connect(self._typed)
        self.reword()

    def ready(self) -> bool:
        good = self._judge(self.first.text()) in GOOD_ENOUGH
        return good and self.first.text() == self.second.text()

    def begin(self) -> None:
        self.first.setFocus()

    def reword(self) -> None:
        self.heading.setText(_("Choose a passphrase"))
        self.words.setText(
            _(
                "Four words that do not belong together are easy to remember and hard to guess. "
                "Without it nobody can read this desk, not even we."
            )
        )
        self.first.rename(_("Passphrase"))
        self.second.rename(_("The same once more"))
        self._typed()

    @Slot()
    def _typed(self) -> None:
        typed, again = self.first.text(), self.second.text()
        words, look_name = STRENGTH_WORDS[self._judge(typed)] if typed else ("", "small")
        self._show(self.strength, _(words) if words else "", look_name)
        if not again:
            self._show(self.same, "", "small")
        elif again == typed:
            self._show(self.same, _("Both are the same."), "good")
        else:
            begun = typed.startswith(again)
            self._show(self.same, "" if begun else _("The two are not the same."), "error")
        self.changed.emit()

    @staticmethod
    def _show(line: QWidget, words: str, look_name: str) -> None:
        line.setProperty("text", words)
        line.setProperty("look", look_name)
        line.setVisible(bool(words))
        line.style().unpolish(line)
        line.style().polish(line)


class ContentStep(Step):
    """Sample data to try, or an empty desk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options = Options(("empty", "sample"))
        self.options.choose("empty")
        self.column.addWidget(self.options)
        self.column.addStretch(1)
        self.reword()

    def begin(self) -> None:
        self.options.buttons[self.options.code].setFocus()

    def reword(self) -> None:
        self.heading.setText(_("What shall the desk begin with?"))
        self.words.setText(
            _("Nobody in the sample data exists, and every paper made of them says so.")
        )
        words = {
            "empty": _("An empty desk, for real work"),
            "sample": _("Sample data, to try things out"),
        }
        self.options.word(words.__getitem__)


def _field(name: QWidget, line: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(name)
    column.addWidget(line)
    return column
