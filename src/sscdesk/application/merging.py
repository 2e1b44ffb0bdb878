"""Saying that two records are one, and taking that back.

One gives way: its field ``same_as`` names the one kept. Nothing else of it changes, so
that everything is still there to read, and to part again; whoever referred to it is led
to the one kept (``redirects.py``). What the one kept does not know, it is given.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sscdesk.application import auditing
from sscdesk.application.duplicates import two_of_a_kind
from sscdesk.application.reading import Row, require_row, resolve
from sscdesk.application.redirects import redirects
from sscdesk.application.unit_of_work import UnitOfWork
from sscdesk.application.viewing import view_record
from sscdesk.application.views import RecordView
from sscdesk.model.audience import is_wider
from sscdesk.model.base import EntityKind, record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.field import Audience, Field
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.model.values import Value

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

_NEVER_GIVEN = frozenset(
    {"same_as", "legal_basis", "source", "informed_on", "may_be_shared", "review_by", "basis"}
)
"""What was agreed about one record is not thereby agreed about another."""


def merge(w: "Workspace", keep: str, other: str, *, fill: bool = True) -> RecordView:
    """Let ``other`` give way to ``keep``; with ``fill``, give ``keep`` what it lacks.

    Raises ``NotFound``, and ``Refused`` ("other-kind", "no-duplicates-of",
    "merged-already", "in-bin", "not-your-role").
    """
    check_right(w.actor, "merge_duplicates")
    with w.unit(N_("Merge duplicates")) as unit:
        entity, kept, gone = two_of_a_kind(unit.connection, keep, other)
        followed = redirects(unit.connection, entity)
        kept, gone = followed.get(kept, kept), followed.get(gone, gone)
        if kept == gone:
            raise Refused(
                "merged-already",
                N_("These two are merged already."),
                hint=N_("Nothing was changed."),
            )
        kind = record_kinds()[entity]
        row = require_row(unit.connection, entity, gone)
        target = require_row(unit.connection, entity, kept)
        unit.require_here(target)
        _lead_out_of_circle(unit, kind, kept)
        unit.change(entity, gone, {"same_as": kept}, by_desk=True)
        if fill:
            _fill(unit, kind, target, row)
        auditing.note(
            unit.connection,
            w.actor,
            auditing.now_text(w),
            "duplicates-merged",
            str(target["ref"]),
            str(row["ref"]),
        )
        made = view_record(w, unit.connection, entity, kept)
    return made


def separate(w: "Workspace", ref: str) -> RecordView:
    """Part a record that gave way from the one that stands for it.

    What the other was given stays; it can be taken back from its history. Raises
    ``NotFound`` ("not-merged").
    """
    check_right(w.actor, "merge_duplicates")
    with w.unit(N_("Part merged records")) as unit:
        entity, identifier = resolve(unit.connection, ref)
        followed = redirects(unit.connection, entity)
        if identifier not in followed:
            raise NotFound(
                "not-merged",
                N_("This record is not merged into another one."),
                hint=N_("Name the record that gave way."),
            )
        kept = followed[identifier]
        _lead_out_of_circle(unit, record_kinds()[entity], kept)
        unit.change(entity, identifier, {"same_as": None}, by_desk=True)
        row = require_row(unit.connection, entity, identifier)
        auditing.note(
            unit.connection, w.actor, auditing.now_text(w), "merge-taken-back", str(row["ref"])
        )
        made = view_record(w, unit.connection, entity, identifier)
    return made


def _lead_out_of_circle(unit: UnitOfWork, kind: EntityKind, kept: str) -> None:
    """End the redirect of the one that stands for a circle: it is kept, and says so."""
    if require_row(unit.connection, kind.name, kept)["same_as"]:
        unit.change(kind.name, kept, {"same_as": None}, by_desk=True)


def _fill(unit: UnitOfWork, kind: EntityKind, kept: Row, gone: Row) -> None:
    """Give the one kept what it lacks; nothing that it says is replaced."""
    writable = unit.rules.writable(kind, kept)
    given: dict[str, Value] = {}
    for name, field in kind.fields.items():
        if name in writable and name not in _NEVER_GIVEN and _may_give(field, kept, gone):
            value = _given(field, kept, gone)
            if value is not None:
                given[name] = value
    if given:
        unit.change(kind.name, str(kept["id"]), given)


def _may_give(field: Field, kept: Mapping[str, Any], gone: Mapping[str, Any]) -> bool:
    """Whether nobody would learn of a value who could not read it before."""
    if field.computed:
        return False
    if field.audience is Audience.OFFICE:
        return True
    wider = is_wider(str(kept["audience"]), str(gone["audience"]))
    return not wider and not is_wider(str(kept["circle"]), str(gone["circle"]))


def _given(field: Field, kept: Row, gone: Row) -> Value:
    """Return what a field is given, None where there is nothing to give."""
    has, offered = from_sql(field, kept.get(field.name)), from_sql(field, gone.get(field.name))
    if field.is_set:
        held = has if isinstance(has, tuple) else ()
        both = {*held, *(offered if isinstance(offered, tuple) else ())}
        return tuple(sorted(both)) if both > set(held) else None
    return offered if has in (None, "") and offered not in (None, "") else None
