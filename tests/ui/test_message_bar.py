"""What happened is said in a bar, with one thing to do about it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sscdesk.model.refusal import Refused
from sscdesk.ui.desk import Notice
from sscdesk.ui.message_bar import MARGIN, MessageBar


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(900, 500)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_the_thing_to_do_is_done_once_and_the_bar_goes(qtbot: QtBot, parent: QWidget) -> None:
    bar, done = MessageBar(parent), []
    bar.show_notice(Notice("Deleted.", "neutral", action="Undo", act=lambda: done.append(1)))

    qtbot.mouseClick(bar._act, Qt.MouseButton.LeftButton)

    assert done == [1]
    assert not bar.isVisible()


def test_a_refusal_shows_its_hint_and_stays(qtbot: QtBot, parent: QWidget) -> None:
    bar = MessageBar(parent)

    bar.show_notice(
        Notice.of(Refused("x", "No right to {what}.", hint="Ask.", params={"what": "y"}))
    )

    assert bar.text == "No right to y."
    assert bar._hint.text() == "Ask."
    assert not bar._timer.isActive()


def test_good_news_goes_by_itself_and_what_can_be_undone_stays(
    qtbot: QtBot, parent: QWidget
) -> None:
    bar = MessageBar(parent)

    bar.show_notice(Notice("Copied."))
    plain = bar._timer.isActive()
    bar.show_notice(Notice("Deleted.", "good", action="Undo", act=lambda: None))

    assert plain
    assert not bar._timer.isActive()


def test_what_was_typed_is_never_markup(qtbot: QtBot, parent: QWidget) -> None:
    bar = MessageBar(parent)

    bar.show_notice(Notice("<b>x</b> & <img src=x>", action="A & B", act=lambda: None))

    assert bar._text.textFormat() == Qt.TextFormat.PlainText
    assert bar._act.text() == "A && B"


def test_the_bar_stays_within_its_window(qtbot: QtBot, parent: QWidget) -> None:
    bar = MessageBar(parent)
    bar.show_notice(Notice("A long sentence. " * 30, "warn", "A hint. " * 20))

    parent.resize(420, 600)
    qtbot.waitUntil(lambda: bar.geometry().right() <= 420 - MARGIN)

    assert parent.rect().contains(bar.geometry())
