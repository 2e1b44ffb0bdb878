"""Lists: filtered, searched, sorted, a page at a time by keyset.

A page costs the same at the end of a hundred thousand records as at the beginning: the
cursor holds the sort value and identifier of the last row shown, never an offset.
"""

# ruff: noqa: S608 - the names in these statements are the model's own, values are bound

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection

from sscdesk.application.reading import title_of, titles_of
from sscdesk.application.redirects import (
    Redirects,
    is_followed,
    known_as,
    redirects,
    redirects_of_all,
)
from sscdesk.application.rules import Rules
from sscdesk.application.viewing import references_in
from sscdesk.application.views import ListPage, ListQuery, ListRow
from sscdesk.model.base import EntityKind, record_kinds
from sscdesk.model.codec import from_sql, to_sql
from sscdesk.model.field import Field, FieldType
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.search.gathering import gather

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

META = ("ref", "state", "owner", "created_at", "updated_at", "created_by", "audience")
_cursor = msgspec.msgpack.Decoder(tuple[str | int | float | None, str])


@dataclass(slots=True)
class _Condition:
    """A growing WHERE clause with its bound values."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    count: int | None = None
    """How many rows hold it, where that is known already."""

    def add(self, text: str, *values: Any) -> None:
        self.parts.append(text)
        self.values.extend(values)

    @property
    def sql(self) -> str:
        return " AND ".join(self.parts)


def listing(w: "Workspace", query: ListQuery) -> ListPage:
    """Return a page of a list. Raises ``NotFound`` ("no-such-field", "no-such-entity")."""
    with w.read() as connection:
        return list_rows(w, connection, query)


def list_rows(w: "Workspace", connection: Connection, query: ListQuery) -> ListPage:
    """Return a page of a list inside a reading already begun."""
    kind = record_kinds().get(query.entity)
    if kind is None:
        raise _unknown("no-such-entity", query.entity)
    rules = Rules(connection, w.actor, today=w.clock().date().isoformat())
    rules.require_read(kind)
    condition = _conditions(connection, kind, query)
    total = _count(connection, kind, condition) if query.counted else -1
    order, descending = _order(kind, query.sort)
    _after(condition, query, order, descending)
    direction = "DESC" if descending else "ASC"
    by = f"ORDER BY {order} {direction}, id {direction}"
    # Sorting identifiers alone and reading the rows of one page: ten times as fast.
    rows = connection.exec_driver_sql(
        f'SELECT *, {order} AS sort_value FROM "{kind.name}" WHERE id IN '
        f'(SELECT id FROM "{kind.name}" WHERE {condition.sql} {by} LIMIT ? OFFSET ?) {by}',
        (*condition.values, query.limit + 1, query.skip),
    ).mappings()
    found = [dict(row) for row in rows]
    page = found[: query.limit]
    cursor = _encode(page[-1]) if len(found) > query.limit else None
    return ListPage(_rows(connection, rules, kind, query, page), total, cursor)


def _count(connection: Connection, kind: EntityKind, condition: _Condition) -> int:
    if condition.count is not None:
        return condition.count
    return int(
        connection.exec_driver_sql(
            f'SELECT count(*) FROM "{kind.name}" WHERE {condition.sql}', tuple(condition.values)
        ).scalar_one()
    )


def _conditions(connection: Connection, kind: EntityKind, query: ListQuery) -> _Condition:
    condition = _Condition()
    condition.add("deleted = ?", int(query.in_bin))
    if query.in_bin:
        condition.add("id NOT IN (SELECT row FROM erasure)")
    gave_way = redirects(connection, kind.name)
    if gave_way and not query.in_bin and all(name != "same_as" for name, _, _ in query.where):
        hidden = msgspec.json.encode(list(gave_way)).decode()
        condition.add("id NOT IN (SELECT value FROM json_each(?))", hidden)
    for name, operator, value in query.where:
        _filter(condition, kind, name, *_by_all_names(connection, kind, name, operator, value))
    if query.search.strip():
        _search(connection, condition, kind, query, gave_way)
    return condition


def _search(
    connection: Connection,
    condition: _Condition,
    kind: EntityKind,
    query: ListQuery,
    gave_way: Redirects,
) -> None:
    """Keep what a text finds; where it finds one that gave way, the one kept is found."""
    found = gather(connection, query.search, kind.name)
    if not gave_way:
        condition.add(found.condition, *found.values)
        condition.count = None if query.where or query.in_bin else found.count
        return
    by_former_name = connection.exec_driver_sql(
        f'SELECT id FROM "{kind.name}" WHERE id IN (SELECT value FROM json_each(?)) '
        f"AND ({found.condition})",
        (msgspec.json.encode(list(gave_way)).decode(), *found.values),
    ).scalars()
    kept = msgspec.json.encode([gave_way[one] for one in by_former_name]).decode()
    condition.add(
        f"({found.condition} OR id IN (SELECT value FROM json_each(?)))", *found.values, kept
    )


_NAMING = ("is", "any_of")


def _by_all_names(
    connection: Connection, kind: EntityKind, name: str, operator: str, value: Value
) -> tuple[str, Value]:
    """Ask for a record by the names of those that gave way to it as well."""
    declared = kind.fields.get(name)
    if declared is None or not is_followed(declared) or operator not in _NAMING:
        return operator, value
    followed = redirects_of_all(connection)
    asked = value if isinstance(value, tuple) else (str(value),) if value else ()
    names = {name for one in asked for name in known_as(followed, followed.get(one, one))}
    if len(names) <= len(asked):
        return operator, value
    return "any_of", tuple(sorted(names))


def _filter(
    condition: _Condition, kind: EntityKind, name: str, operator: str, value: Value
) -> None:
    declared = kind.fields.get(name)
    if declared is None and name not in META:
        raise _unknown("no-such-field", name)
    column = f'"{name}"'
    if operator == "empty":
        condition.add(f"coalesce({column}, '') IN ('', '[]')")
    elif operator == "not_empty":
        condition.add(f"coalesce({column}, '') NOT IN ('', '[]')")
    elif declared is not None and declared.is_set:
        _filter_set(condition, column, operator, value)
    elif operator == "any_of":
        members = list(value) if isinstance(value, tuple) else [value]
        marks = ", ".join("?" for _ in members)
        condition.add(f"{column} IN ({marks})", *members)
    elif operator == "contains":
        condition.add(f"instr(lower({column}), lower(?)) > 0", str(value))
    else:
        sign = {"is": "IS", "is_not": "IS NOT", "before": "<", "after": ">"}.get(operator)
        if sign is None:
            raise _unknown("no-such-operator", operator)
        bound = to_sql(declared, value) if declared else value
        left, right = _comparable(declared, column)
        condition.add(f"{left} {sign} {right}", bound)


def _comparable(declared: Field | None, column: str) -> tuple[str, str]:
    """Amounts compare by their minor units, decimals as numbers, all else as it stands."""
    if declared is not None and declared.type in (FieldType.MONEY, FieldType.DECIMAL):
        kind = "INTEGER" if declared.type is FieldType.MONEY else "REAL"
        return f"CAST({column} AS {kind})", f"CAST(? AS {kind})"
    return column, "?"


def _filter_set(condition: _Condition, column: str, operator: str, value: Value) -> None:
    members = list(value) if isinstance(value, tuple) else [value]
    marks = ", ".join("?" for _ in members)
    inside = f"SELECT 1 FROM json_each({column}) WHERE value IN ({marks})"
    condition.add(f"{'NOT ' if operator == 'is_not' else ''}EXISTS ({inside})", *members)


def _order(kind: EntityKind, sort: str) -> tuple[str, bool]:
    descending = sort.startswith("-")
    name = sort.removeprefix("-") or "updated_at"
    if name == "title":
        names = ", ".join(f'"{n}"' for n in kind.mapped.title_fields)
        return f"coalesce({names}, ref) COLLATE NOCASE", descending
    declared = kind.fields.get(name)
    if declared is None and name not in META:
        raise _unknown("no-such-field", name)
    if declared is not None and declared.type in (FieldType.MONEY, FieldType.DECIMAL):
        return f'coalesce(CAST("{name}" AS REAL), 0)', descending
    if name in META:
        return f'"{name}"', descending
    return f"coalesce(\"{name}\", '')", descending


def _after(condition: _Condition, query: ListQuery, order: str, descending: bool) -> None:
    if query.after is None:
        return
    try:
        value, identifier = _cursor.decode(base64.urlsafe_b64decode(query.after))
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError) as error:
        raise _unknown("no-such-cursor", query.after) from error
    sign = "<" if descending else ">"
    # In two steps, so that an index on the order alone finds the beginning.
    condition.add(f"{order} {sign}= ?", value)
    condition.add(f"({order} {sign} ? OR id {sign} ?)", value, identifier)


def _encode(row: dict[str, Any]) -> str:
    cells = msgspec.msgpack.encode((row["sort_value"], row["id"]))
    return base64.urlsafe_b64encode(cells).decode()


def _rows(
    connection: Connection,
    rules: Rules,
    kind: EntityKind,
    query: ListQuery,
    rows: list[dict[str, Any]],
) -> tuple[ListRow, ...]:
    names = query.columns or tuple(n for n, f in kind.fields.items() if f.column)
    hidden = rules.hidden(kind.name)
    shown = [name for name in names if name in kind.fields and name not in hidden]
    values = [{n: from_sql(kind.fields[n], row.get(n)) for n in shown} for row in rows]
    wanted: dict[str, list[str]] = {}
    for found in values:
        for entity, identifiers in references_in(kind.fields, found).items():
            wanted.setdefault(entity, []).extend(identifiers)
    titles = titles_of(connection, wanted)
    conflicts = _conflict_counts(connection, [str(row["id"]) for row in rows])
    return tuple(
        ListRow(
            id=str(row["id"]),
            ref=str(row["ref"]),
            title=title_of(kind.mapped, row),
            state=str(row["state"]),
            owner=str(row["owner"]),
            fields=found,
            titles=titles,
            updated_at=str(row["updated_at"]),
            conflicts=conflicts.get(str(row["id"]), 0),
        )
        for row, found in zip(rows, values, strict=True)
    )


def _conflict_counts(connection: Connection, records: list[str]) -> dict[str, int]:
    if not records:
        return {}
    marks = ", ".join("?" for _ in records)
    found = connection.exec_driver_sql(
        f"SELECT record, count(*) FROM conflict WHERE record IN ({marks}) GROUP BY record",
        tuple(records),
    )
    return {record: int(count) for record, count in found}


def _unknown(code: str, name: str) -> NotFound:
    return NotFound(
        code,
        N_("There is nothing called “{name}” to list by."),
        hint=N_("“sscdesk fields” names the fields of each kind of record."),
        params={"name": name},
    )
