"""Reading rows: what every use case shares, inside one connection."""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from sscdesk.application.redirects import redirects
from sscdesk.i18n import current_language
from sscdesk.model.base import Record, record_kinds
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.store.selecting import select_among

Row = dict[str, Any]


def read_row(connection: Connection, table: str, identifier: str) -> Row | None:
    """Return a row as a mapping of its columns, None when it is not here."""
    found = connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE id = ?', (identifier,))
    row = found.mappings().first()
    return dict(row) if row is not None else None


def require_row(connection: Connection, table: str, identifier: str) -> Row:
    """Return a row. Raises ``NotFound`` when it is not here."""
    row = read_row(connection, table, identifier)
    if row is None:
        raise not_found(identifier)
    return row


def part_rows(
    connection: Connection, table: str, record: str, *, deleted: bool = False
) -> list[Row]:
    """Return the rows of one part of a record, in order."""
    found = connection.exec_driver_sql(
        f'SELECT * FROM "{table}" WHERE parent = ? AND deleted = ? ORDER BY position, id',
        (record, int(deleted)),
    )
    return [dict(row) for row in found.mappings()]


def resolve(connection: Connection, text: str, entity: str | None = None) -> tuple[str, str]:
    """Return (entity, identifier) of a reference number, an identifier or its beginning.

    Raises ``NotFound`` ("not-found", "ambiguous").
    """
    wanted = text.strip()
    kinds = [record_kinds()[entity]] if entity else list(record_kinds().values())
    code = wanted.upper().split("-")[1] if wanted.count("-") == 3 else ""
    likely = [kind.name for kind in kinds if kind.mapped.ref_code == code]
    if not _is_identifier(wanted):
        likely = likely or [kind.name for kind in kinds]
    by_ref = _matching(connection, likely, "ref = ?", (wanted.upper(),))
    if not by_ref and _is_identifier(wanted):
        low, high = wanted.lower(), wanted.lower() + "g"
        by_ref = _matching(connection, [k.name for k in kinds], "id >= ? AND id < ?", (low, high))
    if not by_ref:
        raise not_found(text)
    if len(by_ref) > 1:
        raise NotFound(
            "ambiguous",
            N_("Several records match “{text}”."),
            hint=N_("Give more of the identifier."),
            params={"text": text},
        )
    return by_ref[0]


def _is_identifier(text: str) -> bool:
    return 6 <= len(text) <= 32 and all(c in "0123456789abcdefABCDEF" for c in text)


def _matching(
    connection: Connection, tables: Iterable[str], condition: str, values: tuple[str, ...]
) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for table in tables:
        rows = connection.exec_driver_sql(
            f'SELECT id FROM "{table}" WHERE {condition} LIMIT 2', values
        )
        found.extend((table, row.id) for row in rows)
    return found


def not_found(text: str) -> NotFound:
    """Say that nothing like it is here."""
    return NotFound(
        "not-found",
        N_("Nothing called “{text}” was found here."),
        hint=N_("Check the reference number, or search for a word of its title."),
        params={"text": text},
    )


def erased_for(connection: Connection, identifier: str) -> str | None:
    """Return why a record was erased; None where it was not."""
    found = connection.exec_driver_sql("SELECT reason FROM erasure WHERE row = ?", (identifier,))
    row = found.first()
    return None if row is None else str(row.reason)


def title_of(mapped: type[Record], row: Mapping[str, Any]) -> str:
    """Return the title of a record in the current language, else in one that it has."""
    names = mapped.title_fields
    if mapped.__tablename__ in ("person", "officer"):
        return person_name(row) or str(row.get("ref") or "")
    suffix = f"_{current_language()}"
    ordered = sorted(names, key=lambda name: not name.endswith(suffix))
    for name in ordered:
        value = row.get(name)
        if value:
            return str(value)
    return str(row.get("ref") or "")


def person_name(row: Mapping[str, Any]) -> str:
    """Return a person's name as the person writes it, in Arabic for an Arabic reader."""
    arabic = str(row.get("name_ar") or "")
    latin = " ".join(str(row[name]) for name in ("given", "family") if row.get(name))
    return (arabic or latin) if current_language() == "ar" else (latin or arabic)


def titles_of(connection: Connection, references: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the titles of records, asked for as entity (or several, ``a|b``) -> identifiers.

    A record that gave way to another bears the title of the one kept.
    """
    found: dict[str, str] = {}
    for entities, identifiers in references.items():
        asked = {identifier for identifier in identifiers if identifier not in found}
        for entity in entities.split("|"):
            followed = redirects(connection, entity) if asked else {}
            renamed = {one: followed[one] for one in asked if one in followed}
            wanted = sorted(asked | set(renamed.values()))
            mapped = record_kinds()[entity].mapped
            columns = ", ".join(f'"{name}"' for name in ("id", "ref", *mapped.title_fields))
            statement = f'SELECT {columns} FROM "{entity}"'
            for rows in select_among(connection, statement, "id", wanted):
                found.update({row["id"]: title_of(mapped, row) for row in rows.mappings()})  # type: ignore[arg-type]
            found.update({one: found[kept] for one, kept in renamed.items()})
    return found
