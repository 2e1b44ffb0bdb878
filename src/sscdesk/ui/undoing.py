"""Undo and Redo of the window: what they would do, and doing it.

While a field has the focus, its own undo of typing comes first: Qt's fields see the keys
before the window does.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from sscdesk.i18n import _
from sscdesk.ui.desk import Desk

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


class Undoing(QObject):
    """Takes changes back. *Signals*: ``labels_read(undo, redo)``, msgids or None."""

    labels_read = Signal(object, object)

    def __init__(self, desk: Desk, settle: Callable[[], None], parent: QObject) -> None:
        """``settle`` saves what was typed and not yet saved."""
        super().__init__(parent)
        self._desk = desk
        self._settle = settle

    @Slot()
    def undo(self) -> None:
        """Take back the last change."""
        self._settle()
        self._desk.operation(self, _undo, self._undone, label=_("Undoing…"))

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back."""
        self._desk.operation(self, _redo, self._redone, label=_("Redoing…"))

    def _undone(self, what: str) -> None:
        self._desk.say(
            _("Undone: {what}").format(what=_(what)),
            "neutral",
            action=_("Redo"),
            act=self.redo,
        )

    def _redone(self, what: str) -> None:
        self._desk.say(
            _("Done again: {what}").format(what=_(what)),
            "neutral",
            action=_("Undo"),
            act=self.undo,
        )

    def read(self) -> None:
        """Ask what Undo and Redo would do."""
        self._desk.query(self, _undo_labels, self._tell)

    def _tell(self, labels: tuple[str | None, str | None]) -> None:
        self.labels_read.emit(*labels)


def _undo(w: "Workspace") -> str:
    from sscdesk.application import undo

    return undo.undo(w)


def _redo(w: "Workspace") -> str:
    from sscdesk.application import undo

    return undo.redo(w)


def _undo_labels(w: "Workspace") -> tuple[str | None, str | None]:
    from sscdesk.application import undo

    return undo.labels(w)
