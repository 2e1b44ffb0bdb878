"""Chips one after the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from sscdesk.ui.widgets.editors.flow import FlowLayout


def a_flow(qtbot: QtBot, width: int, direction: Qt.LayoutDirection) -> list[tuple[int, int]]:
    """Lay three labels of 100 pixels into a width and return where they stand."""
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setLayoutDirection(direction)
    flow = FlowLayout(holder, spacing=10)
    labels = [QLabel(str(number), holder) for number in range(3)]
    for label in labels:
        label.setFixedSize(100, 20)
        flow.addWidget(label)
    holder.resize(width, flow.heightForWidth(width))
    flow.setGeometry(holder.rect())
    return [(one.x(), one.y()) for one in labels]


def test_what_does_not_fit_begins_a_new_line(qtbot: QtBot) -> None:
    places = a_flow(qtbot, 230, Qt.LayoutDirection.LeftToRight)

    assert places == [(0, 0), (110, 0), (0, 30)]


def test_in_arabic_the_first_stands_at_the_right(qtbot: QtBot) -> None:
    places = a_flow(qtbot, 230, Qt.LayoutDirection.RightToLeft)

    assert places == [(130, 0), (20, 0), (130, 30)]
