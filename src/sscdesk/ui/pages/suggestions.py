"""Suggestions: what other offices would like changed in records that are not theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sscdesk.application.reconcile import SuggestionView
from sscdesk.i18n import _
from sscdesk.model.refusal import DeskError, Refused
from sscdesk.model.rights import check_right
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.pages.conflict_words import (
    declared,
    is_long,
    suggestion_words,
    titles_for,
    value_words,
)
from sscdesk.ui.pages.section import Section, scrolled
from sscdesk.ui.pages.sync_words import field_label
from sscdesk.ui.widgets.basic import Card, EmptyState, button, label
from sscdesk.ui.widgets.link_title import LinkTitle
from sscdesk.ui.widgets.sides import Sides, SideWords
from sscdesk.ui.widgets.strips import Strip, refusal_strip
from sscdesk.ui.wording import Wording

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

WIDEST = 980


@dataclass(frozen=True, slots=True)
class Suggested:
    """All open suggestions, with the titles that their values name."""

    items: tuple[SuggestionView, ...]
    titles: Mapping[str, str]


def read_suggestions(w: "Workspace") -> Suggested:
    """Read the suggestions (in a worker)."""
    from sscdesk.application import synchronise

    items = synchronise.suggestions(w)
    asked = ((declared(one.entity, one.part, one.field), (one.now, one.value)) for one in items)
    return Suggested(items, titles_for(w, asked))


class SuggestionCard(Card):
    """One suggestion. *Signals*: ``decided(number, accepted)``; ``record_wanted(entity, id)``."""

    decided = Signal(int, bool)
    record_wanted = Signal(str, str)

    def __init__(
        self,
        one: SuggestionView,
        wording: Wording,
        titles: Mapping[str, str],
        *,
        may_decide: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.suggestion = one
        self._wording = wording
        self._titles = titles
        self._strip: Strip | None = None
        words = suggestion_words(one)
        self.setAccessibleName(f"{one.title}: {words}")
        self.body.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        title = LinkTitle(one.title, one.ref, self, strong=True)
        title.clicked.connect(self._open)
        row.addWidget(title, 1)
        row.addWidget(label(one.ref, "small", self))
        self.body.addLayout(row)
        self.body.addWidget(label(words, "", self, wrap=True))
        if one.kind == "update":
            self._add_values()
        else:
            self._add_row()
        if may_decide:
            self.body.addLayout(self._ways())

    def _add_values(self) -> None:
        one = self.suggestion
        field = declared(one.entity, one.part, one.field)
        self.body.addWidget(label(field_label(one.entity, one.part, one.field), "label", self))
        now = value_words(self._wording, field, one.now, self._titles)
        value = value_words(self._wording, field, one.value, self._titles)
        compared = is_long(field) and bool(one.now)
        sides = [
            SideWords(_("Now"), now, empty=one.now in (None, "", ())),
            SideWords(_("Suggested"), value, compared=compared, empty=one.value in (None, "", ())),
        ]
        self.body.addWidget(Sides(sides, str(one.now or "") if compared else "", self))

    def _add_row(self) -> None:
        one = self.suggestion
        for name, value in one.values:
            field = declared(one.entity, one.part, name)
            if field is None or value in (None, "", ()):
                continue
            told = _("{what}: {counts}").format(
                what=_(field.label), counts=value_words(self._wording, field, value, self._titles)
            )
            self.body.addWidget(label(told, "", self, wrap=True))
        hint = _("This cannot be taken over by itself: enter it by hand, then decline it here.")
        self.body.addWidget(Strip(hint, "info", "", self))

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.accept = button(_("Accept"), "primary", "check", self)
        self.accept.setAccessibleDescription(self.accessibleName())
        self.accept.setVisible(self.suggestion.kind == "update")
        self.accept.clicked.connect(self._accept)
        self.decline = button(_("Decline"), "", "x", self)
        self.decline.setAccessibleDescription(self.accessibleName())
        self.decline.clicked.connect(self._decline)
        row.addWidget(self.accept)
        row.addWidget(self.decline)
        row.addStretch(1)
        return row

    @Slot()
    def _accept(self) -> None:
        self.decided.emit(self.suggestion.id, True)

    @Slot()
    def _decline(self) -> None:
        self.decided.emit(self.suggestion.id, False)

    @Slot()
    def _open(self) -> None:
        self.record_wanted.emit(self.suggestion.entity, self.suggestion.record)

    def refuse(self, error: DeskError) -> None:
        """Show why it could not be decided so."""
        if self._strip is not None:
            self.body.removeWidget(self._strip)
            self._strip.hide()
            self._strip.deleteLater()
        self._strip = refusal_strip(error, self)
        self.body.addWidget(self._strip)


class SuggestionsSection(Section):
    """The open suggestions, the oldest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._found: Suggested | None = None
        super().__init__(desk, parent)

    def build(self, inside: QWidget) -> None:
        outside = QVBoxLayout(inside)
        outside.setContentsMargins(0, 0, 0, 0)
        self.empty = EmptyState("message-square", inside)
        self.empty.say(
            _("Nobody suggests anything"),
            _(
                "When another office changes what is yours to write, its change is not applied:"
                " it is shown here, for you to accept or decline."
            ),
        )
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(22, 18, 22, 22)
        column.setSpacing(12)
        self._refusal = QVBoxLayout()
        column.addLayout(self._refusal)
        self._may_decide = self._ask_right()
        middle = QWidget(sheet)
        middle.setMaximumWidth(look().sp(WIDEST))
        self._cards = QVBoxLayout(middle)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(12)
        row = QHBoxLayout()
        row.addWidget(middle, 10)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.area = scrolled(sheet, inside)
        outside.addWidget(self.empty)
        outside.addWidget(self.area)
        self.area.hide()
        self.cards: list[SuggestionCard] = []

    def _ask_right(self) -> bool:
        try:
            check_right(self.desk.workspace.actor, "decide_suggestion")
        except Refused as refusal:
            self._refusal.addWidget(refusal_strip(refusal, self))
            return False
        return True

    def shown(self, argument: Any = None) -> None:
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the suggestions."""
        self.desk.query(self, read_suggestions, self._show)

    def _show(self, found: Suggested) -> None:
        if found == self._found and self.cards:
            return
        self._found = found
        self.counted.emit(len(found.items))
        self.fill()

    def fill(self) -> None:
        found = self._found
        if found is None:
            return
        for old in self.cards:
            self._cards.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = []
        for one in found.items:
            card = SuggestionCard(
                one, self.desk.wording, found.titles, may_decide=self._may_decide, parent=self
            )
            card.decided.connect(self._decide)
            card.record_wanted.connect(self._open)
            self.cards.append(card)
            self._cards.addWidget(card)
        self.area.setVisible(bool(self.cards))
        self.empty.setVisible(not self.cards)

    @Slot(int, bool)
    def _decide(self, number: int, accepted: bool) -> None:
        run = partial(_decided, number=number, accepted=accepted)
        then = partial(self._told, accepted)
        self.desk.operation(self, run, then, partial(self._refused, number))

    def _told(self, accepted: bool, _done: None) -> None:
        words = (
            _("Accepted: the value is now yours, and travels with the next file.")
            if accepted
            else _("Declined: the record stays as it is. The other office learns of it.")
        )
        self.desk.say(words)
        self.reload()

    def _refused(self, number: int, error: DeskError) -> None:
        for card in self.cards:
            if card.suggestion.id == number:
                card.refuse(error)

    @Slot(str, str)
    def _open(self, entity: str, identifier: str) -> None:
        self.desk.open(entity, identifier, apart=True)


def _decided(w: "Workspace", *, number: int, accepted: bool) -> None:
    from sscdesk.application import synchronise

    decide = synchronise.accept_suggestion if accepted else synchronise.decline_suggestion
    decide(w, number)
