"""Addresses and numbers, sets of texts, and what is shown as dots."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from sscdesk.i18n import _
from sscdesk.model.field import Field, FieldType
from sscdesk.model.refusal import Refused
from sscdesk.model.values import Value
from sscdesk.ui.icons import dress
from sscdesk.ui.widgets.basic import icon_button
from sscdesk.ui.widgets.editors.base import FieldEditor, Titles
from sscdesk.ui.widgets.editors.chips import Chip
from sscdesk.ui.widgets.editors.flow import FlowLayout
from sscdesk.ui.widgets.editors.line import DirectedLine, LineEditor
from sscdesk.ui.widgets.editors.reading import doubt, read
from sscdesk.ui.widgets.editors.surroundings import Surroundings

_LATIN = frozenset({FieldType.EMAIL, FieldType.PHONE, FieldType.URL})


class AddressEditor(LineEditor):
    """An e-mail address, a telephone number or a web address: always left to right."""

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self.line.fix(Qt.LayoutDirection.LeftToRight)

    def notice(self) -> str:
        try:
            value = self.value()
        except Refused:
            return ""
        return "" if value is None else doubt(self.field, str(value), self.around)

    def doubtful(self) -> bool:
        return bool(self.notice())


class MaskedEditor(LineEditor):
    """A text shown as dots until asked for, and as dots again after one has left."""

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self.eye = icon_button("eye", _("Show"), self)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show)
        self.row.setSpacing(2)
        self.row.addWidget(self.eye)
        self.watch(self.eye)
        self._show(False)

    def name_for_screen_readers(self, name: str, description: str) -> None:
        super().name_for_screen_readers(name, description)
        self.eye.setAccessibleName(_("Show: {field}").format(field=name))

    def tidy(self) -> None:
        super().tidy()
        self.eye.setChecked(False)

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        dress(self.eye, "eye-off" if shown else "eye", "muted")
        self.eye.setToolTip(_("Hide") if shown else _("Show"))


class MaskedDateEditor(MaskedEditor):
    """A date shown as dots; written as it is kept, so that nothing of it shows."""

    def write(self, value: Value) -> str:
        return str(value)


class AddingLine(DirectedLine):
    """The line behind the chips. *Signals*: ``entered`` on Enter, ``rubbed_out``."""

    entered = Signal()
    rubbed_out = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.entered.emit()
            return
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.rubbed_out.emit()
        super().keyPressEvent(event)


class ManyTextsEditor(FieldEditor):
    """A set of texts, addresses or numbers, each a chip."""

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self._members: list[str] = []
        self._locked = False
        self._chips: list[Chip] = []
        self.flow = FlowLayout(self)
        fixed = Qt.LayoutDirection.LeftToRight if field.type in _LATIN else None
        self.line = AddingLine(self, fixed)
        self.line.setProperty("look", "chip_line")
        self.line.setPlaceholderText(_("Add…"))
        self.line.setMaxLength(max(field.max_length, 1))
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.setMinimumWidth(130)
        self.flow.addWidget(self.line)
        self.watch(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.entered.connect(self.take_line)
        self.line.rubbed_out.connect(self._remove_last)

    def value(self) -> Value:
        text = self.line.text().strip()
        more = read(self.field, text, self.around) if text else ()
        return tuple(sorted({*self._members, *(more if isinstance(more, tuple) else ())}))

    def show_value(self, value: Value, titles: Titles) -> None:
        members = list(value) if isinstance(value, tuple) else []
        if members != self._members:
            self._members = members
            self._draw()

    def text(self) -> str:
        return self.line.text()

    def show_text(self, text: str) -> None:
        self.line.setText(text)

    def notice(self) -> str:
        found = [doubt(self.field, member, self.around) for member in self._members]
        return next(filter(None, found), "")

    def doubtful(self) -> bool:
        return bool(self.notice())

    def set_locked(self, locked: bool) -> None:
        self._locked = locked
        self.line.setVisible(not locked)
        for chip in self._chips:
            chip.set_locked(locked)

    def tidy(self) -> None:
        if self.line.text().strip():
            self.take_line()

    def take_line(self) -> None:
        """Make a member of what stands in the line, if it can be read."""
        try:
            members = self.value()
        except Refused:
            self.edited.emit()
            return
        self.line.clear()
        self.show_value(members, {})
        self.edited.emit()

    def remove(self, member: str) -> None:
        """Take a member away."""
        self._members.remove(member)
        self._draw()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def chips(self) -> list[Chip]:
        """Return the chips shown, in order."""
        return list(self._chips)

    def _draw(self) -> None:
        for chip in self._chips:
            self.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [Chip(member, member, self) for member in self._members]
        for place, chip in enumerate(self._chips):
            chip.removed.connect(self.remove)
            chip.set_locked(self._locked)
            self.flow.insert_widget(place, chip)
            chip.show()
        self.updateGeometry()

    def _typed(self, _text: str) -> None:
        self.edited.emit()

    def _remove_last(self) -> None:
        if self._members:
            self.remove(self._members[-1])
