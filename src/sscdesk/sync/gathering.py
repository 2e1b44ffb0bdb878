"""Finds the sync files in what an officer chose: files, archives, parts in any order."""

import io
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sscdesk.model.refusal import FileRefused, MachineFailed
from sscdesk.store.files import machine_errors
from sscdesk.sync import refusing, wire
from sscdesk.sync.carrier import (
    Carrier,
    FileCarrier,
    carriers_of,
    kind_of_carrier,
    read_fully,
)
from sscdesk.sync.firstline import Kind
from sscdesk.sync.parts import Part, digest_of, read_front, read_part

_SIBLINGS = 4_096
"""Files of a folder that are looked at for the other parts."""


@dataclass(frozen=True, slots=True)
class PartsCarrier:
    """A sync file that lies in parts."""

    parts: tuple[Part, ...]
    """All of them, in order."""

    @property
    def name(self) -> str:
        return self.parts[0].carrier.name

    @property
    def size(self) -> int:
        return self.parts[0].header.size

    def open(self) -> IO[bytes]:
        return _Joined(self.parts)


@dataclass(frozen=True, slots=True)
class Incomplete:
    """Parts of one file of which some are missing."""

    parts: tuple[Part, ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of those that are missing."""
        here = {part.header.number for part in self.parts}
        return tuple(n for n in range(1, self.parts[0].header.total + 1) if n not in here)

    def refusal(self) -> FileRefused:
        """What the officer reads: which part, made by whom, when."""
        said = self.parts[0].header
        made = wire.instant(said.created_at) or said.created_at
        return refusing.part_missing(self.missing, said.total, said.office, made)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found in the files that an officer chose."""

    files: tuple[Carrier, ...]
    """Whole sync files."""
    incomplete: tuple[Incomplete, ...] = ()
    damaged: tuple[FileRefused, ...] = ()
    """Damaged parts of files that no good copy completes."""

    def all_complete(self) -> tuple[Carrier, ...]:
        """Return the files. Raises ``FileRefused`` ("part-damaged", "part-missing")."""
        for refusal in self.damaged:
            raise refusal
        for one in self.incomplete:
            raise one.refusal()
        return self.files


def gather(paths: Iterable[Path]) -> Gathered:
    """Find the sync files in what was chosen: files, archives, parts in any order.

    A part given twice counts once, and a damaged copy does no harm beside a good one.
    Raises ``FileRefused`` ("other-kind", "parts-mixed", "unreadable-zip",
    "not-a-desk-file", ...), ``MachineFailed``.
    """
    files: list[Carrier] = []
    sorting = _Sorting()
    for carrier in (one for path in paths for one in carriers_of(path)):
        kind = kind_of_carrier(carrier)
        if kind is Kind.SYNC:
            files.append(carrier)
        elif kind is Kind.PART:
            sorting.take(carrier)
        else:
            raise refusing.other_kind(Kind.SYNC, kind)
    joined, incomplete, damaged = sorting.result()
    return Gathered((*files, *joined), incomplete, damaged)


class _Sorting:
    """Sorts parts by the file that they belong to."""

    def __init__(self) -> None:
        self._groups: dict[bytes, dict[int, Part]] = {}
        self._damaged: list[tuple[bytes | None, FileRefused]] = []

    def take(self, carrier: Carrier) -> None:
        try:
            part = read_part(carrier)
        except FileRefused as refusal:
            self._damaged.append((_group_of_carrier(carrier), refusal))
        else:
            self._groups.setdefault(part.header.digest, {})[part.header.number] = part

    def result(
        self,
    ) -> tuple[tuple[Carrier, ...], tuple[Incomplete, ...], tuple[FileRefused, ...]]:
        joined: dict[bytes, Carrier] = {}
        incomplete: list[Incomplete] = []
        for digest, group in self._groups.items():
            parts = tuple(group[number] for number in sorted(group))
            _check_agreement(parts)
            if len(parts) == parts[0].header.total:
                joined[digest] = _joined(parts)
            else:
                incomplete.append(Incomplete(parts))
        damaged = tuple(why for digest, why in self._damaged if digest not in joined)
        return tuple(joined.values()), tuple(incomplete), damaged


def with_siblings(path: Path) -> tuple[Path, ...]:
    """Return a part together with the other parts of its file in the same folder.

    Anything else is returned alone. What cannot be read is passed over: the officer
    chose only ``path``.
    """
    wanted = _group_of(path)
    if wanted is None:
        return (path,)
    with machine_errors():
        names = sorted(path.parent.iterdir())[:_SIBLINGS]
    others = (one for one in names if one != path and one.is_file())
    return (path, *(one for one in others if _group_of(one) == wanted))


def _group_of(path: Path) -> bytes | None:
    with suppress(OSError):
        return _group_of_carrier(FileCarrier(path, path.stat().st_size))
    return None


def _group_of_carrier(carrier: Carrier) -> bytes | None:
    with suppress(FileRefused, MachineFailed):
        return read_front(carrier)[0].digest
    return None


def _check_agreement(parts: Sequence[Part]) -> None:
    """Refuse parts that name the same file and differ in what they say of it."""
    said = {
        (p.header.bundle, p.header.size, p.header.total, p.header.office, p.header.created_at)
        for p in parts
    }
    if len(said) > 1:
        raise refusing.parts_mixed()


def _joined(parts: tuple[Part, ...]) -> PartsCarrier:
    """Join all parts of a file, which must make the file that they name."""
    carrier = PartsCarrier(parts)
    if sum(part.header.length for part in parts) != carrier.size:
        raise refusing.parts_mixed()
    if digest_of(carrier) != parts[0].header.digest:
        raise refusing.parts_mixed()
    return carrier


class _Joined(io.RawIOBase, IO[bytes]):
    """Reads the shares of several parts one after the other."""

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__()
        self._waiting = list(parts)
        self._stream: IO[bytes] | None = None
        self._left = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        found = bytearray()
        while size < 0 or len(found) < size:
            if not self._left and not self._open_next():
                break
            assert self._stream is not None
            wanted = self._left if size < 0 else min(self._left, size - len(found))
            block = self._stream.read(wanted)
            if not block:
                break
            self._left -= len(block)
            found += block
        return bytes(found)

    def _open_next(self) -> bool:
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        if not self._waiting:
            return False
        part = self._waiting.pop(0)
        self._stream = part.carrier.open()
        read_fully(self._stream, part.start)
        self._left = part.header.length
        return True

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
        super().close()
