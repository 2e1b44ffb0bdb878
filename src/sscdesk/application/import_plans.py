"""Registers keep agreements and their action plans in one list; the desk tells them apart."""

from collections.abc import Mapping, Sequence

from sscdesk.application.import_views import Fault, RowPreview, RowStatus
from sscdesk.application.sheet_shapes import Shape
from sscdesk.model.agreement import ActionPlan
from sscdesk.model.consistency import fault_rules
from sscdesk.model.field import ALWAYS, fields_of
from sscdesk.model.offices import OFFICES
from sscdesk.model.validation import missing_field
from sscdesk.model.values import Value

_BECOMES: Mapping[str, tuple[str, ...]] = {
    "signed_on": ("adopted_on", "period_from"),
    "valid_until": ("period_until",),
    "parent_agreement": ("agreement",),
}
_STATES = {
    "draft": "draft",
    "signed": "adopted",
    "in_force": "adopted",
    "expired": "closed",
    "terminated": "closed",
}


def plans_among(shape: Shape, rows: Sequence[RowPreview]) -> list[RowPreview]:
    """Turn the rows of a list of agreements that are action plans into plans."""
    if shape.mapped.entity != "agreement":
        return list(rows)
    return [_as_plan(row) if _is_plan(row) else row for row in rows]


def _is_plan(row: RowPreview) -> bool:
    return row.values.get("kind") == "action_plan" or (row.ref or "")[3:6] == ActionPlan.ref_code


def _as_plan(row: RowPreview) -> RowPreview:
    fields = fields_of(ActionPlan)
    values: dict[str, Value] = {}
    for name, value in row.values.items():
        for target in _BECOMES.get(name, (name,)):
            if target in fields:
                values.setdefault(target, value)
    countries = row.values.get("countries")
    if isinstance(countries, tuple):
        values["offices"] = tuple(code for code in countries if code in OFFICES)
    row.entity, row.values = ActionPlan.entity, values
    row.state = _STATES.get(row.state or "draft", "draft")
    _check_again(row)
    return row


def _check_again(row: RowPreview) -> None:
    """What an agreement needs is not what a plan needs."""
    faults = [f for f in row.faults if f.code != "field-missing"]
    for field in fields_of(ActionPlan).values():
        if field.required == ALWAYS and not any(
            row.values.get(name) for name in (field.name, *field.unless)
        ):
            refusal = missing_field(field)
            faults.append(Fault("", field.name, refusal.code, refusal.message, refusal.params))
    for rule in fault_rules(ActionPlan.entity):
        for refusal in rule(row.values):
            faults.append(Fault("", refusal.field, refusal.code, refusal.message, refusal.params))
    row.faults = tuple(faults)
    row.status = RowStatus.REFUSED if faults else RowStatus.NEW
