"""Synchronise: the partner offices, what is to reconcile, suggestions, files, cards."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sscdesk.application.synchronise import SyncStatus
from sscdesk.i18n import _
from sscdesk.model.offices import OFFICES
from sscdesk.ui.desk import Desk
from sscdesk.ui.pages.cards import CardsSection
from sscdesk.ui.pages.reconcile import ReconcileSection
from sscdesk.ui.pages.section import Section, TabbedPage
from sscdesk.ui.pages.suggestions import SuggestionsSection
from sscdesk.ui.pages.sync_inspect import InspectSection
from sscdesk.ui.pages.sync_make import MakeSection
from sscdesk.ui.pages.sync_offices import OfficesSection
from sscdesk.ui.pages.sync_register import RegisterSection
from sscdesk.ui.pages.wishes import MakeFile, OpenFiles, Reconcile, VerifyPdf

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

OFFICES_TAB, RECONCILE, SUGGESTIONS, FILES, CARDS = (
    "offices",
    "reconcile",
    "suggestions",
    "files",
    "cards",
)
MAKE, INSPECT = "make", "inspect"


class SynchronisePage(TabbedPage):
    """The screen of the focal point."""

    def sections(self) -> Mapping[str, Callable[[Desk, QWidget], QWidget]]:
        return {
            OFFICES_TAB: OfficesSection,
            RECONCILE: ReconcileSection,
            SUGGESTIONS: SuggestionsSection,
            FILES: RegisterSection,
            CARDS: CardsSection,
            MAKE: MakeSection,
            INSPECT: InspectSection,
        }

    def within(self) -> Mapping[str, str]:
        return {MAKE: OFFICES_TAB, INSPECT: OFFICES_TAB}

    def words(self, name: str) -> str:
        return {
            OFFICES_TAB: _("Partner offices"),
            RECONCILE: _("To reconcile"),
            SUGGESTIONS: _("Suggestions"),
            FILES: _("Files"),
            CARDS: _("Cards"),
        }[name]

    def new_entity(self) -> str:
        return ""

    def made(self, name: str, section: QWidget) -> None:
        if isinstance(section, OfficesSection):
            section.file_wanted.connect(self.make_file)
            section.files_chosen.connect(self.open_files)
            section.card_wanted.connect(self._show_card)
        elif isinstance(section, MakeSection):
            section.left.connect(self._back)
        elif isinstance(section, InspectSection):
            section.left.connect(self._back)
            section.reconcile_wanted.connect(self._reconcile)
            section.suggestions_wanted.connect(self._suggestions)

    # ------------------------------------------------------------ what may be asked for

    def shown(self, argument: Any = None) -> None:
        self._read_counts()
        if isinstance(argument, MakeFile):
            self.show_section(MAKE, argument.office)
        elif isinstance(argument, OpenFiles):
            self.open_files(list(argument.paths))
        elif isinstance(argument, Reconcile):
            self.show_section(RECONCILE, argument.record)
        elif isinstance(argument, str) and argument:
            self._show_named(argument)
        else:
            self.show_section(self.front)

    def _show_named(self, argument: str) -> None:
        """Show a section by its name, an office, or what is to reconcile in a record."""
        if argument in self.names:
            self.show_section(argument)
        elif argument in OFFICES:
            self.show_section(OFFICES_TAB, argument)
        else:
            self.show_section(RECONCILE, argument)

    def _read_counts(self) -> None:
        self.desk.query(self, _status, self._show_counts)

    def _show_counts(self, status: SyncStatus) -> None:
        self.show_count(RECONCILE, status.conflicts)
        self.show_count(SUGGESTIONS, status.suggestions)

    @Slot(str)
    def make_file(self, office: str) -> None:
        """Make a file for an office."""
        self.show_section(MAKE, office)

    @Slot(list)
    def open_files(self, paths: list[Path]) -> None:
        """Open what an officer has let go here, each kind where it belongs."""
        chosen = tuple(paths)
        self.desk.query(self, _arrived(chosen), partial(self._opened, chosen))

    def _opened(self, paths: tuple[Path, ...], kind: str) -> None:
        if kind == "card":
            self.show_section(CARDS, paths[0])
        elif kind == "receipt":
            self._read_receipt(paths[0])
        elif kind == "pdf":
            self.desk.go("reports", VerifyPdf(paths[0]))
        else:
            self.show_section(INSPECT, paths)

    def _read_receipt(self, path: Path) -> None:
        self.show_section(OFFICES_TAB)
        section = self.section(OFFICES_TAB)
        if isinstance(section, OfficesSection):
            section.asking.read(path)

    @Slot(str)
    def _show_card(self, office: str) -> None:
        self.show_section(CARDS, office)

    @Slot()
    def _back(self) -> None:
        self._read_counts()
        self.show_section(OFFICES_TAB)

    @Slot()
    def _reconcile(self) -> None:
        self._read_counts()
        self.show_section(RECONCILE)

    @Slot()
    def _suggestions(self) -> None:
        self._read_counts()
        self.show_section(SUGGESTIONS)

    def reword(self) -> None:
        super().reword()
        front = self.stack.currentWidget()
        if isinstance(front, Section):
            front.reload()


def _status(w: "Workspace") -> SyncStatus:
    from sscdesk.application import synchronise

    return synchronise.status(w)


def _arrived(paths: tuple[Path, ...]) -> "Callable[[Workspace], str]":
    def read(_w: "Workspace") -> str:
        from sscdesk.application.arrivals import arrived

        return str(arrived(paths))

    return read
