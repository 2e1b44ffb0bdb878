"""One piece of work beside the main thread: its states, and how its answer comes back."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from sscdesk.model.refusal import DeskError

if TYPE_CHECKING:
    from sscdesk.ui.workers import Workers

T = TypeVar("T")


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


class Door(QObject):
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

    def submit(self, pool: ThreadPoolExecutor, door: "Door") -> None:
        """Run in ``pool``, answer through ``door`` (called by ``Workers``)."""

        def work() -> None:
            self._in_worker(door)

        self.state = State.RUNNING
        self._future = pool.submit(work)  # type: ignore[arg-type]

    def _in_worker(self, door: "Door") -> None:
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
