"""A file encrypted in chunks, so that it is never whole in memory and never cut unnoticed.

Format: eight bytes that name it, sixteen random bytes, then chunks of 64 KiB, each sealed
with ChaCha20-Poly1305 under a key made for this one file. The nonce counts the chunks and
marks the last one (the STREAM construction, as age uses it), so that chunks cannot be
swapped, dropped or appended.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sscdesk.store.derivation import derived

MAGIC = b"sscblob1"
SALT_SIZE = 16
CHUNK = 64 << 10
TAG_SIZE = 16


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Return ``size`` bytes, fewer only at the end."""
        ...


class BlockReader:
    """Reads from blocks of any size as from a file."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._waiting = b""

    def read(self, size: int, /) -> bytes:
        """Return ``size`` bytes, fewer only at the end."""
        while len(self._waiting) < size:
            block = next(self._blocks, b"")
            if not block:
                break
            self._waiting += block
        taken, self._waiting = self._waiting[:size], self._waiting[size:]
        return taken


class Damaged(ValueError):
    """The bytes are not what was sealed: cut, changed, or of another key."""


def sealed(
    blocks: Iterable[bytes], key: bytes, randomness: Callable[[int], bytes] = os.urandom
) -> Iterator[bytes]:
    """Yield the encrypted file of ``blocks``, read one at a time."""
    salt = randomness(SALT_SIZE)
    cipher = ChaCha20Poly1305(derived(key, "sealed stream", salt))
    yield MAGIC + salt
    waiting = b""
    count = 0
    for block in blocks:
        waiting += block
        while len(waiting) > CHUNK:
            yield cipher.encrypt(_nonce(count, False), waiting[:CHUNK], MAGIC)
            waiting = waiting[CHUNK:]
            count += 1
    yield cipher.encrypt(_nonce(count, True), waiting, MAGIC)


def unsealed(stream: Readable, key: bytes) -> Iterator[bytes]:
    """Yield the content, chunk by chunk, each one verified. Raises ``Damaged``.

    What was yielded is genuine, but only after the last chunk is it known to be whole.
    """
    head = stream.read(len(MAGIC) + SALT_SIZE)
    if len(head) != len(MAGIC) + SALT_SIZE or not head.startswith(MAGIC):
        raise Damaged("not a sealed file")
    cipher = ChaCha20Poly1305(derived(key, "sealed stream", head[len(MAGIC) :]))
    count = 0
    chunk = stream.read(CHUNK + TAG_SIZE)
    while True:
        following = stream.read(CHUNK + TAG_SIZE)
        try:
            yield cipher.decrypt(_nonce(count, not following), chunk, MAGIC)
        except InvalidTag as error:
            raise Damaged("a chunk does not open") from error
        if not following:
            return
        chunk = following
        count += 1


def _nonce(count: int, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])
