"""What goes wrong: power cuts at any point, old backups, wrong clocks, stolen laptops."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from sscdesk.application import laptops, safekeeping
from sscdesk.application import synchronise as sync
from sscdesk.store import files
from tests.desks import PASSPHRASE
from tests.simulation import post, use
from tests.simulation.plans import Chance
from tests.simulation.world import Desk, DeskClock, Violation, World, heads, knows, meet, streams_of
from tests.store.faults import WATCHED, Killed

# ---------------------------------------------------------------- power cuts


@dataclass
class Cut:
    """Counts what a desk does to its disk and pulls the plug at one of these moments."""

    desk: Desk
    at: int
    aside: Path
    count: int = 0
    happened: bool = False

    def tick(self) -> None:
        """Keep the disk as it is at the moment of the cut, and end the program."""
        if self.happened:
            raise Killed
        self.count += 1
        if self.count == self.at:
            self.happened = True
            shutil.copytree(self.desk.folder, self.aside)
            raise Killed

    def before_statement(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN")):
            self.tick()

    def before_commit(self, _connection: Any) -> None:
        self.tick()


class CuttingMachine:
    """Stands for the module ``os`` of the store's file layer."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut

    def __getattr__(self, name: str) -> Any:
        import os

        found = getattr(os, name)
        if name not in WATCHED:
            return found

        def run(*args: Any, **kwargs: Any) -> Any:
            if not self._cut.happened:
                self._cut.tick()
            return found(*args, **kwargs)

        return run


@contextmanager
def power_cut(world: World, desk: Desk, at: int) -> Iterator[Cut]:
    """Let the power fail at the ``at``-th write of a desk, then start it again."""
    cut = Cut(desk, at, world.folder / f"cut-{world.step}")
    before, known = heads(desk), world.known(desk)
    engine = desk.w.database.engine
    event.listen(engine, "before_cursor_execute", cut.before_statement)
    event.listen(engine, "commit", cut.before_commit)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(files, "os", CuttingMachine(cut))
            yield cut
    except Killed:
        pass
    finally:
        event.remove(engine, "before_cursor_execute", cut.before_statement)
        event.remove(engine, "commit", cut.before_commit)
    if not cut.happened:
        return
    folder = desk.folder
    desk.w.close()
    shutil.rmtree(folder)
    cut.aside.rename(folder)
    world.open(desk.name, desk.office, desk.clock, folder)
    unreported, world.unreported = world.unreported, None
    if unreported is not None and unreported.desk is desk and heads(desk) != before:
        world.enter(unreported, known, before)


def crash(world: World, chance: Chance) -> None:
    """The power fails in the middle of something."""
    acts: dict[str, Callable[[World, Chance], None]] = {
        "edit": use.edit,
        "sort in": use.sort_in,
        "delete": use.delete,
        "settle": use.settle,
        "send": _send_whole_or_not,
        "open": _open_good,
    }
    name = chance.pick("act", acts)
    desk = use.any_desk(world, chance)
    at = 1 + chance.below("moment", 1 + 2 ** (1 + chance.below("how late", 7)))
    with power_cut(world, desk, at) as cut:
        acts[name](world, chance)
    if cut.happened:
        world.say(f"the power fails at {desk.name} ({name}, write {at})")


def _send_whole_or_not(world: World, chance: Chance) -> None:
    """A file that was being made is whole, or there is none that looks it."""
    try:
        post.send(world, chance)
    except Killed:
        path = world.folder / "files" / f"f{world.step}.sscsync"
        if path.exists() and not any(one.name == path.stem for one in world.letters):
            post.second.outer_form(path.read_bytes())
        raise


def _open_good(world: World, chance: Chance) -> None:
    desk = use.any_desk(world, chance)
    mine = [o for o in world.letters if desk.office in o.offices and o.sender is not desk]
    if mine:
        letter = chance.pick("letter", mine, lambda one: one.name)
        post.accept(world, desk, letter, list(letter.paths))


# ---------------------------------------------------------------- clocks, reopening


def turn_clock(world: World, chance: Chance) -> None:
    """The clock of a laptop is wrong from now on, by years, or right again."""
    desk = use.any_desk(world, chance)
    days = chance.below("days", 7_300) - 3_650
    desk.clock.off = timedelta(days=0 if chance.once_in("right", 4) else days)
    desk.clock.begin(world.step)
    world.say(f"the clock of {desk.name} is off by {desk.clock.off.days} days")


def reopen(world: World, chance: Chance) -> None:
    """An officer closes the desk and opens it again."""
    desk = use.any_desk(world, chance)
    folder = desk.folder
    desk.w.close()
    world.open(desk.name, desk.office, desk.clock, folder)


# ---------------------------------------------------------------- backups


def back_up(world: World, chance: Chance) -> None:
    """An officer makes a backup."""
    _back_up(world, use.any_desk(world, chance))


def _back_up(world: World, desk: Desk) -> Path:
    path = world.folder / "files" / f"{desk.name}-{world.step}.sscbackup"
    safekeeping.backup(desk.w, path)
    desk.backups.append(path)
    world.say(f"{desk.name} makes backup {path.stem}")
    return path


def bring_back(world: World, chance: Chance) -> None:
    """A desk is brought back to an older backup and goes on writing."""
    desks = [desk for desk in world.desks.values() if desk.backups and not desk.lost]
    if not desks:
        return
    desk = chance.pick("desk", desks, lambda one: one.name)
    _bring_back(world, desk, chance.pick("backup", desk.backups, lambda one: one.name))


def _bring_back(world: World, desk: Desk, path: Path) -> None:
    folder, before = desk.folder, world.known(desk)
    desk.w.close()
    safekeeping.restore_backup(
        path, folder, "first", PASSPHRASE, clock=desk.clock, over_its_profile=True
    )
    world.open(desk.name, desk.office, desk.clock, folder)
    for letter in world.letters:
        letter.opened_by.discard(desk.name)
    gone = before - world.known(desk)
    world.wiped |= {n for n in gone if world.oracle.writes[n].desk == desk.name}
    world.say(f"{desk.name} goes back to backup {path.stem}, without {len(gone)} writes")


def relapse(world: World, chance: Chance) -> None:
    """A desk forgets what it had told a partner that it holds; the next files leave a gap."""
    pairs = [
        (desk, other)
        for desk in world.alive
        for other in world.alive
        if desk.office != other.office and knows(desk, other.office) and knows(other, desk.office)
    ]
    if not pairs:
        return
    desk, other = chance.pick("pair", pairs, lambda pair: pair[0].name + pair[1].name)
    backup = _back_up(world, desk)
    use.edit_at(world, chance, other)
    first = post.make_letter(world, other, [desk.office], f"f{world.step}a")
    if not post.accept(world, desk, first, list(first.paths)):
        return
    told = world.folder / "files" / f"{desk.name}-{world.step}-told.sscreceipt"
    sync.request(desk.w, told, [other.office])
    sync.accept_receipt(other.w, told)
    _bring_back(world, desk, backup)
    use.edit_at(world, Chance(chance.seed + 1), other)
    later = post.make_letter(world, other, [desk.office], f"f{world.step}b")
    world.say(f"{other.name} believes that {desk.name} holds {first.name}, and makes {later.name}")
    if chance.once_in("at once", 2):
        post.accept(world, desk, later, list(later.paths))


# ---------------------------------------------------------------- laptops and offices


def join(world: World, chance: Chance) -> None:
    """An office takes a second laptop."""
    alone = [d for d in world.desks.values() if f"{d.office}2" not in world.desks]
    if not alone or len(world.desks) > len(world.plan.offices) + 1:
        return
    desk = chance.pick("desk", alone, lambda one: one.name)
    path = world.folder / "files" / f"{desk.name}-invitation-{world.step}"
    laptops.invite(desk.w, path)
    folder, clock = world.folder / f"{desk.office}2", DeskClock()
    clock.begin(world.step)
    laptops.join(path, folder, "first", PASSPHRASE, clock=clock)
    joined = world.open(f"{desk.office}2", desk.office, clock, folder)
    joined.tampered |= desk.tampered
    world.say(f"{joined.name} joins {desk.name}")


def lose(world: World, chance: Chance) -> None:
    """A laptop is stolen and reported; whoever has it goes on writing."""
    pairs = [
        (one, other)
        for one in world.alive
        for other in world.alive
        if one is not other and one.office == other.office and len(world.of_office(one.office)) > 1
    ]
    if not pairs:
        return
    desk, stolen = chance.pick("laptop", pairs, lambda pair: pair[1].name)
    if stolen.w.laptop.id not in laptops_known(desk):
        return
    sync.revoke(desk.w, stolen.w.laptop.id.hex())
    stolen.lost = True
    world.cuts |= {s: seq for s, seq in heads(desk).items() if s in streams_of(stolen)}
    world.say(f"{stolen.name} is stolen, says {desk.name}")


def laptops_known(desk: Desk) -> set[bytes]:
    """Return the laptops of its own office that a desk knows."""
    return {bytes.fromhex(one.id) for one in sync.own_card(desk.w).laptops}


def get_to_know(world: World, chance: Chance) -> None:
    """A desk accepts the card of another office."""
    strangers = [
        (desk, office)
        for desk in world.alive
        for office in world.plan.offices
        if office != desk.office and not knows(desk, office)
    ]
    if strangers:
        desk, office = chance.pick("strangers", strangers, lambda pair: pair[0].name + pair[1])
        meet(world, desk, office)
        world.say(f"{desk.name} accepts the card of {office}")


def crash_is_no_violation(error: BaseException) -> bool:
    """Say whether something is the power cut itself."""
    return isinstance(error, Killed)


__all__ = ["Violation"]

ACCIDENTS = {
    "crash": (crash, 5),
    "clock": (turn_clock, 2),
    "reopen": (reopen, 1),
    "back up": (back_up, 3),
    "bring back": (bring_back, 3),
    "relapse": (relapse, 3),
    "join": (join, 1),
    "lose": (lose, 1),
    "get to know": (get_to_know, 3),
}
