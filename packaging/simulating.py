"""Lives many histories of offices that exchange files, and looks for what must never be.

Each seed is one history: two to four offices with their laptops, an officer's work, files
that are lost, doubled, cut, bent or opened by the wrong office, power cuts, old backups, wrong
clocks, stolen laptops. Then all files are let through and the invariants are checked
(tests/simulation). The same seed is the same history. A history that fails is made as short
as it goes and printed; the result is then 1.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulation.histories import Outcome

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Figures:
    """What a run has seen so far."""

    began: float = field(default_factory=time.monotonic)
    histories: int = 0
    files: int = 0
    writes: int = 0
    conflicts: int = 0
    waited: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    failed: list[int] = field(default_factory=list)

    def take(self, outcome: "Outcome") -> None:
        self.histories += 1
        self.files += outcome.files
        self.writes += outcome.writes
        self.conflicts += outcome.conflicts
        self.waited += outcome.waited
        self.acts += outcome.acts
        if outcome.violation:
            self.failed.append(outcome.plan.seed)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def line(self) -> str:
        rate = self.histories / self.seconds * 3600 if self.seconds else 0
        return (
            f"{self.histories} histories, {len(self.failed)} failed, "
            f"{self.seconds:.0f} s, {rate:.0f} an hour"
        )

    def told(self) -> str:
        acts = ", ".join(f"{name} {count}" for name, count in self.acts.most_common())
        return (
            f"{self.line()}\n{self.writes} writes in the ledger, {self.files} files made, "
            f"{self.conflicts} fields in conflict, {self.waited} commits that had to wait\n"
            f"acts: {acts}"
        )


def one(seed: int, steps: int) -> "Outcome":
    """Live the history of one seed, in a folder of its own."""
    from tests.simulation.histories import history

    with tempfile.TemporaryDirectory(prefix="sscdesk-simulation-") as name:
        return history(seed, steps, Path(name) / "world")


def shortened(failed: "Outcome") -> str:
    """Return the shortest history found that fails like this one."""
    from tests.simulation.histories import shortest

    with tempfile.TemporaryDirectory(prefix="sscdesk-simulation-") as name:
        return shortest(failed, Path(name) / "world", lambda _: None).told()


def outcomes(seeds: range, steps: int, jobs: int) -> Iterator["Outcome"]:
    """Live the histories of these seeds, several at a time where asked to."""
    if jobs == 1:
        yield from (one(seed, steps) for seed in seeds)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(one, seeds, [steps] * len(seeds), chunksize=4)


def run(chosen: argparse.Namespace) -> int:
    """Live the histories, tell of them, and return 1 where one failed."""
    figures = Figures()
    for outcome in outcomes(
        range(chosen.first, chosen.first + chosen.seeds), chosen.steps, chosen.jobs
    ):
        figures.take(outcome)
        if outcome.violation:
            print(f"\n{shortened(outcome) if chosen.shrink else outcome.told()}", flush=True)
        if sys.stdout.isatty() or figures.histories % 100 == 0:
            print(f"\r{figures.line()}", end="\n" * (not sys.stdout.isatty()), flush=True)
    print(f"\n{figures.told()}")
    if figures.failed:
        print("failed seeds:", *figures.failed)
    return 1 if figures.failed else 0


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="packaging/simulate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seeds", type=int, default=100, help="how many histories (100)")
    parser.add_argument("--steps", type=int, default=50, help="steps of each (50)")
    parser.add_argument("--first", type=int, default=1, help="the first seed (1)")
    parser.add_argument("--jobs", type=int, default=1, help="histories at a time (1)")
    parser.add_argument(
        "--no-shrink", dest="shrink", action="store_false", help="print failures at full length"
    )
    parser.add_argument(
        "--faults",
        nargs="?",
        const="",
        metavar="WORDS",
        help="put the named faults (those with these words) into the program and find each",
    )
    chosen = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _work_in_memory()
    if chosen.faults is not None:
        from tests.simulation.faults import find_all

        return find_all(chosen.steps, chosen.first, chosen.faults)
    return run(chosen)


def _work_in_memory() -> None:
    """Keep the profiles of a simulation off the disk where the machine has room in memory."""
    memory = Path("/dev/shm")
    if "TMPDIR" not in os.environ and memory.is_dir() and shutil.disk_usage(memory).free > 1 << 30:
        tempfile.tempdir = str(memory)


if __name__ == "__main__":
    sys.exit(main())
