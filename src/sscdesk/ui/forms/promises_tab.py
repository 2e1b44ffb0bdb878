"""The ledger of promises on an agreement, a plan or a commitment: both columns side by side."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.promise_views import (
    Bargain,
    Ledger,
    LedgerAxis,
    LedgerPlan,
    Promise,
    Totals,
)
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.entity_words import entity_words, new_words
from sscdesk.ui.forms.acts_elsewhere import ActsElsewhere
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.forms.promise_cell import NoAnswer, PromiseCell
from sscdesk.ui.forms.promise_words import owes_words, shares, totals_words
from sscdesk.ui.forms.view_tab import ViewTab
from sscdesk.ui.forms.words import section_label
from sscdesk.ui.look import look
from sscdesk.ui.tones import tone_of
from sscdesk.ui.widgets.bars import ShareBar
from sscdesk.ui.widgets.basic import Card, Chip, EmptyState, button, icon_label, label
from sscdesk.ui.widgets.directed import directed
from sscdesk.ui.widgets.link_title import LinkTitle
from sscdesk.ui.widgets.office_disc import OfficeDisc

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

NARROW = 560
"""Below this width the two columns stand below each other."""
ARROW = 20


class PromisesTab(ViewTab):
    """What two offices owe each other."""

    entities = frozenset(
        {"commitment", "action_plan", "agreement", "exchange", "mission", "practice", "attachment"}
    )

    def __init__(self, desk: Desk, around: FormAround, parent: QWidget | None = None) -> None:
        super().__init__(desk, around, parent)
        self.acts = ActsElsewhere(desk, around, self)

    def read(self, w: "Workspace", identifier: str) -> Ledger:
        from sscdesk.application.promises import ledger

        return ledger(w, identifier)

    def show_found(self, found: Ledger) -> list[QWidget]:
        self.ledger = found
        self.rows: list[BargainRow] = []
        self.counted.emit(found.count)
        if not found.plans or (not found.count and found.entity != "agreement"):
            return [self._empty(found)]
        return [self._plan(plan, found) for plan in found.plans]

    # ------------------------------------------------------------ one plan

    def _plan(self, plan: LedgerPlan, found: Ledger) -> QWidget:
        card = Card(self)
        card.body.setSpacing(12)
        if found.entity != "action_plan" and plan.id:
            card.body.addWidget(self._plan_title(plan, card))
        if found.entity != "commitment":
            card.body.addWidget(_Heads(plan, card))
        for axis in plan.axes:
            self._add_axis(card, plan, axis)
        if not plan.axes:
            told = label(_("This plan holds no commitment yet."), "muted", card, wrap=True)
            card.body.addWidget(told)
        if found.entity != "commitment" and self._may_add(plan):
            card.body.addWidget(self._add_button(plan, card), 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _plan_title(self, plan: LedgerPlan, card: QWidget) -> QWidget:
        made = QWidget(card)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        title = LinkTitle(plan.title, plan.ref, made, strong=True)
        title.clicked.connect(partial(self._open, "action_plan", plan.id))
        words = self.desk.wording.state(record_kinds()["action_plan"], plan.state)
        row.addWidget(title, 1)
        row.addWidget(Chip(words, tone_of("action_plan", plan.state), made))
        return made

    def _add_axis(self, card: Card, plan: LedgerPlan, axis: LedgerAxis) -> None:
        words = self._axis_words(axis)
        if words:
            card.body.addWidget(section_label(words, card))
        for bargain in axis.bargains:
            row = BargainRow(self, plan, bargain, card)
            self.rows.append(row)
            card.body.addWidget(row)

    def _axis_words(self, axis: LedgerAxis) -> str:
        field = self.desk.wording.code("field", axis.field) if axis.field else ""
        if axis.title:
            return _("Axis {number} — {title}").format(number=axis.number, title=axis.title)
        return _("Axis {number}").format(number=axis.number) if axis.number else field

    # ------------------------------------------------------------ adding

    def _may_add(self, plan: LedgerPlan) -> bool:
        ours = self.desk.workspace.office in (plan.first, plan.second)
        return ours and plan.state != "closed" and self.sheet is not None

    def _add_button(self, plan: LedgerPlan, card: QWidget) -> QWidget:
        made = button(new_words("commitment"), "quiet", "plus", card)
        values = {"action_plan": plan.id, "owed_by": plan.first, "owed_to": plan.second}
        made.clicked.connect(partial(self.desk.new, "commitment", values))
        return made

    def may_answer(self, plan: LedgerPlan, bargain: Bargain) -> bool:
        """Whether the other half of a one-sided promise may be offered here."""
        running = all(one.state != "dropped" for one in bargain.promises)
        return bool(plan.id) and running and self._may_add(plan)

    def answer(self, plan: LedgerPlan, promise: Promise) -> None:
        """Begin the promise that is given in return."""
        values: Mapping[str, Value] = {
            "action_plan": plan.id,
            "axis": promise.axis or None,
            "field": promise.field,
            "owed_by": promise.owed_to,
            "owed_to": promise.owed_by,
            "reciprocal_of": promise.id,
        }
        self.desk.new("commitment", values)

    def _empty(self, found: Ledger) -> QWidget:
        state = EmptyState("handshake", self)
        plans = found.entity == "agreement"
        entity = "action_plan" if plans else "commitment"
        words = entity_words(entity)
        state.say(_(words.first), _(words.explained))
        step = button(new_words(entity), "primary", "plus", state)
        values: dict[str, Value] = {"agreement" if plans else "action_plan": found.id}
        if found.plans:
            values |= {"owed_by": found.plans[0].first, "owed_to": found.plans[0].second}
        step.clicked.connect(partial(self.desk.new, entity, values))
        state.add_step(step)
        return state

    # ------------------------------------------------------------ opening, moving

    @Slot(str, str)
    def _open(self, entity: str, identifier: str) -> None:
        self.around.open(entity, identifier)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between promises with the arrows, as in a table."""
        steps = {
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._move(*step):
            super().keyPressEvent(event)

    def _move(self, down: int, aside: int) -> bool:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            aside = -aside
        for place, row in enumerate(self.rows):
            side = row.side_with_focus()
            if side is None:
                continue
            wanted = range(place + down, len(self.rows) if down > 0 else -1, down or 1)
            targets = [self.rows[at] for at in wanted] if down else [row]
            return any(target.focus_side(side + aside) for target in targets)
        return False


class _Heads(QWidget):
    """Above the two columns: who owes whom, and how it stands."""

    def __init__(self, plan: LedgerPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self._box = _Halves(self)
        for totals, other in zip(plan.totals, reversed(plan.totals), strict=True):
            self._box.add(self._half(totals, other.office))

    def _half(self, totals: Totals, creditor: str) -> QWidget:
        made = QWidget(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(OfficeDisc(totals.office, made), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(3)
        told = totals_words(totals)
        words.addWidget(label(owes_words(totals.office, creditor), "strong", made, wrap=True))
        bar = ShareBar(made)
        bar.show_shares(shares(totals), told)
        words.addWidget(label(directed(told), "small", made, wrap=True))
        words.addWidget(bar)
        row.addLayout(words, 1)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._box.fold(self.width())


class BargainRow(QWidget):
    """One row of the ledger: what answers each other."""

    def __init__(
        self, tab: PromisesTab, plan: LedgerPlan, bargain: Bargain, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.bargain = bargain
        self.cells: tuple[list[PromiseCell], list[PromiseCell]] = ([], [])
        self._tab = tab
        self._plan = plan
        self._box = _Halves(self)
        if bargain.first and bargain.second:
            self._box.between(icon_label("arrow-left-right", "accent", ARROW))
        for side, promises in enumerate((bargain.first, bargain.second)):
            self._box.add(self._side(side, promises))

    def side_with_focus(self) -> int | None:
        """Return 0 or 1 where the cursor is in one of the two columns."""
        for side, cells in enumerate(self.cells):
            if any(cell.link.hasFocus() for cell in cells):
                return side
        return None

    def focus_side(self, side: int) -> bool:
        """Put the cursor on a promise of a column, if there is one."""
        if side in (0, 1) and self.cells[side]:
            self.cells[side][0].link.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _side(self, side: int, promises: tuple[Promise, ...]) -> QWidget:
        if not promises:
            return self._no_answer()
        made = QWidget(self)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for promise in promises:
            cell = PromiseCell(self._tab.desk, promise, made)
            cell.record_wanted.connect(self._tab.around.open)
            cell.act_wanted.connect(self._tab.acts.act_on)
            self.cells[side].append(cell)
            column.addWidget(cell, 1)
        return made

    def _no_answer(self) -> QWidget:
        may_add = self._tab.may_answer(self._plan, self.bargain)
        made = NoAnswer(elsewhere=self.bargain.half_elsewhere, may_add=may_add, parent=self)
        made.wanted.connect(partial(self._tab.answer, self._plan, self.bargain.promises[0]))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._box.fold(self.width())


class _Halves(QBoxLayout):
    """Two halves of equal width around an icon, below each other where there is no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(8)
        self._gap = QWidget(parent)
        self._gap.setFixedWidth(look().sp(ARROW))

    def between(self, icon: QWidget) -> None:
        """Put an icon between the halves."""
        column = QVBoxLayout(self._gap)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(icon, 0, Qt.AlignmentFlag.AlignCenter)

    def add(self, half: QWidget) -> None:
        """Add a half; what stands between them comes before the second one."""
        if self.count():
            self.addWidget(self._gap)
        self.addWidget(half, 1)

    def fold(self, width: int) -> None:
        """Choose the direction for a width."""
        narrow = width < look().sp(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self.direction() != direction:
            self.setDirection(direction)
            self._gap.setVisible(not narrow)
