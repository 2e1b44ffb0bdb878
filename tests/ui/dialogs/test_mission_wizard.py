"""From the notes of a mission to its report, handed in."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from sscdesk.application import records
from sscdesk.application.views import ListQuery, RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.ui.desk import Desk, Notice
from sscdesk.ui.dialogs.mission_wizard import MissionWizard
from sscdesk.ui.dialogs.quick_create import QuickCreate
from sscdesk.ui.forms.report_step import ReportStep
from sscdesk.ui.forms.wizard_steps import DatesStep, DecidedStep, MoneyStep
from tests.ui.forms.builders import a_mission, a_person, an_organisation, in_state

Settled = Callable[[], None]
TOLD = {
    "meeting": {"held_on": "2026-03-10", "subject": "Le guichet"},
    "finding": {"words": "Un seul lieu, un seul agent."},
    "recommendation": {"what": "Rédiger la fiche", "by_office": "MA", "due_on": "2026-03-31"},
}


@pytest.fixture
def mission(workspace: Workspace) -> RecordView:
    """A mission whose travellers are on their way home."""
    made = a_mission(workspace, departs_on="2026-03-02", returns_on="2026-03-06")
    in_state(workspace, made.id, "under_way")
    return made


@pytest.fixture
def wizard(
    desk: Desk, mission: RecordView, settled: Settled, qtbot: QtBot
) -> Iterator[MissionWizard]:
    """The wizard of the mission."""
    made = MissionWizard(desk, mission.id)
    made.show()
    qtbot.waitExposed(made)
    settled()
    yield made
    settled()
    if isValid(made):
        made.close()
        settled()


def wait(wizard: MissionWizard, settled: Settled, qtbot: QtBot) -> None:
    """Wait until the wizard shows what is on disk."""
    settled()
    qtbot.waitUntil(lambda: not wizard.following._again.isActive())
    settled()


def step(wizard: MissionWizard, number: int) -> object:
    """Go to a step."""
    wizard.list.setCurrentRow(number)
    return wizard.steps[number]


def test_the_dates_are_confirmed_as_planned_and_the_return_is_recorded(
    workspace: Workspace,
    wizard: MissionWizard,
    mission: RecordView,
    settled: Settled,
    qtbot: QtBot,
) -> None:
    dates = step(wizard, 0)
    assert isinstance(dates, DatesStep)

    dates.as_planned.click()
    wait(wizard, settled, qtbot)
    dates.come_back.click()
    dialog = wizard.acts.dialog
    assert dialog is not None
    dialog.confirm.click()
    wait(wizard, settled, qtbot)

    now = records.view(workspace, mission.id)
    assert now.state == "returned"
    assert (now.fields["departed_on"], now.fields["returned_on"]) == ("2026-03-02", "2026-03-06")


def test_a_step_is_ticked_when_the_mission_has_what_it_is_for(
    workspace: Workspace,
    wizard: MissionWizard,
    mission: RecordView,
    settled: Settled,
    qtbot: QtBot,
) -> None:
    from PySide6.QtCore import Qt

    role = Qt.ItemDataRole.AccessibleTextRole
    before = wizard.list.item(1).data(role)

    records.add_part(workspace, mission.id, "meeting", TOLD["meeting"])
    wait(wizard, settled, qtbot)

    assert before == "2. Who was met, to do"
    assert wizard.list.item(1).data(role) == "2. Who was met, done"


def test_a_recommendation_becomes_a_follow_up_with_an_owner_and_a_date(
    workspace: Workspace,
    wizard: MissionWizard,
    mission: RecordView,
    settled: Settled,
    qtbot: QtBot,
) -> None:
    organisation = an_organisation(workspace)
    records.add_part(workspace, mission.id, "recommendation", TOLD["recommendation"])
    wait(wizard, settled, qtbot)
    decided = step(wizard, 3)
    assert isinstance(decided, DecidedStep)

    decided.make.click()
    sheet = wizard.findChild(QuickCreate)
    assert sheet is not None
    owner = sheet.form.row.boxes["responsible"].editor
    owner.show_value(organisation.id, {organisation.id: organisation.title})
    sheet.form.confirm.click()
    wait(wizard, settled, qtbot)

    follow_up = records.listing(workspace, ListQuery("follow_up")).items[0]
    row = records.view(workspace, mission.id).parts["recommendation"][0]
    assert follow_up.title == "Rédiger la fiche"
    assert row.fields["follow_up"] == follow_up.id
    assert decided.make.isHidden()


def test_the_balance_with_the_advance_is_worked_out(
    workspace: Workspace,
    wizard: MissionWizard,
    mission: RecordView,
    settled: Settled,
    qtbot: QtBot,
) -> None:
    from sscdesk.model.values import Money

    traveller = a_person(workspace)
    records.change(workspace, mission.id, {"advance": Money(100_000, "MAD")})
    records.create(
        workspace,
        "expense",
        {
            "mission": mission.id,
            "traveller": traveller.id,
            "kind": "meals",
            "spent_on": "2026-03-03",
            "amount": Money(120_000, "MAD"),
        },
    )
    wait(wizard, settled, qtbot)

    money = step(wizard, 4)

    assert isinstance(money, MoneyStep)
    assert money.balance.text().endswith("200.00 MAD is due to the travellers.")


def test_the_report_is_read_and_handed_in(
    workspace: Workspace,
    wizard: MissionWizard,
    mission: RecordView,
    settled: Settled,
    qtbot: QtBot,
) -> None:
    for part, values in TOLD.items():
        records.add_part(workspace, mission.id, part, values)
    records.change(workspace, mission.id, {"summary": "La délégation a étudié le guichet."})
    in_state(workspace, mission.id, "returned")
    wait(wizard, settled, qtbot)
    report = step(wizard, 6)
    assert isinstance(report, ReportStep)
    qtbot.waitUntil(lambda: bool(report.paper.pages), timeout=20_000)
    wait(wizard, settled, qtbot)
    pages = report.paper.pages

    with qtbot.waitSignal(wizard.submitted, timeout=20_000) as handed_in:
        wizard.next.click()
    settled()

    assert handed_in.args is not None
    made = records.view(workspace, handed_in.args[0].id)
    assert pages >= 1
    assert (made.state, made.fields["subject"]) == ("submitted", mission.id)
    assert not isValid(wizard)


def test_a_report_with_an_empty_section_is_not_handed_in_and_leads_to_the_section(
    workspace: Workspace,
    desk: Desk,
    wizard: MissionWizard,
    mission: RecordView,
    settled: Settled,
    qtbot: QtBot,
) -> None:
    said: list[Notice] = []
    desk.said.connect(said.append)
    in_state(workspace, mission.id, "returned")
    wait(wizard, settled, qtbot)
    step(wizard, 6)

    wizard.next.click()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    settled()

    assert said[0].tone == "bad"
    assert wizard.at in (1, 2)
    assert wizard.next.isEnabled()
