"""What one screen may ask of Synchronise and Reports, given to ``Desk.go`` with their names."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MakeFile:
    """Make a file for an office; for any where none is named."""

    office: str = ""


@dataclass(frozen=True, slots=True)
class OpenFiles:
    """See what is in files of other offices."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Settle what two offices wrote, of one record or of all."""

    record: str = ""


@dataclass(frozen=True, slots=True)
class NewReport:
    """Begin a report of a kind, perhaps about a record."""

    kind: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class VerifyPdf:
    """Verify a document; let the officer choose where none is named."""

    path: Path | None = None
