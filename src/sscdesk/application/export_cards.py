"""From persons and organisations to contact cards."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from sscdesk.application.reading import titles_of
from sscdesk.application.views import ListRow
from sscdesk.interop.vcard import Card
from sscdesk.model.values import Value


def cards_of(
    connection: Connection, entity: str, rows: Sequence[ListRow]
) -> tuple[list[Card], int]:
    """Return the cards, and how many persons may not be shared and have none.

    What never leaves the office (notes, private numbers) is on no card.
    """
    if entity == "organisation":
        return [_organisation(row) for row in rows], 0
    shared = [row for row in rows if row.fields.get("may_be_shared") is not False]
    posts = _posts(connection, [row.id for row in shared])
    return [_person(row, posts.get(row.id, ("", ""))) for row in shared], len(rows) - len(shared)


def _person(row: ListRow, post: tuple[str, str]) -> Card:
    function, organisation = post
    return Card(
        given=_text(row.fields, "given"),
        family=_text(row.fields, "family"),
        name_ar=_text(row.fields, "name_ar"),
        salutation=_text(row.fields, "salutation"),
        organisation=organisation,
        function=function,
        emails=_members(row.fields.get("emails")),
        telephones=_members(row.fields.get("telephones")),
        uid=row.id,
    )


def _organisation(row: ListRow) -> Card:
    email, telephone = _text(row.fields, "email"), _text(row.fields, "telephone")
    return Card(
        organisation=row.title,
        emails=(email,) if email else (),
        telephones=(telephone,) if telephone else (),
        address=_text(row.fields, "address"),
        website=_text(row.fields, "website"),
        uid=row.id,
    )


def _posts(connection: Connection, persons: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = connection.exec_driver_sql(
        "SELECT p.parent, p.function, p.organisation FROM json_each(?) e "
        "JOIN person_post p ON p.parent = e.value "
        "WHERE p.deleted = 0 AND p.until IS NULL ORDER BY p.position, p.id",
        (json.dumps(list(persons)),),
    ).all()
    names = titles_of(connection, {"organisation": [str(row[2]) for row in rows if row[2]]})
    return {str(row[0]): (str(row[1] or ""), names.get(str(row[2]), "")) for row in rows}


def _text(fields: Mapping[str, Value], name: str) -> str:
    return str(fields.get(name) or "")


def _members(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
