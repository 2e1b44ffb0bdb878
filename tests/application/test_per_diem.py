"""Daily allowances proposed from the itinerary and the office's own table."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import per_diem, records
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import language
from sscdesk.model.refusal import Refused
from sscdesk.model.values import Money, Value
from tests.desks import DeskMaker, a_mission


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def a_rate(w: Workspace, amount: Money, **values: Value) -> None:
    given: dict[str, Value] = {"zone": "Afrique", "amount": amount}
    office = records.find(w, w.office)
    records.add_part(w, office, "per_diem", {**given, **values})


def test_nights_and_grade_give_the_lines(desks: DeskMaker) -> None:
    w = desks.office("MA")
    a_rate(w, Money(120_000, "MAD"), countries=("ML",))
    mission = a_mission(w)

    found = per_diem.propose(w, mission.ref)

    (line,) = found.lines
    assert (line.name, line.country, line.nights) == ("Nadia Alaoui", "ML", 4)
    assert (line.rate, line.amount) == (Money(120_000, "MAD"), Money(480_000, "MAD"))
    assert found.totals == (Money(480_000, "MAD"),)
    assert (found.missing, line.in_budget) == ((), False)


def test_the_lines_are_put_into_the_budget_once_and_renewed(desks: DeskMaker) -> None:
    w = desks.office("MA")
    a_rate(w, Money(120_000, "MAD"), countries=("ML",), lodging_share="40")
    mission = a_mission(w)
    before = len(mission.parts["budget_line"])

    with language("fr"):
        per_diem.put_into_budget(w, mission.id)
    with language("ar"):
        again = per_diem.put_into_budget(w, mission.id, lodged=True)

    rows = again.parts["budget_line"][before:]
    assert [row.fields["description"] for row in rows] == ["Nadia Alaoui — Mali, 2026-03-09"]
    assert rows[0].fields["amount"] == Money(192_000, "MAD")
    assert rows[0].fields["quantity"] == "4"
    assert per_diem.propose(w, mission.id, lodged=True).lines[0].in_budget


def test_without_a_rate_it_says_for_whom_and_where(desks: DeskMaker) -> None:
    w = desks.office("MA")
    mission = a_mission(w)

    found = per_diem.propose(w, mission.id)

    assert [one.code for one in found.missing] == ["no-rate"]
    assert found.missing[0].params["name"] == "Nadia Alaoui"


def test_a_grade_that_is_not_recorded_leads_to_the_officer(desks: DeskMaker) -> None:
    w = desks.office("MA")
    a_rate(w, Money(120_000, "MAD"), grade="manager")
    mission = a_mission(w)

    (missing,) = per_diem.propose(w, mission.id).missing

    assert (missing.code, missing.entity) == ("no-grade", "officer")
    assert missing.record == w.actor.officer


def test_a_mission_without_nights_leads_to_its_legs(desks: DeskMaker) -> None:
    w = desks.office("MA")
    a_rate(w, Money(120_000, "MAD"))
    mission = a_mission(w)
    for leg in mission.parts["leg"]:
        records.change_part(w, mission.id, "leg", leg.id, {"country": None})

    found = per_diem.propose(w, mission.id)
    with pytest.raises(Refused) as refused:
        per_diem.put_into_budget(w, mission.id)

    assert [(one.code, one.field) for one in found.missing] == [("no-nights", "leg")]
    assert refused.value.code == "nothing-to-propose"


def test_an_approved_mission_keeps_its_budget(desks: DeskMaker) -> None:
    w = desks.office("MA")
    a_rate(w, Money(120_000, "MAD"))
    mission = a_mission(w)
    with w.unit("As if", undoable=False) as unit:
        unit.set_state("mission", mission.id, "approve", "approved", "")

    with pytest.raises(Refused) as refused:
        per_diem.put_into_budget(w, mission.id)

    assert refused.value.code == "frozen"
