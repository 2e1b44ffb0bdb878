"""Which page stands behind each screen: the one list of what the desk shows."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from sscdesk.model.base import record_kinds
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.record_window import RecordWindow
from sscdesk.ui.main_window import MainWindow, PageMaker
from sscdesk.ui.pages.help import HelpScreen
from sscdesk.ui.pages.list_page import ListPage
from sscdesk.ui.pages.record_page import RecordPage
from sscdesk.ui.pages.report_side import ReportWindow
from sscdesk.ui.pages.reports import ReportsPage
from sscdesk.ui.pages.settings import SettingsPage
from sscdesk.ui.pages.synchronise import SynchronisePage
from sscdesk.ui.pages.today_page import TodayPage
from sscdesk.ui.screens import SCREENS, Screen


def make_record(desk: Desk, parent: QWidget) -> QWidget:
    """Make what shows a record beside its list."""
    return RecordPage(desk, parent)


def make_record_window(desk: Desk, entity: str, identifier: str) -> QWidget:
    """Make a window of its own for a record."""
    if entity == "report":
        return ReportWindow(desk, identifier)
    return RecordWindow(desk, entity, identifier)


def _list_page(desk: Desk, screen: Screen) -> ListPage:
    return ListPage(desk, screen, make_record)


def pages() -> Mapping[str, PageMaker]:
    """Return what makes each screen; a screen of records that nobody knows is left out."""
    makers: dict[str, PageMaker] = {
        "today": TodayPage,
        "synchronise": SynchronisePage,
        "settings": SettingsPage,
        "help": HelpScreen,
    }
    for screen in SCREENS:
        if any(name in record_kinds() for name in screen.entities):
            makers[screen.name] = _list_page
    makers["reports"] = ReportsPage
    return makers


def main_window(desk: Desk) -> MainWindow:
    """Make the main window of an open desk."""
    return MainWindow(desk, pages(), make_record_window)
