"""Living a history, letting all files through, and making a failing one as short as it goes."""

import shutil
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sscdesk.application import outgoing
from sscdesk.application import synchronise as sync
from tests.simulation import checks, post
from tests.simulation.accidents import ACCIDENTS
from tests.simulation.forging import FORGERIES
from tests.simulation.founding import beginning
from tests.simulation.plans import Chance, Plan, Step, a_plan, without
from tests.simulation.post import POST
from tests.simulation.use import USE
from tests.simulation.world import Desk, Letter, Violation, World, allow, knows, meet

ACTS = {**USE, **POST, **ACCIDENTS, **FORGERIES}
WEIGHTS = {name: weight for name, (_, weight) in ACTS.items()}
MOST_ROUNDS = 12


@dataclass
class Outcome:
    """What became of a history."""

    plan: Plan
    violation: str = ""
    at: int = 0
    """The step that failed; one beyond the last where it was the end."""
    log: list[str] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)
    conflicts: int = 0
    """Fields that somebody had to decide at some time."""
    waited: int = 0
    """Commits that had to wait for others."""
    files: int = 0
    writes: int = 0

    def told(self) -> str:
        """Tell the history and what was wrong with it."""
        head = f"seed {self.plan.seed}, {len(self.plan.steps)} steps: {self.violation}"
        return "\n".join([head, *self.log])


def live(plan: Plan, folder: Path) -> Outcome:
    """Live a history in an empty folder, which is removed."""
    outcome = Outcome(plan)
    world = World(folder, plan, beginning(plan.strangers))
    try:
        for step in plan.steps:
            outcome.at = step.number
            outcome.acts[step.act] += 1
            _take(world, step)
        outcome.at += 1
        world.say("all files are let through")
        let_through(world)
        check_the_end(world)
    except Violation as violation:
        outcome.violation = str(violation)
    except Exception as error:  # noqa: BLE001 - whatever escapes is a defect
        where = traceback.extract_tb(error.__traceback__)[-1]
        outcome.violation = (
            f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        )
        outcome.log.append(traceback.format_exc())
    finally:
        outcome.log[:0] = world.log
        outcome.conflicts, outcome.waited = len(world.disputed), len(world.waited)
        outcome.files, outcome.writes = len(world.letters), len(world.oracle.writes)
        world.close()
        shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _take(world: World, step: Step) -> None:
    chance = world.begin(step.number, step.seed)
    before = {desk.name: world.known(desk) for desk in world.desks.values()}
    ACTS[step.act][0](world, chance)
    for desk in world.desks.values():
        known = world.known(desk)
        if desk.name in before and known == before[desk.name] and step.act != "open":
            continue
        if step.act not in ("bring back", "relapse") and desk.name in before:
            checks.check_nothing_forgotten(world, desk, before[desk.name])
        checks.check_desk(world, desk)


# ---------------------------------------------------------------- the end


def let_through(world: World) -> None:
    """Open every file that was ever made, then exchange until nobody lacks anything."""
    chance = world.begin(len(world.plan.steps) + world.plan.seed % 97 + 1000, world.plan.seed)
    _introduce_all(world)
    waiting = [(letter, desk) for letter in world.letters for desk in world.of_office_in(letter)]
    while waiting:
        pair = chance.pick("next", waiting, lambda one: one[0].name + one[1].name)
        waiting.remove(pair)
        letter, desk = pair
        if desk.name not in letter.opened_by and not letter.sender.lost:
            post.accept(world, desk, letter, list(letter.paths))
    for number in range(MOST_ROUNDS):
        pairs = [
            (desk, other)
            for desk in world.alive
            for other in world.alive
            if desk is not other and checks.lacking(world, desk, other)
        ]
        if not pairs:
            return
        for desk, other in pairs:
            _bring(world, desk, other, f"end-{number}-{desk.name}-{other.name}")
    for desk, other in pairs:
        lost = checks.lacking(world, desk, other)
        raise Violation(1, f"{other.name} never receives of {desk.name}: {', '.join(lost[:5])}")


def _introduce_all(world: World) -> None:
    for desk in world.alive:
        others = [code for code in world.plan.offices if code != desk.office]
        for office in others:
            if not knows(desk, office):
                meet(world, desk, office)
        with desk.w.read() as connection:
            withheld = outgoing.unauthorised(desk.w, connection, others)
        if withheld:
            allow(desk, *withheld)


def _bring(world: World, desk: Desk, other: Desk, name: str) -> None:
    """Let one desk ask for what it lacks, and another send it."""
    if desk.office == other.office:
        # A desk restored to before its sister joined learns of it by her first file.
        if post.has_sister(other):
            asked = post.make_letter(world, other, [desk.office], f"{name}-asked")
            post.accept(world, desk, asked, list(asked.paths))
    else:
        path = world.folder / "files" / f"{name}.sscreceipt"
        sync.request(other.w, path, [desk.office])
        sync.accept_receipt(desk.w, path)
    letter: Letter = post.make_letter(world, desk, [other.office], name)
    post.accept(world, other, letter, list(letter.paths))


def check_the_end(world: World) -> None:
    """Check every desk against the model, and all desks with each other."""
    for desk in world.alive:
        checks.check_desk(world, desk)
        checks.check_erased(world, desk)
        parked = sync.status(desk.w).parked
        if parked:
            raise Violation(2, f"{parked} commits still wait at {desk.name}")
    checks.check_convergence(world)
    for write in world.oracle.writes.values():
        desk = world.desks.get(write.desk)
        if desk and not desk.lost and write.number not in world.wiped | world.known(desk):
            raise Violation(2, f"{desk.name} lost {write.key}={write.value}")
    _check_repetition(world)


def _check_repetition(world: World) -> None:
    """Every file opened once more does nothing; the next file holds nothing."""
    for desk in world.alive:
        before = post.state_of(desk)
        opened = [o for o in world.letters if desk.name in o.opened_by and not o.sender.lost]
        for letter in opened[-4:]:
            sync.accept(desk.w, list(letter.paths), deletions_read=True)
        if post.state_of(desk) != before:
            raise Violation(6, f"{desk.name} changed by files that it had opened")


# ---------------------------------------------------------------- shrinking


def shortest(failed: Outcome, folder: Path, tell: Callable[[str], None] = print) -> Outcome:
    """Leave out steps as long as the history fails in the same way."""
    best = failed
    late = [step for step in failed.plan.steps if step.number > failed.at]
    size = max(1, (len(best.plan.steps) - len(late)) // 2)
    if late:
        best = live(without(failed.plan, late), folder)
    while size:
        start = 0
        while start < len(best.plan.steps):
            chosen: Sequence[Step] = best.plan.steps[start : start + size]
            tried = live(without(best.plan, chosen), folder)
            if tried.violation and _kind(tried) == _kind(failed):
                best = tried
                tell(f"{len(best.plan.steps)} steps")
            else:
                start += size
        size //= 2
    return best


def _kind(outcome: Outcome) -> str:
    """Return what sort of failure it is, without the names in it."""
    return outcome.violation.partition(":")[0]


def history(seed: int, steps: int, folder: Path) -> Outcome:
    """Draw and live the history of a seed."""
    return live(a_plan(seed, steps, WEIGHTS), folder)


__all__ = ["Chance", "Outcome", "history", "live", "shortest"]
