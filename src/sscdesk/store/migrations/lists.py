"""Schema 2: lists of many records are read in their order instead of being sorted."""

from sqlalchemy import Connection

RECORDS = (
    "action_plan",
    "agreement",
    "attachment",
    "commitment",
    "exchange",
    "expense",
    "follow_up",
    "indicator",
    "mission",
    "office",
    "officer",
    "organisation",
    "person",
    "practice",
    "report",
    "vocabulary",
)


def keep_the_order_of_lists(connection: Connection) -> None:
    """Index the records by their last change and identifier, and what search hides."""
    for table in RECORDS:
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS ix_{table}_updated_at")
        connection.exec_driver_sql(
            f"CREATE INDEX IF NOT EXISTS ix_{table}_recent ON {table} (updated_at, id)"
        )
    if _has_search(connection):
        connection.exec_driver_sql(
            "CREATE INDEX IF NOT EXISTS search_hidden ON search_record (num) WHERE hidden = 1"
        )


def _has_search(connection: Connection) -> bool:
    return (
        connection.exec_driver_sql(
            "SELECT 1 FROM sqlite_schema WHERE name = 'search_record'"
        ).first()
        is not None
    )
