"""A reference number, typed whole or in part, is looked up where it stands.

Every word of ``MA-PER-2026-0007`` but the last is in a third of all records: as words it
would be the most expensive of all questions, by its own index it is the cheapest.
"""

import re

from sqlalchemy import Connection

from sscdesk.model.base import record_kinds

_TYPED = re.compile(r"([A-Z]{2})-([A-Z]{3})-(\d{1,4}|\d{4}-\d{0,6})")


def reference_range(connection: Connection, typed: str, entity: str) -> tuple[str, str] | None:
    """Return between which references of a kind stands what was typed.

    None when it is no reference number, or when no record of the kind has one like it.
    """
    begin = _begin(typed, entity)
    if begin is None:
        return None
    found = connection.exec_driver_sql(
        f'SELECT 1 FROM "{entity}" WHERE ref >= ? AND ref < ? LIMIT 1',  # noqa: S608 - ours
        (begin, f"{begin}~"),
    )
    return (begin, f"{begin}~") if found.first() is not None else None


def _begin(typed: str, entity: str) -> str | None:
    found = _TYPED.fullmatch(typed.strip().upper())
    kind = record_kinds().get(entity)
    if found is None or kind is None or kind.mapped.ref_code != found.group(2):
        return None
    return found.group()


def referred(
    connection: Connection, typed: str, entity: str | None, limit: int
) -> list[tuple[str, str]] | None:
    """Return kind and identifier of the records whose reference begins so, newest first.

    None when what was typed is no reference number.
    """
    found = _TYPED.fullmatch(typed.strip().upper())
    if found is None:
        return None
    begin = found.group()
    kinds = [
        name
        for name, kind in record_kinds().items()
        if kind.mapped.ref_code == found.group(2) and entity in (None, name)
    ]
    return [pair for name in kinds for pair in _beginning(connection, name, begin, limit)]


def _beginning(
    connection: Connection, entity: str, begin: str, limit: int
) -> list[tuple[str, str]]:
    rows = connection.exec_driver_sql(
        f'SELECT id FROM "{entity}" WHERE ref >= ? AND ref < ? AND deleted = 0 '  # noqa: S608
        "ORDER BY ref DESC LIMIT ?",
        (begin, f"{begin}~", limit),
    ).scalars()
    return [(entity, str(row)) for row in rows.all()]
