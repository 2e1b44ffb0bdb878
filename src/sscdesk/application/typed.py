"""From typed words to values: what both faces and imports ask for references and lists."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from sscdesk.application.reading import person_name, resolve
from sscdesk.application.rules import recorded_vocabularies
from sscdesk.model.field import Field, FieldType
from sscdesk.model.folding import folded
from sscdesk.model.offices import CURRENCY_OF
from sscdesk.model.parsing import Habits, parse
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


def habits_of(w: "Workspace", connection: Connection) -> Habits:
    """Return what this office means without saying it."""
    return Habits(
        today=w.clock().date(),
        currency=CURRENCY_OF.get(w.office),
        country=w.office,
        vocabularies=recorded_vocabularies(connection, w.office),
    )


def value_of(connection: Connection, field: Field, raw: object, habits: Habits) -> Value:
    """Return the value that was typed; references by number, identifier, or exact title.

    Raises ``Refused`` or ``NotFound`` with the field's name.
    """
    value = parse(field, raw, habits)
    if field.type is FieldType.REFERENCE and isinstance(value, str):
        return referred(connection, field, value)
    if field.type is FieldType.REFERENCES and isinstance(value, tuple):
        return tuple(sorted(referred(connection, field, one) for one in value))
    return value


def referred(connection: Connection, field: Field, text: str) -> str:
    """Return the identifier of the record that a text means."""
    entities = (field.entity or "").split("|")
    for entity in entities:
        try:
            return resolve(connection, text, entity)[1]
        except NotFound as error:
            if error.code == "ambiguous":
                raise _unclear(field, text) from error
    found = {i for entity in entities for i in _by_name(connection, entity, text)}
    if len(found) == 1:
        return found.pop()
    if found:
        raise _unclear(field, text)
    raise Refused(
        "no-such-record",
        N_("Nothing called “{text}” was found for this field."),
        hint=N_("Give its reference number, or enter it first."),
        field=field.name,
        params={"text": text[:60]},
    )


def _by_name(connection: Connection, entity: str, text: str) -> Iterable[str]:
    wanted = folded(text)
    if entity in ("person", "officer"):
        rows = connection.exec_driver_sql(
            f'SELECT id, given, family, name_ar FROM "{entity}" WHERE deleted = 0'  # noqa: S608
        ).mappings()
        return [
            str(row["id"])
            for row in rows
            if wanted in (folded(person_name(dict(row))), folded(str(row["name_ar"] or "")))
        ]
    if entity == "organisation":
        names = connection.exec_driver_sql(
            "SELECT id, name_fr, name_en, name_ar, acronym FROM organisation WHERE deleted = 0"
        )
        return [str(row[0]) for row in names if wanted in {folded(str(n)) for n in row[1:] if n}]
    return []


def _unclear(field: Field, text: str) -> Refused:
    return Refused(
        "several-records",
        N_("Several records are called “{text}”."),
        hint=N_("Give the reference number of the one you mean."),
        field=field.name,
        params={"text": text[:60]},
    )
