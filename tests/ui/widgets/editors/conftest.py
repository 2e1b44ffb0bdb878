"""An editor of any type in a window of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sscdesk.model.field import FieldType
from sscdesk.ui.widgets.editors.base import FieldEditor
from sscdesk.ui.widgets.editors.making import editor_for
from tests.ui.widgets.editors.builders import Around, a_field

Make = Callable[..., Any]


@pytest.fixture
def around() -> Around:
    """The desk around the editors of a test."""
    return Around()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with another field, to move to."""
    made = QWidget()
    column = QVBoxLayout(made)
    elsewhere = QLineEdit(made)
    elsewhere.setObjectName("elsewhere")
    column.addWidget(elsewhere)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def make(window: QWidget, around: Around) -> Make:
    """Make the editor of a field of a type and show it in the window."""

    def maker(kind: FieldType, **options: Any) -> FieldEditor:
        editor = editor_for(a_field(kind, **options), around, window)
        layout = window.layout()
        assert layout is not None
        layout.addWidget(editor)
        editor.show()
        return editor

    return maker


@pytest.fixture
def move_away(window: QWidget) -> Callable[[], None]:
    """Put the cursor into the other field."""

    def move() -> None:
        elsewhere = window.findChild(QLineEdit, "elsewhere")
        assert elsewhere is not None
        window.activateWindow()
        elsewhere.setFocus()

    return move
