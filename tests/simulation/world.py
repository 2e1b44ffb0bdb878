"""A world of desks under one plan: real profiles, the real services, a ledger of all saved."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sscdesk.application import synchronise as sync
from sscdesk.application.opening import open_workspace
from sscdesk.application.workspace import Workspace
from tests.desks import PASSPHRASE, authorise
from tests.simulation.kinds import Reach, Row
from tests.simulation.oracle import BIN, ERASED, Dot, Heads, Known, Oracle, Proposal, Write
from tests.simulation.plans import OFFICES, Chance, Plan

BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BETWEEN_STEPS = timedelta(minutes=17)


class Violation(AssertionError):
    """Something happened that must never happen; the number is that of the invariant."""

    def __init__(self, invariant: int, text: str) -> None:
        super().__init__(f"invariant {invariant}: {text}")
        self.invariant = invariant


@dataclass
class DeskClock:
    """The clock of one laptop: right, or wrong by years."""

    off: timedelta = timedelta()
    now: datetime = BEGINNING

    def begin(self, step: int) -> None:
        """Be at the time of a step, whatever happened before."""
        self.now = BEGINNING + BETWEEN_STEPS * step + self.off

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


class Bytes:
    """The machines' source of random bytes, begun anew by each step."""

    def __init__(self) -> None:
        self._source = Random(0)

    def begin(self, seed: int) -> None:
        self._source = Random(seed)

    def __call__(self, count: int) -> bytes:
        return self._source.randbytes(count)


@dataclass
class Desk:
    """One laptop of an office."""

    name: str
    office: str
    w: Workspace
    clock: DeskClock
    lost: bool = False
    """Reported lost by its office; whoever has it goes on."""
    backups: list[Path] = field(default_factory=list)
    tampered: set[tuple[str, str]] = field(default_factory=set)
    """What was written here without the right to."""

    @property
    def folder(self) -> Path:
        return self.w.profile.folder


@dataclass(frozen=True)
class Letter:
    """A file, or the parts of one, on its way."""

    name: str
    paths: tuple[Path, ...]
    sender: Desk
    offices: tuple[str, ...]
    brings: frozenset[Dot]
    """The last commit of each stream that it holds."""
    opened_by: set[str] = field(default_factory=set)


@dataclass
class Saving:
    """What an act says that it saves, until the desk has reported it as saved."""

    desk: Desk
    writes: list[tuple[Row, str, object, Reach]] = field(default_factory=list)

    def write(self, row: Row, key: str, value: object, reach: Reach = "shared") -> None:
        self.writes.append((row, key, value, reach))


@dataclass
class Beginning:
    """What is there before the first step: profiles to copy, and what they hold."""

    folder: Path
    oracle: Oracle = field(default_factory=Oracle)
    rows: list[Row] = field(default_factory=list)
    tokens: dict[str, set[str]] = field(default_factory=dict)
    """The offices that may read a text, by the word that stands only in it."""


@dataclass
class World:
    """Everything that a history needs."""

    folder: Path
    plan: Plan
    beginning: Beginning
    log: list[str] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.random = Bytes()
        self.oracle, self.rows, self.tokens = deepcopy(
            (self.beginning.oracle, self.beginning.rows, self.beginning.tokens)
        )
        self.letters: list[Letter] = []
        self.wiped: set[int] = set()
        """Writes that left with a desk when an older backup was brought back."""
        self.cuts: dict[bytes, int] = {}
        """How far an office stands by the streams of a laptop that was stolen from it."""
        self.disputed: set[tuple[str, str]] = set()
        """Fields that somebody had to decide at some time."""
        self.waited: set[tuple[bytes, int]] = set()
        """Commits that had to wait for others at some desk."""
        self.step = 0
        self.unreported: Saving | None = None
        self.desks: dict[str, Desk] = {}
        files = self.folder / "files"
        files.mkdir(parents=True)
        for office in self.plan.offices:
            shutil.copytree(self.beginning.folder / office, self.folder / office)
            self.open(office, office, DeskClock(), self.folder / office)

    # ------------------------------------------------------------ desks

    def open(self, name: str, office: str, clock: DeskClock, folder: Path) -> Desk:
        """Open a laptop's desk, for the first time or again."""
        w = open_workspace(folder, "first", PASSPHRASE, clock=clock, random=self.random)
        desk = self.desks.get(name)
        if desk is None:
            desk = self.desks[name] = Desk(name, office, w, clock)
        desk.w = w
        return desk

    def begin(self, number: int, seed: int) -> Chance:
        """Begin a step: every clock and every source of luck stands as it alone decides."""
        self.step = number
        self.random.begin(seed)
        for desk in self.desks.values():
            desk.clock.begin(number)
        return Chance(seed)

    def say(self, text: str) -> None:
        """Write a line of the history."""
        self.log.append(f"{self.step:3}. {text}")

    @property
    def alive(self) -> list[Desk]:
        """The desks of officers, not of thieves."""
        return [desk for desk in self.desks.values() if not desk.lost]

    def of_office(self, office: str) -> list[Desk]:
        return [desk for desk in self.alive if desk.office == office]

    def of_office_in(self, letter: "Letter") -> list[Desk]:
        """The desks for which a file was made."""
        return [d for d in self.alive if d.office in letter.offices and d is not letter.sender]

    # ------------------------------------------------------------ the ledger

    def token(self, readers: frozenset[str]) -> str:
        """Make a word that stands in one text only, and note who may ever read it."""
        word = f"v{self.step}x{sum(one.startswith(f'v{self.step}x') for one in self.tokens)}."
        self.tokens[word] = set(readers)
        return word

    @contextmanager
    def saving(self, desk: Desk) -> Iterator[Saving]:
        """Enter in the ledger what the block says it saved, once the desk has saved it."""
        saving = Saving(desk)
        known, before = self.known(desk), heads(desk)
        try:
            yield saving
        except Exception:
            raise
        except BaseException:
            self.unreported = saving
            raise
        self.enter(saving, known, before)

    def enter(self, saving: Saving, known: Known, before: Heads) -> None:
        """Enter what was saved, with the commits that tell of it."""
        dots = new_dots(saving.desk, before)
        self.oracle.readers_of |= {dot[0]: offices_of(name) for name, dot in dots.items()}
        for row, key, value, reach in saving.writes:
            self.enter_one(saving.desk, row, key, value, reach, known, dots)

    def enter_one(
        self,
        desk: Desk,
        row: Row,
        key: str,
        value: object,
        reach: Reach,
        known: Known,
        dots: dict[str, Dot],
    ) -> Write:
        wide, circle = sharing(desk, row)
        if not wide <= row.record.shared or not circle <= row.record.circle:
            raise Violation(3, f"{desk.name} shares {row.name} with {sorted(wide | circle)}")
        readers = frozenset({desk.office}) if reach == "office" else wide
        if reach == "bilateral":
            readers = circle & wide or frozenset({desk.office})
        personal = row.personal and readers != {desk.office}
        told = {
            dot
            for name, dot in dots.items()
            if key in (BIN, ERASED) or (offices_of(name), name.endswith("~")) == (readers, personal)
        }
        if not told:
            raise Violation(2, f"{desk.name} told of {row.name} {key} in {sorted(dots)}")
        return self.oracle.saved(
            desk.name, desk.office, row.id, key, value, frozenset(told), readers, known
        )

    def known(self, desk: Desk) -> Known:
        """Return the writes whose commits a desk holds."""
        return self.oracle.known(heads(desk))

    def propose(self, saving_desk: Desk, row: Row, key: str, value: object, before: Heads) -> None:
        """Enter a value that waits for the office that may write it."""
        dots = frozenset(new_dots(saving_desk, before).values())
        if not dots:
            raise Violation(2, f"{saving_desk.name}: a proposal for {row.name} is in no commit")
        number = len(self.oracle.proposals) + 1
        wide, _ = sharing(saving_desk, row)
        made = Proposal(
            number, saving_desk.name, saving_desk.office, row.id, key, value, dots, wide
        )
        self.oracle.proposals.append(made)

    # ------------------------------------------------------------ the end

    def close(self) -> None:
        """Close all desks."""
        for desk in self.desks.values():
            desk.w.close()


def heads(desk: Desk) -> dict[bytes, int]:
    """Return how far each stream goes at a desk."""
    with desk.w.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, head_seq FROM stream WHERE head_seq > 0")
        return {bytes(row.id): int(row.head_seq) for row in rows}


def new_dots(desk: Desk, before: Heads) -> dict[str, Dot]:
    """Return the newest commit of each stream of this laptop that moved, by audience."""
    with desk.w.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, audience, head_seq FROM stream WHERE mine = 1"
        ).all()
    return {
        str(row.audience): (bytes(row.id), int(row.head_seq))
        for row in rows
        if before.get(bytes(row.id), 0) < row.head_seq
    }


def sharing(desk: Desk, row: Row) -> tuple[frozenset[str], frozenset[str]]:
    """Return whom a desk believes to receive a record, and its bilateral fields."""
    with desk.w.read() as connection:
        found = connection.exec_driver_sql(
            f'SELECT audience, circle FROM "{row.kind.entity}" WHERE id = ?',
            (row.record.id,),
        ).one()
    return offices_of(found.audience), offices_of(found.circle)


def offices_of(audience: str) -> frozenset[str]:
    """Return the offices that an audience names, as this side reads it."""
    text = audience.removesuffix("~")
    return frozenset(OFFICES) if text == "*" else frozenset(text.split("+"))


def streams_of(desk: Desk) -> set[bytes]:
    """Return the streams that a laptop ever wrote, as it knows them."""
    with desk.w.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT id FROM stream WHERE laptop = ?", (desk.w.laptop.id,)
        )
        return {bytes(one) for one in found.scalars()}


def knows(desk: Desk, office: str) -> bool:
    """Say whether a desk has accepted the card of an office."""
    return any(card.office == office and card.accepted for card in sync.cards(desk.w))


def meet(world: World, desk: Desk, office: str) -> None:
    """Let a desk accept the card of another office, its words compared."""
    other = world.of_office(office)[0]
    path = world.folder / "files" / f"{desk.name}-{office}-{world.step}.ssccard"
    sync.export_card(other.w, path)
    sync.trust_card(desk.w, path, sync.own_card(other.w).fingerprint)


def allow(desk: Desk, *offices: str) -> None:
    """Record a data-protection authorisation for other offices."""
    authorise(desk.w, *offices)


Act = Callable[[World, Chance], None]
