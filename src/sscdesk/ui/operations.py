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
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from sscdesk.model.refusal import DeskError

T = TypeVar("T")

SHOWN_AFTER_MS = 500
"""Progress shows after this time; shorter work shows only its result."""
BETWEEN_UPDATES_S = 0.1


class State(StrEnum):
    """Where a piece of work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    CANCELLING = "cancelling"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Cancelled(Exception):
    """Raised inside a job at its next progress report once the officer asked to stop."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is; ``total`` 0 means that nobody knows."""

    done: int
    total: int
    phase: str = ""
    started: float = 0.0
    """Monotonic seconds at the start, for the time left."""


class Report(Protocol):
    """What a job calls to say how far it is; raises ``Cancelled`` when told to stop."""

    def __call__(self, done: int, total: int, phase: str = "") -> None: ...


class _Door(QObject):
    """Carries calls from workers to the main thread, in the order in which they came."""

    arrived = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.arrived.connect(self._run, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        call()


class Work(Generic[T]):
    """One piece of work: built, given what to do with its answer, started once."""

    kind = "read"

    def __init__(self, owner: QObject, run: Callable[[], T], label: str = "") -> None:
        self.owner = owner
        self.label = label
        """A sentence in the officer's language, shown while it runs: "Saving…"."""
        self.state = State.WAITING
        self.step: Step | None = None
        self._run = run
        self._success: Callable[[T], object] | None = None
        self._failure: Callable[[DeskError], object] | None = None
        self._finally: Callable[[], object] | None = None
        self._workers: Workers | None = None
        self._future: Future[T] | None = None
        self._stop = False

    def on_success(self, then: Callable[[T], object]) -> "Work[T]":
        """Call ``then`` with the result."""
        self._success = then
        return self

    def on_failure(self, then: Callable[[DeskError], object]) -> "Work[T]":
        """Call ``then`` with the refusal instead of showing it in the message bar."""
        self._failure = then
        return self

    def on_end(self, then: Callable[[], object]) -> "Work[T]":
        """Call ``then`` at the end, however it ended."""
        self._finally = then
        return self

    def start(self, workers: "Workers") -> "Work[T]":
        """Give it to the workers."""
        self._workers = workers
        workers.take(self)
        return self

    def cancel(self) -> None:
        """Stop it if it has not begun, ask it to stop if it can; its answer is dropped."""
        self._stop = True
        if self._future is not None and self._future.cancel():
            self._end(State.CANCELLED)
        elif self.state is State.RUNNING:
            self.state = State.CANCELLING

    @property
    def over(self) -> bool:
        """Whether it has ended, one way or another."""
        return self.state in (State.DONE, State.FAILED, State.CANCELLED)

    def submit(self, pool: ThreadPoolExecutor, door: "_Door") -> None:
        """Run in ``pool``, answer through ``door`` (called by ``Workers``)."""

        def work() -> None:
            self._in_worker(door)

        self.state = State.RUNNING
        self._future = pool.submit(work)  # type: ignore[arg-type]

    def _in_worker(self, door: "_Door") -> None:
        try:
            result = self._call()
        except BaseException as error:  # noqa: BLE001 - carried to the main thread, all of it
            door.arrived.emit(_Answer(self, None, error))
        else:
            door.arrived.emit(_Answer(self, result, None))

    def _call(self) -> T:
        return self._run()

    def answer(self, result: T | None, error: BaseException | None) -> None:
        """Deliver the answer on the main thread (called by the door)."""
        if self.over:
            return
        if isinstance(error, Cancelled) or (error is None and self._dropped()):
            self._end(State.CANCELLED)
        elif error is None:
            self._end(State.DONE)
            self._deliver(result)
        else:
            self._end(State.FAILED)
            self._fail(error)

    def _dropped(self) -> bool:
        """A read that nobody waits for any more has no result; a write has happened."""
        return self._stop and self.kind == "read"

    def _deliver(self, result: T | None) -> None:
        if self._success is not None and isValid(self.owner):
            self._success(result)  # type: ignore[arg-type]

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, DeskError):
            raise error
        if self._stop and self.kind == "read":
            return
        if self._failure is not None and isValid(self.owner):
            self._failure(error)
        elif self._workers is not None:
            self._workers.refused.emit(error)

    def _end(self, state: State) -> None:
        self.state = state
        if self._workers is not None:
            self._workers.release(self)
        if self._finally is not None and isValid(self.owner):
            self._finally()


class _Answer:
    """A call that the door makes on the main thread."""

    def __init__(self, work: Work[Any], result: object, error: BaseException | None) -> None:
        self._work = work
        self._result = result
        self._error = error

    def __call__(self) -> None:
        self._work.answer(self._result, self._error)


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
        self._door: _Door | None = None
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

    def submit(self, pool: ThreadPoolExecutor, door: "_Door") -> None:
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


class Workers(QObject):
    """Starts, counts and joins every worker of one profile: the only place that does.

    *Signals*: ``refused(DeskError)`` for a refusal that nobody took; ``visible_changed``
    when work becomes longer than half a second or ends; ``advanced(Job)``; ``idle`` when
    the last piece of work has ended.
    """

    refused = Signal(object)
    visible_changed = Signal()
    advanced = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workers")
        self._door = _Door(self)
        self._pools = {
            "write": ThreadPoolExecutor(1, "desk-write"),
            "read": ThreadPoolExecutor(2, "desk-read"),
            "job": ThreadPoolExecutor(1, "desk-job"),
        }
        self._running: list[Work[Any]] = []
        self._visible: list[Work[Any]] = []
        self._closed = False

    @property
    def running(self) -> tuple[Work[Any], ...]:
        """What has been started and has not ended, oldest first."""
        return tuple(self._running)

    @property
    def visible(self) -> tuple[Work[Any], ...]:
        """What has been running for more than half a second."""
        return tuple(work for work in self._visible if not work.over)

    def take(self, work: Work[Any]) -> None:
        """Queue a piece of work; nothing is taken once the desk closes."""
        if self._closed:
            work.state = State.CANCELLED
            return
        self._running.append(work)
        timer = _Patience(self, work)
        timer.start()
        work.submit(self._pools[work.kind], self._door)

    def release(self, work: Work[Any]) -> None:
        """Forget a piece of work that has ended."""
        if work in self._running:
            self._running.remove(work)
        if work in self._visible:
            self._visible.remove(work)
            self.visible_changed.emit()
        if not self._running:
            self.idle.emit()

    def became_slow(self, work: Work[Any]) -> None:
        """Show a piece of work that takes longer than half a second."""
        if work in self._running:
            self._visible.append(work)
            self.visible_changed.emit()

    def writing(self) -> bool:
        """Whether a change is being written: the desk then waits before it closes."""
        return any(work.kind == "write" for work in self._running)

    def cancel_reads(self) -> None:
        """Drop every read, and ask long jobs to stop; changes go on."""
        for work in list(self._running):
            if work.kind != "write":
                work.cancel()

    def close(self) -> None:
        """Take nothing more, finish the changes, join every thread."""
        self._closed = True
        self.cancel_reads()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=False)


class _Patience(QTimer):
    """Waits half a second before work is shown."""

    def __init__(self, workers: Workers, work: Work[Any]) -> None:
        super().__init__(workers)
        self._workers = workers
        self._work = work
        self.setSingleShot(True)
        self.setInterval(SHOWN_AFTER_MS)
        self.timeout.connect(self._ring)

    @Slot()
    def _ring(self) -> None:
        if not self._work.over:
            self._workers.became_slow(self._work)
        self.deleteLater()


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
