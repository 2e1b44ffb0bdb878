"""Files on their way: made, opened in any order, cut, bent, doubled, given to the wrong office.

Nothing is ever taken from the post: a lost file is one that nobody opens before the end.
"""

import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sscdesk.application import card_book, laptops
from sscdesk.application import synchronise as sync
from sscdesk.model.refusal import FileRefused, NotFound
from sscdesk.sync import parts
from tests.simulation.founding import identity_of
from tests.simulation.oracle import Dot
from tests.simulation.plans import OFFICES, Chance
from tests.simulation.use import any_desk
from tests.simulation.world import Desk, Letter, Violation, World, heads, knows, streams_of
from tests.sync import independent_reader as second

WORD = re.compile(rb"v\d+x\d+\.")
SMALL_PART = 1_000
"""Bytes of a part for e-mail in a simulation, whose files are small."""


# ---------------------------------------------------------------- making


def send(world: World, chance: Chance) -> None:
    """An office makes a file for one partner, for two, or for its own other laptops."""
    desk = any_desk(world, chance)
    others = [code for code in world.plan.offices if code != desk.office and knows(desk, code)]
    if has_sister(desk):
        others.append(desk.office)
    if not others:
        return
    chosen = [chance.pick("for", others)]
    partners = [code for code in others if code not in (*chosen, desk.office)]
    if partners and chosen != [desk.office] and chance.once_in("for two", 5):
        chosen.append(chance.pick("and for", partners))
    in_parts = chance.once_in("in parts", 8)
    letter = make_letter(world, desk, chosen, f"f{world.step}", in_parts=in_parts)
    cut = " in parts" if in_parts else ""
    world.say(f"{desk.name} makes {letter.name} for {'+'.join(sorted(chosen))}{cut}")


def has_sister(desk: Desk) -> bool:
    """Say whether a desk knows other laptops of its office."""
    with desk.w.read() as connection:
        return bool(laptops.other_laptops(card_book.load_book(connection)))


def make_letter(
    world: World, desk: Desk, offices: list[str], name: str, *, in_parts: bool = False
) -> Letter:
    """Make a file, look into it as every office would, and give it to the post."""
    path = world.folder / "files" / f"{name}.sscsync"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts.limits, "PART_SMALLEST", SMALL_PART)
        made = sync.export(desk.w, offices, path, SMALL_PART if in_parts else None)
    paths = tuple(map(Path, made.paths))
    data = second.join_parts([one.read_bytes() for one in paths]) if in_parts else path.read_bytes()
    letter = Letter(name, paths, desk, tuple(offices), opened_by_all(world, data, offices))
    world.letters.append(letter)
    return letter


def acknowledge(world: World, chance: Chance) -> None:
    """An office tells another what it holds: by a receipt, or by four words on the telephone."""
    pairs = [
        (desk, other)
        for desk in world.alive
        for other in world.alive
        if desk.office != other.office and knows(desk, other.office) and knows(other, desk.office)
    ]
    if not pairs:
        return
    desk, other = chance.pick("pair", pairs, lambda pair: pair[0].name + pair[1].name)
    if chance.once_in("by telephone", 3) and _by_telephone(desk, other):
        world.say(f"{desk.name} reads four words to {other.name}")
        return
    path = world.folder / "files" / f"{desk.name}-{world.step}.sscreceipt"
    sync.request(desk.w, path, [other.office])
    sync.accept_receipt(other.w, path)
    world.say(f"{desk.name} tells {other.name} what it holds")


def _by_telephone(desk: Desk, other: Desk) -> bool:
    """Confirm the last file of an office; the words fit only on the laptop that made it."""
    try:
        words = sync.receipt_code(desk.w, office=other.office).words
        sync.confirm_code(other.w, desk.office, words)
    except NotFound:
        return False
    except FileRefused as refusal:
        if refusal.code != "code-unknown":
            raise
        return False
    return True


# ---------------------------------------------------------------- confidentiality


def opened_by_all(world: World, data: bytes, offices: list[str]) -> frozenset[Dot]:
    """Open a file as each office; return how far its streams go.

    The reader is the second one, which shares no line with the product.
    """
    header, _, pieces, _, _ = second.outer_form(data)
    if WORD.search(data):
        raise Violation(3, "a word of a record stands in clear in a file")
    for office in OFFICES:
        try:
            records = list(second.cut_records(pieces, [identity_of(office)]))
        except second.Refused:
            if office in offices:
                raise Violation(3, f"{office} cannot open a file made for it") from None
            continue
        if office not in offices:
            raise Violation(3, f"{office} can open a file made for {offices}")
        _look_inside(world, office, [content for kind, content in records if kind == 3])
    return frozenset((stream, last) for stream, _, last in header["streams"])


def _look_inside(world: World, office: str, contents: list[bytes]) -> None:
    for content in contents:
        _, _, _, audience, _, _, commits, _ = second.inflate_segment(content)
        if not second.in_audience(audience, office):
            raise Violation(3, f"{office} received a stream for {audience}")
        for word in {word.decode() for commit in commits for word in WORD.findall(commit)}:
            if office not in world.tokens.get(word, set()):
                raise Violation(3, f"{office} received {word}, meant for {world.tokens[word]}")


# ---------------------------------------------------------------- opening

FATES = {
    "whole": 14,
    "twice": 2,
    "zipped": 2,
    "renamed": 2,
    "rehearsed": 3,
    "cut": 2,
    "bent": 3,
    "wrong office": 2,
    "own file": 1,
    "with another": 2,
}


def open_letter(world: World, chance: Chance) -> None:
    """Somebody opens a file, in whatever order and state it arrives."""
    if not world.letters:
        return
    fresh = [one for one in world.letters if not one.opened_by]
    again = chance.once_in("again", 4) or not fresh
    letter = chance.pick("letter", world.letters if again else fresh, lambda one: one.name)
    readers = [
        d for d in world.desks.values() if d.office in letter.offices and d is not letter.sender
    ]
    if not readers:
        return
    desk = chance.pick("reader", readers, lambda one: one.name)
    fate = chance.weighed("fate", FATES)
    if len(letter.paths) > 1 and fate in ("whole", "zipped", "renamed"):
        fate = "in parts"
    world.say(f"{letter.name} is opened ({fate}) by {desk.name}")
    _FATES.get(fate, whole)(world, chance, desk, letter)


def whole(world: World, chance: Chance, desk: Desk, letter: Letter) -> None:
    """A good file is applied whole."""
    accept(world, desk, letter, list(letter.paths))


def twice(world: World, chance: Chance, desk: Desk, letter: Letter) -> None:
    """The second time a file does nothing."""
    if accept(world, desk, letter, list(letter.paths)):
        before = state_of(desk)
        sync.accept(desk.w, list(letter.paths), deletions_read=True)
        if state_of(desk) != before:
            raise Violation(6, f"{letter.name} did more when it was opened again")


def zipped(world: World, chance: Chance, desk: Desk, letter: Letter) -> None:
    """A file in an archive is as good."""
    archive = letter.paths[0].with_name(f"{letter.name}-{world.step}.zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(letter.paths[0], "dossier/" + letter.paths[0].name)
    accept(world, desk, letter, [archive])


def renamed(world: World, chance: Chance, desk: Desk, letter: Letter) -> None:
    """A name says nothing."""
    ending = chance.pick("ending", [".dat", ".zip", ".txt", ""])
    copy = letter.paths[0].with_name(f"copie de {letter.name} ({world.step}){ending}")
    shutil.copyfile(letter.paths[0], copy)
    accept(world, desk, letter, [copy])


def rehearsed(world: World, chance: Chance, desk: Desk, letter: Letter) -> None:
    """Looking at a file changes nothing, and tells what accepting it then does."""
    before = state_of(desk)
    try:
        (told,) = sync.inspect(desk.w, list(letter.paths))
    except FileRefused as refused:
        require_lawful(world, desk, letter, refused)
        return
    if state_of(desk) != before:
        raise Violation(5, f"looking at {letter.name} changed the desk of {desk.name}")
    (done,) = sync.accept(desk.w, list(letter.paths), deletions_read=True)
    letter.opened_by.add(desk.name)
    same = (told.applied, told.parked, told.conflicts, told.new, told.changed, told.deleted)
    if same != (done.applied, done.parked, done.conflicts, done.new, done.changed, done.deleted):
        raise Violation(6, f"{letter.name} did otherwise than its rehearsal said")


def spoilt(world: World, chance: Chance, desk: Desk, letter: Letter) -> None:
    """A cut or bent file is refused and changes nothing."""
    source = _a_part(chance, letter.paths)
    content = bytearray(source.read_bytes())
    place = chance.below("place", len(content))
    if chance.once_in("cut", 2):
        del content[place:]
    else:
        content[place] ^= 1 << chance.below("bit", 8)
    # In a folder of its own: beside a good copy of the part a bad one does no harm.
    folder = world.folder / "files" / f"spoilt-{world.step}"
    folder.mkdir()
    copies = [Path(shutil.copy(one, folder)) for one in letter.paths if one != source]
    copies.append(folder / source.name)
    copies[-1].write_bytes(content)
    refused(world, desk, copies)


def _a_part(chance: Chance, paths: Sequence[Path]) -> Path:
    """Pick the first or the last part: how many there are is the cipher's to decide."""
    return paths[0] if chance.once_in("the first part", 2) else paths[-1]


def wrong_office(world: World, chance: Chance, desk: Desk, letter: Letter) -> None:
    """An office for which a file was not made cannot open it."""
    others = [d for d in world.desks.values() if d.office not in letter.offices
              and d is not letter.sender and d.office != letter.sender.office]  # fmt: skip
    if others:
        other = chance.pick("other", others, lambda one: one.name)
        refused(world, other, list(letter.paths))


def own_file(world: World, chance: Chance, desk: Desk, letter: Letter) -> None:
    """Whoever made a file gains nothing by opening it."""
    before = state_of(letter.sender)
    try:
        sync.accept(letter.sender.w, list(letter.paths), deletions_read=True)
    except FileRefused as refusal:
        if refusal.code not in ("own-file", "unknown-laptop", "revoked-laptop"):
            raise
    if state_of(letter.sender) != before:
        raise Violation(6, f"{letter.sender.name} changed by opening its own {letter.name}")


def with_another(world: World, chance: Chance, desk: Desk, letter: Letter) -> None:
    """Several files are opened at once, in the order of chance."""
    also = [one for one in world.letters if desk.office in one.offices and one.sender is not desk]
    other = chance.pick("another", also, lambda one: one.name)
    for one in (letter, other) if chance.once_in("order", 2) else (other, letter):
        accept(world, desk, one, list(one.paths))


def by_parts(world: World, chance: Chance, desk: Desk, letter: Letter) -> None:
    """Parts alone are refused by name; together, from any of them, they are the file."""
    folder = world.folder / "files" / f"mail-{world.step}"
    folder.mkdir()
    copies = [Path(shutil.copy(one, folder)) for one in letter.paths]
    missing = _a_part(chance, copies)
    if chance.once_in("lost", 3):
        missing.unlink()
        refused(world, desk, [one for one in copies if one != missing])
    else:
        accept(world, desk, letter, [missing])


_FATES: dict[str, Callable[[World, Chance, Desk, Letter], None]] = {
    "twice": twice,
    "zipped": zipped,
    "renamed": renamed,
    "rehearsed": rehearsed,
    "cut": spoilt,
    "bent": spoilt,
    "wrong office": wrong_office,
    "own file": own_file,
    "with another": with_another,
    "in parts": by_parts,
}


# ---------------------------------------------------------------- what must follow


def accept(world: World, desk: Desk, letter: Letter, paths: list[Path]) -> bool:
    """Open a good file: all of it is applied or waits, or it is refused for a lawful reason."""
    before, reached = state_of(desk), heads(desk)
    reported = [one for one in world.desks.values() if one.lost and _is_reported(desk, one)]
    try:
        sync.accept(desk.w, paths, deletions_read=True)
    except FileRefused as refusal:
        require_lawful(world, desk, letter, refusal)
        if state_of(desk) != before:
            raise Violation(5, f"{letter.name} was refused and changed {desk.name}") from refusal
        return False
    letter.opened_by.add(desk.name)
    require_all_kept(world, desk, letter)
    now = heads(desk)
    for stream in (stream for one in reported for stream in streams_of(one)):
        if now.get(stream, 0) > max(reached.get(stream, 0), world.cuts.get(stream, 0)):
            raise Violation(4, f"{desk.name} applied what a stolen laptop wrote ({letter.name})")
    return True


def _is_reported(desk: Desk, stolen: Desk) -> bool:
    """Say whether a desk has learned that a laptop was stolen."""
    with desk.w.read() as connection:
        statements = connection.exec_driver_sql("SELECT statement FROM revocation").scalars()
        return any(stolen.w.laptop.id in bytes(one) for one in statements)


def require_all_kept(world: World, desk: Desk, letter: Letter) -> None:
    """Make sure that every commit of a file is applied or waits, but for stolen laptops'."""
    stolen = {stream for one in world.desks.values() if one.lost for stream in streams_of(one)}
    reached = heads(desk)
    waiting = _parked(desk)
    for stream, last in letter.brings:
        if stream not in stolen and reached.get(stream, 0) < last and (stream, last) not in waiting:
            raise Violation(2, f"{desk.name} kept not all that {letter.name} brought")


def _parked(desk: Desk) -> set[Dot]:
    with desk.w.read() as connection:
        rows = connection.exec_driver_sql("SELECT stream_id, first, last FROM parked").all()
    return {(bytes(r.stream_id), seq) for r in rows for seq in range(r.first, r.last + 1)}


def require_lawful(world: World, desk: Desk, letter: Letter, refusal: FileRefused) -> None:
    """Make sure that a good file was refused for its sender only, and rightly."""
    reasons = set()
    if not knows(desk, letter.sender.office):
        reasons.add("unknown-office")
    if letter.sender.lost:
        reasons.add("revoked-laptop")
    if letter.sender is desk:
        reasons.add("own-file")
    if refusal.code not in reasons:
        raise Violation(2, f"{desk.name} refused {letter.name}: {refusal.code}") from refusal


def refused(world: World, desk: Desk, paths: list[Path]) -> None:
    """Open what must be refused, and see that nothing changed."""
    before = state_of(desk)
    try:
        sync.accept(desk.w, paths, deletions_read=True)
    except FileRefused:
        if state_of(desk) != before:
            raise Violation(5, f"a refused file changed {desk.name}") from None
        return
    raise Violation(4, f"{desk.name} accepted a file that is none: {paths[0].name}")


STATE = (
    "SELECT 'stream', id, head_seq, head_hash FROM stream",
    "SELECT 'parked', stream_id, first, last FROM parked",
    "SELECT 'conflict', row, key, '' FROM conflict",
    "SELECT 'live', row, key, value FROM live_value",
    "SELECT 'suggestion', row, key, status FROM suggestion",
    "SELECT 'revocation', statement, '', '' FROM revocation",
    "SELECT 'laptop', office, id, number FROM laptop",
)


def state_of(desk: Desk) -> tuple[object, ...]:
    """Return what importing could change at a desk."""
    with desk.w.read() as connection:
        found = tuple(
            tuple(sorted(map(tuple, connection.exec_driver_sql(query)), key=repr))
            for query in STATE
        )
    return (*found, sync.digest(desk.w), sync.digest(desk.w, personal=True))


__all__ = ["accept", "heads", "make_letter", "open_letter", "send", "state_of"]

POST = {"send": (send, 14), "open": (open_letter, 18), "acknowledge": (acknowledge, 6)}
