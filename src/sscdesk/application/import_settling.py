"""What would become of each row that was read: new, changed, here already, refused."""

# ruff: noqa: S608 - the names in these statements are the model's own

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application.import_matching import find_matches
from sscdesk.application.import_views import Fault, ImportRequest, Match, RowPreview, RowStatus
from sscdesk.application.reading import require_row
from sscdesk.application.rules import Rules
from sscdesk.application.sheet_shapes import Shape, shape_of
from sscdesk.model.base import record_kinds
from sscdesk.model.codec import from_sql
from sscdesk.model.offices import office_name
from sscdesk.model.reference_number import is_reference
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace


def settle(
    w: "Workspace",
    connection: Connection,
    shape: Shape,
    request: ImportRequest,
    rows: Sequence[RowPreview],
    *,
    takeover: bool,
) -> None:
    """Give each row its status, and the record or row that it matches."""
    rules = Rules(connection, w.actor, today=w.clock().date().isoformat())
    settler = _Settler(w.office, connection, rules, shape, request, takeover)
    if shape.part is None:
        for entity in dict.fromkeys(row.entity for row in rows):
            some = [row for row in rows if row.entity == entity]
            settler.find_existing(entity, some)
            find_matches(connection, entity, [r for r in some if r.status is RowStatus.NEW])
    for row in rows:
        settler.settle(row)


class _Settler:
    """Decides row by row."""

    def __init__(
        self,
        office: str,
        connection: Connection,
        rules: Rules,
        shape: Shape,
        request: ImportRequest,
        takeover: bool,
    ) -> None:
        self._office = office
        self._connection = connection
        self._rules = rules
        self._shape = shape
        self._request = request
        self._takeover = takeover
        self._parents: dict[str, Refused | None] = {}

    def settle(self, row: RowPreview) -> None:
        """Refuse what the desk's rules forbid, set aside what is here or not for this office."""
        if self._request.options.own_only and (row.owner or self._office) != self._office:
            row.status = RowStatus.ELSEWHERE
        elif row.status is RowStatus.REFUSED:
            return
        elif self._shape.part is not None:
            self._settle_part(row)
        else:
            self._settle_record(row)

    def _settle_record(self, row: RowPreview) -> None:
        if row.status is not RowStatus.NEW:
            return
        if not self._takeover:
            _refuse_register(row)
        elif row.ref is not None and not _fits(row):
            message = N_("“{text}” is not a number of this kind of record")
            _refuse(row, "ref", "not-a-reference", message, text=row.ref)
        certain = row.match is not None and row.match.certain
        if row.status is RowStatus.NEW and certain and not row.ref:
            row.status = RowStatus.DUPLICATE

    def _settle_part(self, row: RowPreview) -> None:
        if self._takeover or row.parent is None:
            return
        if (row.owner or self._office) != self._office:
            message = N_("this row belongs to {office} and comes with its file")
            _refuse(row, None, "not-your-office", message, office=office_name(str(row.owner)))
            return
        refusal = self._refusal_of_parent(row.parent)
        if refusal is not None:
            _refuse(row, None, refusal.code, refusal.message, **refusal.params)

    def _refusal_of_parent(self, parent: str) -> Refused | None:
        assert self._shape.part is not None
        if parent not in self._parents:
            row = require_row(self._connection, self._shape.kind.name, parent)
            mapped = self._shape.part
            self._parents[parent] = _asked(
                lambda: self._rules.require_part(self._shape.kind, mapped, row)
            )
        return self._parents[parent]

    # ------------------------------------------------------------ what is here

    def find_existing(self, entity: str, rows: Sequence[RowPreview]) -> None:
        """Rows whose number, or whose value of the column asked for, is here already."""
        key = self._request.update_by or "ref"
        name = _field_name(entity, key)
        if key == "ref" and not any(row.ref for row in rows):
            return
        here = self._held_by(entity, name)
        for row in rows:
            own = row.ref if key == "ref" else row.values.get(name)
            held = next((here[text] for text in _key_texts(own) if text in here), None)
            if held is not None:
                self._compare(entity, row, held)
            elif self._request.update_by and key != "ref":
                row.status = RowStatus.REFUSED if row.faults else row.status

    def _held_by(self, entity: str, name: str) -> dict[str, dict[str, Any]]:
        declared = record_kinds()[entity].fields.get(name)
        held: dict[str, dict[str, Any]] = {}
        for found in self._connection.exec_driver_sql(
            f'SELECT * FROM "{entity}" WHERE deleted = 0'
        ).mappings():
            value = from_sql(declared, found[name]) if declared else found[name]
            for text in _key_texts(value):
                held.setdefault(text, dict(found))
        return held

    def _compare(self, entity: str, row: RowPreview, held: Mapping[str, Any]) -> None:
        kind = record_kinds()[entity]
        now = {name: from_sql(kind.fields[name], held[name]) for name in row.values}
        differing = {name: now[name] for name, value in row.values.items() if now[name] != value}
        row.match = Match(held["ref"], row.title, N_("same number"), True, record=held["id"])
        row.before = differing
        state_kept = row.state in (None, held["state"])
        if not differing and state_kept:
            row.status, row.faults = RowStatus.UNCHANGED, ()
            return
        # A row about a record that is here need not fill what the record already holds.
        row.faults = tuple(fault for fault in row.faults if fault.code != "field-missing")
        if self._request.update_by is None:
            message = N_("{ref} is here with other values; ask for an update by number")
            _refuse(row, "ref", "already-here", message, ref=held["ref"])
        elif not state_kept and row.state != kind.mapped.initial_state:
            _refuse_state(row)
        else:
            self._only_what_differs(entity, row, held)

    def _only_what_differs(self, entity: str, row: RowPreview, held: Mapping[str, Any]) -> None:
        row.values = {name: row.values[name] for name in row.before}
        row.status = RowStatus.REFUSED if row.faults else RowStatus.CHANGED
        kind = record_kinds()[entity]
        refusal = _asked(lambda: self._rules.require_change(kind, held, row.values))
        if refusal is not None:
            _refuse(row, refusal.field, refusal.code, refusal.message, **refusal.params)


def _asked(question: Callable[[], object]) -> Refused | None:
    try:
        question()
    except Refused as refusal:
        return refusal
    return None


def _fits(row: RowPreview) -> bool:
    code = record_kinds()[row.entity].mapped.ref_code
    return bool(row.ref and is_reference(row.ref) and row.ref[3:6] == code)


def _refuse_register(row: RowPreview) -> None:
    """Outside of a takeover the desk numbers its records, and their actions move them."""
    if row.ref is not None:
        message = N_("“{text}” is not here, and the desk gives new numbers itself")
        _refuse(row, "ref", "numbers-given-by-desk", message, text=row.ref)
    elif row.state and row.state != record_kinds()[row.entity].mapped.initial_state:
        _refuse_state(row)


def _refuse_state(row: RowPreview) -> None:
    message = N_("the state “{text}” is reached by its action, not by a list")
    _refuse(row, "state", "state-by-action", message, text=row.state)


def _refuse(row: RowPreview, field: str | None, code: str, message: str, **params: object) -> None:
    row.faults = (*row.faults, Fault("", field, code, message, params))
    row.status = RowStatus.REFUSED


def _field_name(entity: str, key: str) -> str:
    column = shape_of(entity).column(key)
    return column.field.name if column and column.field else key


def _key_texts(value: Value) -> Iterable[str]:
    if isinstance(value, tuple):
        return [member.strip().lower() for member in value]
    return [] if value in (None, "") else [str(value).strip().lower()]
