"""The first screen of the day: each line with its action, nothing else."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.workspace import Workspace
from sscdesk.ui.desk import Desk
from sscdesk.ui.pages.today_page import TodayPage
from sscdesk.ui.pages.today_words import day_words, late_words
from sscdesk.ui.pages.wishes import MakeFile
from sscdesk.ui.screens import BY_NAME
from sscdesk.ui.widgets.line_card import SHOWN_FIRST, GroupCard, LineRow

Settled = Callable[[], None]


def a_mission(w: Workspace) -> str:
    values = {"purpose_fr": "Visite", "departs_on": "2026-04-01", "returns_on": "2026-04-02"}
    return records.create(w, "mission", values).id


def follow_ups(w: Workspace, count: int) -> None:
    origin = a_mission(w)
    for number in range(count):
        values = {
            "action_fr": f"Rédiger la note {number}",
            "origin": origin,
            "responsible_office": "MA",
            "responsible": w.actor.officer,
            "due_on": "2026-03-01",
        }
        records.create(w, "follow_up", values)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, settled: Settled) -> Iterator[TodayPage]:
    made = TodayPage(desk, BY_NAME["today"])
    made.resize(1160, 700)
    made.show()
    made.shown()
    settled()
    yield made
    settled()
    made.close()
    made.deleteLater()


def _lines(card: GroupCard) -> list[LineRow]:
    return [line for line in card.findChildren(LineRow) if not line.isHidden()]


def test_a_new_desk_offers_its_first_steps(page: TodayPage) -> None:
    assert page.first.isVisible()
    assert len(_lines(page.first)) == 3


def test_first_steps_go_with_the_first_record(
    page: TodayPage, workspace: Workspace, settled: Settled
) -> None:
    a_mission(workspace)

    page.reload()
    settled()

    assert not page.first.isVisible()


def test_what_is_late_leads_to_its_record(
    qtbot: QtBot, page: TodayPage, desk: Desk, workspace: Workspace, settled: Settled
) -> None:
    follow_ups(workspace, 1)
    page.reload()
    settled()
    (line,) = _lines(page.due)

    with qtbot.waitSignal(desk.open_wanted) as wanted:
        qtbot.mouseClick(line.act, Qt.MouseButton.LeftButton)

    assert wanted.args[0] == "follow_up"
    assert line.act.accessibleName() == "Mark as done: Rédiger la note 0"


def test_a_long_list_shows_its_beginning_and_the_rest_when_asked(
    qtbot: QtBot, page: TodayPage, workspace: Workspace, settled: Settled
) -> None:
    follow_ups(workspace, SHOWN_FIRST + 2)
    page.reload()
    settled()
    first = len(_lines(page.due))
    words = page.due.more.text()

    qtbot.mouseClick(page.due.more, Qt.MouseButton.LeftButton)

    assert first == SHOWN_FIRST
    assert words == "Show 2 more"
    assert len(_lines(page.due)) == SHOWN_FIRST + 2


def test_what_is_not_sent_leads_to_its_file(
    qtbot: QtBot, page: TodayPage, desk: Desk, workspace: Workspace, settled: Settled
) -> None:
    a_mission(workspace)
    page.reload()
    settled()
    line = _lines(page.unsent)[0]

    with qtbot.waitSignal(desk.screen_wanted) as wanted:
        qtbot.mouseClick(line.act, Qt.MouseButton.LeftButton)

    assert wanted.args == ["synchronise", MakeFile("CI")]


def test_the_page_follows_what_changes(
    qtbot: QtBot, page: TodayPage, workspace: Workspace, settled: Settled
) -> None:
    follow_ups(workspace, 2)

    qtbot.waitUntil(lambda: len(_lines(page.due)) == 2, timeout=5_000)


def test_groups_stand_below_each_other_where_it_is_narrow(page: TodayPage) -> None:
    wide = page._across.direction()

    page.resize(600, 700)

    assert wide == QBoxLayout.Direction.LeftToRight
    assert page._across.direction() == QBoxLayout.Direction.TopToBottom


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day late"),
        (59, "59 days late"),
        (90, "3 months late"),
        (729, "24 months late"),
        (2434, "6 years late"),
    ],
)
def test_how_late_is_said_no_more_exactly_than_it_matters(days: int, words: str) -> None:
    assert late_words(days) == words


def test_the_day_is_a_heading() -> None:
    assert day_words("2026-03-11") == "Wednesday, 11 March 2026"


def test_what_became_due_since_the_last_start_is_shown_until_seen(
    workspace: Workspace, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    from sscdesk.application import settings
    from sscdesk.application.reminders import LAST_START

    follow_ups(workspace, 2)
    settings.write(workspace, LAST_START, "2026-02-27T09:00:00+00:00")
    page = TodayPage(desk, BY_NAME["today"])
    qtbot.addWidget(page)
    page.show()
    page.shown()
    settled()
    settled()
    shown = page.since.isVisible(), page.since.heading.text(), len(_lines(page.since))

    page.seen.click()
    page.reload()
    settled()

    assert shown == (True, "Since you were last here, on 27 Feb 2026", 2)
    assert not page.since.isVisible()
    assert settings.read(workspace, LAST_START).startswith("2026-03-11T09:30")
