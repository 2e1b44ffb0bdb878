"""One term of a list: its labels, and what this office may do with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import combining, normalize

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from sscdesk.application.vocabularies import TermView
from sscdesk.i18n import _
from sscdesk.model.offices import SECRETARIAT
from sscdesk.model.refusal import DeskError
from sscdesk.ui.models.terms import label_here
from sscdesk.ui.pages.settings_parts import Busy, error_label, say_error, words_of
from sscdesk.ui.places import office_name
from sscdesk.ui.widgets.basic import Card, button, label
from sscdesk.ui.widgets.directed import directed_title
from sscdesk.ui.widgets.editors.flow import FlowLayout

LANGUAGES = ("fr", "en", "ar")
CHANGE, ADD, HERE, SUGGEST, RETIRE, BRING_BACK = (
    "change",
    "add",
    "here",
    "suggest",
    "retire",
    "bring_back",
)


@dataclass(frozen=True, slots=True)
class TermWish:
    """What is to be done with a term."""

    act: str
    """One of the acts above."""
    code: str
    labels: Mapping[str, str]


def proposed_code(label_en: str) -> str:
    """Return the code that an English label suggests: small letters and underscores."""
    plain = "".join(one for one in normalize("NFD", label_en.casefold()) if not combining(one))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60]


class TermCard(Card):
    """Shows a term, or begins one. *Signals*: ``wanted(TermWish)``; ``left``."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, office: str, *, fixed: bool, may: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.office = office
        self.keeps = office == SECRETARIAT
        """Whether this office keeps the lists for all."""
        self._fixed = fixed
        self._may = may
        self.term: TermView | None = None
        self._own_code = False
        self.body.setSpacing(8)
        self.heading = label("", "heading", self, wrap=True)
        self.told = label("", "muted", self, wrap=True)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.told)
        self.body.addLayout(self._lines())
        self.error = error_label(self)
        self.body.addWidget(self.error)
        self.body.addLayout(self._acts())

    def _lines(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        names = (_("Label (French)"), _("Label (English)"), _("Label (Arabic)"), _("Code"))
        self.lines: dict[str, QLineEdit] = {}
        self._names = []
        for place, (key, name) in enumerate(zip((*LANGUAGES, "code"), names, strict=True)):
            line = QLineEdit(self)
            line.setAccessibleName(name)
            line.setMaxLength(200)
            above = label(name, "label", self)
            grid.addWidget(above, 0, place)
            grid.addWidget(line, 1, place)
            grid.setColumnStretch(place, 1)
            self.lines[key] = line
            self._names.append(above)
        self.lines["ar"].setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        for key in ("fr", "en", "code"):
            self.lines[key].setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.lines["en"].textEdited.connect(self._propose)
        self.code.textEdited.connect(self._take_code)
        return grid

    @property
    def code(self) -> QLineEdit:
        """The line of the code, for a new term."""
        return self.lines["code"]

    def _acts(self) -> FlowLayout:
        row = FlowLayout(spacing=8)
        self.acts: dict[str, QPushButton] = {}
        suggest = _("Suggest to the {office}").format(office=office_name(SECRETARIAT))
        for act, words, rank in (
            (ADD, _("Add the term"), "primary"),
            (CHANGE, _("Save the labels"), "primary"),
            (HERE, _("Use in this country"), "primary"),
            (SUGGEST, suggest, ""),
            (RETIRE, _("Retire"), "danger"),
            (BRING_BACK, _("Bring back"), ""),
        ):
            made = button(words, rank, "", self)
            made.setProperty("act", act)
            made.clicked.connect(self._wish)
            self.acts[act] = made
            row.addWidget(made)
        self._busy = Busy(*self.acts.values())
        self.leave = button(_("Close the term"), "quiet", "", self)
        self.leave.clicked.connect(self.left)
        row.addWidget(self.leave)
        return row

    # ------------------------------------------------------------ showing

    def show_term(self, term: TermView) -> None:
        """Show a term with what may be done with it."""
        self.term = term
        say_error(self.error, "")
        own = None if self.keeps else label_here(term, self.office)
        shown = own if own is not None else term
        for code in LANGUAGES:
            self.lines[code].setText(str(getattr(shown, code)))
        title = term.label("", "") if term.known else term.code
        self.heading.setText(directed_title(title))
        self.setAccessibleName(title)
        self.told.setText(self._sentence(term))
        self._show_lines(editable=self._may and term.known, with_code=False)
        self._offer(self._possible(term))

    def begin(self) -> None:
        """Begin a new term."""
        self.term = None
        self._own_code = False
        say_error(self.error, "")
        for line in self.lines.values():
            line.clear()
        self.heading.setText(_("A new term"))
        self.setAccessibleName(_("A new term"))
        self.told.setText(
            _("A code is given once and never used again. It is not shown to officers.")
        )
        self._show_lines(editable=True, with_code=True)
        self._offer({ADD} if self.keeps else {SUGGEST})
        self.lines["fr"].setFocus()

    def _possible(self, term: TermView) -> set[str]:
        if not (self._may and term.known):
            return set()
        if not self.keeps:
            return {HERE, SUGGEST}
        if self._fixed:
            return {CHANGE}
        return {CHANGE, BRING_BACK if term.retired else RETIRE}

    def _sentence(self, term: TermView) -> str:
        if not term.known:
            return _("Records hold this code; its term comes with a file of the {office}.").format(
                office=office_name(SECRETARIAT)
            )
        if not self.keeps:
            return _("What you write is shown in your office; the others keep the common label.")
        return _("A change travels with the next files to every office.")

    def _show_lines(self, *, editable: bool, with_code: bool) -> None:
        for line in self.lines.values():
            line.setReadOnly(not editable)
        self.code.setVisible(with_code)
        self._names[-1].setVisible(with_code)

    def _offer(self, acts: set[str]) -> None:
        for act, made in self.acts.items():
            made.setVisible(act in acts)
            made.setEnabled(True)

    def refuse(self, error: DeskError) -> None:
        """Say why it was refused; what was typed stays."""
        self._busy.end()
        say_error(self.error, words_of(error))
        field = (error.field or "").removeprefix("label_")
        if field in self.lines:
            self.lines[field].setFocus()

    # ------------------------------------------------------------ acting

    @Slot(str)
    def _propose(self, typed: str) -> None:
        if self.term is None and not self._own_code:
            self.code.setText(proposed_code(typed))

    @Slot(str)
    def _take_code(self, typed: str) -> None:
        self._own_code = bool(typed)

    @Slot()
    def _wish(self) -> None:
        code = self.term.code if self.term is not None else self.code.text().strip()
        labels = {name: self.lines[name].text().strip() for name in LANGUAGES}
        act = str(self.sender().property("act"))
        self._busy.begin()
        self.wanted.emit(TermWish(act, code, labels))
