"""Following merged duplicates: whoever names the one that gave way means the one kept."""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from sscdesk.model.field import Field
from sscdesk.model.redirect import REDIRECTED, all_redirects, in_place_of
from sscdesk.model.values import Value
from sscdesk.store.selecting import select_among

Redirects = dict[str, str]
"""Each record that gave way, with the one that stands for it."""


def redirects(connection: Connection, entity: str) -> Redirects:
    """Return all redirects among the records of an entity; there are few."""
    if entity not in REDIRECTED:
        return {}
    following = {
        str(row.id): str(row.same_as)
        for row in connection.exec_driver_sql(
            f'SELECT id, same_as FROM "{entity}" WHERE same_as IS NOT NULL'
        )
    }
    if not following:
        return {}
    return all_redirects(following, _here(connection, entity, {*following, *following.values()}))


def _here(connection: Connection, entity: str, wanted: set[str]) -> set[str]:
    found: set[str] = set()
    statement = f'SELECT id, deleted FROM "{entity}"'
    for rows in select_among(connection, statement, "id", sorted(wanted)):
        found.update(str(row.id) for row in rows if not row.deleted)
    return found


def redirects_of_all(connection: Connection) -> Redirects:
    """Return the redirects of every entity together."""
    found: Redirects = {}
    for entity in REDIRECTED:
        found.update(redirects(connection, entity))
    return found


def known_as(followed: Redirects, identifier: str) -> tuple[str, ...]:
    """Return a record with all that gave way to it."""
    return (identifier, *sorted(one for one, kept in followed.items() if kept == identifier))


def is_followed(field: Field) -> bool:
    """Whether a field names records that may have been merged."""
    named = (field.entity or "").split("|")
    return field.name != "same_as" and any(entity in REDIRECTED for entity in named)


def followed_values(
    fields: Mapping[str, Field], values: Mapping[str, Value], followed: Redirects
) -> dict[str, Value]:
    """Return values in which references lead to the records kept."""
    found = dict(values)
    for name, value in values.items() if followed else ():
        if is_followed(fields[name]) and value:
            found[name] = _followed(value, followed)
    return found


def _followed(value: Value, followed: Redirects) -> Value:
    if isinstance(value, tuple):
        return tuple(sorted({followed.get(one, one) for one in value}))
    return followed.get(value, value) if isinstance(value, str) else value


def as_held(field: Field, held: Value, now: Value, followed: Redirects) -> Value:
    """Return ``now`` by the names that the row holds, where these mean the same records."""
    if not followed or not is_followed(field):
        return now

    def target(one: str) -> str:
        return followed.get(one, one)

    if isinstance(now, tuple):
        members = held if isinstance(held, tuple) else ()
        return tuple(sorted(in_place_of(target, members, now)))
    if isinstance(now, str) and isinstance(held, str) and target(now) == target(held):
        return held
    return now


def referring(fields: Iterable[Field]) -> tuple[str, ...]:
    """Return the names of the fields that may name a merged record."""
    return tuple(field.name for field in fields if is_followed(field))
