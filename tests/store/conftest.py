"""Builders for the store's tests: real files, real encryption, cheap passphrases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from sscdesk.store import schema
from sscdesk.store.database import Database
from sscdesk.store.profile import Profile
from sscdesk.store.vault import TEST_COST

PASSPHRASE = "quatre chevaux mangent"


def a_database(path: Path, key: bytes) -> Database:
    """A new encrypted database with the desk's own tables."""
    database = Database(path, key)
    with database.engine.begin() as connection:
        schema.system.create_all(connection)
        connection.execute(schema.guard.insert().values(open=0))
        connection.execute(text(f"PRAGMA user_version = {schema.SCHEMA_VERSION}"))
    return database


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Profile, bytes]]:
    """A new profile of one officer, open, with its master key."""
    profile, key = Profile.create(tmp_path / "desk", "n.alaoui", PASSPHRASE, TEST_COST)
    with profile:
        yield profile, key


@pytest.fixture
def profile(opened: tuple[Profile, bytes]) -> Profile:
    """The new profile."""
    return opened[0]


@pytest.fixture
def key(opened: tuple[Profile, bytes]) -> bytes:
    """Its master key."""
    return opened[1]
