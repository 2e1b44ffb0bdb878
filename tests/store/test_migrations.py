from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from sscdesk.model.refusal import Locked
from sscdesk.store import migrations
from sscdesk.store.backup import restore_points
from sscdesk.store.database import Database
from sscdesk.store.migrations import (
    STEPS,
    Step,
    bring_up_to_date,
    mark,
    require_readable,
    upgrade,
)
from sscdesk.store.profile import Profile
from sscdesk.store.restoring import restore_backup
from sscdesk.store.schema import SCHEMA_VERSION

from .conftest import PASSPHRASE, a_database

KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = a_database(tmp_path / "sscdesk.db", KEY)
    with database.write() as connection:
        mark(connection)
    yield database
    database.close()


def adds_a_table(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE greeting (word TEXT)"))
    connection.execute(text("INSERT INTO greeting VALUES ('salam')"))


def adds_a_column(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE greeting ADD COLUMN language TEXT"))
    connection.execute(text("UPDATE greeting SET language = 'ar'"))


def fails_half_way(connection: Connection) -> None:
    connection.execute(text("UPDATE greeting SET word = 'lost'"))
    connection.execute(text("ALTER TABLE greeting RENAME COLUMN word TO term"))
    raise RuntimeError("a mistake of ours")


def fails_in_sql(connection: Connection) -> None:
    connection.execute(text("DROP TABLE greeting"))
    connection.execute(text("CREATE TABLE number (code TEXT)"))


BASE = SCHEMA_VERSION
FIRST = Step(BASE + 1, adds_a_table, oldest_program=BASE)
SECOND = Step(BASE + 2, adds_a_column, oldest_program=BASE + 1)


def nothing(number: int) -> None:
    """No restore point."""


def greetings(database: Database) -> list[tuple[object, ...]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT * FROM greeting"))]


def test_the_released_steps_are_numbered_without_gaps() -> None:
    assert [step.number for step in STEPS] == list(range(2, SCHEMA_VERSION + 1))


def test_an_old_file_is_brought_to_the_newest_schema(database: Database) -> None:
    assert upgrade(database, nothing, (FIRST, SECOND)) == (BASE + 1, BASE + 2)

    assert database.version() == BASE + 2
    assert greetings(database) == [("salam", "ar")]


def test_a_file_of_this_schema_is_left_alone(database: Database) -> None:
    upgrade(database, nothing, (FIRST, SECOND))
    points: list[int] = []

    assert upgrade(database, points.append, (FIRST, SECOND)) == ()
    assert points == []


def test_a_restore_point_is_made_before_each_step(database: Database) -> None:
    seen: list[tuple[int, int]] = []

    upgrade(database, lambda number: seen.append((number, database.version())), (FIRST, SECOND))

    assert seen == [(BASE, BASE), (BASE + 1, BASE + 1)]


def test_without_its_restore_point_no_step_is_taken(database: Database) -> None:
    def full(number: int) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        upgrade(database, full, (FIRST,))

    assert database.version() == BASE


@pytest.mark.parametrize("failing", [fails_half_way, fails_in_sql])
def test_a_failing_step_rolls_back_wholly(database: Database, failing: object) -> None:
    broken = Step(BASE + 2, failing, oldest_program=BASE)  # type: ignore[arg-type]

    with pytest.raises(Exception, match=r"mistake|number"):
        upgrade(database, nothing, (FIRST, broken))

    assert database.version() == BASE + 1
    assert greetings(database) == [("salam",)]


def test_an_interrupted_upgrade_goes_on_where_it_stopped(database: Database) -> None:
    broken = Step(BASE + 2, fails_half_way, oldest_program=BASE)
    with pytest.raises(RuntimeError):
        upgrade(database, nothing, (FIRST, broken))

    assert upgrade(database, nothing, (FIRST, SECOND)) == (BASE + 2,)
    assert greetings(database) == [("salam", "ar")]


def test_a_file_of_a_newer_program_is_refused_with_the_version_to_install(
    database: Database,
) -> None:
    upgrade(database, nothing, (FIRST, SECOND), program="7.2")
    before = database.path.read_bytes()

    with pytest.raises(Locked) as refusal:
        upgrade(database, nothing, steps=())

    assert refusal.value.code == "newer-version"
    assert refusal.value.params == {"version": "7.2"}
    assert database.path.read_bytes() == before


def test_a_newer_file_that_only_added_opens_in_an_older_program(database: Database) -> None:
    upgrade(database, nothing, (FIRST,))

    assert require_readable(database, newest=BASE) == BASE + 1


def test_a_file_whose_notes_are_gone_counts_as_its_own_number(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text(f"PRAGMA user_version = {BASE + 5}"))
        connection.execute(text("DELETE FROM setting"))

    with pytest.raises(Locked) as refusal:
        require_readable(database)

    assert refusal.value.params == {"version": f"schema {BASE + 5}"}


def test_a_profile_of_this_version_opens_without_a_restore_point(
    database: Database, tmp_path: Path
) -> None:
    assert bring_up_to_date(database, tmp_path / "restore-points") == ()
    assert not (tmp_path / "restore-points").exists()


def test_the_restore_point_of_an_upgrade_brings_the_old_file_back(
    opened: tuple[Profile, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    profile, key = opened
    database = a_database(profile.database_path, key)
    monkeypatch.setattr(migrations.upgrade, "__defaults__", ((FIRST,), "1.1"))

    bring_up_to_date(database, profile.restore_points)

    assert database.version() == BASE + 1
    database.close()
    profile.close()
    (point,) = restore_points(profile.restore_points)
    assert (point.schema, point.reason) == (BASE, f"upgrade-{BASE}")
    restore_backup(
        point.path,
        profile.folder,
        None,
        PASSPHRASE,
        lambda: datetime.now(UTC),
        over_its_profile=True,
    )
    again = Database(profile.database_path, key)
    assert again.version() == BASE
    again.close()
