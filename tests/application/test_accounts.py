"""The accounts of a mission: rates kept with their source, the balance, who may decide."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import accounts, actions, records
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import NotFound
from sscdesk.model.values import Money, Value
from tests.desks import DeskMaker, a_mission


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def an_expense(w: Workspace, mission: str, amount: Money, **values: Value) -> str:
    given: dict[str, Value] = {
        "mission": mission,
        "traveller": w.actor.officer,
        "kind": "transport_local",
        "spent_on": "2026-03-10",
        "amount": amount,
    }
    return records.create(w, "expense", {**given, **values}).id


def test_the_balance_sets_expenses_against_the_advance(desks: DeskMaker) -> None:
    w = desks.office("MA")
    mission = a_mission(w, advance=Money(150_000, "MAD"), advance_paid_on="2026-03-01").id
    an_expense(w, mission, Money(100_000, "MAD"))

    found = accounts.accounts(w, mission)

    assert (found.currency, found.balance.due) == ("MAD", -50_000)
    assert found.planned == (Money(1_840_000, "MAD"),)
    assert found.by_kind == (("transport_local", Money(100_000, "MAD")),)


def test_a_foreign_expense_is_converted_with_the_rate_recorded_last(desks: DeskMaker) -> None:
    w = desks.office("MA")
    before = a_mission(w).id
    an_expense(
        w,
        before,
        Money(10_000, "XOF"),
        rate="0.0163",
        rate_source="Bank Al-Maghrib",
        rate_date="2026-03-02",
        office_amount=Money(16_300, "MAD"),
    )
    mission = a_mission(w, departs_on="2026-05-04", returns_on="2026-05-08").id
    expense = an_expense(w, mission, Money(20_000, "XOF"), spent_on="2026-05-05")
    waiting = accounts.accounts(w, mission)

    count = accounts.convert_expenses(w, mission)

    kept = records.view(w, expense).fields
    assert (waiting.balance.without_rate, waiting.convertible, count) == (1, 1, 1)
    assert kept["office_amount"] == Money(32_600, "MAD")
    assert (kept["rate"], kept["rate_source"], kept["rate_date"]) == (
        "0.0163",
        "Bank Al-Maghrib",
        "2026-03-02",
    )


def test_a_rate_recorded_later_is_not_used_before_its_day(desks: DeskMaker) -> None:
    w = desks.office("MA")
    mission = a_mission(w).id
    an_expense(
        w,
        mission,
        Money(10_000, "XOF"),
        spent_on="2026-03-12",
        rate="0.0163",
        rate_source="Bank Al-Maghrib",
        rate_date="2026-03-12",
        office_amount=Money(16_300, "MAD"),
    )
    an_expense(w, mission, Money(20_000, "XOF"), spent_on="2026-03-10")

    found = accounts.accounts(w, mission)

    assert (found.convertible, accounts.convert_expenses(w, mission)) == (0, 0)
    assert "no-rate" in [one.code for one in found.missing]


def test_the_franc_is_converted_by_its_parity(desks: DeskMaker) -> None:
    w = desks.office("SN")
    mission = a_mission(w, host_offices=("MA",)).id
    expense = an_expense(w, mission, Money(10_000, "EUR"))

    accounts.convert_expenses(w, mission)

    kept = records.view(w, expense).fields
    assert kept["office_amount"] == Money(65_596, "XOF")
    assert (kept["rate"], kept["rate_source"], kept["rate_date"]) == (
        "655.957",
        "BCEAO",
        "2026-03-10",
    )


def test_a_rate_that_was_typed_is_kept_and_only_the_amount_worked_out(desks: DeskMaker) -> None:
    w = desks.office("MA")
    mission = a_mission(w).id
    expense = an_expense(w, mission, Money(10_000, "EUR"), rate="10.85", rate_source="Banque")

    accounts.convert_expenses(w, mission)

    kept = records.view(w, expense).fields
    assert (kept["rate"], kept["rate_source"]) == ("10.85", "Banque")
    assert kept["office_amount"] == Money(108_500, "MAD")


def test_a_second_person_decides_and_the_traveller_never(desks: DeskMaker) -> None:
    w = desks.office("MA")
    other = desks.enter(w, "Lina Berrada", "focal_point")
    mission = a_mission(w).id
    expense = an_expense(w, mission, Money(10_000, "MAD"))
    (own,) = accounts.accounts(w, mission).lines

    w = desks.as_officer(w, other)
    (theirs,) = accounts.accounts(w, mission).lines
    actions.perform(w, expense, "accept", "Reçu vu")
    (decided,) = accounts.accounts(w, mission).lines

    assert (own.may_decide, theirs.may_decide) == (False, True)
    assert (decided.state, decided.reason, decided.may_decide) == ("accepted", "Reçu vu", False)


def test_what_stands_against_the_settlement_leads_to_each_expense(desks: DeskMaker) -> None:
    w = desks.office("MA")
    mission = a_mission(w).id
    bare = an_expense(w, mission, Money(10_000, "XOF"))
    allowance = an_expense(w, mission, Money(10_000, "MAD"), kind="per_diem")

    found = accounts.accounts(w, mission)

    assert [(one.code, one.record) for one in found.missing] == [
        ("no-receipt", bare),
        ("no-rate", bare),
        ("expense-undecided", bare),
        ("expense-undecided", allowance),
    ]


def test_only_missions_have_accounts(desks: DeskMaker) -> None:
    w = desks.office("MA")

    with pytest.raises(NotFound) as refused:
        accounts.accounts(w, w.actor.officer)

    assert refused.value.code == "no-accounts"
