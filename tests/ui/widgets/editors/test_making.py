"""What holds for the editors of all types."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from sscdesk.model.base import record_kinds
from sscdesk.model.field import FieldType, fields_of
from sscdesk.model.values import Money, Value
from sscdesk.ui.widgets.editors.box import FieldBox
from sscdesk.ui.widgets.editors.making import editor_class, editor_for
from tests.ui.widgets.editors.builders import AWA, Around, a_field

VALUES: dict[FieldType, Value] = {
    FieldType.TEXT: "Étudier le guichet",
    FieldType.LONG_TEXT: "Un seul lieu.\nUn seul agent.",
    FieldType.INTEGER: 12_345,
    FieldType.DECIMAL: "655.957",
    FieldType.MONEY: Money(4_860_050, "MAD"),
    FieldType.DATE: "2026-03-09",
    FieldType.DATETIME: "2026-03-09T07:30",
    FieldType.BOOLEAN: False,
    FieldType.CHOICE: "national",
    FieldType.CHOICES: ("migrants_rights", "south_south_mobility"),
    FieldType.REFERENCE: AWA.code,
    FieldType.REFERENCES: (AWA.code,),
    FieldType.EMAIL: "awa@example.org",
    FieldType.PHONE: "+223 20 22 33 44",
    FieldType.URL: "https://example.org",
    FieldType.COUNTRY: "ML",
    FieldType.LANGUAGE: "bm",
}


@pytest.mark.parametrize("kind", FieldType)
def test_a_value_that_is_shown_is_the_value_of_the_editor(
    kind: FieldType, make: Callable[..., Any]
) -> None:
    editor = make(kind)

    editor.show_value(VALUES[kind], {AWA.code: AWA.label})

    assert editor.value() == VALUES[kind]


@pytest.mark.parametrize("kind", FieldType)
def test_an_empty_field_holds_nothing(kind: FieldType, make: Callable[..., Any]) -> None:
    editor = make(kind)

    editor.show_value(None, {})

    assert editor.value() in (None, ())


@pytest.mark.parametrize("kind", FieldType)
def test_showing_a_value_is_no_edit(
    kind: FieldType, make: Callable[..., Any], qtbot: QtBot
) -> None:
    editor = make(kind)

    with qtbot.assertNotEmitted(editor.edited):
        editor.show_value(VALUES[kind], {AWA.code: AWA.label})
        editor.show_value(None, {})


@pytest.mark.parametrize("kind", FieldType)
def test_a_locked_editor_takes_no_keys(
    kind: FieldType, make: Callable[..., Any], qtbot: QtBot
) -> None:
    editor = make(kind)
    editor.show_value(VALUES[kind], {AWA.code: AWA.label})

    editor.set_locked(True)
    for typing in editor.findChildren(QWidget):
        if isinstance(typing, QLineEdit | QPlainTextEdit) and typing.isVisible():
            qtbot.keyClicks(typing, "x9")
    for button in editor.findChildren(QAbstractButton):
        if kind is FieldType.BOOLEAN and button.isVisible() and button.isEnabled():
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert editor.value() == VALUES[kind]


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        *((kind, {}) for kind in FieldType),
        (FieldType.TEXT, {"masked": True}),
        (FieldType.DATE, {"masked": True}),
        (FieldType.EMAIL, {"many": True}),
    ],
)
def test_every_control_says_its_name(
    kind: FieldType, more: dict[str, bool], around: Around, qtbot: QtBot
) -> None:
    value: Value = ("awa@example.org",) if more.get("many") else VALUES[kind]
    box = FieldBox(editor_for(a_field(kind, help="What it is.", personal=True, **more), around))
    qtbot.addWidget(box)
    box.editor.show_value(value, {AWA.code: AWA.label})

    silent = [
        f"{type(one).__name__}"
        for one in box.findChildren(QWidget)
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus and not one.accessibleName()
        if not one.isWindow() and one.parent() is not None and _is_control(one)
    ]

    assert not silent


def _is_control(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit | QAbstractButton)


def test_every_declared_field_has_an_editor() -> None:
    rows = [kind.mapped for kind in record_kinds().values()]
    rows += [part for kind in record_kinds().values() for part in kind.parts.values()]

    for mapped in rows:
        for field in fields_of(mapped).values():
            assert editor_class(field)
