"""What an officer finds in the morning: what waits, what is due, this week, what came, what goes.

Read only. Whether somebody may act is asked of the state machines, record by record; the
tables here only say in which states a record waits for somebody.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application.facts import RecordFacts
from sscdesk.application.reading import title_of, titles_of
from sscdesk.model.acting import offers
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.lateness import due_day
from sscdesk.model.text import N_
from sscdesk.model.values import Money

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

SOON_DAYS = 7
MOST_LINES = 60
"""Of one kind; a longer list is read on its own screen."""


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One thing, with the act that it asks for."""

    group: str
    """``waiting``, ``due`` or ``week``."""
    reason: str
    """Msgid: why it stands here."""
    entity: str
    id: str
    ref: str
    title: str
    state: str
    owner: str
    on: str | None
    """The date that matters: due, departure, submission; ISO, may be partial."""
    until: str | None
    days_late: int
    """0 where nothing is late."""
    action: str
    """The act's code; empty where one only reads."""
    label: str
    """The act's msgid."""
    amount: Money | None = None
    """Of an expense."""
    about: str = ""
    """Title of the mission or exchange that an expense was made for."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """The last file that came from an office."""

    office: str
    at: str
    """UTC, ISO 8601."""
    commits: int


@dataclass(frozen=True, slots=True)
class TodayView:
    """All that the page Today shows."""

    today: str
    waiting: tuple[TodayLine, ...]
    due: tuple[TodayLine, ...]
    week: tuple[TodayLine, ...]
    arrivals: tuple[Arrival, ...]


@dataclass(frozen=True, slots=True)
class _Waits:
    """Records of ``entity`` in ``state`` wait for whoever may do one of ``actions``."""

    entity: str
    state: str
    actions: tuple[str, ...]
    reason: str


_WAITING = (
    _Waits("report", "reviewed", ("sign",), N_("To sign")),
    _Waits("report", "signed", ("countersign",), N_("To countersign")),
    _Waits("report", "submitted", ("review",), N_("To review")),
    _Waits("mission", "approved", ("authorise",), N_("To authorise")),
    _Waits("mission", "submitted", ("approve",), N_("To approve")),
    _Waits("mission", "reported", ("settle",), N_("To settle")),
    _Waits("commitment", "proposed", ("agree",), N_("To agree")),
    _Waits("commitment", "fulfilled", ("verify",), N_("To verify")),
    _Waits("follow_up", "done", ("verify",), N_("To verify")),
    _Waits("expense", "claimed", ("accept",), N_("To accept or reject")),
)

_RETURNED = (
    ("report", "returned", "submit"),
    ("mission", "draft", "submit"),
)
"""States to which a record goes back to its author, and what the author does next."""

_DUE = (
    ("follow_up", ("open", "in_progress"), "responsible_office", ("start", "finish")),
    ("commitment", ("agreed", "in_progress"), "owed_by", ("start", "fulfil")),
)

_WEEK = (
    ("mission", "departs_on", "returns_on", ("approved", "authorised", "under_way")),
    ("exchange", "starts_on", "ends_on", ("planned", "confirmed", "ongoing")),
)


def today(w: "Workspace") -> TodayView:
    """Return what this officer finds today."""
    day = w.clock().date()
    with w.read() as connection:
        reader = _Reader(w, connection, day)
        late_reports = list(reader.missions_to_report())
        return TodayView(
            today=day.isoformat(),
            waiting=tuple(reader.waiting()),
            due=(*late_reports, *reader.due()),
            week=tuple(reader.week()),
            arrivals=tuple(_arrivals(connection)),
        )


def waiting_by_entity(view: TodayView) -> Mapping[str, int]:
    """Return how many lines of a view wait, by the entity that they concern."""
    late = [line for line in view.due if line.days_late]
    return Counter(line.entity for line in (*view.waiting, *late))


class _Reader:
    """One reading of the desk for one officer on one day."""

    def __init__(self, w: "Workspace", connection: Connection, day: date) -> None:
        self._w = w
        self._connection = connection
        self._day = day

    def waiting(self) -> Iterator[TodayLine]:
        """Yield what waits for this officer's act, in the order of the table."""
        for entity, state, action in _RETURNED:
            yield from self._returned(entity, state, action)
        for wait in _WAITING:
            for row in self._rows(wait.entity, "state = ?", (wait.state,), "updated_at"):
                found = self._offered(wait.entity, row, wait.actions)
                if found is not None:
                    yield self._line("waiting", wait.reason, wait.entity, row, found)

    def _returned(self, entity: str, state: str, action: str) -> Iterator[TodayLine]:
        condition = "state = ? AND created_by = ? AND owner = ?"
        values = (state, self._w.actor.officer, self._w.office)
        for row in self._rows(entity, condition, values, "updated_at"):
            came_by = self._last_act(str(row["id"]))
            found = self._offered(entity, row, (action,), even_if_missing=True)
            if came_by == "return" and found is not None:
                yield self._line("waiting", N_("Returned to you"), entity, row, found)

    def _last_act(self, record: str) -> str:
        found = self._connection.exec_driver_sql(
            "SELECT action FROM act WHERE record = ? ORDER BY hlc DESC LIMIT 1", (record,)
        ).scalar()
        return str(found or "")

    def missions_to_report(self) -> Iterator[TodayLine]:
        """Yield missions of the office that came back and have no signed report."""
        rows = self._rows(
            "mission", "state = 'returned' AND owner = ?", (self._w.office,), "returns_on"
        )
        for row in rows:
            due = due_day("mission", "returned", row)
            if due is not None:
                late = max(0, (self._day - due).days)
                reason = N_("Report late") if late else N_("Report to write")
                on = due.isoformat()
                yield self._line("due", reason, "mission", row, ("", ""), on=on, late=late)

    def due(self) -> Iterator[TodayLine]:
        """Yield what is due within a week or late, and falls to this office."""
        limit = (self._day + timedelta(days=SOON_DAYS)).isoformat()
        for entity, states, field, actions in _DUE:
            marks = ", ".join("?" for _state in states)
            condition = f'state IN ({marks}) AND "{field}" = ? AND due_on <= ?'
            values = (*states, self._w.office, limit)
            for row in self._rows(entity, condition, values, "due_on"):
                yield self._due_line(entity, row, actions)

    def _due_line(self, entity: str, row: Mapping[str, Any], actions: tuple[str, ...]) -> TodayLine:
        due = due_day(entity, str(row["state"]), row)
        late = max(0, (self._day - due).days) if due is not None else 0
        found = self._offered(entity, row, tuple(reversed(actions)), even_if_missing=True)
        reason = N_("Overdue") if late else N_("Due soon")
        on = str(row["due_on"])
        return self._line("due", reason, entity, row, found or ("", ""), on=on, late=late)

    def week(self) -> Iterator[TodayLine]:
        """Yield missions and exchanges that fall within the next seven days."""
        first = self._day.isoformat()
        last = (self._day + timedelta(days=SOON_DAYS - 1)).isoformat()
        for entity, start, end, states in _WEEK:
            marks = ", ".join("?" for _state in states)
            condition = (
                f'state IN ({marks}) AND "{start}" <= ? AND coalesce("{end}", "{start}") >= ?'
            )
            for row in self._rows(entity, condition, (*states, last, first), start):
                yield self._line(
                    "week",
                    "",
                    entity,
                    row,
                    ("", ""),
                    on=_text(row[start]),
                    until=_text(row[end]),
                )

    def _rows(
        self, entity: str, condition: str, values: Sequence[Any], order: str
    ) -> list[dict[str, Any]]:
        if entity not in record_kinds():
            return []
        found = self._connection.exec_driver_sql(
            f'SELECT * FROM "{entity}" WHERE deleted = 0 AND {condition} '
            f'ORDER BY "{order}", id LIMIT {MOST_LINES}',
            tuple(values),
        )
        return [dict(row) for row in found.mappings()]

    def _offered(
        self,
        entity: str,
        row: Mapping[str, Any],
        actions: Iterable[str],
        *,
        even_if_missing: bool = False,
    ) -> tuple[str, str] | None:
        """Return (code, msgid) of the first of ``actions`` that this officer may do."""
        facts = RecordFacts(self._connection, entity, dict(row), self._day.isoformat())
        offered = {offer.transition.action: offer for offer in offers(facts, self._w.actor)}
        for action in actions:
            offer = offered.get(action)
            if offer is not None and (offer.allowed or even_if_missing):
                return offer.transition.action, offer.transition.label
        return None

    def _line(
        self,
        group: str,
        reason: str,
        entity: str,
        row: Mapping[str, Any],
        act: tuple[str, str],
        *,
        on: str | None = None,
        until: str | None = None,
        late: int = 0,
    ) -> TodayLine:
        return TodayLine(
            group=group,
            reason=reason,
            entity=entity,
            id=str(row["id"]),
            ref=str(row["ref"]),
            title=title_of(record_kinds()[entity].mapped, row),
            state=str(row["state"]),
            owner=str(row["owner"]),
            on=on,
            until=until,
            days_late=late,
            action=act[0],
            label=act[1],
            amount=_amount(row) if entity == "expense" else None,
            about=self._spent_for(row) if entity == "expense" else "",
        )

    def _spent_for(self, row: Mapping[str, Any]) -> str:
        for entity in ("mission", "exchange"):
            if row[entity]:
                wanted = str(row[entity])
                return titles_of(self._connection, {entity: [wanted]}).get(wanted, "")
        return ""


def _arrivals(connection: Connection) -> Iterator[Arrival]:
    rows = connection.exec_driver_sql(
        "SELECT offices, max(at) AS at, commits FROM sync_file "
        "WHERE direction = 'received' AND commits > 0 GROUP BY offices ORDER BY at DESC"
    )
    for row in rows.mappings():
        yield Arrival(str(row["offices"]), str(row["at"]), int(row["commits"]))


def _amount(row: Mapping[str, Any]) -> Money | None:
    value = from_sql(record_kinds()["expense"].fields["amount"], row["amount"])
    return value if isinstance(value, Money) else None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
