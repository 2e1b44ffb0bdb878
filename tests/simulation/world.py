"""A world of offices under one seed: the product's real services, random lives, bad luck."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from sscdesk.application import erasing, laptops, merging, records
from sscdesk.application import synchronise as sync
from sscdesk.application.opening import open_workspace
from sscdesk.application.views import ListQuery
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import DeskError, FileRefused
from tests.desks import PASSPHRASE, DeskMaker, an_organisation, befriend
from tests.simulation.oracle import Oracle

OFFICES = ("MA", "ML", "CI")
HATS = ("head", "focal_point", "officer")
FIELDS = ["title_fr", "title_en", "title_ar", "place", "subject"]
"""Fields of an agreement that every party may write."""


@dataclass(frozen=True)
class Letter:
    """A file on its way."""

    path: Path
    sender: str
    receiver: str
    brings: frozenset[int]


@dataclass
class World:
    """Everything that a history needs."""

    folder: Path
    seed: int
    steps: int
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.oracle = Oracle()
        self.letters: list[Letter] = []
        self.records: list[str] = []
        self.persons: dict[str, str] = {}
        """Each person's family name, a word that nothing else holds."""
        self.erased: set[str] = set()
        self.files = 0
        self.maker = DeskMaker(self.folder, seed=self.seed)
        self.desks = {code: self.maker.office(code, HATS) for code in OFFICES}
        """Every laptop: an office's first by its code, a second one with ``/2``."""
        befriend(self.folder, *self.desks.values())

    # ------------------------------------------------------------ a life

    def live(self) -> None:
        """Take all steps, then let every file through."""
        acts = (
            [self.edit] * 8 + [self.make] * 2 + [self.send] * 4 + [self.open_letter] * 5
            + [self.delete, self.restore, self.settle, self.settle, self.turn_clock, self.reopen]
            + [self.merge] * 3 + [self.separate, self.meet] + [self.write_about] * 3
            + [self.erase, self.join, self.send_home, self.send_home]
        )  # fmt: skip
        self.make()
        for _ in range(self.steps):
            self.chance.choice(acts)()
        self.come_together()

    def _desk(self) -> Workspace:
        return self.desks[self.chance.choice(list(self.desks))]

    def _key(self, w: Workspace) -> str:
        return next(key for key, desk in self.desks.items() if desk is w)

    def _known(self, w: Workspace) -> str | None:
        here = [r for r in self.records if self._has(w, r)]
        return self.chance.choice(here) if here else None

    def _has(self, w: Workspace, record: str) -> bool:
        with w.read() as connection:
            found = connection.exec_driver_sql("SELECT 1 FROM agreement WHERE id = ?", (record,))
            return found.first() is not None

    def make(self) -> None:
        """An office makes an agreement of all three."""
        w = self._desk()
        title = f"Accord {len(self.records)} de {w.office}"
        made = records.create(
            w,
            "agreement",
            {
                "title_fr": title,
                "kind": "mou",
                "countries": OFFICES,
                "parties": (an_organisation(w).id,),
            },
        )
        self.records.append(made.id)
        for name in FIELDS:
            self.oracle.saved(self._key(w), made.id, name, title if name == "title_fr" else None)
        self.log.append(f"{w.office} makes {made.ref}")

    def edit(self) -> None:
        """An office writes a field."""
        w = self._desk()
        record = self._known(w)
        if record is None:
            return
        name = self.chance.choice(FIELDS)
        value = f"{w.office} {self.chance.randrange(10_000)}"
        try:
            records.change(w, record, {name: value})
        except DeskError as error:
            assert error.code == "in-bin", error.code
            return
        self.oracle.saved(self._key(w), record, name, value)
        self.log.append(f"{w.office} writes {name}={value} in {record[-6:]}")

    def delete(self) -> None:
        """An office puts a record into the bin."""
        self._bin(gone=True)

    def restore(self) -> None:
        """An office takes a record out of the bin."""
        self._bin(gone=False)

    def _bin(self, *, gone: bool) -> None:
        w = self._desk()
        record = self._known(w)
        if record is None or records.view(w, record).deleted == gone:
            return
        (records.delete if gone else records.restore)(w, record)
        self.oracle.saved(self._key(w), record, "!", gone)
        self.log.append(f"{w.office} {'deletes' if gone else 'restores'} {record[-6:]}")

    def settle(self) -> None:
        """An office decides something that is to reconcile."""
        w = self._desk()
        found = [one for one in sync.conflicts(w) if not records.view(w, one.record).deleted]
        if not found:
            return
        one = self.chance.choice(found)
        chosen = self.chance.choice(one.values)
        sync.resolve_conflict(w, one.row, one.field, keep=chosen.stamp.office)
        first = next(v for v in one.values if v.stamp.office == chosen.stamp.office)
        self.oracle.saved(self._key(w), one.record, one.field, first.value)
        self.log.append(f"{w.office} settles {one.field} of {one.record[-6:]}: {first.value}")

    def send(self) -> None:
        """An office makes a file; some are lost at once, some are copied."""
        w = self._desk()
        receiver = self.chance.choice([code for code in OFFICES if code != w.office])
        self.files += 1
        path = self.folder / f"{self.files}.sscsync"
        sync.export(w, [receiver], path)
        letter = Letter(path, w.office, receiver, self.oracle.knowledge(self._key(w)))
        copies = self.chance.choices((0, 1, 2), (2, 6, 1))[0]
        self.letters += [letter] * copies
        self.log.append(f"{w.office} makes file {self.files} for {receiver} ({copies} arrive)")

    def open_letter(self) -> None:
        """Some file, in whatever order, is opened: whole, cut, bent, or by the wrong office."""
        if not self.letters:
            return
        letter = self.letters.pop(self.chance.randrange(len(self.letters)))
        fate = self.chance.choices(("whole", "cut", "bent", "elsewhere"), (8, 1, 1, 1))[0]
        receiver = letter.receiver
        path = letter.path
        if fate == "elsewhere":
            receiver = next(c for c in OFFICES if c not in (letter.sender, letter.receiver))
        elif fate != "whole":
            path = self._spoil(letter.path, fate)
        self.log.append(f"{receiver} opens {path.name} ({fate})")
        self._accept(receiver, path, letter, fate)

    def _accept(self, receiver: str, path: Path, letter: Letter, fate: str) -> None:
        key = self.chance.choice([one for one in self.desks if one[:2] == receiver])
        w = self.desks[key]
        before = sync.digest(w)
        try:
            sync.accept(w, [path], deletions_read=True)
        except FileRefused as refused:
            assert fate != "whole", refused.code
            assert sync.digest(w) == before
            return
        assert fate == "whole"
        self.oracle.received(key, letter.brings)

    def _spoil(self, path: Path, fate: str) -> Path:
        content = bytearray(path.read_bytes())
        place = self.chance.randrange(len(content))
        if fate == "cut":
            del content[place:]
        else:
            content[place] ^= 1 << self.chance.randrange(8)
        spoilt = path.with_name(f"{path.stem}-{fate}.sscsync")
        spoilt.write_bytes(content)
        return spoilt

    def turn_clock(self) -> None:
        """The clock jumps by years, either way."""
        self.maker.clock.forward(days=self.chance.randrange(-2_000, 2_000))

    def reopen(self) -> None:
        """An office closes its desk and opens it again."""
        w = self._desk()
        key = self._key(w)
        self.desks[key] = self.maker.as_officer(w, "first")

    # ------------------------------------------------------------ duplicates

    def _organisations(self, w: Workspace) -> list[str]:
        return [row.id for row in records.listing(w, ListQuery("organisation", limit=500)).items]

    def merge(self) -> None:
        """An office says that two organisations are one, whoever recorded them."""
        w = self._desk()
        known = self._organisations(w)
        if len(known) < 2:
            return
        # The same few, so that offices merge them at the same time and in opposite ways.
        kept, gone = self.chance.sample(sorted(known)[:3], 2)
        merging.merge(w, kept, gone, fill=False)
        self.log.append(f"{self._key(w)} merges {gone[-6:]} into {kept[-6:]}")

    def separate(self) -> None:
        """An office takes a merge back."""
        w = self._desk()
        merged = [m for o in self._organisations(w) for m in records.view(w, o).merged]
        if merged:
            one = self.chance.choice(merged)
            merging.separate(w, one.id)
            self.log.append(f"{self._key(w)} parts {one.id[-6:]}")

    # ------------------------------------------------------------ persons

    def meet(self) -> None:
        """An officer records a person."""
        w = self._desk()
        name = f"Introuvable{len(self.persons)}x"
        made = records.create(w, "person", {"given": "Awa", "family": name})
        self.persons[made.id] = name
        self.log.append(f"{self._key(w)} meets {name}")

    def write_about(self) -> None:
        """An office adds what it knows about a person, its own or another's."""
        w = self._desk()
        known = [row.id for row in records.listing(w, ListQuery("person", limit=500)).items]
        if not known:
            return
        person = min(known)
        name = self.persons[person]
        if self.chance.random() < 0.5:
            records.add_part(w, person, "post", {"function": f"Poste de {name}"})
        else:
            records.change_members(w, person, "emails", add=[f"{name}@{w.office}.org".lower()])
            records.change(w, person, {"notes": f"Rappeler {name}"})
        self.log.append(f"{self._key(w)} writes about {name}")

    def erase(self) -> None:
        """An office erases a person that it recorded."""
        w = self._desk()
        rows = records.listing(w, ListQuery("person", (("owner", "is", w.office),))).items
        if rows:
            one = min(rows, key=lambda row: row.id)
            erasing.erase(w, one.id, "Demande")
            self.erased.add(one.id)
            self.log.append(f"{self._key(w)} erases {self.persons[one.id]}")

    # ------------------------------------------------------------ a second laptop

    def join(self) -> None:
        """A second laptop joins an office that has none."""
        w = self._desk()
        key = f"{w.office}/2"
        if key in self.desks or len(self.desks) > len(OFFICES) or "/" in self._key(w):
            return
        path = self.folder / "invitation.sscbackup"
        actor, w.actor = w.actor, replace(w.actor, roles=frozenset({"admin"}))
        laptops.invite(w, path)
        w.actor = actor
        folder = self.folder / f"{w.office}-2"
        laptops.join(path, folder, "first", PASSPHRASE, clock=self.maker.clock)
        opened = open_workspace(
            folder, "first", PASSPHRASE, clock=self.maker.clock, random=self.maker.random
        )
        self.maker.opened.append(opened)
        self.oracle.received(key, self.oracle.knowledge(w.office))
        self.desks[key] = opened
        self.log.append(f"{key} joins")

    def send_home(self) -> None:
        """A laptop makes a file for the other one of its office."""
        seconds = [key for key in self.desks if "/" in key]
        if not seconds:
            return
        office = seconds[0][:2]
        key = self.chance.choice([office, seconds[0]])
        self.files += 1
        path = self.folder / f"{self.files}.sscsync"
        sync.export(self.desks[key], [office], path)
        self.letters.append(Letter(path, office, office, self.oracle.knowledge(key)))
        self.log.append(f"{key} makes file {self.files} for home")

    # ------------------------------------------------------------ the end

    def come_together(self) -> None:
        """Everybody sends to everybody until all know the same."""
        for turn in range(4):
            for sender in self.desks:
                for receiver in self.desks:
                    if sender != receiver:
                        name = f"end-{turn}-{sender}-{receiver}.sscsync".replace("/", "_")
                        path = self.folder / name
                        sync.export(self.desks[sender], [receiver[:2]], path)
                        sync.accept(self.desks[receiver], [path], deletions_read=True)
                        self.oracle.received(receiver, self.oracle.knowledge(sender))

    def violations(self) -> Iterator[str]:
        """Compare every office with the naive model, and the offices with each other."""
        digests = {code: sync.digest(w) for code, w in self.desks.items()}
        if len(set(digests.values())) != 1:
            yield f"digests differ: {digests}"
        personal = {key: sync.digest(w, personal=True) for key, w in self.desks.items()}
        if len(set(personal.values())) != 1:
            yield f"digests of personal data differ: {personal}"
        kept = {key: tuple(sorted(self._organisations(w))) for key, w in self.desks.items()}
        if len(set(kept.values())) != 1:
            yield f"merged records differ: {kept}"
        for code, w in self.desks.items():
            if sync.status(w).parked:
                yield f"{code}: commits still wait"
            for record in self.records:
                yield from self._compare(code, w, record)
            held = _everything_of(w) if self.erased else b""
            for person, name in self.persons.items():
                if person in self.erased and name.encode() in held:
                    yield f"{code}: {name} is still told of"
                elif person in self.erased and name.lower().encode() in held:
                    yield f"{code}: an address of {name} is still told of"

    def _compare(self, code: str, w: Workspace, record: str) -> Iterator[str]:
        view = records.view(w, record)
        listed = {one.field: {v.value for v in one.values} for one in view.conflicts}
        for name in FIELDS:
            expected = self.oracle.values(code, record, name)
            held = listed.get(name, {view.fields[name]})
            if held != expected:
                yield f"{code} {view.ref} {name}: holds {held}, expected {expected}"
            if view.fields[name] not in expected:
                yield f"{code} {view.ref} {name}: shows {view.fields[name]}"
        gone = self.oracle.is_deleted(code, record, FIELDS)
        if view.deleted != (gone is True) or ("!" in listed) != (gone is None):
            yield f"{code} {view.ref}: deleted {view.deleted}, expected {gone}"

    def close(self) -> None:
        """Close all desks."""
        self.maker.close()


@contextmanager
def a_world(folder: Path, seed: int, steps: int) -> Iterator[World]:
    """Make a world and close it whatever happens."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World(folder, seed, steps)
    try:
        yield world
    finally:
        world.close()


def _everything_of(w: Workspace) -> bytes:
    """All that the desk's own tables hold."""
    found: list[bytes] = []
    with w.read() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        ).scalars()
        for name in list(names):
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                found.extend(c if isinstance(c, bytes) else str(c).encode() for c in row)
    return b"\n".join(found)
