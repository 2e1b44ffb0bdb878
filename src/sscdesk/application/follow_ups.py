"""Recommendations become follow-ups: with an owner and a date, tied to where they began."""

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sscdesk.application.reading import part_rows, require_row, resolve
from sscdesk.application.typed import referred
from sscdesk.application.unit_of_work import UnitOfWork
from sscdesk.application.viewing import view_record
from sscdesk.application.views import RecordView
from sscdesk.model.base import record_kinds
from sscdesk.model.offices import OFFICES
from sscdesk.model.refusal import DeskError, Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


def from_recommendations(w: "Workspace", ref: str) -> tuple[RecordView, ...]:
    """Make a follow-up of each recommendation of a mission or exchange that has none.

    A recommendation without a date is refused, naming its row: nobody follows up what is
    never due. Who is responsible, where the recommendation names nobody that is known,
    is the officer who does this.
    """
    with w.unit(N_("Make follow-ups")) as unit:
        entity, identifier = resolve(unit.connection, ref)
        made = [
            _follow_up(unit, entity, identifier, row) for row in _waiting(unit, entity, identifier)
        ]
        views = tuple(view_record(w, unit.connection, "follow_up", one) for one in made)
    return views


def _waiting(unit: UnitOfWork, entity: str, identifier: str) -> list[dict[str, Any]]:
    mapped = record_kinds()[entity].parts.get("recommendation")
    if mapped is None:
        raise Refused(
            "no-recommendations",
            N_("Records of this kind hold no recommendations."),
            hint=N_("Nothing was changed. Choose a mission or an exchange."),
        )
    rows = part_rows(unit.connection, mapped.__tablename__, identifier)
    return [row for row in rows if not row["follow_up"] and row["owner"] == unit.w.office]


def _follow_up(unit: UnitOfWork, entity: str, origin: str, row: Mapping[str, Any]) -> str:
    if not row["due_on"]:
        raise Refused(
            "recommendation-without-date",
            N_("A recommendation has no date: “{what}”."),
            hint=N_("Nothing was changed. Say by when it is to be done."),
            field="due_on",
            part_id=str(row["id"]),
            params={"what": str(row["what"] or "")[:80]},
        )
    office = str(row["by_office"] or unit.w.office)
    values: dict[str, Value] = {
        "action_fr": _line(row["what"]),
        "action_en": _line(row["what_en"]),
        "origin": origin,
        "responsible_office": office if office in OFFICES else unit.w.office,
        "responsible": _responsible(unit, str(row["by_whom"] or "")),
        "due_on": str(row["due_on"]),
        "priority": row["priority"] or "normal",
    }
    made = unit.create("follow_up", values)
    unit.change_part(entity, origin, "recommendation", str(row["id"]), {"follow_up": made})
    return made


def _line(text: Any) -> str | None:
    return " ".join(str(text).split())[:2_000] if text else None


def _responsible(unit: UnitOfWork, name: str) -> str:
    field = record_kinds()["follow_up"].fields["responsible"]
    with suppress(DeskError):
        if name:
            return referred(unit.connection, field, name)
    row = require_row(unit.connection, "officer", unit.w.actor.officer)
    return str(row["id"])
