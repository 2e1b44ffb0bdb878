"""To reconcile: what two offices wrote at the same time, record by record, and how to settle it.

Nobody is called "local" or "remote" here: people, offices and days are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sscdesk.application.views import ConflictView, PartView, RecordView
from sscdesk.i18n import _, ngettext
from sscdesk.model.base import record_kinds
from sscdesk.model.field import FieldType, fields_of
from sscdesk.model.refusal import DeskError, Refused
from sscdesk.model.rights import check_right
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.look import look
from sscdesk.ui.models.line_list import Line, LineList
from sscdesk.ui.pages.conflict_card import ConflictCard
from sscdesk.ui.pages.conflict_words import conflict_titles, heading
from sscdesk.ui.pages.section import Section, scrolled
from sscdesk.ui.pages.sync_words import listed
from sscdesk.ui.places import city, office_name
from sscdesk.ui.widgets.basic import EmptyState, button, icon_button, label, plain_amp
from sscdesk.ui.widgets.directed import directed_title
from sscdesk.ui.widgets.row_delegate import RowWords
from sscdesk.ui.widgets.strips import refusal_strip

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

FOLLOW_MS = 60


@dataclass(frozen=True, slots=True)
class ToSettle:
    """All that is to reconcile."""

    conflicts: tuple[ConflictView, ...]
    titles: Mapping[str, str]
    contexts: Mapping[str, str]
    """Rows inside records to a few of their words, so that one knows which is meant."""

    def of(self, record: str) -> tuple[ConflictView, ...]:
        """Return the conflicts of one record."""
        return tuple(one for one in self.conflicts if one.record == record)

    def records(self) -> tuple[str, ...]:
        """Return the records with conflicts, the longest waiting first."""
        return tuple(dict.fromkeys(one.record for one in self.conflicts))


def read_conflicts(w: "Workspace") -> ToSettle:
    """Read what is to reconcile (in a worker)."""
    from sscdesk.application import records, synchronise

    conflicts = synchronise.conflicts(w)
    contexts: dict[str, str] = {}
    for record in dict.fromkeys(one.record for one in conflicts if one.part):
        contexts.update(_contexts(records.view(w, record)))
    return ToSettle(conflicts, conflict_titles(w, conflicts), contexts)


def _contexts(view: RecordView) -> dict[str, str]:
    return {row.id: _few_words(view.entity, row) for rows in view.parts.values() for row in rows}


def _few_words(entity: str, row: PartView) -> str:
    """Return the first text of a row, by which an officer knows it."""
    texts = (FieldType.TEXT, FieldType.LONG_TEXT)
    for name, field in fields_of(record_kinds()[entity].parts[row.part]).items():
        value = row.fields.get(name)
        if field.type in texts and isinstance(value, str) and value:
            return " ".join(value.split())[:80]
    return ""


class ReconcileSection(Section):
    """Records at the leading side, the fields of the one chosen at the trailing side."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._found: ToSettle | None = None
        self._record = ""
        self._wanted = ""
        self._put_off: set[tuple[str, str]] = set()
        super().__init__(desk, parent)

    # ------------------------------------------------------------ building

    def build(self, inside: QWidget) -> None:
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget(inside)
        self.empty = EmptyState("circle-check", inside)
        self.empty.say(
            _("Nothing is to reconcile"),
            _(
                "Where two offices write the same field without knowing of each other, both"
                " values are kept and shown here until somebody settles them."
            ),
        )
        self.splitter = QSplitter(inside)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        leading = QWidget(self.splitter)
        leading.setProperty("look", "paper")
        left = QVBoxLayout(leading)
        left.setContentsMargins(0, 10, 0, 0)
        left.setSpacing(8)
        self.summary = label("", "small", leading)
        self.summary.setContentsMargins(14, 0, 14, 0)
        self.list = LineList(_("Records to reconcile"), leading)
        self.list.selectionModel().currentChanged.connect(self._followed)
        self.list.opened.connect(self._into)
        left.addWidget(self.summary)
        left.addWidget(self.list, 1)
        leading.setMinimumWidth(look().sp(190))
        self.splitter.addWidget(leading)
        self.splitter.addWidget(self._detail(self.splitter))
        self.splitter.setSizes([320, 840])
        self.splitter.setStretchFactor(1, 1)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.splitter)
        column.addWidget(self.stack)
        self._follow = QTimer(inside)
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOW_MS)
        self._follow.timeout.connect(self._show_chosen)
        self.around = FormAround(self.desk, self)
        self.cards: list[ConflictCard] = []

    def _detail(self, parent: QWidget) -> QScrollArea:
        sheet = QWidget()
        self._sheet = QVBoxLayout(sheet)
        self._sheet.setContentsMargins(22, 16, 22, 22)
        self._sheet.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.ref = label("", "small", sheet)
        self.owner = label("", "small", sheet)
        self.open = button(_("Open the record"), "", "external-link", sheet)
        self.open.clicked.connect(self._open)
        self.many = icon_button("ellipsis", _("Settle all fields of this record"), sheet)
        self.many.setProperty("look", "button")
        self.many.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.many_menu = QMenu(self.many)
        self.many.setMenu(self.many_menu)
        row.addWidget(self.ref)
        row.addWidget(self.owner, 1)
        row.addWidget(self.many)
        row.addWidget(self.open)
        self._sheet.addLayout(row)
        self.title = label("", "title", sheet, wrap=True)
        self._sheet.addWidget(self.title)
        self._refusal = QVBoxLayout()
        self._sheet.addLayout(self._refusal)
        self._may_settle = self._ask_right()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self._sheet.addLayout(self._cards)
        self._sheet.addStretch(1)
        self.area = scrolled(sheet, parent)
        return self.area

    def _ask_right(self) -> bool:
        try:
            check_right(self.desk.workspace.actor, "resolve_conflict")
        except Refused as refusal:
            self._refusal.addWidget(refusal_strip(refusal, self))
            return False
        return True

    # ------------------------------------------------------------ reading, showing

    def shown(self, argument: Any = None) -> None:
        self._put_off.clear()
        if isinstance(argument, str) and argument:
            self._wanted = argument
        self.reload()
        self.list.setFocus()

    @Slot()
    def reload(self) -> None:
        """Read what is to reconcile."""
        self.desk.query(self, read_conflicts, self._show)

    def _show(self, found: ToSettle) -> None:
        known = self._found is not None and found.conflicts == self._found.conflicts
        self._found = found
        self.counted.emit(len(found.conflicts))
        if not known or not self.list.line_model.lines:
            self.fill()
        elif self._wanted:
            self._choose(self._wanted)
        self._wanted = ""

    def fill(self) -> None:
        found = self._found
        if found is None:
            return
        records = found.records()
        self.stack.setCurrentWidget(self.splitter if records else self.empty)
        count = len(found.conflicts)
        words = ngettext("{count} field to reconcile", "{count} fields to reconcile", count)
        self.summary.setText(words.format(count=count))
        kept = self._wanted or self._record
        place = max(0, self.list.currentIndex().row())
        self.list.line_model.show_lines([self._line(found.of(record)) for record in records])
        if not records:
            self._record = ""
            return
        if kept not in records:
            kept = records[min(place, len(records) - 1)]
        self._choose(kept)

    def _line(self, conflicts: Sequence[ConflictView]) -> Line:
        first = conflicts[0]
        about = _("{ref} · {fields}").format(
            ref=first.ref, fields=listed(dict.fromkeys(heading(one) for one in conflicts))
        )
        offices = dict.fromkeys(side.stamp.office for one in conflicts for side in one.values)
        chip = " · ".join(map(city, offices))
        return Line(first.record, RowWords(first.title, about, chip, "warn"))

    def _choose(self, record: str) -> None:
        self.list.choose(record)
        self._show_chosen()

    @Slot(QModelIndex, QModelIndex)
    def _followed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._follow.start()

    @Slot(QModelIndex)
    def _into(self, _index: QModelIndex) -> None:
        self._show_chosen()
        if self.cards:
            self.cards[0].sides.sides[0].keep.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _show_chosen(self) -> None:
        found, record = self._found, self.list.chosen()
        if found is None or not record:
            return
        conflicts = found.of(record)
        if tuple(card.conflict for card in self.cards) == conflicts:
            return
        self._record = record
        first = conflicts[0]
        self.ref.setText(first.ref)
        self.owner.setText(_("Belongs to: {office}").format(office=office_name(first.ref[:2])))
        self.title.setText(directed_title(first.title))
        self._fill_menu(conflicts)
        self._show_cards(found, conflicts)

    def _show_cards(self, found: ToSettle, conflicts: Sequence[ConflictView]) -> None:
        for old in self.cards:
            self._cards.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = []
        for conflict in conflicts:
            card = ConflictCard(
                conflict,
                found.contexts.get(conflict.row, ""),
                self.desk.wording,
                found.titles,
                self.around,
                may_settle=self._may_settle,
                parent=self,
            )
            card.settled.connect(self._settle)
            card.later.connect(self._put_aside)
            self.cards.append(card)
            self._cards.addWidget(card)
        self.area.verticalScrollBar().setValue(0)

    # ------------------------------------------------------------ settling

    @Slot(object, object)
    def _settle(self, conflict: ConflictView, value: Value) -> None:
        run = partial(_resolve, decisions=((conflict, value),))
        self.desk.operation(
            self, run, self._settled, partial(self._not_settled, conflict), _("Settling…")
        )

    def _settled(self, count: int) -> None:
        several = ngettext(
            "{count} field is settled. It travels with the next file.",
            "{count} fields are settled. They travel with the next file.",
            count,
        )
        one = _("Settled. It travels with the next file.")
        self.desk.say(one if count == 1 else several.format(count=count))
        self.reload()

    def _not_settled(self, conflict: ConflictView, error: DeskError) -> None:
        for card in self.cards:
            if card.conflict == conflict:
                card.refuse(error)
                return
        self.desk.refuse(error)

    @Slot(object)
    def _put_aside(self, conflict: ConflictView) -> None:
        """Go on to the next one; this one stays listed."""
        self._put_off.add((conflict.row, conflict.field))
        waiting = [
            card
            for card in self.cards
            if (card.conflict.row, card.conflict.field) not in self._put_off
        ]
        if waiting:
            self.area.ensureWidgetVisible(waiting[0], 0, 40)
            waiting[0].sides.sides[0].keep.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.list.step(1)
        self.desk.say(_("It stays in the list until somebody settles it."), "neutral")

    def _fill_menu(self, conflicts: Sequence[ConflictView]) -> None:
        self.many_menu.clear()
        several = [one for one in conflicts if one.field != "!"]
        self.many.setVisible(self._may_settle and len(several) > 1)
        offices = dict.fromkeys(side.stamp.office for one in several for side in one.values)
        for office in offices:
            theirs = [(one, side.value) for one in several for side in one.values
                      if side.stamp.office == office]  # fmt: skip
            if len({(one.row, one.field) for one, _value in theirs}) != len(several):
                continue
            words = ngettext(
                "Keep {office}'s in {count} field",
                "Keep {office}'s in all {count} fields",
                len(theirs),
            )
            action = self.many_menu.addAction(
                plain_amp(words.format(office=city(office), count=len(theirs)))
            )
            action.triggered.connect(partial(self._settle_all, tuple(theirs)))
        self.many.setEnabled(not self.many_menu.isEmpty())

    def _settle_all(self, decisions: tuple[tuple[ConflictView, Value], ...]) -> None:
        self.desk.operation(self, partial(_resolve, decisions=decisions), self._settled)

    @Slot()
    def _open(self) -> None:
        found = self._found
        if found is not None and self._record:
            conflicts = found.of(self._record)
            self.desk.open(conflicts[0].entity, self._record, apart=True)


def _resolve(w: "Workspace", *, decisions: tuple[tuple[ConflictView, Value], ...]) -> int:
    from sscdesk.application import synchronise

    for conflict, value in decisions:
        synchronise.resolve_conflict(w, conflict.row, conflict.field, value=value)
    return len(decisions)
