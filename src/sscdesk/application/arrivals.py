"""What kind of file an officer has let go over the desk: told by its contents, never its name."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from sscdesk.model.refusal import FileRefused
from sscdesk.store.files import machine_errors
from sscdesk.sync.carrier import carriers_of, kind_of_carrier
from sscdesk.sync.firstline import Kind


class Arrived(StrEnum):
    """Where a file is to be opened."""

    SYNC = "sync"
    """A sync file, its parts, or an archive with some: also what no screen knows."""
    CARD = "card"
    RECEIPT = "receipt"
    """What another office says it holds, and asks for."""
    PDF = "pdf"


def arrived(paths: Sequence[Path]) -> Arrived:
    """Return what files are; what cannot be told is left to the reader of sync files to refuse.

    Raises ``MachineFailed``.
    """
    if len(paths) != 1:
        return Arrived.SYNC
    with machine_errors(), paths[0].open("rb") as stream:
        if stream.read(5) == b"%PDF-":
            return Arrived.PDF
    try:
        kinds = {kind_of_carrier(one) for one in carriers_of(paths[0])}
    except FileRefused:
        return Arrived.SYNC
    by_itself = {Kind.CARD: Arrived.CARD, Kind.RECEIPT: Arrived.RECEIPT}
    return by_itself.get(kinds.pop(), Arrived.SYNC) if len(kinds) == 1 else Arrived.SYNC
