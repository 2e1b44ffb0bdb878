"""A profile: the folder with everything that one office keeps on one laptop.

``sscdesk.db`` (encrypted), ``vault.json`` (the keys, wrapped), ``blobs/`` (encrypted
attachments), ``restore-points/`` and ``lock``. An open profile holds the lock until it
is closed or the program ends.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sscdesk.model.refusal import FileRefused, NotFound
from sscdesk.model.text import N_
from sscdesk.store import whereabouts
from sscdesk.store.files import clear_asides, make_folder
from sscdesk.store.finding import Finding
from sscdesk.store.lock import ProfileLock
from sscdesk.store.vault import Cost, Vault

DATABASE = "sscdesk.db"
VAULT = "vault.json"
BLOBS = "blobs"
RESTORE_POINTS = "restore-points"
LOCK = "lock"

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Profile:
    """An open profile; use it as a context manager or call ``close``."""

    def __init__(self, folder: Path, vault: Vault, lock: ProfileLock) -> None:
        self.folder = folder
        self.vault = vault
        self._lock = lock

    @classmethod
    def create(
        cls,
        folder: Path,
        login: str,
        passphrase: str,
        cost: Cost,
        clock: Clock = _now,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> tuple["Profile", bytes]:
        """Make a profile with its first officer; return it, open, with the master key.

        Raises ``FileRefused`` ("profile-exists"), ``Locked`` ("profile-in-use"),
        ``MachineFailed``. The database is made by ``Database.create``.
        """
        folder = folder.absolute()
        whereabouts.require_usable(folder)
        make_folder(folder / BLOBS)
        make_folder(folder / RESTORE_POINTS)
        with _locked_on_success(folder, clock) as lock:
            _require_no_profile(folder)
            vault, master = Vault.create(folder / VAULT, login, passphrase, cost, randomness)
        return cls(folder, vault, lock), master

    @classmethod
    def open(
        cls,
        folder: Path,
        clock: Clock = _now,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> "Profile":
        """Open a profile, still locked by its passphrase.

        Raises ``NotFound`` ("no-profile"), ``Locked`` ("profile-in-use",
        "newer-version"), ``FileRefused`` ("vault-damaged").
        """
        folder = folder.absolute()
        if not cls.exists(folder):
            raise NotFound(
                "no-profile",
                N_("There is no desk in this folder."),
                hint=N_("Choose the folder of a desk, or make a new one."),
            )
        with _locked_on_success(folder, clock) as lock:
            vault = Vault.open(folder / VAULT, randomness)
            vault.mend()
            for place in (folder, folder / BLOBS, folder / RESTORE_POINTS):
                clear_asides(place)
        return cls(folder, vault, lock)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Say whether a folder holds a profile, or what a damaged one left."""
        return any((folder / name).exists() for name in (VAULT, DATABASE))

    @property
    def database_path(self) -> Path:
        """Where the encrypted database is."""
        return self.folder / DATABASE

    @property
    def blobs_folder(self) -> Path:
        """Where the encrypted attachments are."""
        return self.folder / BLOBS

    @property
    def restore_points(self) -> Path:
        """Where copies made before risky steps are."""
        return self.folder / RESTORE_POINTS

    @property
    def logins(self) -> tuple[str, ...]:
        """The officers who can open it."""
        return self.vault.logins

    def unlock(self, login: str | None, passphrase: str) -> bytes:
        """Return the master key; ``login`` may be None where there is one officer.

        Raises ``Locked``: "wrong-passphrase", "which-officer", "unknown-officer".
        """
        return self.vault.unlock(login, passphrase)

    def warnings(self) -> tuple[Finding, ...]:
        """Return what is unwise about the place where the profile lies."""
        return whereabouts.warnings(self.folder)

    def close(self) -> None:
        """Give the lock back. Close the database first."""
        self._lock.release()

    def __enter__(self) -> "Profile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@contextmanager
def _locked_on_success(folder: Path, clock: Clock) -> Iterator[ProfileLock]:
    lock = ProfileLock(folder / LOCK)
    lock.take(clock)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def _require_no_profile(folder: Path) -> None:
    if Profile.exists(folder):
        raise FileRefused(
            "profile-exists",
            N_("There is already a desk in this folder."),
            hint=N_("It was not touched. Open it, or choose another folder."),
        )


def require_not_in_use(folder: Path, clock: Clock = _now) -> None:
    """Raise ``Locked`` ("profile-in-use") when a program has the profile open."""
    if (folder / LOCK).exists():
        lock = ProfileLock(folder / LOCK)
        lock.take(clock)
        lock.release()
