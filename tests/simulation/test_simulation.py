"""Whatever happens to files, clocks and desks, offices converge and nothing is lost.

``packaging/simulate`` lives as many histories as one has time for.
"""

from pathlib import Path

import pytest

from tests.simulation.histories import history, live, shortest
from tests.simulation.plans import Chance


@pytest.mark.parametrize("seed", range(1, 6))
def test_offices_converge_and_lose_nothing(seed: int, tmp_path: Path) -> None:
    outcome = history(seed, 50, tmp_path / "world")

    assert not outcome.violation, outcome.told()


def test_a_history_is_the_same_each_time(tmp_path: Path) -> None:
    first = history(11, 30, tmp_path / "world")

    again = live(first.plan, tmp_path / "world")

    assert first.log == again.log
    assert (first.files, first.writes) == (again.files, again.writes)


def test_the_luck_of_a_step_does_not_depend_on_what_else_there_is() -> None:
    chance = Chance(7)
    picked = chance.pick("row", ["a", "b", "c", "d"])

    assert chance.pick("row", sorted({picked, "a", "b"})) == picked
    assert chance.below("place", 1000) == Chance(7).below("place", 1000)


def test_a_failing_history_is_made_as_short_as_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sscdesk.sync.merge.written", lambda _held, incoming, _frontier: [incoming])
    failed = next(
        outcome
        for seed in range(1, 40)
        if (outcome := history(seed, 25, tmp_path / "world")).violation
    )

    short = shortest(failed, tmp_path / "world", lambda _: None)

    assert short.violation
    assert len(short.plan.steps) < 10
    assert short.told().startswith(f"seed {failed.plan.seed}, {len(short.plan.steps)} steps")
