"""Undo and redo, from the values that units of work found before they wrote.

One unit of work is one step, several with the same ``step`` name are one. A step is
refused when the record no longer holds what it wrote: undoing would overwrite somebody.
Undoing is a unit of work of its own; nothing is taken out of the history.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.sync.journal import Raw

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class Inverse:
    """How to take back one change, and what must still hold for that."""

    table: str
    row: str
    kind: Literal["value", "bin"]
    field: str
    before: Raw
    after: Raw


@dataclass(slots=True)
class Step:
    """One step of undo."""

    label: str
    inverses: list[Inverse]
    name: str | None = None


@dataclass
class UndoHistory:
    """The steps of this session, newest last."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def push(self, label: str, inverses: list[Inverse], name: str | None = None) -> None:
        """Remember a unit of work that an officer did."""
        if not inverses:
            return
        self.undone.clear()
        last = self.done[-1] if self.done else None
        if last is not None and name is not None and last.name == name:
            last.inverses = merged(last.inverses, inverses)
            return
        self.done.append(Step(label, list(inverses), name))
        del self.done[:-MOST_STEPS]

    def labels(self) -> tuple[str | None, str | None]:
        """Return the msgids of what Undo and Redo would do; None when there is nothing."""
        return (
            self.done[-1].label if self.done else None,
            self.undone[-1].label if self.undone else None,
        )


def merged(first: list[Inverse], then: list[Inverse]) -> list[Inverse]:
    """Join the changes of one visit: the value before the first, the value after the last."""
    found = {(i.table, i.row, i.kind, i.field): i for i in first}
    for late in then:
        key = (late.table, late.row, late.kind, late.field)
        early = found.get(key)
        before = early.before if early else late.before
        found[key] = Inverse(late.table, late.row, late.kind, late.field, before, late.after)
    return list(found.values())


def labels(w: "Workspace") -> tuple[str | None, str | None]:
    """Return the msgids of the steps that ``undo`` and ``redo`` would do."""
    return w.undo_history.labels()


def undo(w: "Workspace") -> str:
    """Take back the last step; return its msgid.

    Raises ``Refused`` ("nothing-to-undo", "undo-stale").
    """
    return _move(w, w.undo_history.done, w.undo_history.undone, N_("Undo"))


def redo(w: "Workspace") -> str:
    """Do again what was undone last."""
    return _move(w, w.undo_history.undone, w.undo_history.done, N_("Redo"))


def _move(w: "Workspace", source: list[Step], target: list[Step], label: str) -> str:
    if not source:
        raise Refused(
            "nothing-to-undo",
            N_("There is nothing to undo."),
            hint=N_("Older values can be taken back from a record's history."),
        )
    step = source[-1]
    with w.unit(label, undoable=False) as unit:
        for inverse in reversed(step.inverses):
            unit.apply_inverse(inverse)
        turned = list(reversed(unit.inverses))
    source.pop()
    target.append(Step(step.label, turned, step.name))
    return step.label
