"""Commits: what one unit of work says to one audience, encoded once when written.

The encoding is part of the file format (docs/file-format.md). Values travel as the
columns hold them: text, whole numbers, truth values, nothing; a set as its sorted JSON
list. Nothing here touches the database.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from sscdesk.model.refusal import FileRefused
from sscdesk.model.text import N_
from sscdesk.sync.segments import MAX_COMMIT, leaves_of

FORMAT = 1
Raw = str | int | bool | None
"""A value as a column holds it."""
Cell = bytes | str | int | bool | None

LEAF_ROWS = 2_000
"""Rows of one leaf where rows hold no personal data."""


class Header(msgspec.Struct, array_like=True, frozen=True):
    """Who, when, and what was known: the first leaf of a commit."""

    format: int
    unit: bytes
    """16 bytes shared by all commits of one unit of work."""
    hlc: int
    """Hybrid logical clock: milliseconds * 65,536 + counter; orders display only."""
    at: int
    """Seconds since 1970 by this laptop's clock, right or wrong."""
    officer: bytes
    officer_name: str
    label: str
    """What the officer did, a msgid."""
    note: str
    seen: dict[bytes, int]
    """How the frontier differs from that of the commit before in this stream."""


class Create(msgspec.Struct, array_like=True, frozen=True, tag=1):
    """Rows written as a whole; the first cell of each is its identifier."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


class Update(msgspec.Struct, array_like=True, frozen=True, tag=2):
    """Fields of rows that exist; the first cell of each row is its identifier."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


class Members(msgspec.Struct, array_like=True, frozen=True, tag=3):
    """Members added to and taken from one set."""

    table: str
    field: str
    row: bytes
    added: tuple[str, ...]
    removed: tuple[str, ...]


class Delete(msgspec.Struct, array_like=True, frozen=True, tag=4):
    """Rows put into the bin."""

    table: str
    rows: tuple[bytes, ...]


class Restore(msgspec.Struct, array_like=True, frozen=True, tag=5):
    """Rows taken out of the bin."""

    table: str
    rows: tuple[bytes, ...]


class Done(msgspec.Struct, array_like=True, frozen=True, tag=6):
    """An officer's act on a record: the trace of a transition."""

    table: str
    row: bytes
    action: str
    source: str
    target: str
    note: str


class Suggest(msgspec.Struct, array_like=True, frozen=True, tag=7):
    """A value proposed for a field that is another office's to write."""

    table: str
    row: bytes
    field: str
    value: Raw
    status: str
    """``open``, or what its owner decided: ``accepted``, ``declined``."""
    origin: tuple[bytes, int] | None
    """The dot of the suggestion decided upon; None while it is made."""


class Erase(msgspec.Struct, array_like=True, frozen=True, tag=8):
    """Rows of which only what stands here remains, and the leaves that held the rest."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    """As in ``Create``: what says whose a row was and where it stood."""
    leaves: tuple[bytes, ...]
    """Hashes of leaves that may be missing from now on."""
    reason: str


Op = Create | Update | Members | Delete | Restore | Done | Suggest | Erase

_encode = msgspec.msgpack.Encoder().encode
_header = msgspec.msgpack.Decoder(Header)
_op = msgspec.msgpack.Decoder(Op)


@dataclass(frozen=True, slots=True)
class Commit:
    """A decoded commit."""

    header: Header
    ops: tuple[Op, ...]
    erased: int
    """How many of its leaves were erased."""


def encode_commit(header: Header, ops: Iterable[Op]) -> bytes:
    """Encode one commit; each operation becomes one leaf."""
    return _encode([_encode(header), *(_encode(op) for op in ops)])


def decode_commit(data: bytes) -> Commit:
    """Decode one commit, its types checked.

    Raises ``FileRefused`` ("newer-format", "file-damaged").
    """
    try:
        leaves = leaves_of(data)
        if not leaves or not isinstance(leaves[0], bytes):
            raise _damaged()
        header = decode_header(leaves[0])
        kept = [leaf for leaf in leaves[1:] if isinstance(leaf, bytes)]
        ops = tuple(_checked(_op.decode(leaf)) for leaf in kept)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise _damaged() from error
    return Commit(header, ops, len(leaves) - 1 - len(kept))


_CELLS = frozenset({bytes, str, int, bool, type(None)})


def _checked(op: Op) -> Op:
    """Refuse cells of types that no column holds; the decoder cannot tell them apart."""
    if isinstance(op, Erase) and any(len(digest) != 32 for digest in op.leaves):
        raise _damaged()
    if isinstance(op, Create | Update | Erase):
        width = len(op.columns) + 1
        for cells in op.rows:
            if len(cells) != width or not _CELLS.issuperset(map(type, cells)):
                raise _damaged()
    return op


def decode_op(leaf: bytes) -> Op:
    """Decode one leaf after the first. Raises ``FileRefused`` ("file-damaged")."""
    try:
        return _checked(_op.decode(leaf))
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise _damaged() from error


def decode_header(leaf: bytes) -> Header:
    """Decode the first leaf alone."""
    header = _header.decode(leaf)
    if header.format != FORMAT:
        raise FileRefused(
            "newer-format",
            N_("This file was made by a newer version of the desk."),
            hint=N_("Nothing was changed. Install the newer version, then open the file again."),
        )
    return header


def header_of(data: bytes) -> Header:
    """Return the header of an encoded commit."""
    leaf = leaves_of(data)[0]
    assert isinstance(leaf, bytes)
    return decode_header(leaf)


def _damaged() -> FileRefused:
    return FileRefused(
        "file-damaged",
        N_("A part of the file cannot be read."),
        hint=N_("Nothing was changed. Ask the other office to make the file again."),
    )


def cut(ops: Iterable[Op], limit: int = MAX_COMMIT // 2) -> Iterator[list[Op]]:
    """Group operations into lists whose encoding stays below ``limit`` bytes."""
    group: list[Op] = []
    size = 0
    for op in ops:
        length = len(_encode(op))
        if group and size + length > limit:
            yield group
            group, size = [], 0
        group.append(op)
        size += length
    if group:
        yield group


def row_id(cell: Cell) -> str:
    """Return the identifier of a row as the tables hold it."""
    if not isinstance(cell, bytes) or len(cell) != 16:
        raise _damaged()
    return cell.hex()


def row_cell(identifier: str) -> bytes:
    """Return the identifier of a row as it travels."""
    return bytes.fromhex(identifier)


# ---------------------------------------------------------------- audiences

ALL = "*"
PERSONAL = "~"
"""Ends the audience of a stream that carries personal data: it is sent only to offices for
which its sender has a data-protection authorisation (domain.md, section 10)."""


def readers(audience: str) -> frozenset[str] | None:
    """Return the offices of an audience; None means all."""
    offices = audience.removesuffix(PERSONAL)
    return None if offices == ALL else frozenset(offices.split("+"))


def is_personal(audience: str) -> bool:
    """Say whether a stream carries personal data."""
    return audience.endswith(PERSONAL)


def covers(wide: str, narrow: str) -> bool:
    """Say whether every reader of ``narrow`` may hold a stream of ``wide``."""
    all_of = readers(wide)
    few = readers(narrow)
    if is_personal(wide) and not is_personal(narrow) and (few is None or len(few) > 1):
        return False
    return all_of is None or (few is not None and few <= all_of)


def audience_of(offices: Iterable[str]) -> str:
    """Return the canonical text of an audience."""
    return "+".join(sorted(set(offices)))
