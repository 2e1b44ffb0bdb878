"""Bringing a backup back, without ever risking what is there.

Into an empty or new folder everything is written beside it and verified, and the folder
then appears at once. Into the profile that the backup came from, the present state is
first kept as a restore point; then only the database is put in place, in one step, and
the attachments that are missing are added: the officers' passphrases stay as they are.

A restored file is marked (``copying.restored_from``): its old streams may have gone on
elsewhere after the backup, so that the laptop must begin new ones.
"""

import secrets
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sscdesk.model.refusal import FileRefused, MachineFailed
from sscdesk.model.text import N_
from sscdesk.store import migrations
from sscdesk.store.backup import extract, make_restore_point, no_progress
from sscdesk.store.blobs import Blobs
from sscdesk.store.container import DATABASE_PART, VAULT_PART, Progress, Reader, reading
from sscdesk.store.copying import mark_restored, opened_copy, remove_sides, require_sound
from sscdesk.store.database import Database
from sscdesk.store.files import ASIDE, machine_errors, make_folder, replace, require_space
from sscdesk.store.lock import ProfileLock
from sscdesk.store.profile import BLOBS, DATABASE, LOCK, RESTORE_POINTS, VAULT, Profile
from sscdesk.store.vault import Vault

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    folder: Path
    made_at: str
    """When the backup was made (UTC, ISO 8601): what was entered later is not in it."""
    attachments: int
    kept_as: Path | None
    """The restore point with what was there before, if anything was."""


def restore_backup(
    path: Path,
    folder: Path,
    login: str | None,
    passphrase: str,
    clock: Clock,
    *,
    over_its_profile: bool = False,
    progress: Progress = no_progress,
) -> Restored:
    """Restore a backup into ``folder``; on any failure the folder is as before.

    In a new or empty folder the passphrase is the one of the day of the backup. With
    ``over_its_profile`` the folder may hold the profile that the backup was made of, not
    open in any program; the passphrase is then today's. Raises ``FileRefused``
    ("not-a-backup", "backup-damaged", "backup-forged", "database-damaged",
    "folder-not-empty", "another-profile", "restore-point-alone"), ``Locked``
    ("wrong-passphrase", "profile-in-use", "newer-version"), ``MachineFailed``.
    """
    folder = folder.absolute()
    with reading(path) as reader:
        if over_its_profile and Profile.exists(folder):
            return _restore_over(reader, folder, login, passphrase, clock, progress)
        _require_empty(folder)
        return _restore_new(reader, folder, login, passphrase, progress)


def _restore_new(
    reader: Reader, folder: Path, login: str | None, passphrase: str, progress: Progress
) -> Restored:
    _require_whole(reader)
    make_folder(folder.parent)
    require_space(folder.parent, reader.manifest.size)
    staging = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}.restoring")
    make_folder(staging)
    try:
        key = _unlocked(reader, staging / VAULT, login, passphrase)
        _extract_database(reader, staging / DATABASE, key)
        done = 0
        for name in _attachment_names(reader):
            extract(reader, name, staging / name)
            done += reader.size_of(name)
            progress(done, reader.manifest.size)
        make_folder(staging / BLOBS)
        make_folder(staging / RESTORE_POINTS)
        _appear(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Restored(folder, reader.manifest.made_at, reader.manifest.attachments, None)


def _appear(staging: Path, folder: Path) -> None:
    with machine_errors():
        if folder.exists():
            folder.rmdir()
        replace(staging, folder)


def _unlocked(reader: Reader, target: Path, login: str | None, passphrase: str) -> bytes:
    extract(reader, VAULT_PART, target)
    vault = Vault.open(target)
    key = vault.unlock(login, passphrase)
    reader.require_genuine(key)
    vault.mend()
    return key


def _extract_database(reader: Reader, target: Path, key: bytes) -> None:
    extract(reader, DATABASE_PART, target)
    with opened_copy(target, key) as database:
        migrations.require_readable(database)
        with database.read() as connection:
            require_sound(connection)
        mark_restored(database, reader.manifest.made_at)


def _restore_over(
    reader: Reader,
    folder: Path,
    login: str | None,
    passphrase: str,
    clock: Clock,
    progress: Progress,
) -> Restored:
    lock = ProfileLock(folder / LOCK)
    lock.take(clock)
    try:
        vault = Vault.open(folder / VAULT)
        _require_same_profile(reader, vault)
        key = vault.unlock(login, passphrase)
        reader.require_genuine(key)
        require_space(folder, 3 * reader.manifest.size)
        staged = folder / f"{DATABASE}.{secrets.token_hex(4)}{ASIDE}"
        try:
            _extract_database(reader, staged, key)
            _add_missing_attachments(reader, folder, key, progress)
            kept = _keep_present(folder, vault, key, clock)
            with machine_errors():
                remove_sides(folder / DATABASE)
                replace(staged, folder / DATABASE)
        finally:
            with suppress(OSError):
                staged.unlink(missing_ok=True)
            remove_sides(staged)
    finally:
        lock.release()
    return Restored(folder, reader.manifest.made_at, reader.manifest.attachments, kept)


def _add_missing_attachments(reader: Reader, folder: Path, key: bytes, progress: Progress) -> None:
    blobs = Blobs(folder / BLOBS, key)
    done = 0
    for name in _attachment_names(reader):
        target = folder / name
        if not (target.exists() and _intact(blobs, target)):
            extract(reader, name, target)
        done += reader.size_of(name)
        progress(done, reader.manifest.size)


def _intact(blobs: Blobs, path: Path) -> bool:
    try:
        with machine_errors(), path.open("rb") as stream:
            blobs.require_intact(stream, path.name)
    except (FileRefused, MachineFailed):
        return False
    return True


def _keep_present(folder: Path, vault: Vault, key: bytes, clock: Clock) -> Path | None:
    """Keep what is there: as a restore point, or as it is where it is damaged."""
    if not (folder / DATABASE).exists():
        return None
    points = folder / RESTORE_POINTS
    try:
        with closing(Database(folder / DATABASE, key)) as database:
            return make_restore_point(database, vault, points, "restore", clock).path
    except (FileRefused, MachineFailed) as error:
        if error.code in {"disk-full", "no-permission", "medium-removed"}:
            raise
        return _keep_damaged(folder, points, clock)


def _keep_damaged(folder: Path, points: Path, clock: Clock) -> Path:
    kept = points / f"damaged-{clock().strftime('%Y-%m-%dT%H%M%SZ')}-{secrets.token_hex(2)}"
    make_folder(kept)
    with machine_errors():
        for name in (DATABASE, f"{DATABASE}-wal"):
            if (folder / name).exists():
                shutil.copy2(folder / name, kept / name)
    return kept


def _attachment_names(reader: Reader) -> list[str]:
    return [name for name in reader.names if name.startswith(f"{BLOBS}/")]


def _require_empty(folder: Path) -> None:
    with machine_errors():
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return
    raise FileRefused(
        "folder-not-empty",
        N_("The folder “{name}” is not empty: a backup is never restored over other files."),
        hint=N_("Nothing was changed. Choose an empty folder, or the name of a new one."),
        params={"name": folder.name},
    )


def _require_whole(reader: Reader) -> None:
    if reader.manifest.reason:
        raise FileRefused(
            "restore-point-alone",
            N_("This is a restore point of a desk: it has no attachments of its own."),
            hint=N_("Nothing was changed. Restore it in its own desk, or use a whole backup."),
        )


def _require_same_profile(reader: Reader, vault: Vault) -> None:
    if reader.manifest.identity != vault.identity:
        raise FileRefused(
            "another-profile",
            N_("This backup was made of another desk than the one in this folder."),
            hint=N_("Nothing was changed. Restore it into an empty folder."),
        )
