"""The desk tells its screens what changed, on the main thread, whoever wrote it."""

import threading
from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sscdesk.application import records
from sscdesk.application.views import ChangeSummary
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import set_default_language
from sscdesk.ui.desk import Desk, Notice

MISSION = {"purpose_fr": "Visite", "departs_on": "2026-04-01", "returns_on": "2026-04-02"}


def test_a_change_made_in_a_worker_is_told_on_the_main_thread(
    qtbot: QtBot, desk: Desk, settled: Callable[[], None]
) -> None:
    told: list[tuple[frozenset[str], str]] = []

    def changed(summary: ChangeSummary) -> None:
        told.append((summary.entities, threading.current_thread().name))

    desk.changed.connect(changed)
    desk.operation(desk, lambda w: records.create(w, "mission", MISSION))
    settled()

    assert told == [(frozenset({"mission"}), "MainThread")]


def test_a_refused_change_changes_nothing_and_is_said(
    qtbot: QtBot, desk: Desk, workspace: Workspace, settled: Callable[[], None]
) -> None:
    said: list[Notice] = []
    desk.said.connect(said.append)

    desk.operation(desk, lambda w: records.create(w, "mission", {"departs_on": "soon"}))
    settled()

    assert said[0].tone == "bad"
    assert said[0].text


def test_an_answer_is_not_given_to_a_closed_screen(
    qtbot: QtBot, desk: Desk, settled: Callable[[], None]
) -> None:
    screen, told = QWidget(), []
    gate = threading.Event()
    desk.query(screen, lambda _w: gate.wait(5), told.append)

    with qtbot.waitSignal(screen.destroyed):
        screen.deleteLater()
    gate.set()
    settled()

    assert told == []


def test_terms_that_the_secretariat_adds_are_known_at_once(
    qtbot: QtBot, desk: Desk, workspace: Workspace, settled: Callable[[], None]
) -> None:
    set_default_language("fr")
    term = {
        "list_name": "transport",
        "code": "camel",
        "label_fr": "Chameau",
        "label_en": "Camel",
        "label_ar": "جمل",
    }
    with workspace.unit("Term", undoable=False) as unit:
        unit.rules.founding = True
        unit.create("vocabulary", term)
    qtbot.waitUntil(lambda: desk.wording.code("transport", "camel") == "Chameau")
    settled()

    assert ("camel", "Chameau") in desk.wording.codes("transport")
