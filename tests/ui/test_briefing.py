"""The briefing sheet, one key press away from a record."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sscdesk.application.workspace import Workspace
from sscdesk.ui.desk import Desk
from sscdesk.ui.dialogs.briefing import BriefingWindow, show_briefing
from sscdesk.ui.forms.record_form import RecordForm
from sscdesk.ui.widgets.pdf_pages import draw_page, measure
from tests.application.exchanges_lived import a_person

Settled = Callable[[], None]


def sheets() -> list[BriefingWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, BriefingWindow)]


def test_one_key_shows_the_sheet_on_a_person(
    qtbot: QtBot, desk: Desk, workspace: Workspace, settled: Settled
) -> None:
    person = a_person(workspace, "Amina", "Benali", "f")
    form = RecordForm(desk, "person")
    qtbot.addWidget(form)
    form.show_record(person.id)
    form.show()
    qtbot.waitExposed(form)
    form.activateWindow()
    qtbot.waitUntil(lambda: form.sheet is not None, timeout=20_000)
    settled()

    qtbot.keyClick(form, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: bool(sheets()), timeout=20_000)
    (window,) = sheets()
    qtbot.waitUntil(lambda: window.paper.view.pages == 1, timeout=20_000)

    assert "Amina Benali" in draw_page(window.paper.view.pdf, 0, 400).text
    window.close()
    settled()


def test_the_sheet_speaks_the_language_chosen_and_is_saved(
    qtbot: QtBot, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    window = show_briefing(desk, "ML", "Mali", RecordForm(desk, "person"))
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.paper.view.pages == 1, timeout=20_000)

    before = window.paper.view.pdf
    window.language.setCurrentIndex(window.language.findData("ar"))
    qtbot.waitUntil(lambda: window.paper.view.pdf != before, timeout=20_000)
    window.paper.save_to(tmp_path / "mali.pdf")
    settled()

    assert measure((tmp_path / "mali.pdf").read_bytes()).pages
    window.close()
    settled()
