"""What a history is made of: steps, each with its own luck, so that one can be left out.

Leaving a step out must leave the others as they were, or a failing history could not be
made shorter. So a step draws from its own seed, and picks among things by their names
(the lowest hash wins): what is not there any more changes only the steps that had picked it.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

T = TypeVar("T")
OFFICES = ("MA", "ML", "CI", "SN")


@dataclass(frozen=True)
class Step:
    """One thing that happens."""

    number: int
    act: str
    seed: int


@dataclass(frozen=True)
class Plan:
    """One history before it is lived."""

    seed: int
    offices: tuple[str, ...]
    strangers: bool
    """Whether the offices have yet to exchange their cards."""
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Chance:
    """The luck of one step: every question has its own answer."""

    seed: int

    def _draw(self, *words: object) -> int:
        text = "/".join(map(str, (self.seed, *words)))
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")

    def pick(self, question: str, among: Iterable[T], name: Callable[[T], object] = str) -> T:
        """Pick one of several things, by their names."""
        return min(among, key=lambda one: self._draw(question, name(one)))

    def weighed(self, question: str, weights: Mapping[str, int]) -> str:
        """Pick a word by weight."""
        drawn = self._draw(question) % sum(weights.values())
        for word, weight in weights.items():
            drawn -= weight
            if drawn < 0:
                return word
        raise AssertionError("weights add up")

    def below(self, question: str, end: int) -> int:
        """Draw a number from 0 up to and without ``end``."""
        return self._draw(question) % end

    def once_in(self, question: str, times: int) -> bool:
        """Say yes once in so many times."""
        return self.below(question, times) == 0


def a_plan(seed: int, steps: int, weights: Mapping[str, int]) -> Plan:
    """Draw a history: two to four offices, and what happens to them."""
    luck = Random(seed)
    count = luck.choice((2, 3, 3, 3, 4))
    offices = tuple(sorted(luck.sample(OFFICES, count), key=OFFICES.index))
    strangers = luck.random() < 0.2
    acts = luck.choices(list(weights), list(weights.values()), k=steps)
    _give_bad_luck_time(luck, acts)
    if strangers:
        for _ in range(2 * count):
            acts[luck.randrange(len(acts) // 2 + 1)] = "get to know"
    return Plan(
        seed,
        offices,
        strangers,
        tuple(Step(n, act, luck.getrandbits(48)) for n, act in enumerate(acts, start=1)),
    )


def _give_bad_luck_time(luck: Random, acts: list[str]) -> None:
    """Let a second laptop join early, and old backups come back late, in many histories."""
    early, late = len(acts) // 4 + 1, len(acts) // 2
    if luck.random() < 0.4:
        acts[luck.randrange(early)] = "join"
    if luck.random() < 0.6:
        for _ in range(2):
            acts[luck.randrange(early)] = "back up"
            acts[late + luck.randrange(len(acts) - late)] = "bring back"


def without(plan: Plan, left_out: Sequence[Step]) -> Plan:
    """Return the same history without some of its steps."""
    gone = {step.number for step in left_out}
    kept = tuple(step for step in plan.steps if step.number not in gone)
    return Plan(plan.seed, plan.offices, plan.strangers, kept)
