"""The day when a passphrase is forgotten: the printed recovery key, and what it can do."""

from typing import TYPE_CHECKING

from sscdesk.application import auditing
from sscdesk.store.derivation import Cost
from sscdesk.store.profile import Profile

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


def make_recovery_key(w: "Workspace", passphrase: str, cost: Cost) -> str:
    """Make a recovery key, to be shown and printed once; an earlier one stops working.

    Raises ``Locked`` ("wrong-passphrase") when ``passphrase`` is not that of the officer at
    work: somebody who finds the desk open must not walk away with its key.
    """
    master = w.profile.unlock(w.login, passphrase)
    key = w.profile.vault.make_recovery_key(master, cost)
    with w.exclusive() as connection:
        auditing.note(connection, w.actor, auditing.now_text(w), "recovery-key-made", w.login)
    return key


def set_passphrase_with_key(
    profile: Profile, login: str | None, key: str, new: str, cost: Cost
) -> tuple[str, ...]:
    """Give an officer a new passphrase by the recovery key.

    Returns the names of the officer's own secrets that only the old passphrase opened and
    that are lost. Raises ``Locked`` ("no-recovery-key", "recovery-key-mistyped",
    "wrong-passphrase", "unknown-officer").
    """
    vault = profile.vault
    master = vault.unlock_with_recovery(key)
    return vault.set_passphrase(master, login or vault.logins[0], new, cost)
