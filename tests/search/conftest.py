"""A real encrypted database with an empty index."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from sscdesk.search.index import Entry, create_index, index_rows
from sscdesk.store.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "sscdesk.db", bytes(range(32)))
    database.create()
    yield database
    database.close()


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A write in progress."""
    with database.write() as connection:
        create_index(connection)
        yield connection


def person(record: str, title: str, body: str = "") -> Entry:
    """A person as the application indexes them: a line for each part of the title."""
    return Entry(record, record, "person", title, body)


def organisation(record: str, title: str, body: str = "") -> Entry:
    return Entry(record, record, "organisation", title, body)


def keep(connection: Connection, *entries: Entry) -> None:
    index_rows(connection, entries)
