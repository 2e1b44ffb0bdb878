"""Documents kept with a record: encrypted files, named by their content."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sscdesk.application.file_names import safe_name
from sscdesk.application.media import media_type_of
from sscdesk.application.reading import require_row, resolve
from sscdesk.application.viewing import stamp
from sscdesk.application.views import Stamp
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.model.values import Value

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sscdesk.application.workspace import Workspace


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """One document of a record."""

    id: str
    ref: str
    file_name: str
    title: str
    kind: str
    media_type: str
    size: int
    """Bytes."""
    sha256: str
    owner: str
    present: bool
    """False where the file was left out of what another office sent."""
    added: Stamp


def attach(
    w: "Workspace",
    ref: str,
    path: Path,
    kind: str | None = None,
    title: str = "",
    extra: dict[str, Value] | None = None,
) -> AttachmentView:
    """Keep a copy of a file with a record; the type is read from its content.

    Raises ``Refused`` ("attachment-too-large"), ``NotFound``, ``MachineFailed``.
    """
    if not path.is_file():
        raise _no_file(str(path.name))
    return _keep(w, ref, path.name, path, kind, title, extra)


def attach_bytes(
    w: "Workspace", ref: str, name: str, content: bytes, kind: str | None = None, title: str = ""
) -> AttachmentView:
    """Keep what the desk made itself, as a document of a record."""
    return _keep(w, ref, name, content, kind, title, None)


def _keep(
    w: "Workspace",
    ref: str,
    name: str,
    source: Path | bytes,
    kind: str | None,
    title: str,
    extra: dict[str, Value] | None,
) -> AttachmentView:
    name = safe_name(name)
    stored = w.blobs.put(source, title or name)
    values: dict[str, Value] = {
        "file_name": name,
        "title": title or None,
        "kind": kind or "other",
        "media_type": media_type_of(w.blobs.blocks(stored.sha256), name),
        "size": stored.size,
        "sha256": stored.sha256,
        **(extra or {}),
    }
    with w.unit(N_("Attach a document")) as unit:
        _, identifier = resolve(unit.connection, ref)
        made = unit.create("attachment", {**values, "record": identifier})
        unit.summary_records.add(identifier)
        view = _view(w, unit.connection, made)
    return view


def attachments(w: "Workspace", ref: str) -> tuple[AttachmentView, ...]:
    """Return the documents of a record, the oldest first."""
    with w.read() as connection:
        _, identifier = resolve(connection, ref)
        found = connection.exec_driver_sql(
            "SELECT id FROM attachment WHERE record = ? AND deleted = 0 ORDER BY created_at, id",
            (identifier,),
        ).scalars()
        return tuple(_view(w, connection, each) for each in list(found))


def content(w: "Workspace", attachment_id: str) -> bytes:
    """Return a document, verified. Raises ``FileRefused`` when it is missing or damaged."""
    with w.read() as connection:
        row = require_row(connection, "attachment", attachment_id)
    return w.blobs.read(str(row["sha256"]), str(row["file_name"]))


def save(w: "Workspace", ref: str, name: str, destination: Path) -> None:
    """Write a document of a record, in clear, to a file outside."""
    found = _named(w, ref, name)
    w.blobs.save(found.sha256, destination, found.file_name)


def detach(w: "Workspace", ref: str, name: str) -> None:
    """Put a document into the bin; its content stays for whoever takes it out again."""
    found = _named(w, ref, name)
    with w.unit(N_("Remove a document")) as unit:
        unit.delete("attachment", found.id)
        unit.summary_records.add(resolve(unit.connection, ref)[1])


def _named(w: "Workspace", ref: str, name: str) -> AttachmentView:
    for found in attachments(w, ref):
        if name in (found.file_name, found.id, found.ref):
            return found
    raise _no_file(name)


def _view(w: "Workspace", connection: "Connection", identifier: str) -> AttachmentView:
    row = require_row(connection, "attachment", identifier)
    return AttachmentView(
        id=identifier,
        ref=str(row["ref"]),
        file_name=str(row["file_name"]),
        title=str(row["title"] or ""),
        kind=str(row["kind"] or "other"),
        media_type=str(row["media_type"]),
        size=int(row["size"]),
        sha256=str(row["sha256"]),
        owner=str(row["owner"]),
        present=w.blobs.has(str(row["sha256"])),
        added=stamp(connection, row, "created"),
    )


def _no_file(name: str) -> NotFound:
    return NotFound(
        "no-such-file",
        N_("There is no file called “{name}” here."),
        hint=N_("Nothing was changed. Check the name."),
        params={"name": name},
    )
