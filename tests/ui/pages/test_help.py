"""The help: whole in three languages, true of the screens, found by a few letters."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sscdesk.application.workspace import Workspace
from sscdesk.i18n import LANGUAGES, language, set_default_language
from sscdesk.ui.desk import Desk
from sscdesk.ui.keys import key_groups
from sscdesk.ui.look import look
from sscdesk.ui.main_window import MainWindow
from sscdesk.ui.pages.help import SCREEN_TARGET, HelpScreen
from sscdesk.ui.pages.help_contents import (
    CONTENTS,
    FIRST,
    ICONS,
    KEYS,
    NAMES,
    HelpPage,
    help_pages,
    source,
)
from sscdesk.ui.pages.help_paper import page_markup
from sscdesk.ui.pages.help_search import find_pages
from sscdesk.ui.pages.section import TabbedPage
from sscdesk.ui.screens import BY_NAME, SCREENS
from sscdesk.ui.screens_of_desk import main_window
from tests.desks import a_mission

Settled = Callable[[], None]
TEMPLATE = Path(__file__).parents[3] / "translations" / "sscdesk.pot"
WRITTEN = [name for name in NAMES if name != KEYS]


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


@pytest.fixture
def screen(window: MainWindow) -> HelpScreen:
    window.go("help")
    page = window.current
    assert isinstance(page, HelpScreen)
    return page


def pages(code: str) -> dict[str, HelpPage]:
    with language(code):
        return help_pages()


def targets(page: HelpPage) -> Iterator[str]:
    return (span.target for block in page.blocks for span in block.spans if span.target)


# ---------------------------------------------------------------- the texts


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_screen_has_its_help_page(code: str) -> None:
    found = pages(code)

    assert {one.name for one in SCREENS} <= set(found)
    assert all(page.title and len(page.text) > 200 for page in found.values())


@pytest.mark.parametrize("name", WRITTEN)
def test_a_page_is_built_alike_in_all_languages(name: str) -> None:
    shapes = {
        code: [(block.kind, sorted(targets_of)) for block in pages(code)[name].blocks
               for targets_of in [[s.target for s in block.spans if s.target]]]
        for code in LANGUAGES
    }  # fmt: skip

    assert shapes["fr"] == shapes["en"]
    assert shapes["ar"] == shapes["en"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_help_says_the_very_words_of_the_screens(code: str) -> None:
    with TEMPLATE.open("rb") as stream:
        known = {one.id if isinstance(one.id, str) else one.id[0] for one in read_po(stream)}
    said = {words for name in WRITTEN for words in re.findall(r"\{([^}]+)\}", source(code, name))}

    assert said - known == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_help_names_no_key_that_does_nothing(code: str) -> None:
    with language(code):
        known = {keys for group in key_groups(SCREENS) for keys, _what in group.keys}
    named = {
        span.text
        for page in pages(code).values()
        for block in page.blocks
        for span in block.spans
        if span.kind == "key" and re.fullmatch(r"((Ctrl|Alt|Shift)\+)*(\w{1,6}|[?←↓])", span.text)
    }

    assert named - known - {"+3", "Alt+←"} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_link_leads_somewhere(window: MainWindow, code: str) -> None:
    for page in pages(code).values():
        for target in targets(page):
            if not target.startswith(SCREEN_TARGET):
                assert target in NAMES, (page.name, target)
                continue
            name, _slash, part = target.removeprefix(SCREEN_TARGET).partition("/")
            assert name in BY_NAME, (page.name, target)
            if part:
                shown = window.page(name)
                assert isinstance(shown, TabbedPage)
                assert part in shown.names, (page.name, target)


def test_contents_icons_and_texts_name_the_same_pages() -> None:
    assert set(ICONS) == set(NAMES)
    assert len(NAMES) == len(set(NAMES)) == sum(len(names) for _heading, names in CONTENTS)


@pytest.mark.parametrize("name", WRITTEN)
def test_french_signs_stand_after_a_space_that_does_not_break(name: str) -> None:
    plain = re.sub(r"`[^`]*`|\{[^}]*\}|\]\([^)]*\)", "", source("fr", name))

    assert not re.findall(r".{12} [:;!?»%]", plain)
    assert "'" not in plain


def test_words_with_signs_of_markup_are_shown_as_they_are(qapp: QApplication) -> None:
    page = help_pages()["signing"]

    assert "&lt;" not in page_markup(page)
    assert "<script" not in page_markup(page)
    assert page_markup(page).count('<p class="heading">') == 3


# ---------------------------------------------------------------- the search


def names_found(code: str, wanted: str) -> list[str]:
    return [one.name for one in find_pages(pages(code), wanted)]


def test_a_page_is_found_by_its_title_first() -> None:
    assert names_found("en", "missions")[0] == "missions"
    assert names_found("fr", "phrase de passe oubliee")[0] == "forgotten_passphrase"


def test_accents_and_the_arabic_article_do_not_matter() -> None:
    assert "signing" in names_found("fr", "authentique")
    assert "agreements" in names_found("fr", "entree vigueur")
    assert "lost_laptop" in names_found("ar", "حاسوب")
    assert names_found("ar", "مهام") == names_found("ar", "المهام")


def test_a_typing_error_is_forgiven() -> None:
    assert "restore_backup" in names_found("en", "bakcup command")


def test_all_words_are_wanted_and_nonsense_finds_nothing() -> None:
    assert names_found("en", "telephone eight") == ["synchronising", "refused_file"]
    assert names_found("en", "zzzzqqqq") == []
    assert names_found("en", "  ") == []


# ---------------------------------------------------------------- on the screen


@pytest.mark.parametrize("name", [one.name for one in SCREENS])
def test_f1_opens_the_page_of_the_screen_in_front(
    qtbot: QtBot, window: MainWindow, settled: Settled, name: str
) -> None:
    window.go(name)
    settled()

    window.show_help()

    page = window.current
    assert isinstance(page, HelpScreen)
    assert page.at == name
    assert page.paper.toPlainText().startswith(help_pages()[name].title)


def test_f1_in_a_record_of_its_own_window_opens_the_page_of_such_records(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    window.open_record("mission", a_mission(workspace).id, apart=True)
    settled()
    (apart,) = window.record_windows()

    qtbot.keyClick(apart, Qt.Key.Key_F1)

    page = window.current
    assert isinstance(page, HelpScreen)
    assert page.at == "missions"
    apart.close()


def test_the_first_visit_begins_with_the_first_steps(screen: HelpScreen) -> None:
    assert screen.at == FIRST
    assert screen.contents.names() == list(NAMES)


def test_a_link_leads_to_its_page_and_back(screen: HelpScreen) -> None:
    screen.paper.anchorClicked.emit(QUrl("signing"))
    assert screen.at == "signing"

    screen.back.click()

    assert screen.at == FIRST
    assert not screen.back.isVisible()


def test_a_link_to_a_screen_leads_to_that_part_of_it(
    window: MainWindow, screen: HelpScreen, settled: Settled
) -> None:
    screen.paper.anchorClicked.emit(QUrl("screen:settings/backup"))
    settled()

    page = window.current
    assert isinstance(page, TabbedPage)
    assert (page.about.name, page.at) == ("settings", "backup")


def test_what_is_typed_lists_the_pages_that_answer_and_enter_opens_the_best(
    qtbot: QtBot, screen: HelpScreen
) -> None:
    qtbot.keyClicks(screen.sought, "wrong clock")
    assert screen.contents.names() == ["wrong_clock"]

    qtbot.keyClick(screen.sought, Qt.Key.Key_Return)

    assert screen.at == "wrong_clock"


def test_the_arrow_leads_from_the_search_into_the_list(qtbot: QtBot, screen: HelpScreen) -> None:
    qtbot.keyClicks(screen.sought, "laptop stolen")

    qtbot.keyClick(screen.sought, Qt.Key.Key_Down)

    assert screen.contents.hasFocus()
    assert screen.at == "lost_laptop"


def test_nothing_found_says_so(qtbot: QtBot, screen: HelpScreen) -> None:
    qtbot.keyClicks(screen.sought, "zzzzqqqq")

    assert screen.contents.names() == []
    assert screen.contents.item(0).text() == "No page answers to these words."


def test_the_page_of_keys_holds_every_key(screen: HelpScreen) -> None:
    screen.show_page(KEYS)

    shown = screen.paper.toPlainText().replace("\u00a0", "").replace("\u2066", "")
    shown = shown.replace("\u2069", "").replace(" ", "")
    for group in key_groups(SCREENS):
        for keys, _what in group.keys:
            assert keys.replace(" ", "") in shown


def test_the_page_shown_speaks_the_new_language(screen: HelpScreen) -> None:
    screen.show_page("power_cut")

    set_default_language("ar")
    look().apply()

    assert screen.at == "power_cut"
    assert screen.paper.toPlainText().startswith("انقطاع الكهرباء")
    direction = screen.paper.document().defaultTextOption().textDirection()
    assert direction == Qt.LayoutDirection.RightToLeft


def test_the_table_of_keys_knows_every_shortcut_of_the_window(window: MainWindow) -> None:
    from PySide6.QtGui import QKeySequence, QShortcut

    told = {
        QKeySequence(keys.replace("Enter", "Return").replace("↓", "Down"))
        for group in key_groups(window.screens)
        for keys, _what in group.keys
        if " " not in keys
    }
    has = {
        shortcut.key()
        for shortcut in window.findChildren(QShortcut)
        if shortcut.parent() is window and not shortcut.key().isEmpty()
    }

    assert {one.toString() for one in has} <= {one.toString() for one in told}


def test_the_desk_does_not_begin_its_day_with_the_help(
    window: MainWindow, settled: Settled
) -> None:
    window.go("missions")
    window.go("help")
    settled()

    assert window.desk.preferences.last_screen == "missions"


def test_the_palette_leads_to_settings_and_help(window: MainWindow) -> None:
    commands = {one.words: one for one in window.commands.all()}

    commands["Settings: Backup"].run()
    at = window.current
    assert isinstance(at, TabbedPage)
    assert at.at == "backup"
    commands["Help: The clock is wrong"].run()

    page = window.current
    assert isinstance(page, HelpScreen)
    assert page.at == "wrong_clock"
