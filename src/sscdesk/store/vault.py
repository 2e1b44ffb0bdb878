"""The vault: one random master key, wrapped once for each officer.

A slot holds the master key sealed under a key that is made from the officer's
passphrase, and that officer's own secrets (a head's signing key) under a sister of that
key, so that nobody else on the laptop can use them. Logins stand in clear; nothing else
does. The file is replaced only after its new content was read back and re-opened.
"""

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sscdesk.model.refusal import FileRefused, Locked, MachineFailed, NotFound, Refused
from sscdesk.model.text import N_
from sscdesk.store import vault_file
from sscdesk.store.derivation import (
    KEY_SIZE,
    SALT_SIZE,
    TEST_COST,
    Cost,
    calibrate,
    derived,
    stretched,
)
from sscdesk.store.files import read_whole, write_aside
from sscdesk.store.passphrase import read_recovery_key, recovery_key, strength
from sscdesk.store.vault_file import RECOVERY, Sealed, Slot, VaultContent

__all__ = ["TEST_COST", "Cost", "Vault", "calibrate", "strength"]

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True)
class _Opened:
    """A slot that a passphrase fitted: the master key, and the key of its secrets."""

    master: bytes
    secrets_key: bytes


class Vault:
    """The slots of one profile, in ``vault.json`` with a second copy beside it."""

    def __init__(
        self,
        path: Path,
        content: VaultContent,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self.path = path
        self._content = content
        self._random = randomness

    @classmethod
    def create(
        cls,
        path: Path,
        login: str,
        passphrase: str,
        cost: Cost,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> tuple["Vault", bytes]:
        """Make a vault with its first officer; return it with the new master key."""
        master = randomness(KEY_SIZE)
        vault = cls(path, VaultContent(randomness(16).hex(), {}), randomness)
        vault.add_officer(master, login, passphrase, cost)
        return vault, master

    @classmethod
    def open(cls, path: Path, randomness: Callable[[int], bytes] = os.urandom) -> "Vault":
        """Read a vault; its second copy where the first is damaged. Raises ``FileRefused``."""
        return cls(path, vault_file.read_with_copy(path), randomness)

    def mend(self) -> None:
        """Make both copies on the disk the same again, as far as the disk lets us."""
        encoded = vault_file.encoded(self._content)
        for path in self._copies():
            with suppress(MachineFailed, FileRefused):
                if not path.exists() or read_whole(path, vault_file.MOST_BYTES) != encoded:
                    write_aside(path, encoded)

    def copies_agree(self) -> bool:
        """Say whether both files on the disk hold what this vault holds."""
        return all(
            path.exists() and vault_file.read(path) == self._content for path in self._copies()
        )

    def _copies(self) -> tuple[Path, Path]:
        return self.path, vault_file.copy_of(self.path)

    @property
    def identity(self) -> str:
        """Random, the same for a profile and its backups."""
        return self._content.identity

    @property
    def logins(self) -> tuple[str, ...]:
        """The officers who can open this profile, in alphabetical order."""
        return tuple(sorted(login for login in self._content.slots if login != RECOVERY))

    @property
    def has_recovery_key(self) -> bool:
        """Whether a recovery key was made."""
        return RECOVERY in self._content.slots

    def secrets_of(self, login: str) -> tuple[str, ...]:
        """Return the names of an officer's own secrets."""
        return tuple(sorted(self._slot(login).sealed))

    def unlock(self, login: str | None, passphrase: str) -> bytes:
        """Return the master key. ``login`` may be left out where there is one officer.

        Raises ``Locked``: "wrong-passphrase", "which-officer", "unknown-officer".
        """
        return self._open(self._login(login), passphrase).master

    def unlock_with_recovery(self, typed: str) -> bytes:
        """Return the master key for the printed recovery key. Raises ``Locked``."""
        if not self.has_recovery_key:
            raise Locked(
                "no-recovery-key",
                N_("No recovery key was made for this desk."),
                hint=N_("Ask a colleague who can open this desk to give you a new passphrase."),
            )
        return self._open(RECOVERY, read_recovery_key(typed)).master

    def add_officer(self, master: bytes, login: str, passphrase: str, cost: Cost) -> None:
        """Give an officer a slot. Raises ``Refused`` for a login that is taken or unfit."""
        if not _LOGIN.fullmatch(login):
            raise Refused(
                "unfit-login",
                N_("A login has small letters, digits, dots and dashes, forty at most."),
                field="login",
            )
        if login in self._content.slots:
            raise Refused(
                "login-taken",
                N_("There is already an officer with the login “{login}” on this laptop."),
                field="login",
                params={"login": login},
            )
        self._add(login, master, passphrase, cost)

    def make_recovery_key(self, master: bytes, cost: Cost) -> str:
        """Make the recovery key, printed once; an earlier one stops working."""
        printed = recovery_key(self._random)
        self._add(RECOVERY, master, read_recovery_key(printed), cost)
        return printed

    def change_passphrase(self, login: str, old: str, new: str, cost: Cost) -> None:
        """Re-wrap the master key and the officer's secrets under a new passphrase.

        The new slot is re-opened from the disk before the old one is dropped.
        """
        slot = self._slot(login)
        opened = self._open(login, old)
        secrets = {name: _unsealed(self, login, opened, name) for name in slot.sealed}
        self._add(login, opened.master, new, cost, secrets)

    def set_passphrase(self, master: bytes, login: str, new: str, cost: Cost) -> tuple[str, ...]:
        """Give an officer a new passphrase without the old; return the secrets so lost."""
        lost = self.secrets_of(login)
        self._add(login, master, new, cost)
        return lost

    def remove_officer(self, login: str) -> None:
        """Remove a disabled officer's slot. Raises ``Refused`` for the last one."""
        self._slot(login)
        if self.logins == (login,):
            raise Refused(
                "last-officer",
                N_("The last officer of a laptop cannot be removed: nobody could open it."),
                hint=N_("Add another officer first."),
            )
        slots = {name: slot for name, slot in self._content.slots.items() if name != login}
        self._save(slots, lambda content: None)

    def seal(self, login: str, passphrase: str, name: str, secret: bytes) -> None:
        """Keep a secret that only this officer's passphrase opens."""
        opened = self._open(login, passphrase)
        self._seal_all(login, opened, {name: secret})

    def unseal(self, login: str, passphrase: str, name: str) -> bytes:
        """Return an officer's own secret. Raises ``Locked``, ``NotFound``, ``FileRefused``."""
        if name not in self._slot(login).sealed:
            raise NotFound(
                "no-such-secret",
                N_("This officer has no such key on this laptop."),
                hint=N_("The administrator can make one."),
            )
        return _unsealed(self, login, self._open(login, passphrase), name)

    def _login(self, login: str | None) -> str:
        if login is not None:
            return login
        if len(self.logins) == 1:
            return self.logins[0]
        raise Locked(
            "which-officer",
            N_("Several officers use this desk: say which one you are."),
            hint=N_("One of: {logins}."),
            params={"logins": ", ".join(self.logins)},
        )

    def _slot(self, login: str) -> Slot:
        found = self._content.slots.get(login)
        if found is None:
            raise Locked(
                "unknown-officer",
                N_("No officer with the login “{login}” can open this desk."),
                hint=N_("Check the login, or ask an administrator of this laptop."),
                params={"login": login},
            )
        return found

    def _open(self, login: str, passphrase: str) -> _Opened:
        slot = self._slot(login)
        stretched_key = stretched(passphrase, slot.salt, slot.cost)
        try:
            master = AESGCM(derived(stretched_key, "wrap")).decrypt(
                slot.wrapped.nonce, slot.wrapped.content, _bound(self, login, slot)
            )
        except InvalidTag as error:
            raise Locked(
                "wrong-passphrase",
                N_("The passphrase is not the right one."),
                hint=N_("Nothing was changed. Check the keyboard and capital letters."),
                field="passphrase",
            ) from error
        return _Opened(master, derived(stretched_key, "secrets"))

    def _add(
        self,
        login: str,
        master: bytes,
        passphrase: str,
        cost: Cost,
        secrets: Mapping[str, bytes] = {},
    ) -> None:
        if not passphrase:
            raise Refused(
                "empty-passphrase", N_("A passphrase cannot be empty."), field="passphrase"
            )
        bare = Slot(self._random(SALT_SIZE), cost.checked(), Sealed(b"", b""), {})
        stretched_key = stretched(passphrase, bare.salt, cost)
        nonce = self._random(12)
        wrapped = AESGCM(derived(stretched_key, "wrap")).encrypt(
            nonce, master, _bound(self, login, bare)
        )
        opened = _Opened(master, derived(stretched_key, "secrets"))
        slot = replace(bare, wrapped=Sealed(nonce, wrapped))
        slot = replace(slot, sealed=self._sealed(login, slot, opened, secrets))

        def check(written: "Vault") -> None:
            again = written._open(login, passphrase)
            kept = {name: _unsealed(written, login, again, name) for name in secrets}
            if again.master != master or kept != dict(secrets):
                raise vault_file.damaged()

        self._save({**self._content.slots, login: slot}, check)

    def _seal_all(self, login: str, opened: _Opened, secrets: Mapping[str, bytes]) -> None:
        slot = self._slot(login)
        sealed = self._sealed(login, slot, opened, secrets)
        slots = {**self._content.slots, login: replace(slot, sealed={**slot.sealed, **sealed})}

        def check(written: "Vault") -> None:
            kept = {name: _unsealed(written, login, opened, name) for name in secrets}
            if kept != dict(secrets):
                raise vault_file.damaged()

        self._save(slots, check)

    def _sealed(
        self, login: str, slot: Slot, opened: _Opened, secrets: Mapping[str, bytes]
    ) -> dict[str, Sealed]:
        cipher = AESGCM(opened.secrets_key)
        sealed = {}
        for name, secret in secrets.items():
            nonce = self._random(12)
            bound = _bound(self, login, slot, name)
            sealed[name] = Sealed(nonce, cipher.encrypt(nonce, secret, bound))
        return sealed

    def _save(self, slots: dict[str, Slot], check: Callable[["Vault"], None]) -> None:
        content = replace(self._content, slots=slots)
        encoded = vault_file.encoded(content)

        def reopen(aside: Path) -> None:
            check(Vault(aside, vault_file.read(aside), self._random))

        # The copy first: when the disk fails in between, the vault itself is as before.
        write_aside(vault_file.copy_of(self.path), encoded, check=reopen)
        write_aside(self.path, encoded)
        self._content = content


def _bound(vault: Vault, login: str, slot: Slot, secret: str = "") -> bytes:
    """What a sealed value is bound to: it opens nowhere else, nor with other parameters."""
    cost = slot.cost
    words = (vault.identity, login, secret, cost.memory_kib, cost.passes, cost.lanes)
    return "\x1f".join(map(str, words)).encode() + slot.salt


def _unsealed(vault: Vault, login: str, opened: _Opened, name: str) -> bytes:
    slot = vault._slot(login)
    sealed = slot.sealed[name]
    try:
        return AESGCM(opened.secrets_key).decrypt(
            sealed.nonce, sealed.content, _bound(vault, login, slot, name)
        )
    except InvalidTag as error:
        raise FileRefused(
            "secret-damaged",
            N_("The officer's own key in this desk is damaged."),
            hint=N_("Nothing was changed. The administrator can make a new one."),
        ) from error
