"""The thread over the four steps: how far it is, what the next one wants."""

import pytest

from sscdesk.model.thread import (
    Knot,
    StepStanding,
    ThreadFacts,
    next_step,
    standings,
    wanting,
)


def knot(entity: str, state: str) -> Knot:
    return Knot(entity, "0" * 32, f"MA-{entity[:3].upper()}-2026-0001", state)


def exchanges(**states: str) -> dict[str, tuple[Knot, ...]]:
    return {step: (knot("exchange", state),) for step, state in states.items()}


WHOLE = ThreadFacts(
    practices=(knot("practice", "published"),),
    exchanges=exchanges(identify="closed", share="held", transfer="reported", capitalise="closed"),
    commitments=(knot("commitment", "verified"), knot("commitment", "dropped")),
    transfers=1,
    needs=1,
)


def test_a_whole_thread_wants_nothing() -> None:
    assert set(standings(WHOLE).values()) == {StepStanding.DONE}
    assert next_step(WHOLE) == ""


def test_a_thread_that_holds_nothing_begins_with_its_first_step() -> None:
    found = standings(ThreadFacts())

    assert set(found.values()) == {StepStanding.OPEN}
    assert next_step(ThreadFacts()) == "identify"


def test_a_step_without_records_before_one_that_has_some_was_skipped() -> None:
    facts = ThreadFacts(
        practices=(knot("practice", "draft"),), exchanges=exchanges(transfer="planned")
    )

    assert standings(facts) == {
        "identify": StepStanding.UNDER_WAY,
        "share": StepStanding.SKIPPED,
        "transfer": StepStanding.UNDER_WAY,
        "capitalise": StepStanding.OPEN,
    }


@pytest.mark.parametrize(
    ("step", "facts", "codes"),
    [
        ("identify", ThreadFacts(), ["no-practice", "no-need", "no-commitment"]),
        ("share", ThreadFacts(), ["no-exchange-share"]),
        ("share", ThreadFacts(exchanges=exchanges(share="planned")), ["not-held"]),
        (
            "transfer",
            ThreadFacts(practices=(knot("practice", "draft"),)),
            ["not-validated", "no-exchange-transfer", "no-transfer"],
        ),
        (
            "capitalise",
            ThreadFacts(
                practices=(knot("practice", "validated"),),
                commitments=(knot("commitment", "in_progress"),),
            ),
            ["not-published", "no-exchange-capitalise", "not-verified"],
        ),
    ],
)
def test_what_a_step_wants_is_named(step: str, facts: ThreadFacts, codes: list[str]) -> None:
    assert [one.code for one in wanting(facts, step)] == codes


def test_what_concerns_another_record_leads_to_it() -> None:
    facts = ThreadFacts(practices=(knot("practice", "draft"),))

    first = wanting(facts, "transfer")[0]

    assert (first.entity, first.record) == ("practice", "0" * 32)
    assert first.params == {"ref": "MA-PRA-2026-0001"}


def test_the_next_step_comes_after_the_last_one_done() -> None:
    facts = ThreadFacts(practices=(knot("practice", "draft"),), exchanges=exchanges(share="closed"))

    assert next_step(facts) == "transfer"
