from pathlib import Path

import pytest
from sqlalchemy import text

from sscdesk.application import records, safekeeping
from sscdesk.application.opening import open_workspace
from sscdesk.store.database import Database
from sscdesk.store.schema import SCHEMA_VERSION
from tests.desks import PASSPHRASE

from .stored_profiles import SENTENCE, stored, unpack, write_profile


@pytest.fixture(params=[*sorted(stored()), SCHEMA_VERSION], ids=lambda number: f"schema {number}")
def profile(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A desk as the program of each released schema, and this one, left it."""
    packed = stored().get(request.param)
    if packed is not None:
        unpack(packed, tmp_path / "desk")
    else:
        write_profile(tmp_path / "desk")
    return tmp_path / "desk"


def shape(database: Database) -> dict[str, str]:
    """Return the definition of every table, index and trigger, whatever their order.

    A column that a step added stands last, and reads as any other.
    """
    with database.read() as connection:
        rows = connection.execute(
            text("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        ).all()
    return {name: _plain(sql) for name, sql in rows if "search_" not in name}


def _plain(sql: str) -> str:
    flat = " ".join(sql.replace("(", " ( ").replace(")", " ) ").replace('"', "").split())
    if not flat.startswith("CREATE TABLE"):
        return flat
    head, _, inside = flat.partition("( ")
    return f"{head}( {', '.join(sorted(inside.rpartition(' )')[0].split(', ')))}"


def test_every_released_schema_has_its_stored_profile() -> None:
    assert sorted(stored()) == list(range(1, SCHEMA_VERSION))


def test_stored_profiles_stay_small() -> None:
    assert all(path.stat().st_size < 400_000 for path in stored().values())


def test_an_old_desk_opens_and_has_lost_nothing(profile: Path) -> None:
    w = open_workspace(profile, None, PASSPHRASE)
    try:
        found = records.view(w, "MA-ORG-2026-0001")
        assert found.fields["name_fr"] == SENTENCE
        assert w.database.version() == SCHEMA_VERSION
        assert safekeeping.check(w).clean
        records.create(w, "person", {"given": "Awa", "family": "Traoré"})
    finally:
        w.close()


def test_an_upgraded_desk_equals_a_new_one(profile: Path, tmp_path: Path) -> None:
    w = open_workspace(profile, None, PASSPHRASE)
    new = Database(tmp_path / "new.db", bytes(32))
    new.create()
    try:
        assert shape(w.database) == shape(new)
    finally:
        w.close()
        new.close()
