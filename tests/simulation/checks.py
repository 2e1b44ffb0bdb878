"""What must hold: at a desk after every step, and everywhere once all files are through."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from sscdesk.sync.digest import canonical_dump
from sscdesk.sync.segments import Segment
from tests.simulation.kinds import Row
from tests.simulation.oracle import BIN, ERASED, Known, Proposal, holds, unseen
from tests.simulation.world import Desk, Violation, World
from tests.sync import independent_reader as second


@dataclass
class Held:
    """What a desk holds, read from its file."""

    heads: dict[bytes, int]
    rows: dict[str, dict[str, Any]]
    conflicts: set[tuple[str, str]]
    live: dict[tuple[str, str], set[object]]
    suggestions: dict[tuple[str, str, str], list[tuple[object, str]]]
    parked: set[tuple[bytes, int]]


def held_by(world: World, desk: Desk) -> Held:
    """Read what a desk holds."""
    with desk.w.read() as connection:

        def query(text: str) -> list[Any]:
            return list(connection.exec_driver_sql(text).all())

        heads = {bytes(r.id): int(r.head_seq) for r in query("SELECT id, head_seq FROM stream")}
        rows = {
            str(row["id"]): dict(row)
            for table in sorted({row.table for row in world.rows})
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()
        }
        live: dict[tuple[str, str], set[object]] = {}
        for r in query("SELECT row, key, value FROM live_value"):
            live.setdefault((r.row, r.key), set()).add(msgspec.msgpack.decode(r.value))
        suggestions: dict[tuple[str, str, str], list[tuple[object, str]]] = {}
        for r in query("SELECT row, key, office, value, status FROM suggestion"):
            said = (msgspec.msgpack.decode(r.value), str(r.status))
            suggestions.setdefault((r.row, r.key, r.office), []).append(said)
        waiting = [
            msgspec.msgpack.decode(r.segment, type=Segment)
            for r in query("SELECT segment FROM parked")
        ]
        return Held(
            heads,
            rows,
            {(r.row, r.key) for r in query("SELECT row, key FROM conflict")},
            live,
            suggestions,
            {(one.stream, seq) for one in waiting for seq in range(one.first, one.last + 1)},
        )


# ---------------------------------------------------------------- one desk


def check_desk(world: World, desk: Desk) -> None:
    """Compare a desk with the naive model of what it was told. Raises ``Violation``."""
    held = held_by(world, desk)
    world.disputed |= held.conflicts
    world.waited |= held.parked
    known = world.oracle.known(held.heads)
    for row in world.rows:
        if not world.oracle.is_here(known, row.id):
            continue
        if row.id not in held.rows:
            raise Violation(2, f"{desk.name} lost {row.name}")
        if world.oracle.is_erased(known, row.id):
            wrongs = _left_of_erased(held, row)
        else:
            wrongs = _differences(world, desk, held, known, row)
        for wrong in wrongs:
            raise Violation(2, f"{desk.name}: {row.name} {wrong}")
    for proposal in world.oracle.proposals:
        if world.oracle.is_erased(known, proposal.row):
            continue
        for wrong in _lost_proposal(world, desk, held, proposal):
            raise Violation(2, f"{desk.name}: {wrong}")


def _differences(world: World, desk: Desk, held: Held, known: Known, row: Row) -> Iterator[str]:
    columns = held.rows[row.id]
    for told in row.keys:
        if (row.id, told.name) in desk.tampered:
            continue
        if told.members:
            now = set(json.loads(columns[told.name] or "[]"))
            for member in told.members:
                expected = world.oracle.is_member(known, row.id, f"{told.name}:{member}")
                if (member in now) != expected:
                    yield f"{told.name}: {member} is {'' if member in now else 'not '}there"
            continue
        expected = world.oracle.values(known, row.id, told.name) or {None}
        shown = columns[told.name] or None
        listed = held.live.get((row.id, told.name), {shown})
        if shown not in expected:
            yield f"{told.name} shows {shown}, expected {_several(expected)}"
        if listed != expected:
            yield f"{told.name} holds {_several(listed)}, expected {_several(expected)}"
        if ((row.id, told.name) in held.conflicts) != (len(expected) > 1):
            yield f"{told.name} of {_several(expected)} is not rightly listed"
    partly = world.oracle.is_told_in_part(held.heads, desk.office, row.id)
    if not partly and not any(row.id == tampered for tampered, _ in desk.tampered):
        yield from _wrong_bin(world, held, known, row)


def _left_of_erased(held: Held, row: Row) -> Iterator[str]:
    columns = held.rows[row.id]
    for told in row.keys:
        if columns[told.name] not in (None, "[]") or (row.id, told.name) in held.conflicts:
            yield f"{told.name} still says {columns[told.name]} though the person was erased"
    if not columns["deleted"]:
        yield "is erased and not in the bin"


def words_of_erased(world: World, desk: Desk) -> set[str]:
    """Return the words that a desk must not hold or pass on any more."""
    known = world.known(desk)
    erased = {row for row, key in world.oracle.by_key if key == ERASED}
    return {
        str(write.value).split()[0]
        for row in erased
        if world.oracle.is_erased(known, row)
        for (of, _), writes in world.oracle.by_key.items()
        if of == row
        for write in writes
        if isinstance(write.value, str) and write.number in known
    }


def check_erased(world: World, desk: Desk) -> None:
    """Nothing that was written about an erased person is left in any table of a desk."""
    words = words_of_erased(world, desk)
    if not words:
        return
    content = _everything_of(desk)
    for word in words:
        if word.encode() in content:
            raise Violation(2, f"{desk.name} still holds {word} of an erased person")


def _everything_of(desk: Desk) -> bytes:
    found: list[bytes] = []
    with desk.w.read() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        ).scalars()
        for name in list(names):
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                found.extend(c if isinstance(c, bytes) else str(c).encode() for c in row)
    return b"\n".join(found)


def _wrong_bin(world: World, held: Held, known: Known, row: Row) -> Iterator[str]:
    gone = world.oracle.in_bin(known, row.id)
    deleted, listed = bool(held.rows[row.id]["deleted"]), (row.id, BIN) in held.conflicts
    if deleted != (gone is True) or listed != (gone is None):
        expected = {True: "in the bin", False: "not in the bin", None: "to decide"}[gone]
        found = "to decide" if listed else ("in the bin" if deleted else "not in the bin")
        yield f"is {found}, expected {expected}"


def _several(values: set[object]) -> str:
    return " and ".join(sorted(map(str, values)))


def _lost_proposal(world: World, desk: Desk, held: Held, proposal: Proposal) -> Iterator[str]:
    if desk.office == proposal.office or not holds(held.heads, proposal.dots):
        return
    found = held.suggestions.get((proposal.row, proposal.key, proposal.office), [])
    statuses = {status for value, status in found if value == proposal.value}
    if not statuses:
        yield f"the suggestion {proposal.value} is not listed"
        return
    decided = [one for one in proposal.decisions if holds(held.heads, one.dots)]
    expected = {one.value for one in unseen(decided)} or {"open"}
    if not statuses & expected:
        yield f"the suggestion {proposal.value} is {statuses}, expected {_several(expected)}"


def check_nothing_forgotten(world: World, desk: Desk, before: Known) -> None:
    """A desk goes on holding what it held, but for what left with an older backup."""
    lost = before - world.known(desk)
    for number in sorted(lost):
        write = world.oracle.writes[number]
        raise Violation(2, f"{desk.name} no longer holds {write.key}={write.value}")


# ---------------------------------------------------------------- everywhere


def lacking(world: World, desk: Desk, other: Desk) -> list[str]:
    """Return what a desk holds, the office of another may read, and that one does not hold."""
    there = streams_at(other)
    found = []
    for stream, one in streams_at(desk).items():
        held = there[stream].head if stream in there else 0
        reach = one.head
        if one.laptop in {d.w.laptop.id for d in world.desks.values() if d.lost}:
            reach = min(reach, world.cuts.get(stream, 0))
        if held < reach and second.in_audience(one.audience, other.office):
            found.append(f"{one.office}:{one.audience} {held + 1}-{reach}")
    return found


@dataclass(frozen=True)
class Reached:
    """How far a stream goes at a desk."""

    office: str
    laptop: bytes
    audience: str
    head: int


def streams_at(desk: Desk) -> dict[bytes, Reached]:
    """Return the streams that a desk holds."""
    with desk.w.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, office, laptop, audience, head_seq FROM stream WHERE head_seq > 0"
        ).all()
    return {
        bytes(r.id): Reached(r.office, bytes(r.laptop), r.audience, int(r.head_seq)) for r in rows
    }


def check_convergence(world: World) -> None:
    """Desks that hold the same commits have the same dump, byte for byte."""
    dumps: dict[tuple[frozenset[tuple[bytes, int]], bool], tuple[Desk, list[bytes]]] = {}
    for desk in world.alive:
        for personal in (False, True):
            key = (_shared_heads(desk, personal), personal)
            dump = _dump(world, desk, personal)
            other, expected = dumps.setdefault(key, (desk, dump))
            if dump != expected:
                ours, theirs = set(dump) - set(expected), set(expected) - set(dump)
                told = [str(msgspec.msgpack.decode(line)) for line in (*ours, *theirs)]
                raise Violation(1, f"{desk.name} and {other.name} differ: " + " / ".join(told))


def _shared_heads(desk: Desk, personal: bool) -> frozenset[tuple[bytes, int]]:
    with desk.w.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, audience, head_seq FROM stream").all()
    wanted = ("*", "*~") if personal else ("*",)
    return frozenset((bytes(r.id), r.head_seq) for r in rows if r.audience in wanted and r.head_seq)


def _dump(world: World, desk: Desk, personal: bool) -> list[bytes]:
    tampered = {row for one in world.desks.values() for row, _ in one.tampered}
    with desk.w.read() as connection:
        lines = list(canonical_dump(connection, personal=personal))
    return [line for line in lines if not any(row.encode() in line for row in tampered)]
