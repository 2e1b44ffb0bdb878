"""The one way from a window to the data: ``Operation`` writes, ``Query`` reads, ``Job`` is long.

Each takes its owner (a widget or another QObject of the main thread) and a callable that
runs in a worker; the answer comes back through one door, on the main thread, and only
while the owner lives. Rules for the callable: no widget inside, every value of the form
gathered before ``start``, nothing mapped in what it returns.

States: waiting, running, cancelling, done, failed, cancelled. What runs longer than half
a second is shown by ``Workers.visible_changed``.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from sscdesk.model.refusal import DeskError
from sscdesk.ui.work import Cancelled, Door, Report, State, Step, Work
from sscdesk.ui.workers import SHOWN_AFTER_MS, Workers

__all__ = [
    "SHOWN_AFTER_MS",
    "Cancelled",
    "Job",
    "Latest",
    "Operation",
    "Query",
    "Report",
    "State",
    "Step",
    "Work",
    "Workers",
]

T = TypeVar("T")

BETWEEN_UPDATES_S = 0.1


class Query(Work[T]):
    """A read for a screen: several run side by side, a cancelled one answers nothing."""

    kind = "read"


class Operation(Work[T]):
    """A change: one after the other, in the order of the officer's actions."""

    kind = "write"


class Job(Work[T]):
    """Long work beside the others; ``run`` takes a ``Report`` to say how far it is.

    A job that writes is started with ``writes=True`` and takes its turn among the changes.
    """

    kind = "job"

    def __init__(
        self,
        owner: QObject,
        run: Callable[[Report], T],
        label: str = "",
        *,
        writes: bool = False,
    ) -> None:
        super().__init__(owner, self._reporting, label)
        self._long_run = run
        self._door: Door | None = None
        self._last = 0.0
        self._began = 0.0
        self._advanced: Callable[[Step], object] | None = None
        if writes:
            self.kind = "write"
        self.can_stop = True

    def on_progress(self, then: Callable[[Step], object]) -> "Job[T]":
        """Call ``then`` at most ten times a second with how far it is."""
        self._advanced = then
        return self

    def submit(self, pool: ThreadPoolExecutor, door: "Door") -> None:
        """Run in ``pool``, answer and progress through ``door``."""
        self._door = door
        super().submit(pool, door)

    def _reporting(self) -> T:
        self._began = time.monotonic()
        return self._long_run(self._report)

    def _report(self, done: int, total: int, phase: str = "") -> None:
        if self._stop:
            raise Cancelled
        now = time.monotonic()
        if now - self._last < BETWEEN_UPDATES_S and done < total:
            return
        self._last = now
        if self._door is not None:
            self._door.arrived.emit(_Progress(self, Step(done, total, phase, self._began)))

    def advance(self, step: Step) -> None:
        """Keep and show how far it is (main thread)."""
        if self.over:
            return
        self.step = step
        if self._advanced is not None and isValid(self.owner):
            self._advanced(step)
        if self._workers is not None:
            self._workers.advanced.emit(self)


class _Progress:
    """A progress report that the door carries."""

    def __init__(self, job: Job[Any], step: Step) -> None:
        self._job = job
        self._step = step

    def __call__(self) -> None:
        self._job.advance(self._step)


class Latest:
    """Asks again and again and shows only the newest answer (search while typing)."""

    def __init__(self, owner: QObject, workers: Workers) -> None:
        self._owner = owner
        self._workers = workers
        self._asked: Query[Any] | None = None

    def ask(
        self,
        run: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[DeskError], object] | None = None,
    ) -> None:
        """Run in a worker; a question asked before and not yet answered is dropped."""
        self.forget()
        query: Query[T] = Query(self._owner, run)
        query.on_success(then)
        if failed is not None:
            query.on_failure(failed)
        self._asked = query
        query.start(self._workers)

    def forget(self) -> None:
        """Drop the question that waits for its answer."""
        if self._asked is not None and not self._asked.over:
            self._asked.cancel()
        self._asked = None
