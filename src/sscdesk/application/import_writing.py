"""Writes the rows of a rehearsal into one unit of work, in batches."""

import json
from collections.abc import Mapping, Sequence

from sscdesk.application.import_lookup import identifier_of
from sscdesk.application.import_views import (
    Decision,
    ImportPreview,
    ImportReport,
    Progress,
    RowOutcome,
    RowPreview,
    RowStatus,
)
from sscdesk.application.unit_of_work import UnitOfWork
from sscdesk.model.base import record_kinds
from sscdesk.model.reference_number import is_reference
from sscdesk.model.values import Value

_BATCH = 5_000
_DEFAULT = {
    RowStatus.NEW: Decision.TAKE,
    RowStatus.CHANGED: Decision.UPDATE,
}


class Writer:
    """Takes rows one after another and writes them in batches."""

    def __init__(self, unit: UnitOfWork, found: ImportPreview, progress: Progress) -> None:
        self._unit = unit
        self._found = found
        self._progress = progress
        self._entity, self._part = _kind_and_part(found.entity)
        self._waiting: dict[str, list[RowPreview]] = {}
        self._outcomes: list[RowOutcome] = []
        self._refs: list[str] = []
        self._done = 0
        unit.rules.takeover = found.takeover

    def take(self, row: RowPreview, decision: Decision | None) -> None:
        """Take a row, change the record it matches, or say why it was left."""
        decided = decision or _DEFAULT.get(row.status, Decision.SKIP)
        if decided is Decision.WITHOUT and row.status is RowStatus.REFUSED:
            row = _without_faults(row)
            decided = Decision.TAKE if row.status is RowStatus.NEW else Decision.SKIP
        if decided is Decision.TAKE and row.status in (RowStatus.NEW, RowStatus.DUPLICATE):
            self._gather(row)
        elif decided is Decision.UPDATE and row.match is not None and row.match.record:
            self._change(row)
        else:
            self._leave(row)
        self._done += 1
        if self._done % 500 == 0:
            self._progress(self._done, len(self._found.rows))

    def _gather(self, row: RowPreview) -> None:
        waiting = self._waiting.setdefault(row.entity, [])
        waiting.append(row)
        if len(waiting) >= _BATCH:
            self._flush(row.entity)

    def _flush(self, entity: str) -> None:
        rows = self._waiting.pop(entity, [])
        if not rows:
            return
        if self._part is not None:
            self._unit.add_parts(
                self._entity,
                self._part,
                [(str(row.parent), row.owner, row.values) for row in rows],
            )
        else:
            self._create(entity, rows)

    def _create(self, entity: str, rows: Sequence[RowPreview]) -> None:
        made = self._unit.create_many(
            entity,
            [row.values for row in rows],
            refs=[row.ref for row in rows],
            states=[row.state for row in rows],
            owners=[row.owner for row in rows],
            identifiers=[_identifier(row) for row in rows],
            checked=True,
        )
        inside: dict[str, list[tuple[str, str | None, Mapping[str, Value]]]] = {}
        for identifier, row in zip(made, rows, strict=True):
            for part, parts in row.parts.items():
                inside.setdefault(part, []).extend((identifier, row.owner, p) for p in parts)
        for part, given in inside.items():
            self._unit.add_parts(entity, part, given)
        self._refs += self._refs_of(entity, made)

    def _refs_of(self, entity: str, identifiers: Sequence[str]) -> list[str]:
        found = self._unit.connection.exec_driver_sql(
            f'SELECT r.ref FROM json_each(?) e JOIN "{entity}" r ON r.id = e.value ORDER BY e.key',  # noqa: S608
            (json.dumps(identifiers),),
        )
        return [str(ref) for ref in found.scalars()]

    def _change(self, row: RowPreview) -> None:
        assert row.match is not None
        record = str(row.match.record)
        self._unit.change(row.entity, record, row.values)
        self._outcomes.append(RowOutcome(row.number, "changed", row.match.ref, _reasons(row)))

    def _leave(self, row: RowPreview) -> None:
        outcome = {
            RowStatus.REFUSED: "refused",
            RowStatus.UNCHANGED: "unchanged",
        }.get(row.status, "skipped")
        ref = row.match.ref if row.match is not None else row.ref or ""
        self._outcomes.append(RowOutcome(row.number, outcome, ref, _reasons(row)))

    def finish(self) -> ImportReport:
        """Write what waits and tell what was done."""
        for entity in list(self._waiting):
            self._flush(entity)
        broken = [
            RowOutcome(row.number, "broken", "", (row.remark.text,)) for row in self._found.broken
        ]
        outcomes = sorted([*self._outcomes, *broken], key=lambda one: one.number)
        counts = {name: sum(o.outcome == name for o in outcomes) for name in _COUNTED}
        return ImportReport(
            self._found.entity,
            self._found.request.path.name,
            created=len(self._found.rows) - len(self._outcomes),
            changed=counts["changed"],
            unchanged=counts["unchanged"],
            skipped=counts["skipped"],
            refused=counts["refused"] + counts["broken"],
            refs=tuple(self._refs),
            outcomes=tuple(outcomes),
            remarks=tuple(remark.text for remark in self._found.remarks),
        )


_COUNTED = ("changed", "unchanged", "skipped", "refused", "broken")


def _kind_and_part(name: str) -> tuple[str, str | None]:
    if name in record_kinds():
        return name, None
    for kind in record_kinds().values():
        for part in kind.parts.values():
            if part.entity == name:
                return kind.name, part.part
    raise KeyError(name)


def _identifier(row: RowPreview) -> str | None:
    return identifier_of(row.ref) if row.ref and is_reference(row.ref) else None


def _reasons(row: RowPreview) -> tuple[str, ...]:
    return tuple(fault.text for fault in (*row.faults, *row.doubts))


def _without_faults(row: RowPreview) -> RowPreview:
    """Leave out the cells at fault; what they said is kept in the internal note."""
    optional = [fault for fault in row.faults if fault.heading]
    if len(optional) < len(row.faults):
        return row
    said = "\n".join(f"{fault.heading}: {fault.content}" for fault in optional)
    note = row.values.get("internal_note")
    row.values["internal_note"] = f"{note}\n{said}" if note else said
    row.status = RowStatus.NEW
    return row
