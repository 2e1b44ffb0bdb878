"""Reads, in a worker, what the status line and the navigation tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sscdesk.application import safekeeping
from sscdesk.ui.screens import screen_of
from sscdesk.ui.status_line import DeskState

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Standing:
    """How the desk stands: for the status line, and what waits on each screen."""

    state: DeskState
    waiting: Mapping[str, int] = field(default_factory=dict)


def read_standing(w: "Workspace") -> Standing:
    """Return how the desk stands."""
    from sscdesk.application import synchronise, today

    status = synchronise.status(w)
    to_send = tuple(
        (partner.office, partner.to_send.records or partner.to_send.commits)
        for partner in status.partners
    )
    state = DeskState(to_send, status.conflicts, _backup_at(w))
    waiting = _by_screen(today.waiting_by_entity(today.today(w)))
    waiting["synchronise"] = status.conflicts + status.suggestions
    return Standing(state, waiting)


def _by_screen(counts: Mapping[str, int]) -> dict[str, int]:
    """Return what waits by screen; Today has all of it."""
    found = {"today": sum(counts.values())}
    for entity, count in counts.items():
        screen = screen_of(entity)
        if screen is not None:
            found[screen.name] = found.get(screen.name, 0) + count
    return found


def _backup_at(w: "Workspace") -> datetime | None:
    text = safekeeping.last_backup(w)
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
