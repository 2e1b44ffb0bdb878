"""Acts on records that a tab shows beside the one of its form: one click, as on their own."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from sscdesk.application.views import ActionView, RecordView
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.acts import RecordActs
from sscdesk.ui.forms.around import FormAround

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


class ActsElsewhere(QObject):
    """Does an act on any record, asking for what it needs as the record's own head does."""

    def __init__(self, desk: Desk, around: FormAround, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self.acts = RecordActs(desk, around, window)
        self.acts.refused.connect(desk.refuse)

    @Slot(str, str)
    def act_on(self, record: str, action: str) -> None:
        """Do an act on a record; what stands against it by now is said."""
        run = partial(_offered, ref=record, action=action)
        self._desk.query(self, run, self._act)

    def _act(self, found: tuple[RecordView, ActionView]) -> None:
        view, step = found
        self.acts.about(view)
        self.acts.act(step)


def _offered(w: "Workspace", *, ref: str, action: str) -> tuple[RecordView, ActionView]:
    from sscdesk.application import actions, records

    view = records.view(w, ref)
    for one in actions.actions(w, view.id):
        if one.action == action:
            return view, one
    raise NotFound(
        "unknown-action",
        N_("This is no longer possible: the record has changed meanwhile."),
        hint=N_("Nothing was changed. Look at it as it is now."),
    )
