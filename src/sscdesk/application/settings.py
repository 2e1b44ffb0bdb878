"""Small facts of this laptop and of its officers, kept in the encrypted file."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

DESK = "desk"
"""The scope of what holds for this laptop."""


def get(connection: Connection, scope: str, key: str, default: str = "") -> str:
    """Return a setting."""
    found = connection.exec_driver_sql(
        "SELECT value FROM setting WHERE scope = ? AND key = ?", (scope, key)
    ).scalar()
    return default if found is None else str(found)


def put(connection: Connection, scope: str, key: str, value: str) -> None:
    """Keep a setting."""
    connection.exec_driver_sql(
        "INSERT INTO setting (scope, key, value) VALUES (?, ?, ?) "
        "ON CONFLICT (scope, key) DO UPDATE SET value = excluded.value",
        (scope, key, value),
    )


def read(w: "Workspace", key: str, default: str = "") -> str:
    """Return what this officer chose, on this laptop."""
    with w.read() as connection:
        return get(connection, f"officer:{w.login}", key, default)


def write(w: "Workspace", key: str, value: str) -> None:
    """Keep what this officer chose, on this laptop."""
    with w.exclusive() as connection:
        put(connection, f"officer:{w.login}", key, value)
