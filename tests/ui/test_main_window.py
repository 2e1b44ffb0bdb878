"""The main window on a real desk, by keyboard."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import set_default_language
from sscdesk.ui.desk import Desk
from sscdesk.ui.dropping import files_of_offices
from sscdesk.ui.look import look
from sscdesk.ui.main_window import MainWindow
from sscdesk.ui.models.palette import plain
from sscdesk.ui.pages.list_page import ListPage
from sscdesk.ui.screens_of_desk import main_window

Settled = Callable[[], None]


def a_mission(w: Workspace, number: int = 1, **values: object) -> str:
    """Record a mission, return its identifier."""
    given = {
        "purpose_fr": f"Visite d'échange {number}",
        "host_offices": ("ML",),
        "country": "ML",
        "departs_on": f"2026-04-{number % 28 + 1:02}",
        "returns_on": "2026-04-30",
    }
    return records.create(w, "mission", {**given, **values}).id


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, settled: Settled) -> Iterator[MainWindow]:
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


def test_each_screen_has_its_key(qtbot: QtBot, window: MainWindow, settled: Settled) -> None:
    for place, screen in enumerate(window.screens[:9], start=1):
        key = Qt.Key(ord(str(place)))

        qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        settled()

        assert window.current.about is screen
        assert window.navigation.items[screen.name].isChecked()


def test_a_press_on_the_navigation_shows_the_screen(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    qtbot.mouseClick(window.navigation.items["people"], Qt.MouseButton.LeftButton)
    settled()

    assert window.bar.title.text() == "People"
    assert window.bar.new.text() == "New person"


def test_a_change_is_undone_and_done_again_by_keys(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    mission = a_mission(workspace)
    records.change(workspace, mission, {"purpose_fr": "Autre objet"})
    settled()

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled()
    undone = records.view(workspace, mission).title
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settled()

    assert undone == "Visite d'échange 1"
    assert records.view(workspace, mission).title == "Autre objet"


def test_undo_says_what_it_would_undo(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    assert not window.bar.undo.isEnabled()

    a_mission(workspace)
    settled()

    assert window.bar.undo.isEnabled()
    assert "New record" in window.bar.undo.toolTip()


def test_the_status_line_says_when_it_was_saved(
    window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    a_mission(workspace)
    settled()

    assert window.status.saved.words.text().startswith("Saved at ")


def test_the_status_line_says_what_waits_to_be_sent(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    a_mission(workspace)

    qtbot.waitUntil(lambda: "Bamako" in window.status.to_send.words.text(), timeout=5_000)


def test_the_palette_finds_a_record_and_opens_it(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    a_mission(workspace, purpose_fr="Étude sur la réinsertion à Kayes")
    settled()

    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.palette_of_all.line, "reinsertoin")
    settled()
    entry = window.palette_of_all.model.entry(0)
    qtbot.keyClick(window.palette_of_all.line, Qt.Key.Key_Return)
    settled()

    assert entry is not None
    assert plain(entry.title) == "Étude sur la réinsertion à Kayes"
    assert window.current.about.name == "missions"
    assert not window.palette_of_all.isVisible()


def test_the_palette_does_what_is_typed(qtbot: QtBot, window: MainWindow, settled: Settled) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.palette_of_all.line, "organisations")
    settled()
    qtbot.keyClick(window.palette_of_all.line, Qt.Key.Key_Return)
    settled()

    assert window.current.about.name == "organisations"


def test_escape_leaves_the_palette_and_gives_the_focus_back(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    window.go("missions")
    settled()
    held = QApplication.focusWidget()

    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.palette_of_all.line, Qt.Key.Key_Escape)

    assert not window.palette_of_all.isVisible()
    assert QApplication.focusWidget() is held


def test_text_that_looks_like_a_query_is_text(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    for typed in ('"', "a OR b*", "NEAR(x", "<b>x</b>", "'; DROP TABLE mission; --", "٪"):
        window.palette_of_all.line.setText(typed)
        settled()

    assert not window.message.text


def test_a_record_opens_beside_its_list(
    window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    mission = a_mission(workspace)
    settled()

    window.open_record("mission", mission)
    settled()

    page = window.current
    assert isinstance(page, ListPage)
    assert page.side.currentWidget() is page.record_side()


def test_a_record_opens_in_a_window_of_its_own(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    mission = a_mission(workspace)
    settled()

    window.open_record("mission", mission, apart=True)
    settled()

    assert len(window.record_windows()) == 1


def test_the_navigation_folds_to_its_icons(qtbot: QtBot, window: MainWindow) -> None:
    wide = window.navigation.width()

    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)

    assert window.navigation.width() < wide
    assert window.desk.preferences.navigation_collapsed


def test_a_narrow_window_folds_it_by_itself(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(960, 640)

    assert window.navigation.collapsed

    window.resize(1366, 768)

    assert not window.navigation.collapsed


def test_arabic_mirrors_the_window(qtbot: QtBot, window: MainWindow) -> None:
    set_default_language("ar")
    look().apply()

    def at_the_right() -> bool:
        return window.navigation.mapTo(window, window.navigation.rect().center()).x() > 683

    assert window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    qtbot.waitUntil(at_the_right)


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_window_fits_a_small_laptop(
    qtbot: QtBot, window: MainWindow, settled: Settled, percent: int, language: str
) -> None:
    set_default_language(language)
    look().apply(percent=percent)
    for screen in window.screens:
        window.go(screen.name)
        settled()

        assert window.minimumSizeHint().width() <= 1366
        assert window.minimumSizeHint().height() <= 728


def test_the_last_screen_and_the_size_are_remembered(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    window.go("people")
    window.resize(1200, 700)
    settled()

    window.close()

    assert window.desk.preferences.last_screen == "people"
    assert window.desk.preferences.window_geometry


def test_closing_waits_visibly_for_what_is_being_saved(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    gate = threading.Event()
    window.desk.operation(window, lambda _w: gate.wait(5))

    window.close()
    waiting = window.isVisible(), window.message.text
    with qtbot.waitSignal(window.closing):
        gate.set()

    assert waiting == (True, "Finishing what is being saved, then the desk closes.")
    assert not window.isVisible()


def test_a_refusal_is_said_in_the_message_bar(
    window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    window.desk.operation(window, lambda w: records.view(w, "MA-MIS-2026-9999"))
    settled()

    assert "MA-MIS-2026-9999" in window.message.text
    assert window.message._hint.text()


def test_files_of_other_offices_may_be_let_go_over_the_window() -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile("/x/a.sscsync"), QUrl.fromLocalFile("/x/b.SSCCARD")])
    mixed = QMimeData()
    mixed.setUrls([QUrl.fromLocalFile("/x/a.sscsync"), QUrl.fromLocalFile("/x/photo.jpg")])

    assert [path.name for path in files_of_offices(dragged)] == ["a.sscsync", "b.SSCCARD"]
    assert files_of_offices(mixed) == ()
    assert files_of_offices(QMimeData()) == ()
