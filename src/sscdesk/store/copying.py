"""Copies of the living database: taken in one consistent state, opened again, counted."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, text

from sscdesk.model.refusal import FileRefused
from sscdesk.model.text import N_
from sscdesk.store.database import Database, translated_errors
from sscdesk.store.files import machine_errors

RESTORED = "restored-from"
"""The setting that a restored file carries until its laptop has begun new streams."""

SIDES = ("-wal", "-shm", "-journal")
"""What SQLite may leave beside a database."""


def copy_database(database: Database, target: Path) -> None:
    """Copy one consistent state into ``target``, encrypted under the same key.

    SQLCipher gives a damaged page out as zeros, without an error, to the copying as to a
    query: so that the pages are verified first. Raises ``FileRefused``.
    """
    with database.read() as connection:
        require_pages(connection)
    with translated_errors():
        source = database.engine.raw_connection()
        try:
            copy = sqlcipher.connect(str(target), isolation_level=None)
            try:
                copy.execute(f"PRAGMA key = \"x'{database.key.hex()}'\"")
                copy.execute("PRAGMA synchronous = FULL")
                source.driver_connection.backup(copy)  # type: ignore[union-attr]
            finally:
                copy.close()
        finally:
            source.close()


@contextmanager
def opened_copy(path: Path, key: bytes) -> Iterator[Database]:
    """Open a copy; nothing is left beside it afterwards."""
    database = Database(path, key)
    try:
        yield database
    finally:
        database.close()
        remove_sides(path)


def remove_sides(path: Path) -> None:
    """Remove what SQLite left beside a database that is closed."""
    for side in SIDES:
        with suppress(FileNotFoundError), machine_errors():
            path.with_name(path.name + side).unlink(missing_ok=True)


def require_pages(connection: Connection) -> None:
    """Raise ``FileRefused`` ("database-damaged") unless every page is as it was written."""
    if connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is not None:
        raise _damaged()


def require_sound(connection: Connection) -> None:
    """Raise ``FileRefused`` ("database-damaged") unless SQLite finds the file in order."""
    require_pages(connection)
    if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
        raise _damaged()


def _damaged() -> FileRefused:
    return FileRefused(
        "database-damaged",
        N_("The desk's file, or the copy of it, is damaged."),
        hint=N_("Nothing was changed. Use the last good backup."),
    )


def row_counts(connection: Connection) -> dict[str, int]:
    """Return the number of rows of every table, without those of the search index."""
    names = connection.execute(
        text(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' "
            "AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
    ).scalars()
    return {name: _count(connection, name) for name in names.all()}


def _count(connection: Connection, name: str) -> int:
    quoted = name.replace('"', '""')
    return int(connection.exec_driver_sql(f'SELECT count(*) FROM "{quoted}"').scalar_one())  # noqa: S608


def mark_restored(database: Database, made_at: str) -> None:
    """Note in a restored file that its laptop must begin new streams (``restored_from``)."""
    with database.write() as connection:
        connection.execute(
            text("INSERT OR REPLACE INTO setting (scope, key, value) VALUES ('file', :k, :v)"),
            {"k": RESTORED, "v": made_at},
        )


def restored_from(connection: Connection) -> str | None:
    """Return when the backup was made that this file was restored from, until renewed.

    Whoever opens the profile must begin new streams before the first unit of work, since
    the old ones may have gone on elsewhere after the backup, and then call ``renewed``.
    """
    found = connection.execute(
        text("SELECT value FROM setting WHERE scope = 'file' AND key = :k"), {"k": RESTORED}
    ).scalar()
    return None if found is None else str(found)


def renewed(connection: Connection) -> None:
    """Note, in the transaction that began the new streams, that they have begun."""
    connection.execute(
        text("DELETE FROM setting WHERE scope = 'file' AND key = :k"), {"k": RESTORED}
    )
