"""Reports: the signature book, the list of all reports, verifying a PDF."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sscdesk.i18n import _
from sscdesk.ui.desk import Desk
from sscdesk.ui.pages.list_page import ListPage
from sscdesk.ui.pages.report_side import ReportSide
from sscdesk.ui.pages.section import TabbedPage
from sscdesk.ui.pages.signature_book import BookSection
from sscdesk.ui.pages.verify import VerifySection
from sscdesk.ui.pages.wishes import NewReport, VerifyPdf
from sscdesk.ui.screens import BY_NAME

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

BOOK, LIST, VERIFY = "book", "list", "verify"


def make_report(desk: Desk, parent: QWidget) -> QWidget:
    """Make what shows a report beside the list."""
    return ReportSide(desk, parent)


def _list(desk: Desk, parent: QWidget) -> QWidget:
    return ListPage(desk, BY_NAME["reports"], make_report, parent)


class ReportsPage(TabbedPage):
    """The screen of paper."""

    def sections(self) -> Mapping[str, Callable[[Desk, QWidget], QWidget]]:
        return {BOOK: BookSection, LIST: _list, VERIFY: VerifySection}

    def words(self, name: str) -> str:
        return {
            BOOK: _("Signature book"),
            LIST: _("All reports"),
            VERIFY: _("Verify a PDF"),
        }[name]

    def made(self, name: str, section: QWidget) -> None:
        if isinstance(section, BookSection):
            section.report_wanted.connect(self._show_report)

    @property
    def reports(self) -> ListPage:
        """The list of all reports."""
        section = self.section(LIST)
        assert isinstance(section, ListPage)
        return section

    # ------------------------------------------------------------ what may be asked for

    def shown(self, argument: Any = None) -> None:
        self.desk.query(self, _count, self._show_count)
        if isinstance(argument, VerifyPdf):
            self.show_section(VERIFY, argument.path)
        elif isinstance(argument, NewReport):
            self.begin("report", {"kind": argument.kind, "subject": argument.subject})
        elif isinstance(argument, tuple):
            self.show_section(LIST, argument)
        elif isinstance(argument, str) and argument in self.names:
            self.show_section(argument)
        elif isinstance(argument, str) and argument:
            self.show_section(BOOK, argument)
        else:
            self.show_section(self.front)

    def _show_count(self, count: int) -> None:
        self.show_count(BOOK, count)

    def show_record(self, entity: str, identifier: str) -> None:
        self.show_section(LIST)
        self.reports.show_record(entity, identifier)

    def begin(self, entity: str, values: dict[str, Any]) -> None:
        self.show_section(LIST)
        self.reports.begin(entity, values)

    @Slot(str)
    def _show_report(self, identifier: str) -> None:
        self.show_record("report", identifier)


def _count(w: "Workspace") -> int:
    from sscdesk.application import signature_book

    return len(signature_book.waiting(w))
