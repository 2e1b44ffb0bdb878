"""Icons follow the colours and the direction."""

import re
from importlib.resources import files

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton

from sscdesk.i18n import set_default_language
from sscdesk.ui import icons
from sscdesk.ui.look import look
from sscdesk.ui.screens import SCREENS

FOLDER = files("sscdesk").joinpath("resources", "icons")


def _image(name: str) -> QImage:
    return icons.pixmap(name, ratio=1.0).toImage()


def test_every_screen_has_its_drawing() -> None:
    assert all(FOLDER.joinpath(f"{screen.icon}.svg").is_file() for screen in SCREENS)


def test_every_icon_that_points_exists() -> None:
    assert all(FOLDER.joinpath(f"{name}.svg").is_file() for name in icons.DIRECTIONAL)


def test_the_licence_stands_beside_the_drawings() -> None:
    assert re.search("ISC License", FOLDER.joinpath("LICENSE").read_text("utf-8"))


def test_an_icon_that_points_is_mirrored_in_arabic() -> None:
    before = _image("undo-2")

    set_default_language("ar")
    look().apply()

    assert _image("undo-2") == before.flipped(Qt.Orientation.Horizontal)


@pytest.mark.parametrize("name", ["sun", "settings", "search"])
def test_other_icons_stay_as_they_are(name: str) -> None:
    before = _image(name)

    set_default_language("ar")
    look().apply()

    assert _image(name) == before


def test_a_dressed_button_follows_the_colours(qtbot: object) -> None:
    button = QPushButton()
    icons.dress(button, "sun")
    before = button.icon().pixmap(18, 18).toImage()

    look().apply(scheme="dark")
    icons.redress(button)

    assert button.icon().pixmap(18, 18).toImage() != before
