"""The program has the transitions of the table, no more and no fewer."""

from collections import defaultdict
from pathlib import Path

from sscdesk.model.lifecycle import Transition
from sscdesk.model.lifecycles import LIFECYCLES
from tests.rules import listing
from tests.rules.transitions import ACTS, CREATIONS, ROWS, Row, states_of

Rule = tuple[str, str, str]
WITHOUT_STATES = {
    "organisation", "person", "indicator", "attachment", "officer", "office", "vocabulary"
}  # fmt: skip
"""Records that only are or are not."""
BY_THE_DESK = {("report", "supersede")}
"""No officer does it: the signature of a revision does."""


def of_the_program() -> dict[tuple[str, str, str], Transition]:
    return {
        (entity, source, row.action): row
        for entity, machine in LIFECYCLES.items()
        for row in machine.transitions
        for source in row.sources
        if (entity, row.action) not in BY_THE_DESK
    }


def of_the_table() -> dict[tuple[str, str, str], Row]:
    return {(row.entity, source, row.action): row for row in ACTS for source in row.sources}


def test_no_transition_is_missing_and_none_is_more() -> None:
    assert set(of_the_program()) == set(of_the_table())


def test_each_transition_asks_what_the_table_says() -> None:
    for key, row in of_the_table().items():
        held = of_the_program()[key]
        assert held.target == row.reached_from(key[1]), key
        assert held.roles == row.roles, key
        assert held.offices == row.office, key
        assert set(held.four_eyes) == set(row.four_eyes), key
        assert set(held.both) == set(row.both), key
        assert held.reason == row.reason, key


def test_each_kind_of_record_begins_as_the_table_says() -> None:
    for row in CREATIONS:
        creation = LIFECYCLES[row.entity].creation
        assert (creation.action, creation.target) == (row.action, row.target)
        assert creation.roles == row.roles
    assert set(LIFECYCLES) - {row.entity for row in CREATIONS} == WITHOUT_STATES
    assert all(not LIFECYCLES[entity].transitions for entity in WITHOUT_STATES)


def test_the_program_reaches_no_state_that_the_table_lacks() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        found[row.entity] |= set(states_of(row.entity))
    for entity, states in found.items():
        assert set(LIFECYCLES[entity].states()) == states


def test_the_document_of_rights_is_what_the_program_does() -> None:
    written = (Path(__file__).parents[2] / "docs" / "rights.md").read_text(encoding="utf-8")

    assert written == listing.text(), "run packaging/rules --write"
