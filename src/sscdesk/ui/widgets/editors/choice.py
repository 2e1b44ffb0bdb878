"""Editors of one or several codes of a vocabulary, and of yes or no."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from sscdesk.i18n import _
from sscdesk.model.field import Field
from sscdesk.model.folding import folded
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.ui.widgets.editors.base import FieldEditor, Titles
from sscdesk.ui.widgets.editors.chips import Chip
from sscdesk.ui.widgets.editors.flow import FlowLayout
from sscdesk.ui.widgets.editors.line import ButtonInside
from sscdesk.ui.widgets.editors.pick_line import PickLine
from sscdesk.ui.widgets.editors.surroundings import Option, Surroundings, matching


def unknown_choice(field: Field, text: str) -> Refused:
    """Return the refusal of a text that is no entry of the list."""
    return Refused(
        "unknown-choice",
        N_("“{text}” is not in the list."),
        hint=N_("Type a few letters and choose one of the entries."),
        field=field.name,
        params={"text": text},
    )


def exact(options: tuple[Option, ...], text: str) -> Option | None:
    """Return the one option that ``text`` names in full, or that alone holds its words."""
    for option in options:
        if folded(text) in (folded(option.label), folded(option.code)):
            return option
    left = matching(options, text)
    return left[0] if len(left) == 1 else None


class ChoiceEditor(FieldEditor):
    """One code, found by typing or taken from the list."""

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self._code: str | None = None
        self._touched = False
        self.line = PickLine(self)
        self.opener = ButtonInside(self.line, "chevron-down")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        self.watch(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.asked.connect(self._list)
        self.line.picked.connect(self._pick)
        self.opener.clicked.connect(self._drop_down)

    def value(self) -> Value:
        if not self._touched:
            return self._code
        text = self.line.text().strip()
        if not text:
            return None
        if self._code is not None and text == self._words(self._code):
            return self._code
        found = exact(self._options(), text)
        if found is None:
            raise unknown_choice(self.field, text)
        return found.code

    def show_value(self, value: Value, titles: Titles) -> None:
        self._code = None if value is None else str(value)
        self._touched = False
        words = "" if self._code is None else self._words(self._code)
        if words != self.line.text():
            self.line.setText(words)
            self.line.setCursorPosition(0)

    def unfinished(self) -> bool:
        return self.line.list_is_open() or self._is_between()

    def so_far(self) -> Value:
        return self._code

    def text(self) -> str:
        return self.line.text()

    def show_text(self, text: str) -> None:
        self.line.setText(text)
        self._touched = True

    def set_locked(self, locked: bool) -> None:
        self.line.setReadOnly(locked)
        self.opener.setVisible(not locked)

    def tidy(self) -> None:
        try:
            self.show_value(self.value(), {})
        except Refused:
            return

    def name_for_screen_readers(self, name: str, description: str) -> None:
        super().name_for_screen_readers(name, description)
        self.opener.setAccessibleName(_("Show the list for {field}").format(field=name))

    def _is_between(self) -> bool:
        return self._touched and bool(self.line.text().strip())

    def _options(self) -> tuple[Option, ...]:
        return self.around.options(self.field.vocabulary or "")

    def _words(self, code: str) -> str:
        """Return the label of a code, also of one that is no longer offered."""
        return self.around.words(self.field, code, {})

    def _typed(self, _text: str) -> None:
        self._touched = True
        self.edited.emit()

    def _list(self, text: str) -> None:
        self.line.offer(matching(self._options(), text), choose_first=bool(text))

    def _drop_down(self) -> None:
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)
        self.line.selectAll()
        self._list("")

    def _pick(self, option: Option) -> None:
        self.show_value(option.code, {})
        self.edited.emit()


class ChoicesEditor(FieldEditor):
    """A set of codes as chips, with a line to add to them."""

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self._members: list[str] = []
        self._locked = False
        self._chips: list[Chip] = []
        self.flow = FlowLayout(self)
        self.line = PickLine(self)
        self.line.setProperty("look", "chip_line")
        self.line.setPlaceholderText(_("Add…"))
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.setMinimumWidth(110)
        self.flow.addWidget(self.line)
        self.watch(self.line)
        self.line.asked.connect(self._list)
        self.line.picked.connect(self.add)
        self.line.rubbed_out.connect(self._remove_last)

    def value(self) -> Value:
        text = self.line.text().strip()
        if text:
            found = exact(self._left(), text)
            if found is None:
                raise unknown_choice(self.field, text)
            return tuple(sorted({*self._members, found.code}))
        return tuple(sorted(self._members))

    def show_value(self, value: Value, titles: Titles) -> None:
        members = list(value) if isinstance(value, tuple) else []
        if members != self._members or len(members) != len(self._chips):
            self._members = members
            self._draw()

    def unfinished(self) -> bool:
        return self.line.list_is_open() or self._is_between()

    def so_far(self) -> Value:
        return tuple(sorted(self._members))

    def text(self) -> str:
        return self.line.text()

    def show_text(self, text: str) -> None:
        self.line.setText(text)

    def set_locked(self, locked: bool) -> None:
        self._locked = locked
        self.line.setVisible(not locked)
        for chip in self._chips:
            chip.set_locked(locked)

    def tidy(self) -> None:
        found = exact(self._left(), self.line.text()) if self.line.text().strip() else None
        if found is not None:
            self.add(found)

    def add(self, option: Option) -> None:
        """Take ``option`` among the members."""
        self.line.clear()
        if option.code not in self._members:
            self._members.append(option.code)
            self._draw()
            self.edited.emit()

    def remove(self, code: str) -> None:
        """Take ``code`` away from the members."""
        self._members.remove(code)
        self._draw()
        self.line.setFocus()
        self.edited.emit()

    def chips(self) -> list[Chip]:
        """Return the chips shown, in order."""
        return list(self._chips)

    def _draw(self) -> None:
        for chip in self._chips:
            self.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        order = {option.code: place for place, option in enumerate(self._options())}
        self._members.sort(key=lambda code: order.get(code, len(order)))
        words = self.around.words
        self._chips = [Chip(code, words(self.field, code, {}), self) for code in self._members]
        for place, chip in enumerate(self._chips):
            chip.removed.connect(self.remove)
            chip.set_locked(self._locked)
            self.flow.insert_widget(place, chip)
            chip.show()
        self.updateGeometry()

    def _options(self) -> tuple[Option, ...]:
        return self.around.options(self.field.vocabulary or "")

    def _is_between(self) -> bool:
        return bool(self.line.text().strip())

    def _left(self) -> tuple[Option, ...]:
        return tuple(option for option in self._options() if option.code not in self._members)

    def _list(self, text: str) -> None:
        self.line.offer(matching(self._left(), text), choose_first=bool(text))

    def _remove_last(self) -> None:
        if self._members:
            self.remove(self._members[-1])


class BooleanEditor(FieldEditor):
    """Yes, no, or not recorded."""

    VALUES: tuple[bool | None, ...] = (True, False, None)

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self._group = QButtonGroup(self)
        self.buttons = [
            QRadioButton(words, self) for words in (_("Yes"), _("No"), _("Not recorded"))
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for number, button in enumerate(self.buttons):
            self._group.addButton(button, number)
            row.addWidget(button)
            self.watch(button)
        row.addStretch(1)
        self.buttons[2].setChecked(True)
        self._group.idClicked.connect(self._clicked)

    def value(self) -> Value:
        return self.VALUES[self._group.checkedId()]

    def show_value(self, value: Value, titles: Titles) -> None:
        wanted = value if isinstance(value, bool) else None
        self.buttons[self.VALUES.index(wanted)].setChecked(True)

    def set_locked(self, locked: bool) -> None:
        for button in self.buttons:
            button.setEnabled(not locked or button.isChecked())

    def name_for_screen_readers(self, name: str, description: str) -> None:
        for button in self.buttons:
            button.setAccessibleName(f"{name}: {button.text()}")
            button.setAccessibleDescription(description)

    def _clicked(self, _number: int) -> None:
        self.edited.emit()
