"""What a look at the profile found: never an exception, always with a way on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sscdesk.model.text import N_


class Repair(StrEnum):
    """What mends a finding; ``LABELS`` has the words."""

    NOTHING = "nothing"
    MOVE_PROFILE = "move-profile"
    RESTORE_BACKUP = "restore-backup"
    REBUILD_INDEXES = "rebuild-indexes"
    REBUILD_SEARCH = "rebuild-search"
    REQUEST_ATTACHMENT = "request-attachment"
    DELETE_UNREFERENCED = "delete-unreferenced"
    MEND_VAULT = "mend-vault"


LABELS = {
    Repair.NOTHING: "",
    Repair.MOVE_PROFILE: N_("Move the desk's folder to a place that no program copies."),
    Repair.RESTORE_BACKUP: N_("Restore the last backup into an empty folder."),
    Repair.REBUILD_INDEXES: N_("Build the indexes again; nothing recorded is changed."),
    Repair.REBUILD_SEARCH: N_("Build the search index again; nothing recorded is changed."),
    Repair.REQUEST_ATTACHMENT: N_("Attach the file again, or ask the office that has it."),
    Repair.DELETE_UNREFERENCED: N_("Delete the files that no record refers to any more."),
    Repair.MEND_VAULT: N_("Write the second copy of the keys' file again."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; ``message`` is a msgid with the named placeholders of ``params``."""

    code: str
    message: str
    repair: Repair
    params: Mapping[str, object] = field(default_factory=dict)
    serious: bool = True
    """False for what is only worth knowing."""
