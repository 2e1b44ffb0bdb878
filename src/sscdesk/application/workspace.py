"""An open desk: one unlocked profile, the officer at work, the clock.

No global state: two workspaces may be open in one process. Threads share a workspace;
connections are taken per unit of work.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from sqlalchemy import Connection

from sscdesk.application.undo import UndoHistory
from sscdesk.application.unit_of_work import Laptop, UnitOfWork
from sscdesk.application.views import ChangeSummary
from sscdesk.model.lifecycle import Actor
from sscdesk.store.blobs import Blobs
from sscdesk.store.database import Database
from sscdesk.store.profile import Profile

Clock = Callable[[], datetime]
"""The time on this laptop, in UTC and aware of it; it may be wrong by years."""
Random = Callable[[int], bytes]


def system_clock() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)


@dataclass
class Workspace:
    """What every use case is given first."""

    profile: Profile
    database: Database
    blobs: Blobs
    actor: Actor
    login: str
    laptop: Laptop
    clock: Clock
    random: Random
    master: bytes = field(repr=False)
    """The key of everything in the profile."""
    undo_history: UndoHistory = field(default_factory=UndoHistory)
    _listeners: list[Callable[[ChangeSummary], None]] = field(default_factory=list)
    _writing: Lock = field(default_factory=Lock)

    @property
    def office(self) -> str:
        """Code of the office at whose desk we are."""
        return self.actor.office

    @contextmanager
    def unit(
        self,
        label: str,
        *,
        note: str = "",
        initiator: object = None,
        step: str | None = None,
        undoable: bool = True,
    ) -> Iterator[UnitOfWork]:
        """Open a unit of work: all that is written inside is saved together, or nothing.

        ``label`` is a msgid that tells in the history and in Undo what was done. Units
        with the same ``step`` in a row make one step of undo.
        """
        with self._writing:
            with self.database.write() as connection:
                unit = UnitOfWork(self, connection, label=label, note=note)
                yield unit
                unit.finish()
            if undoable:
                self.undo_history.push(label, unit.inverses, step)
        if unit.summary_records or unit.summary_entities:
            self.announce(unit.summary(initiator))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Read one consistent state."""
        with self.database.read() as connection:
            yield connection

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """Write what is no unit of work: settings, trust, what came from other offices."""
        with self._writing, self.database.write() as connection:
            yield connection

    def on_change(self, listener: Callable[[ChangeSummary], None]) -> Callable[[], None]:
        """Tell ``listener`` after each change; returns what ends that."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def announce(self, summary: ChangeSummary) -> None:
        """Tell all listeners what changed; called on the thread that wrote."""
        for listener in list(self._listeners):
            listener(summary)

    def close(self) -> None:
        """Close the file and let other programs open the profile."""
        self._listeners.clear()
        self.database.close()
        self.profile.close()
