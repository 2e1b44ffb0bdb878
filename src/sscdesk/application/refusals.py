"""Remembering the files that were refused, and why, for the register of exchanged files."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sscdesk.application import auditing
from sscdesk.i18n import error_text
from sscdesk.model.refusal import FileRefused

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

FILE_REFUSED = "file-refused"
LONGEST_NAME = 80


@contextmanager
def remembered(w: "Workspace", paths: Sequence[Path]) -> Iterator[None]:
    """Enter a refusal inside the block in the trail, then let it through."""
    try:
        yield
    except FileRefused as error:
        name = ", ".join(path.name for path in paths)[:LONGEST_NAME]
        with w.exclusive() as connection:
            at = auditing.now_text(w)
            reason = error_text(error)
            auditing.note(connection, w.actor, at, FILE_REFUSED, "", f"{name}\n{reason}")
        raise
