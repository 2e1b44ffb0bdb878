"""Agreements, plans and promises of two offices, for tests."""

from sscdesk.application import records
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.model.values import Value


def a_body(w: Workspace, country: str, name: str = "Ministère") -> str:
    """An organisation of a country; returns its identifier."""
    given: dict[str, Value] = {
        "name_fr": f"{name} {country}",
        "country": country,
        "kind": "ministry",
        "level": "national",
    }
    return records.create(w, "organisation", given).id


def an_agreement(w: Workspace, *countries: str) -> RecordView:
    """A memorandum between countries."""
    bodies = tuple(sorted(a_body(w, country) for country in countries))
    values: dict[str, Value] = {
        "title_fr": "Mémorandum",
        "parties": bodies,
        "countries": tuple(sorted(countries)),
    }
    return records.create(w, "agreement", values)


def a_plan(w: Workspace, agreement: str, *offices: str, **values: Value) -> RecordView:
    """An action plan of two offices."""
    given: dict[str, Value] = {
        "title_fr": "Plan d'action bilatéral",
        "offices": tuple(sorted(offices)),
        "agreement": agreement,
        "period_from": "2026",
        "period_until": "2028",
    }
    return records.create(w, "action_plan", {**given, **values})


def a_promise(w: Workspace, plan: str, by: str, to: str, **values: Value) -> RecordView:
    """A commitment of one office to another."""
    given: dict[str, Value] = {
        "title_fr": f"{by} promet à {to}",
        "action_plan": plan,
        "field": "migrants_rights",
        "owed_by": by,
        "owed_to": to,
        "owner_organisation": a_body(w, by, "Porteur"),
        "beneficiary_organisation": a_body(w, to, "Bénéficiaire"),
        "due_on": "2026-06-30",
    }
    return records.create(w, "commitment", {**given, **values})


def put_in_state(w: Workspace, entity: str, record: str, state: str) -> None:
    """Put a record into a state without walking all the way there."""
    with w.unit("A state for a test", undoable=False) as unit:
        unit.set_state(entity, record, "as if", state, "")
