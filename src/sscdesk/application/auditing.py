"""The trail of what was signed, exported, imported, erased, revoked, and by whom.

It carries names as they were; an officer who leaves stays in it.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application.views import AuditLine
from sscdesk.model.lifecycle import Actor

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


def note(
    connection: Connection, actor: Actor, at: str, action: str, ref: str = "", detail: str = ""
) -> None:
    """Enter a line; ``action`` is a stable code, ``detail`` holds no personal data."""
    connection.exec_driver_sql(
        "INSERT INTO audit (at, officer, officer_name, action, ref, detail) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (at, actor.officer, actor.name, action, ref, detail),
    )


def audit(w: "Workspace", since: str = "") -> tuple[AuditLine, ...]:
    """Return the trail since a date (ISO), the oldest line first."""
    with w.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT at, officer_name, action, ref, detail FROM audit WHERE at >= ? ORDER BY id",
            (since,),
        )
        return tuple(AuditLine(*row) for row in rows)


def now_text(w: "Workspace") -> str:
    """Return this laptop's time as records hold it."""
    return w.clock().strftime("%Y-%m-%dT%H:%M:%SZ")
