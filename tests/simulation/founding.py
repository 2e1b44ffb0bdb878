"""The offices before a history begins: founded once, copied for each.

They are strangers, or they have compared their cards and hold some records in common already,
so that what they write from the first step on may meet.
"""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from sscdesk.application import card_book
from sscdesk.application import synchronise as sync
from sscdesk.application.opening import open_workspace
from tests.desks import PASSPHRASE, DeskMaker, befriend
from tests.simulation.kinds import KINDS
from tests.simulation.plans import OFFICES, Plan
from tests.simulation.use import make_record
from tests.simulation.world import Beginning, World

COMMON = (
    ("MA", "agreement"),
    ("ML", "exchange"),
    ("CI", "organisation"),
    ("MA", "action_plan"),
    ("SN", "person"),
    ("ML", "agreement"),
)


@cache
def beginning(strangers: bool) -> Beginning:
    """Return what a history begins with."""
    folder = Path(mkdtemp(prefix="sscdesk-founded-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if strangers:
        maker = DeskMaker(folder)
        for code in OFFICES:
            maker.office(code, name=f"Agent {code.title()}")
        maker.close()
        return Beginning(folder)
    return _in_common(folder / "offices")


def _in_common(folder: Path) -> Beginning:
    world = World(folder, Plan(0, OFFICES, strangers=True, steps=()), beginning(strangers=True))
    chance = world.begin(0, 0)
    befriend(folder / "files", *(desk.w for desk in world.desks.values()))
    for office, entity in COMMON:
        make_record(world, chance, world.desks[office], KINDS[entity])
    for sender in world.desks.values():
        for receiver in world.desks.values():
            if receiver is not sender:
                path = folder / "files" / f"{sender.name}-{receiver.name}.sscsync"
                sync.export(sender.w, [receiver.office], path)
                sync.accept(receiver.w, [path])
    world.close()
    return Beginning(folder, world.oracle, world.rows, world.tokens)


@cache
def identity_of(office: str) -> str:
    """Return the key with which an office opens its files."""
    w = open_workspace(beginning(strangers=True).folder / office, "first", PASSPHRASE)
    with w.read() as connection:
        found = card_book.office_keys(connection).encryption.age_identity()
    w.close()
    return found
