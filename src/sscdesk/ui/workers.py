"""Starts, counts and joins every worker of one profile."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sscdesk.ui.work import Door, State, Work

SHOWN_AFTER_MS = 500
"""Progress shows after this time; shorter work shows only its result."""


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
        self._door = Door(self)
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
