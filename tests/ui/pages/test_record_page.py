"""Records beside a list and in windows of their own."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.views import ListQuery
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import set_default_language
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.record_window import RecordWindow
from sscdesk.ui.pages.record_page import RecordPage
from tests.ui.forms.builders import a_mission, a_person

Settled = Callable[[], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> RecordPage:
    """The record beside a list."""
    made = RecordPage(desk)
    qtbot.addWidget(made)
    made.resize(760, 720)
    made.show()
    qtbot.waitExposed(made)
    return made


def type_into(page: RecordPage, name: str, text: str, qtbot: QtBot) -> None:
    """Replace what stands in a field of the record shown."""
    assert page.form is not None
    line = page.form.form.boxes[name][0].editor.focusProxy()
    assert line is not None
    line.setFocus()
    line.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(line, text)


def test_another_record_is_shown_after_what_was_typed_is_written(
    workspace: Workspace, page: RecordPage, settled: Settled, qtbot: QtBot
) -> None:
    mission, person = a_mission(workspace), a_person(workspace)
    page.show_record("person", person.id)
    settled()
    type_into(page, "given", "Aoua", qtbot)

    page.show_record("mission", mission.id)
    settled()

    assert records.view(workspace, person.id).fields["given"] == "Aoua"
    assert page.form is not None
    assert page.form.header.title.text() == mission.title


def test_a_record_that_is_begun_is_opened_once_it_exists(
    workspace: Workspace, desk: Desk, page: RecordPage, settled: Settled
) -> None:
    opened: list[tuple[str, str, bool]] = []
    desk.open_wanted.connect(lambda *args: opened.append(args))
    page.begin("person", {"": "Awa Traoré"})
    begun = page.beginning

    assert page.new_form is not None
    page.new_form.confirm.click()
    settled()

    person = records.listing(workspace, ListQuery("person")).items[0]
    assert begun
    assert opened == [("person", person.id, False)]
    assert not page.beginning


def test_a_change_of_language_writes_the_words_anew(
    workspace: Workspace, page: RecordPage, settled: Settled
) -> None:
    mission = a_mission(workspace)
    page.show_record("mission", mission.id)
    settled()

    set_default_language("fr")
    page.reword()
    settled()

    assert page.form is not None
    assert page.form.header.state.text == "Brouillon"


def test_a_record_that_is_not_here_leaves_the_page_empty(
    page: RecordPage, settled: Settled, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.left):
        page.show_record("mission", "0" * 32)
    settled()


def test_a_window_that_is_closed_writes_what_was_typed_first(
    workspace: Workspace, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    person = a_person(workspace)
    window = RecordWindow(desk, "person", person.id)
    window.show()
    settled()
    type_into(window.page, "given", "Aoua", qtbot)

    window.close()
    settled()
    qtbot.waitUntil(lambda: window not in QApplication.topLevelWidgets() or window.isHidden())

    assert records.view(workspace, person.id).fields["given"] == "Aoua"


def test_a_window_asks_before_it_closes_over_what_could_not_be_saved(
    workspace: Workspace,
    desk: Desk,
    settled: Settled,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mission = a_mission(workspace)
    window = RecordWindow(desk, "mission", mission.id)
    window.show()
    settled()
    type_into(window.page, "returns_on", "some day", qtbot)
    asked: list[str] = []

    def go_back(box: QMessageBox) -> int:
        asked.append(box.text())
        box.defaultButton().click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", go_back)
    window.close()
    settled()
    stayed = window.isVisible()
    assert window.page.form is not None
    window.page.form.form.give_up()
    window.close()
    settled()

    assert asked == ["1 field could not be saved."]
    assert stayed


def test_the_title_of_a_window_is_the_record(
    workspace: Workspace, desk: Desk, settled: Settled
) -> None:
    person = a_person(workspace)
    window = RecordWindow(desk, "person", person.id)
    window.show()
    settled()

    title = window.windowTitle()
    window.close()

    assert title == f"{person.ref} · Awa Traoré"
