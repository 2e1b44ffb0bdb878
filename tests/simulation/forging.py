"""What somebody with a laptop, a key and bad intentions tries on the files that pass by.

The forger is a partner that carries the news of others: it can open what is for it, make
files that are whole and signed by itself, and change what it passes on. It cannot sign for
another laptop; nothing else stands between a forgery and the records of the others.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from sscdesk.application import card_book, outgoing
from sscdesk.application import synchronise as sync
from sscdesk.model.refusal import FileRefused
from sscdesk.sync import wire
from sscdesk.sync.bundle import Sender, ranges, write_bundle
from sscdesk.sync.firstline import RECEIPT_LINE
from sscdesk.sync.header import known
from sscdesk.sync.keys import SIGNATURE_BYTES
from sscdesk.sync.receipts import Receipt
from sscdesk.sync.seal import END_OF_BODY, SEAL_CONTEXT
from sscdesk.sync.segments import Segment, chain_hash, head_message
from sscdesk.sync.trust import introduce
from tests.simulation.plans import Chance
from tests.simulation.post import WORD, refused, state_of
from tests.simulation.use import any_desk
from tests.simulation.world import Desk, Letter, Violation, World, knows
from tests.sync import independent_reader as second

Alteration = Callable[[Desk, list[Segment], int], list[Segment] | None]


# ---------------------------------------------------------------- journals


def forge(world: World, chance: Chance) -> None:
    """A partner passes on what it changed, or passes itself off as another."""
    tricks = {**_JOURNALS, **_OTHERS}
    name = chance.pick("trick", tricks)
    forger = any_desk(world, chance)
    victims = [d for d in world.alive if d.office != forger.office and knows(d, forger.office)
               and knows(forger, d.office)]  # fmt: skip
    if not victims:
        return
    desk = chance.pick("victim", victims, lambda one: one.name)
    if name in _OTHERS:
        done = _OTHERS[name](world, chance, forger, desk)
    else:
        done = _pass_on(world, chance, forger, desk, _JOURNALS[name])
    if done:
        world.say(f"{forger.name} tries on {desk.name}: {name}")


def _pass_on(world: World, chance: Chance, forger: Desk, desk: Desk, alter: Alteration) -> bool:
    path = world.folder / "files" / f"forged-{world.step}.sscsync"
    with forger.w.read() as connection:
        book = card_book.load_book(connection)
        # What the other holds is passed on again: a forger keeps no account of it.
        waiting = sorted(
            outgoing._waiting(forger.w, connection, [desk.office]),
            key=lambda one: one.stream.id,
        )
        segments = list(outgoing._segments(connection, waiting))
        foreign = [
            place
            for place, one in enumerate(segments)
            if one.office not in (forger.office, desk.office) and one.head_signature
        ]
        if not foreign:
            return False
        place = chance.pick("segment", foreign)
        office = segments[place].office
        altered = alter(forger, segments, place)
        if altered is None:
            return False
        manifest = outgoing._manifest(forger.w, connection, book, [desk.office], waiting, [], 0)
        manifest = replace(
            manifest,
            streams=ranges((one.stream, one.first, one.last) for one in altered),
            raw_bytes=sum(len(commit) for one in altered for commit in one.commits),
        )
    certificate = book.certificates[forger.office, forger.w.laptop.id]
    sender = Sender(certificate, forger.w.laptop.key, book.cards[forger.office].signing_key)
    with pytest.MonkeyPatch.context() as patch:
        # A forger's program asks no such questions.
        patch.setattr("sscdesk.sync.bundle_writer._check_sendable", lambda *_: None)
        write_bundle(path, manifest, altered, (), sender, introduce(book, [desk.office]))
    if knows(desk, office):
        refused(world, desk, [path])
    else:
        _held_only(desk, path, office)
    return True


def _held_only(desk: Desk, path: Path, office: str) -> None:
    """Commits of an office whose card is not accepted are kept unchecked, never applied."""
    before = _streams_of_office(desk, office)
    try:
        sync.accept(desk.w, [path], deletions_read=True)
    except FileRefused:
        return
    if _streams_of_office(desk, office) != before:
        raise Violation(4, f"{desk.name} applied what nobody vouches for")


def _streams_of_office(desk: Desk, office: str) -> list[tuple[bytes, int]]:
    with desk.w.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, head_seq FROM stream WHERE office = ? ORDER BY id", (office,)
        )
        return [(bytes(row.id), int(row.head_seq)) for row in rows]


def _reworded(segment: Segment) -> Segment | None:
    """Change one digit of what somebody wrote, so that all lengths stay."""
    for place, commit in enumerate(segment.commits):
        found = WORD.search(commit)
        if found is not None:
            at = found.start() + 1
            digit = b"7" if commit[at : at + 1] != b"7" else b"3"
            commits = list(segment.commits)
            commits[place] = commit[:at] + digit + commit[at + 1 :]
            return replace(segment, commits=tuple(commits))
    return None


def _in_place(segments: list[Segment], place: int, other: Segment | None) -> list[Segment] | None:
    return None if other is None else [*segments[:place], other, *segments[place + 1 :]]


def _change_a_word(_forger: Desk, segments: list[Segment], place: int) -> list[Segment] | None:
    return _in_place(segments, place, _reworded(segments[place]))


def _sign_it_oneself(forger: Desk, segments: list[Segment], place: int) -> list[Segment] | None:
    changed = _reworded(segments[place])
    if changed is None:
        return None
    chain = changed.before
    for commit in changed.commits:
        chain = chain_hash(chain, commit)
    message = head_message(changed.stream, changed.audience, changed.last, chain)
    return _in_place(
        segments, place, replace(changed, head_signature=forger.w.laptop.key.sign(message))
    )


def _leave_out_the_last(_forger: Desk, segments: list[Segment], place: int) -> list[Segment] | None:
    one = segments[place]
    if len(one.commits) < 2:
        return None
    return _in_place(segments, place, replace(one, last=one.last - 1, commits=one.commits[:-1]))


def _leave_out_one_inside(
    _forger: Desk, segments: list[Segment], place: int
) -> list[Segment] | None:
    one = segments[place]
    if len(one.commits) < 3:
        return None
    middle = len(one.commits) // 2
    kept = (*one.commits[:middle], *one.commits[middle + 1 :])
    return _in_place(segments, place, replace(one, last=one.last - 1, commits=kept))


def _swap_two(_forger: Desk, segments: list[Segment], place: int) -> list[Segment] | None:
    one = segments[place]
    if len(one.commits) < 2:
        return None
    first, second_one, *rest = one.commits
    return _in_place(segments, place, replace(one, commits=(second_one, first, *rest)))


def _name_other_readers(_forger: Desk, segments: list[Segment], place: int) -> list[Segment] | None:
    one = segments[place]
    if one.audience == "*":
        return _in_place(segments, place, replace(one, audience="CI+MA+ML+SN"))
    return _in_place(segments, place, replace(one, audience="*"))


def _call_it_ones_own(forger: Desk, segments: list[Segment], place: int) -> list[Segment] | None:
    one = replace(segments[place], office=forger.office, laptop=forger.w.laptop.id)
    return _in_place(segments, place, one)


def _pass_it_off(forger: Desk, segments: list[Segment], place: int) -> list[Segment] | None:
    """Say that the forger's own news are another office's."""
    own = [n for n, one in enumerate(segments) if one.office == forger.office]
    if not own:
        return None
    model = segments[place]
    changed = replace(segments[own[0]], office=model.office, laptop=model.laptop)
    return _in_place(segments, own[0], changed)


_JOURNALS: dict[str, Alteration] = {
    "a word is changed": _change_a_word,
    "a word is changed and the forger signs": _sign_it_oneself,
    "the last commit is left out": _leave_out_the_last,
    "a commit is left out": _leave_out_one_inside,
    "two commits are swapped": _swap_two,
    "other readers are named": _name_other_readers,
    "it is called the forger's own": _call_it_ones_own,
    "the forger's news are passed off": _pass_it_off,
}


# ---------------------------------------------------------------- headers, receipts, cards


def _body_of_another(world: World, chance: Chance, forger: Desk, desk: Desk) -> bool:
    """Put the body of another office's file behind a header of one's own."""
    others = [
        one
        for one in world.letters
        if desk.office in one.offices and one.sender.office != forger.office and len(one.paths) == 1
    ]
    if not others:
        return False
    other: Letter = chance.pick("file", others, lambda one: one.name)
    own = world.folder / "files" / f"header-{world.step}.sscsync"
    sync.export(forger.w, [desk.office], own)
    _, front, _, _, _ = second.outer_form(own.read_bytes())
    _, _, pieces, _, _ = second.outer_form(other.paths[0].read_bytes())
    line = len(second.LINE.format("sync"))
    content = front[:line] + (len(front) - line).to_bytes(4, "big") + front[line:]
    for piece in pieces:
        content += len(piece).to_bytes(4, "big") + piece
    content += END_OF_BODY
    digest = hashlib.sha256(content).digest()
    own.write_bytes(content + digest + forger.w.laptop.key.sign(SEAL_CONTEXT + digest))
    refused(world, desk, [own])
    return True


def _receipt(world: World, chance: Chance, forger: Desk, desk: Desk) -> bool:
    """Say for another office that it holds everything."""
    others = [d for d in world.alive if d.office not in (forger.office, desk.office)
              and knows(d, desk.office) and knows(desk, d.office)]  # fmt: skip
    if not others:
        return False
    other = chance.pick("in whose name", others, lambda one: one.name)
    path = world.folder / "files" / f"forged-{world.step}.sscreceipt"
    sync.request(other.w, path, [desk.office])
    body = path.read_bytes()[len(RECEIPT_LINE) :]
    receipt = msgspec.msgpack.decode(body[:-SIGNATURE_BYTES], type=Receipt)
    more = known({**receipt.frontier, bytes(16): 9}.items())
    changed = wire.pack(msgspec.structs.replace(receipt, acknowledged=more))
    path.write_bytes(RECEIPT_LINE + changed + body[-SIGNATURE_BYTES:])
    before = _acknowledged(desk)
    try:
        sync.accept_receipt(desk.w, path)
    except FileRefused as refusal:
        if refusal.code == "revoked-laptop" and other.lost:
            return True
        if refusal.code != "bad-signature":
            raise
    if _acknowledged(desk) != before:
        raise Violation(4, f"{desk.name} believes a receipt that {other.name} never signed")
    return True


def _acknowledged(desk: Desk) -> list[tuple[object, ...]]:
    with desk.w.read() as connection:
        return sorted(
            map(
                tuple,
                connection.exec_driver_sql("SELECT office, stream_id, seq FROM acknowledged"),
            )
        )


def _card(world: World, chance: Chance, forger: Desk, desk: Desk) -> bool:
    """Offer a card in the name of another office, or one whose words differ."""
    path = world.folder / "files" / f"forged-{world.step}.ssccard"
    shown = sync.export_card(forger.w, path)
    before = state_of(desk)
    words = sync.own_card(desk.w).fingerprint
    if words == shown.fingerprint:
        return False
    if chance.once_in("bent", 2):
        content = bytearray(path.read_bytes())
        place = second.LINE.format("card").__len__() + chance.below("place", len(content) - 60)
        content[min(place, len(content) - 1)] ^= 1 << chance.below("bit", 8)
        path.write_bytes(content)
        words = shown.fingerprint
    try:
        sync.trust_card(desk.w, path, words)
    except FileRefused:
        if state_of(desk) != before:
            raise Violation(5, f"a refused card changed {desk.name}") from None
        return True
    raise Violation(4, f"{desk.name} accepted a card that is not that of {forger.office}")


_OTHERS: dict[str, Callable[[World, Chance, Desk, Desk], bool]] = {
    "the body of another file": _body_of_another,
    "a receipt in another's name": _receipt,
    "a card that is not theirs": _card,
}

FORGERIES = {"forge": (forge, 6)}
