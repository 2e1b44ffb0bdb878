"""Work goes to a worker and its answer comes back through one door."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from sscdesk.model.refusal import Refused
from sscdesk.ui.operations import Job, Latest, Operation, Query, Report, State, Step, Workers


@pytest.fixture
def workers(qtbot: QtBot) -> Iterator[Workers]:
    made = Workers()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def _idle(qtbot: QtBot, workers: Workers) -> None:
    qtbot.waitUntil(lambda: not workers.running)


def test_the_work_runs_beside_and_the_answer_on_the_main_thread(
    qtbot: QtBot, workers: Workers, owner: QObject
) -> None:
    told: list[tuple[str, str]] = []

    def answered(worker: str) -> None:
        told.append((worker, threading.current_thread().name))

    Query(owner, lambda: threading.current_thread().name).on_success(answered).start(workers)
    _idle(qtbot, workers)

    assert told[0][0].startswith("desk-read")
    assert told[0][1] == threading.main_thread().name


def test_changes_are_made_in_the_order_of_the_actions(
    qtbot: QtBot, workers: Workers, owner: QObject
) -> None:
    order: list[int] = []

    for number in range(20):
        Operation(owner, lambda number=number: order.append(number)).start(workers)
    _idle(qtbot, workers)

    assert order == list(range(20))


def test_a_refusal_that_nobody_takes_is_told_to_all(
    qtbot: QtBot, workers: Workers, owner: QObject
) -> None:
    def refuse() -> None:
        raise Refused("no-right", "No.")

    with qtbot.waitSignal(workers.refused) as told:
        Operation(owner, refuse).start(workers)

    assert told.args[0].code == "no-right"


def test_a_refusal_can_be_taken_by_who_asked(
    qtbot: QtBot, workers: Workers, owner: QObject
) -> None:
    codes: list[str] = []

    def refuse() -> None:
        raise Refused("no-right", "No.")

    work = Operation(owner, refuse).on_failure(lambda error: codes.append(error.code))
    work.start(workers)
    _idle(qtbot, workers)

    assert codes == ["no-right"]
    assert work.state is State.FAILED


def test_a_defect_is_not_swallowed(qtbot: QtBot, workers: Workers, owner: QObject) -> None:
    with qtbot.captureExceptions() as caught:
        Query(owner, lambda: 1 // 0).start(workers)
        _idle(qtbot, workers)
        QCoreApplication.processEvents()

    assert caught[0][0] is ZeroDivisionError


def test_nobody_is_told_after_the_owner_is_gone(qtbot: QtBot, workers: Workers) -> None:
    told: list[int] = []
    gate = threading.Event()
    widget = QWidget()

    def wait() -> int:
        gate.wait(5)
        return 1

    Query(widget, wait).on_success(told.append).start(workers)
    delete(widget)
    gate.set()
    _idle(qtbot, workers)

    assert not told


def test_a_cancelled_read_answers_nothing(qtbot: QtBot, workers: Workers, owner: QObject) -> None:
    told: list[int] = []
    gate = threading.Event()

    def wait() -> int:
        gate.wait(5)
        return 1

    work = Query(owner, wait).on_success(told.append)
    work.start(workers)
    work.cancel()
    gate.set()
    _idle(qtbot, workers)

    assert not told
    assert work.state is State.CANCELLED


def test_a_job_stops_at_its_next_report(qtbot: QtBot, workers: Workers, owner: QObject) -> None:
    begun, gate = threading.Event(), threading.Event()
    reached: list[int] = []

    def long(report: Report) -> None:
        for number in range(1_000):
            reached.append(number)
            begun.set()
            gate.wait(5)
            report(number, 1_000)

    job = Job(owner, long)
    job.start(workers)
    begun.wait(5)
    job.cancel()
    gate.set()
    _idle(qtbot, workers)

    assert reached == [0]
    assert job.state is State.CANCELLED


def test_progress_comes_on_the_main_thread_and_not_too_often(
    qtbot: QtBot, workers: Workers, owner: QObject
) -> None:
    steps: list[Step] = []

    def long(report: Report) -> None:
        for number in range(1, 501):
            report(number, 500, "counting")

    job = Job(owner, long).on_progress(steps.append)
    job.start(workers)
    _idle(qtbot, workers)

    assert steps[-1].done == 500
    assert len(steps) < 50


def test_only_the_newest_question_is_answered(
    qtbot: QtBot, workers: Workers, owner: QObject
) -> None:
    told: list[str] = []
    gate = threading.Event()
    latest = Latest(owner, workers)

    def slow() -> str:
        gate.wait(5)
        return "first"

    latest.ask(slow, told.append)
    latest.ask(lambda: "second", told.append)
    gate.set()
    _idle(qtbot, workers)

    assert told == ["second"]


def test_closing_finishes_the_changes_and_joins_every_thread(qtbot: QtBot, owner: QObject) -> None:
    workers = Workers()
    done: list[int] = []
    for number in range(5):
        Operation(owner, lambda number=number: done.append(number)).start(workers)

    workers.close()

    assert done == [0, 1, 2, 3, 4]
    assert not [one for one in threading.enumerate() if one.name.startswith("desk-")]


def test_nothing_is_taken_after_closing(qtbot: QtBot, owner: QObject) -> None:
    workers = Workers()
    workers.close()

    work = Query(owner, lambda: 1).start(workers)

    assert work.state is State.CANCELLED
