"""What every test of the windows needs: a real office's desk, a look, and nothing left over."""

import gc
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sscdesk.application.opening import found_office
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import set_default_language
from sscdesk.store.derivation import TEST_COST
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.preferences import Preferences
from sscdesk.ui.theme import Theme

PASSPHRASE = "four words to remember"
LOGIN = "y.elfassi"


@pytest.fixture(autouse=True)
def a_look(qapp: QApplication) -> Iterator[None]:
    """Begin each test in English and light colours; leave no window and no worker behind."""
    set_default_language("en")
    if not look().dressed:
        look().apply(scheme="light")
    if look().theme != Theme():
        look().apply(scheme="light", percent=100, compact=False)
    yield
    set_default_language("fr")
    _close_windows()
    assert not _visible_windows(), "a window is left open"
    assert not _workers(), "a worker is left running"


def _close_windows() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def _visible_windows() -> list[str]:
    return [
        f"{type(window).__name__} {window.objectName()}"
        for window in QApplication.topLevelWidgets()
        if window.isVisible()
    ]


def _workers() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith("desk-")]


@pytest.fixture(autouse=True)
def collector_on_the_main_thread() -> Iterator[None]:
    """As in the desk: no worker collects cycles, the main thread does it between tests."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that stands on a working day."""
    return lambda: datetime(2026, 3, 11, 9, 30, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Workspace]:
    """The open desk of Morocco's office, with its focal point at work."""
    officer = {
        "given": "Yasmina",
        "family": "El Fassi",
        "roles": ("focal_point", "officer"),
    }
    made = found_office(
        tmp_path / "MA", "MA", officer, LOGIN, PASSPHRASE, cost=TEST_COST, clock=clock
    )
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot, workspace: Workspace) -> Iterator[Desk]:
    """The same desk as the windows see it."""
    made = Desk(workspace, Preferences())
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def settled(qtbot: QtBot, desk: Desk) -> Callable[[], None]:
    """Wait until every answer is shown, and what was thrown away for it is gone."""

    def wait() -> None:
        QCoreApplication.processEvents()
        qtbot.waitUntil(lambda: not desk.workers.running, timeout=10_000)
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return wait
