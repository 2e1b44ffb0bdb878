"""Indicators count what records prove, by the date of the fact, each unit once."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from sscdesk.application import indicators, records
from sscdesk.application.indicator_counts import Count
from sscdesk.application.indicator_views import Progress, in_public
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.values import Money
from tests.application.counting import (
    a_person,
    an_exchange,
    an_organisation,
    behind,
    define,
    figure,
    look,
    merge,
    move,
    periods,
    sides,
)
from tests.desks import DeskMaker, a_mission, a_plan


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


@pytest.fixture
def ma(desks: DeskMaker) -> Workspace:
    w = desks.office("MA")
    define(w)
    return w


# ---------------------------------------------------------------- exchanges and persons


def test_an_exchange_counts_once_it_was_held(ma: Workspace) -> None:
    for state in ("idea", "planned", "confirmed", "ongoing", "postponed", "cancelled"):
        an_exchange(ma, state=state)
    held = [an_exchange(ma, state=state).id for state in ("held", "reported", "closed")]

    assert figure(ma, "IND-01") == 3
    assert sorted(behind(ma, "IND-01")) == sorted(held)


def test_what_is_in_the_bin_does_not_count(ma: Workspace) -> None:
    gone = an_exchange(ma, [a_person(ma, "Awa")], state="planned")
    records.delete(ma, gone.id)
    move(ma, "exchange", gone.id, "held")

    assert figure(ma, "IND-01") == figure(ma, "IND-02") == 0


def test_an_exchange_counts_in_the_period_in_which_it_ended(ma: Workspace) -> None:
    an_exchange(ma, starts_on="2025-12-30", ends_on="2026-01-02")
    an_exchange(ma, day="2026-03-31")
    an_exchange(ma, day="2026-04-01")

    assert periods(ma, "IND-01") == {"2026-Q1": 2, "2026-Q2": 1}
    assert periods(ma, "IND-01", grain="month") == {"2026-01": 1, "2026-03": 1, "2026-04": 1}
    assert periods(ma, "IND-01", grain="year") == {"2026": 3}


def test_a_partial_date_counts_only_where_it_surely_falls(ma: Workspace) -> None:
    an_exchange(ma, day="2026")
    an_exchange(ma, day="2026-02")

    assert periods(ma, "IND-01") == {"2026": 1, "2026-Q1": 1}
    assert periods(ma, "IND-01", grain="year") == {"2026": 2}
    assert figure(ma, "IND-01", begins="2026-01-01", ends="2026-12-31") == 2
    assert figure(ma, "IND-01", begins="2026-01-01", ends="2026-02-28") == 1
    assert figure(ma, "IND-01", begins="2026-02-02", ends="2026-12-31") == 0


def test_periods_without_facts_are_told_between_those_with_some(ma: Workspace) -> None:
    an_exchange(ma, day="2025-11-10")
    an_exchange(ma, day="2026-08-10")

    trend = look(ma, "IND-01").figure.trend

    assert [key for key, _value in trend] == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert [value for _key, value in trend] == [1, 0, 0, 1]


def test_an_exchange_of_several_fields_counts_in_each_and_once_in_the_whole(ma: Workspace) -> None:
    an_exchange(ma, fields_of_action=("migrants_rights", "migration_development"))
    an_exchange(ma)
    an_exchange(ma, fields_of_action=())

    view = look(ma, "IND-01", by="field")

    assert sides(ma, "IND-01", "field") == {
        "migrants_rights": 2,
        "migration_development": 1,
        "": 1,
    }
    assert view.figure.total.value == 3
    assert view.overlap == 1


def test_a_person_counts_once_per_exchange_whoever_recorded_it(ma: Workspace) -> None:
    awa = a_person(ma, "Awa", "f")
    exchange = an_exchange(ma, [awa, awa, a_person(ma, "Idrissa", "m")])
    records.add_part(
        ma,
        exchange.id,
        "participation",
        {"person": a_person(ma, "Absente", "f"), "role": "participant", "attendance": "absent"},
    )
    an_exchange(ma, [awa])

    assert figure(ma, "IND-02") == 3
    assert figure(ma, "IND-03") == 2
    assert sides(ma, "IND-02", "sex") == {"f": 2, "m": 1}
    assert sides(ma, "IND-03", "sex") == {"f": 1, "m": 1}
    assert look(ma, "IND-04").figure.total == Count(Decimal("66.7"), Decimal(2), Decimal(3))


def test_sex_is_never_guessed(ma: Workspace) -> None:
    exchange = an_exchange(ma, [a_person(ma, "Fatima")])
    told = a_person(ma, "Camille")
    records.add_part(
        ma,
        exchange.id,
        "participation",
        {"person": told, "role": "participant", "attendance": "attended", "sex": "m"},
    )

    assert sides(ma, "IND-02", "sex") == {"u": 1, "m": 1}


def test_merged_duplicates_are_one_person(ma: Workspace) -> None:
    kept, other, older = (a_person(ma, name, "f") for name in ("Awa", "Aoua", "A."))
    merge(ma, "person", other, kept)
    merge(ma, "person", older, other)
    an_exchange(ma, [kept, other])
    an_exchange(ma, [older])

    assert figure(ma, "IND-03") == 1
    assert figure(ma, "IND-02") == 2
    assert behind(ma, "IND-03") == [kept]


def test_two_merged_into_each_other_are_one_person(ma: Workspace) -> None:
    one, other = a_person(ma, "Awa"), a_person(ma, "Aoua")
    with ma.unit("Test", undoable=False) as unit:
        for changed, kept in ((one, other), (other, one)):
            unit.connection.exec_driver_sql(
                "UPDATE person SET same_as = ? WHERE id = ?", (kept, changed)
            )
    an_exchange(ma, [one, other])

    assert figure(ma, "IND-03") == 1


def test_a_person_belongs_to_the_country_of_the_organisation_on_that_day(ma: Workspace) -> None:
    home = an_organisation(ma)
    abroad = an_organisation(ma, "Ambassade", country="ES", kind="embassy")
    moved = a_person(ma, "Awa", organisation=home, since="2020", until="2025-12")
    records.add_part(
        ma, moved, "post", {"function": "Conseil", "organisation": abroad, "since": "2026-01"}
    )
    an_exchange(ma, [moved], day="2025-06-02")
    an_exchange(ma, [moved], day="2026-01-15")
    an_exchange(ma, [a_person(ma, "Sans poste")])

    assert sides(ma, "IND-02", "country") == {"MA": 1, "ES": 1, "": 1}
    assert sides(ma, "IND-03", "country") == {"ES": 1, "": 1}


def test_public_officials_are_counted_at_trainings_only(ma: Workspace) -> None:
    official = a_person(ma, "Awa", organisation=an_organisation(ma))
    other = a_person(ma, "Idrissa", organisation=an_organisation(ma, "ONG", kind="ngo"))
    an_exchange(ma, [official], kind="workshop")
    assert figure(ma, "IND-05") == 0

    an_exchange(ma, [official, other], kind="training")

    assert figure(ma, "IND-05") == 1
    assert behind(ma, "IND-05") == [official]


def test_an_organisation_is_strengthened_by_two_participations_or_an_expert(ma: Workspace) -> None:
    once, twice, host = (an_organisation(ma, name) for name in ("Une", "Deux", "Hôte"))
    people = [a_person(ma, "A", organisation=once), *_two_of(ma, twice)]
    an_exchange(ma, people)
    an_exchange(ma, kind="expert_mission", host_organisation=host)

    assert figure(ma, "IND-06") == 2
    assert sorted(behind(ma, "IND-06")) == sorted([twice, host])


def _two_of(w: Workspace, organisation: str) -> list[str]:
    return [a_person(w, name, organisation=organisation) for name in ("B", "C")]


# ---------------------------------------------------------------- practices and promises


def a_practice(w: Workspace, **values: str) -> str:
    given = {
        "title_fr": "Guichet",
        "country": w.office,
        "owner_organisation": an_organisation(w),
        "field": "migrants_rights",
        "sub_theme": "integration",
        **values,
    }
    return records.create(w, "practice", given).id


def an_act(w: Workspace, entity: str, identifier: str, action: str, target: str) -> None:
    """Do an act, without asking what it wants."""
    with w.unit("Test", undoable=False) as unit:
        unit.set_state(entity, identifier, action, target)


def test_practices_are_a_stock_at_the_end_of_each_period(desks: DeskMaker, ma: Workspace) -> None:
    practice = a_practice(ma)
    desks.clock.at("2026-04-10T10:00:00")
    an_act(ma, "practice", practice, "validate", "validated")
    desks.clock.at("2026-05-20T10:00:00")
    an_act(ma, "practice", practice, "publish", "published")
    desks.clock.at("2026-11-02T10:00:00")
    an_act(ma, "practice", practice, "revise", "draft")

    assert periods(ma, "IND-07", begins="2026-01-01") == {"2026-Q2": 1, "2026-Q3": 1}
    assert figure(ma, "IND-07") == 0
    assert figure(ma, "IND-07", ends="2026-09-30") == 1
    assert behind(ma, "IND-07", "2026-Q3", begins="2026-01-01") == [practice]


def test_a_practice_taken_over_counts_from_its_owners_agreement(ma: Workspace) -> None:
    agreed, unsaid = a_practice(ma, agreed_on="2025-06"), a_practice(ma)
    for practice in (agreed, unsaid):
        move(ma, "practice", practice, "validated")

    assert periods(ma, "IND-07") == {"2025-Q2": 1, "2025-Q3": 1, "2025-Q4": 1, "2026-Q1": 2}


def a_transfer(w: Workspace, practice: str, office: str, evidence: str | None) -> None:
    """A transfer, as it stands once the receiving office has written it."""
    with w.unit("Test", undoable=False) as unit:
        transfer = {"receiving_office": w.office, "date": "2026-02-03", "evidence": evidence}
        row = unit.add_part("practice", practice, "transfer", transfer)
        unit.connection.exec_driver_sql(
            "UPDATE practice_transfer SET receiving_office = ? WHERE id = ?", (office, row)
        )


def test_a_transfer_counts_with_evidence_in_another_country(ma: Workspace) -> None:
    proven, unproven, at_home = (a_practice(ma, country="ML") for _ in range(3))
    a_transfer(ma, proven, "MA", "Arrêté du 3 mars")
    a_transfer(ma, proven, "SN", "Arrêté du 4 mars")
    a_transfer(ma, unproven, "MA", None)
    a_transfer(ma, at_home, "ML", "Arrêté")

    assert behind(ma, "IND-08") == [proven]
    assert sides(ma, "IND-08", "country") == {"MA": 1, "SN": 1}
    assert look(ma, "IND-08", by="country").overlap == 1


def a_promise(w: Workspace, plan: str, **values: str) -> str:
    organisation = an_organisation(w)
    given = {
        "title_fr": "Recevoir deux agents",
        "action_plan": plan,
        "field": "migrants_rights",
        "owed_by": "MA",
        "owed_to": "ML",
        "owner_organisation": organisation,
        "beneficiary_organisation": organisation,
        "due_on": "2026-03-31",
        **values,
    }
    return records.create(w, "commitment", given).id


def test_a_promise_is_agreed_verified_and_overdue_by_its_acts(
    desks: DeskMaker, ma: Workspace
) -> None:
    plan = a_plan(ma).id
    kept, late, proposed = a_promise(ma, plan), a_promise(ma, plan), a_promise(ma, plan)
    for promise in (kept, late):
        an_act(ma, "commitment", promise, "agree", "agreed")
        an_act(ma, "commitment", promise, "start", "in_progress")
    desks.clock.at("2026-05-04T10:00:00")
    an_act(ma, "commitment", kept, "fulfil", "fulfilled")
    desks.clock.at("2026-07-06T10:00:00")
    an_act(ma, "commitment", kept, "verify", "verified")

    assert periods(ma, "IND-09") == {"2026-Q1": 2, "2026-Q2": 2, "2026-Q3": 2}
    assert periods(ma, "IND-10") == {"2026-Q3": 1}
    assert behind(ma, "IND-10") == [kept]
    assert figure(ma, "IND-11", ends="2026-03-31") == 0
    assert figure(ma, "IND-11", ends="2026-04-30") == 3
    assert sorted(behind(ma, "IND-11")) == sorted([late, proposed])
    assert sides(ma, "IND-11", "plan") == {plan: 2}
    assert look(ma, "IND-11", by="plan").titles == {plan: "Plan d'action Maroc–Mali"}


def test_a_promise_verified_on_no_known_day_counts_in_the_whole_only(ma: Workspace) -> None:
    promise = a_promise(ma, a_plan(ma).id)
    move(ma, "commitment", promise, "verified")

    assert figure(ma, "IND-10") == 1
    assert periods(ma, "IND-10") == {"": 1}
    assert figure(ma, "IND-10", begins="2000-01-01") == 0
    assert behind(ma, "IND-10", "") == [promise]


# ---------------------------------------------------------------- missions, follow-ups, money


def test_missions_count_when_they_are_back_and_their_reports_by_days(
    desks: DeskMaker, ma: Workspace
) -> None:
    early, late, away = (a_mission(ma, country="ML") for _ in range(3))
    for mission, day in ((early, "2026-03-18"), (late, "2026-04-02")):
        move(ma, "mission", mission.id, "returned")
        records.change(ma, mission.id, {"returned_on": "2026-03-13"})
        report = records.create(
            ma, "report", {"kind": "mission_report", "subject": mission.id, "language": "fr"}
        )
        desks.clock.at(f"{day}T10:00:00")
        an_act(ma, "report", report.id, "submit", "submitted")

    assert sorted(behind(ma, "IND-12")) == sorted([early.id, late.id])
    assert sides(ma, "IND-12", "destination") == {"ML": 2}
    assert away.id not in behind(ma, "IND-12")
    assert figure(ma, "IND-13") == 12.5
    assert periods(ma, "IND-13") == {"2026-Q1": 5, "2026-Q2": 20}


def test_follow_ups_are_counted_once_they_are_due(desks: DeskMaker, ma: Workspace) -> None:
    origin = a_mission(ma).id
    made = {}
    for state, due in (
        ("done", "2026-02-01"),
        ("verified", "2026-02-02"),
        ("open", "2026-02-03"),
        ("cancelled", "2026-02-04"),
        ("in_progress", "2026-09-01"),
    ):
        given = {
            "action_fr": "Écrire",
            "origin": origin,
            "responsible_office": "MA",
            "responsible": ma.actor.officer,
            "due_on": due,
        }
        made[state] = records.create(ma, "follow_up", given).id
        move(ma, "follow_up", made[state], state)

    assert look(ma, "IND-14").figure.total == Count(Decimal("66.7"), Decimal(2), Decimal(3))
    assert made["cancelled"] not in behind(ma, "IND-14")
    assert sides(ma, "IND-14", "origin") == {"mission": 66}
    desks.clock.at("2026-09-01T10:00:00")
    assert figure(ma, "IND-14") == 50


def test_the_budget_is_executed_by_accepted_expenses_of_closed_missions(ma: Workspace) -> None:
    mission, running = a_mission(ma), a_mission(ma)
    for of, minor, currency, state in (
        (mission, 920_000, "MAD", "accepted"),
        (mission, 500_000, "MAD", "rejected"),
        (mission, 10_000, "EUR", "accepted"),
        (running, 100_000, "MAD", "accepted"),
    ):
        given = {
            "mission": of.id,
            "traveller": ma.actor.officer,
            "kind": "per_diem",
            "spent_on": "2026-03-10",
            "amount": Money(minor, currency),
        }
        move(ma, "expense", records.create(ma, "expense", given).id, state)
    move(ma, "mission", mission.id, "closed")

    view = look(ma, "IND-19", by="budget_line")

    assert view.figure.total == Count(Decimal("50.0"), Decimal(920_000), Decimal(1_840_000))
    assert view.left_out == 1
    assert view.totals["per_diem"].value == 50
    assert behind(ma, "IND-19") == [mission.id]


# ---------------------------------------------------------------- entered values and targets


def test_what_was_entered_stands_beside_what_is_counted(ma: Workspace) -> None:
    an_exchange(ma)
    indicator = look(ma, "IND-01").figure.id
    for value, evidence in (("7", "Rapport annuel"), ("2", None)):
        records.add_part(
            ma, indicator, "value", {"period": "2026-Q1", "value": value, "evidence": evidence}
        )

    view = look(ma, "IND-01")

    assert view.figure.total.value == 1
    assert view.figure.entered == 7
    assert view.figure.current == 1
    assert [line.entered for line in view.periods if line.key == "2026-Q1"] == [9]
    assert [one.proven for one in view.values] == [True, False]


def test_where_records_prove_nothing_only_values_with_evidence_reach_a_target(
    ma: Workspace,
) -> None:
    indicator = look(ma, "IND-18").figure.id
    records.change(ma, indicator, {"target": "80"})
    records.add_part(ma, indicator, "value", {"period": "2026-Q1", "value": "60"})
    assert look(ma, "IND-18").figure.progress is None

    records.add_part(
        ma, indicator, "value", {"period": "2026-Q1", "value": "20", "evidence": "Feuilles"}
    )

    found = look(ma, "IND-18").figure
    assert not found.computed
    assert (found.current, found.progress.percent) == (20, 25)  # type: ignore[union-attr]


def test_an_indicator_marked_as_entered_is_not_reached_by_counting(ma: Workspace) -> None:
    an_exchange(ma)
    records.change(ma, look(ma, "IND-01").figure.id, {"entered": True, "target": "1"})

    found = look(ma, "IND-01").figure

    assert not found.computed
    assert found.progress is None


def test_progress_goes_from_the_baseline_and_less_may_be_better(ma: Workspace) -> None:
    for _ in range(3):
        an_exchange(ma)
    records.change(ma, look(ma, "IND-01").figure.id, {"baseline": "1", "target": "5"})
    records.change(ma, look(ma, "IND-11").figure.id, {"target": "0"})

    assert look(ma, "IND-01").figure.progress == Progress(50, reached=False)
    assert look(ma, "IND-11").figure.progress == Progress(None, reached=True)


# ---------------------------------------------------------------- rights, small numbers, refusals


def as_role(w: Workspace, *roles: str) -> None:
    w.actor = replace(w.actor, roles=frozenset(roles))


def test_fewer_than_five_persons_are_not_told_in_public() -> None:
    assert in_public(Count(Decimal(4)), persons=True).few
    assert not in_public(Count(Decimal(4)), persons=False).few
    assert not in_public(Count(Decimal(0)), persons=True).few
    assert not in_public(Count(Decimal(5)), persons=True).few
    share = Count(Decimal("60"), Decimal(6), Decimal(10))
    assert in_public(share, persons=True).few
    assert not in_public(replace(share, numerator=Decimal(5)), persons=True).few


def test_a_reader_is_told_small_numbers_of_persons_as_the_public(ma: Workspace) -> None:
    people = [a_person(ma, name, "f") for name in "ABCD"] + [
        a_person(ma, name, "m") for name in "EFGHI"
    ]
    an_exchange(ma, people)
    as_role(ma, "reader")

    view = look(ma, "IND-02", by="sex")

    assert view.totals["f"] == Count(None, few=True)
    assert view.totals["m"].value == 5
    assert view.figure.total.value == 9
    assert figure(ma, "IND-01") == 1
    assert len(behind(ma, "IND-02", side="f", by="sex")) == 4


def test_an_administrator_counts_nothing(ma: Workspace) -> None:
    as_role(ma, "admin")

    with pytest.raises(Refused) as refused:
        indicators.figures(ma)

    assert refused.value.code == "not-your-role"


def test_a_side_that_an_indicator_does_not_have_is_refused(ma: Workspace) -> None:
    with pytest.raises(NotFound) as refused:
        look(ma, "IND-01", by="sex")

    assert refused.value.code == "no-such-side"


def test_all_indicators_are_listed_by_code(ma: Workspace) -> None:
    found = indicators.figures(ma)

    assert [one.code for one in found] == sorted(one.code for one in found)
    assert {one.code for one in found if not one.computed} == {"IND-18"}


def test_every_figure_is_as_long_as_the_list_behind_it(ma: Workspace) -> None:
    organisation = an_organisation(ma)
    people = [a_person(ma, name, "f", organisation) for name in "ABC"]
    for day in ("2026-01-15", "2026-02-16", "2025"):
        an_exchange(ma, people[: len(day) % 3 + 1], day=day, kind="training")

    for code in ("IND-01", "IND-02", "IND-03", "IND-05", "IND-06"):
        view = look(ma, code, by="country", grain="month")
        for line in view.periods:
            assert len(behind(ma, code, line.key, grain="month")) == line.total.value, code
            for side, count in line.sides.items():
                found = behind(ma, code, line.key, grain="month", by="country", side=side)
                assert len(found) == count.value, (code, side)
