"""The signature book: what waits for my act, the paper beside it, sign or return, by keyboard."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.signature_book import BookLine, Changes
from sscdesk.application.views import ActionView, RecordView
from sscdesk.i18n import _, ngettext
from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.dialogs.reason import ReasonDialog
from sscdesk.ui.dialogs.sign import SignDialog
from sscdesk.ui.forms.acts import perform
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.look import look
from sscdesk.ui.models.line_list import Line, LineList
from sscdesk.ui.operations import Latest
from sscdesk.ui.pages.book_words import act_word, brought_words, read_words, row_words
from sscdesk.ui.pages.paper_panel import PaperPanel
from sscdesk.ui.pages.section import Section, scrolled
from sscdesk.ui.widgets.basic import Card, Chip, EmptyState, button, icon_button, label, plain_amp
from sscdesk.ui.widgets.directed import directed, directed_title
from sscdesk.ui.widgets.eliding import ElidingLabel
from sscdesk.ui.widgets.segments import Segments
from sscdesk.ui.widgets.word_diff import WordDiff

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

FOLLOW_MS = 90
READ_MS = 3_000
"""A version counts as read once it has been before the eyes this long."""
PAPER, CHANGES = "paper", "changes"


@dataclass(frozen=True, slots=True)
class Opened:
    """One report of the book with what may be done and what is new."""

    view: RecordView
    actions: tuple[ActionView, ...]
    changes: Changes

    def action(self, name: str) -> ActionView | None:
        """Return an act that is offered now."""
        return next((one for one in self.actions if one.action == name and one.allowed), None)


def read_opened(w: "Workspace", *, report: str) -> Opened:
    """Read a report of the book (in a worker)."""
    from sscdesk.application import actions, records, signature_book

    return Opened(
        records.view(w, report), actions.actions(w, report), signature_book.changes(w, report)
    )


class BookSection(Section):
    """*Signals*: ``report_wanted(id)`` for a report that does not wait for this officer."""

    report_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._lines: tuple[BookLine, ...] | None = None
        self._opened: Opened | None = None
        self._wanted = ""
        self.dialog: SignDialog | ReasonDialog | None = None
        self._openings = Latest(self, desk.workers)
        super().__init__(desk, parent)
        self._add_shortcuts()

    # ------------------------------------------------------------ building

    def build(self, inside: QWidget) -> None:
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget(inside)
        self.empty = EmptyState("signature", inside)
        self.empty.say(
            _("Nothing waits for you"),
            _("Reports to review, to sign or to countersign lie here until you have acted."),
        )
        self.splitter = QSplitter(inside)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._leading(self.splitter))
        self.splitter.addWidget(self._trailing(self.splitter))
        self.splitter.setSizes([340, 820])
        self.splitter.setStretchFactor(1, 1)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.splitter)
        column.addWidget(self.stack)
        self._follow = _timer(inside, FOLLOW_MS, self._open_chosen)
        self._reading = _timer(inside, READ_MS, self.mark_read)
        self.around = FormAround(self.desk, self)

    def _leading(self, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        made.setProperty("look", "paper")
        made.setMinimumWidth(look().sp(190))
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        self.summary = label("", "small", made)
        self.summary.setContentsMargins(14, 0, 14, 0)
        self.list = LineList(_("What waits for you"), made)
        self.list.selectionModel().currentChanged.connect(self._followed)
        self.list.opened.connect(self._to_paper)
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)
        return made

    def _trailing(self, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(made))
        self.sheets = QStackedWidget(made)
        self.paper = PaperPanel(self.desk, self.sheets)
        changes = QWidget()
        self._sections = QVBoxLayout(changes)
        self._sections.setContentsMargins(22, 14, 22, 22)
        self._sections.setSpacing(12)
        self._sections.addStretch(1)
        self._section_cards: list[Card] = []
        self.changes = scrolled(changes, self.sheets)
        self.sheets.addWidget(self.paper)
        self.sheets.addWidget(self.changes)
        column.addWidget(self.sheets, 1)
        column.addWidget(self._foot(made))
        return made

    def _head(self, parent: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(22, 14, 22, 10)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.ref = label("", "small", parent)
        self.chip = Chip("", "info", parent, tall=True)
        self.brought = label("", "small", parent, wrap=True)
        row.addWidget(self.ref)
        row.addWidget(self.chip)
        row.addStretch(1)
        self.open = icon_button("external-link", _("Open the record"), parent)
        self.open.clicked.connect(self._open_record)
        row.addWidget(self.open)
        column.addLayout(row)
        self.title = label("", "title", parent, wrap=True)
        column.addWidget(self.title)
        column.addWidget(self.brought)
        line = QHBoxLayout()
        line.setSpacing(10)
        self.read = label("", "muted", parent, wrap=True)
        self.segments = Segments(
            {PAPER: _("The paper"), CHANGES: _("What changed")}, _("What is shown"), parent
        )
        self.segments.chosen.connect(self.show_sheet)
        line.addWidget(self.read, 1)
        line.addWidget(self.segments)
        column.addLayout(line)
        return column

    def _foot(self, parent: QWidget) -> QFrame:
        frame = QFrame(parent)
        frame.setProperty("look", "acts")
        row = QHBoxLayout(frame)
        row.setContentsMargins(22, 8, 22, 8)
        row.setSpacing(8)
        self.act = button("", "primary", "signature", frame)
        self.act.setToolTip("Ctrl+Return")
        self.act.clicked.connect(self.do_act)
        row.addWidget(self.act)
        self.answers: dict[str, QPushButton] = {}
        for name, words, icon in (
            ("return", _("Return to the author…"), "reply"),
            ("contest", _("Contest…"), "message-square"),
        ):
            made = button(words, "", icon, frame)
            made.clicked.connect(partial(self.answer, name))
            self.answers[name] = made
            row.addWidget(made)
            made.setToolTip("Ctrl+R")
        self.keys = ElidingLabel("", "small", frame)
        row.addSpacing(8)
        row.addWidget(self.keys, 1)
        return frame

    def _add_shortcuts(self) -> None:
        for keys, then in (
            ("Ctrl+Return", self.do_act),
            ("Ctrl+Enter", self.do_act),
            ("Ctrl+R", self._answer),
            ("Alt+Down", self._next),
            ("Alt+Up", self._previous),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(then)

    # ------------------------------------------------------------ reading, showing

    def shown(self, argument: Any = None) -> None:
        self._wanted = argument if isinstance(argument, str) else ""
        self.reload()
        self.list.setFocus()

    @Slot()
    def reload(self) -> None:
        """Read what waits."""
        self.desk.query(self, _waiting, self._show)

    def _show(self, lines: tuple[BookLine, ...]) -> None:
        known, self._lines = self._lines, lines
        self.counted.emit(len(lines))
        wanted, self._wanted = self._wanted, ""
        if wanted and all(line.id != wanted for line in lines):
            self.report_wanted.emit(wanted)
        if known != lines or not self.list.line_model.lines:
            self._fill(wanted)
        elif wanted:
            self.list.choose(wanted)

    def fill(self) -> None:
        if self._lines is not None:
            self._fill("")

    def _fill(self, wanted: str) -> None:
        lines = self._lines or ()
        self.stack.setCurrentWidget(self.splitter if lines else self.empty)
        words = ngettext("{count} report waits", "{count} reports wait", len(lines))
        self.summary.setText(words.format(count=len(lines)))
        chosen, place = wanted or self.list.chosen(), self.list.currentIndex().row()
        self.list.line_model.show_lines([Line(one.id, row_words(one)) for one in lines])
        if not lines:
            self._opened = None
            self.paper.clear("")
            return
        if all(line.id != chosen for line in lines):
            chosen = lines[min(max(0, place), len(lines) - 1)].id
        self.list.choose(chosen)
        self._follow.start()

    @property
    def line(self) -> BookLine | None:
        """The report chosen."""
        chosen = self.list.chosen()
        return next((one for one in self._lines or () if one.id == chosen), None)

    @Slot(QModelIndex, QModelIndex)
    def _followed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._reading.stop()
        self._follow.start()

    @Slot()
    def _open_chosen(self) -> None:
        line = self.line
        if line is None:
            return
        self._opened = None
        self._dress(line)
        self.show_sheet(PAPER)
        ours = line.owner == self.desk.workspace.office
        finance = ours and line.kind == "mission_report"
        self.paper.show_paper(line.id, line.ref, finance=finance)
        run = partial(read_opened, self.desk.workspace, report=line.id)
        self._openings.ask(run, partial(self._came, line.id), self.desk.refuse)

    def _came(self, report: str, opened: Opened) -> None:
        line = self.line
        if line is None or line.id != report:
            return
        self._opened = opened
        self._dress(line)
        self._show_changes(opened.changes)
        self._reading.start()

    def _dress(self, line: BookLine) -> None:
        opened = self._opened
        self.ref.setText(_("{ref} · rev. {number}").format(ref=line.ref, number=line.revision + 1))
        self.chip.show_state(act_word(line), "info" if line.action == "review" else "reported")
        self.brought.setText(directed(brought_words(line)))
        self.title.setText(directed_title(line.title))
        self.read.setText(read_words(line, opened.changes if opened else None))
        words = _("{act}…") if line.action != "review" else "{act}"
        self.act.setText(plain_amp(words.format(act=_(line.label))))
        self.keys.setText(directed(self._keys(line.label)))
        self.act.setEnabled(opened is not None)
        for name, made in self.answers.items():
            made.setVisible(opened is not None and opened.action(name) is not None)
        count = len(opened.changes.sections) if opened else 0
        self.segments.setVisible(count > 0)
        self.segments.rename(CHANGES, _("What changed · {count}").format(count=count))

    def _show_changes(self, changes: Changes) -> None:
        for card in self._section_cards:
            self._sections.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._section_cards = []
        for section in changes.sections:
            card = Card(self)
            card.setMaximumWidth(look().sp(860))
            card.body.addWidget(label(_(section.label), "strong", card))
            diff = WordDiff(_(section.label), card)
            diff.show_pieces(section.pieces)
            card.body.addWidget(diff)
            self._section_cards.append(card)
            self._sections.insertWidget(self._sections.count() - 1, card)

    @Slot(str)
    def show_sheet(self, name: str) -> None:
        """Show the paper, or what changed in it."""
        self.sheets.setCurrentWidget(self.changes if name == CHANGES else self.paper)
        self.segments.choose(name)

    @Slot(QModelIndex)
    def _to_paper(self, _index: QModelIndex) -> None:
        self.paper.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def mark_read(self) -> None:
        """Remember that this version has been before the eyes."""
        line = self.line
        if line is not None and self._opened is not None and line.is_new:
            self.desk.operation(self, partial(_mark_read, report=line.id))

    @Slot()
    def _next(self) -> None:
        self.list.step(1)

    @Slot()
    def _previous(self) -> None:
        self.list.step(-1)

    @Slot()
    def _open_record(self) -> None:
        line = self.line
        if line is not None:
            self.desk.open("report", line.id, apart=True)

    # ------------------------------------------------------------ acting

    @Slot()
    def do_act(self) -> None:
        """Do what the report waits for: review it, sign it, countersign it."""
        line = self.line
        if line is None or self._opened is None:
            return
        self.mark_read()
        if line.action == "review":
            self._perform("review", "", {})
            return
        if line.action == "revise":
            self.answer("revise")
            return
        self.dialog = SignDialog(self.desk, line, self)
        self.dialog.signed.connect(self._signed)
        self.dialog.open()

    def _signed(self, view: RecordView) -> None:
        self.dialog = None
        self.desk.say(_("{ref} is signed. It goes out with the next file.").format(ref=view.ref))
        self.reload()

    @Slot()
    def _offered(self) -> str:
        """Return the other answer that this report allows: it is returned, or contested."""
        opened = self._opened
        names = [name for name in self.answers if opened and opened.action(name)]
        return names[0] if names else ""

    def _keys(self, act: str) -> str:
        keys = {
            "": _("Alt+↓ next · Ctrl+Return: {act}"),
            "return": _("Alt+↓ next · Ctrl+Return: {act} · Ctrl+R: return"),
            "contest": _("Alt+↓ next · Ctrl+Return: {act} · Ctrl+R: contest"),
        }
        return keys[self._offered()].format(act=_(act))

    def _answer(self) -> None:
        self.answer(self._offered())

    def answer(self, name: str, _checked: bool = False) -> None:
        """Return the report to its author, or contest it, with a reason."""
        opened = self._opened
        step = opened.action(name) if opened is not None else None
        if opened is None or step is None:
            return
        self.mark_read()
        self.dialog = ReasonDialog(
            step, opened.view, self.around, partial(self._perform, name), self
        )
        self.dialog.open()

    def _perform(self, name: str, note: str, values: Mapping[str, Value]) -> None:
        line = self.line
        if line is None:
            return
        run = partial(perform, ref=line.id, action=name, note=note, values=dict(values))
        self.desk.operation(self, run, partial(self._performed, name), self._not_performed)

    def _performed(self, name: str, view: RecordView) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog = None
        told = {
            "review": _("{ref} is reviewed. It now waits for the signature."),
            "return": _("{ref} goes back to its author with your note."),
            "contest": _("{ref} is contested. Your reason goes out with the next file."),
            "revise": _("{ref} is begun, the next revision. Put right what was contested."),
        }
        self.desk.say(told.get(name, "{ref}").format(ref=view.ref))
        self.reload()

    def _not_performed(self, error: DeskError) -> None:
        if isinstance(self.dialog, ReasonDialog):
            self.dialog.refuse(error)
        else:
            self.desk.refuse(error)


def _timer(parent: QWidget, rest: int, then: Any) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(rest)
    made.timeout.connect(then)
    return made


def _waiting(w: "Workspace") -> tuple[BookLine, ...]:
    from sscdesk.application import signature_book

    return signature_book.waiting(w)


def _mark_read(w: "Workspace", *, report: str) -> None:
    from sscdesk.application import signature_book

    signature_book.mark_read(w, report)
