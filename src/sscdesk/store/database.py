"""The encrypted database file and its transactions.

Every connection is opened with the raw 32-byte master key. Reads see one consistent
state; a write takes the file's lock at once, opens the guard that the triggers ask,
and either commits whole or leaves nothing.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from sscdesk.model.base import Base, record_kinds, row_classes
from sscdesk.model.refusal import DeskError, FileRefused, Locked, MachineFailed
from sscdesk.model.text import N_
from sscdesk.store import schema

BUSY_SECONDS = 20


class Database:
    """One encrypted SQLite file; connections are per thread and short-lived."""

    def __init__(self, path: Path, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("the master key has 32 bytes")
        self.path = path
        self.key = key
        """The master key, for backups: a copy is encrypted under the same key."""
        self.engine = self._engine()

    def _engine(self) -> Engine:
        engine = create_engine(
            "sqlite://",
            creator=self._connect,
            module=sqlcipher,
            poolclass=QueuePool,
            pool_size=6,
            max_overflow=10,
        )
        event.listen(engine, "begin", _begin)
        return engine

    def _connect(self) -> Any:
        connection = sqlcipher.connect(
            str(self.path),
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_SECONDS,
            cached_statements=256,
        )
        cursor = connection.cursor()
        # Its own log would go to standard error; what fails is told in words instead.
        cursor.execute("PRAGMA cipher_log_level = NONE")
        cursor.execute(f"PRAGMA key = \"x'{self.key.hex()}'\"")
        cursor.execute("PRAGMA cipher_memory_security = OFF")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("PRAGMA cache_size = -65536")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute("PRAGMA trusted_schema = OFF")
        # An empty file stays locked by its first statement unless that one reads.
        cursor.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        # What a search found, for the list that pages through it; in memory, never in the file.
        cursor.execute("CREATE TEMP TABLE found (num INTEGER PRIMARY KEY)")
        cursor.close()
        return connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Read one consistent state of the file."""
        with translated_errors(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Write in one transaction; on any exception nothing is left."""
        with translated_errors(), self.engine.connect() as plain:
            connection = plain.execution_options(desk_write=True)
            with connection.begin():
                connection.execute(text("UPDATE guard SET open = 1"))
                yield connection
                connection.execute(text("UPDATE guard SET open = 0"))

    def create(self) -> None:
        """Make all tables, indexes and guards in a new file."""
        assert record_kinds()
        with translated_errors(), self.engine.begin() as connection:
            for metadata in (schema.system, Base.metadata):
                metadata.create_all(connection)
            connection.execute(text("INSERT INTO guard (open) VALUES (0)"))
            for statement in guard_triggers(Base.metadata):
                connection.execute(text(statement))
            connection.execute(text(f"PRAGMA user_version = {schema.SCHEMA_VERSION}"))

    def version(self) -> int:
        """Return the number of the schema in the file."""
        with self.read() as connection:
            return int(connection.execute(text("PRAGMA user_version")).scalar_one())

    def close(self) -> None:
        """Close all connections; the file may be moved afterwards."""
        self.engine.dispose()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("desk_write") else "BEGIN")


def guard_triggers(metadata: MetaData) -> Iterator[str]:
    """Yield the triggers that refuse a write to a replicated table outside a unit of work."""
    replicated = set(row_classes())
    for table in metadata.tables.values():
        if table.name not in replicated:
            continue
        yield from guards_of(table.name)


def guards_of(table: str) -> Iterator[str]:
    """Yield the triggers of one table; a step that makes a table runs them too."""
    for verb in ("INSERT", "UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER IF NOT EXISTS guard_{table}_{verb.lower()} "  # noqa: S608 - ours
            f'BEFORE {verb} ON "{table}" WHEN (SELECT open FROM guard) IS NOT 1 '
            "BEGIN SELECT RAISE(ABORT, 'outside a unit of work'); END"
        )


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn the driver's errors into the desk's, where the file or the machine is at fault."""
    try:
        yield
    except DatabaseError as error:
        told = _told(error)
        if told is None:
            raise
        raise told from error
    except sqlcipher.DatabaseError as error:
        told = _told_driver(error)
        if told is None:
            raise
        raise told from error


def _told(error: DatabaseError) -> DeskError | None:
    if isinstance(error.orig, sqlcipher.Error | sqlite3.Error):
        return _told_driver(error.orig)
    return None if not isinstance(error, OperationalError) else _machine("database-error")


def _told_driver(error: BaseException) -> DeskError | None:
    message = str(error)
    if "disk is full" in message or "disk I/O" in message or "readonly" in message:
        return _machine("disk-full" if "full" in message else "disk-error")
    if "unable to open" in message:
        return _machine("disk-error")
    if "locked" in message or "busy" in message:
        return Locked(
            "profile-in-use",
            N_("Another program is using this desk."),
            hint=N_("Nothing was changed. Close the other program, then try again."),
        )
    if "fts5: corruption" in message:
        return FileRefused(
            "search-damaged",
            N_("The search index of this desk is damaged; what was recorded is whole."),
            hint=N_("Nothing was changed. Let the desk check and repair itself (Settings)."),
        )
    if "malformed" in message or "not a database" in message or "hmac" in message.lower():
        return FileRefused(
            "database-damaged",
            N_("The desk's file is damaged or its key does not fit."),
            hint=N_("Nothing was changed. Restore the last backup, or ask your administrator."),
        )
    return None


def _machine(code: str) -> MachineFailed:
    if code == "disk-full":
        return MachineFailed(
            code,
            N_("The disk is full: this change could not be saved."),
            hint=N_("What was saved before is safe. Free some space, then try again."),
        )
    return MachineFailed(
        code,
        N_("The disk did not answer: this change could not be saved."),
        hint=N_("What was saved before is safe. Check the disk, then try again."),
    )
