"""Attachments as encrypted files, each once, under a name that tells nothing.

A content is known to the records by its SHA-256. On the disk it has a keyed hash of that
as its name, so that whoever holds the folder cannot even check whether a document that
they know is among them. What is read is verified against the SHA-256.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sscdesk.model.refusal import FileRefused, Refused
from sscdesk.model.text import N_
from sscdesk.store.derivation import derived
from sscdesk.store.files import (
    ASIDE,
    BLOCK,
    aside_file,
    clear_asides,
    machine_errors,
    make_folder,
    replace,
    writing_aside,
)
from sscdesk.store.sealed_stream import Damaged, Readable, sealed, unsealed

LARGEST = 200 << 20
"""Bytes of one attachment: beyond this, files do not travel between the offices."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the record keeps of a content."""

    sha256: str
    """64 hexadecimal digits."""
    size: int
    """Bytes."""


class _Measured:
    """Passes blocks on, keeping their digest and size."""

    def __init__(self, blocks: Iterable[bytes], watch: Callable[[int], None]) -> None:
        self._blocks = blocks
        self._watch = watch
        self._digest = hashlib.sha256()
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self._blocks:
            self._size += len(block)
            self._watch(self._size)
            self._digest.update(block)
            yield block

    def stored(self) -> Stored:
        return Stored(self._digest.hexdigest(), self._size)


class Blobs:
    """The attachments of one profile, under keys made from its master key."""

    def __init__(
        self,
        folder: Path,
        key: bytes,
        largest: int = LARGEST,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self.folder = folder
        self._largest = largest
        self._random = randomness
        self._content_key = derived(key, "blob content")
        self._name_key = derived(key, "blob name")

    def put(self, source: Path | BinaryIO | bytes, title: str = "") -> Stored:
        """Keep a content and return what identifies it; keeping it twice takes no more room.

        Raises ``Refused`` ("attachment-too-large"), ``MachineFailed``.
        """
        if isinstance(source, Path):
            with machine_errors(), source.open("rb") as stream:
                self._refuse_large(os.fstat(stream.fileno()).st_size, title or source.name)
                return self._put(_blocks(stream), title or source.name)
        if isinstance(source, bytes):
            self._refuse_large(len(source), title)
            return self._put(iter([source]), title)
        return self._put(_blocks(source), title)

    def has(self, sha256: str) -> bool:
        """Say whether a content is here; ``check`` says whether it is intact."""
        return self.path_of(sha256).exists()

    def read(self, sha256: str, title: str = "") -> bytes:
        """Return a content, verified. Raises ``FileRefused`` when missing or damaged."""
        return b"".join(self.blocks(sha256, title))

    def blocks(self, sha256: str, title: str = "") -> Iterator[bytes]:
        """Yield a content block by block; only at the end is it known to be the right one.

        Raises ``FileRefused`` ("attachment-missing", "attachment-damaged").
        """
        digest = hashlib.sha256()
        try:
            with self._open(sha256, title) as stream:
                for block in unsealed(stream, self._content_key):
                    digest.update(block)
                    yield block
        except Damaged as error:
            raise _damaged(title or sha256[:8]) from error
        if digest.hexdigest() != sha256:
            raise _damaged(title or sha256[:8])

    def save(self, sha256: str, destination: Path, title: str = "") -> None:
        """Write a content, in clear, as a file outside; whole and verified, or not at all."""
        path = self.path_of(sha256)
        expected = path.stat().st_size if path.exists() else 0
        with writing_aside(destination, expected_size=expected) as aside:
            for block in self.blocks(sha256, title):
                aside.write(block)

    def check(self, sha256: str, title: str = "") -> None:
        """Read a content through. Raises ``FileRefused`` when missing or damaged."""
        for _ in self.blocks(sha256, title):
            pass

    def require_intact(self, sealed_file: Readable, title: str) -> None:
        """Read an encrypted file through, wherever it lies. Raises ``FileRefused``."""
        try:
            for _ in unsealed(sealed_file, self._content_key):
                pass
        except Damaged as error:
            raise _damaged(title) from error

    def path_of(self, sha256: str) -> Path:
        """Return where a content lies, or would lie."""
        name = hmac.new(self._name_key, sha256.encode(), hashlib.sha256).hexdigest()
        return self.folder / name[:2] / name

    def files(self) -> Iterator[Path]:
        """Yield the encrypted files, for a backup."""
        for path in sorted(self.folder.glob("??/*")):
            if not path.name.endswith(ASIDE):
                yield path

    def unreferenced(self, referenced: Collection[str]) -> tuple[Path, ...]:
        """Return the files of contents that no record refers to any more."""
        kept = {self.path_of(sha256).name for sha256 in referenced}
        return tuple(path for path in self.files() if path.name not in kept)

    def delete_unreferenced(self, referenced: Collection[str]) -> int:
        """Delete what no record refers to, and leftovers; return how many files."""
        paths = self.unreferenced(referenced)
        with machine_errors():
            for path in paths:
                path.unlink(missing_ok=True)
        for folder in (self.folder, *self.folder.glob("??")):
            clear_asides(folder)
        return len(paths)

    def _put(self, blocks: Iterator[bytes], title: str) -> Stored:
        make_folder(self.folder)
        measured = _Measured(blocks, lambda size: self._refuse_large(size, title))
        with aside_file(self.folder / f"{self._random(8).hex()}{ASIDE}") as aside:
            for piece in sealed(measured, self._content_key, self._random):
                aside.write(piece)
            aside.settle()
            stored = measured.stored()
            self._settle(aside.path, stored.sha256)
        return stored

    def _settle(self, aside: Path, sha256: str) -> None:
        target = self.path_of(sha256)
        if target.exists() and target.stat().st_size == aside.stat().st_size:
            with suppress(FileRefused):
                self.check(sha256)
                return
        make_folder(target.parent)
        replace(aside, target)

    def _open(self, sha256: str, title: str) -> BinaryIO:
        path = self.path_of(sha256)
        if not path.exists():
            raise FileRefused(
                "attachment-missing",
                N_("The content of the attachment “{title}” is not on this laptop."),
                hint=N_("Nothing else is affected. Ask the office that attached it to send it."),
                params={"title": title or sha256[:8]},
            )
        with machine_errors():
            return path.open("rb")

    def _refuse_large(self, size: int, title: str) -> None:
        if size > self._largest:
            raise Refused(
                "attachment-too-large",
                N_("“{title}” is larger than {limit} MB, the most that can be attached."),
                hint=N_("Nothing was attached. Attach a smaller copy, or only the pages needed."),
                params={"title": title, "limit": self._largest >> 20},
            )


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(BLOCK):
        yield block


def _damaged(title: str) -> FileRefused:
    return FileRefused(
        "attachment-damaged",
        N_("The content of the attachment “{title}” on this laptop is damaged."),
        hint=N_("Nothing else is affected. Attach the file again, or ask the office that has it."),
        params={"title": title},
    )
