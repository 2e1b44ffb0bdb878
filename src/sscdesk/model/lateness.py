"""What is late: computed from dates, never a state (domain.md, 4.7 and section 2)."""

from collections.abc import Mapping
from datetime import date, timedelta

from sscdesk.model.text import N_
from sscdesk.model.values import Value

REPORT_WITHIN_DAYS = 15
"""Days from the return to the mission report (domain.md, section 2, inferred norm)."""

LATE_BY: Mapping[str, tuple[str, ...]] = {
    "mission": ("returned_on", "returns_on"),
    "follow_up": ("due_on",),
    "commitment": ("due_on",),
}
"""The fields that lateness is computed from, by entity; the first that is filled counts."""

_RUNNING: Mapping[str, tuple[str, ...]] = {
    "mission": ("returned",),
    "follow_up": ("open", "in_progress"),
    "commitment": ("agreed", "in_progress"),
}
_WORDS = {"mission": N_("Report late")}


def due_day(entity: str, state: str, values: Mapping[str, Value]) -> date | None:
    """Return the day until which something is awaited of a record; None where nothing is."""
    if state not in _RUNNING.get(entity, ()):
        return None
    for name in LATE_BY[entity]:
        found = _day(values.get(name))
        if found is not None:
            return found + timedelta(days=REPORT_WITHIN_DAYS if entity == "mission" else 0)
    return None


def days_late(entity: str, state: str, values: Mapping[str, Value], today: date) -> int:
    """Return by how many days a record is late, 0 where it is not."""
    due = due_day(entity, state, values)
    return max(0, (today - due).days) if due is not None else 0


def late_words(entity: str, state: str, values: Mapping[str, Value], today: date) -> str | None:
    """Return the msgid that says how a record is late; None where it is not."""
    due = due_day(entity, state, values)
    if due is None or due >= today:
        return None
    return _WORDS.get(entity, N_("Overdue"))


def _day(value: Value) -> date | None:
    """A partial date is late only when all of it has passed: it never counts here."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
