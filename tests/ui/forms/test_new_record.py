"""Beginning a record: what it needs, who it may be already, and nothing typed lost."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.views import ListQuery, RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.model.base import record_kinds
from sscdesk.ui.desk import Desk
from sscdesk.ui.dialogs.quick_create import QuickCreate
from sscdesk.ui.forms.drafts import Drafts, drafts_of
from sscdesk.ui.forms.new_record import NewRecordForm, first_fields
from sscdesk.ui.widgets.editors.surroundings import Option
from tests.ui.forms.builders import a_mission, a_person

Quiet = Callable[..., None]


@pytest.fixture
def begin(qtbot: QtBot, desk: Desk) -> Callable[..., NewRecordForm]:
    """Begin a record."""

    def beginning(entity: str, drafts: Drafts | None = None) -> NewRecordForm:
        form = NewRecordForm(desk, entity, drafts)
        qtbot.addWidget(form)
        form.begin({}, {})
        form.show()
        return form

    return beginning


def fill(form: NewRecordForm, **texts: str) -> None:
    """Type into the fields of a record that is begun."""
    for name, text in texts.items():
        form.row.boxes[name].editor.show_text(text)


def test_a_person_is_begun_with_a_name(
    workspace: Workspace, begin: Callable[..., NewRecordForm], quiet: Quiet, qtbot: QtBot
) -> None:
    form = begin("person")
    fill(form, given="Awa", family="Traoré")
    made: list[RecordView] = []
    form.created.connect(made.append)

    form.confirm.click()
    quiet()

    assert made[0].title == "Awa Traoré"
    assert records.view(workspace, made[0].id).fields["legal_basis"] == "public_task"


def test_a_mission_is_begun_with_its_first_traveller(
    workspace: Workspace, begin: Callable[..., NewRecordForm], quiet: Quiet
) -> None:
    traveller = a_person(workspace)
    form = begin("mission")
    fill(form, purpose_fr="Étudier", departs_on="9/3/2026", returns_on="13/3/2026")
    chosen = form.parts["traveller"].boxes["person"].editor
    chosen.show_value(traveller.id, {traveller.id: traveller.title})
    made: list[RecordView] = []
    form.created.connect(made.append)

    form.confirm.click()
    quiet()

    assert [row.fields["person"] for row in made[0].parts["traveller"]] == [traveller.id]


def test_what_is_missing_is_said_at_each_field(begin: Callable[..., NewRecordForm]) -> None:
    form = begin("mission")

    form.confirm.click()

    said = {name: box.message.text for name, box in form.row.boxes.items() if box.error}
    assert set(said) == {"purpose_fr", "departs_on", "returns_on"}
    assert said["departs_on"] == "Departs on must be filled in."


def test_a_refusal_of_the_rules_is_shown_at_its_field(
    workspace: Workspace, begin: Callable[..., NewRecordForm], quiet: Quiet
) -> None:
    traveller = a_person(workspace)
    form = begin("mission")
    fill(form, purpose_fr="Étudier", departs_on="13/3/2026", returns_on="9/3/2026")
    chosen = form.parts["traveller"].boxes["person"].editor
    chosen.show_value(traveller.id, {traveller.id: traveller.title})

    form.confirm.click()
    quiet()

    errors = [box.field.name for box in form.row.boxes.values() if box.error is not None]
    assert errors
    assert records.listing(workspace, ListQuery("mission")).total == 0


def test_a_likely_duplicate_is_announced_while_typing(
    workspace: Workspace, begin: Callable[..., NewRecordForm], quiet: Quiet, qtbot: QtBot
) -> None:
    known = a_person(workspace, "Awa", "Traoré")
    form = begin("person")
    chosen: list[Option] = []
    form.existing.connect(chosen.append)

    fill(form, given="Awa", family="Traore")
    form._look_for_similar()
    quiet()
    link = next(iter(form.similar._links))
    link.click()  # type: ignore[attr-defined]

    assert "Awa Traoré" in link.text()  # type: ignore[attr-defined]
    assert chosen[0].code == known.id


def test_what_was_begun_is_still_there_after_the_desk_was_closed(
    desk: Desk, begin: Callable[..., NewRecordForm], quiet: Quiet
) -> None:
    form = begin("mission", drafts_of(desk))
    quiet()
    fill(form, purpose_fr="Étudier", departs_on="some day")
    form.settle()
    drafts_of(desk).write()
    quiet()

    drafts_of(desk).setObjectName("closed")
    drafts = drafts_of(desk)
    quiet()
    again = begin("mission", drafts)

    assert again.row.boxes["purpose_fr"].editor.text() == "Étudier"
    assert again.row.boxes["departs_on"].editor.text() == "some day"


def test_not_now_forgets_what_was_begun(
    desk: Desk, begin: Callable[..., NewRecordForm], quiet: Quiet
) -> None:
    drafts = drafts_of(desk)
    quiet()
    form = begin("mission", drafts)
    fill(form, purpose_fr="Étudier")
    form.settle()

    form.cancel.click()

    assert drafts.of("new:mission") == {}


@pytest.mark.parametrize("entity", list(record_kinds()))
def test_every_entity_asks_for_what_it_always_needs(entity: str) -> None:
    asked = {field.name for field in first_fields(record_kinds()[entity])}

    needed = {
        field.name
        for field in record_kinds()[entity].fields.values()
        if field.required == "always" and not field.computed
    }
    assert needed <= asked


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Awa Traoré", {"given": "Awa", "family": "Traoré"}),
        ("أوا تراوري", {"name_ar": "أوا تراوري"}),
    ],
)
def test_a_name_that_was_typed_is_divided_among_its_fields(
    typed: str, shown: dict[str, str], begin: Callable[..., NewRecordForm]
) -> None:
    form = begin("person")

    form.type_into(typed)

    assert {name: form.row.boxes[name].editor.text() for name in shown} == shown


def test_a_person_met_is_made_without_leaving_the_form(
    workspace: Workspace, desk: Desk, qtbot: QtBot, quiet: Quiet
) -> None:
    taken: list[Option] = []
    sheet = QuickCreate(desk, "person", "Awa Traoré", taken.append)
    qtbot.addWidget(sheet)
    sheet.open()

    sheet.form.confirm.click()
    quiet()

    assert taken[0].label == "Awa Traoré"
    assert records.view(workspace, taken[0].code).entity == "person"
    assert not sheet.isVisible()


def test_a_follow_up_begun_from_a_mission_names_it(
    workspace: Workspace, desk: Desk, qtbot: QtBot, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    sheet = QuickCreate(desk, "follow_up", "", lambda _option: None)
    qtbot.addWidget(sheet)

    sheet.belongs_to(mission, {"action_fr": "Rédiger la fiche", "due_on": "2026-03-31"})

    values = sheet.form.row.values()
    assert values["origin"] == mission.id
    assert values["responsible_office"] == "MA"
    assert values["action_fr"] == "Rédiger la fiche"
