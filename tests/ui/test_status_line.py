"""The state of the desk, in words."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sscdesk.ui.operations import Job, Report, State, Step, Workers
from sscdesk.ui.pages.wishes import MakeFile, Reconcile
from sscdesk.ui.status_line import DeskState, StatusLine, left_words, seconds_left


@pytest.fixture
def workers(qtbot: QtBot) -> Iterator[Workers]:
    made = Workers()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def line(workers: Workers) -> Iterator[StatusLine]:
    made = StatusLine(workers)
    made.resize(1100, 32)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_what_waits_is_told_by_city(line: StatusLine) -> None:
    line.show_state(DeskState((("ML", 14), ("SN", 3), ("CI", 0)), 2))

    assert line.to_send.words.text() == "To send: Bamako 14 · Dakar 3"
    assert line.reconcile.words.text() == "2 to reconcile"


def test_nothing_to_reconcile_says_nothing(line: StatusLine) -> None:
    line.show_state(DeskState())

    assert line.to_send.words.text() == "All sent"
    assert line.reconcile.isHidden()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Backup verified today"),
        (1, "Backup verified yesterday"),
        (5, "Backup verified 5 days ago"),
    ],
)
def test_the_last_backup_is_told_by_its_age(line: StatusLine, days: int, words: str) -> None:
    line.show_state(DeskState(backup_at=datetime.now(UTC) - timedelta(days=days)))

    assert line.backup.words.text() == words


def test_a_desk_without_a_backup_says_so(line: StatusLine) -> None:
    line.show_state(DeskState())

    assert line.backup.words.text() == "No backup yet"


def test_each_part_leads_where_it_is_dealt_with(qtbot: QtBot, line: StatusLine) -> None:
    line.show_state(DeskState((("ML", 1),), 1))
    wanted: list[tuple[str, object]] = []
    line.wanted.connect(lambda screen, wish: wanted.append((screen, wish)))

    for item in (line.to_send, line.reconcile):
        qtbot.mouseClick(item.words, Qt.MouseButton.LeftButton)

    assert wanted == [("synchronise", MakeFile()), ("synchronise", Reconcile())]


def test_long_work_shows_and_can_be_stopped(
    qtbot: QtBot, line: StatusLine, workers: Workers
) -> None:
    gate = threading.Event()

    def long(report: Report) -> None:
        gate.wait(5)
        report(1, 10, "Reading")

    job = Job(line, long, "Reading the file…")
    job.start(workers)
    qtbot.waitUntil(line.work.isVisible, timeout=3_000)
    shown = line.work.text()

    qtbot.mouseClick(line.stop, Qt.MouseButton.LeftButton)
    gate.set()
    qtbot.waitUntil(lambda: job.over)

    assert shown == "Reading the file…"
    assert job.state is State.CANCELLED
    assert not line.work.isVisible()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "a few seconds left"),
        (33, "about 30 seconds left"),
        (70, "about 70 seconds left"),
        (95, "about 2 minutes left"),
    ],
)
def test_the_time_left_is_never_more_exact_than_it_is(seconds: float, words: str) -> None:
    assert left_words(seconds) == words


def test_nobody_guesses_the_time_left_too_early() -> None:
    assert seconds_left(Step(1, 10, started=0), now=1) is None
    assert seconds_left(Step(0, 10, started=0), now=9) is None
    assert seconds_left(Step(5, 10, started=0), now=10) == 10


def test_what_is_said_of_the_backup_leads_to_the_backups(qtbot: QtBot, line: StatusLine) -> None:
    line.show_state(DeskState())
    wanted: list[tuple[str, object]] = []
    line.wanted.connect(lambda screen, wish: wanted.append((screen, wish)))

    qtbot.mouseClick(line.backup.words, Qt.MouseButton.LeftButton)

    assert wanted == [("settings", "backup")]
