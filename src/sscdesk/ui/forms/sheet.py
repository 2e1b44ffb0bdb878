"""All that the screen of a record shows, read in one go in a worker."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sscdesk.application import actions, attachments, records
from sscdesk.application.attachments import AttachmentView
from sscdesk.application.views import ActionView, ListRow, RecordView
from sscdesk.ui.forms.arrangement import arrangement_of
from sscdesk.ui.forms.row_stores import Related, read_related

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record with what is offered, its documents and the records that name it."""

    view: RecordView
    actions: tuple[ActionView, ...]
    documents: tuple[AttachmentView, ...]
    related: tuple[tuple[Related, tuple[ListRow, ...]], ...]

    def rows_of(self, related: Related) -> tuple[ListRow, ...]:
        """Return the records of one relation."""
        return next((rows for one, rows in self.related if one == related), ())

    @property
    def next_step(self) -> ActionView | None:
        """The one act that leads on: a primary one that is allowed, else one that waits.

        Where none of those is for this record, whatever else can be done without a reason.
        """
        primary = [one for one in self.actions if one.primary]
        allowed = [one for one in primary if one.allowed]
        waiting = [one for one in primary if not any(missing.final for missing in one.missing)]
        others = [one for one in self.actions if one.allowed and not one.needs_reason]
        return next(iter(allowed or waiting or others), None)


def read_sheet(w: "Workspace", ref: str) -> Sheet:
    """Read a record as its screen shows it. Raises ``NotFound``."""
    view = records.view(w, ref)
    wanted = [one for tab in arrangement_of(view.entity).row_tabs for one in tab.related]
    return Sheet(
        view,
        actions.actions(w, view.id),
        attachments.attachments(w, view.id),
        tuple((one, read_related(w, one, view.id)) for one in wanted),
    )
