"""Possible duplicates: compared side by side, merged, parted, and told on the record."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from sscdesk.application import duplicates, merging, records
from sscdesk.application.workspace import Workspace
from sscdesk.ui.desk import Desk, Notice
from sscdesk.ui.dialogs.duplicates import DuplicatesDialog
from sscdesk.ui.forms.new_record import NewRecordForm
from sscdesk.ui.forms.record_form import RecordForm
from tests.ui.forms.builders import a_person, an_organisation


def opened(desk: Desk, qtbot: QtBot, pair: tuple[str, str] | None = None) -> DuplicatesDialog:
    dialog = DuplicatesDialog(desk, "person", pair=pair)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: not desk.workers.running)
    return dialog


def test_pairs_are_listed_and_the_first_is_shown_side_by_side(
    workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    a_person(workspace, salutation="Mme")
    a_person(workspace, family="Traore")

    dialog = opened(desk, qtbot)
    qtbot.waitUntil(lambda: dialog.compared is not None)

    assert dialog.list.line_model.rowCount() == 1
    assert dialog.compared is not None
    differing = [one.field for one in dialog.compared.found.fields if not one.alike]
    assert {"family", "salutation"} <= set(differing)
    assert "given" not in differing


def test_keeping_one_merges_and_leaves_nothing_to_compare(
    workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    one = a_person(workspace)
    a_person(workspace, family="Traore")
    dialog = opened(desk, qtbot)
    qtbot.waitUntil(lambda: dialog.compared is not None)
    said: list[Notice] = []
    desk.said.connect(said.append)
    assert dialog.compared is not None
    place = 0 if dialog.compared.found.one.id == one.id else 1

    with qtbot.waitSignal(dialog.merged):
        dialog.compared.keeps[place].click()
    qtbot.waitUntil(lambda: dialog.side.currentWidget() is dialog.empty)

    assert [gone.fields["family"] for gone in records.view(workspace, one.ref).merged] == ["Traore"]
    assert said[-1].action == "Part them again"
    act = said[-1].act
    assert act is not None
    act()
    qtbot.waitUntil(lambda: records.view(workspace, one.ref).merged == ())


def test_they_are_two_takes_the_pair_off_the_list(
    workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    a_person(workspace)
    a_person(workspace, family="Traore")
    dialog = opened(desk, qtbot)
    qtbot.waitUntil(lambda: dialog.compared is not None)

    dialog.two.click()
    qtbot.waitUntil(lambda: dialog.side.currentWidget() is dialog.empty)

    assert duplicates.duplicates(workspace, "person") == ()


def test_a_merged_pair_can_be_parted_where_it_is_compared(
    workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    one, other = a_person(workspace), a_person(workspace, family="Traore")
    merging.merge(workspace, one.ref, other.ref)
    dialog = opened(desk, qtbot, (one.id, other.id))
    qtbot.waitUntil(lambda: dialog.compared is not None)

    assert dialog.compared is not None
    assert all(keep.isHidden() for keep in dialog.compared.keeps)
    with qtbot.waitSignal(dialog.accepted):
        dialog.part.click()

    assert records.view(workspace, other.ref).same_as == ""


def test_the_record_says_that_it_gave_way_and_the_other_that_it_stands_for_both(
    workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    one, other = a_person(workspace), a_person(workspace, given="Hawa")
    merging.merge(workspace, one.ref, other.ref)
    form = RecordForm(desk, "person")
    qtbot.addWidget(form)

    form.show_record(other.id)
    qtbot.waitUntil(lambda: bool(form.merged.strips))
    assert "gave way to" in form.merged.strips[0].text.text()

    form.show_record(one.id)
    qtbot.waitUntil(lambda: "Stands for" in form.merged.strips[0].text.text())
    assert "Hawa" in form.merged.strips[0].text.text()


def test_who_is_already_known_is_asked_with_where_she_works(
    workspace: Workspace, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    ministry = an_organisation(workspace, name_fr="DGME")
    known = a_person(workspace)
    records.add_part(
        workspace, known.ref, "post", {"function": "Directrice", "organisation": ministry.id}
    )
    form = NewRecordForm(desk, "person", None)
    qtbot.addWidget(form)
    form.begin({"given": "Awa", "family": "Traore"}, {})

    form._look_for_similar()
    qtbot.waitUntil(lambda: bool(form.similar._links))

    link = next(iter(form.similar._links))
    assert "DGME" in link.text()  # type: ignore[attr-defined]
