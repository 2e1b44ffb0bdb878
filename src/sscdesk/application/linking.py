"""Links between records, as screens draw them: what is named, and what names."""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from sscdesk.application.reading import title_of
from sscdesk.model.base import record_kinds
from sscdesk.store.selecting import select_among


@dataclass(frozen=True, slots=True)
class Link:
    """A record that another one leads to."""

    entity: str
    id: str
    ref: str
    title: str
    state: str


def links_of(connection: Connection, entity: str, identifiers: Iterable[str]) -> list[Link]:
    """Return links to the records of one entity that are here, in the order asked."""
    mapped = record_kinds()[entity].mapped
    wanted = list(identifiers)
    names = dict.fromkeys(("id", "ref", "state", "deleted", *mapped.title_fields))
    columns = ", ".join(f'"{name}"' for name in names)
    found: dict[str, Link] = {}
    for rows in select_among(connection, f'SELECT {columns} FROM "{entity}"', "id", wanted):
        for row in rows.mappings():
            if not row["deleted"]:
                made = Link(entity, row["id"], row["ref"], title_of(mapped, row), row["state"])  # type: ignore[arg-type]
                found[made.id] = made
    return [found[one] for one in wanted if one in found]


def naming_any(
    connection: Connection, entity: str, field: str, among: Sequence[str]
) -> dict[str, list[str]]:
    """Return, for each of ``among``, the records of ``entity`` whose field names it.

    Oldest first; one reading of the table, however many are asked for.
    """
    declared = record_kinds()[entity].fields[field]
    named, held = (
        ("held.value", f', json_each(r."{field}") AS held')
        if declared.is_set
        else (f'r."{field}"', "")
    )
    wanted = msgspec.json.encode(list(among)).decode()
    rows = connection.exec_driver_sql(
        f'SELECT r.id, {named} AS named FROM "{entity}" r{held} '
        f"WHERE r.deleted = 0 AND {named} IN (SELECT value FROM json_each(?)) "
        "ORDER BY r.created_at, r.id",
        (wanted,),
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(str(row.named), []).append(str(row.id))
    return found
