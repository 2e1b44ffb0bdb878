"""Taking files in and giving them out again; runs in a worker."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sscdesk.application import attachments
from sscdesk.application.attachments import AttachmentView
from sscdesk.model.refusal import DeskError, FileRefused
from sscdesk.ui.widgets.pictures import Picture, draw, shrunk

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

PREVIEW_WIDTH = 900
SHRINK_FROM = 600_000
SHRINK_UP_TO = 100_000_000
"""Photographs below and above these sizes, in bytes, are kept as they are."""
_PHOTOGRAPHS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of files that were let go over a record."""

    kept: tuple[AttachmentView, ...]
    refused: tuple[tuple[str, DeskError], ...]


def draw_document(w: "Workspace", item: AttachmentView, page: int) -> Picture:
    """Return a page of a document as a picture."""
    return draw(attachments.content(w, item.id), item.media_type, page, PREVIEW_WIDTH)


def save_document(w: "Workspace", *, ref: str, name: str, path: str) -> str:
    """Write a document to a file outside and return where."""
    attachments.save(w, ref, name, Path(path))
    return path


def attach_files(w: "Workspace", *, ref: str, paths: tuple[str, ...], shrink: bool) -> Attached:
    """Keep copies of files with a record; one that is refused keeps no other from coming in."""
    kept: list[AttachmentView] = []
    refused: list[tuple[str, DeskError]] = []
    for path in map(Path, paths):
        try:
            kept.append(_attach_one(w, ref, path, shrink))
        except DeskError as error:
            refused.append((path.name, error))
    return Attached(tuple(kept), tuple(refused))


def _attach_one(w: "Workspace", ref: str, path: Path, shrink: bool) -> AttachmentView:
    is_photo = path.suffix.lower() in _PHOTOGRAPHS
    small = _shrunk(path) if shrink and is_photo else None
    if small is not None:
        return attachments.attach_bytes(w, ref, f"{path.stem}.jpg", small, kind="photo")
    return attachments.attach(w, ref, path, kind="photo" if is_photo else None)


def _shrunk(path: Path) -> bytes | None:
    """Return a photograph made smaller; None where it is kept as it is."""
    try:
        if not SHRINK_FROM < path.stat().st_size < SHRINK_UP_TO:
            return None
        return shrunk(path.read_bytes(), _PHOTOGRAPHS[path.suffix.lower()])
    except (OSError, FileRefused):
        return None
