"""Rows inside a record, on a real profile."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from sscdesk.application import records, undo
from sscdesk.application.views import PartView
from sscdesk.application.workspace import Workspace
from sscdesk.model.values import Money
from sscdesk.ui.desk import Desk, Notice
from sscdesk.ui.forms.drafts import drafts_of
from sscdesk.ui.forms.record_form import RecordForm
from sscdesk.ui.forms.rows import RowsSection
from sscdesk.ui.forms.rows_tab import RowsTab
from tests.ui.forms.builders import a_mission, a_person

Open = Callable[[str, str], RecordForm]
Quiet = Callable[..., None]


def section_of(form: RecordForm, tab: int, name: str) -> RowsSection:
    """Show a tab of rows and return one of its sections."""
    form.tabs.show_tab(f"rows:{tab}")
    page = form.tabs.pages[f"rows:{tab}"]
    assert isinstance(page, RowsTab)
    return page.sections[name]


def legs(w: Workspace, mission: str) -> list[str]:
    """Return where the legs of a mission lead."""
    return [str(row.fields["to_place"]) for row in rows(w, mission, "leg")]


def rows(w: Workspace, mission: str, part: str) -> tuple[PartView, ...]:
    """Return the rows of a part as they are on disk."""
    return records.view(w, mission).parts[part]


def fill(section: RowsSection, **texts: str) -> None:
    """Type into the sheet of a new row."""
    for name, text in texts.items():
        section.new.boxes[name].editor.show_text(text)


def test_a_row_is_added_when_nothing_is_missing(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    section = section_of(form, 0, "leg")

    section.begin_new()
    fill(section, from_place="Bamako", to_place="Kayes", date="11/3/2026")
    section.new_sheet().confirm.click()
    quiet(form)

    assert legs(workspace, mission.id) == ["Bamako", "Rabat", "Kayes"]
    assert section.model.rowCount() == 3
    assert form.tabs.bar.tabText(2) == "Travellers · 1"


def test_a_row_that_lacks_something_says_so_and_is_not_added(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    section = section_of(open_form("mission", mission.id), 0, "leg")

    section.begin_new()
    fill(section, from_place="Bamako")
    section.new_sheet().confirm.click()

    assert section.new.boxes["to_place"].message.text.startswith("To must be filled in")
    assert legs(workspace, mission.id) == ["Bamako", "Rabat"]


def test_a_row_that_is_half_typed_survives_the_end_of_the_desk(
    workspace: Workspace, desk: Desk, open_form: Open, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    section = section_of(form, 0, "leg")
    section.begin_new()
    fill(section, from_place="Bamako", date="some day")
    section.new.read()
    drafts_of(desk).write()
    quiet(form)

    drafts_of(desk).setObjectName("closed")
    again = open_form("mission", mission.id)
    quiet(again)
    other = section_of(again, 0, "leg")
    other.begin_new()

    assert other.new.boxes["from_place"].editor.text() == "Bamako"
    assert other.new.boxes["date"].editor.text() == "some day"


def test_a_row_is_changed_in_the_sheet_below_and_saves_itself(
    workspace: Workspace, open_form: Open, quiet: Quiet, qtbot: QtBot
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    section = section_of(form, 0, "leg")
    section.table.selectRow(0)

    line = section.form.boxes["to_place"][0].editor.focusProxy()
    assert line is not None
    line.setFocus()
    line.end(False)  # type: ignore[attr-defined]
    qtbot.keyClicks(line, "-Senou")
    section.flush()
    quiet(form)

    assert legs(workspace, mission.id) == ["Bamako-Senou", "Rabat"]
    assert section.model.data(section.model.index(0, 1)) == "Bamako-Senou"


def test_a_row_is_removed_and_the_message_brings_it_back(
    workspace: Workspace, open_form: Open, quiet: Quiet, said: list[Notice]
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    section = section_of(form, 0, "leg")
    section.table.selectRow(0)

    section.remove()
    quiet(form)
    removed = legs(workspace, mission.id)
    assert said[-1].act is not None
    said[-1].act()
    quiet(form)

    assert removed == ["Rabat"]
    assert legs(workspace, mission.id) == ["Bamako", "Rabat"]


def test_a_row_moves_up_and_stays_chosen(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    section = section_of(form, 0, "leg")
    section.table.selectRow(1)
    moved = section.current_id()

    section.table.step_wanted.emit(-1)
    quiet(form)

    assert legs(workspace, mission.id) == ["Rabat", "Bamako"]
    assert section.current_id() == moved


def test_enter_goes_to_the_field_of_the_column(workspace: Workspace, open_form: Open) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    section = section_of(form, 0, "leg")
    section.table.selectRow(0)

    section.table.edit_wanted.emit("to_place")

    assert form.focusWidget() is section.form.boxes["to_place"][0].editor.focusProxy()


def test_an_expense_of_the_mission_is_a_record_of_its_own(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    person = a_person(workspace)
    form = open_form("mission", mission.id)
    section = section_of(form, 2, "expense")

    section.begin_new()
    fill(section, spent_on="10/3/2026", amount="120 MAD", kind="Meals")
    section.new.boxes["traveller"].editor.show_value(person.id, {person.id: person.title})
    section.new_sheet().confirm.click()
    quiet(form)

    item = section.model.items[0]
    expense = records.view(workspace, item.id)
    assert expense.entity == "expense"
    assert expense.fields["mission"] == mission.id
    assert expense.fields["amount"] == Money(12_000, "MAD")
    assert item.state == "Claimed"
    assert form.tabs.bar.tabText(4) == "Expenses · 1"


def test_amounts_are_summed_by_currency(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    for amount in (Money(100_000, "MAD"), Money(50_000, "MAD"), Money(118_000, "XOF")):
        records.add_part(
            workspace, mission.id, "budget_line", {"kind": "lodging", "amount": amount}
        )

    section = section_of(open_form("mission", mission.id), 2, "budget_line")

    assert section.sums.text() == "Total: 1,500.00 MAD · 118,000 XOF"


def test_undo_of_a_removed_row_is_one_step(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    mission = a_mission(workspace)
    form = open_form("mission", mission.id)
    section = section_of(form, 0, "leg")
    section.table.selectRow(1)
    section.remove()
    quiet(form)

    undo.undo(workspace)
    quiet(form)

    assert section.model.rowCount() == 2


def test_a_row_that_is_begun_for_one_record_is_not_added_to_the_next(
    workspace: Workspace, open_form: Open, quiet: Quiet
) -> None:
    first, second = a_mission(workspace), a_mission(workspace, purpose_fr="Autre")
    form = open_form("mission", first.id)
    section = section_of(form, 0, "leg")
    section.begin_new()
    fill(section, from_place="Bamako")

    form.show_record(second.id)
    quiet(form)
    hidden = section.sheets.isHidden()
    section.begin_new()
    for_second = section.new.boxes["from_place"].editor.text()
    form.show_record(first.id)
    quiet(form)
    section.begin_new()

    assert hidden
    assert for_second == ""
    assert section.new.boxes["from_place"].editor.text() == "Bamako"


def test_a_row_typed_just_before_another_record_is_shown_is_written_to_its_own(
    workspace: Workspace, open_form: Open, quiet: Quiet, qtbot: QtBot
) -> None:
    first, second = a_mission(workspace), a_mission(workspace, purpose_fr="Autre")
    form = open_form("mission", first.id)
    section = section_of(form, 0, "leg")
    section.table.selectRow(0)
    for name in ("to_place", "from_place"):
        line = section.form.boxes[name][0].editor.focusProxy()
        assert line is not None
        line.setFocus()
        qtbot.keyClicks(line, "x")

    form.show_record(second.id)
    quiet(form)

    leg = rows(workspace, first.id, "leg")[0]
    assert "x" in str(leg.fields["to_place"])
    assert "x" in str(leg.fields["from_place"])
