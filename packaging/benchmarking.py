"""Measures the desk against floors: what the bare libraries take for the same work.

A machine's speed differs from day to day, a ratio taken in one run hardly does. Every
comparison therefore runs ours and its floor by turns, keeps the best of each, and prints
both with their ratio and the goal. Nothing is asserted: who reads judges.

Groups stand in ``packaging/benchmarks``, one module each, marked with ``@group``. A group
is a generator: it prepares its material in the folder that it is given, yields what is to
be measured, and cleans up after itself.
"""

import argparse
import importlib
import json
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent / "benchmarks"

Timed = Callable[[], float]
"""Does the work once and returns the seconds that count; preparation is not among them."""


@dataclass(frozen=True)
class Comparison:
    """One piece of work, done by the desk and by its floor."""

    what: str
    ours: Timed
    floor: Timed
    floor_is: str
    goal: str = ""


@dataclass(frozen=True)
class Figure:
    """One number that has a goal of its own rather than a floor."""

    what: str
    value: Callable[[], float]
    unit: str
    goal: str = ""


@dataclass(frozen=True)
class Setting:
    """What a group is given: a folder of its own and how much to do."""

    folder: Path
    size: int


Group = Callable[[Setting], Iterator[Comparison | Figure]]
GROUPS: dict[str, Group] = {}


def group(name: str) -> Callable[[Group], Group]:
    """Register a generator of measurements under ``name``."""

    def register(function: Group) -> Group:
        GROUPS[name] = function
        return function

    return register


@dataclass(frozen=True)
class Result:
    """One line of the table; seconds unless the unit says otherwise."""

    group: str
    what: str
    ours: float
    floor: float | None
    ratio: float | None
    unit: str
    floor_is: str
    goal: str


def measured(name: str, one: Comparison | Figure, rounds: int) -> Result:
    """Run one measurement, ours and the floor by turns, and keep the best of each."""
    if isinstance(one, Figure):
        value = min(one.value() for _ in range(rounds))
        return Result(name, one.what, value, None, None, one.unit, "", one.goal)
    pairs = [(one.ours(), one.floor()) for _ in range(rounds)]
    ours, floor = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    return Result(name, one.what, ours, floor, ours / floor, "s", one.floor_is, one.goal)


def load_groups() -> None:
    """Import every module of ``packaging/benchmarks``; each registers its groups."""
    sys.modules.setdefault("benchmarking", sys.modules[__name__])
    sys.path.insert(0, str(BENCHMARKS))
    for path in sorted(BENCHMARKS.glob("*.py")):
        importlib.import_module(path.stem)


def run(names: list[str], rounds: int, size: int) -> Iterator[Result]:
    """Run the groups named, each in a folder that goes away afterwards."""
    for name in names:
        with tempfile.TemporaryDirectory(prefix="sscdesk-bench-") as folder:
            for one in GROUPS[name](Setting(Path(folder), size)):
                yield measured(name, one, rounds)


def as_line(result: Result) -> str:
    """Write a result as one line of the table."""
    digits = 1 if result.unit == "ms" else 3
    ours = f"{result.ours:.{digits}f} {result.unit}"
    floor = f"{result.floor:.{digits}f} {result.unit}" if result.floor is not None else ""
    ratio = f"{result.ratio:.2f}x" if result.ratio is not None else ""
    about = "; ".join(part for part in (result.floor_is, result.goal) if part)
    return f"{result.group:8} {result.what:52} {ours:>10} {floor:>10} {ratio:>8}  {about}"


def main() -> int:
    """Run the command."""
    load_groups()
    parser = argparse.ArgumentParser(prog="packaging/bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(GROUPS), metavar="NAME")
    parser.add_argument("--list", action="store_true", help="name the groups and stop")
    parser.add_argument("--rounds", type=int, default=3, help="best of so many (3)")
    parser.add_argument("--size", type=int, default=100_000, help="how many records (100000)")
    parser.add_argument("--json", action="store_true", help="one JSON document at the end")
    chosen = parser.parse_args()
    if chosen.list:
        print("\n".join(sorted(GROUPS)))
        return 0
    results = []
    for result in run(chosen.only or sorted(GROUPS), chosen.rounds, chosen.size):
        results.append(result)
        print(as_line(result), file=sys.stderr if chosen.json else sys.stdout, flush=True)
    if chosen.json:
        about = {"python": platform.python_version(), "size": chosen.size, "rounds": chosen.rounds}
        print(json.dumps({**about, "results": [asdict(one) for one in results]}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
