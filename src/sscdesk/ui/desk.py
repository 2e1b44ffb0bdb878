"""What every screen is given: the office's workspace, the workers, and ways to be heard.

*Signals*: ``changed(ChangeSummary)`` on the main thread after every unit of work, so that
screens re-read what they show; ``said(Notice)`` for the message bar; ``open_wanted`` and
``screen_wanted`` for the window that shows this desk.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from sscdesk.application.views import ChangeSummary
from sscdesk.i18n import error_hint, error_text
from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Value
from sscdesk.model.vocabulary_seed import Vocabularies
from sscdesk.ui.operations import Job, Operation, Query, Report, Workers
from sscdesk.ui.preferences import Preferences
from sscdesk.ui.wording import Wording

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something for the message bar: a sentence, its tone, and one thing to do about it."""

    text: str
    tone: str = "good"
    hint: str = ""
    action: str = ""
    """The words on the button."""
    act: Callable[[], object] | None = None

    @classmethod
    def of(cls, error: DeskError) -> "Notice":
        """Say a refusal in words."""
        return cls(error_text(error), "bad", error_hint(error))


class Desk(QObject):
    """One open profile as the windows see it."""

    changed = Signal(object)
    said = Signal(object)
    open_wanted = Signal(str, str, bool)
    """Entity, identifier, and whether in a window of its own."""
    new_wanted = Signal(str, object)
    """Entity and first values."""
    screen_wanted = Signal(str, object)
    """The name of a screen and what it should show there."""
    language_wanted = Signal(str)
    """The code of the language in which the desk shall speak."""
    standing_changed = Signal()
    """What the status line tells has changed, without a change of a record."""
    theme_changed = Signal()
    _changed_in_worker = Signal(object)

    def __init__(
        self,
        workspace: "Workspace",
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.preferences = preferences
        self.workers = Workers(self)
        self.wording = Wording()
        self.workers.refused.connect(self.refuse)
        self._changed_in_worker.connect(self._tell_change, Qt.ConnectionType.QueuedConnection)
        workspace.on_change(self._heard_change)
        self.changed.connect(self._read_vocabularies)
        self.read_vocabularies()

    def query(
        self,
        owner: QObject,
        run: "Callable[[Workspace], T]",
        then: Callable[[T], object],
        failed: Callable[[DeskError], object] | None = None,
    ) -> Query[T]:
        """Read in a worker and show the answer while ``owner`` lives."""
        made: Query[T] = Query(owner, self._bound(run))
        made.on_success(then)
        if failed is not None:
            made.on_failure(failed)
        made.start(self.workers)
        return made

    def operation(
        self,
        owner: QObject,
        run: "Callable[[Workspace], T]",
        then: Callable[[T], object] | None = None,
        failed: Callable[[DeskError], object] | None = None,
        label: str = "",
    ) -> Operation[T]:
        """Change something in the serial writer; a refusal goes to the message bar."""
        made: Operation[T] = Operation(owner, self._bound(run), label)
        if then is not None:
            made.on_success(then)
        if failed is not None:
            made.on_failure(failed)
        made.start(self.workers)
        return made

    def job(
        self,
        owner: QObject,
        run: "Callable[[Workspace, Report], T]",
        then: Callable[[T], object],
        failed: Callable[[DeskError], object] | None = None,
        label: str = "",
        *,
        writes: bool = False,
    ) -> Job[T]:
        """Do long work with progress and Cancel."""
        workspace = self.workspace

        def reporting(report: Report) -> T:
            return run(workspace, report)

        made: Job[T] = Job(owner, reporting, label, writes=writes)
        made.on_success(then)
        if failed is not None:
            made.on_failure(failed)
        made.start(self.workers)
        return made

    def _bound(self, run: "Callable[[Workspace], T]") -> Callable[[], T]:
        workspace = self.workspace

        def bound() -> T:
            return run(workspace)

        return bound

    def today(self) -> date:
        """Return the date on this laptop."""
        return self.workspace.clock().astimezone().date()

    def say(
        self,
        text: str,
        tone: str = "good",
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        """Show a sentence in the message bar, with one thing to do about it."""
        self.said.emit(Notice(text, tone, action=action, act=act))

    @Slot(object)
    def refuse(self, error: DeskError) -> None:
        """Show a refusal in the message bar."""
        self.said.emit(Notice.of(error))

    def open(self, entity: str, identifier: str, *, apart: bool = False) -> None:
        """Show a record beside its list, or ``apart`` in a window of its own."""
        self.open_wanted.emit(entity, identifier, apart)

    def new(self, entity: str, values: Mapping[str, Value] | None = None) -> None:
        """Begin a new record."""
        self.new_wanted.emit(entity, dict(values or {}))

    def go(self, screen: str, argument: Any = None) -> None:
        """Show a screen by its name."""
        self.screen_wanted.emit(screen, argument)

    def read_vocabularies(self) -> None:
        """Read the terms that the offices added to the lists that come with the desk."""
        self.query(self, _vocabularies, self._take_vocabularies)

    def _take_vocabularies(self, found: Vocabularies) -> None:
        self.wording.vocabularies = found

    @Slot(object)
    def _read_vocabularies(self, summary: ChangeSummary) -> None:
        if "vocabulary" in summary.entities:
            self.read_vocabularies()

    def _heard_change(self, summary: object) -> None:
        self._changed_in_worker.emit(summary)

    @Slot(object)
    def _tell_change(self, summary: object) -> None:
        self.changed.emit(summary)

    def close(self) -> None:
        """Finish the changes and join every worker."""
        self.workers.close()
        self.preferences.save()


def _vocabularies(w: "Workspace") -> Vocabularies:
    from sscdesk.application.rules import recorded_vocabularies

    with w.read() as connection:
        return recorded_vocabularies(connection, w.office)
