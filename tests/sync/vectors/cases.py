"""One vector: a file (or the parts of one), who reads it, and what must come of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .compose import SyncFile, line

Edit = tuple[Any, ...]
"""``("cut", length)``, ``("flip", offset, mask)``, ``("put", offset, bytes)``,
``("insert", offset, bytes)``, ``("delete", offset, count)``, ``("append", bytes)``;
offsets below zero count from the end."""


@dataclass(frozen=True)
class Case:
    """A vector; it opens when ``code`` is empty."""

    kind: str
    """``sync``, ``parts``, ``card`` or ``receipt``: what the reader was asked to open."""
    reason: str
    files: tuple[bytes, ...]
    reader: str = "bamako"
    code: str = ""
    found: dict[str, Any] = field(default_factory=dict)
    """Commits by standing; ``attachments``: how many."""
    edits: tuple[Edit, ...] = ()
    """What was done to ``files`` (one file, that of an opening vector) afterwards."""

    def contents(self) -> tuple[bytes, ...]:
        """The files as the reader gets them."""
        if not self.edits:
            return self.files
        data = self.files[0]
        for edit in self.edits:
            data = edited(data, edit)
        return (data,)


def edited(data: bytes, edit: Edit) -> bytes:
    """Do to a file what mail gateways, sticks and adversaries do."""
    verb, *rest = edit
    if verb == "append":
        return data + rest[0]
    place = rest[0] if rest[0] >= 0 else len(data) + rest[0]
    if verb == "cut":
        return data[:place]
    if verb == "flip":
        return data[:place] + bytes([data[place] ^ rest[1]]) + data[place + 1 :]
    if verb == "put":
        return data[:place] + rest[1] + data[place + len(rest[1]) :]
    if verb == "insert":
        return data[:place] + rest[1] + data[place:]
    assert verb == "delete"
    return data[:place] + data[place + rest[1] :]


def sync_case(
    reason: str,
    file: SyncFile,
    *,
    reader: str = "bamako",
    trusted: int = 0,
    attachments: int = 0,
    standings: dict[str, int] | None = None,
) -> Case:
    """A sync file that must open."""
    found: dict[str, Any] = dict(standings or {})
    if trusted:
        found["trusted"] = trusted
    if attachments:
        found["attachments"] = attachments
    return Case("sync", reason, (file.bytes(),), reader, found=found)


def parts_case(reason: str, files: Sequence[bytes], *, trusted: int) -> Case:
    """Parts that must make a file that opens."""
    return Case("parts", reason, tuple(files), found={"trusted": trusted})


def card_case(reason: str, card: bytes) -> Case:
    """A card that must open."""
    return Case("card", reason, (line("card") + card,))


def receipt_case(reason: str, receipt: bytes) -> Case:
    """A receipt that must open."""
    return Case("receipt", reason, (receipt,))


def refused(
    code: str, reason: str, file: SyncFile | bytes, reader: str = "bamako", kind: str = "sync"
) -> Case:
    """A file that must not open."""
    data = file if isinstance(file, bytes) else file.bytes()
    return Case(kind, reason, (data,), reader, code)
