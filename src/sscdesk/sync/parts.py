"""Sync files cut into numbered parts for e-mail, and put together again.

A part says which file it belongs to, its number of how many, who made it and when. It
has a checksum, no signature: whether the whole is authentic, the whole says. Parts are
read where they lie, in any order, under any names; nothing is written.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from sscdesk.model.refusal import FileRefused, Refused
from sscdesk.model.text import N_
from sscdesk.store.files import machine_errors, require_space, writing_aside
from sscdesk.sync import limits, refusing, wire
from sscdesk.sync.carrier import Carrier, FileCarrier, read_fully, reading
from sscdesk.sync.firstline import PART_LINE
from sscdesk.sync.header import Header

_DIGEST_BYTES = 32
_LENGTH_BYTES = 4
_BLOCK = 1 << 20

OVERHEAD = 512
"""Bytes of a part beside its share of the file, at most: line, header, checksum."""


class PartHeader(Struct, frozen=True, forbid_unknown_fields=True):
    """What one part says of itself."""

    bundle: wire.Identity
    digest: wire.Digest
    """SHA-256 of the whole file: parts with the same one belong together."""
    size: Annotated[int, Meta(ge=1, le=limits.BUNDLE)]
    """Bytes of the whole file."""
    number: Annotated[int, Meta(ge=1, le=limits.PARTS)]
    total: Annotated[int, Meta(ge=1, le=limits.PARTS)]
    length: Annotated[int, Meta(ge=1, le=limits.BUNDLE)]
    """Bytes of the file in this part."""
    office: wire.Office
    created_at: wire.Instant


# ---------------------------------------------------------------- cutting


def cut_into_parts(source: Path, header: Header, folder: Path, stem: str) -> tuple[Path, ...]:
    """Cut a finished sync file into parts of at most ``header.part_size`` bytes.

    They are named ``STEM-1of7.sscsync`` and so on. All of them are written, or none is
    left. Raises ``MachineFailed`` and ``Refused`` ("parts-too-small").
    """
    with machine_errors():
        size = source.stat().st_size
    require_part_size(header.part_size, size)
    share = header.part_size - OVERHEAD
    require_space(folder, size + OVERHEAD * limits.PARTS)
    written: list[Path] = []
    begun: list[Path] = []
    try:
        for number, plan in enumerate(_plans(source, size, share, header), start=1):
            path = folder / f"{stem}-{number}of{plan.total}.sscsync"
            if not path.exists():
                begun.append(path)
            _write_part(source, (number - 1) * share, plan, path)
            written.append(path)
    except BaseException:
        for path in begun:
            with suppress(OSError):
                path.unlink()
        raise
    return tuple(written)


def require_part_size(part_size: int, size: int) -> None:
    """Refuse parts too small to be useful, or too many. Raises ``Refused``."""
    smallest = max(limits.PART_SMALLEST, -(-size // limits.PARTS) + OVERHEAD)
    if part_size < smallest:
        raise Refused(
            "parts-too-small",
            N_("Parts of this size would be too many: choose at least {kilobytes} kB."),
            hint=N_("Most mail services take 8 MB in one message."),
            field="part_size",
            params={"kilobytes": -(-smallest // 1000)},
        )


def _plans(source: Path, size: int, share: int, header: Header) -> Iterator[PartHeader]:
    total = -(-size // share)
    digest = digest_of(FileCarrier(source, size))
    for number in range(1, total + 1):
        yield PartHeader(
            bundle=header.bundle,
            digest=digest,
            size=size,
            number=number,
            total=total,
            length=min(share, size - (number - 1) * share),
            office=header.office,
            created_at=header.created_at,
        )


def _write_part(source: Path, offset: int, plan: PartHeader, path: Path) -> None:
    encoded = wire.pack(plan)
    front = PART_LINE + len(encoded).to_bytes(_LENGTH_BYTES, "big") + encoded
    digest = hashlib.sha256(front)
    with writing_aside(path, expected_size=plan.length) as aside, source.open("rb") as stream:
        aside.write(front)
        stream.seek(offset)
        left = plan.length
        while left and (block := stream.read(min(_BLOCK, left))):
            digest.update(block)
            aside.write(block)
            left -= len(block)
        aside.write(digest.digest())


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is whole."""

    header: PartHeader
    carrier: Carrier
    start: int
    """Where its share of the file begins."""


def read_front(carrier: Carrier) -> tuple[PartHeader, int]:
    """Read what a part says of itself, and where its share begins. Raises ``FileRefused``."""
    with reading(carrier) as stream:
        front = read_fully(stream, len(PART_LINE) + _LENGTH_BYTES + OVERHEAD)
    if not front.startswith(PART_LINE):
        raise refusing.not_ours(carrier.name)
    start = len(PART_LINE) + _LENGTH_BYTES
    length = int.from_bytes(front[len(PART_LINE) : start], "big")
    if length > OVERHEAD:
        raise refusing.part_damaged(carrier.name)
    return wire.canonical(front[start : start + length], PartHeader), start + length


def read_part(carrier: Carrier) -> Part:
    """Read a part to its end and check it. Raises ``FileRefused`` ("part-damaged")."""
    try:
        header, start = read_front(carrier)
    except FileRefused as refusal:
        raise refusing.part_damaged(carrier.name) from refusal
    if carrier.size != start + header.length + _DIGEST_BYTES or header.number > header.total:
        raise refusing.part_damaged(carrier.name)
    if not _is_whole(carrier, start + header.length):
        raise refusing.part_damaged(carrier.name)
    return Part(header, carrier, start)


def _is_whole(carrier: Carrier, covered: int) -> bool:
    digest = hashlib.sha256()
    with reading(carrier) as stream:
        while covered and (block := stream.read(min(_BLOCK, covered))):
            digest.update(block)
            covered -= len(block)
        return not covered and read_fully(stream, _DIGEST_BYTES + 1) == digest.digest()


def digest_of(carrier: Carrier) -> bytes:
    """Return the SHA-256 of all that a carrier holds."""
    digest = hashlib.sha256()
    with reading(carrier) as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.digest()
