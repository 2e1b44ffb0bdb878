"""Who can see a record from now on."""

import pytest
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.workspace import Workspace
from sscdesk.ui.dialogs.sharing import SharingDialog
from sscdesk.ui.forms.header import audience_sentence
from tests.ui.forms.builders import a_mission


@pytest.mark.parametrize(
    ("unticked", "audience"),
    [((), "*"), (("CI",), "MA+ML+SN"), (("CI", "ML", "SN"), "MA")],
)
def test_the_offices_that_are_ticked_are_the_audience(
    unticked: tuple[str, ...], audience: str, workspace: Workspace, qtbot: QtBot
) -> None:
    chosen: list[str] = []
    dialog = SharingDialog(a_mission(workspace), chosen.append)
    qtbot.addWidget(dialog)

    for office in unticked:
        dialog.boxes[office].setChecked(False)
    dialog.confirm.click()

    assert chosen == [audience]


def test_the_owner_always_sees_its_record(workspace: Workspace, qtbot: QtBot) -> None:
    dialog = SharingDialog(a_mission(workspace), print)
    qtbot.addWidget(dialog)

    assert dialog.boxes["MA"].isChecked()
    assert not dialog.boxes["MA"].isEnabled()


@pytest.mark.parametrize(
    ("audience", "sentence"),
    [
        ("*", "Office of Morocco · shared with all offices"),
        ("MA+ML", "Office of Morocco · shared with Mali"),
        ("MA", "Office of Morocco · not shared"),
    ],
)
def test_the_head_of_a_record_says_who_sees_it(
    audience: str, sentence: str, workspace: Workspace
) -> None:
    mission = a_mission(workspace)

    shared = records.set_audience(workspace, mission.id, audience)

    assert audience_sentence(shared) == sentence
