"""Choosing from lists, and records found by typing."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sscdesk.i18n import set_default_language
from sscdesk.model.field import FieldType
from sscdesk.model.refusal import Refused
from sscdesk.model.vocabulary_seed import Term, Vocabularies
from sscdesk.ui.widgets.editors.surroundings import Option, matching
from tests.ui.widgets.editors.builders import AWA, OMAR, Around

F = FieldType
Make = Callable[..., Any]


def listed(editor: Any) -> list[str]:
    """Return what the list below an editor offers."""
    return [option.label for option in editor.line.listed.found]


def press(editor: Any, qtbot: QtBot, key: Qt.Key) -> None:
    """Press a key where the keyboard is: in the list while it is open."""
    qtbot.keyClick(QApplication.activePopupWidget() or editor.line, key)


def test_a_choice_is_found_by_a_few_letters(make: Make, qtbot: QtBot) -> None:
    editor = make(F.CHOICE)

    editor.setFocus()
    qtbot.keyClicks(editor.line, "reg")
    offered = listed(editor)
    press(editor, qtbot, Qt.Key.Key_Return)

    assert offered == ["Regional"]
    assert editor.value() == "regional"
    assert editor.text() == "Regional"


def test_accents_and_case_do_not_matter_in_a_list() -> None:
    options = (Option("edu", "Éducation"), Option("sante", "Santé"))

    assert [one.code for one in matching(options, "EDUC")] == ["edu"]
    assert [one.code for one in matching(options, "sante")] == ["sante"]


def test_the_whole_list_opens_by_the_arrow_key(make: Make, qtbot: QtBot) -> None:
    editor = make(F.CHOICE)

    editor.setFocus()
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)

    assert listed(editor) == ["International", "National", "Regional", "Local"]


def test_a_choice_that_is_no_entry_is_refused_when_the_officer_leaves(
    make: Make, qtbot: QtBot, move_away: Callable[[], None]
) -> None:
    editor = make(F.CHOICE)

    editor.setFocus()
    qtbot.keyClicks(editor.line, "galactic")
    between = editor.unfinished()
    move_away()

    assert between
    with pytest.raises(Refused, match="unknown-choice"):
        editor.value()


def test_a_choice_is_emptied_by_emptying_its_line(make: Make, qtbot: QtBot) -> None:
    editor = make(F.CHOICE)
    editor.show_value("national", {})

    editor.setFocus()
    editor.line.selectAll()
    qtbot.keyClick(editor.line, Qt.Key.Key_Delete)

    assert editor.value() is None


def test_choices_become_chips_and_are_not_offered_twice(make: Make, qtbot: QtBot) -> None:
    editor = make(F.CHOICES)

    editor.setFocus()
    qtbot.keyClicks(editor.line, "mobility")
    press(editor, qtbot, Qt.Key.Key_Return)
    chosen = editor.value()
    qtbot.keyClicks(editor.line, "mobility")

    assert chosen == editor.so_far() == ("south_south_mobility",)
    assert listed(editor) == []


def test_backspace_in_an_empty_line_takes_the_last_chip_away(make: Make, qtbot: QtBot) -> None:
    editor = make(F.CHOICES)
    editor.show_value(("migrants_rights", "migration_development"), {})

    editor.setFocus()
    qtbot.keyClick(editor.line, Qt.Key.Key_Backspace)

    assert editor.value() == ("migration_development",)


def test_a_code_of_a_newer_version_is_shown_as_it_is(make: Make) -> None:
    editor = make(F.CHOICE)

    editor.show_value("interplanetary", {})

    assert editor.text() == "interplanetary"
    assert editor.value() == "interplanetary"


def test_a_code_that_was_retired_keeps_its_label_and_is_not_offered(
    make: Make, qtbot: QtBot, around: Around
) -> None:
    retired = Term("level", "local", 4, "Local", "Local", "محلي", retired=True)
    around.wording.vocabularies = Vocabularies((retired,))
    one, several = make(F.CHOICE), make(F.CHOICES, vocabulary="level")

    one.show_value("local", {})
    several.show_value(("local",), {})

    assert (one.text(), one.value()) == ("Local", "local")
    assert [chip.words for chip in several.chips()] == ["Local"]
    one.setFocus()
    qtbot.keyClick(one.line, Qt.Key.Key_Down)
    assert "Local" not in listed(one)


def test_codes_are_shown_in_the_reader_s_language(make: Make) -> None:
    set_default_language("ar")
    editor = make(F.COUNTRY)

    editor.show_value("ML", {})

    assert editor.text() == "مالي"


def test_a_person_is_found_by_typing(make: Make, qtbot: QtBot) -> None:
    editor = make(F.REFERENCE)

    editor.setFocus()
    qtbot.keyClicks(editor.line, "awa")
    press(editor, qtbot, Qt.Key.Key_Return)

    assert editor.value() == AWA.code
    assert editor.text() == "Awa Traoré"


def test_the_last_choice_creates_what_was_typed(make: Make, qtbot: QtBot, around: Around) -> None:
    editor = make(F.REFERENCE)

    editor.setFocus()
    qtbot.keyClicks(editor.line, "Lina")
    offered = listed(editor)
    press(editor, qtbot, Qt.Key.Key_Return)

    assert offered == ["+ Create “Lina” (Person)…"]
    assert around.created == [("person", "Lina")]
    assert editor.value() == around.new.code


def test_a_name_without_a_record_is_refused_when_the_officer_leaves(
    make: Make, qtbot: QtBot, move_away: Callable[[], None]
) -> None:
    editor = make(F.REFERENCE)

    editor.setFocus()
    qtbot.keyClicks(editor.line, "somebody")
    press(editor, qtbot, Qt.Key.Key_Escape)
    move_away()

    with pytest.raises(Refused, match="record-not-chosen"):
        editor.value()
    assert editor.text() == "somebody"


def test_a_record_that_is_not_here_is_said_to_be_so(make: Make) -> None:
    editor = make(F.REFERENCE)

    editor.show_value(AWA.code, {})

    assert editor.text() == "(not shared with this office)"
    assert editor.value() == AWA.code


def test_a_record_chosen_can_be_opened(make: Make, around: Around) -> None:
    editor = make(F.REFERENCE)
    editor.show_value(AWA.code, {AWA.code: AWA.label})

    editor.opener.click()

    assert around.opened == [("person", AWA.code)]


def test_several_people_are_chips_that_open_and_go(
    make: Make, qtbot: QtBot, around: Around
) -> None:
    editor = make(F.REFERENCES)

    editor.setFocus()
    qtbot.keyClicks(editor.line, "awa")
    press(editor, qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(editor.line, "omar")
    press(editor, qtbot, Qt.Key.Key_Return)
    both = editor.value()
    first = editor.chips()[0]
    first.opened.emit(first.code)
    first.cross.click()

    assert both == (AWA.code, OMAR.code)
    assert around.opened == [("person", AWA.code)]
    assert editor.value() == (OMAR.code,)


def test_people_chosen_already_are_not_offered_again(make: Make, qtbot: QtBot) -> None:
    editor = make(F.REFERENCES)
    editor.show_value((AWA.code,), {AWA.code: AWA.label})

    editor.setFocus()
    qtbot.keyClicks(editor.line, "a")

    assert AWA.label not in listed(editor)
    assert OMAR.label in listed(editor)
