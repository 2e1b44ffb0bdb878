"""Building what indicators count: exchanges that were held, with those who came."""

from collections.abc import Iterable

from sscdesk.application import indicators, records
from sscdesk.application.indicator_views import FigureAt, IndicatorView, Question
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.model.values import Value

CODES = {
    "IND-01": ("exchange", "sum", "kind", "country", "field", "step"),
    "IND-02": ("participation", "sum", "sex", "country", "field"),
    "IND-03": ("person", "distinct", "sex", "country"),
    "IND-04": ("percent", "ratio", "country", "field"),
    "IND-05": ("person", "distinct", "sex", "country"),
    "IND-06": ("organisation", "distinct", "country", "kind"),
    "IND-07": ("practice", "stock", "country", "field"),
    "IND-08": ("practice", "sum", "country", "field"),
    "IND-09": ("commitment", "stock", "plan", "country"),
    "IND-10": ("commitment", "sum", "plan", "country", "field"),
    "IND-11": ("commitment", "stock", "plan", "country"),
    "IND-12": ("mission", "sum", "country", "destination"),
    "IND-13": ("day", "median", "country"),
    "IND-14": ("percent", "ratio", "country", "origin"),
    "IND-18": ("person", "sum", "sex", "country"),
    "IND-19": ("percent", "ratio", "country", "budget_line"),
}


def define(w: Workspace, *codes: str, **values: Value) -> None:
    """Record the definitions of indicators."""
    for code in codes or CODES:
        unit, aggregation, *sides = CODES[code]
        given: dict[str, Value] = {
            "code": code,
            "title_fr": f"Indicateur {code}",
            "level": "output",
            "unit": unit,
            "aggregation": aggregation,
            "disaggregated_by": tuple(sides),
            **values,
        }
        records.create(w, "indicator", given)


def an_organisation(w: Workspace, name: str = "Direction", **values: Value) -> str:
    """A ministry of the desk's country; returns its identifier."""
    given: dict[str, Value] = {
        "name_fr": name,
        "country": w.office,
        "kind": "ministry",
        "level": "national",
        **values,
    }
    return records.create(w, "organisation", given).id


def a_person(w: Workspace, name: str, sex: str = "u", organisation: str = "", **post: Value) -> str:
    """A person, with a post where an organisation is said; returns the identifier."""
    posts: list[dict[str, Value]] = []
    if organisation:
        posts = [{"function": "Chargé", "organisation": organisation, **post}]
    given: dict[str, Value] = {"given": name, "family": "Essai", "sex": sex}
    return records.create(w, "person", given, {"post": posts}).id


def an_exchange(
    w: Workspace,
    people: Iterable[str] = (),
    day: str = "2026-01-15",
    state: str = "held",
    **values: Value,
) -> RecordView:
    """An exchange in a state, with those who attended."""
    given: dict[str, Value] = {
        "title_fr": "Atelier",
        "kind": "workshop",
        "step": "share",
        "lead_office": w.office,
        "starts_on": day,
        "ends_on": day,
        "country": w.office,
        "fields_of_action": ("migrants_rights",),
        **values,
    }
    rows: list[dict[str, Value]] = [
        {"person": person, "role": "participant", "attendance": "attended"} for person in people
    ]
    made = records.create(w, "exchange", given, {"participation": rows})
    move(w, "exchange", made.id, state)
    return made


def move(w: Workspace, entity: str, identifier: str, state: str) -> None:
    """Put a record into a state, as a register that is taken over would."""
    with w.unit("Test", undoable=False) as unit:
        unit.move_state(entity, identifier, state)


def merge(w: Workspace, entity: str, other: str, kept: str) -> None:
    """Say that a record is the same as another."""
    with w.unit("Test", undoable=False) as unit:
        unit.change(entity, other, {"same_as": kept}, by_desk=True)


def figure(w: Workspace, code: str, **question: str) -> int | float | None:
    """Return the figure of an indicator."""
    value = look(w, code, **question).figure.total.value
    return None if value is None else float(value)


def look(w: Workspace, code: str, **question: str) -> IndicatorView:
    """Return an indicator as asked."""
    return indicators.indicator(w, code, Question(**question))  # type: ignore[arg-type]


def sides(w: Workspace, code: str, by: str, **question: str) -> dict[str, int]:
    """Return the whole figure of an indicator by a side."""
    totals = look(w, code, by=by, **question).totals
    return {side: int(one.value or 0) for side, one in totals.items()}


def periods(w: Workspace, code: str, **question: str) -> dict[str, int]:
    """Return the figure of each period in which something counts."""
    lines = look(w, code, **question).periods
    return {line.key: int(line.total.value or 0) for line in lines if line.total.value}


def behind(w: Workspace, code: str, period: str | None = None, **question: str) -> list[str]:
    """Return the identifiers of the records behind a figure."""
    at = FigureAt(period, question.pop("side", None), Question(**question))  # type: ignore[arg-type]
    return [one.id for one in indicators.records_behind(w, code, at)]
