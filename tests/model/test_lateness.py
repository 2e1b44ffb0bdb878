"""What is late is computed from the dates, on the day."""

from datetime import date

import pytest

from sscdesk.model.base import record_kinds
from sscdesk.model.lateness import LATE_BY, due_day, late_words

TODAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("entity", "state", "values", "words"),
    [
        ("follow_up", "open", {"due_on": "2026-03-10"}, "Overdue"),
        ("follow_up", "open", {"due_on": "2026-03-11"}, None),
        ("follow_up", "done", {"due_on": "2020-01-01"}, None),
        ("follow_up", "open", {"due_on": "2026"}, None),
        ("follow_up", "open", {"due_on": None}, None),
        ("commitment", "in_progress", {"due_on": "2026-01-01"}, "Overdue"),
        ("commitment", "proposed", {"due_on": "2026-01-01"}, None),
        ("mission", "returned", {"returns_on": "2026-02-24"}, None),
        ("mission", "returned", {"returns_on": "2026-02-23"}, "Report late"),
        ("mission", "returned", {"returns_on": "2026-02-01", "returned_on": "2026-03-01"}, None),
        ("mission", "reported", {"returns_on": "2020-01-01"}, None),
        ("person", "active", {}, None),
    ],
)
def test_late_is_what_was_awaited_before_today(
    entity: str, state: str, values: dict[str, str | None], words: str | None
) -> None:
    assert late_words(entity, state, values, TODAY) == words


def test_the_report_is_awaited_fifteen_days_after_the_return() -> None:
    assert due_day("mission", "returned", {"returns_on": "2026-03-01"}) == date(2026, 3, 16)


def test_lateness_reads_declared_fields_only() -> None:
    for entity, names in LATE_BY.items():
        assert set(names) <= set(record_kinds()[entity].fields)
