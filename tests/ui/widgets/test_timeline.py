"""The itinerary as a line."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sscdesk.ui.widgets.timeline import Stop, Timeline

STOPS = tuple(Stop(f"Place {number}", f"{number} Mar", number < 3) for number in range(9))


def a_timeline(qtbot: QtBot, width: int, stops: tuple[Stop, ...] = STOPS[:4]) -> Timeline:
    """A timeline of a width."""
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(width, made.sizeHint().height())
    made.show_stops(stops)
    return made


def test_stops_that_do_not_fit_are_folded_into_one(qtbot: QtBot) -> None:
    line = a_timeline(qtbot, 500, STOPS)

    shown = line.shown_stops()

    assert shown[0] == STOPS[0]
    assert shown[-1] == STOPS[-1]
    assert "more" in shown[-2].place


def test_a_screen_reader_hears_every_stop(qtbot: QtBot) -> None:
    line = a_timeline(qtbot, 500, STOPS)

    assert all(stop.place in line.accessibleDescription() for stop in STOPS)


def test_in_arabic_the_way_begins_at_the_right(qtbot: QtBot) -> None:
    line = a_timeline(qtbot, 600)
    forwards = line._points(4)
    line.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert [point.x() for point in line._points(4)] == [p.x() for p in reversed(forwards)]


def test_places_behind_us_are_filled_and_those_ahead_are_not(qtbot: QtBot) -> None:
    line = a_timeline(qtbot, 600)

    image = line.grab().toImage()
    colours = [image.pixelColor(round(p.x()), round(p.y())).name() for p in line._points(4)]

    assert colours[0] == colours[2]
    assert colours[2] != colours[3]
