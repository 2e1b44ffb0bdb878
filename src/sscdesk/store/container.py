"""The format of a backup: one file of parts that are already encrypted.

A first line names the format; the parts follow one after the other; then the manifest
(JSON: name, size and SHA-256 of each part), its HMAC under a key of the profile, its
length and eight bytes that end the file. A cut file has no end, a changed one another
digest, a forged one no HMAC. The manifest tells dates and sizes, and nothing recorded.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from sscdesk.model.refusal import FileRefused, Locked
from sscdesk.model.text import N_
from sscdesk.store.derivation import derived
from sscdesk.store.files import BLOCK, AsideFile, machine_errors

FORMAT = 1
HEAD = b"sscdesk backup %d\n"
END = b"sscbkend"
DATABASE_PART = "sscdesk.db"
VAULT_PART = "vault.json"
MOST_MANIFEST_BYTES = 64 << 20

_PART_NAME = re.compile(r"sscdesk\.db|vault\.json|blobs/[0-9a-f]{2}/[0-9a-f]{64}")
_TRAILER = 32 + 8 + len(END)

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all; may raise to cancel."""


class Part(msgspec.Struct, frozen=True):
    """One file inside."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup says of itself."""

    format: int
    identity: str
    """Of the vault: the same for a profile and all its backups."""
    made_at: str
    """UTC, ISO 8601, to the second."""
    program: str
    schema: int
    reason: str
    """Empty for a whole backup; why, for a restore point."""
    parts: tuple[Part, ...]

    @property
    def attachments(self) -> int:
        """How many attachments are inside."""
        return sum(part.name.startswith("blobs/") for part in self.parts)

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.size for part in self.parts)


class Writer:
    """Writes parts into a temporary file, then the manifest."""

    def __init__(self, aside: AsideFile, progress: Progress, total: int) -> None:
        self._aside = aside
        self._progress = progress
        self._total = total
        self._parts: list[Part] = []
        aside.write(HEAD % FORMAT)

    def add(self, name: str, path: Path) -> None:
        """Append a file as a part."""
        digest = hashlib.sha256()
        size = 0
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
                size += len(block)
                self._aside.write(block)
                self._progress(self._aside.size, self._total)
        self._parts.append(Part(name, size, digest.hexdigest()))

    def finish(self, manifest: Manifest, key: bytes) -> Manifest:
        """Append the manifest with the parts written; return it."""
        manifest = msgspec.structs.replace(manifest, parts=tuple(self._parts))
        body = msgspec.json.encode(manifest)
        self._aside.write(body + _seal(body, key) + len(body).to_bytes(8, "big") + END)
        return manifest


class Reader:
    """An open backup whose structure was checked; contents are verified as they are read."""

    def __init__(self, stream: BinaryIO, path: Path) -> None:
        self._stream = stream
        self._path = path
        self.manifest, self._body, self._tag = self._read_manifest()
        self._offsets = self._place_parts()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts."""
        return tuple(self._offsets)

    def size_of(self, name: str) -> int:
        """Return the bytes of a part."""
        return self._offsets[name][1].size

    def require_genuine(self, key: bytes) -> None:
        """Raise ``FileRefused`` ("backup-forged") unless this profile wrote the manifest."""
        if not hmac.compare_digest(self._tag, _seal(self._body, key)):
            raise FileRefused(
                "backup-forged",
                N_("The backup “{name}” was not written by this desk, or was changed since."),
                hint=N_("Nothing was changed. Use another backup."),
                params={"name": self._path.name},
            )

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes; raises ``FileRefused`` at the end when they were changed."""
        offset, part = self._offsets[name]
        digest = hashlib.sha256()
        self._stream.seek(offset)
        rest = part.size
        while rest and (block := self._stream.read(min(rest, BLOCK))):
            rest -= len(block)
            digest.update(block)
            yield block
        if rest or digest.hexdigest() != part.sha256:
            raise self._damaged()

    def _read_manifest(self) -> tuple[Manifest, bytes, bytes]:
        size = self._stream.seek(0, 2)
        self._require_head()
        self._stream.seek(max(size - _TRAILER, 0))
        trailer = self._stream.read(_TRAILER)
        length = int.from_bytes(trailer[32:40], "big")
        if not trailer.endswith(END) or not 0 < length <= min(size, MOST_MANIFEST_BYTES):
            raise self._damaged()
        self._stream.seek(max(size - _TRAILER - length, 0))
        body = self._stream.read(length)
        try:
            manifest = msgspec.json.decode(body, type=Manifest)
        except (msgspec.MsgspecError, ValueError) as error:
            raise self._damaged() from error
        if len(HEAD % FORMAT) + manifest.size + length + _TRAILER != size:
            raise self._damaged()
        return manifest, body, trailer[:32]

    def _require_head(self) -> None:
        self._stream.seek(0)
        head = self._stream.read(len(HEAD % FORMAT) + 8).split(b"\n")[0]
        if head == HEAD.strip() % FORMAT:
            return
        if re.fullmatch(rb"sscdesk backup [0-9]+", head):
            raise Locked(
                "newer-version",
                N_("The backup “{name}” was written by a newer version of the program."),
                hint=N_("Nothing was changed. Install the newest version, then try again."),
                params={"name": self._path.name},
            )
        raise FileRefused(
            "not-a-backup",
            N_("“{name}” is not a backup of a desk."),
            hint=N_("Nothing was changed. Choose a file that ends in .sscbackup."),
            params={"name": self._path.name},
        )

    def _place_parts(self) -> dict[str, tuple[int, Part]]:
        offset = len(HEAD % FORMAT)
        placed: dict[str, tuple[int, Part]] = {}
        for part in self.manifest.parts:
            if not _PART_NAME.fullmatch(part.name) or part.name in placed or part.size < 0:
                raise self._damaged()
            placed[part.name] = (offset, part)
            offset += part.size
        if not {DATABASE_PART, VAULT_PART} <= placed.keys():
            raise self._damaged()
        return placed

    def _damaged(self) -> FileRefused:
        return FileRefused(
            "backup-damaged",
            N_("The backup “{name}” is damaged or was copied only in part."),
            hint=N_("Nothing was changed. Copy it again, or use another backup."),
            params={"name": self._path.name},
        )


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Open a backup. Raises ``FileRefused``, ``Locked`` or ``MachineFailed``."""
    with machine_errors(), path.open("rb") as stream:
        yield Reader(stream, path)


def _seal(body: bytes, key: bytes) -> bytes:
    return hmac.new(derived(key, "backup manifest"), body, hashlib.sha256).digest()
