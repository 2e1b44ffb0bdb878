"""The JSON shapes of the contract, made from views."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from sscdesk.application.views import ConflictView, PartView, RecordView, Stamp, ValueBy
from sscdesk.i18n import filled
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import to_json
from sscdesk.model.field import Field, fields_of
from sscdesk.model.lifecycle import Missing
from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Money, Value


def fields_json(fields: Mapping[str, Field], values: Mapping[str, Value]) -> dict[str, Any]:
    """Return values as the contract writes them."""
    return {name: to_json(fields[name], value) for name, value in values.items() if name in fields}


def record_json(view: RecordView) -> dict[str, Any]:
    """Return one record."""
    kind = record_kinds()[view.entity]
    return {
        "ref": view.ref,
        "id": view.id,
        "entity": view.entity,
        "title": view.title,
        "state": view.state,
        "owner": view.owner,
        "audience": list(view.audience),
        "circle": list(view.circle),
        "deleted": view.deleted,
        "fields": fields_json(kind.fields, view.fields),
        "parts": {
            name: [part_json(view.entity, row) for row in rows] for name, rows in view.parts.items()
        },
        "titles": dict(view.titles),
        "conflicts": [conflict_json(one) for one in view.conflicts],
        "suggestions": view.suggestions,
        "erased": view.erased,
        "same_as": view.same_as or None,
        "merged": [
            {
                "ref": one.ref,
                "id": one.id,
                "title": one.title,
                "owner": one.owner,
                "fields": fields_json(kind.fields, one.fields),
                "parts": {
                    name: [part_json(view.entity, row) for row in rows]
                    for name, rows in one.parts.items()
                },
            }
            for one in view.merged
        ],
        "created": plain(view.created),
        "updated": plain(view.updated),
    }


def part_json(entity: str, row: PartView) -> dict[str, Any]:
    """Return one row inside a record."""
    declared = fields_of(record_kinds()[entity].parts[row.part])
    return {
        "id": row.id,
        "part": row.part,
        "owner": row.owner,
        "fields": fields_json(declared, row.fields),
        "updated": plain(row.updated),
    }


def conflict_json(view: ConflictView) -> dict[str, Any]:
    """Return a field that two offices wrote without knowing of each other."""
    return {
        "ref": view.ref,
        "entity": view.entity,
        "title": view.title,
        "row": view.row,
        "part": view.part,
        "field": view.field,
        "before": plain(view.before),
        "values": [
            {
                "value": plain(one.value),
                "office": one.stamp.office,
                "officer": one.stamp.officer_name,
                "at": one.stamp.at,
            }
            for one in view.values
        ],
    }


def missing_json(one: Missing) -> dict[str, Any]:
    """Return what stands against an act, in words."""
    return {
        "code": one.code,
        "message": filled(one.message, one.params),
        "field": one.field,
        "row": one.part_id,
        "entity": one.entity or None,
        "record": one.record or None,
    }


def error_json(error: DeskError) -> dict[str, Any]:
    """Return a refusal as the contract writes it."""
    from sscdesk.i18n import error_hint, error_text

    found: dict[str, Any] = {
        "code": error.code,
        "message": error_text(error),
        "field": error.field,
        "hint": error_hint(error),
    }
    if error.also:
        found["also"] = [error_json(one) for one in error.also]
    return found


def plain(value: Any) -> Any:
    """Return a view, or anything inside one, as JSON holds it."""
    if isinstance(value, Stamp):
        return {
            "at": value.at,
            "officer": value.officer,
            "name": value.officer_name,
            "office": value.office,
        }
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, Missing):
        return missing_json(value)
    if isinstance(value, ValueBy) or dataclasses.is_dataclass(value):
        return {
            item.name: plain(getattr(value, item.name))
            for item in dataclasses.fields(value)
            if not item.name.startswith("_")
        }
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
