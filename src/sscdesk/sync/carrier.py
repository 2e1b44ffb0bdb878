"""What a sync file arrives on: a file of any name, a member of a .zip, several parts.

Everything is opened for reading only, found by its content, and can be read again from
its beginning; nothing is unpacked to the disk.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from sscdesk.store.files import machine_errors
from sscdesk.sync import limits, refusing
from sscdesk.sync.firstline import Kind, kind_of

_ZIP = b"PK\x03\x04"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What mail programs and Windows write; others are not worth their decompressors."""


class Carrier(Protocol):
    """Bytes that can be read from their beginning as often as needed."""

    @property
    def name(self) -> str:
        """The name that the officer sees."""

    @property
    def size(self) -> int:
        """Number of bytes."""

    def open(self) -> IO[bytes]:
        """Open for reading; the caller closes."""


@dataclass(frozen=True, slots=True)
class FileCarrier:
    """A file of its own."""

    path: Path
    size: int

    @property
    def name(self) -> str:
        return self.path.name

    def open(self) -> IO[bytes]:
        return self.path.open("rb")


@dataclass(frozen=True, slots=True)
class ZipCarrier:
    """A member of an archive, read through its decompression."""

    path: Path
    member: str
    size: int

    @property
    def name(self) -> str:
        return self.member.rsplit("/", 1)[-1]

    def open(self) -> IO[bytes]:
        with _archive_errors(self.path.name):
            archive = zipfile.ZipFile(self.path)
            try:
                return _ZipStream(archive, archive.open(self.member), self.path.name)
            except BaseException:
                archive.close()
                raise


class _ZipStream(io.RawIOBase, IO[bytes]):
    """Closes the archive with its member."""

    def __init__(self, archive: zipfile.ZipFile, stream: IO[bytes], name: str) -> None:
        super().__init__()
        self._archive = archive
        self._stream = stream
        self._name = name

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        with _archive_errors(self._name):
            return self._stream.read(size)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._archive.close()
        super().close()


@contextmanager
def _archive_errors(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        raise refusing.closed_zip(name) from error


@contextmanager
def reading(carrier: Carrier) -> Iterator[IO[bytes]]:
    """Open a carrier; errors of the machine are told in words.

    Raises ``MachineFailed``, ``FileRefused`` ("unreadable-zip").
    """
    with machine_errors(), carrier.open() as stream:
        yield stream


def carriers_of(path: Path) -> tuple[Carrier, ...]:
    """Return what a file that the officer chose carries: itself, or the members of a .zip.

    Raises ``FileRefused``, ``MachineFailed``.
    """
    with machine_errors():
        file = FileCarrier(path, path.stat().st_size)
    if not _beginning(file).startswith(_ZIP):
        return (file,)
    return _members(path)


def _members(path: Path) -> tuple[Carrier, ...]:
    with machine_errors(), _archive_errors(path.name), zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    if len(entries) > limits.ZIP_MEMBERS:
        raise refusing.too_large()
    files = [entry for entry in entries if not entry.is_dir()]
    if any(entry.flag_bits & _ENCRYPTED for entry in files):
        raise refusing.closed_zip(path.name)
    found = [
        ZipCarrier(path, entry.filename, entry.file_size)
        for entry in files
        if entry.compress_type in _METHODS and 0 < entry.file_size <= limits.BUNDLE
    ]
    ours = tuple(carrier for carrier in found if _beginning(carrier).startswith(b"sscdesk-"))
    if not ours:
        raise refusing.not_ours(path.name)
    return ours


def read_fully(stream: IO[bytes], count: int) -> bytes:
    """Read ``count`` bytes, fewer only at the end, however small the bites are."""
    data = stream.read(count)
    while len(data) < count and (more := stream.read(count - len(data))):
        data += more
    return data


def _beginning(carrier: Carrier) -> bytes:
    with reading(carrier) as stream:
        return read_fully(stream, limits.LINE)


def kind_of_carrier(carrier: Carrier) -> Kind:
    """Return the kind of file, by its content. Raises ``FileRefused``, ``MachineFailed``."""
    return kind_of(_beginning(carrier), carrier.name)
