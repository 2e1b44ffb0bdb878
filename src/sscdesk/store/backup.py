"""Backups: one file, verified before it takes its name, and rehearsed.

A restore point is a backup without attachments, kept inside the profile before a risky
step (an import, an upgrade, a restore); attachments are never changed in place, so that
the profile's own serve.
"""

import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

import sscdesk
from sscdesk.model.refusal import DeskError
from sscdesk.store.blobs import Blobs
from sscdesk.store.container import (
    DATABASE_PART,
    FORMAT,
    VAULT_PART,
    Manifest,
    Progress,
    Reader,
    Writer,
    reading,
)
from sscdesk.store.copying import (
    copy_database,
    held_still,
    opened_copy,
    remove_sides,
    require_sound,
    row_counts,
)
from sscdesk.store.database import Database
from sscdesk.store.files import ASIDE, machine_errors, make_folder, require_space, writing_aside
from sscdesk.store.sealed_stream import BlockReader
from sscdesk.store.vault import Vault

ENDING = ".sscbackup"
RESTORE_POINTS_KEPT = 6

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What was saved."""

    path: Path
    made_at: str
    """UTC, ISO 8601."""
    size: int
    """Bytes of the file."""
    attachments: int
    schema: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a restore would bring back, proved by doing it in a temporary place."""

    made_at: str
    schema: int
    attachments: int
    rows: dict[str, int]
    """Rows by table."""


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


def backup(
    database: Database,
    blobs: Blobs,
    vault: Vault,
    destination: Path,
    clock: Clock,
    progress: Progress = no_progress,
) -> BackupFacts:
    """Save everything as one file; whole and verified, or not at all.

    The database goes on working meanwhile. Raises ``MachineFailed``, ``FileRefused``
    ("database-damaged": nothing unsound is ever put over a good backup).
    """
    draft = _draft(vault, clock, reason="")
    return _save(database, list(blobs.files()), vault, destination, draft, progress)


def make_restore_point(
    database: Database,
    vault: Vault,
    folder: Path,
    reason: str,
    clock: Clock,
    *,
    keep: int = RESTORE_POINTS_KEPT,
    quick: bool = False,
) -> BackupFacts:
    """Keep the present state inside the profile; the oldest beyond ``keep`` are dropped.

    ``reason`` is a word for the file's name: ``import``, ``upgrade``, ``restore``. A
    ``quick`` one copies the file as it stands and is proved only when it is restored.
    """
    make_folder(folder)
    stamp = clock().strftime("%Y-%m-%dT%H%M%SZ")
    destination = folder / f"{stamp}-{reason}-{secrets.token_hex(2)}{ENDING}"
    draft = _draft(vault, clock, reason)
    facts = _save_quickly(database, vault, destination, draft) if quick else None
    if facts is None:
        facts = _save(database, [], vault, destination, draft, no_progress)
    for old in _points(folder)[keep:]:
        with suppress(OSError):
            old.unlink()
    return facts


def restore_points(folder: Path) -> tuple[BackupFacts, ...]:
    """Return the restore points of a profile, the newest first; damaged ones left out."""
    found = []
    for path in _points(folder):
        with suppress(DeskError):
            found.append(inspect(path))
    return tuple(found)


def inspect(path: Path) -> BackupFacts:
    """Return what a backup says of itself; its contents are not read."""
    with reading(path) as reader:
        return _facts(path, reader.manifest)


def rehearse(path: Path, key: bytes, scratch: Path, progress: Progress = no_progress) -> Rehearsal:
    """Restore a backup in a temporary place below ``scratch`` and check all of it.

    Raises ``FileRefused`` with what is wrong. Nothing is left behind.
    """
    make_folder(scratch)
    with reading(path) as reader, _temporary(scratch) as folder:
        reader.require_genuine(key)
        require_space(scratch, reader.manifest.size)
        extract(reader, VAULT_PART, folder / VAULT_PART)
        Vault.open(folder / VAULT_PART)
        extract(reader, DATABASE_PART, folder / DATABASE_PART)
        _check_attachments(reader, Blobs(folder, key), progress)
        with (
            opened_copy(folder / DATABASE_PART, key) as database,
            database.read() as connection,
        ):
            require_sound(connection)
            rows = row_counts(connection)
        manifest = reader.manifest
    return Rehearsal(manifest.made_at, manifest.schema, manifest.attachments, rows)


def extract(reader: Reader, name: str, target: Path) -> None:
    """Write one part as a file, verified."""
    make_folder(target.parent)
    with writing_aside(target) as aside:
        for block in reader.blocks(name):
            aside.write(block)


def _draft(vault: Vault, clock: Clock, reason: str) -> Manifest:
    made_at = clock().strftime("%Y-%m-%dT%H:%M:%SZ")
    return Manifest(FORMAT, vault.identity, made_at, sscdesk.__version__, 0, reason, ())


def _save(
    database: Database,
    attachments: list[Path],
    vault: Vault,
    destination: Path,
    draft: Manifest,
    progress: Progress,
) -> BackupFacts:
    key = database.key
    with _database_copy(database) as copy:
        draft = msgspec.structs.replace(draft, schema=_sound_schema(copy, key))
        parts = {
            VAULT_PART: vault.path,
            DATABASE_PART: copy,
            **{f"blobs/{path.parent.name}/{path.name}": path for path in attachments},
        }
        return _write(destination, draft, parts, key, progress, lambda path: _verify(path, key))


def _save_quickly(
    database: Database, vault: Vault, destination: Path, draft: Manifest
) -> BackupFacts | None:
    draft = msgspec.structs.replace(draft, schema=database.version())
    with held_still(database) as still:
        if still is None:
            return None
        parts = {VAULT_PART: vault.path, DATABASE_PART: still}
        return _write(destination, draft, parts, database.key, no_progress, None)


def _write(
    destination: Path,
    draft: Manifest,
    parts: Mapping[str, Path],
    key: bytes,
    progress: Progress,
    check: Callable[[Path], None] | None,
) -> BackupFacts:
    with machine_errors():
        total = sum(path.stat().st_size for path in parts.values())
        with writing_aside(destination, expected_size=total, check=check) as aside:
            writer = Writer(aside, progress, total)
            for name, path in parts.items():
                writer.add(name, path)
            manifest = writer.finish(draft, key)
        return _facts(destination, manifest)


def _sound_schema(copy: Path, key: bytes) -> int:
    with opened_copy(copy, key) as copied, copied.read() as connection:
        require_sound(connection)
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _verify(path: Path, key: bytes) -> None:
    with reading(path) as reader:
        reader.require_genuine(key)
        for name in reader.names:
            for _ in reader.blocks(name):
                pass


def _check_attachments(reader: Reader, blobs: Blobs, progress: Progress) -> None:
    done = 0
    for name in reader.names:
        if name.startswith("blobs/"):
            blobs.require_intact(BlockReader(reader.blocks(name)), name[-8:])
        done += reader.size_of(name)
        progress(done, reader.manifest.size)


@contextmanager
def _database_copy(database: Database) -> Iterator[Path]:
    with machine_errors():
        require_space(database.path.parent, database.path.stat().st_size)
    copy = database.path.with_name(f"{database.path.name}.{secrets.token_hex(4)}{ASIDE}")
    try:
        copy_database(database, copy)
        yield copy
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
        remove_sides(copy)


@contextmanager
def _temporary(scratch: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=scratch, prefix="rehearsal-") as name:
        yield Path(name)


def _points(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{ENDING}"), reverse=True)


def _facts(path: Path, manifest: Manifest) -> BackupFacts:
    return BackupFacts(
        path,
        manifest.made_at,
        path.stat().st_size,
        manifest.attachments,
        manifest.schema,
        manifest.reason,
    )
