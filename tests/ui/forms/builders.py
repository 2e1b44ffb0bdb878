"""Records that the forms of the tests show."""

from typing import Any

from sscdesk.application import records
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.model.values import Money


def an_organisation(w: Workspace, **values: Any) -> RecordView:
    """An organisation of Morocco."""
    given = {
        "name_fr": "Agence de développement",
        "country": "MA",
        "kind": "public_agency",
        "level": "national",
    }
    return records.create(w, "organisation", {**given, **values})


def a_person(w: Workspace, given: str = "Awa", family: str = "Traoré", **values: Any) -> RecordView:
    """A contact."""
    needed = {"legal_basis": "public_task", "may_be_shared": True}
    return records.create(w, "person", {"given": given, "family": family, **needed, **values})


def a_mission(w: Workspace, **values: Any) -> RecordView:
    """A mission to Bamako with its officer and two legs."""
    given = {
        "purpose_fr": "Étudier le guichet",
        "departs_on": "2026-03-09",
        "returns_on": "2026-03-13",
        "country": "ML",
        "budget": Money(4_860_000, "MAD"),
    }
    return records.create(
        w,
        "mission",
        {**given, **values},
        {
            "traveller": [{"person": w.actor.officer, "quality": "head"}],
            "leg": [
                {"from_place": "Rabat", "to_place": "Bamako", "date": "2026-03-09"},
                {"from_place": "Bamako", "to_place": "Rabat", "date": "2026-03-13"},
            ],
        },
    )


def in_state(w: Workspace, record: str, state: str) -> None:
    """Put a mission into a state without walking all the way there."""
    with w.unit("A state for a test", undoable=False) as unit:
        unit.set_state("mission", record, "depart", state, "")
