"""What officers type into each type of field: valid, invalid, partial, Arabic digits."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sscdesk.i18n import set_default_language
from sscdesk.model.field import FieldType
from sscdesk.model.refusal import Refused
from sscdesk.model.values import Money, Value
from sscdesk.ui.widgets.editors.date import DateEditor

F = FieldType
Make = Callable[..., Any]


def type_into(editor: Any, text: str, qtbot: QtBot) -> None:
    """Type a text; the test's keyboard has no Arabic keys, so such a text is put in whole."""
    if text.isascii():
        qtbot.keyClicks(editor.line, text)
    else:
        editor.replace(text)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (F.TEXT, "  Rabat ", "Rabat"),
        (F.INTEGER, "12 345", 12_345),
        (F.INTEGER, "١٢", 12),
        (F.DECIMAL, "655,957", "655.957"),
        (F.MONEY, "48600", Money(4_860_000, "MAD")),
        (F.MONEY, "48 600,50 MAD", Money(4_860_050, "MAD")),
        (F.MONEY, "120 eur", Money(12_000, "EUR")),
        (F.MONEY, "٢٤٥ XOF", Money(245, "XOF")),
        (F.DATE, "+3", "2026-03-12"),
        (F.DATE, "demain", "2026-03-10"),
        (F.DATE, "غدا", "2026-03-10"),
        (F.DATE, "12/3", "2026-03-12"),
        (F.DATE, "٩/٣/٢٠٢٦", "2026-03-09"),
        (F.DATE, "2019-06", "2019-06"),
        (F.DATE, "2019", "2019"),
        (F.DATETIME, "9/3 7:30", "2026-03-09T07:30"),
        (F.EMAIL, "awa@example.org", "awa@example.org"),
        (F.PHONE, "05 37 00 00 00", "05 37 00 00 00"),
        (F.URL, "www.example.org", "https://www.example.org"),
    ],
)
def test_what_is_typed_is_understood(
    kind: FieldType, typed: str, value: Value, make: Make, qtbot: QtBot
) -> None:
    editor = make(kind)

    editor.setFocus()
    type_into(editor, typed, qtbot)

    assert editor.value() == value


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (F.INTEGER, "twelve", "not-a-number"),
        (F.MONEY, "-5", "negative-amount"),
        (F.MONEY, "1,234", "amount-unclear"),
        (F.DATE, "31/2", "no-such-day"),
        (F.DATE, "sometime", "not-a-date"),
        (F.DATETIME, "noon", "not-a-date"),
        (F.EMAIL, "awa at example", "not-an-email"),
        (F.PHONE, "call me", "not-a-telephone"),
        (F.URL, "not an address", "not-an-address"),
    ],
)
def test_what_cannot_be_read_is_refused_and_stays_as_typed(
    kind: FieldType,
    typed: str,
    code: str,
    make: Make,
    qtbot: QtBot,
    move_away: Callable[[], None],
) -> None:
    editor = make(kind)

    editor.setFocus()
    qtbot.keyClicks(editor.line, typed)
    move_away()

    with pytest.raises(Refused) as refused:
        editor.value()
    assert refused.value.code == code
    assert refused.value.field == "one"
    assert editor.text() == typed


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (F.MONEY, Money(24_500_000, "MAD")),
        (F.MONEY, Money(245_000, "XOF")),
        (F.INTEGER, 12_345),
        (F.DECIMAL, "655.957"),
        (F.DATE, "2026-03-09"),
        (F.DATE, "2019-06"),
        (F.DATETIME, "2026-03-09T07:30"),
    ],
)
def test_a_value_that_is_touched_and_left_as_it_was_is_the_same(
    language: str, kind: FieldType, value: Value, make: Make, qtbot: QtBot
) -> None:
    set_default_language(language)
    editor = make(kind)
    editor.show_value(value, {})

    editor.setFocus()
    editor.line.end(False)
    qtbot.keyClicks(editor.line, "0")
    qtbot.keyClick(editor.line, Qt.Key.Key_Backspace)

    assert editor.value() == value


def test_a_date_says_how_it_is_understood_while_typing(make: Make, qtbot: QtBot) -> None:
    editor = make(F.DATE)

    editor.setFocus()
    qtbot.keyClicks(editor.line, "+3")

    assert editor.notice() == "Thursday, 12 March 2026"


def test_a_date_is_written_in_full_once_the_officer_has_left(
    make: Make, qtbot: QtBot, move_away: Callable[[], None]
) -> None:
    editor = make(F.DATE)

    editor.setFocus()
    qtbot.keyClicks(editor.line, "+3")
    move_away()

    assert editor.text() == "12 March 2026"


def test_a_date_that_cannot_be_changed_keeps_no_room_for_the_calendar(make: Make) -> None:
    editor = make(F.DATE)
    assert isinstance(editor, DateEditor)
    before = editor.line.textMargins().right()

    editor.set_locked(True)
    locked = editor.line.textMargins().right()
    editor.set_locked(False)

    assert (locked, editor.line.textMargins().right()) == (0, before)
    assert before > 0


def test_a_partial_date_is_shown_as_partial(make: Make) -> None:
    editor = make(F.DATE)

    editor.show_value("2019-06", {})

    assert editor.text() == "June 2019"


def test_a_day_is_taken_from_the_calendar(make: Make, qtbot: QtBot) -> None:
    editor = make(F.DATE)
    editor.show_value("2026-03-09", {})

    qtbot.keyClick(editor.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = editor._popup.calendar
    with qtbot.waitSignal(editor.edited):
        calendar.clicked.emit(calendar.selectedDate().addDays(2))

    assert editor.value() == "2026-03-11"
    assert not editor._popup.isVisible()


def test_another_currency_is_chosen_from_the_list(make: Make) -> None:
    editor = make(F.MONEY)
    editor.show_value(Money(120_000, "MAD"), {})

    menu = editor.currencies.menu()
    euro = next(one for one in menu.actions() if one.text() == "EUR")
    menu.triggered.emit(euro)

    assert editor.value() == Money(120_000, "EUR")


@pytest.mark.parametrize(
    ("number", "doubtful"), [("+223 20 22 33 44", False), ("12345", True), ("0537 000 000", False)]
)
def test_a_telephone_number_is_checked_and_never_refused(
    number: str, doubtful: bool, make: Make, qtbot: QtBot
) -> None:
    editor = make(F.PHONE)

    qtbot.keyClicks(editor.line, number)

    assert editor.value() == number
    assert editor.doubtful() is doubtful


def test_a_masked_field_shows_dots_until_asked_for(
    make: Make, qtbot: QtBot, move_away: Callable[[], None]
) -> None:
    editor = make(F.TEXT, masked=True)
    editor.show_value("AB1234567", {})
    assert editor.line.displayText() == "●" * 9

    editor.setFocus()
    qtbot.mouseClick(editor.eye, Qt.MouseButton.LeftButton)
    shown = editor.line.displayText()
    move_away()

    assert shown == "AB1234567"
    assert editor.line.displayText() == "●" * 9


def test_several_texts_are_chips_that_come_and_go(make: Make, qtbot: QtBot) -> None:
    editor = make(F.EMAIL, many=True)
    editor.show_value(("a@example.org",), {})

    editor.setFocus()
    qtbot.keyClicks(editor.line, "b@example.org")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    both = editor.value()
    editor.chips()[0].cross.click()

    assert both == ("a@example.org", "b@example.org")
    assert editor.value() == ("b@example.org",)


def test_a_text_of_a_set_that_cannot_be_read_stays_in_the_line(
    make: Make, qtbot: QtBot, move_away: Callable[[], None]
) -> None:
    editor = make(F.EMAIL, many=True)

    editor.setFocus()
    qtbot.keyClicks(editor.line, "not an address")
    move_away()

    assert editor.text() == "not an address"
    assert not editor.chips()


def test_yes_no_and_not_recorded_are_three_answers(make: Make, qtbot: QtBot) -> None:
    editor = make(F.BOOLEAN)
    answers = []

    for button in editor.buttons:
        button.click()
        answers.append(editor.value())

    assert answers == [True, False, None]


def test_arabic_turns_the_line_and_latin_turns_it_back(make: Make, qtbot: QtBot) -> None:
    editor = make(F.TEXT)

    editor.line.setText("الرباط")
    turned = editor.line.layoutDirection()
    editor.line.setText("Rabat")

    assert turned == Qt.LayoutDirection.RightToLeft
    assert editor.line.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_an_arabic_name_is_right_to_left_before_anything_is_typed(make: Make) -> None:
    editor = make(F.TEXT, name="name_ar")

    assert editor.line.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_long_text_is_kept_as_typed_and_never_read_as_markup(make: Make, qtbot: QtBot) -> None:
    editor = make(F.LONG_TEXT)

    editor.page.setFocus()
    QTest.keyClicks(editor.page, "<b>1 < 2</b>")
    qtbot.keyClick(editor.page, Qt.Key.Key_Return)
    QTest.keyClicks(editor.page, "& so on")

    assert editor.value() == "<b>1 < 2</b>\n& so on"


def test_long_text_grows_with_its_lines_and_then_scrolls(make: Make, qtbot: QtBot) -> None:
    editor = make(F.LONG_TEXT)
    heights = []

    for lines in (1, 8, 60):
        editor.show_value("\n".join(["line"] * lines), {})
        heights.append(editor.page.sizeHint().height())

    assert heights[0] < heights[1] < heights[2]
    assert heights[2] < 60 * editor.page.fontMetrics().lineSpacing()


@pytest.mark.parametrize("kind", [F.TEXT, F.LONG_TEXT])
def test_undo_goes_to_the_field_first_and_to_the_desk_when_it_has_none(
    kind: FieldType, make: Make, qtbot: QtBot
) -> None:
    editor = make(kind)
    widget = editor.focusProxy()
    widget.setFocus()

    untouched = _takes_undo(widget)
    QTest.keyClicks(widget, "abc")
    typed = _takes_undo(widget)

    assert (untouched, typed) == (False, True)


def _takes_undo(widget: Any) -> bool:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    keys = QKeySequence(QKeySequence.StandardKey.Undo)[0]
    event = QKeyEvent(QEvent.Type.ShortcutOverride, keys.key(), keys.keyboardModifiers(), "")
    event.ignore()
    widget.event(event)
    return event.isAccepted()
