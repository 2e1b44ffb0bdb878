"""A list at the leading side, the chosen record at the trailing side.

One class for every entity; a screen of several entities (agreements, plans, commitments)
shows them as tabs above the list.
"""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.models.conditions import Condition
from sscdesk.ui.pages.list_pane import ListPane
from sscdesk.ui.pages.page import Page
from sscdesk.ui.pages.wishes import Reconcile
from sscdesk.ui.screens import Screen
from sscdesk.ui.widgets.basic import EmptyState

KEEP_SPLIT_MS = 400
LEAST_LIST = 260


class RecordSide(Protocol):
    """What shows a record beside the list."""

    def show_record(self, entity: str, identifier: str) -> None:
        """Show a record."""

    def begin(self, entity: str, values: dict[str, Any]) -> None:
        """Begin a new record."""

    def settle(self) -> None:
        """Save what was typed and not yet saved."""

    def reword(self) -> None:
        """Write the words again."""


RecordMaker = Callable[[Desk, QWidget], QWidget]
"""Makes the widget, a ``RecordSide``, that shows records."""


class ListPage(Page):
    """The screen of one or several entities."""

    entity_changed = Signal()

    def __init__(
        self,
        desk: Desk,
        screen: Screen,
        make_record: RecordMaker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, screen, parent)
        self._make_record = make_record
        self._record: QWidget | None = None
        self.entities = [name for name in screen.entities if name in record_kinds()]
        self.panes: dict[str, ListPane] = {}
        self._build()
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_SPLIT_MS)
        self._keep.timeout.connect(self._keep_split)
        self.splitter.splitterMoved.connect(self._keep.start)
        self._show_entity(self.entities[0])

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self._word_tabs()
        self.tabs.setVisible(len(self.entities) > 1)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.lists = QStackedWidget(self)
        self.side = QStackedWidget(self)
        self.nothing = EmptyState(self.about.icon, self.side)
        self.side.addWidget(self.nothing)
        self.splitter = QSplitter(self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        leading = QWidget(self)
        leading.setProperty("look", "paper")
        inside = QVBoxLayout(leading)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.tabs)
        inside.addWidget(self.lists)
        leading.setMinimumWidth(look().sp(LEAST_LIST))
        self.splitter.addWidget(leading)
        self.splitter.addWidget(self.side)
        column.addWidget(self.splitter)
        self._split()
        self._say_nothing()

    def _word_tabs(self) -> None:
        self.tabs.setAccessibleName(_("Kinds of records"))
        for place, name in enumerate(self.entities):
            words = _(record_kinds()[name].mapped.plural)
            if place < self.tabs.count():
                self.tabs.setTabText(place, words)
            else:
                self.tabs.addTab(words)

    def _split(self) -> None:
        share = self.desk.preferences.list_share
        self.splitter.setSizes([share * 10, (100 - share) * 10])
        self.splitter.setStretchFactor(0, share)
        self.splitter.setStretchFactor(1, 100 - share)

    @Slot()
    def _keep_split(self) -> None:
        leading, trailing = self.splitter.sizes()
        if leading and trailing:
            share = round(100 * leading / (leading + trailing))
            self.desk.preferences.list_share = min(85, max(15, share))

    # Which list

    @property
    def entity(self) -> str:
        """The entity whose list is shown."""
        return self.entities[max(0, self.tabs.currentIndex())]

    @property
    def pane(self) -> ListPane:
        """The list shown."""
        return self.panes[self.entity]

    def new_entity(self) -> str:
        return self.entity

    @Slot(int)
    def _tab_changed(self, place: int) -> None:
        if 0 <= place < len(self.entities):
            self._show_entity(self.entities[place])
            self.entity_changed.emit()

    def _show_entity(self, entity: str) -> None:
        if entity not in self.panes:
            pane = _pane_of(entity)(self.desk, entity, self.about.icon, self)
            pane.selected.connect(self._selected)
            pane.opened.connect(self._opened)
            pane.mode_changed.connect(self._mode_changed)
            self.lists.addWidget(pane)
            self.panes[entity] = pane
        pane = self.panes[entity]
        self.lists.setCurrentWidget(pane)
        self.side.setVisible(not pane.in_table)
        if self.tabs.currentIndex() != self.entities.index(entity):
            self.tabs.setCurrentIndex(self.entities.index(entity))

    # The record

    def record_side(self) -> Any:
        """Return the widget that shows records, made when the first one is shown."""
        if self._record is None:
            record = self._make_record(self.desk, self.side)
            self.side.addWidget(record)
            for name, then in (("left", self._left), ("reconcile_wanted", self._reconcile)):
                signal = getattr(record, name, None)
                if signal is not None:
                    signal.connect(then)
            self._record = record
        return self._record

    @Slot(str)
    def _selected(self, identifier: str) -> None:
        if not identifier:
            if self._record is None or not getattr(self._record, "beginning", False):
                self.side.setCurrentWidget(self.nothing)
            return
        if self.pane.in_table:
            return
        record = self.record_side()
        self.side.setCurrentWidget(record)
        record.show_record(self.entity, identifier)

    @Slot()
    def _left(self) -> None:
        self.side.setCurrentWidget(self.nothing)

    @Slot(str, str)
    def _reconcile(self, entity: str, identifier: str) -> None:
        self.desk.go("synchronise", Reconcile(identifier))

    @Slot(str)
    def _opened(self, identifier: str) -> None:
        self.desk.open(self.entity, identifier, apart=True)

    @Slot(bool)
    def _mode_changed(self, in_table: bool) -> None:
        self.side.setVisible(not in_table)
        if not in_table:
            self._split()

    def show_record(self, entity: str, identifier: str) -> None:
        """Show a record beside its list, also one that the filters hide."""
        self._show_entity(entity)
        self.pane.select(identifier)
        record = self.record_side()
        self.side.setVisible(True)
        self.side.setCurrentWidget(record)
        record.show_record(entity, identifier)

    def begin(self, entity: str, values: dict[str, Any]) -> None:
        """Begin a new record."""
        self._show_entity(entity)
        record = self.record_side()
        self.side.setVisible(True)
        self.side.setCurrentWidget(record)
        record.begin(entity, values)

    # As every page

    def shown(self, argument: Any = None) -> None:
        if isinstance(argument, tuple) and all(isinstance(one, Condition) for one in argument):
            self.pane.show_conditions(argument)
        self.pane.current_view().setFocus()

    def look_for(self) -> None:
        self.pane.look_for()

    def settle(self) -> None:
        if self._record is not None:
            self.record_side().settle()

    def reword(self) -> None:
        super().reword()
        self._word_tabs()
        for pane in self.panes.values():
            pane.reword()
        self._say_nothing()
        if self._record is not None:
            self.record_side().reword()

    def _say_nothing(self) -> None:
        self.nothing.say(
            _("Choose a record on the list"),
            _("It opens here. Enter or a double click opens it in a window of its own."),
        )


def _pane_of(entity: str) -> type[ListPane]:
    """Return the list of an entity: that of indicators tells their figures."""
    if entity == "indicator":
        from sscdesk.ui.pages.indicator_pane import IndicatorPane

        return IndicatorPane
    return ListPane
