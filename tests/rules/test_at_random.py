"""Officers of four offices at random: no right violated, no orphan, no state unheard of.

The short run is part of the suite; the long one (10,000 steps) is chosen by
``SSCDESK_STEPS=10000 pytest tests/rules/test_at_random.py``.
"""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.rules.crew import Crew
from tests.rules.desks_at_random import AtRandom, found_offices

STEPS = int(os.environ.get("SSCDESK_STEPS", "180"))
OF_ONE_HISTORY = 60 if STEPS < 1_000 else 500
LOOKED_AT_EVERY = 20
SEED = st.integers(0, 2**32 - 1)
TOTAL = {"histories": 0, "steps": 0, "done": 0, "refused": 0, "files": 0}
REACHED: dict[str, set[str]] = {}


class FourOffices(RuleBasedStateMachine):
    """What officers do; each step decides all else by one number."""

    template: Crew
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        TOTAL["histories"] += 1
        self.steps = 0
        self.world = AtRandom(self.folder / str(TOTAL["histories"]), self.template)

    @rule(seed=SEED)
    def act(self, seed: int) -> None:
        self.world.act(self._different(seed))

    @rule(seed=SEED)
    def act_on(self, seed: int) -> None:
        self.world.act(self._different(seed))

    @rule(seed=SEED)
    def act_again(self, seed: int) -> None:
        self.world.act(self._different(seed))

    @rule(seed=SEED)
    def act_once_more(self, seed: int) -> None:
        self.world.act(self._different(seed))

    @rule(seed=SEED)
    def create(self, seed: int) -> None:
        self.world.create(self._different(seed))

    @rule(seed=SEED)
    def change(self, seed: int) -> None:
        self.world.change(self._different(seed))

    @rule(seed=SEED)
    def put_into_the_bin_or_take_out(self, seed: int) -> None:
        if seed % 4 == 3:
            self.world.bin(self._different(seed))
        else:
            self.world.create(self._different(seed))

    @rule(seed=SEED)
    def comment(self, seed: int) -> None:
        self.world.comment(self._different(seed))

    @rule(seed=SEED)
    def send(self, seed: int) -> None:
        self.world.send(self._different(seed))

    @rule(seed=SEED)
    def open_letter(self, seed: int) -> None:
        self.world.open_letter(self._different(seed))

    @rule(seed=SEED)
    def decide(self, seed: int) -> None:
        self.world.decide(self._different(seed))

    def _different(self, seed: int) -> int:
        """The same number means something else at another step."""
        return seed ^ (self.steps * 2_654_435_761)

    @invariant()
    def nothing_is_violated(self) -> None:
        self.steps += 1
        found = list(self.world.wrong)
        if self.steps % LOOKED_AT_EVERY == 0:
            found = list(self.world.violations())
        assert not found, self._told(found)

    def _told(self, found: list[str]) -> str:
        return "\n".join([*dict.fromkeys(found), "", *self.world.log[-80:]])

    def teardown(self) -> None:
        try:
            self.world.come_together()
            found = [*self.world.violations(), *self.world.differences()]
            assert not found, self._told(found)
        finally:
            self._count()
            self.world.close()

    def _count(self) -> None:
        TOTAL["steps"] += self.steps
        for name in ("done", "refused", "files"):
            TOTAL[name] += self.world.counts[name]
        for entity, states in self.world.reached.items():
            REACHED.setdefault(entity, set()).update(states)


@pytest.fixture
def four_offices(tmp_path: Path) -> type[FourOffices]:
    """The machine whose histories begin with the same four offices."""
    FourOffices.template = found_offices(tmp_path / "template")
    FourOffices.folder = tmp_path
    return FourOffices


def test_officers_at_random_violate_no_right(
    four_offices: type[FourOffices], capsys: pytest.CaptureFixture[str]
) -> None:
    histories = STEPS // OF_ONE_HISTORY + 1  # the first is always the shortest of all
    run_state_machine_as_test(
        four_offices,
        settings=settings(
            max_examples=histories,
            stateful_step_count=OF_ONE_HISTORY,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=(Phase.generate,),
        ),
    )

    with capsys.disabled():
        if STEPS >= 1_000:
            sys.stdout.write(f"{TOTAL} { ({k: sorted(v) for k, v in REACHED.items()}) }\n")
    assert TOTAL["done"] > 0
    assert TOTAL["refused"] > 0
