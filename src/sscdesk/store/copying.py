"""Copies of the living database: taken in one consistent state, opened again, counted."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, text

from sscdesk.model.refusal import FileRefused
from sscdesk.model.text import N_
from sscdesk.store.database import BUSY_SECONDS, Database, translated_errors
from sscdesk.store.files import machine_errors

RESTORED = "restored-from"
"""The setting that a restored file carries until its laptop has begun new streams."""

_VERIFY_PAGES = "PRAGMA cipher_integrity_check"

SIDES = ("-wal", "-shm", "-journal")
"""What SQLite may leave beside a database."""


def copy_database(database: Database, target: Path) -> None:
    """Copy one consistent state into ``target``, encrypted under the same key.

    SQLCipher gives a damaged page out as zeros, without an error, to the copying as to a
    query: so that the pages are verified first. Raises ``FileRefused``.
    """
    if not pages_intact(database):
        raise _damaged()
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
def held_still(database: Database) -> Iterator[Path | None]:
    """Give the file itself, its log written into it, while nobody can write.

    None where a long read keeps the log busy. To be read only: the profile's lock sees to
    it that no other program relies on SQLite's locks, which end when any handle closes.
    """
    with translated_errors(), closing(database.engine.raw_connection()) as pooled:
        connection: Any = pooled.driver_connection
        _write_log_into_file(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield None if _log_size(database.path) else database.path
        finally:
            connection.execute("ROLLBACK")


def _write_log_into_file(connection: Any) -> None:
    connection.execute("PRAGMA busy_timeout = 300")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _log_size(path: Path) -> int:
    log = path.with_name(path.name + SIDES[0])
    return log.stat().st_size if log.exists() else 0


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


def pages_intact(database: Database) -> bool:
    """Say whether every page is as it was written, as far as it can be said now.

    While a long read keeps the log from being written into the file, the file lawfully
    has pages that the log alone holds: then a doubt is not held against it.
    """
    with translated_errors(), closing(database.engine.raw_connection()) as pooled:
        connection: Any = pooled.driver_connection
        _write_log_into_file(connection)
        broken = connection.execute(_VERIFY_PAGES).fetchone() is not None
    return not broken or _log_size(database.path) > 0


def require_sound(connection: Connection) -> None:
    """Raise ``FileRefused`` ("database-damaged") unless a copy, without log, is in order."""
    broken = connection.exec_driver_sql(_VERIFY_PAGES).first() is not None
    if broken or connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
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
