"""Asking a partner for what is missing, and hearing what it holds: small files, four words."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from sscdesk.application.receipts import ReceiptView, RequestMade
from sscdesk.i18n import _, format_number, ngettext
from sscdesk.ui.desk import Desk
from sscdesk.ui.places import city

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

ENDING = ".sscreceipt"


class Asking(QObject):
    """Writes requests, reads receipts, opens the sheet for the telephone."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.desk = desk
        self._window = window

    @Slot(str)
    def ask(self, office: str) -> None:
        """Let the officer choose where the request goes, then write it."""
        folder = Path(self.desk.preferences.exchange_folder or Path.home())
        name = f"{self.desk.workspace.office}-{office}{ENDING}".lower()
        kinds = _("Requests and receipts (*.sscreceipt)")
        path, _kind = QFileDialog.getSaveFileName(
            self._window, _("Save the request"), str(folder / name), kinds
        )
        if path:
            self.write(Path(path if path.endswith(ENDING) else f"{path}{ENDING}"), office)

    def write(self, path: Path, office: str) -> None:
        """Write the request there, in a worker."""
        self.desk.operation(self, partial(_request, path=path, office=office), self._written)

    def _written(self, made: RequestMade) -> None:
        words = _("The request is saved as {name}. Send it to {office}: its next file brings all.")
        office = city(made.offices[0])
        self.desk.say(words.format(name=Path(made.path).name, office=office))

    def read(self, path: Path) -> None:
        """Read what another office says that it holds."""
        self.desk.operation(self, partial(_accept, path=path), self.tell)

    def tell(self, found: ReceiptView) -> None:
        """Say what was heard, and offer the file that answers it."""
        self.desk.say(
            receipt_words(found),
            action=_("Make the file…") if found.lacks or found.documents else "",
            act=partial(self._make, found.office),
        )

    def _make(self, office: str) -> None:
        from sscdesk.ui.pages.wishes import MakeFile

        self.desk.go("synchronise", MakeFile(office))

    @Slot(str)
    def telephone(self, office: str) -> None:
        """Open the sheet with the four words of a file."""
        from sscdesk.ui.dialogs.by_telephone import TelephoneDialog

        sheet = TelephoneDialog(self.desk, office, self._window)
        sheet.confirmed.connect(self.tell)
        sheet.open()


def receipt_words(found: ReceiptView) -> str:
    """Say what an office holds, lacks and asks for."""
    office = city(found.office)
    if found.lacks:
        words = ngettext(
            "{office} lacks {count} change of yours.",
            "{office} lacks {count} changes of yours.",
            found.lacks,
        ).format(office=office, count=format_number(found.lacks))
    else:
        words = _("{office} holds all that was sent to it.").format(office=office)
    if not found.documents:
        return words
    asked = ngettext(
        "It asks for {count} document.", "It asks for {count} documents.", found.documents
    )
    return f"{words} {asked.format(count=format_number(found.documents))}"


def _request(w: "Workspace", path: Path, office: str) -> RequestMade:
    from sscdesk.application import synchronise

    return synchronise.request(w, path, [office])


def _accept(w: "Workspace", path: Path) -> ReceiptView:
    from sscdesk.application import synchronise

    return synchronise.accept_receipt(w, path)
