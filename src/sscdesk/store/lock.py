"""One program per profile: a lock of the operating system held on a file.

The system releases it when the program ends, however it ends, so that a crash never
leaves a profile locked. The file tells since when it is held; it stays when released.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sscdesk.model.refusal import Locked
from sscdesk.model.text import N_
from sscdesk.store.files import machine_errors

_GUARDED_BYTE = 1 << 30
"""Windows locks bytes against reading: one far behind what the file tells."""

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _GUARDED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl  # noqa: TID251 - the other branch is Windows

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class ProfileLock:
    """Held from ``take`` to ``release``, or until the program ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def take(self, clock: Callable[[], datetime]) -> None:
        """Take the lock at once. Raises ``Locked`` ("profile-in-use") with ``since``."""
        if self.held:
            return
        with machine_errors():
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise self._in_use() from error
        self._descriptor = descriptor
        self._tell(clock().strftime("%Y-%m-%d %H:%M UTC"))

    def _tell(self, since: str) -> None:
        assert self._descriptor is not None
        # A full disk must not keep an officer out: what the file tells is a comfort.
        with suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, since.encode())

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def _in_use(self) -> Locked:
        since = ""
        with suppress(OSError, UnicodeDecodeError):
            since = self.path.read_bytes()[:40].decode()
        if not since:
            return Locked(
                "profile-in-use",
                N_("This desk is already open in another program."),
                hint=_HINT,
            )
        return Locked(
            "profile-in-use",
            N_("This desk is already open in another program, since {since}."),
            hint=_HINT,
            params={"since": since},
        )


_HINT = N_("Nothing was changed. Close the other window or program, then try again.")
