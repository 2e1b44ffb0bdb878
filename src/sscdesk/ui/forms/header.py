"""The head of a record: number, state, who owns it and sees it, the one next step."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.views import ActionView, RecordView
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.offices import OFFICES
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.missing import MissingPopup
from sscdesk.ui.forms.saving import SaveState
from sscdesk.ui.forms.sheet import Sheet
from sscdesk.ui.icons import dress
from sscdesk.ui.places import country, office_name
from sscdesk.ui.tones import tone_of
from sscdesk.ui.widgets.audience import OfficesDrawing
from sscdesk.ui.widgets.basic import Chip, icon_button, icon_label, label, plain_amp, styled
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
        self.setToolTip(words)
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
        self.words.setToolTip(reason or words)
        self.words.setAccessibleName(words)
        self.words.setAccessibleDescription(reason)
        if self.words.property("tone") != token:
            self.words.setProperty("tone", token)
            styled(self.words, "save_words")
        dress(self._icon, icon, token, 14)


class RecordHeader(QWidget):
    """The head of the record's screen.

    Signals: ``act_wanted(ActionView)``; ``field_wanted(Missing)``; ``apart_wanted``;
    ``bin_wanted``; ``restore_wanted``; ``share_wanted``; ``wizard_wanted``;
    ``save_clicked``.
    """

    act_wanted = Signal(object)
    field_wanted = Signal(object)
    apart_wanted = Signal()
    bin_wanted = Signal()
    restore_wanted = Signal()
    share_wanted = Signal()
    wizard_wanted = Signal()
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
            self.state.show_state(_("In the bin"), "bad")
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
        self._fill_menu(sheet)
        self._place_audience()

    def show_saving(self, state: SaveState, reason: str) -> None:
        """Show whether all is saved."""
        self.saved.show_state(state, reason)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.ref)
        row.addWidget(self.state)
        row.addWidget(self.offices)
        row.addWidget(self.audience, 1)
        self._first = row
        row.addWidget(self.saved)
        row.addWidget(self.more)
        row.addWidget(self.wizard)
        row.addWidget(self.step)
        column.addLayout(row)
        column.addWidget(self.title)
        self._second = QHBoxLayout()
        self._second.setSpacing(10)
        column.addLayout(self._second)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_audience()

    def _place_audience(self) -> None:
        """Keep who can see it whole: under the title where the first line is too short."""
        others = (self.ref, self.state, self.saved, self.more, self.wizard, self.step)
        taken = sum(one.sizeHint().width() + 10 for one in others if not one.isHidden())
        needed = self.offices.sizeHint().width() + self.audience.wanted_width() + 20
        first = self.width() - taken >= needed
        row = self._first if first else self._second
        if row.indexOf(self.offices) < 0:
            row.insertWidget(2 if first else 0, self.offices)
            row.insertWidget(3 if first else 1, self.audience, 1)
            if not first:
                self._first.insertStretch(2, 1)
            else:
                self._first.takeAt(4)

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
        found.append(("copy", _("Copy the number")))
        if view.owner == self.desk.workspace.office:
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
                "share": self.share_wanted,
                "bin": self.bin_wanted,
                "restore": self.restore_wanted,
            }
            if what in signals:
                signals[what].emit()


def wants_wizard(view: RecordView, office: str) -> bool:
    """Whether a mission waits for its report to be written."""
    return (
        view.entity == "mission"
        and view.owner == office
        and not view.deleted
        and view.state in ("under_way", "returned")
    )
