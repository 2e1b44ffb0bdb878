"""A record in a window of its own, so that two can be compared."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMessageBox, QWidget

from sscdesk.i18n import _, ngettext
from sscdesk.ui.desk import Desk, Notice
from sscdesk.ui.forms.undoing import add_undo_keys
from sscdesk.ui.icons import redress
from sscdesk.ui.look import look
from sscdesk.ui.message_bar import MessageBar
from sscdesk.ui.pages.record_page import RecordPage
from sscdesk.ui.screens import screen_of

WAIT_MS = 50


class RecordWindow(QMainWindow):
    """One record. Closing waits for what is being written, and tells what could not be."""

    def __init__(
        self, desk: Desk, entity: str, identifier: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self._entity = entity
        self.page = self.make_page()
        self.setCentralWidget(self.page)
        self.bar = MessageBar(self.page)
        desk.said.connect(self._say)
        look().changed.connect(self._look_changed)
        add_undo_keys(self, desk)
        self.page.titled.connect(self.setWindowTitle)
        self.page.left.connect(self.close)
        self.resize(820, 760)
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)
        QShortcut(QKeySequence("F1"), self, self._help)
        self._closing = QTimer(self)
        self._closing.setInterval(WAIT_MS)
        self._closing.timeout.connect(self._close_when_quiet)
        self.page.show_record(entity, identifier)

    def make_page(self) -> Any:
        """Make what shows the record: a ``RecordPage``, or what does as one."""
        return RecordPage(self.desk, self, apart=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.page.settle()
        if not self.page.quiet():
            event.ignore()
            self._closing.start()
            return
        self._closing.stop()
        if self.page.unsaved() and not may_leave(self, self.page):
            event.ignore()
            return
        super().closeEvent(event)

    @Slot()
    def _help(self) -> None:
        """Show the help page of the screen that lists such records."""
        screen = screen_of(self._entity)
        self.desk.go("help", screen.name if screen is not None else "records")

    @Slot()
    def _look_changed(self) -> None:
        """Write the words again: after a change of language, theme or size."""
        redress(self)
        self.bar.reword()
        self.page.reword()

    @Slot(object)
    def _say(self, notice: Notice) -> None:
        if self.isActiveWindow():
            self.bar.show_notice(notice)

    @Slot()
    def _close_when_quiet(self) -> None:
        if self.page.quiet():
            self._closing.stop()
            self.close()


def may_leave(window: QWidget, page: RecordPage) -> bool:
    """Ask whether to leave although something could not be saved; it stays a draft."""
    count = len(page.unsaved())
    told = ngettext(
        "{count} field could not be saved.", "{count} fields could not be saved.", count
    ).format(count=count)
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(told)
    box.setInformativeText(_("What you typed is kept and shown again when the record is opened."))
    stay = box.addButton(_("Go back"), QMessageBox.ButtonRole.RejectRole)
    box.addButton(_("Leave"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(stay)
    box.exec()
    return box.clickedButton() is not stay
