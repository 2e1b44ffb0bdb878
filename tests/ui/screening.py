"""A page of one desk as an officer has it before the eyes, for tests that click."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sscdesk.application.workspace import Workspace
from sscdesk.ui.desk import Desk
from sscdesk.ui.pages.section import TabbedPage
from sscdesk.ui.preferences import Preferences
from sscdesk.ui.screens import BY_NAME


class Shown:
    """One page, shown, with what the desk said and asked for."""

    def __init__(self, qtbot: QtBot, w: Workspace, name: str, make: type[TabbedPage]) -> None:
        self.qtbot = qtbot
        self.desk = Desk(w, Preferences())
        self.said: list[str] = []
        self.opened: list[tuple[str, str]] = []
        self.desk.said.connect(self._hear)
        self.desk.open_wanted.connect(self._open)
        self.page = make(self.desk, BY_NAME[name])
        self.page.resize(1160, 680)
        self.page.show()

    def _hear(self, notice: object) -> None:
        self.said.append(str(getattr(notice, "text", "")))

    def _open(self, entity: str, identifier: str, _apart: bool) -> None:
        self.opened.append((entity, identifier))

    def settle(self) -> None:
        """Wait until what was asked for is shown, and what that asks for in turn."""
        for _turn in range(2):
            QCoreApplication.processEvents()
            self.qtbot.waitUntil(lambda: not self.desk.workers.running, timeout=20_000)
            QCoreApplication.processEvents()

    def go(self, argument: object = None) -> None:
        """Show the page, as ``Desk.go`` does."""
        self.page.shown(argument)
        self.settle()

    def section(self, name: str) -> QWidget:
        """Return a section of the page."""
        return self.page.section(name)

    def click(self, button: QWidget) -> None:
        """Click a button and wait for what it does."""
        assert button.isEnabled()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def close(self) -> None:
        """Close the page and its desk."""
        self.page.close()
        self.page.deleteLater()
        self.desk.close()
        self.desk.deleteLater()

    def close_for_now(self) -> None:
        """Join the workers, so that the desk may be opened by somebody else."""
        self.page.hide()
        self.desk.close()
