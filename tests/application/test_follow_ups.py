"""Recommendations become follow-ups."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import follow_ups, records
from sscdesk.model.refusal import Refused
from tests.desks import DeskMaker, a_mission


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def test_each_recommendation_becomes_one_follow_up_and_only_once(desks: DeskMaker) -> None:
    ma = desks.office("MA")
    mission = a_mission(ma)
    records.add_part(
        ma, mission.ref, "recommendation", {"what": "Rédiger la fiche", "due_on": "2026-03-31"}
    )

    (made,) = follow_ups.from_recommendations(ma, mission.ref)

    assert made.title == "Rédiger la fiche"
    assert made.fields["due_on"] == "2026-03-31"
    assert made.fields["responsible"] == ma.actor.officer
    (row,) = records.view(ma, mission.ref).parts["recommendation"]
    assert row.fields["follow_up"] == made.id
    assert follow_ups.from_recommendations(ma, mission.ref) == ()


def test_a_recommendation_without_a_date_is_refused_by_its_row(desks: DeskMaker) -> None:
    ma = desks.office("MA")
    mission = a_mission(ma)
    row = records.add_part(ma, mission.ref, "recommendation", {"what": "Rédiger la fiche"})

    with pytest.raises(Refused) as refused:
        follow_ups.from_recommendations(ma, mission.ref)

    assert (refused.value.field, refused.value.part_id) == ("due_on", row.id)


def test_making_follow_ups_is_one_step_of_undo(desks: DeskMaker) -> None:
    from sscdesk.application import undo

    ma = desks.office("MA")
    mission = a_mission(ma)
    for what in ("Un", "Deux"):
        records.add_part(ma, mission.ref, "recommendation", {"what": what, "due_on": "2026-03-31"})
    made = follow_ups.from_recommendations(ma, mission.ref)

    undo.undo(ma)

    assert all(records.view(ma, one.ref).deleted for one in made)
    rows = records.view(ma, mission.ref).parts["recommendation"]
    assert [row.fields["follow_up"] for row in rows] == [None, None]
