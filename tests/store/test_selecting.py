from pathlib import Path

import pytest

from sscdesk.store.selecting import PARCEL, select_among

from .conftest import a_database


@pytest.mark.parametrize("count", [0, 1, PARCEL, PARCEL + 1, 2 * PARCEL + 7])
def test_more_identifiers_than_one_statement_takes_are_all_found(
    tmp_path: Path, count: int
) -> None:
    database = a_database(tmp_path / "desk.db", bytes(32))
    wanted = list(range(count))
    with database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE thing (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(
            "INSERT INTO thing VALUES (?)", [(one,) for one in range(count + 10)]
        )

        parcels = select_among(connection, "SELECT id FROM thing", "id", wanted)

        assert sorted(row.id for found in parcels for row in found) == wanted
    database.close()
