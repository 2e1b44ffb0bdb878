"""The main window: navigation, bar, the screen in front, status line, messages, palette.

It shows screens and carries what they ask of each other; it knows no record.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from sscdesk.application.views import ChangeSummary
from sscdesk.i18n import _
from sscdesk.ui.commands import Commands
from sscdesk.ui.desk import Desk
from sscdesk.ui.desk_state import Standing, read_standing
from sscdesk.ui.dropping import files_of_offices
from sscdesk.ui.icons import redress
from sscdesk.ui.look import look
from sscdesk.ui.message_bar import MessageBar
from sscdesk.ui.navigation import Navigation
from sscdesk.ui.pages.list_page import ListPage
from sscdesk.ui.pages.page import Page
from sscdesk.ui.pages.wishes import OpenFiles
from sscdesk.ui.palette import Palette
from sscdesk.ui.places import office_line
from sscdesk.ui.screens import BY_NAME, SCREENS, Screen, screen_of, shortcut_of
from sscdesk.ui.status_line import StatusLine
from sscdesk.ui.top_bar import TopBar
from sscdesk.ui.undoing import Undoing

PageMaker = Callable[[Desk, Screen], Page]
RecordWindowMaker = Callable[[Desk, str, str], QWidget]

SETTLE_MS = 400
"""The standing of the desk is read again this long after the last change."""
FIRST_SIZE = QSize(1366, 768)
"""The size at the first start; a smaller screen is filled."""
NARROW = 1_080
"""Below this width (at a text of 100 %) the navigation folds by itself."""


class MainWindow(QMainWindow):
    """One open desk.

    *Signals*: ``closing`` once everything is saved and may end; ``language_wanted(code)``.
    """

    closing = Signal()
    language_wanted = Signal(str)

    def __init__(
        self,
        desk: Desk,
        pages: Mapping[str, PageMaker],
        record_window: RecordWindowMaker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("main_window")
        self.desk = desk
        self._makers = dict(pages)
        self._record_window = record_window
        self._pages: dict[str, Page] = {}
        self._windows: list[QWidget] = []
        self.screens = tuple(screen for screen in SCREENS if screen.name in self._makers)
        self.names = frozenset(self._makers)
        """The screens that this desk has."""
        self._closing = False
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._add_shortcuts()
        self._restore_geometry()
        self.reword()
        self.go(desk.preferences.last_screen)
        self.current.setFocus()
        self.read_standing()
        self.undoing.read()

    # Building

    def _build(self) -> None:
        middle = QWidget(self)
        middle.setProperty("look", "ground")
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.navigation = Navigation(self.screens, middle)
        across.addWidget(self.navigation)
        self._right = QWidget(middle)
        down = QVBoxLayout(self._right)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        self.bar = TopBar(self._right)
        self.stack = QStackedWidget(self._right)
        self.status = StatusLine(self.desk.workers, self._right)
        down.addWidget(self.bar)
        down.addWidget(self.stack, 1)
        down.addWidget(self.status)
        across.addWidget(self._right, 1)
        self.setCentralWidget(middle)
        self.message = MessageBar(self.stack)
        self.undoing = Undoing(self.desk, self._settle_current, self)
        self.commands = Commands(self)
        self.palette_of_all = Palette(self.desk, self.commands.all, self.bar.search, self._right)

    def _connect(self) -> None:
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(self.read_standing)
        self.navigation.chosen.connect(self.go)
        self.navigation.collapse_wanted.connect(self.fold_navigation)
        self.bar.search_wanted.connect(self.palette_of_all.open_palette)
        self.bar.undo_wanted.connect(self.undoing.undo)
        self.bar.redo_wanted.connect(self.undoing.redo)
        self.undoing.labels_read.connect(self.bar.show_undo)
        self.bar.new_wanted.connect(self.begin)
        self.status.wanted.connect(self.go)
        self.palette_of_all.chosen_record.connect(self.open_record)
        desk = self.desk
        desk.changed.connect(self._desk_changed)
        desk.said.connect(self.message.show_notice)
        desk.open_wanted.connect(self.open_record)
        desk.new_wanted.connect(self.begin)
        desk.screen_wanted.connect(self._go_from_elsewhere)
        desk.language_wanted.connect(self.language_wanted)
        desk.standing_changed.connect(self.read_standing)
        look().changed.connect(self._look_changed)

    def _add_shortcuts(self) -> None:
        self._shortcut("Ctrl+K", self.palette_of_all.open_palette)
        self._shortcut(QKeySequence.StandardKey.Undo, self.undoing.undo)
        self._shortcut(QKeySequence.StandardKey.Redo, self.undoing.redo)
        self._shortcut("Ctrl+N", self.new)
        self._shortcut("Ctrl+Shift+N", self.bar.show_new_menu)
        self._shortcut("Ctrl+F", self._look_for)
        self._shortcut("Ctrl+B", self.fold_navigation)
        self._shortcut("F1", self.show_help)
        self._shortcut("?", self.show_cheat_sheet)
        self._shortcut("Ctrl+Q", self.close)
        for screen in self.screens:
            keys = shortcut_of(screen, self.screens)
            if keys:
                shortcut = self._shortcut(keys, self._go_by_keys)
                shortcut.setProperty("screen", screen.name)

    def _shortcut(
        self, keys: str | QKeySequence.StandardKey, then: Callable[[], object]
    ) -> QShortcut:
        made = QShortcut(QKeySequence(keys), self)
        made.activated.connect(then)
        return made

    @Slot()
    def _go_by_keys(self) -> None:
        shortcut = self.sender()
        if shortcut is not None:
            self.go(str(shortcut.property("screen")))

    # Screens

    @Slot(str)
    @Slot(str, object)
    def go(self, name: str, argument: Any = None) -> None:
        """Show a screen; one that this desk does not have shows the first."""
        if name not in self._makers:
            name = self.screens[0].name
        page = self.page(name)
        before = self.stack.currentWidget()
        if isinstance(before, Page) and before is not page:
            before.settle()
        self.stack.setCurrentWidget(page)
        self.navigation.show_current(name)
        if not page.about.foot:
            self.desk.preferences.last_screen = name
        self._show_place()
        page.shown(argument)

    @Slot(str, object)
    def _go_from_elsewhere(self, name: str, argument: Any = None) -> None:
        """Show a screen that was asked for, also by a record in a window of its own."""
        self.go(name, argument)
        if not self.isActiveWindow():
            self.raise_()
            self.activateWindow()

    def page(self, name: str) -> Page:
        """Return a screen's page, made when it is first visited."""
        if name not in self._pages:
            page = self._makers[name](self.desk, BY_NAME[name])
            if isinstance(page, ListPage):
                page.entity_changed.connect(self._show_place)
            self.stack.addWidget(page)
            self._pages[name] = page
        return self._pages[name]

    @property
    def current(self) -> Page:
        """The page in front."""
        page = self.stack.currentWidget()
        assert isinstance(page, Page)
        return page

    @Slot()
    def _show_place(self) -> None:
        page = self.current
        self.bar.show_place(page.heading(), page.new_entity())
        self.setWindowTitle(_("{screen} — South-South Desk").format(screen=page.heading()))

    # Records

    @Slot(str, str, bool)
    def open_record(self, entity: str, identifier: str, apart: bool = False) -> None:
        """Show a record beside its list, or in a window of its own."""
        screen = screen_of(entity)
        if apart or screen is None or screen.name not in self._makers:
            self._open_window(entity, identifier)
            return
        self.go(screen.name)
        self.page(screen.name).show_record(entity, identifier)

    def _open_window(self, entity: str, identifier: str) -> None:
        window = self._record_window(self.desk, entity, identifier)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._windows.append(window)
        window.show()

    def record_windows(self) -> list[QWidget]:
        """Return the records that are open in windows of their own."""
        self._windows = [window for window in self._windows if isValid(window)]
        return self._windows

    @Slot()
    def new(self) -> None:
        """Begin a new record of this screen's kind, or offer every kind."""
        entity = self.current.new_entity()
        if entity:
            self.begin(entity)
        else:
            self.bar.show_new_menu()

    @Slot(str)
    @Slot(str, object)
    def begin(self, entity: str, values: Any = None) -> None:
        """Begin a new record."""
        screen = screen_of(entity)
        if screen is None or screen.name not in self._makers:
            return
        self.go(screen.name)
        self.page(screen.name).begin(entity, dict(values or {}))

    def _settle_current(self) -> None:
        self.current.settle()

    # What changes

    @Slot(object)
    def _desk_changed(self, summary: ChangeSummary) -> None:
        self.status.show_saved(datetime.now().astimezone().strftime("%H:%M"))
        self.undoing.read()
        self._later.start()

    @Slot()
    def read_standing(self) -> None:
        """Read again what waits to be sent and what waits for me."""
        self.desk.query(self, read_standing, self._show_standing)

    def _show_standing(self, standing: Standing) -> None:
        self.status.show_state(standing.state)
        self.navigation.show_waiting(standing.waiting)

    @Slot()
    def _look_changed(self) -> None:
        before = self.focusWidget()
        redress(self)
        self.reword()
        if self.focusWidget() is not before:
            # The page made its inside anew: the keys belong to it, not to its neighbour.
            self.current.setFocus()

    def reword(self) -> None:
        """Write all words again: after a change of language, theme or size."""
        self.navigation.show_office(office_line(self.desk.workspace.office))
        self._fold(self._should_fold())
        self.navigation.reword()
        self.bar.reword()
        self.status.reword()
        self.palette_of_all.reword()
        self.message.reword()
        for page in self._pages.values():
            page.reword()
        if self.stack.count():
            self._show_place()
            self.undoing.read()

    # The navigation's width

    @Slot()
    def fold_navigation(self) -> None:
        """Fold the navigation to its icons, or unfold it."""
        folded = not self.navigation.collapsed
        self.desk.preferences.navigation_collapsed = folded
        self._fold(folded)

    def _should_fold(self) -> bool:
        narrow = self.width() < look().sp(NARROW)
        return narrow or self.desk.preferences.navigation_collapsed

    def _fold(self, folded: bool) -> None:
        if folded != self.navigation.collapsed:
            self.navigation.collapse(folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was_narrow = event.oldSize().width() < look().sp(NARROW)
        narrow = event.size().width() < look().sp(NARROW)
        if was_narrow != narrow or event.oldSize().width() < 0:
            self._fold(self._should_fold())

    # Keys

    @Slot()
    def _look_for(self) -> None:
        self.current.look_for()

    @Slot()
    def show_help(self) -> None:
        """Show the help page of the screen in front."""
        self.go("help", self.current.about.name)

    @Slot()
    def show_cheat_sheet(self) -> None:
        """Show which keys do what."""
        from sscdesk.ui.dialogs.cheat_sheet import CheatSheet

        CheatSheet(self.screens, self).open()

    # Files let go over the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if "synchronise" in self.names and files_of_offices(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = files_of_offices(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.go("synchronise", OpenFiles(paths))

    # Size, place, end

    def _restore_geometry(self) -> None:
        kept = self.desk.preferences.window_geometry
        room = self.screen().availableGeometry()
        wanted = FIRST_SIZE.boundedTo(room.size())
        self.resize(wanted)
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))
        elif wanted != FIRST_SIZE or room.size() == FIRST_SIZE:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.palette_of_all.close_palette()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed, wait visibly for changes that are being written, then end."""
        for page in self._pages.values():
            page.settle()
        if self.desk.workers.writing():
            event.ignore()
            self._wait_then_close()
            return
        self.desk.preferences.window_geometry = bytes(
            self.saveGeometry().toBase64().data()
        ).decode()
        for window in list(self.record_windows()):
            window.close()
        self.closing.emit()
        event.accept()

    def _wait_then_close(self) -> None:
        if self._closing:
            return
        self._closing = True
        self.setEnabled(False)
        self.message.setEnabled(True)
        self.desk.say(_("Finishing what is being saved, then the desk closes."), "info")
        self.desk.workers.idle.connect(self._close_now)

    @Slot()
    def _close_now(self) -> None:
        if self._closing and not self.desk.workers.writing():
            self._closing = False
            self.desk.workers.idle.disconnect(self._close_now)
            self.close()
