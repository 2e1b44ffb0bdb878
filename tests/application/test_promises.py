"""The ledger of promises: both columns, how they stand, who has agreed, what serves them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import actions, records
from sscdesk.application.promise_views import Bargain, Ledger
from sscdesk.application.promises import ledger
from sscdesk.application.workspace import Workspace
from sscdesk.model.promises import Standing
from sscdesk.model.refusal import NotFound, Refused
from tests.desks import DeskMaker, a_mission, befriend, send
from tests.promising import a_plan, a_promise, an_agreement, put_in_state


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def a_plan_with_mali(w: Workspace) -> str:
    return a_plan(w, an_agreement(w, "MA", "ML").id, "MA", "ML").id


def bargains_of(found: Ledger) -> list[Bargain]:
    return [one for plan in found.plans for axis in plan.axes for one in axis.bargains]


def test_reciprocal_promises_stand_on_one_row_with_ones_own_first(desks: DeskMaker) -> None:
    w = desks.office("MA")
    plan = a_plan_with_mali(w)
    theirs = a_promise(w, plan, "ML", "MA")
    ours = a_promise(w, plan, "MA", "ML", reciprocal_of=theirs.id)

    found = ledger(w, plan)

    (row,) = bargains_of(found)
    assert (found.plans[0].first, found.plans[0].second) == ("MA", "ML")
    assert [one.id for one in row.first] == [ours.id]
    assert [one.id for one in row.second] == [theirs.id]


def test_a_one_sided_promise_has_an_empty_side(desks: DeskMaker) -> None:
    w = desks.office("MA")
    plan = a_plan_with_mali(w)
    a_promise(w, plan, "MA", "ML")

    (row,) = bargains_of(ledger(w, plan))

    assert (len(row.first), row.second, row.half_elsewhere) == (1, (), False)


def test_a_half_in_the_bin_is_told_apart_from_a_one_sided_promise(desks: DeskMaker) -> None:
    w = desks.office("MA")
    plan = a_plan_with_mali(w)
    theirs = a_promise(w, plan, "ML", "MA")
    a_promise(w, plan, "MA", "ML", reciprocal_of=theirs.id)
    records.delete(w, theirs.id)

    (row,) = bargains_of(ledger(w, plan))

    assert (row.second, row.half_elsewhere) == ((), True)


def test_days_late_are_computed_and_totals_count_each_office(desks: DeskMaker) -> None:
    w = desks.office("MA")
    plan = a_plan_with_mali(w)
    late = a_promise(w, plan, "MA", "ML", due_on="2026-02-18")
    kept = a_promise(w, plan, "MA", "ML", due_on="2026-01-01")
    a_promise(w, plan, "ML", "MA")
    put_in_state(w, "commitment", late.id, "in_progress")
    put_in_state(w, "commitment", kept.id, "verified")

    found = ledger(w, plan).plans[0]

    days = {one.id: one.days_late for row in bargains_of(ledger(w, plan)) for one in row.promises}
    ours, theirs = found.totals
    assert (days[late.id], days[kept.id]) == (12, 0)
    assert (ours.office, ours.all, ours.counts[Standing.LATE]) == ("MA", 2, 1)
    assert ours.counts[Standing.KEPT] == 1
    assert (theirs.office, theirs.all, theirs.counts[Standing.PROPOSED]) == ("ML", 1, 1)


def test_promises_stand_under_the_axes_of_the_plan_and_the_others_under_their_field(
    desks: DeskMaker,
) -> None:
    w = desks.office("MA")
    plan = a_plan_with_mali(w)
    for number in ("1", "2"):
        axis = {"number": number, "title_fr": f"Axe {number}", "field": "migrants_rights"}
        records.add_part(w, plan, "axis", axis)
    a_promise(w, plan, "MA", "ML", axis="2")
    a_promise(w, plan, "MA", "ML", axis="1")
    a_promise(w, plan, "MA", "ML", field="south_south_mobility")

    axes = ledger(w, plan).plans[0].axes

    assert [(one.number, one.title, one.field) for one in axes] == [
        ("1", "Axe 1", "migrants_rights"),
        ("2", "Axe 2", "migrants_rights"),
        ("", "", "south_south_mobility"),
    ]


def test_an_agreement_holds_all_of_its_plans(desks: DeskMaker) -> None:
    w = desks.office("MA")
    agreement = an_agreement(w, "MA", "ML").id
    first = a_plan(w, agreement, "MA", "ML", period_from="2020").id
    second = a_plan(w, agreement, "MA", "ML", period_from="2026").id
    a_promise(w, second, "MA", "ML")

    found = ledger(w, agreement)

    assert [plan.id for plan in found.plans] == [first, second]
    assert found.count == 1


def test_a_commitment_shows_the_bargain_that_it_belongs_to(desks: DeskMaker) -> None:
    w = desks.office("MA")
    plan = a_plan_with_mali(w)
    theirs = a_promise(w, plan, "ML", "MA")
    ours = a_promise(w, plan, "MA", "ML", reciprocal_of=theirs.id)
    a_promise(w, plan, "MA", "ML")

    (row,) = bargains_of(ledger(w, theirs.ref))

    assert {one.id for one in row.promises} == {ours.id, theirs.id}


def test_what_serves_a_promise_is_linked_from_either_end(desks: DeskMaker) -> None:
    w = desks.office("MA")
    plan = a_plan_with_mali(w)
    named = a_mission(w)
    promise = a_promise(w, plan, "MA", "ML", missions=(named.id,))
    naming = a_mission(w, commitments=(promise.id,), departs_on="2026-05-04", returns_on="2026-05")

    (row,) = bargains_of(ledger(w, plan))

    (shown,) = row.first
    assert {link.id for link in shown.served_by} == {named.id, naming.id}
    assert {link.entity for link in shown.served_by} == {"mission"}


@pytest.mark.parametrize("first", ["MA", "ML"])
def test_both_heads_agree_in_either_order_and_the_first_is_seen_to_wait(
    desks: DeskMaker, tmp_path: Path, first: str
) -> None:
    hats = ("admin", "focal_point", "officer")
    ma, ml = desks.office("MA", hats), desks.office("ML", hats)
    befriend(tmp_path, ma, ml)
    plan = a_plan_with_mali(ma)
    promise = a_promise(ma, plan, "MA", "ML")
    send(tmp_path, ma, ml)
    heads = {w.office: desks.enter(w, "Salma Berrada", "head", "focal_point") for w in (ma, ml)}
    ma, ml = desks.as_officer(ma, heads["MA"]), desks.as_officer(ml, heads["ML"])
    order = (ma, ml) if first == "MA" else (ml, ma)

    actions.perform(order[0], promise.id, "agree")
    (waiting,) = bargains_of(ledger(order[0], plan))[0].promises
    send(tmp_path, order[0], order[1])
    (heard,) = bargains_of(ledger(order[1], plan))[0].promises
    actions.perform(order[1], promise.id, "agree")
    send(tmp_path, order[1], order[0])

    for shown in (waiting, heard):
        (act,) = shown.acts
        assert (act.action, act.office, act.awaited) == ("agree", first, (order[1].office,))
        assert (act.at[:10], act.officer_name) == ("2026-03-02", "Salma Berrada")
    for w in order:
        (agreed,) = bargains_of(ledger(w, plan))[0].promises
        assert (agreed.state, agreed.acts) == ("agreed", ())


def test_only_records_that_hold_promises_have_a_ledger(desks: DeskMaker) -> None:
    w = desks.office("MA")

    with pytest.raises(NotFound) as refused:
        ledger(w, a_mission(w).id)

    assert refused.value.code == "no-promises"


def test_an_administrator_reads_no_promises(desks: DeskMaker) -> None:
    w = desks.office("MA")
    plan = a_plan_with_mali(w)
    login = desks.enter(w, "Idriss Alami", "admin")
    w = desks.as_officer(w, login)

    with pytest.raises(Refused) as refused:
        ledger(w, plan)

    assert refused.value.code == "not-your-role"


def test_the_next_act_is_offered_to_whoever_may_do_it(desks: DeskMaker) -> None:
    w = desks.office("MA")
    plan = a_plan_with_mali(w)
    promise = a_promise(w, plan, "MA", "ML")
    (proposed,) = bargains_of(ledger(w, plan))[0].promises
    put_in_state(w, "commitment", promise.id, "agreed")
    (agreed,) = bargains_of(ledger(w, plan))[0].promises

    assert (proposed.action, agreed.action, agreed.label) == ("", "start", "Start the work")
