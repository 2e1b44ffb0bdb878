"""What no longer changes by typing, state by state."""

import pytest

from sscdesk.model.base import record_kinds
from sscdesk.model.freezing import (
    WORDING,
    frozen_fields,
    frozen_parts,
    may_change_now,
    may_delete,
)
from sscdesk.model.lifecycles import LIFECYCLES

KINDS = record_kinds()
EVERY_STATE = [(entity, state) for entity in KINDS for state in LIFECYCLES[entity].states()]


@pytest.mark.parametrize("entity", KINDS)
def test_a_new_record_is_open(entity: str) -> None:
    initial = KINDS[entity].mapped.initial_state

    assert not frozen_fields(entity, initial)
    assert not frozen_parts(entity, initial)


@pytest.mark.parametrize("entity, state", EVERY_STATE)
def test_what_the_office_keeps_for_itself_never_freezes(entity: str, state: str) -> None:
    assert not frozen_fields(entity, state) & {"tags", "internal_note"}
    assert frozen_fields(entity, state) <= set(KINDS[entity].fields)
    assert frozen_parts(entity, state) <= set(KINDS[entity].parts)


@pytest.mark.parametrize("entity, state", EVERY_STATE)
def test_an_act_asks_only_for_what_it_may_write(entity: str, state: str) -> None:
    for row in LIFECYCLES[entity].from_state(state):
        assert not set(row.inputs) & frozen_fields(entity, state), row.action


@pytest.mark.parametrize("state", ["approved", "authorised", "under_way", "closed"])
def test_a_mission_that_was_approved_is_changed_by_an_act(state: str) -> None:
    assert not may_change_now("mission", state, "departs_on")
    assert not may_change_now("mission", state, "date", "leg")
    assert not may_change_now("mission", state, None, "traveller")


def test_the_order_number_is_given_before_it_is_signed() -> None:
    assert may_change_now("mission", "approved", "order_number")
    assert not may_change_now("mission", "authorised", "order_number")


def test_meetings_are_written_until_the_report_is_signed() -> None:
    assert may_change_now("mission", "returned", None, "meeting")
    assert not may_change_now("mission", "reported", "said", "meeting")


def test_a_recommendation_is_still_tied_to_its_follow_up_after_the_report() -> None:
    assert may_change_now("mission", "settled", "follow_up", "recommendation")
    assert not may_change_now("mission", "settled", "what", "recommendation")
    assert not may_change_now("mission", "closed", "follow_up", "recommendation")


@pytest.mark.parametrize("state", ["signed", "countersigned", "archived", "superseded"])
def test_a_signed_report_refuses_edits(state: str) -> None:
    open_fields = set(KINDS["report"].fields) - frozen_fields("report", state)

    assert open_fields == {"tags", "internal_note"}
    assert {"text_block", "note"} <= frozen_parts("report", state)


@pytest.mark.parametrize("state", ["agreed", "in_progress", "fulfilled", "verified"])
def test_the_wording_of_a_commitment_is_fixed_once_agreed(state: str) -> None:
    assert WORDING["commitment"] <= frozen_fields("commitment", state)


def test_progress_is_written_while_the_commitment_is_in_progress() -> None:
    assert may_change_now("commitment", "in_progress", "progress_percent")
    assert not may_change_now("commitment", "verified", "progress_percent")


def test_a_published_practice_is_revised_and_still_transferred() -> None:
    assert not may_change_now("practice", "published", "results")
    assert may_change_now("practice", "published", None, "transfer")


def test_closed_records_still_take_comments() -> None:
    assert may_change_now("mission", "closed", None, "comment")
    assert not may_change_now("mission", "closed", None, "visa")


def test_an_accepted_expense_stands() -> None:
    assert not may_change_now("expense", "accepted", "amount")


@pytest.mark.parametrize(
    "entity, state, allowed",
    [
        ("report", "draft", True),
        ("report", "signed", False),
        ("mission", "authorised", False),
        ("commitment", "agreed", False),
        ("organisation", "active", True),
    ],
)
def test_what_was_signed_or_agreed_is_never_deleted(
    entity: str, state: str, *, allowed: bool
) -> None:
    assert may_delete(entity, state) is allowed


def test_words_that_two_offices_agree_to_are_fields() -> None:
    for entity, names in WORDING.items():
        assert names <= set(KINDS[entity].fields)
