"""From the first double click to the first mission, and back on the next morning."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from sscdesk.application import laptops
from sscdesk.application.opening import found_office, open_workspace
from sscdesk.application.records import listing
from sscdesk.application.views import ListQuery
from sscdesk.i18n import current_language, set_default_language
from sscdesk.model.refusal import FileRefused, Locked, MachineFailed, NotFound
from sscdesk.store import derivation
from sscdesk.store.derivation import TEST_COST
from sscdesk.store.profile import Profile
from sscdesk.ui.application import options_of, system_clock
from sscdesk.ui.dialogs.unlock import UnlockWindow
from sscdesk.ui.start import Start
from sscdesk.ui.widgets.editors.pick_line import PickLine

PASSPHRASE = "chat vert lune papier cheval"

Starter = Callable[[Path], Start]


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derivation, "calibrate", lambda: TEST_COST)


@pytest.fixture
def starter(qtbot: QtBot, qapp: QApplication) -> Iterator[Starter]:
    made: list[Start] = []

    def start(folder: Path) -> Start:
        one = Start(qapp, folder, system_clock(), "en")
        one.begin()
        made.append(one)
        return one

    yield start
    for one in made:
        for window in (one.window, one.unlock_window, one.first_start):
            if window is not None:
                window.close()
        one.end()
        one.deleteLater()


def _idle(qtbot: QtBot, start: Start) -> None:
    qtbot.waitUntil(lambda: not start.workers.running, timeout=20_000)


def _desk_idle(qtbot: QtBot, start: Start) -> None:
    qtbot.waitUntil(lambda: start.window is not None, timeout=20_000)
    assert start.desk is not None
    workers = start.desk.workers
    qtbot.waitUntil(lambda: not workers.running, timeout=20_000)


def a_desk(folder: Path, *officers: str) -> None:
    """Found an office with these officers' logins."""
    given = {"given": "Awa", "family": "Traoré", "roles": ("admin", "officer")}
    w = found_office(folder, "ML", given, officers[0], PASSPHRASE, cost=TEST_COST)
    for login in officers[1:]:
        master = w.profile.unlock(officers[0], PASSPHRASE)
        w.profile.vault.add_officer(master, login, PASSPHRASE, TEST_COST)
    w.close()


def test_a_new_officer_records_a_first_mission_by_keyboard(
    qtbot: QtBot, starter: Starter, tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    start = starter(folder)
    first = start.first_start
    assert first is not None
    keys = qtbot.keyClick
    with qtbot.waitActive(first):
        first.activateWindow()

    keys(first, Qt.Key.Key_Return)
    keys(QApplication.focusWidget(), Qt.Key.Key_Down)
    keys(QApplication.focusWidget(), Qt.Key.Key_Space)
    keys(first, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "Awa")
    keys(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Traore")
    keys(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    keys(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    keys(QApplication.focusWidget(), Qt.Key.Key_Return)
    keys(first, Qt.Key.Key_Return)
    _idle(qtbot, start)
    first.recovery.put_away.setFocus()
    keys(first.recovery.put_away, Qt.Key.Key_Space)
    keys(first, Qt.Key.Key_Return)
    _desk_idle(qtbot, start)
    window = start.window
    assert window is not None
    keys(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    _desk_idle(qtbot, start)

    assert window.current.about.name == "missions"
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    for typed in ("Visite au guichet de Kayes", "", "+3", "+5"):
        _type(qtbot, typed)
    traveller = QApplication.focusWidget()
    assert isinstance(traveller, PickLine)
    qtbot.keyClicks(traveller, "Awa")
    qtbot.waitUntil(traveller.list_is_open, timeout=5_000)
    keys(traveller, Qt.Key.Key_Tab)
    _press_until_recorded(qtbot, start)

    assert start.desk is not None
    missions = listing(start.desk.workspace, ListQuery("mission")).items
    assert [row.title for row in missions] == ["Visite au guichet de Kayes"]


def _type(qtbot: QtBot, typed: str) -> None:
    """Type into the field that has the focus and go on to the next one that takes text."""
    qtbot.keyClicks(QApplication.focusWidget(), typed)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)


def _press_until_recorded(qtbot: QtBot, start: Start) -> None:
    """Go to the button that begins the mission, and press it."""
    for _press in range(12):
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton) and focused.property("look") == "primary":
            qtbot.keyClick(focused, Qt.Key.Key_Space)
            break
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    _desk_idle(qtbot, start)


def test_the_recovery_key_opens_the_desk_with_a_new_passphrase(
    qtbot: QtBot, starter: Starter, tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    a_desk(folder, "a.traore")
    with Profile.open(folder) as profile:
        master = profile.unlock(None, PASSPHRASE)
        key = profile.vault.make_recovery_key(master, TEST_COST)
    start = starter(folder)
    _idle(qtbot, start)
    unlock = start.unlock_window
    assert unlock is not None

    unlock.forgotten.click()
    unlock.key.setText(key.lower().replace("-", " "))
    unlock.new.line.setText("quatre nouveaux mots secs")
    unlock.recover_button.click()
    _idle(qtbot, start)
    _desk_idle(qtbot, start)
    assert start.window is not None
    start.window.close()
    start.end()

    w = open_workspace(folder, None, "quatre nouveaux mots secs")
    assert w.login == "a.traore"
    w.close()


@pytest.fixture
def unlock_at(qtbot: QtBot, starter: Starter) -> Callable[[Path], tuple[Start, UnlockWindow]]:
    def at(folder: Path) -> tuple[Start, UnlockWindow]:
        start = starter(folder)
        _idle(qtbot, start)
        assert start.unlock_window is not None
        return start, start.unlock_window

    return at


UnlockAt = Callable[[Path], tuple[Start, UnlockWindow]]


def test_the_right_passphrase_opens_the_desk(
    qtbot: QtBot, unlock_at: UnlockAt, tmp_path: Path
) -> None:
    a_desk(tmp_path / "desk", "a.traore")
    start, unlock = unlock_at(tmp_path / "desk")

    qtbot.keyClicks(unlock.passphrase.line, PASSPHRASE)
    qtbot.keyClick(unlock.passphrase.line, Qt.Key.Key_Return)
    _desk_idle(qtbot, start)

    assert start.window is not None
    assert start.window.isVisible()
    assert start.unlock_window is None


def test_a_wrong_passphrase_is_said_in_words(
    qtbot: QtBot, unlock_at: UnlockAt, tmp_path: Path
) -> None:
    a_desk(tmp_path / "desk", "a.traore")
    start, unlock = unlock_at(tmp_path / "desk")

    qtbot.keyClicks(unlock.passphrase.line, "something else")
    qtbot.keyClick(unlock.passphrase.line, Qt.Key.Key_Return)
    _idle(qtbot, start)

    assert unlock.message.text() == "The passphrase is not the right one."
    assert "Nothing was changed." in unlock.hint.text()
    assert unlock.passphrase.line.selectedText() == unlock.passphrase.line.text()
    assert unlock.open_button.isEnabled()


def test_a_desk_of_several_officers_asks_which(
    qtbot: QtBot, unlock_at: UnlockAt, tmp_path: Path
) -> None:
    a_desk(tmp_path / "desk", "a.traore", "m.keita")

    _start, unlock = unlock_at(tmp_path / "desk")

    assert unlock.who.isVisible()
    assert [unlock.who.itemText(place) for place in range(unlock.who.count())] == [
        "a.traore",
        "m.keita",
    ]


def test_a_desk_open_elsewhere_is_said_in_words(
    qtbot: QtBot, unlock_at: UnlockAt, tmp_path: Path
) -> None:
    a_desk(tmp_path / "desk", "a.traore")
    held = Profile.open(tmp_path / "desk")

    _start, unlock = unlock_at(tmp_path / "desk")

    assert "already open in another program" in unlock.message.text()
    held.close()


def test_a_desk_that_was_freed_meanwhile_opens(
    qtbot: QtBot, unlock_at: UnlockAt, tmp_path: Path
) -> None:
    a_desk(tmp_path / "desk", "a.traore")
    held = Profile.open(tmp_path / "desk")
    start, unlock = unlock_at(tmp_path / "desk")
    held.close()

    unlock.passphrase.line.setText(PASSPHRASE)
    unlock.open_button.click()
    _desk_idle(qtbot, start)

    assert start.window is not None


def test_a_damaged_vault_is_said_in_words(
    qtbot: QtBot, unlock_at: UnlockAt, tmp_path: Path
) -> None:
    a_desk(tmp_path / "desk", "a.traore")
    for name in ("vault.json", "vault-copy.json"):
        (tmp_path / "desk" / name).write_text("{")

    _start, unlock = unlock_at(tmp_path / "desk")

    assert "damaged" in unlock.message.text()
    assert "Restore the last backup" in unlock.hint.text()


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize(
    "error",
    [
        Locked("wrong-passphrase", "The passphrase is not the right one.", hint="x"),
        Locked("newer-version", "This desk was written by a newer version.", hint="x"),
        FileRefused("database-damaged", "The file of this desk is damaged.", hint="x"),
        MachineFailed("disk-full", "The disk is full.", hint="x"),
        NotFound("no-profile", "There is no desk in this folder.", hint="x"),
    ],
    ids=lambda value: value.code if hasattr(value, "code") else value,
)
def test_every_refusal_shows_its_sentence_and_its_hint(
    qtbot: QtBot, language: str, error: Locked
) -> None:
    set_default_language(language)
    window = UnlockWindow("")
    qtbot.addWidget(window)

    window.show_busy("…")
    window.show_refusal(error)

    assert window.message.text()
    assert window.hint.text()
    assert window.open_button.isEnabled()


def test_capitals_that_seem_locked_are_told(qtbot: QtBot) -> None:
    window = UnlockWindow("")
    qtbot.addWidget(window)
    window.show()

    qtbot.keyClick(window.passphrase.line, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    shifted = window.passphrase.hint.isVisible()
    qtbot.keyClicks(window.passphrase.line, "A")

    assert not shifted or window.passphrase.hint.isVisible()
    assert window.passphrase.hint.text() == "Caps Lock seems to be on."


def test_the_language_changes_at_once(qtbot: QtBot, unlock_at: UnlockAt, tmp_path: Path) -> None:
    a_desk(tmp_path / "desk", "a.traore")
    start, unlock = unlock_at(tmp_path / "desk")

    start.choose_language("ar")

    assert current_language() == "ar"
    assert unlock.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_leaving_gives_the_desk_back(qtbot: QtBot, unlock_at: UnlockAt, tmp_path: Path) -> None:
    a_desk(tmp_path / "desk", "a.traore")
    start, unlock = unlock_at(tmp_path / "desk")

    unlock.close()
    start.end()

    with Profile.open(tmp_path / "desk") as profile:
        assert profile.logins == ("a.traore",)
    assert not [one for one in threading.enumerate() if one.name.startswith("desk-")]


def test_the_first_steps_are_answered_with_the_return_key_alone(
    qtbot: QtBot, starter: Starter, tmp_path: Path
) -> None:
    first = starter(tmp_path / "desk").first_start
    assert first is not None
    qtbot.waitExposed(first)
    first.activateWindow()

    def enter() -> None:
        qtbot.keyClick(first.focusWidget() or first, Qt.Key.Key_Return)

    enter()
    assert first.place == 1
    enter()
    assert (first.place, first.office.options.code) == (1, "MA")
    enter()
    assert first.place == 2
    first.back.setFocus()
    enter()
    assert first.place == 1


def test_a_passphrase_is_judged_while_it_is_typed(
    qtbot: QtBot, starter: Starter, tmp_path: Path
) -> None:
    first = starter(tmp_path / "desk").first_start
    assert first is not None
    first.officer.family.setText("Traoré")
    step = first.passphrase

    step.first.line.setText("traore2026")
    judged = step.strength.text()
    step.first.line.setText(PASSPHRASE)

    assert "known" in judged
    assert step.strength.text() == "Strong."
    assert not step.ready()
    step.second.line.setText(PASSPHRASE)
    assert step.ready()


def test_nothing_of_a_person_stands_in_clear(
    qtbot: QtBot, unlock_at: UnlockAt, tmp_path: Path
) -> None:
    a_desk(tmp_path / "desk", "a.traore")
    start, unlock = unlock_at(tmp_path / "desk")
    unlock.passphrase.line.setText(PASSPHRASE)
    unlock.open_button.click()
    _desk_idle(qtbot, start)
    assert start.window is not None
    start.window.close()
    start.end()

    kept = (tmp_path / "desk" / "preferences.json").read_text("utf-8")

    assert "Traoré" not in kept
    assert PASSPHRASE not in kept


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ([], (None, "")),
        (["--profile", "x"], (Path("x"), "")),
        (["--profile=x", "--lang=ar"], (Path("x"), "ar")),
    ],
)
def test_the_options_of_the_desk(words: list[str], options: tuple[Path | None, str]) -> None:
    assert options_of(words) == options


def test_a_second_laptop_joins_its_office_from_the_first_window(
    qtbot: QtBot, starter: Starter, tmp_path: Path
) -> None:
    first = found_office(
        tmp_path / "first",
        "MA",
        {"given": "Nadia", "family": "Alaoui", "roles": ("admin", "officer")},
        "n.alaoui",
        PASSPHRASE,
        cost=TEST_COST,
    )
    laptops.invite(first, tmp_path / "second.sscbackup")
    first.close()
    start = starter(tmp_path / "second")
    _idle(qtbot, start)
    assert start.first_start is not None

    start.first_start.join.click()
    dialog = start.join_dialog
    assert dialog is not None
    dialog.take(tmp_path / "second.sscbackup")
    dialog.passphrase.line.setText("not the passphrase")
    dialog.confirm.click()
    qtbot.waitUntil(lambda: bool(dialog.message.text()), timeout=20_000)
    dialog.passphrase.line.setText(PASSPHRASE)
    dialog.confirm.click()
    _desk_idle(qtbot, start)

    assert start.desk is not None
    assert start.desk.workspace.laptop.number == 2
    assert start.first_start is None
