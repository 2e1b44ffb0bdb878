"""Files of other offices, dragged over a window."""

from pathlib import Path

from PySide6.QtCore import QMimeData

OFFICE_ENDINGS = (".sscsync", ".ssccard")


def files_of_offices(dragged: QMimeData) -> tuple[Path, ...]:
    """Return the files of other offices among what is dragged; empty when others are there."""
    paths = [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
    theirs = [path for path in paths if path.suffix.lower() in OFFICE_ENDINGS]
    return tuple(theirs) if len(theirs) == len(paths) else ()
