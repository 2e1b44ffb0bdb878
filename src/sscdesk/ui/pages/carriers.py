"""Where a file for a partner may be put: sticks that are plugged in, folders, free names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QStorageInfo

ENDING = ".sscsync"

_CITIES = {"MA": "rabat", "CI": "abidjan", "ML": "bamako", "SN": "dakar"}
"""As they stand in file names, which every system and mail program must bear."""

_OF_STICKS = ("fat", "msdos")
"""In the names of the file systems that sticks have (FAT32, exFAT, vfat)."""
_OF_THE_SYSTEM = ("/boot", "/efi")


@dataclass(frozen=True, slots=True)
class Stick:
    """A medium that is plugged in."""

    name: str
    folder: str
    free: int
    """Bytes."""


def sticks() -> tuple[Stick, ...]:
    """Return the sticks that are plugged in and can be written (in a worker: it may wait)."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        kind = bytes(volume.fileSystemType().data()).decode("ascii", "replace").casefold()
        root = volume.rootPath()
        if not volume.isReady() or volume.isReadOnly() or volume.isRoot():
            continue
        if any(part in kind for part in _OF_STICKS) and not root.startswith(_OF_THE_SYSTEM):
            found.append(Stick(volume.displayName(), root, volume.bytesAvailable()))
    return tuple(found)


def documents_folder() -> str:
    """Return the folder of documents of this user."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return QStandardPaths.writableLocation(place) or str(Path.home())


def file_name(office: str, partners: Sequence[str], day: date) -> str:
    """Return a name that says who made the file, for whom, and when."""
    towards = _CITIES.get(partners[0], "desk") if len(partners) == 1 else "partners"
    return f"{_CITIES.get(office, 'desk')}-{towards}-{day.isoformat()}{ENDING}"


def free_name(folder: Path, name: str) -> str:
    """Return ``name``, or one with a number where a file of that name is there already."""
    stem = name.removesuffix(ENDING)
    taken, number = name, 1
    while _exists(folder / taken) or _exists(folder / f"{stem_of(taken)}-1of2{ENDING}"):
        number += 1
        taken = f"{stem}-{number}{ENDING}"
    return taken


def stem_of(name: str) -> str:
    """Return a name without its ending."""
    return name.removesuffix(ENDING)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
