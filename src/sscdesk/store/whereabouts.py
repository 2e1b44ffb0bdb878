"""Places where a living database should not lie.

A program that copies folders to a cloud copies a database in the middle of a change, and
puts yesterday's file over today's (keepassxreboot/keepassxc#822).
"""

import os
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath

from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.store.finding import Finding, Repair

LONGEST_WINDOWS_PATH = 150
"""Windows programs open at most 259 characters; names inside the profile need the rest."""

_BY_NAME = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "iclouddrive": "iCloud",
    "icloud drive": "iCloud",
    "mobile documents": "iCloud",
    "pclouddrive": "pCloud",
    "pcloud drive": "pCloud",
    "mega": "MEGA",
    "megasync": "MEGA",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
    "box sync": "Box",
    "kdrive": "kDrive",
}
_BY_MARKER = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".stignore": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".megaignore": "MEGA",
    ".sync": "Resilio Sync",
    "seafile-ignore.txt": "Seafile",
}
_BY_PATTERN = {".sync_*.db": "Nextcloud", "._sync_*.db": "ownCloud"}
_BY_VARIABLE = {
    "OneDrive": "OneDrive",
    "OneDriveCommercial": "OneDrive",
    "OneDriveConsumer": "OneDrive",
}


def synchronised_by(folder: Path, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the name of the service that copies this folder elsewhere, if one shows."""
    folder = folder.absolute()
    for variable, service in _BY_VARIABLE.items():
        root = environ.get(variable)
        if root and folder.is_relative_to(Path(root)):
            return service
    for ancestor in (folder, *folder.parents):
        found = _by_name(ancestor.name) or _by_marker(ancestor)
        if found:
            return found
    return None


def _by_name(name: str) -> str | None:
    plain = name.casefold().split(" - ")[0].strip()
    return _BY_NAME.get(plain)


def _by_marker(folder: Path) -> str | None:
    for marker, service in _BY_MARKER.items():
        if _exists(folder / marker):
            return service
    for pattern, service in _BY_PATTERN.items():
        try:
            if next(folder.glob(pattern), None):
                return service
        except OSError:
            continue
    return None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def on_the_network(folder: Path) -> bool:
    """Say whether a Windows path lies on a share: two laptops' locks do not meet there."""
    return PureWindowsPath(folder).drive.startswith("\\\\")


def warnings(folder: Path, environ: Mapping[str, str] = os.environ) -> tuple[Finding, ...]:
    """Return what is unwise about keeping a profile in ``folder``."""
    found = []
    service = synchronised_by(folder, environ)
    if service:
        found.append(
            Finding(
                "folder-synchronised",
                N_("This desk lies in a folder that {service} copies: its work can be lost."),
                Repair.MOVE_PROFILE,
                {"service": service},
            )
        )
    if on_the_network(folder):
        found.append(
            Finding(
                "folder-on-network",
                N_("This desk lies on a shared drive: two programs could write it at once."),
                Repair.MOVE_PROFILE,
            )
        )
    return tuple(found)


def require_usable(folder: Path, windows: bool = os.name == "nt") -> None:
    """Refuse a path so long that files inside could not be opened. Raises ``Refused``."""
    if windows and len(str(folder)) > LONGEST_WINDOWS_PATH:
        raise Refused(
            "path-too-long",
            N_("The path of this folder is too long for Windows."),
            hint=N_("Nothing was made. Choose a folder nearer to the top of the disk."),
        )
