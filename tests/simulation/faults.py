"""Faults put into the program on purpose: what a simulation is worth shows in what it finds.

Each is what somebody could do in good faith: a check left out, a shortcut, a condition turned
round. ``packaging/simulate --faults`` puts them in one after the other and lives histories
until one fails.
"""

import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sscdesk.sync.merge import Merge
from sscdesk.sync.registers import Live
from sscdesk.sync.streams import Streams
from tests.simulation.histories import Outcome, history

Patch = pytest.MonkeyPatch
MOST_HISTORIES = 300


@dataclass(frozen=True)
class Fault:
    """One thing done wrongly."""

    name: str
    put_in: Callable[[Patch], None]


FAULTS: list[Fault] = []


def fault(name: str) -> Callable[[Callable[[Patch], None]], Callable[[Patch], None]]:
    """Enter a fault in the list."""

    def enter(put_in: Callable[[Patch], None]) -> Callable[[Patch], None]:
        FAULTS.append(Fault(name, put_in))
        return put_in

    return enter


def _never(*_: object, **__: object) -> None:
    return None


def _always(*_: object, **__: object) -> bool:
    return True


# ---------------------------------------------------------------- merging


@fault("clocks decide which value stays")
def _(patch: Patch) -> None:
    def latest(register: Iterable[Live], incoming: Live, _frontier: object) -> list[Live]:
        return [max([*register, incoming], key=lambda live: live.rank)]

    patch.setattr("sscdesk.sync.merge.written", latest)


@fault("a concurrent value is dropped")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.sync.merge.written", lambda _held, incoming, _frontier: [incoming])


@fault("a tombstone wins silently")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.sync.folding.is_deleted", lambda _writes, deletes: bool(deletes))


@fault("taking out of the bin is forgotten where another deletion arrives")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.sync.folding.RowState.kill_deletions", _never)


@fault("in a set, whoever takes away wins")
def _(patch: Patch) -> None:
    patch.setattr(
        "sscdesk.sync.folding.is_member",
        lambda register: all(live.value is True for live in register),
    )


@fault("a conflict is not listed")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.sync.folding.in_conflict", lambda _register: False)


@fault("a frontier is not stored")
def _(patch: Patch) -> None:
    save = Streams.save

    def forgetful(self: Streams) -> None:
        for stream in self:
            if stream.changed and not stream.mine:
                stream.frontier = {}
        save(self)

    patch.setattr(Streams, "save", forgetful)


@fault("a commit does not wait for what it depends on")
def _(patch: Patch) -> None:
    advance = Merge._advance

    def eager(self: Merge, stream: Any, payload: bytes) -> bool:
        streams = self._streams
        known = dict(streams.by_id)
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(streams, "by_id", _Complete(known))
            return advance(self, stream, payload)

    patch.setattr(Merge, "_advance", eager)


class _Complete(dict[bytes, Any]):
    """Streams as if they went as far as anybody asks."""

    def get(self, key: bytes, default: Any = None) -> Any:
        found = super().get(key, default)
        return _Endless(found) if found is not None else None


class _Endless:
    def __init__(self, stream: Any) -> None:
        self.num = stream.num
        self.head_seq = 1 << 40


@fault("a parked commit is forgotten")
def _(patch: Patch) -> None:
    patch.setattr(Merge, "_park", _never)


@fault("parked commits are not tried again")
def _(patch: Patch) -> None:
    patch.setattr(Merge, "_unpark", lambda _self: [])


# ---------------------------------------------------------------- authority


@fault("a suggestion is applied")
def _(patch: Patch) -> None:
    suggested = Merge._suggested

    def apply(self: Merge, folding: Any, ready: Any, op: Any) -> None:
        suggested(self, folding, ready, op)
        if op.origin is None:
            self._update(folding, ready, op.table, op.row.hex(), {op.field: op.value})

    patch.setattr(Merge, "_suggested", apply)
    patch.setattr("sscdesk.application.rules.MergeAuthority.may_update", _always)


@fault("import does not ask who may write")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.application.rules.MergeAuthority.may_update", _always)


@fault("what somebody may not write is thrown away")
def _(patch: Patch) -> None:
    patch.setattr(Merge, "_suggest", _never)


# ---------------------------------------------------------------- trust


@fault("a revoked laptop is accepted")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.sync.trust.CardBook.is_revoked", lambda _self, _laptop: False)


@fault("the signature over a stream is not checked")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.sync.judging._check_head", _never)


@fault("the hash of the chain does not cover the commits")
def _(patch: Patch) -> None:
    def after(previous: bytes, _digest: bytes) -> bytes:
        return (int.from_bytes(previous, "big") + 1).to_bytes(32, "big")

    for module in ("segments", "judging"):
        patch.setattr(f"sscdesk.sync.{module}.chain_after", after)


@fault("a file's seal is not checked")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.sync.bundle_reader.is_signed_by", _always)
    patch.setattr("sscdesk.sync.survey.hashlib.sha256", _always, raising=False)


@fault("a body is not tied to its header")
def _(patch: Patch) -> None:
    class Alike(bytes):
        def __ne__(self, _other: object) -> bool:
            return False

        __hash__ = bytes.__hash__

    patch.setattr("sscdesk.sync.survey.front_digest", lambda _header: Alike())


@fault("a receipt is believed without its signature")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.sync.receipts.is_signed_by", _always)


@fault("a file's recipients are not looked at when streams are chosen")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.sync.outbox.may_read", _always)
    patch.setattr("sscdesk.sync.wire.may_read", _always)


@fault("personal data goes out without an authorisation")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.application.outgoing.unauthorised", lambda *_: ())


@fault("what an office keeps for itself is written into the common stream")
def _(patch: Patch) -> None:
    from sscdesk.sync.rows import Sharing

    patch.setattr(Sharing, "_offices", lambda self, _declared: self.audience)


# ---------------------------------------------------------------- backups and crashes


@fault("a restored desk goes on in its old streams")
def _(patch: Patch) -> None:
    patch.setattr("sscdesk.application.opening.begin_new_streams", lambda _w: False)


@fault("a file grows under its own name")
def _(patch: Patch) -> None:
    from sscdesk.store.files import AsideFile, machine_errors

    @contextmanager
    def in_place(target: Path, **_: object) -> Any:
        with machine_errors():
            target.unlink(missing_ok=True)
            written = AsideFile(target)
            yield written
            written.close()

    patch.setattr("sscdesk.sync.bundle_writer.writing_aside", in_place)


@fault("looking at a file keeps what it brought")
def _(patch: Patch) -> None:
    from sscdesk.application import incoming

    class Quiet(Exception):
        pass

    apply = incoming._apply

    def kept(w: Any, connection: Any, opened: Any) -> Any:
        done = apply(w, connection, opened)
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return done

    patch.setattr(incoming, "_apply", kept)


# ---------------------------------------------------------------- finding them


def find(one: Fault, steps: int, first: int) -> tuple[Outcome | None, int]:
    """Live histories with a fault until one fails; return it and how many were lived."""
    with pytest.MonkeyPatch.context() as patch:
        one.put_in(patch)
        for count in range(MOST_HISTORIES):
            with tempfile.TemporaryDirectory(prefix="sscdesk-fault-") as name:
                outcome = history(first + count, steps, Path(name) / "world")
            if outcome.violation:
                return outcome, count + 1
    return None, MOST_HISTORIES


def find_all(steps: int, first: int, named: str = "") -> int:
    """Find every fault whose name holds some words, and tell of it; 1 where one was not found."""
    missed = 0
    chosen = [one for one in FAULTS if named in one.name]
    for one in chosen:
        began = time.monotonic()
        outcome, count = find(one, steps, first)
        missed += outcome is None
        seconds = time.monotonic() - began
        told = "NOT FOUND" if outcome is None else f"seed {outcome.plan.seed}, {outcome.violation}"
        print(f"{one.name}: {count} histories, {seconds:.0f} s: {told[:200]}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} faults found")
    return 1 if missed else 0
