"""Every control of every screen can be named, reached and read."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.sample import load_sample
from sscdesk.i18n import LANGUAGES, set_default_language
from sscdesk.ui.desk import Desk
from sscdesk.ui.dialogs.cheat_sheet import CheatSheet
from sscdesk.ui.dialogs.columns import ColumnsDialog
from sscdesk.ui.dialogs.first_start import FirstStart
from sscdesk.ui.dialogs.unlock import UnlockWindow
from sscdesk.ui.look import look
from sscdesk.ui.main_window import MainWindow
from sscdesk.ui.pages.list_page import ListPage
from sscdesk.ui.pages.section import TabbedPage
from sscdesk.ui.screens_of_desk import main_window

Settled = Callable[[], None]

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)


def unnamed(window: QWidget) -> list[str]:
    """Return the visible controls that a screen reader could not name."""
    return [
        f"{type(control).__name__} in {type(control.parentWidget()).__name__}"
        for control in window.findChildren(QWidget)
        if isinstance(control, CONTROLS)
        and control.isVisible()
        and not _inside_another(control)
        and not _name(control)
    ]


def _name(control: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def _inside_another(control: QWidget) -> bool:
    """Parts that Qt itself puts into a control: the line of a spin box, a scroller's arrows."""
    parent = control.parentWidget()
    return (
        isinstance(parent, QComboBox | QAbstractSpinBox | QTabBar | QLineEdit)
        or control.objectName().startswith("qt_")
        or (parent is not None and parent.objectName().startswith("qt_"))
    )


def cut_labels(window: QWidget) -> list[str]:
    """Return the labels of one line whose words do not fit."""
    return [
        label.text()
        for label in window.findChildren(QLabel)
        if type(label) is QLabel
        and label.isVisible()
        and label.text()
        and not label.wordWrap()
        and label.width() + 1 < label.minimumSizeHint().width()
    ]


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, settled: Settled) -> Iterator[MainWindow]:
    load_sample(desk.workspace)
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


def test_every_control_of_every_screen_has_its_name(window: MainWindow, settled: Settled) -> None:
    missing: dict[str, list[str]] = {}
    for screen in window.screens:
        window.go(screen.name)
        settled()
        page = window.current
        if isinstance(page, ListPage) and page.pane.model.total:
            page.pane.list_view.setCurrentIndex(page.pane.model.index(0, 0))
            page.pane._tell_selected()
            settled()
        for part in page.names if isinstance(page, TabbedPage) else ("",):
            if isinstance(page, TabbedPage):
                page.show_section(part)
                settled()
            found = unnamed(window)
            if found:
                missing[f"{screen.name} {part}"] = found

    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("percent", [100, 200])
def test_no_words_of_settings_and_help_are_cut(
    window: MainWindow, settled: Settled, language: str, percent: int
) -> None:
    set_default_language(language)
    look().apply(percent=percent)
    window.go("settings")
    page = window.current
    assert isinstance(page, TabbedPage)
    cut: dict[str, list[str]] = {}
    for name in page.names:
        page.show_section(name)
        settled()
        cut[name] = cut_labels(page.section(name))
    window.go("help")
    settled()
    cut["help"] = cut_labels(window.current)

    assert {name: words for name, words in cut.items() if words} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("percent", [100, 200])
def test_no_words_of_the_frame_are_cut(
    window: MainWindow, settled: Settled, language: str, percent: int
) -> None:
    set_default_language(language)
    look().apply(percent=percent)
    settled()

    for part in (window.bar, window.status, window.navigation):
        assert cut_labels(part) == []


def test_new_forms_have_names_too(window: MainWindow, settled: Settled) -> None:
    missing: dict[str, list[str]] = {}
    for entity in window.bar.new_entities():
        window.begin(entity)
        settled()
        found = unnamed(window)
        if found:
            missing[entity] = found

    assert not missing


def test_the_search_palette_has_names(window: MainWindow, settled: Settled) -> None:
    window.palette_of_all.open_palette()
    window.palette_of_all.line.setText("maroc")
    settled()

    assert unnamed(window.palette_of_all) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_windows_have_names(qtbot: QtBot, language: str) -> None:
    set_default_language(language)
    look().apply()
    unlock, first = UnlockWindow(""), FirstStart(lambda _typed, _known: "strong")
    for window in (unlock, first):
        qtbot.addWidget(window)
        window.show()
    unlock.show_logins(("a", "b"))

    for page in range(2):
        unlock._pages.setCurrentIndex(page)
        assert unnamed(unlock) == []
    for place in range(first._stack.count()):
        first._stack.setCurrentIndex(place)
        assert unnamed(first) == []


def test_the_small_sheets_have_names(qtbot: QtBot, window: MainWindow) -> None:
    sheets = (
        CheatSheet(window.screens, window),
        ColumnsDialog([("ref", "Number"), ("title", "Title")], ["title"], window),
    )
    for sheet in sheets:
        sheet.show()
        assert unnamed(sheet) == []
        sheet.close()


def test_the_tab_key_reaches_navigation_bar_list_and_status(
    qtbot: QtBot, window: MainWindow, settled: Settled
) -> None:
    window.go("missions")
    settled()
    window.navigation.items["missions"].setFocus()
    reached: set[QWidget] = set()
    widget: QWidget = window.navigation.items["missions"]
    for _press in range(2_000):
        widget = widget.nextInFocusChain()
        takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if widget.isVisible() and widget.isEnabled() and takes_tab:
            reached.add(widget)

    page = window.current
    assert isinstance(page, ListPage)
    assert {window.bar.search, window.bar.new, page.pane.list_view} <= reached


def test_what_changes_is_said_to_screen_readers(window: MainWindow, settled: Settled) -> None:
    mission = records.create(
        window.desk.workspace,
        "mission",
        {"purpose_fr": "Visite", "departs_on": "2026-04-01", "returns_on": "2026-04-02"},
    )
    settled()

    window.desk.say(f"{mission.ref} is begun.")

    assert window.message.accessibleDescription() == f"{mission.ref} is begun."
