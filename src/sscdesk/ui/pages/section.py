"""Pages made of several sections, one behind each tab."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from sscdesk.i18n import _
from sscdesk.ui.desk import Desk
from sscdesk.ui.pages.page import Page
from sscdesk.ui.screens import Screen

SETTLE_MS = 200
"""Changes that come close together are read once."""


class Section(QWidget):
    """One section of a page.

    It is built in ``build`` and filled in ``fill`` with what ``reload`` has read. A change
    of language or colours throws the inside away and builds it again. *Signals*:
    ``counted(int)`` how many things wait there.
    """

    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("look", "ground")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._inside = self._made()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(self.reload)
        desk.changed.connect(self._desk_changed)

    def _made(self) -> QWidget:
        inside = QWidget(self)
        inside.setProperty("look", "ground")
        self.build(inside)
        self._column.addWidget(inside)
        return inside

    def build(self, inside: QWidget) -> None:
        """Make the widgets, in ``inside``."""

    def fill(self) -> None:
        """Show what was read last, where something was."""

    @Slot()
    def reload(self) -> None:
        """Read again what the section shows."""

    def shown(self, argument: Any = None) -> None:
        """Do what is to be done when the section comes to the front."""
        self.reload()

    def settle(self) -> None:
        """Save what was typed, before the section is left."""

    def look_for(self) -> None:
        """Let the officer look for something within the section."""

    def reword(self) -> None:
        """Build the inside again, with the words and the sizes of now."""
        old = self._inside
        self._column.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._inside = self._made()
        self.fill()

    @Slot(object)
    def _desk_changed(self, _summary: object) -> None:
        if self.isVisible():
            self._later.start()


SectionMaker = Callable[[Desk, QWidget], Section]


class TabbedPage(Page):
    """A page with tabs. A subclass gives the sections and says which one an argument means."""

    def __init__(self, desk: Desk, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(desk, screen, parent)
        self._makers = dict(self.sections())
        self._within = dict(self.within())
        self.names = tuple(name for name in self._makers if name not in self._within)
        self._sections: dict[str, QWidget] = {}
        self._counts: dict[str, int] = {}
        self._build()
        self._name_tabs()
        self._add_shortcuts()

    def sections(self) -> Mapping[str, Callable[[Desk, QWidget], QWidget]]:
        """Return what makes each section, by its name, in order."""
        raise NotImplementedError

    def words(self, name: str) -> str:
        """Return the words of a tab."""
        raise NotImplementedError

    def within(self) -> Mapping[str, str]:
        """Return the sections that have no tab of their own, with the tab they belong to."""
        return {}

    def section_for(self, argument: Any) -> str:
        """Return the section that an argument of ``go`` means; empty keeps the present one."""
        return ""

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        frame = QFrame(self)
        frame.setProperty("look", "page_tabs")
        row = QHBoxLayout(frame)
        row.setContentsMargins(10, 0, 10, 0)
        self.tabs = QTabBar(frame)
        self.tabs.setProperty("look", "page")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for name in self.names:
            self.tabs.addTab(self.words(name))
        row.addWidget(self.tabs, 1)
        self.stack = QStackedWidget(self)
        column.addWidget(frame)
        column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.tabs.tabBarClicked.connect(self._tab_clicked)

    def _name_tabs(self) -> None:
        self.tabs.setAccessibleName(_("Parts of this screen"))

    def _add_shortcuts(self) -> None:
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setProperty("step", step)
            shortcut.activated.connect(self._turn)

    @Slot()
    def _turn(self) -> None:
        shortcut = self.sender()
        if shortcut is not None:
            count = len(self.names)
            self.tabs.setCurrentIndex(
                (self.tabs.currentIndex() + int(shortcut.property("step"))) % count
            )

    # Which section

    @property
    def at(self) -> str:
        """The name of the section in front."""
        return self.names[max(0, self.tabs.currentIndex())]

    def section(self, name: str) -> QWidget:
        """Return a section, made when it is first wanted."""
        if name not in self._sections:
            made = self._makers[name](self.desk, self.stack)
            self._sections[name] = made
            self.stack.addWidget(made)
            if isinstance(made, Section):
                made.counted.connect(self._counted)
            self.made(name, made)
        return self._sections[name]

    def made(self, name: str, section: QWidget) -> None:
        """Connect a section that was just made."""

    def show_section(self, name: str, argument: Any = None) -> None:
        """Bring a section to the front."""
        self._leave()
        section = self.section(name)
        self.stack.setCurrentWidget(section)
        with _Quiet(self.tabs):
            self.tabs.setCurrentIndex(self.names.index(self._within.get(name, name)))
        if isinstance(section, Section | Page):
            section.shown(argument)

    def _leave(self) -> None:
        before = self.stack.currentWidget()
        if isinstance(before, Section | Page):
            before.settle()

    @Slot(int)
    def _tab_changed(self, place: int) -> None:
        if 0 <= place < len(self.names):
            self.show_section(self.names[place])

    @Slot(int)
    def _tab_clicked(self, place: int) -> None:
        """Lead from a section without a tab back to the one to which it belongs."""
        if place == self.tabs.currentIndex() and self.front != self.at:
            self.show_section(self.at)

    @property
    def front(self) -> str:
        """The name of the section in front, also of one without a tab."""
        shown = self.stack.currentWidget()
        return next((name for name, one in self._sections.items() if one is shown), self.at)

    @Slot(int)
    def _counted(self, count: int) -> None:
        for name, section in self._sections.items():
            if section is self.sender() and name in self.names:
                self.show_count(name, count)

    def show_count(self, name: str, count: int) -> None:
        """Show how many things wait in a section."""
        self._counts[name] = count
        words = self.words(name)
        told = _("{tab} · {count}").format(tab=words, count=count) if count else words
        self.tabs.setTabText(self.names.index(name), told)

    # As every page

    def shown(self, argument: Any = None) -> None:
        wanted = self.section_for(argument) if argument is not None else ""
        self.show_section(wanted or self.front, argument)

    def look_for(self) -> None:
        section = self.stack.currentWidget()
        if isinstance(section, Section | Page):
            section.look_for()

    def settle(self) -> None:
        self._leave()

    def reword(self) -> None:
        super().reword()
        self._name_tabs()
        for name in self.names:
            self.show_count(name, self._counts.get(name, 0))
        for section in self._sections.values():
            if isinstance(section, Section | Page):
                section.reword()


class _Quiet:
    """Keeps a widget from telling of a change that was not the officer's."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._before = False

    def __enter__(self) -> None:
        self._before = self._widget.blockSignals(True)

    def __exit__(self, *_of: object) -> None:
        self._widget.blockSignals(self._before)


def scrolled(inside: QWidget, parent: QWidget) -> QScrollArea:
    """Let a column of cards scroll."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside.setProperty("look", "ground")
    area.setWidget(inside)
    return area
