"""Erasing a person at their request: from rows, history and what is sent from now on.

The office that recorded the person erases, its head approving; the others follow when
the file reaches them, and each declares what its own people wrote about the person. What
stays is the reference number, so that whoever referred to the person sees that somebody
was erased. A name inside a signed report stays: the answer names those reports.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application import auditing
from sscdesk.application.reading import Row, erased_for, require_row, resolve
from sscdesk.application.unit_of_work import UnitOfWork
from sscdesk.model.base import record_kinds
from sscdesk.model.offices import office_name
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.rights import check_right
from sscdesk.model.text import N_
from sscdesk.search.index import forget_rows
from sscdesk.sync.erasing import FoundLeaf, find_leaves, meta_row
from sscdesk.sync.rows import Sharing, layouts

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

PERSON = "person"


@dataclass(frozen=True, slots=True)
class KeptIn:
    """A signed report in which the name stays."""

    id: str
    ref: str


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """What was erased, and what stays."""

    ref: str
    reason: str
    rows: int
    """Rows emptied: the person, the posts, documents kept with the person."""
    leaves: int
    """Entries taken out of the journal."""
    documents: int
    kept_in: tuple[KeptIn, ...]


def erase(w: "Workspace", ref: str, reason: str) -> ErasureReport:
    """Erase a person. Raises ``NotFound``, and ``Refused`` ("not-your-role",
    "not-your-office", "no-reason", "only-persons", "erased-already").
    """
    check_right(w.actor, "approve_erasure")
    reason = reason.strip()
    if not reason:
        raise Refused(
            "no-reason",
            N_("An erasure needs its reason."),
            hint=N_("Write who asked for it and when, without naming the person."),
            field="reason",
        )
    with w.unit(N_("Erase at the person's request"), note=reason, undoable=False) as unit:
        entity, identifier = resolve(unit.connection, ref)
        row = require_row(unit.connection, entity, identifier)
        _require_erasable(w, unit.connection, entity, row)
        kept_in = _reports_naming(unit.connection, row)
        groups = _rows_about(unit.connection, w.office, row)
        blobs = [str(one["sha256"]) for one in groups.get("attachment", ()) if one["sha256"]]
        leaves = _erase_groups(unit, groups, reason)
        rows = sum(len(group) for group in groups.values())
        unit.summary_entities.add(entity)
        unit.summary_records.add(identifier)
        at = auditing.now_text(w)
        stays = ", ".join(one.ref for one in kept_in)
        detail = f"{reason} ({stays})" if stays else reason
        auditing.note(unit.connection, w.actor, at, "erased", str(row["ref"]), detail)
    forget_undo(w, {str(one["id"]) for group in groups.values() for one in group})
    documents = _drop_documents(w, blobs)
    return ErasureReport(str(row["ref"]), reason, rows, leaves, documents, kept_in)


def _require_erasable(
    w: "Workspace", connection: Connection, entity: str, row: Mapping[str, Any]
) -> None:
    if entity != PERSON:
        raise Refused(
            "only-persons",
            N_("Only persons are erased; other records are put into the bin."),
            hint=N_("Nothing was changed. Name a person."),
        )
    if erased_for(connection, str(row["id"])) is not None:
        raise NotFound(
            "erased-already",
            N_("This person was erased before."),
            hint=N_("Nothing of the person is left here to erase."),
        )
    if row["owner"] != w.office:
        raise Refused(
            "not-your-office",
            N_("Only {office}, which recorded the person, may erase the record."),
            hint=N_("Nothing was changed. Ask that office; its erasure reaches you with its file."),
            params={"office": office_name(str(row["owner"]))},
        )


def _rows_about(connection: Connection, office: str, person: Row) -> dict[str, list[Row]]:
    """Return the person, the rows inside and this office's documents kept with it, by table."""
    groups: dict[str, list[Row]] = {PERSON: [person]}
    for part in record_kinds()[PERSON].parts.values():
        table = part.__tablename__
        groups[table] = _select(connection, table, "parent = ?", person["id"])
    groups["attachment"] = _select(
        connection, "attachment", "record = ? AND owner = ?", person["id"], office
    )
    return {table: rows for table, rows in groups.items() if rows}


def _select(connection: Connection, table: str, condition: str, *values: str) -> list[Row]:
    found = connection.exec_driver_sql(
        f'SELECT * FROM "{table}" WHERE {condition}',  # noqa: S608 - the model's own names
        values,
    ).mappings()
    return [dict(row) for row in found]


def _erase_groups(unit: UnitOfWork, groups: Mapping[str, Sequence[Row]], reason: str) -> int:
    rows = {str(row["id"]) for group in groups.values() for row in group}
    leaves = list(find_leaves(unit.connection, rows))
    first = groups[PERSON][0]
    sharing = Sharing(str(first["audience"]), str(first["circle"]), unit.w.office)
    for table, group in groups.items():
        layout = layouts()[table]
        audiences = {sharing.stream_of(layout, name) for name in ("owner", *layout.fields)}
        by_audience = _by_audience(leaves, audiences)
        unit.capture.erase(table, [meta_row(layout, row) for row in group], by_audience, reason)
    forget_rows(unit.connection, sorted(rows))
    return len({leaf.digest for leaf in leaves})


def _by_audience(leaves: Iterable[FoundLeaf], audiences: set[str]) -> dict[str, list[bytes]]:
    """Sort hashes by who may know of them; every audience of the record learns of it."""
    found: dict[str, list[bytes]] = {audience: [] for audience in audiences}
    for leaf in leaves:
        digests = found.setdefault(leaf.audience, [])
        if leaf.digest not in digests:
            digests.append(leaf.digest)
    return found


def _reports_naming(connection: Connection, person: Row) -> tuple[KeptIn, ...]:
    """Return the signed reports in which the person's name stands."""
    latin = " ".join(str(person[name]) for name in ("given", "family") if person[name])
    names = {latin, str(person["name_ar"] or "")} - {""}
    found: dict[str, KeptIn] = {}
    for name in names:
        rows = connection.exec_driver_sql(
            "SELECT id, ref FROM report WHERE signed_on IS NOT NULL AND instr(snapshot, ?) > 0",
            (name,),
        )
        found.update({row.id: KeptIn(str(row.id), str(row.ref)) for row in rows})
    return tuple(sorted(found.values(), key=lambda one: one.ref))


def _drop_documents(w: "Workspace", hashes: Iterable[str]) -> int:
    """Delete the documents that no record names any more."""
    dropped = 0
    with w.read() as connection:
        for sha256 in set(hashes):
            named = connection.exec_driver_sql(
                "SELECT 1 FROM attachment WHERE sha256 = ?", (sha256,)
            ).first()
            path = w.blobs.path_of(sha256)
            if named is None and path.exists():
                path.unlink()
                dropped += 1
    return dropped


def forget_undo(w: "Workspace", rows: set[str]) -> None:
    """Forget the values of erased rows that Undo and Redo still held."""
    for steps in (w.undo_history.done, w.undo_history.undone):
        for step in steps:
            step.inverses[:] = [one for one in step.inverses if one.row not in rows]
        steps[:] = [step for step in steps if step.inverses]


# ---------------------------------------------------------------- following


def follow(w: "Workspace", erased: set[str]) -> None:
    """After a file that erased: declare what this office wrote about the same rows."""
    if not erased:
        return
    forget_undo(w, erased)
    with w.unit(N_("Erase at the person's request"), undoable=False) as unit:
        forget_rows(unit.connection, sorted(erased))
        rows = _all_rows_of(unit.connection, erased)
        own = [leaf for leaf in find_leaves(unit.connection, set(rows)) if leaf.office == w.office]
        for table in sorted({table for table, _, _ in rows.values()} if own else ()):
            layout = layouts()[table]
            group = [meta_row(layout, row) for name, row, _ in rows.values() if name == table]
            unit.capture.erase(table, group, _by_audience(own, set()), "")
        at = auditing.now_text(w)
        for _table, row, reason in rows.values():
            if row["id"] in erased and row.get("ref"):
                auditing.note(unit.connection, w.actor, at, "erased-by-file", row["ref"], reason)


def _all_rows_of(
    connection: Connection, erased: set[str]
) -> dict[str, tuple[str, dict[str, Any], str]]:
    """Return table, row and reason of everything erased with these rows, by identifier."""
    found: dict[str, tuple[str, dict[str, Any], str]] = {}
    for identifier in erased:
        for one in connection.exec_driver_sql(
            "SELECT row, table_name, reason FROM erasure WHERE record = ? OR row = ?",
            (identifier, identifier),
        ):
            row = require_row(connection, one.table_name, one.row)
            found[str(one.row)] = (str(one.table_name), row, str(one.reason))
    return found
