"""Schema 3: what was erased, and quick ways to what was merged."""

from sqlalchemy import Connection

STATEMENTS = (
    """CREATE TABLE erasure (
        "row" TEXT NOT NULL,
        record TEXT NOT NULL,
        table_name TEXT NOT NULL,
        stream INTEGER NOT NULL,
        seq BIGINT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY ("row")
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_erasure_record ON erasure (record)",
    "CREATE TABLE erased_leaf ( digest BLOB NOT NULL, PRIMARY KEY (digest) ) WITHOUT ROWID",
    "CREATE INDEX organisation_same_as ON organisation (same_as) WHERE same_as IS NOT NULL",
    "CREATE INDEX person_same_as ON person (same_as) WHERE same_as IS NOT NULL",
)


def apply(connection: Connection) -> None:
    """Make the tables and indexes."""
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
