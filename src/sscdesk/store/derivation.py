"""From passphrase to key, and from one key to many.

Argon2id (RFC 9106) makes a passphrase expensive to guess; its cost is measured on the
machine and stored beside the result, within limits that a hostile file cannot exceed.
HKDF (RFC 5869) gives each use of a key a key of its own.
"""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sscdesk.model.refusal import FileRefused, MachineFailed
from sscdesk.model.text import N_

KEY_SIZE = 32
SALT_SIZE = 16
_MIB = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a passphrase costs: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def checked(self) -> "Cost":
        """Return itself. Raises ``FileRefused`` when no machine of ours would write it."""
        fits = (
            1 <= self.lanes <= 8
            and 8 * self.lanes <= self.memory_kib <= MOST_MEMORY_KIB
            and 1 <= self.passes <= 64
            and self.memory_kib * self.passes <= 8 * MOST_MEMORY_KIB
        )
        if not fits:
            raise FileRefused(
                "vault-damaged",
                N_("The file that keeps this desk's keys asks for an absurd amount of work."),
                hint=N_("Nothing was changed. Restore the last backup into an empty folder."),
            )
        return self


MOST_MEMORY_KIB = 1024 * _MIB
LEAST_COST = Cost(64 * _MIB, 3, 2)
"""Never cheaper than this, however slow the machine (RFC 9106, second choice)."""

TEST_COST = Cost(64, 1, 1)
"""For tests: next to nothing. Never for a profile with data of people."""

_MOST_CALIBRATED_KIB = 256 * _MIB
"""Old laptops have 4 GB; beyond this, time is bought with passes."""


def calibrate(target_seconds: float = 0.5, clock: Callable[[], float] = time.perf_counter) -> Cost:
    """Return the cost at which one derivation takes about ``target_seconds`` here."""
    cost = LEAST_COST
    taken = _seconds(cost, clock)
    while taken * 2 <= target_seconds and cost.memory_kib * 2 <= _MOST_CALIBRATED_KIB:
        cost = Cost(cost.memory_kib * 2, cost.passes, cost.lanes)
        taken = _seconds(cost, clock)
    passes = int(cost.passes * target_seconds / max(taken, 1e-3))
    return Cost(cost.memory_kib, min(max(passes, cost.passes), 24), cost.lanes)


def _seconds(cost: Cost, clock: Callable[[], float]) -> float:
    started = clock()
    stretched("calibration", bytes(SALT_SIZE), cost)
    return clock() - started


def stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Return the 32-byte key of a passphrase. Raises ``MachineFailed`` without the memory."""
    cost.checked()
    try:
        return hash_secret_raw(
            secret=prepared(passphrase),
            salt=salt,
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=KEY_SIZE,
            type=Type.ID,
        )
    except (HashingError, MemoryError) as error:
        raise MachineFailed(
            "not-enough-memory",
            N_("This computer has not enough free memory to open the desk."),
            hint=N_("Nothing was changed. Close other programs, then try again."),
        ) from error


def prepared(passphrase: str) -> bytes:
    """Return a passphrase as bytes, the same from every keyboard (RFC 8265, OpaqueString)."""
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in passphrase)
    return unicodedata.normalize("NFC", spaced).encode("utf-8", "surrogatepass")


def derived(key: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    """Return the key for one ``purpose`` that tells nothing of ``key`` or of its sisters."""
    info = f"sscdesk {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=salt, info=info).derive(key)
