"""The thread of a practice as a path over the four steps, each record a card that opens."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.thread_views import Thread, ThreadCard, ThreadStep
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.lifecycle import Missing
from sscdesk.model.machines.exchange import STEPS
from sscdesk.model.thread import StepStanding
from sscdesk.model.values import Value
from sscdesk.ui.forms.missing import MissingLine
from sscdesk.ui.forms.thread_words import (
    CHIP_TONES,
    NODE_TONES,
    STANDING_WORDS,
    about_words,
    kind_words,
    said_words,
    skipped_words,
)
from sscdesk.ui.forms.view_tab import ViewTab
from sscdesk.ui.forms.words import section_label
from sscdesk.ui.look import look
from sscdesk.ui.screens import screen_of
from sscdesk.ui.tones import tone_of
from sscdesk.ui.widgets.basic import Card, Chip, button, icon_label, label
from sscdesk.ui.widgets.directed import directed
from sscdesk.ui.widgets.eliding import ElidingLabel
from sscdesk.ui.widgets.step_node import StepNode
from sscdesk.ui.widgets.wrapped_link import WrappedLink

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

WIDE = 980
"""From this width on the four steps stand side by side."""


_BY_AN_EXCHANGE = {"no-need", *(f"no-exchange-{step}" for step in STEPS)}
"""What is missing that an exchange would bring."""


class ThreadTab(ViewTab):
    """The thread of a practice, an exchange or a commitment."""

    entities = frozenset({"practice", "exchange", "commitment", "organisation"})

    def read(self, w: "Workspace", identifier: str) -> Thread:
        from sscdesk.application.thread import thread

        return thread(w, identifier)

    def show_found(self, found: Thread) -> list[QWidget]:
        self.chain = found
        self.counted.emit(found.count)
        self.path = ThreadPath(self, found)
        return [self.path]

    def begin_exchange(self, step: str) -> None:
        """Begin the exchange that carries the thread on."""
        values: dict[str, Value] = {"step": step, "practices": self.chain.practices or None}
        if self.chain.last_exchange:
            values["continues"] = self.chain.last_exchange
        office = self.desk.workspace.office
        self.desk.new("exchange", {"lead_office": office, **values})

    def open_card(self, card: ThreadCard) -> None:
        """Open the record of a card; a transfer of the practice shown is gone to."""
        if card.part and self.sheet is not None and card.id == self.sheet.view.id:
            self.field_wanted.emit(Missing("wanted", "", card.part, card.row))
        else:
            self.around.open(card.entity, card.id)


class ThreadPath(Card):
    """The four steps, side by side where there is room, else below each other."""

    def __init__(self, tab: ThreadTab, found: Thread) -> None:
        super().__init__(tab)
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._upright: bool | None = None
        self.steps = [StepBody(tab, found, step, self) for step in found.steps]
        self.nodes = [
            StepNode(place + 1, NODE_TONES[step.standing], self)
            for place, step in enumerate(found.steps)
        ]
        self.nodes[-1].lead_on(last=True)
        self.body.addLayout(self._grid)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        upright = self.width() < look().sp(WIDE)
        if upright is self._upright:
            return
        self._upright = upright
        for place, (node, body) in enumerate(zip(self.nodes, self.steps, strict=True)):
            node.stand(upright=upright)
            body.stand(upright=upright)
            self._grid.removeWidget(node)
            self._grid.removeWidget(body)
            if upright:
                self._grid.addWidget(node, place, 0)
                self._grid.addWidget(body, place, 1)
            else:
                self._grid.addWidget(node, 0, place)
                self._grid.addWidget(body, 1, place)
        for place in range(4):
            self._grid.setColumnStretch(place, int(place == 1) if upright else 1)


class StepBody(QWidget):
    """What one step holds and still wants."""

    def __init__(self, tab: ThreadTab, found: Thread, step: ThreadStep, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = step
        self._tab = tab
        self.cards: list[ThreadCardView] = []
        self.lines: list[MissingLine] = []
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addWidget(self._head())
        for card in step.cards:
            made = ThreadCardView(tab, card, self)
            self.cards.append(made)
            self._column.addWidget(made)
        if step.standing is StepStanding.SKIPPED:
            self._add_skipped()
        if step.missing:
            self._add_missing(is_next=found.next_step == step.step)
        if found.next_step == step.step and self._wants_exchange():
            self._column.addWidget(self._carry_on(), 0, Qt.AlignmentFlag.AlignLeading)
        self._column.addStretch(1)

    def stand(self, *, upright: bool) -> None:
        """Leave room towards the path, or towards the next step."""
        last = self.step.step == STEPS[-1]
        before, after = (look().sp(12), 0) if upright else (0, 0 if last else look().sp(16))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            before, after = after, before
        top, below = (2, look().sp(20)) if upright else (look().sp(10), 0)
        self._column.setContentsMargins(before, top, after, below)

    def _head(self) -> QWidget:
        made = QWidget(self)
        row = QVBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        words = self._tab.desk.wording.code("step", self.step.step)
        words = words.removeprefix(f"{STEPS.index(self.step.step) + 1} ")
        row.addWidget(label(words, "strong", made, wrap=True))
        standing = self.step.standing
        self.standing = Chip(_(STANDING_WORDS[standing]), CHIP_TONES[standing], made)
        row.addWidget(self.standing, 0, Qt.AlignmentFlag.AlignLeading)
        return made

    def _add_skipped(self) -> None:
        told = label(directed(skipped_words(self.step)), "muted", self, wrap=True)
        self._column.addWidget(told)
        if self.step.may_say_why:
            say = button(_("Say why…"), "flush_more", "", self)
            exchange = self.step.may_say_why
            say.clicked.connect(partial(self._tab.around.open, "exchange", exchange))
            self._column.addWidget(say, 0, Qt.AlignmentFlag.AlignLeading)

    def _add_missing(self, *, is_next: bool) -> None:
        words = _("Before this step is done") if is_next else _("Still missing")
        self._column.addWidget(section_label(words, self))
        for missing in self.step.missing:
            line = MissingLine(missing, self, tone="warn" if is_next else "muted")
            line.wanted.connect(self._tab.field_wanted)
            self.lines.append(line)
            self._column.addWidget(line)

    def _wants_exchange(self) -> bool:
        sheet = self._tab.sheet
        wanting = any(one.code in _BY_AN_EXCHANGE for one in self.step.missing)
        return wanting and sheet is not None and not sheet.view.deleted

    def _carry_on(self) -> QWidget:
        self.carry_on = button(_("Propose an exchange of this step…"), "", "plus", self)
        self.carry_on.clicked.connect(partial(self._tab.begin_exchange, self.step.step))
        return self.carry_on


class ThreadCardView(QFrame):
    """One record of the thread."""

    def __init__(self, tab: ThreadTab, card: ThreadCard, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "side")
        self.card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 9)
        column.setSpacing(4)
        column.addLayout(self._head(tab))
        self.link = WrappedLink(card.title, card.ref, self)
        self.link.setAccessibleDescription(kind_words(card))
        self.link.clicked.connect(partial(tab.open_card, card))
        column.addWidget(self.link)
        about = about_words(card)
        if about:
            column.addWidget(ElidingLabel(directed(about), "small", self))
        if card.said:
            column.addWidget(label(directed(said_words(card)), "small", self, wrap=True))

    def _head(self, tab: ThreadTab) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        screen = screen_of(self.card.entity)
        icon = "arrow-left-right" if self.card.part else (screen.icon if screen else "file-text")
        row.addWidget(icon_label(icon, "muted", 15))
        row.addWidget(ElidingLabel(kind_words(self.card), "small", self), 1)
        if self.card.state:
            kind = record_kinds()[self.card.entity]
            words = tab.desk.wording.state(kind, self.card.state)
            row.addWidget(Chip(words, tone_of(self.card.entity, self.card.state), self))
        return row
