"""The editors of one row: refreshes, two boxes for one field, both texts kept."""

from typing import Any

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sscdesk.model.field import Field, FieldType
from sscdesk.model.refusal import Refused
from sscdesk.ui.forms.row_form import RowForm
from sscdesk.ui.forms.saving import Change, Done, Failed
from sscdesk.ui.widgets.editors.box import FieldBox
from tests.ui.widgets.editors.builders import Around, a_field

PURPOSE = a_field(FieldType.TEXT, name="purpose")
DEPARTS = a_field(FieldType.DATE, name="departs")
FIELDS = frozenset({"purpose", "departs"})


class Form:
    """A form in a window, with a disk that the test answers for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.column = QVBoxLayout(self.window)
        self.kept: dict[tuple[str, str], str] = {}
        self.writes: list[tuple[str, Change, Done, Failed]] = []
        self.form = RowForm(Around(), self._write, self._keep, self.window)
        self.purpose = self.add(PURPOSE)
        self.departs = self.add(DEPARTS)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()

    def _write(self, row: str, change: Change, done: Done, failed: Failed) -> None:
        self.writes.append((row, change, done, failed))

    def _keep(self, row: str, field: str, text: str) -> None:
        self.kept[row, field] = text

    def add(self, field: Field) -> FieldBox:
        """Add a box of a field."""
        box = self.form.box(field)
        self.column.addWidget(box)
        return box

    def show(self, row: str = "one", may_write: frozenset[str] = FIELDS, **values: Any) -> None:
        """Show a row."""
        given = {"purpose": "old", "departs": "2026-03-09", **values}
        self.form.show_row(row, given, {}, may_write, {"purpose": "Written by others."})

    def done(self) -> None:
        """Answer the oldest write."""
        self.writes.pop(0)[2](None)

    def refuse(self, error: Refused) -> None:
        """Refuse the oldest write."""
        self.writes.pop(0)[3](error)


@pytest.fixture
def one(qtbot: QtBot) -> Form:
    """A form that shows a row."""
    made = Form(qtbot)
    made.show()
    return made


def type_over(box: FieldBox, text: str, qtbot: QtBot) -> None:
    """Replace what stands in a field."""
    line = box.editor.focusProxy()
    assert line is not None
    line.setFocus()
    line.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(line, text)


def test_leaving_a_field_writes_it(one: Form, qtbot: QtBot) -> None:
    type_over(one.purpose, "new", qtbot)
    one.departs.editor.setFocus()

    row, change, _done, _failed = one.writes[0]
    assert (row, change.field, change.value, change.seen) == ("one", "purpose", "new", "old")


def test_one_stay_in_a_field_is_one_step_of_undo(one: Form, qtbot: QtBot) -> None:
    type_over(one.purpose, "new", qtbot)
    one.form.keeping.due.emit()
    one.done()
    qtbot.keyClicks(one.purpose.editor.focusProxy(), "er")
    one.form.keeping.due.emit()
    first = one.writes[0][1].visit
    one.done()
    one.departs.editor.setFocus()
    type_over(one.purpose, "again", qtbot)
    one.form.flush()

    assert first.endswith(":one:purpose")
    assert one.writes[0][1].visit != first


def test_a_text_that_cannot_be_read_stays_is_told_and_is_kept(one: Form, qtbot: QtBot) -> None:
    type_over(one.departs, "some day", qtbot)
    one.purpose.editor.setFocus()

    assert not one.writes
    assert one.departs.editor.text() == "some day"
    assert "is not a date" in one.departs.message.text
    assert one.kept["one", "departs"] == "some day"
    assert one.form.unsaved() == {"departs": "some day"}


def test_the_error_goes_as_soon_as_the_text_can_be_read(one: Form, qtbot: QtBot) -> None:
    type_over(one.departs, "some day", qtbot)
    one.form.flush()
    type_over(one.departs, "12/3", qtbot)

    assert "is not a date" not in one.departs.message.text


def test_another_row_is_shown_without_losing_what_was_typed_into_the_first(
    one: Form, qtbot: QtBot
) -> None:
    type_over(one.purpose, "new", qtbot)

    one.show("two", purpose="other")

    assert one.purpose.editor.text() == "other"
    assert [(row, change.value) for row, change, _d, _f in one.writes] == [("one", "new")]


def test_a_refusal_that_comes_after_another_row_is_shown_is_told(one: Form, qtbot: QtBot) -> None:
    type_over(one.purpose, "new", qtbot)
    one.show("two", purpose="other")

    with qtbot.waitSignal(one.form.left_behind):
        one.refuse(Refused("field-missing", "", field="purpose"))

    assert one.purpose.error is None


def test_a_text_that_was_overtaken_after_another_row_is_shown_is_kept(
    one: Form, qtbot: QtBot
) -> None:
    type_over(one.purpose, "mine", qtbot)
    one.show("two", purpose="other")

    with qtbot.waitSignal(one.form.left_behind):
        one.refuse(Refused("changed-meanwhile", "", field="purpose"))

    assert one.kept["one", "purpose"] == "mine"


def test_a_text_of_the_last_time_is_asked_about_and_overwrites_nothing(one: Form) -> None:
    one.form.give_back({"purpose": "mine"})
    before = list(one.writes)
    asked = one.purpose.is_asking()

    assert one.purpose._meanwhile is not None
    one.purpose._meanwhile.keep.click()

    assert asked
    assert not before
    assert [c.value for _r, c, _d, _f in one.writes] == ["mine"]


def test_a_refresh_leaves_the_field_in_which_the_officer_is_alone(one: Form, qtbot: QtBot) -> None:
    one.purpose.editor.setFocus()

    one.show(purpose="from elsewhere", departs="2026-03-10")
    during = one.purpose.editor.text()
    one.departs.editor.setFocus()

    assert during == "old"
    assert one.purpose.editor.text() == "from elsewhere"


def test_a_refresh_fills_the_other_fields(one: Form) -> None:
    one.purpose.editor.setFocus()

    one.show(departs="2026-03-10")

    assert one.departs.editor.text() == "10 March 2026"


def test_a_change_made_meanwhile_is_shown_beside_the_officer_s_own(one: Form, qtbot: QtBot) -> None:
    type_over(one.purpose, "mine", qtbot)

    one.show(purpose="theirs")
    one.form.flush()

    assert not one.writes
    assert one.purpose.is_asking()
    assert one.purpose.editor.text() == "mine"
    assert one.purpose._meanwhile is not None
    assert "theirs" in one.purpose._meanwhile.words.text()


def test_keeping_mine_writes_it_over_theirs_knowingly(one: Form, qtbot: QtBot) -> None:
    type_over(one.purpose, "mine", qtbot)
    one.show(purpose="theirs")

    assert one.purpose._meanwhile is not None
    one.purpose._meanwhile.keep.click()

    assert [(c.value, c.seen) for _r, c, _d, _f in one.writes] == [("mine", "theirs")]
    assert not one.purpose.is_asking()


def test_taking_theirs_writes_nothing(one: Form, qtbot: QtBot) -> None:
    type_over(one.purpose, "mine", qtbot)
    one.show(purpose="theirs")

    assert one.purpose._meanwhile is not None
    one.purpose._meanwhile.take.click()
    one.form.flush()

    assert not one.writes
    assert one.purpose.editor.text() == "theirs"


def test_a_write_that_was_overtaken_asks_once_the_row_was_read_again(
    one: Form, qtbot: QtBot
) -> None:
    type_over(one.purpose, "mine", qtbot)
    one.form.flush()

    with qtbot.waitSignal(one.form.reread):
        one.refuse(Refused("changed-meanwhile", "", field="purpose"))
    one.show(purpose="theirs")

    assert one.purpose.is_asking()
    assert one.purpose._meanwhile is not None
    assert "theirs" in one.purpose._meanwhile.words.text()


def test_two_boxes_of_a_field_show_the_same(one: Form, qtbot: QtBot) -> None:
    other = one.add(PURPOSE)

    type_over(one.purpose, "new", qtbot)
    one.form.flush()
    one.done()

    assert other.editor.text() == "new"


def test_what_may_not_be_written_is_read_only_and_says_why(one: Form) -> None:
    one.show(may_write=frozenset({"departs"}))

    assert one.purpose.editor.line.isReadOnly()  # type: ignore[attr-defined]
    assert not one.purpose.lock.isHidden()
    assert "Written by others." in one.purpose.lock.accessibleName()
    assert "Written by others." in one.purpose.editor.line.accessibleDescription()  # type: ignore[attr-defined]


def test_texts_of_the_last_time_are_given_back_with_what_is_wrong(one: Form) -> None:
    one.form.give_back({"departs": "some day"})

    assert one.departs.editor.text() == "some day"
    assert "is not a date" in one.departs.message.text


def test_a_refusal_names_several_fields(one: Form, qtbot: QtBot) -> None:
    type_over(one.purpose, "new", qtbot)
    one.form.flush()
    also = Refused("dates-reversed", "The end comes first.", field="departs")

    one.refuse(Refused("field-missing", "Fill it in.", field="purpose", also=(also,)))

    assert one.purpose.message.text == "Fill it in."
    assert one.departs.message.text == "The end comes first."
