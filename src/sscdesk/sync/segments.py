"""Runs of commits as they are chained, signed and carried from office to office.

A commit is one MessagePack array of byte strings: a header, then its *leaves*. The
chain covers the hash of each of them, so that a leaf with personal data can be erased
(its hash stays, marked) while every later signature still holds.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

ERASED = 1
"""Code of the MessagePack extension that stands for an erased leaf: its 32-byte hash."""
MAX_COMMIT = 8 * 1024 * 1024
"""Bytes of one commit; larger units of work are cut into several."""
GENESIS = bytes(32)

Leaf = bytes | msgspec.msgpack.Ext
_leaves = msgspec.msgpack.Decoder(list[Leaf])


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of consecutive commits of one stream."""

    stream: bytes
    """16 random bytes: the identity of the stream."""
    office: str
    laptop: bytes
    """16 bytes."""
    audience: str
    """``*``, or office codes joined by ``+``."""
    first: int
    last: int
    """Sequence numbers, from 1, inclusive."""
    before: bytes
    """Hash of commit ``first - 1``; zeros for the first."""
    commits: tuple[bytes, ...]
    """Encoded commits, in order."""
    head_signature: bytes = field(repr=False)
    """Ed25519 by the laptop's key over ``head_message`` of the last commit."""


def leaves_of(commit: bytes) -> list[Leaf]:
    """Cut an encoded commit into header and leaves.

    Raises ``msgspec.DecodeError`` when it is none.
    """
    return _leaves.decode(commit)


def commit_digest(commit: bytes) -> bytes:
    """Return the hash that the chain takes of one commit; erasing a leaf keeps it."""
    return leaves_digest(leaves_of(commit))


def leaves_digest(leaves: Iterable[Leaf]) -> bytes:
    """Return the hash of a commit that is cut into leaves already."""
    sha = hashlib.sha256
    return sha(
        b"".join([sha(leaf).digest() if isinstance(leaf, bytes) else leaf.data for leaf in leaves])
    ).digest()


def chain_hash(previous: bytes, commit: bytes) -> bytes:
    """Return the hash of the chain up to and with ``commit``."""
    return chain_after(previous, commit_digest(commit))


def chain_after(previous: bytes, digest: bytes) -> bytes:
    """Return the hash of the chain up to and with the commit of this digest."""
    return hashlib.sha256(b"sscdesk commit 1" + previous + digest).digest()


def head_message(stream: bytes, audience: str, seq: int, chain: bytes) -> bytes:
    """Return what a laptop signs: that its stream stands at ``seq`` with this chain hash.

    The audience is signed too: nobody who carries a stream can pass it off as one that
    others may read.
    """
    place = stream + seq.to_bytes(8, "big") + chain
    return b"sscdesk head 1" + place + audience.encode("ascii")
