"""What an officer finds in the morning: only what may be acted on, and what is late."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import actions, records
from sscdesk.application.today import TodayView, today, waiting_by_entity
from sscdesk.application.workspace import Workspace
from sscdesk.model.values import Money, Value
from tests.desks import DeskMaker, a_mission, befriend, send
from tests.partners import a_submitted_report


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def a_follow_up(w: Workspace, due_on: str, **values: Value) -> str:
    origin = a_mission(w).id
    given: dict[str, Value] = {
        "action_fr": "Rédiger la fiche",
        "origin": origin,
        "responsible_office": w.office,
        "responsible": w.actor.officer,
        "due_on": due_on,
    }
    return records.create(w, "follow_up", {**given, **values}).id


def _reasons(view: TodayView) -> list[tuple[str, str]]:
    return [(line.reason, line.action) for line in view.waiting]


def test_an_empty_desk_has_nothing_waiting(desks: DeskMaker) -> None:
    view = today(desks.office("MA"))

    assert view.today == "2026-03-02"
    assert (view.waiting, view.due, view.week, view.arrivals) == ((), (), (), ())


def test_what_is_due_within_a_week_or_late_is_named(desks: DeskMaker) -> None:
    w = desks.office("MA")
    a_follow_up(w, "2026-02-27")
    a_follow_up(w, "2026-03-09")
    a_follow_up(w, "2026-03-10")

    view = today(w)

    assert [(line.reason, line.days_late) for line in view.due] == [("Overdue", 3), ("Due soon", 0)]
    assert view.due[0].action == "finish"


def test_what_another_office_owes_is_not_ours(desks: DeskMaker) -> None:
    w = desks.office("MA")
    a_follow_up(w, "2026-02-27", responsible_office="ML")

    assert today(w).due == ()


def test_a_submitted_mission_waits_for_another_focal_point(desks: DeskMaker) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    other = desks.enter(ma, "Lina Berrada", "focal_point")
    mission = a_mission(ma)
    actions.perform(ma, mission.id, "submit")
    own = today(ma).waiting

    ma = desks.as_officer(ma, other)

    assert own == ()
    assert _reasons(today(ma)) == [("To approve", "approve")]


def test_a_mission_sent_back_waits_for_its_author(desks: DeskMaker) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    other = desks.enter(ma, "Lina Berrada", "focal_point")
    mission = a_mission(ma)
    actions.perform(ma, mission.id, "submit")
    ma = desks.as_officer(ma, other)
    actions.perform(ma, mission.id, "return", note="Précisez les objectifs.")
    elsewhere = today(ma).waiting

    ma = desks.as_officer(ma, "first")

    assert elsewhere == ()
    assert _reasons(today(ma)) == [("Returned to you", "submit")]


def test_a_new_draft_does_not_count_as_sent_back(desks: DeskMaker) -> None:
    w = desks.office("MA")
    a_mission(w)

    assert today(w).waiting == ()


def test_a_submitted_report_waits_for_who_may_review_it(desks: DeskMaker) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    a_submitted_report(ma)

    ma = desks.as_officer(ma, reviewer)

    assert ("To review", "review") in _reasons(today(ma))


def test_a_mission_that_came_back_wants_its_report(desks: DeskMaker) -> None:
    w = desks.office("MA")
    mission = a_mission(w)
    with w.unit("As if", undoable=False) as unit:
        unit.set_state("mission", mission.id, "come_back", "returned", "")
    first = today(w).due

    desks.clock.at("2026-04-01T09:00:00")
    then = today(w).due

    assert [(line.reason, line.on, line.days_late) for line in first] == [
        ("Report to write", "2026-03-28", 0)
    ]
    assert [(line.reason, line.days_late) for line in then] == [("Report late", 4)]


def test_the_week_shows_what_takes_place_in_it(desks: DeskMaker) -> None:
    w = desks.office("MA")
    soon = a_mission(w, departs_on="2026-03-08", returns_on="2026-03-13")
    later = a_mission(w, departs_on="2026-03-09", returns_on="2026-03-13")
    for mission in (soon, later):
        with w.unit("As if", undoable=False) as unit:
            unit.set_state("mission", mission.id, "approve", "approved", "")

    assert [line.id for line in today(w).week] == [soon.id]


def test_what_came_with_the_last_file_of_an_office_is_told(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = desks.office("MA"), desks.office("ML", name="Awa Traoré")
    befriend(tmp_path, ma, ml)
    a_mission(ml, host_offices=("MA",))
    send(tmp_path, ml, ma)

    (arrival,) = today(ma).arrivals

    assert arrival.office == "ML"
    assert arrival.commits > 0


def test_what_waits_is_counted_by_kind(desks: DeskMaker) -> None:
    w = desks.office("MA")
    a_follow_up(w, "2026-02-27")
    a_follow_up(w, "2026-03-05")

    assert waiting_by_entity(today(w)) == {"follow_up": 1}


def test_an_expense_to_accept_says_how_much_and_what_for(desks: DeskMaker) -> None:
    w = desks.office("MA", name="Omar Tazi")
    other = desks.enter(w, "Lina Berrada", "focal_point")
    mission = a_mission(w)
    records.create(
        w,
        "expense",
        {
            "mission": mission.id,
            "traveller": w.actor.officer,
            "kind": "transport_air",
            "spent_on": "2026-03-01",
            "amount": Money(480_000, "MAD"),
        },
    )

    (line,) = [one for one in today(desks.as_officer(w, other)).waiting if one.entity == "expense"]

    assert line.amount == Money(480_000, "MAD")
    assert line.about == mission.title
