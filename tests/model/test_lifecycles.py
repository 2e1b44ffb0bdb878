"""The state machines are those of the domain, row by row."""

import pytest

from sscdesk.model.base import record_kinds
from sscdesk.model.lifecycle import Lifecycle, Transition
from sscdesk.model.lifecycles import LIFECYCLES
from sscdesk.model.machines.conditions import F, H, W
from sscdesk.model.vocabulary_seed import Vocabularies

DOMAIN = """
exchange   idea                                plan              planned       W  owner
exchange   planned,postponed                   confirm           confirmed     F  owner
exchange   planned,confirmed                   postpone          postponed     F  owner     reason
exchange   confirmed                           open              ongoing       W  owner
exchange   confirmed,ongoing                   hold              held          W  owner
exchange   held                                report            reported      F  owner
exchange   reported                            close             closed        H  owner
exchange   closed                              reopen            reported      H  owner     reason
exchange   idea,planned,confirmed,postponed    cancel            cancelled     H  owner     reason
mission    draft                               submit            submitted     W  owner
mission    submitted                           return            draft         FH owner     reason
mission    submitted                           approve           approved      F  owner     eyes
mission    approved                            authorise         authorised    H  owner     eyes
mission    authorised                          depart            under_way     W  owner
mission    authorised,under_way                amend             submitted     W  owner     reason
mission    under_way                           come_back         returned      W  owner
mission    returned                            report            reported      F  owner
mission    reported                            settle            settled       F  owner
mission    settled                             close             closed        H  owner
mission    draft,submitted,approved,authorised cancel            cancelled     H  owner     reason
commitment proposed                            agree             agreed        H  party     both
commitment agreed                              start             in_progress   W  owed_by
commitment in_progress                         fulfil            fulfilled     H  owed_by
commitment fulfilled                           verify            verified      H  owed_to   eyes
commitment fulfilled                           contest           in_progress   FH owed_to   reason
commitment agreed,in_progress                  suspend           suspended     H  party     reason
commitment suspended                           resume            in_progress   H  party     reason
commitment proposed,agreed,in_progress,fulfilled,suspended drop dropped H party both,reason
follow_up  open                                start             in_progress   W  responsible
follow_up  open,in_progress                    finish            done          W  responsible
follow_up  done                                verify            verified      F  owner     eyes
follow_up  done                                contest           in_progress   F  owner     reason
follow_up  open,in_progress                    cancel            cancelled     F  owner     reason
report     draft,returned                      submit            submitted     W  owner
report     submitted                           review            reviewed      F  owner     eyes
report     submitted,reviewed                  return            returned      FH owner     reason
report     reviewed                            sign              signed        FH owner     eyes
report     signed                              countersign       countersigned H  second    both
report     signed                              contest           signed        H  second    reason
report     signed,countersigned                archive           archived      F  owner
report     signed                              revise            signed        W  owner     reason
report     countersigned                       revise            countersigned W  owner     reason
report     archived                            revise            archived      W  owner     reason
report     signed,countersigned,archived       supersede         superseded    -  owner
practice   draft                               validate          validated     F  keeper
practice   validated                           publish           published     H  keeper
practice   published                           archive           archived      F  keeper
practice   validated,published,archived        revise            draft         W  keeper    reason
agreement  draft                               sign              signed        H  party
agreement  signed                              enter_into_force  in_force      FH party
agreement  in_force                            expire            expired       FH party
agreement  in_force                            terminate         terminated    H  party     reason
action_plan draft,under_revision               adopt             adopted       H  party     both
action_plan adopted                            revise            under_revision FH party    reason
action_plan adopted,under_revision             close             closed        H  party     both
expense    claimed,rejected                    accept            accepted      F  owner     eyes
expense    claimed                             reject            rejected      F owner eyes,reason
"""
"""domain.md, section 5, with who acts and which office; the rest is inferred there."""

ROLES = {"W": W, "F": F, "H": H, "FH": F | H, "-": frozenset()}
ROWS = [line.split() for line in DOMAIN.strip().splitlines()]


def table(entity: str) -> dict[tuple[str, str], Transition]:
    return {(row.action, row.target): row for row in LIFECYCLES[entity].transitions}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[2]} {row[3]}")
def test_the_domain_row_is_in_the_table(row: list[str]) -> None:
    entity, sources, action, target, who, office, *marks = row
    wanted = set(marks[0].split(",")) if marks else set()

    found = table(entity)[action, target]

    assert set(found.sources) == set(sources.split(","))
    assert found.roles == ROLES[who]
    assert found.offices == office
    assert found.reason == ("reason" in wanted)
    assert bool(found.four_eyes) == ("eyes" in wanted)
    assert bool(found.both) == ("both" in wanted)


def test_the_table_has_no_other_row() -> None:
    domain = {(row[0], row[2], row[3]) for row in ROWS}

    desk = {(e, row.action, row.target) for e, m in LIFECYCLES.items() for row in m.transitions}

    assert desk == domain


@pytest.mark.parametrize("entity", LIFECYCLES)
def test_the_states_are_those_of_its_vocabulary(entity: str) -> None:
    mapped = record_kinds()[entity].mapped

    codes = Vocabularies().codes(mapped.state_vocabulary or "")

    assert set(LIFECYCLES[entity].states()) == set(codes)
    assert LIFECYCLES[entity].initial == mapped.initial_state


def test_every_entity_has_a_lifecycle() -> None:
    assert set(LIFECYCLES) == set(record_kinds())


@pytest.mark.parametrize("entity", LIFECYCLES)
def test_inputs_and_sides_are_fields_of_the_entity(entity: str) -> None:
    fields = record_kinds()[entity].fields

    for row in LIFECYCLES[entity].transitions:
        assert set(row.inputs) <= set(fields)
        assert set(row.both) <= set(fields)
        assert row.label


@pytest.mark.parametrize(
    "entity, state, milestone, past",
    [
        ("mission", "under_way", "submitted", True),
        ("mission", "cancelled", "submitted", False),
        ("mission", "submitted", "submitted", True),
        ("mission", "draft", "submitted", False),
        ("exchange", "postponed", "planned", True),
        ("exchange", "postponed", "confirmed", False),
        ("exchange", "held", "confirmed", True),
        ("exchange", "held", "ongoing", False),
        ("exchange", "closed", "reported", True),
        ("commitment", "dropped", "agreed", False),
    ],
)
def test_a_milestone_is_past_only_where_every_way_leads_through_it(
    entity: str, state: str, milestone: str, *, past: bool
) -> None:
    assert LIFECYCLES[entity].past(state, milestone) is past


def test_a_machine_answers_by_action_and_by_state() -> None:
    start = Transition("begin", "Begin", (), "new", W)
    go = Transition("go", "Go", ("new",), "gone", W)
    machine = Lifecycle("thing", start, (go,))

    assert machine.named("go", "new") is go
    assert machine.named("go", "gone") is None
    assert machine.from_state("new") == (go,)
    assert machine.states() == ["new", "gone"]
