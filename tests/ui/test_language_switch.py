"""A change of language reaches every word that is already on the screen."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTabBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import set_default_language
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.main_window import MainWindow
from sscdesk.ui.models.palette import plain
from sscdesk.ui.pages.list_page import ListPage
from sscdesk.ui.pages.section import TabbedPage
from sscdesk.ui.pages.today_page import TodayPage
from sscdesk.ui.screens_of_desk import main_window
from sscdesk.ui.widgets.line_card import LineRow
from tests.desks import a_mission

Settled = Callable[[], None]

SAME_IN_BOTH = {"English", "Français", "العربية", "PDF"}


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, settled: Settled) -> Iterator[MainWindow]:
    set_default_language("ar")
    made = main_window(desk)
    made.setWindowState(Qt.WindowState.WindowNoState)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    settled()
    yield made
    settled()
    made.close()
    made.deleteLater()


def words_of(widget: QWidget) -> Iterator[str]:
    """What a widget says, by itself and to a screen reader."""
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QTableView):
        model, across = widget.model(), Qt.Orientation.Horizontal
        yield from (model.headerData(at, across) or "" for at in range(model.columnCount()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))


def left_in_arabic(window: QWidget) -> dict[str, str]:
    """The Arabic words that any widget of the window still says, with the widget."""
    widgets = [window, *window.findChildren(QWidget)]
    return {
        words: f"{type(widget.parent()).__name__} > {type(widget).__name__}"
        for widget in widgets
        for words in words_of(widget)
        if any("\u0600" <= letter <= "\u06ff" for letter in words) and words not in SAME_IN_BOTH
    }


def visit_everything(window: MainWindow, settled: Settled) -> None:
    for screen in window.screens:
        window.go(screen.name)
        settled()
        page = window.current
        if isinstance(page, TabbedPage):
            for name in page.names:
                page.show_section(name)
                settled()


def test_no_screen_keeps_words_of_the_language_before(
    window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    a_mission(workspace)
    visit_everything(window, settled)

    set_default_language("en")
    look().apply()
    settled()

    assert left_in_arabic(window) == {}


def test_a_record_in_front_stays_in_front_in_the_new_language(
    window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    mission = a_mission(workspace, tor_context="Guichet")
    window.open_record("mission", mission.id)
    settled()

    set_default_language("en")
    look().apply()
    settled()

    page = window.current
    assert isinstance(page, ListPage)
    assert page.record_side().form.identifier == mission.id
    assert left_in_arabic(window) == {}


def test_a_record_in_a_window_of_its_own_changes_language_too(
    window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    window.open_record("mission", a_mission(workspace).id, apart=True)
    settled()

    set_default_language("en")
    look().apply()
    settled()

    (apart,) = window.record_windows()
    assert left_in_arabic(apart) == {}
    apart.close()


def test_what_is_being_typed_outlives_a_change_of_language(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    person = records.create(workspace, "person", {"given": "Awa"})
    window.open_record("person", person.id)
    settled()
    page = window.current
    assert isinstance(page, ListPage)
    line = page.record_side().form.form.boxes["given"][0].editor.focusProxy()
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Aminata")

    set_default_language("en")
    look().apply()
    qtbot.waitUntil(lambda: page.record_side().quiet())
    settled()

    assert records.view(workspace, person.ref).fields["given"] == "Aminata"


def test_titles_are_read_again_in_the_new_language(
    window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    values: dict[str, Value] = {
        "action_fr": "Rédiger la note",
        "action_en": "Write the note",
        "origin": a_mission(workspace).id,
        "responsible_office": "MA",
        "responsible": workspace.actor.officer,
        "due_on": "2026-03-01",
    }
    records.create(workspace, "follow_up", values)
    for name in ("follow_ups", "today"):
        window.go(name)
        settled()

    set_default_language("en")
    look().apply()
    settled()

    today, follow_ups = window.page("today"), window.page("follow_ups")
    assert isinstance(today, TodayPage)
    assert isinstance(follow_ups, ListPage)
    titles = [plain(line.title.text()) for line in today.due.findChildren(LineRow)]
    assert titles[-1] == "Write the note"
    assert follow_ups.panes["follow_up"].model.row(0).title == "Write the note"


def test_the_keys_stay_with_the_page_after_a_change_of_language(
    window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    a_mission(workspace)
    window.go("today")
    settled()
    line = window.current.findChild(LineRow)
    line.act.setFocus()

    set_default_language("en")
    look().apply()
    settled()

    assert window.current.isAncestorOf(window.focusWidget()) or (
        window.focusWidget() is window.current
    )
