"""The refusals of a file that cannot be read, in one place so that they read alike."""

from sscdesk.model.refusal import FileRefused, Msg
from sscdesk.model.text import N_

SAVE_AGAIN = N_(
    "Nothing was changed. Open the file in Excel or LibreOffice, save it as .xlsx or .csv, "
    "and import that file."
)


def not_a_spreadsheet(kind: str, hint: str = SAVE_AGAIN) -> FileRefused:
    """The file is something else; ``kind`` is the msgid of what it is."""
    return FileRefused(
        "not-a-spreadsheet",
        N_("This file is not a spreadsheet: {kind}."),
        hint=hint,
        params={"kind": Msg(kind)},
    )


def damaged(kind: str) -> FileRefused:
    """The file begins like a spreadsheet and cannot be read to its end."""
    return FileRefused(
        "spreadsheet-damaged",
        N_("This spreadsheet ({kind}) is damaged or cut and cannot be read."),
        hint=N_("Nothing was changed. Ask for the file again, or open it in Excel and save it."),
        params={"kind": kind},
    )


def too_large(what: str, found: int, allowed: int) -> FileRefused:
    """A limit of ``Limits`` is passed; ``what`` is the msgid of what there is too much of."""
    return FileRefused(
        "file-too-large",
        N_("This file holds {found} {what}; {allowed} are read at most."),
        hint=N_("Nothing was changed. Cut the file in several and import them one after another."),
        params={"what": Msg(what), "found": found, "allowed": allowed},
    )
