"""All that is kept about a person, for the person who asks (domain.md, section 10).

As a paper it is the data-protection record of that person; as JSON, every value with who
wrote it, for whoever wants to carry it elsewhere.
"""

# ruff: noqa: S608 - the names in these statements are the model's own

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application import attachments, auditing, records, reports
from sscdesk.application.reading import require_row, title_of
from sscdesk.application.redirects import known_as, redirects
from sscdesk.application.views import RecordView
from sscdesk.i18n import current_language, gettext
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import to_json
from sscdesk.model.field import Field, fields_of
from sscdesk.model.refusal import Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.store.files import write_aside

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

PERSON = "person"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A file with all that is kept about a person."""

    path: str
    ref: str
    report: str
    """The data-protection record that was made for it; empty for a JSON file."""


def save(w: "Workspace", ref: str, path: Path) -> PersonalData:
    """Write all that is kept about a person: JSON by that ending, else a PDF.

    Raises ``NotFound``, ``Refused`` ("not-your-role", "only-persons"), ``MachineFailed``.
    """
    check_right(w.actor, "personal_data")
    view = records.view(w, ref)
    if view.entity != PERSON:
        raise Refused(
            "only-persons",
            N_("Personal data is told of persons only."),
            hint=N_("Name a person."),
        )
    report = ""
    if path.suffix.lower() == ".json":
        told = json.dumps(tell(w, view), ensure_ascii=False, indent=1)
        write_aside(path, told.encode())
    else:
        made = reports.build(w, "data_record", view.id, current_language())
        reports.save(w, made.id, path)
        report = made.ref
    with w.exclusive() as connection:
        at = auditing.now_text(w)
        auditing.note(connection, w.actor, at, "personal-data-told", view.ref, report)
    return PersonalData(str(path), view.ref, report)


def tell(w: "Workspace", view: RecordView) -> dict[str, Any]:
    """Return everything kept about a person as plain values."""
    kind = record_kinds()[PERSON]
    with w.read() as connection:
        named = list(_naming(connection, view.id))
    return {
        "ref": view.ref,
        "kept_by": view.owner,
        "received_by": list(view.audience),
        "recorded": {"at": view.created.at, "by": view.created.officer_name},
        "fields": _told(kind.fields, view.fields, view.titles),
        "rows": {
            name: [
                {
                    "kept_by": row.owner,
                    "fields": _told(fields_of(kind.parts[name]), row.fields, view.titles),
                }
                for row in rows
            ]
            for name, rows in view.parts.items()
            if rows
        },
        "merged": [
            {"ref": one.ref, "fields": _told(kind.fields, one.fields, view.titles)}
            for one in view.merged
        ],
        "documents": [one.file_name for one in attachments.attachments(w, view.id)],
        "named_in": named,
        "history": [
            {
                "at": entry.stamp.at,
                "by": entry.stamp.officer_name,
                "office": entry.stamp.office,
                "what": gettext(entry.label) if entry.label else "",
                "fields": sorted({change.field for change in entry.changes}),
            }
            for entry in records.history(w, view.id)
        ],
    }


def _told(
    fields: Mapping[str, Field], values: Mapping[str, Value], titles: Mapping[str, str]
) -> dict[str, Any]:
    """Return the values that say something, by the names that officers read."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if value in (None, "", ()):
            continue
        field = fields[name]
        told = to_json(field, value)
        if field.entity:
            members = value if isinstance(value, tuple) else (str(value),)
            told = [titles.get(one, one) for one in members]
        found[name] = {"label": gettext(field.label), "value": told}
    return found


def _naming(connection: Connection, person: str) -> Iterator[dict[str, str]]:
    """Yield the records, and those with rows, in which the person is named."""
    names = known_as(redirects(connection, PERSON), person)
    seen: set[str] = set()
    for entity, kind in record_kinds().items():
        tables = [(entity, "id", kind.fields)]
        tables += [(p.__tablename__, "parent", fields_of(p)) for p in kind.parts.values()]
        for table, column, fields in tables:
            for found in _records_naming(connection, table, column, fields, names):
                if found not in seen and found not in names:
                    seen.add(found)
                    row = require_row(connection, entity, found)
                    title = title_of(kind.mapped, row)
                    yield {"entity": entity, "ref": str(row["ref"]), "title": title}


def _records_naming(
    connection: Connection,
    table: str,
    column: str,
    fields: Mapping[str, Field],
    names: tuple[str, ...],
) -> list[str]:
    asked = [f for f in fields.values() if PERSON in (f.entity or "").split("|")]
    conditions = [
        f'EXISTS (SELECT 1 FROM json_each("{f.name}") WHERE value = ?)'
        if f.is_set
        else f'"{f.name}" = ?'
        for f in asked
    ]
    if not conditions:
        return []
    found: list[str] = []
    for name in names:
        rows = connection.exec_driver_sql(
            f'SELECT DISTINCT {column} FROM "{table}" '
            f"WHERE deleted = 0 AND ({' OR '.join(conditions)})",
            (name,) * len(conditions),
        )
        found.extend(str(one) for (one,) in rows)
    return found
