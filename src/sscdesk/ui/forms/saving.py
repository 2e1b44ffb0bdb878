"""Every change saves itself: what was typed, what is on disk, what waits and why.

``Keeping`` knows nothing of widgets. It keeps for each field the value on which the
officer's text is based (``seen``) and writes one field after the other, so that a change
made elsewhere meanwhile is noticed and never overwritten.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sscdesk.model.refusal import DeskError, MachineFailed
from sscdesk.model.values import Value

REST_MS = 700
"""How long after the last key a change is written."""
LIMIT_MS = 1_400
"""How long after the first unsaved key at the latest, so that a crash costs two seconds."""
AGAIN_MS = 10_000
"""When a write that the machine refused is tried again."""

CHANGED_MEANWHILE = "changed-meanwhile"


class SaveState(StrEnum):
    """What the officer is told of the form."""

    SAVED = "saved"
    WAITING = "waiting"
    SAVING = "saving"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Change:
    """One field to be written: its new value, and the one on which it is based."""

    field: str
    value: Value
    seen: Value
    visit: str
    """Names the stay in the field: its changes together are one step of undo."""


Done = Callable[[object], object]
Failed = Callable[[DeskError], object]
Writer = Callable[[str, Change, Done, Failed], None]
"""Starts writing a change of a row; answers later on the main thread."""


class Keeping(QObject):
    """Writes the changes of one row, one at a time.

    Signals: ``state_changed(SaveState)``; ``written(field, answer)`` after a write;
    ``refused(field, DeskError)``; ``overtaken(field, DeskError)`` when the field was
    changed meanwhile; ``settled`` when nothing is left to write; ``due`` when it is time to read
    what was typed.
    """

    state_changed = Signal(object)
    written = Signal(str, object)
    refused = Signal(str, object)
    overtaken = Signal(str, object)
    settled = Signal()
    due = Signal()

    def __init__(
        self,
        row: str,
        seen: Mapping[str, Value],
        write: Writer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.row = row
        self.seen: dict[str, Value] = dict(seen)
        self.state = SaveState.SAVED
        self.failure: DeskError | None = None
        """Why the last write failed, when it was not for one field's sake."""
        self._write = write
        self._queue: dict[str, Change] = {}
        self._writing: Change | None = None
        self._unsettled: set[str] = set()
        self.not_taken: dict[str, Value] = {}
        """Values that were refused, by field, until the field is written after all."""
        self._rest = self._timer(REST_MS, self._ring)
        self._limit = self._timer(LIMIT_MS, self._ring)
        self._again = self._timer(AGAIN_MS, self.try_again)

    def touch(self) -> None:
        """Something was typed: it is read after a short rest."""
        self._rest.start()
        if not self._limit.isActive():
            self._limit.start()
        if self.state is SaveState.SAVED:
            self._set(SaveState.WAITING)

    def put(self, field: str, value: Value, visit: str) -> None:
        """Write ``value``, unless it is what is already there or on its way."""
        self._unsettled.discard(field)
        writing = self._writing
        before = writing.value if writing and writing.field == field else self.seen.get(field)
        if value == before:
            self._queue.pop(field, None)
        else:
            self._queue[field] = Change(field, value, before, visit)
        self._go_on()

    def cannot_read(self, field: str) -> None:
        """What stands in ``field`` cannot be written as it is."""
        self._queue.pop(field, None)
        self._unsettled.add(field)
        self._tell()

    def rest(self) -> None:
        """Nothing more is being typed."""
        self._rest.stop()
        self._limit.stop()
        self._tell()

    def busy_with(self, field: str) -> bool:
        """Whether a change of ``field`` is being written or waits for it."""
        return self.is_writing(field) or field in self._unsettled

    def is_writing(self, field: str) -> bool:
        """Whether a change of ``field`` is on its way to the disk or next in turn."""
        return field in self._queue or (self._writing is not None and self._writing.field == field)

    @property
    def on_its_way(self) -> bool:
        """Whether a change is being written or next in turn."""
        return bool(self._queue or self._writing) and self.failure is None

    @property
    def quiet(self) -> bool:
        """Whether nothing waits: all that could be written is on disk."""
        return not (self._queue or self._writing or self._rest.isActive())

    def stop(self) -> None:
        """Write what waits, and go when that is done."""
        self.rest()
        if self.quiet:
            self.deleteLater()
        else:
            self.settled.connect(self.deleteLater)

    @property
    def unsettled(self) -> frozenset[str]:
        """Fields whose text could not be written."""
        return frozenset(self._unsettled)

    @Slot()
    def try_again(self) -> None:
        """Write once more what the machine refused."""
        self.failure = None
        self._go_on()

    def forget(self, field: str) -> None:
        """Give up the change of a field: the officer took the other value."""
        self._queue.pop(field, None)
        self._unsettled.discard(field)
        self._tell()

    def _timer(self, interval: int, rings: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(rings)
        return timer

    @Slot()
    def _ring(self) -> None:
        self.rest()
        self.due.emit()

    def _go_on(self) -> None:
        if self._writing is None and self._queue and self.failure is None:
            field = next(iter(self._queue))
            waiting = self._queue.pop(field)
            # The base may have moved on since it was put in the queue: by our own write.
            self._writing = Change(field, waiting.value, self.seen.get(field), waiting.visit)
            self._tell()
            self._write(self.row, self._writing, self._done, self._failed)
        else:
            self._tell()

    def _done(self, answer: object) -> None:
        change = self._writing
        if change is None:
            return
        self._writing = None
        self.seen[change.field] = change.value
        self.not_taken.pop(change.field, None)
        self.written.emit(change.field, answer)
        self._go_on()

    def _failed(self, error: DeskError) -> None:
        change = self._writing
        if change is None:
            return
        self._writing = None
        self.not_taken[change.field] = change.value
        if error.code == CHANGED_MEANWHILE:
            self._unsettled.add(change.field)
            self.overtaken.emit(change.field, error)
        elif isinstance(error, MachineFailed):
            self._queue = {change.field: change, **self._queue}
            self.failure = error
            self._again.start()
        else:
            self._unsettled.add(change.field)
            self.refused.emit(change.field, error)
        self._go_on()

    def _tell(self) -> None:
        if self.failure is not None or self._unsettled:
            self._set(SaveState.FAILED)
        elif self._writing is not None or self._queue:
            self._set(SaveState.SAVING)
        elif self._rest.isActive():
            self._set(SaveState.WAITING)
        else:
            self._set(SaveState.SAVED)
        if self.quiet:
            self.settled.emit()

    def _set(self, state: SaveState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)
