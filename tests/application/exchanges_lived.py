"""An exchange that took place, with people of two countries, for the papers made from it."""

from dataclasses import dataclass

from sscdesk.application import records
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.model.values import Value

EXCHANGE: dict[str, Value] = {
    "title_fr": "Visite du guichet des investisseurs",
    "title_en": "Visit of the investors' desk",
    "title_ar": "زيارة شباك المستثمرين",
    "kind": "study_visit",
    "step": "share",
    "fields_of_action": ("migration_development",),
    "partner_offices": ("ML",),
    "starts_on": "2026-02-10",
    "ends_on": "2026-02-11",
    "place": "Rabat",
    "country": "MA",
    "objectives": "Comparer les guichets & leurs délais <10 jours>.",
    "languages": ("ar", "fr"),
}


@dataclass
class Lived:
    """The exchange, and the people who were there."""

    exchange: RecordView
    speaker: RecordView
    hidden: RecordView


def a_person(w: Workspace, given: str, family: str, sex: str, **values: Value) -> RecordView:
    """Somebody with a post in an organisation of the office's country."""
    ministry = records.create(
        w,
        "organisation",
        {
            "name_fr": f"Direction de {family}",
            "country": w.office,
            "kind": "directorate",
            "level": "national",
        },
    )
    fields: dict[str, Value] = {"given": given, "family": family, "sex": sex, **values}
    post: dict[str, Value] = {"function": f"Directrice {family}", "organisation": ministry.id}
    return records.create(w, "person", fields, {"post": [post]})


def a_held_exchange(w: Workspace, **values: Value) -> Lived:
    """A visit of two days: one speaker, one person who may not be named, one who did not come."""
    speaker = a_person(w, "Amina", "Benali", "f", name_ar="أمينة بنعلي", emails=("a@exemple.ma",))
    hidden = a_person(w, "Secret", "Discret", "m", may_be_shared=False)
    absent = a_person(w, "Pas", "Venue", "f")
    exchange = records.create(
        w,
        "exchange",
        {**EXCHANGE, "lead_office": w.office, **values},
        {
            "session": [
                {
                    "day": "2026-02-10",
                    "start": "09:00",
                    "end": "10:30",
                    "title": "Le guichet",
                    "speakers": (speaker.id,),
                    "minutes": "Un seul agent suit chaque porteur.",
                    "decisions": "Les formulaires seront comparés.",
                }
            ],
            "participation": [
                {"person": speaker.id, "role": "speaker", "attendance": "attended"},
                {"person": hidden.id, "attendance": "attended", "days_attended": ("2026-02-10",)},
                {"person": absent.id, "attendance": "absent"},
            ],
            "evaluation": [
                {"question": "content", "score": 5, "answers": 3, "comments": "Très concret."},
                {"question": "content", "score": 3, "answers": 1},
            ],
            "finding": [{"words": "Un lieu, un agent.", "field": "migration_development"}],
            "recommendation": [{"what": "Échanger deux agents", "due_on": "2026-06-30"}],
        },
    )
    with w.unit("Test", undoable=False) as unit:
        unit.move_state("exchange", exchange.id, "held")
    return Lived(records.view(w, exchange.id), speaker, hidden)
