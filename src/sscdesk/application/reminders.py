"""What became due since this officer last opened the desk, and what they asked to be reminded of.

The desk has no server that could send a reminder: it is told at the next start, once.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application import settings
from sscdesk.application.facts import RecordFacts
from sscdesk.application.reading import read_row, title_of
from sscdesk.application.today import TodayLine
from sscdesk.model.acting import offers
from sscdesk.model.base import record_kinds
from sscdesk.model.lateness import days_late
from sscdesk.model.text import N_

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

LAST_START = "last_start"
MOST = 60

_DUE = (
    ("follow_up", "responsible_office", ("open", "in_progress"), ("finish", "start")),
    ("commitment", "owed_by", ("agreed", "in_progress"), ("fulfil", "start")),
)


@dataclass(frozen=True, slots=True)
class Reminders:
    """What happened while the officer was away."""

    since: str
    """When the desk was opened before, UTC; empty at the very first start."""
    lines: tuple[TodayLine, ...]


def begin(w: "Workspace") -> str:
    """Remember that the officer opens the desk now; return when they opened it before.

    UTC, ISO 8601; empty at the first start. Called once for each start.
    """
    before = settings.read(w, LAST_START)
    settings.write(w, LAST_START, w.clock().astimezone(UTC).isoformat(timespec="seconds"))
    return before


def last_start(w: "Workspace") -> str:
    """Return when the officer opened the desk last, empty where they never did."""
    return settings.read(w, LAST_START)


def since(w: "Workspace", before: str) -> Reminders:
    """Return what became due, and which reminders came, after ``before`` and until now.

    Only what is still open, and falls to this officer: a follow-up of a named colleague
    is theirs. Nothing at the first start: nobody is reminded of a whole register.
    """
    if not before:
        return Reminders("", ())
    now = w.clock()
    with w.read() as connection:
        found = list(_became_due(w, connection, before[:10], now))
        found += _asked_for(w, connection, datetime.fromisoformat(before), now)
    return Reminders(before, tuple(found[:MOST]))


def _became_due(
    w: "Workspace", connection: Connection, after: str, now: datetime
) -> Iterator[TodayLine]:
    """Yield what was to be done by a day that has passed since: due yesterday, late today."""
    today = now.date().isoformat()
    for entity, office, states, actions in _DUE:
        marks = ", ".join("?" for _state in states)
        rows = connection.exec_driver_sql(
            f'SELECT * FROM "{entity}" WHERE deleted = 0 AND state IN ({marks}) '
            f'AND "{office}" = ? AND due_on >= ? AND due_on < ? ORDER BY due_on, ref LIMIT {MOST}',
            (*states, w.office, after, today),
        ).mappings()
        for row in map(dict, rows.all()):
            if _is_mine(w, connection, entity, row):
                yield _line(w, connection, entity, row, actions, N_("Became due"))


def _asked_for(
    w: "Workspace", connection: Connection, before: datetime, now: datetime
) -> Iterator[TodayLine]:
    """Yield the follow-ups whose reminder came."""
    rows = connection.exec_driver_sql(
        "SELECT * FROM follow_up WHERE deleted = 0 AND state IN ('open', 'in_progress', 'done') "
        f"AND coalesce(remind_on, '') <> '' ORDER BY remind_on, ref LIMIT {10 * MOST}"
    ).mappings()
    for row in map(dict, rows.all()):
        moment = _moment(str(row["remind_on"]), now)
        if (
            moment is not None
            and before < moment <= now
            and _is_mine(w, connection, "follow_up", row)
        ):
            yield _line(
                w, connection, "follow_up", row, ("finish", "start", "verify"), N_("Reminder")
            )


def _moment(text: str, now: datetime) -> datetime | None:
    """Read a time that was typed on this laptop; one without a zone is of its clock."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=now.astimezone().tzinfo)


def _is_mine(w: "Workspace", connection: Connection, entity: str, row: Mapping[str, Any]) -> bool:
    if entity != "follow_up":
        return True
    named = read_row(connection, "officer", str(row["responsible"] or ""))
    return named is None or named["owner"] != w.office or named["id"] == w.actor.officer


def _line(
    w: "Workspace",
    connection: Connection,
    entity: str,
    row: Mapping[str, Any],
    actions: tuple[str, ...],
    reason: str,
) -> TodayLine:
    today = w.clock().date()
    facts = RecordFacts(connection, entity, dict(row), today.isoformat())
    offered = {one.transition.action: one.transition for one in offers(facts, w.actor)}
    act = next((offered[name] for name in actions if name in offered), None)
    return TodayLine(
        group="since",
        reason=reason,
        entity=entity,
        id=facts.id,
        ref=facts.ref,
        title=title_of(record_kinds()[entity].mapped, row),
        state=facts.state,
        owner=facts.owner,
        on=str(row["due_on"] or "") or None,
        until=None,
        days_late=days_late(entity, facts.state, row, today),
        action=act.action if act else "",
        label=act.label if act else "",
    )
