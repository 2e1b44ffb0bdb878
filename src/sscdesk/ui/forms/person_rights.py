"""What a person may ask for: to know what is kept, to be erased."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from sscdesk.application.views import RecordView
from sscdesk.i18n import _
from sscdesk.model.authority import roles_with
from sscdesk.ui.desk import Desk

if TYPE_CHECKING:
    from sscdesk.application.personal_data import PersonalData
    from sscdesk.application.workspace import Workspace

PERSON = "person"
TELL, ERASE = "tell", "erase"


def rights_offered(desk: Desk, view: RecordView) -> list[tuple[str, str]]:
    """Return what the menu of a person's record offers this officer, with its words."""
    if view.entity != PERSON or view.erased is not None:
        return []
    roles = desk.workspace.actor.roles
    found = []
    if roles & roles_with("personal_data"):
        found.append((TELL, _("Save all that is kept about this person…")))
    if roles & roles_with("approve_erasure") and view.owner == desk.workspace.office:
        found.append((ERASE, _("Erase at the person's request…")))
    return found


class PersonRights(QObject):
    """Does what a person asked for."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.desk = desk
        self._window = window
        self._view: RecordView | None = None

    def about(self, view: RecordView) -> None:
        """Be about this record from now on."""
        self._view = view

    @Slot(str)
    def do(self, what: str) -> None:
        """Do one of what was offered."""
        if self._view is None:
            return
        if what == ERASE:
            from sscdesk.ui.dialogs.erase import EraseDialog

            EraseDialog(self.desk, self._view, self._window).open()
        elif what == TELL:
            proposed = Path(self.desk.preferences.exchange_folder or Path.home())
            kinds = _("PDF documents (*.pdf);;Data for another program (*.json)")
            path, _kind = QFileDialog.getSaveFileName(
                self._window,
                _("Save all that is kept about this person"),
                str(proposed / f"{self._view.ref}.pdf"),
                kinds,
            )
            if path:
                self.save(Path(path))

    def save(self, path: Path) -> None:
        """Write all that is kept about the person there."""
        if self._view is not None:
            run = partial(_save, ref=self._view.id, path=path)
            self.desk.operation(self, run, self._saved, label=_("Writing the document…"))

    def _saved(self, made: "PersonalData") -> None:
        self.desk.say(_("Saved as {name}.").format(name=Path(made.path).name))


def _save(w: "Workspace", *, ref: str, path: Path) -> "PersonalData":
    from sscdesk.application import personal_data

    return personal_data.save(w, ref, path)
