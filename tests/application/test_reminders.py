"""What became due while the officer was away: told once, at the next start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records, reminders
from sscdesk.application.workspace import Workspace
from sscdesk.model.values import Value
from tests.desks import DeskMaker, a_mission
from tests.promising import a_plan, a_promise, an_agreement, put_in_state


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def a_follow_up(w: Workspace, due_on: str, **values: Value) -> str:
    given: dict[str, Value] = {
        "action_fr": "Rédiger la fiche",
        "origin": a_mission(w).id,
        "responsible_office": w.office,
        "responsible": w.actor.officer,
        "due_on": due_on,
    }
    return records.create(w, "follow_up", {**given, **values}).id


def told(w: Workspace, before: str) -> list[tuple[str, str]]:
    return [(line.reason, line.id) for line in reminders.since(w, before).lines]


def test_the_first_start_reminds_of_nothing(desks: DeskMaker) -> None:
    w = desks.office("MA")
    a_follow_up(w, "2026-02-01")

    before = reminders.begin(w)

    assert before == ""
    assert told(w, before) == []


def test_what_became_due_since_the_last_start_is_told_once(desks: DeskMaker) -> None:
    w = desks.office("MA")
    reminders.begin(w)
    old = a_follow_up(w, "2026-02-20")
    due = a_follow_up(w, "2026-03-04")
    later = a_follow_up(w, "2026-03-09")
    desks.clock.at("2026-03-09T08:00:00")

    first = told(w, reminders.begin(w))
    again = told(w, reminders.begin(w))

    assert first == [("Became due", due)]
    assert again == []
    assert {old, later} & {one for _, one in first} == set()


def test_what_is_due_on_the_last_day_at_the_desk_is_not_lost(desks: DeskMaker) -> None:
    w = desks.office("MA")
    reminders.begin(w)
    due = a_follow_up(w, "2026-03-02")
    desks.clock.at("2026-03-03T08:00:00")

    assert told(w, reminders.begin(w)) == [("Became due", due)]


def test_a_reminder_comes_at_its_hour(desks: DeskMaker) -> None:
    w = desks.office("MA")
    reminders.begin(w)
    follow_up = a_follow_up(w, "2026-12-31", remind_on="2026-03-05T09:00")
    desks.clock.at("2026-03-05T03:00:00")
    early = told(w, reminders.begin(w))
    desks.clock.at("2026-03-06T08:00:00")

    assert early == []
    assert told(w, reminders.begin(w)) == [("Reminder", follow_up)]


def test_what_is_done_or_anothers_is_not_told(desks: DeskMaker) -> None:
    w = desks.office("MA")
    colleague = desks.enter(w, "Omar Tazi", "officer")
    reminders.begin(w)
    done = a_follow_up(w, "2026-03-03")
    put_in_state(w, "follow_up", done, "verified")
    a_follow_up(w, "2026-03-03", responsible_office="ML")
    theirs = a_follow_up(w, "2026-03-03")
    desks.clock.at("2026-03-04T08:00:00")

    mine = told(w, "2026-03-02T09:00:00+00:00")
    w = desks.as_officer(w, colleague)

    assert mine == [("Became due", theirs)]
    assert told(w, "2026-03-02T09:00:00+00:00") == []


def test_a_commitment_of_this_office_that_became_late_is_told(desks: DeskMaker) -> None:
    w = desks.office("MA")
    plan = a_plan(w, an_agreement(w, "MA", "ML").id, "MA", "ML").id
    ours = a_promise(w, plan, "MA", "ML", due_on="2026-03-03")
    theirs = a_promise(w, plan, "ML", "MA", due_on="2026-03-03")
    for one in (ours, theirs):
        put_in_state(w, "commitment", one.id, "in_progress")
    desks.clock.at("2026-03-05T08:00:00")

    (line,) = reminders.since(w, "2026-03-02T09:00:00+00:00").lines

    assert (line.id, line.days_late, line.action) == (ours.id, 2, "fulfil")
