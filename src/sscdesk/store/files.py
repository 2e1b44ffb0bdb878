"""Writing files so that a full disk, a removed stick or a power cut leaves no half.

Everything that the store writes outside the database goes through ``writing_aside``: a
temporary file in the same folder is written, flushed to the medium and read back, and
only then takes the place of the target. Errors of the machine become ``MachineFailed``.
"""

import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sscdesk.model.refusal import FileRefused, MachineFailed
from sscdesk.model.text import N_

ASIDE = ".aside"
"""The ending of temporary files; leftovers of a crash are removed by ``clear_asides``."""

BLOCK = 1 << 20
RESERVE = 4 << 20
"""Bytes left free on a disk beyond what is to be written: SQLite needs room too."""

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTDIR, errno.ESTALE}
_WINDOWS_BUSY = {5, 32, 33}
"""Access denied, sharing and lock violation: how a virus scanner shows itself."""
_WINDOWS_NOT_READY = 21


class AsideFile:
    """The temporary file while it is written; keeps count and digest of what it took."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._digest = hashlib.sha256()
        self._descriptor: int | None = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )

    def write(self, content: bytes) -> None:
        """Append ``content`` whole."""
        assert self._descriptor is not None
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        self.size += len(content)
        self._digest.update(content)

    def settle(self) -> None:
        """Flush to the medium, close, and compare what is read back."""
        assert self._descriptor is not None
        os.fsync(self._descriptor)
        self.close()
        if digest_of(self.path) != self._digest.digest():
            raise OSError(errno.EIO, "what was read back differs from what was written")

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


@contextmanager
def aside_file(path: Path) -> Iterator[AsideFile]:
    """Open a temporary file that is gone at the end unless it was moved to its place."""
    with machine_errors():
        aside = AsideFile(path)
        try:
            yield aside
        finally:
            with suppress(OSError):
                aside.close()
            with suppress(OSError):
                aside.path.unlink(missing_ok=True)


@contextmanager
def writing_aside(
    target: Path,
    *,
    expected_size: int = 0,
    check: Callable[[Path], None] | None = None,
    overwrite: bool = True,
) -> Iterator[AsideFile]:
    """Write ``target`` through a temporary file; on any exception the target is as before.

    ``check`` receives the temporary file, flushed and closed, before it takes the
    target's place; whatever it raises keeps the target. Raises ``MachineFailed``.
    """
    require_space(target.parent, expected_size)
    name = f"{target.name}.{secrets.token_hex(4)}{ASIDE}"
    with aside_file(target.with_name(name)) as aside:
        yield aside
        aside.settle()
        if check is not None:
            check(aside.path)
        if not overwrite and target.exists():
            raise already_there(target)
        replace(aside.path, target)


def write_aside(
    target: Path, content: bytes, *, check: Callable[[Path], None] | None = None
) -> None:
    """Write ``content`` as ``target``, whole or not at all. Raises ``MachineFailed``."""
    with writing_aside(target, expected_size=len(content), check=check) as aside:
        aside.write(content)


def replace(source: Path, target: Path, pause: Callable[[float], None] = time.sleep) -> None:
    """Put ``source`` in the place of ``target`` and make the change durable.

    A virus scanner may hold a fresh file for a moment on Windows: tried for two seconds.
    """
    for attempt in range(8):
        try:
            os.replace(source, target)
            break
        except OSError as error:
            if attempt == 7 or getattr(error, "winerror", None) not in _WINDOWS_BUSY:
                raise
            pause(0.05 * (attempt + 1))
    flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable where the system lets a folder be flushed."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network and FUSE file systems know no flush of a folder.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def read_whole(path: Path, limit: int) -> bytes:
    """Return the content of a file of at most ``limit`` bytes, checked before it is read.

    Raises ``FileRefused`` ("file-too-large") or ``MachineFailed``.
    """
    with machine_errors(), path.open("rb") as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise FileRefused(
            "file-too-large",
            N_("The file “{name}” is larger than it can be."),
            hint=N_("It was not read. Ask for the file again."),
            params={"name": path.name},
        )
    return content


def digest_of(path: Path) -> bytes:
    """Return the SHA-256 of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.digest()


def make_folder(folder: Path) -> None:
    """Make a folder with those above it; harmless when it exists. Raises ``MachineFailed``."""
    if folder.is_dir() or folder.parent == folder:
        return
    make_folder(folder.parent)
    with machine_errors():
        folder.mkdir(exist_ok=True)
        flush_folder(folder.parent)


def clear_asides(folder: Path) -> int:
    """Remove what a crash left half written in ``folder``; return how many files."""
    count = 0
    with suppress(OSError):
        for leftover in folder.glob(f"*{ASIDE}"):
            with suppress(OSError):
                leftover.unlink()
                count += 1
    return count


def require_space(folder: Path, size: int) -> None:
    """Refuse before the first byte when ``size`` bytes cannot fit. Raises ``MachineFailed``."""
    with machine_errors():
        free = shutil.disk_usage(folder).free
    if free < size + RESERVE:
        raise _disk_full()


@contextmanager
def machine_errors() -> Iterator[None]:
    """Translate the errors of the operating system into ``MachineFailed``."""
    try:
        yield
    except OSError as error:
        raise told(error) from error


def told(error: OSError) -> MachineFailed:
    """Return what the officer reads when the machine failed with ``error``."""
    if error.errno in _FULL:
        return _disk_full()
    if getattr(error, "winerror", None) == _WINDOWS_NOT_READY or error.errno in _GONE:
        return MachineFailed(
            "medium-removed",
            N_("The disk or stick did not answer, or is no longer there."),
            hint=N_("What was there before is untouched. Plug it in again, then try again."),
        )
    if error.errno in _DENIED:
        return MachineFailed(
            "no-permission",
            N_("This computer does not allow writing or reading there."),
            hint=N_("Nothing was changed. Choose another folder, or ask your administrator."),
        )
    if error.errno == errno.EFBIG:
        return MachineFailed(
            "too-large-for-medium",
            N_("The file is larger than this disk or stick can hold in one file."),
            hint=N_("Nothing was changed. Choose another disk, or save in parts."),
        )
    return MachineFailed(
        "disk-error",
        N_("The computer could not read or write the file."),
        hint=N_("What was there before is untouched. Check the disk, then try again."),
    )


def already_there(path: Path) -> FileRefused:
    """Return the refusal to write over a file that exists."""
    return FileRefused(
        "file-exists",
        N_("There is already a file named “{name}” in this folder."),
        hint=N_("It was not touched. Choose another name."),
        params={"name": path.name},
    )


def _disk_full() -> MachineFailed:
    return MachineFailed(
        "disk-full",
        N_("The disk is full: the file could not be written."),
        hint=N_("What was there before is untouched. Free some space, then try again."),
    )
