"""The head of a record: number, state, who owns it and sees it, the one next step."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.briefing import ENTITIES
from sscdesk.application.views import ActionView, RecordView
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.offices import OFFICES
from sscdesk.ui.desk import Desk
from sscdesk.ui.dialogs.briefing import KEYS
from sscdesk.ui.forms.missing import MissingPopup
from sscdesk.ui.forms.person_rights import rights_offered
from sscdesk.ui.forms.saving import SaveState
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.icons import dress
from sscdesk.ui.places import country, office_name
from sscdesk.ui.tones import tone_of
from sscdesk.ui.widgets.audience import OfficesDrawing
from sscdesk.ui.widgets.basic import Chip, icon_button, icon_label, label, plain_amp, styled
from sscdesk.ui.widgets.tips import plain_tip
from sscdesk.ui.wording import joined


def audience_sentence(view: RecordView) -> str:
    """Say who owns a record and who else sees it: "Office of Morocco · shared with Mali"."""
    owner = office_name(view.owner)
    others = [office for office in view.audience if office != view.owner]
    if not others:
        return _("{office} · not shared").format(office=owner)
    if len(others) == len(OFFICES) - 1:
        return _("{office} · shared with all offices").format(office=owner)
    shared = joined(country(office) for office in others)
    return _("{office} · shared with {countries}").format(office=owner, countries=shared)


class ElidedLabel(QLabel):
    """Words that are cut where there is no room, whole in their tip."""

    def __init__(self, parent: QWidget | None = None, look: str = "small") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", look)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str) -> None:
        """Show ``words``, as many as fit."""
        self._whole = words
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(words)
        self._cut()

    def wanted_width(self) -> int:
        """Return the width in which nothing is cut."""
        return self.fontMetrics().horizontalAdvance(self._whole) + 2

    def minimumSizeHint(self) -> QSize:
        return QSize(20, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._whole, mode, self.width()))


class SaveLabel(QWidget):
    """Says whether all is on disk. *Signals*: ``clicked`` when the officer asks where it hangs."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None, *, always: bool = False) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._always = always
        """Whether "Saved" is written out, too."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._icon = icon_label("check", "good", 14)
        self.words = QToolButton(self)
        self.words.setProperty("look", "save_words")
        self.words.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words.clicked.connect(self.clicked)
        row.addWidget(self._icon)
        row.addWidget(self.words)
        self.show_state(SaveState.SAVED, "")

    def show_state(self, state: SaveState, reason: str) -> None:
        """Show a state; ``reason`` says why a change is not saved."""
        words, icon, token = {
            SaveState.SAVED: (_("Saved"), "check", "good"),
            SaveState.WAITING: (_("Saving…"), "clock", "muted"),
            SaveState.SAVING: (_("Saving…"), "clock", "muted"),
            SaveState.FAILED: (_("Not saved"), "circle-alert", "bad"),
        }[state]
        self.words.setText(words)
        self.words.setVisible(self._always or state is not SaveState.SAVED)
        self._icon.setToolTip(words)
        self._icon.setAccessibleName(words)
        self.words.setToolTip(plain_tip(reason or words))
        self.words.setAccessibleName(words)
        self.words.setAccessibleDescription(reason)
        if self.words.property("tone") != token:
            self.words.setProperty("tone", token)
            styled(self.words, "save_words")
        dress(self._icon, icon, token, 14)


class RecordHeader(QWidget):
    """The head of the record's screen.

    Signals: ``act_wanted(ActionView)``; ``field_wanted(Missing)``; ``apart_wanted``;
    ``bin_wanted``; ``restore_wanted``; ``share_wanted``; ``wizard_wanted``; ``brief_wanted``;
    ``right_wanted(name)`` of a person; ``save_clicked``.
    """

    act_wanted = Signal(object)
    field_wanted = Signal(object)
    apart_wanted = Signal()
    bin_wanted = Signal()
    restore_wanted = Signal()
    share_wanted = Signal()
    wizard_wanted = Signal()
    brief_wanted = Signal()
    right_wanted = Signal(str)
    save_clicked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, apart: bool = False) -> None:
        super().__init__(parent)
        self.desk = desk
        self._apart = apart
        self._sheet: Sheet | None = None
        self.ref = label("", "small", self)
        self.ref.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state = Chip("", "neutral", self, tall=True)
        self.offices = OfficesDrawing(self)
        self.audience = ElidedLabel(self)
        self.saved = SaveLabel(self)
        self.more = icon_button("ellipsis", _("More"), self, token="ink")
        self.more.setProperty("look", "button")
        self.step = QPushButton(self)
        self.step.setProperty("look", "primary")
        self.step.setAccessibleName(_("Next step"))
        self.wizard = QPushButton(_("Write the report…"), self)
        self.title = label("", "title", self, wrap=True)
        self._menu = QMenu(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._menu)
        self._build()
        self.saved.clicked.connect(self.save_clicked)
        self.step.clicked.connect(self._step_clicked)
        self.wizard.clicked.connect(self.wizard_wanted)
        self._menu.triggered.connect(self._chosen)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a record's head."""
        self._sheet = sheet
        view = sheet.view
        kind = record_kinds()[view.entity]
        self.ref.setText(view.ref)
        words = self.desk.wording.state(kind, view.state)
        self.state.show_state(words, tone_of(view.entity, view.state))
        self.state.setVisible(bool(words))
        if view.deleted:
            words = _("In the bin") if view.erased is None else _("Erased")
            self.state.show_state(words, "bad")
            self.state.setVisible(True)
        sentence = audience_sentence(view)
        self.offices.show_offices(view.owner, frozenset(view.audience), sentence)
        self.audience.show_words(sentence)
        self.title.setText(view.title or _("Without a title"))
        # A label would follow the title's own script: it belongs to the leading side.
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        self.title.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self._show_step(sheet.next_step)
        self.wizard.setVisible(wants_wizard(view, self.desk.workspace.office))
        step = sheet.next_step
        leads_on = step is None or not step.allowed
        if (self.wizard.property("look") == "primary") is not leads_on:
            styled(self.wizard, "primary" if leads_on else "plain")
        self._fill_menu(sheet)
        self._fold()

    def show_saving(self, state: SaveState, reason: str) -> None:
        """Show whether all is saved."""
        self.saved.show_state(state, reason)

    def _build(self) -> None:
        # The head never asks for more room than there is: it folds (``_fold``).
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(10)
        self._facts.addWidget(self.ref)
        self._facts.addWidget(self.state)
        self._facts.addStretch(1)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(10)
        self._acts.addStretch(1)
        for widget in (self.saved, self.more, self.wizard, self.step):
            self._acts.addWidget(widget)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(8)
        self._top.addLayout(self._facts, 1)
        self._top.addLayout(self._acts)
        self._column.addLayout(self._top)
        self._column.addWidget(self.title)
        self._column.addWidget(self._who())

    def _who(self) -> QWidget:
        self.who = QWidget(self)
        row = QHBoxLayout(self.who)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.offices)
        row.addWidget(self.audience, 1)
        return self.who

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Keep all of it whole: what has no room in the first line stands in lines below."""
        facts = _room_of(self.ref, self.state)
        acts = _room_of(self.saved, self.more, self.wizard, self.step)
        who = _room_of(self.offices) + self.audience.wanted_width() + 20
        one_line = facts + acts <= self.width()
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.LeftToRight if one_line else direction.TopToBottom)
        room = self.width() - facts - (acts if one_line else 0)
        if (room >= who) != (self._facts.indexOf(self.who) >= 0):
            if room >= who:
                self._facts.insertWidget(2, self.who, 100)
            else:
                self._column.addWidget(self.who)

    def _show_step(self, step: ActionView | None) -> None:
        self.step.setVisible(step is not None)
        if step is None:
            return
        self.step.setText(plain_amp(_(step.label)))
        self.step.setAccessibleName(_("Next step: {action}").format(action=_(step.label)))
        wanted = "primary" if step.allowed else "waiting"
        if self.step.property("look") != wanted:
            styled(self.step, wanted)
        told = "" if step.allowed else _("Not yet: see what is missing")
        self.step.setToolTip(told)
        self.step.setAccessibleDescription(told)

    @Slot()
    def _step_clicked(self) -> None:
        step = self._sheet.next_step if self._sheet is not None else None
        if step is not None:
            self._want(step, self.step)

    def _want(self, step: ActionView, anchor: QWidget) -> None:
        if step.allowed:
            self.act_wanted.emit(step)
            return
        title = _("Before “{action}”").format(action=_(step.label))
        popup = MissingPopup(title, (*step.missing, *step.warnings), self)
        popup.wanted.connect(self.field_wanted)
        popup.show_below(anchor)

    def _fill_menu(self, sheet: Sheet) -> None:
        self._menu.clear()
        next_step = sheet.next_step
        for step in sheet.actions:
            if next_step is None or step.action != next_step.action:
                words = _(step.label) if step.allowed else _("{action} — not yet")
                made = self._menu.addAction(plain_amp(words.format(action=_(step.label))))
                made.setData(step)
        if not self._menu.isEmpty():
            self._menu.addSeparator()
        for name, words in self._others(sheet.view):
            self._menu.addAction(words).setData(name)

    def _others(self, view: RecordView) -> list[tuple[str, str]]:
        found = [] if self._apart else [("apart", _("Open in a window of its own"))]
        if view.entity in ENTITIES:
            found.append(("brief", f"{_('Briefing sheet')}\t{KEYS}"))
        found.append(("copy", _("Copy the number")))
        found += rights_offered(self.desk, view)
        if view.owner == self.desk.workspace.office and view.erased is None:
            if not view.deleted:
                found.append(("share", _("Who can see it…")))
            back = ("restore", _("Take out of the bin"))
            found.append(back if view.deleted else ("bin", _("Move to the bin")))
        return found

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        what = action.data()
        if isinstance(what, ActionView):
            self._want(what, self.more)
        elif what == "copy":
            QGuiApplication.clipboard().setText(self.ref.text())
            self.desk.say(_("The number is on the clipboard."))
        else:
            signals = {
                "apart": self.apart_wanted,
                "brief": self.brief_wanted,
                "share": self.share_wanted,
                "bin": self.bin_wanted,
                "restore": self.restore_wanted,
            }
            if what in signals:
                signals[what].emit()
            elif isinstance(what, str):
                self.right_wanted.emit(what)


def _room_of(*widgets: QWidget) -> int:
    """Return the width of widgets side by side, those that are not shown left out."""
    return sum(one.sizeHint().width() + 10 for one in widgets if not one.isHidden())


def wants_wizard(view: RecordView, office: str) -> bool:
    """Whether a mission waits for its report to be written."""
    return (
        view.entity == "mission"
        and view.owner == office
        and not view.deleted
        and view.state in ("under_way", "returned")
    )
