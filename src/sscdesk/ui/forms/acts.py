"""What the head of a record does: steps of its life, sharing, the bin."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from sscdesk.application import actions, records
from sscdesk.application.views import ActionView, FieldChange, RecordView
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.dialogs.reason import ReasonDialog, needs_asking
from sscdesk.ui.dialogs.sharing import SharingDialog
from sscdesk.ui.entity_words import entity_words
from sscdesk.ui.forms.undoing import undo_last
from sscdesk.ui.widgets.editors.surroundings import Surroundings

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

SIGNATURE_BOOK = frozenset({"sign", "countersign"})
"""Acts on a report that want the passphrase and the paper before one's eyes."""


class RecordActs(QObject):
    """Does acts on the record shown and says what came of them.

    Signals: ``done`` after an act; ``refused(DeskError)`` where no dialog could show it.
    """

    done = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, around: Surroundings, window: QWidget) -> None:
        super().__init__(window)
        self.desk = desk
        self._around = around
        self._window = window
        self._view: RecordView | None = None
        self.dialog: ReasonDialog | None = None

    def about(self, view: RecordView) -> None:
        """Act on ``view`` from now on."""
        self._view = view

    def act(self, step: ActionView) -> None:
        """Do a step, after asking for what it needs."""
        view = self._view
        if view is None:
            return
        if view.entity == "report" and step.action in SIGNATURE_BOOK:
            self.desk.go("reports", view.id)
        elif needs_asking(step):
            perform = partial(self._perform, step)
            self.dialog = ReasonDialog(step, view, self._around, perform, self._window)
            self.dialog.open()
        else:
            self._perform(step, "", {})

    def _perform(self, step: ActionView, note: str, values: Mapping[str, Value]) -> None:
        if self._view is not None:
            run = partial(
                perform, ref=self._view.id, action=step.action, note=note, values=dict(values),
            )  # fmt: skip
            self.desk.operation(self, run, self._performed, self._not_performed)

    def _performed(self, view: RecordView) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog = None
        state = self.desk.wording.state(record_kinds()[view.entity], view.state)
        self.desk.say(_("{ref} is now: {state}.").format(ref=view.ref, state=state))
        self.done.emit()

    def _not_performed(self, error: DeskError) -> None:
        if self.dialog is not None:
            self.dialog.refuse(error)
        else:
            self.refused.emit(error)

    # ------------------------------------------------------------ sharing, the bin, history

    @Slot()
    def share(self) -> None:
        """Decide who can see the record."""
        if self._view is not None:
            SharingDialog(self._view, self._share_with, self._window).open()

    def _share_with(self, audience: str) -> None:
        if self._view is not None:
            run = partial(records.set_audience, ref=self._view.id, audience=audience)
            self.desk.operation(self, run)

    @Slot()
    def to_bin(self) -> None:
        """Put the record into the bin; the message offers Undo."""
        self._simple(records.delete, self._binned)

    @Slot()
    def from_bin(self) -> None:
        """Take the record out of the bin."""
        self._simple(records.restore, self._unbinned)

    def _simple(self, run: Callable[..., RecordView], then: Callable[[RecordView], object]) -> None:
        if self._view is not None:
            self.desk.operation(self, partial(run, ref=self._view.id), then)

    def _binned(self, view: RecordView) -> None:
        words = _(entity_words(view.entity).deleted)
        self.desk.say(words, action=_("Undo"), act=partial(undo_last, self.desk))

    def _unbinned(self, view: RecordView) -> None:
        self.desk.say(_("{ref} is out of the bin.").format(ref=view.ref))

    @Slot(object)
    def take_back(self, change: FieldChange) -> None:
        """Write an older value again."""
        run = partial(records.take_back, row=change.row, field=change.field, value=change.after)
        self.desk.operation(self, run, self._taken_back)

    def _taken_back(self, _view: RecordView) -> None:
        self.desk.say(
            _("The older value is back."), action=_("Undo"), act=partial(undo_last, self.desk)
        )


def perform(
    w: "Workspace",
    *,
    ref: str,
    action: str,
    note: str,
    values: Mapping[str, Value],
) -> RecordView:
    """Do a step (in a worker)."""
    return actions.perform(w, ref, action, note, values)
