"""The vault on disk: ``vault.json`` and its copy, read with limits, written whole.

A checksum tells a damaged file from a wrong passphrase; the copy is there because the
profile is lost without its vault.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from sscdesk.model.refusal import FileRefused, Locked, MachineFailed, NotFound
from sscdesk.model.text import N_
from sscdesk.store.derivation import KEY_SIZE, SALT_SIZE, Cost
from sscdesk.store.files import read_whole

FORMAT = 1
RECOVERY = "!recovery"
"""The slot of the recovery key; no officer can have this login."""

MOST_BYTES = 4 << 20
_MOST_SLOTS = 200
_MOST_SECRETS = 50


@dataclass(frozen=True, slots=True)
class Sealed:
    """A nonce and what AES-256-GCM made of a secret."""

    nonce: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to open the vault."""

    salt: bytes
    cost: Cost
    wrapped: Sealed
    sealed: dict[str, Sealed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VaultContent:
    """All that the file holds."""

    identity: str
    slots: dict[str, Slot]


class _Head(msgspec.Struct):
    format: int


class _SlotOnDisk(msgspec.Struct):
    memory_kib: int
    passes: int
    lanes: int
    salt: str
    nonce: str
    wrapped: str
    sealed: dict[str, tuple[str, str]] = {}


class _VaultOnDisk(msgspec.Struct):
    format: int
    identity: str
    slots: dict[str, _SlotOnDisk]
    check: str = ""
    """SHA-256 of the rest, written compactly: tells damage from a wrong passphrase."""


def copy_of(path: Path) -> Path:
    """Return the path of the second copy."""
    return path.with_name(f"{path.stem}-copy{path.suffix}")


def encoded(content: VaultContent) -> bytes:
    """Return the bytes of the file."""
    on_disk = _VaultOnDisk(
        FORMAT, content.identity, {login: _to_disk(slot) for login, slot in content.slots.items()}
    )
    on_disk.check = _checksum(on_disk)
    return msgspec.json.format(msgspec.json.encode(on_disk), indent=1)


def _checksum(on_disk: _VaultOnDisk) -> str:
    bare = msgspec.structs.replace(on_disk, check="")
    return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()


def read_with_copy(path: Path) -> VaultContent:
    """Read the vault, or its copy where the first is missing or damaged."""
    try:
        return read(path)
    except (FileRefused, MachineFailed, NotFound):
        try:
            return read(copy_of(path))
        except (FileRefused, MachineFailed, NotFound):
            pass
        raise


def read(path: Path) -> VaultContent:
    """Read one file. Raises ``FileRefused`` ("vault-damaged"), ``Locked``, ``NotFound``."""
    if not path.exists():
        raise NotFound(
            "no-profile",
            N_("There is no desk in this folder."),
            hint=N_("Choose the folder of a desk, or make a new one."),
        )
    body = read_whole(path, MOST_BYTES)
    _check_format(body)
    try:
        on_disk = msgspec.json.decode(body, type=_VaultOnDisk)
        if on_disk.check != _checksum(on_disk):
            raise damaged()
        return _from_disk(on_disk)
    except (msgspec.MsgspecError, ValueError) as error:
        raise damaged() from error


def damaged() -> FileRefused:
    """Return the refusal of a vault that cannot be trusted."""
    return FileRefused(
        "vault-damaged",
        N_("The file that keeps this desk's keys is damaged."),
        hint=N_("Nothing was changed. Restore the last backup into an empty folder."),
    )


def _check_format(body: bytes) -> None:
    try:
        number = msgspec.json.decode(body, type=_Head).format
    except (msgspec.MsgspecError, ValueError) as error:
        raise damaged() from error
    if number > FORMAT:
        raise Locked(
            "newer-version",
            N_("This desk was written by a newer version of the program."),
            hint=N_("Nothing was changed. Install the newest version, then open it again."),
        )


def _to_disk(slot: Slot) -> _SlotOnDisk:
    return _SlotOnDisk(
        memory_kib=slot.cost.memory_kib,
        passes=slot.cost.passes,
        lanes=slot.cost.lanes,
        salt=_text(slot.salt),
        nonce=_text(slot.wrapped.nonce),
        wrapped=_text(slot.wrapped.content),
        sealed={
            name: (_text(sealed.nonce), _text(sealed.content))
            for name, sealed in slot.sealed.items()
        },
    )


def _from_disk(on_disk: _VaultOnDisk) -> VaultContent:
    if len(on_disk.slots) > _MOST_SLOTS or not on_disk.slots:
        raise damaged()
    return VaultContent(
        on_disk.identity, {login: _slot(slot) for login, slot in on_disk.slots.items()}
    )


def _slot(on_disk: _SlotOnDisk) -> Slot:
    if len(on_disk.sealed) > _MOST_SECRETS:
        raise damaged()
    return Slot(
        salt=_bytes(on_disk.salt, SALT_SIZE),
        cost=Cost(on_disk.memory_kib, on_disk.passes, on_disk.lanes).checked(),
        wrapped=Sealed(_bytes(on_disk.nonce, 12), _bytes(on_disk.wrapped, KEY_SIZE + 16)),
        sealed={
            name: Sealed(_bytes(nonce, 12), _bytes(content))
            for name, (nonce, content) in on_disk.sealed.items()
        },
    )


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str, size: int | None = None) -> bytes:
    content: Any = base64.b64decode(text, validate=True)
    if size is not None and len(content) != size:
        raise damaged()
    return bytes(content)
