"""Two offices that work together: a promise between them, and a report for both to sign."""

from dataclasses import dataclass
from pathlib import Path

from sscdesk.application import records, reports
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.model.values import Value
from tests.desks import DeskMaker, a_mission, befriend, send

CONDITIONS = (
    "Le guichet de Bamako reçoit deux agents.\n"
    "Les frais de séjour sont à la charge du bureau du Maroc.\n"
    "Un rapport est remis dans les quinze jours."
)


@dataclass
class Partners:
    """The desks of Rabat and Bamako, which know each other and hold the same records."""

    maker: DeskMaker
    folder: Path
    ma: Workspace
    ml: Workspace

    def exchange(self) -> None:
        """Let a file travel both ways."""
        send(self.folder, self.ma, self.ml)
        send(self.folder, self.ml, self.ma)


def two_offices(maker: DeskMaker, folder: Path) -> Partners:
    """Found the offices of Rabat and Bamako and let them know each other."""
    ma = maker.office("MA", name="Ana Idrissi")
    ml = maker.office("ML", name="Jean Coulibaly")
    befriend(folder, ma, ml)
    return Partners(maker, folder, ma, ml)


def an_organisation(w: Workspace, name: str, **values: Value) -> RecordView:
    """An organisation of the office's country."""
    given: dict[str, Value] = {
        "name_fr": name,
        "country": w.office,
        "kind": "ministry",
        "level": "national",
        **values,
    }
    return records.create(w, "organisation", given)


def a_commitment(w: Workspace, **values: Value) -> RecordView:
    """What Bamako promises to Rabat, within a plan of the two."""
    ours = an_organisation(w, "Direction de la coopération")
    theirs = an_organisation(w, "Guichet des investisseurs", country="ML")
    agreement = records.create(
        w,
        "agreement",
        {
            "title_fr": "Accord de coopération migratoire",
            "kind": "mou",
            "parties": (ours.id, theirs.id),
            "countries": ("MA", "ML"),
        },
    )
    plan = records.create(
        w,
        "action_plan",
        {
            "title_fr": "Plan d'action Maroc-Mali",
            "offices": ("MA", "ML"),
            "agreement": agreement.id,
            "period_from": "2026-01-01",
            "period_until": "2027-12-31",
        },
    )
    given: dict[str, Value] = {
        "title_fr": "Recevoir deux agents au guichet de Bamako",
        "action_plan": plan.id,
        "field": "migration_development",
        "owed_by": "ML",
        "owed_to": "MA",
        "owner_organisation": theirs.id,
        "beneficiary_organisation": ours.id,
        "due_on": "2026-06-30",
        "conditions": CONDITIONS,
        **values,
    }
    return records.create(w, "commitment", given)


def a_returned_mission(w: Workspace) -> RecordView:
    """A mission that came home with what its report needs."""
    mission = a_mission(w)
    records.add_part(w, mission.ref, "meeting", {"held_on": "2026-03-10", "subject": "Le guichet"})
    records.add_part(w, mission.ref, "finding", {"words": "Un seul lieu, un seul agent."})
    records.add_part(
        w, mission.ref, "recommendation", {"what": "Rédiger la fiche", "due_on": "2026-03-31"}
    )
    with w.unit("Test", undoable=False) as unit:
        unit.move_state("mission", mission.id, "returned")
    return records.view(w, mission.ref)


def a_submitted_report(w: Workspace) -> RecordView:
    """The report of a mission, handed in for review."""
    mission = a_returned_mission(w)
    report = reports.build(w, "mission_report", mission.ref, "fr")
    return reports.submit(w, report.ref)
