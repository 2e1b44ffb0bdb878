"""The one way to say no.

Four families (docs/architecture.md): a *refusal* by a rule of the domain, a *file
refused* because of what came from outside, *locked*, and a *machine failure*. Each
carries a stable English code, a translatable message with named placeholders, the
field it concerns and what to do next; the faces translate and show it. An exception
outside this family is a defect of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line; a fixed contract."""

    DONE = 0
    REFUSED = 1
    WRONG_CALL = 2
    FILE_REFUSED = 3
    LOCKED = 4
    MACHINE = 5


class DeskError(Exception):
    """Something that the officer is told, in words, with the next step.

    ``message`` and ``hint`` are msgids (English, marked with ``N_``) with named
    placeholders ``{name}`` filled from ``params``. A parameter whose value is a
    ``Msg`` is itself translated, a ``Coded`` one is shown by its label.
    ``field`` names the field concerned, else None; ``part_id`` the row inside the
    record where that field stands.
    """

    exit_code = ExitCode.REFUSED

    def __init__(
        self,
        code: str,
        message: str,
        *,
        hint: str = "",
        field: str | None = None,
        part_id: str | None = None,
        params: Mapping[str, object] | None = None,
        also: "tuple[DeskError, ...]" = (),
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.hint = hint
        self.field = field
        self.part_id = part_id
        self.params = dict(params or {})
        self.also = also
        """Further refusals found in the same go (one per field)."""


class Msg(str):
    """A parameter of a message that is itself a msgid to translate."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Coded:
    """A parameter of a message that is a code of a vocabulary, shown by its label."""

    list_name: str
    code: str

    def __str__(self) -> str:
        return self.code


class Refused(DeskError):
    """A rule of the domain says no: not the right, wrong state, missing field."""


class NotFound(DeskError):
    """Nothing like it found, or a wrong call."""

    exit_code = ExitCode.WRONG_CALL


class FileRefused(DeskError):
    """A file is damaged, cut, forged, from someone not trusted, or not for this office."""

    exit_code = ExitCode.FILE_REFUSED


class Locked(DeskError):
    """No or wrong passphrase, revoked officer, profile in use or of a newer version."""

    exit_code = ExitCode.LOCKED


class MachineFailed(DeskError):
    """Disk full, stick removed, no permission; nothing half done."""

    exit_code = ExitCode.MACHINE
