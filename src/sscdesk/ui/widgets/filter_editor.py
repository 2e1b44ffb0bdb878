"""Where one filter of a list is made: a small sheet under its chip.

Choices of a list act at once, so that the rows follow; what is typed acts on Enter.
"""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sscdesk.i18n import _
from sscdesk.model.refusal import Refused
from sscdesk.model.values import Value
from sscdesk.ui.look import look
from sscdesk.ui.models.conditions import OPERATOR_WORDS, OPERATORS, Condition, Filterable
from sscdesk.ui.widgets.basic import button, label
from sscdesk.ui.widgets.editors.base import FieldEditor
from sscdesk.ui.widgets.editors.making import editor_for
from sscdesk.ui.widgets.editors.surroundings import Surroundings
from sscdesk.ui.wording import Wording

WITHOUT_VALUE = frozenset({"empty", "not_empty"})


class FilterEditor(QFrame):
    """A popup that makes one condition.

    *Signals*: ``made(Condition)`` at each complete choice; ``removed`` when the filter is
    taken away.
    """

    made = Signal(object)
    removed = Signal()

    def __init__(
        self,
        of: Filterable,
        condition: Condition | None,
        wording: Wording,
        around: Surroundings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "card")
        self.setAccessibleName(of.label)
        self._of = of
        self._boxes: dict[str, QCheckBox] = {}
        self._editor: FieldEditor | None = None
        self._operator = QComboBox(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(8)
        self._column.addWidget(label(of.label, "strong"))
        self._add_operator(condition)
        if of.family in ("codes", "flags"):
            self._add_boxes(wording, condition)
        else:
            self._add_editor(around, condition)
        self._add_foot(condition)
        self._operator_changed()

    def _add_operator(self, condition: Condition | None) -> None:
        for operator in OPERATORS[self._of.family]:
            self._operator.addItem(_(OPERATOR_WORDS[operator]), operator)
        if condition is not None:
            self._operator.setCurrentIndex(self._operator.findData(condition.operator))
        self._operator.setAccessibleName(_("How"))
        self._operator.setVisible(self._operator.count() > 1)
        self._operator.currentIndexChanged.connect(self._operator_changed)
        self._column.addWidget(self._operator)

    def _add_boxes(self, wording: Wording, condition: Condition | None) -> None:
        chosen = condition.value if condition is not None else ()
        held = chosen if isinstance(chosen, tuple) else ("yes" if chosen else "no",)
        inside = QWidget()
        inside.setProperty("look", "paper")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for code, words in self._choices(wording):
            box = QCheckBox(words.replace("&", "&&"), inside)
            box.setChecked(condition is not None and code in held)
            box.toggled.connect(self._tell)
            self._boxes[code] = box
            column.addWidget(box)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setMinimumWidth(look().sp(260))
        area.setMinimumHeight(min(look().sp(300), inside.sizeHint().height() + 4))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.addWidget(area)

    def _choices(self, wording: Wording) -> tuple[tuple[str, str], ...]:
        if self._of.family == "flags":
            return (("yes", _("Yes")), ("no", _("No")))
        return wording.codes(str(self._of.field.vocabulary))

    def _add_editor(self, around: Surroundings, condition: Condition | None) -> None:
        self._editor = editor_for(self._of.field, around, self)
        self._editor.name_for_screen_readers(self._of.label, "")
        if condition is not None and condition.operator not in WITHOUT_VALUE:
            self._editor.show_value(condition.value, {})
        self._editor.setMinimumWidth(look().sp(280))
        self._column.addWidget(self._editor)

    def _add_foot(self, condition: Condition | None) -> None:
        row = QHBoxLayout()
        remove = button(_("Remove this filter"), "link")
        remove.setVisible(condition is not None)
        remove.clicked.connect(self._remove)
        done = button(_("Apply"), "primary")
        done.clicked.connect(self._apply)
        row.addWidget(remove)
        row.addStretch(1)
        row.addWidget(done)
        self._column.addLayout(row)

    def show_below(self, anchor: QWidget) -> None:
        """Open under ``anchor``."""
        self.adjustSize()
        corner = anchor.rect().bottomLeft()
        if anchor.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            corner = QPoint(anchor.rect().right() - self.width(), corner.y())
        self.move(anchor.mapToGlobal(corner + QPoint(0, 4)))
        self.show()
        first = next(iter(self._boxes.values()), None) or self._editor
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def condition(self) -> Condition | None:
        """Return what is chosen, None while it is incomplete."""
        operator = str(self._operator.currentData())
        if operator in WITHOUT_VALUE:
            return Condition(self._of.name, operator, None)
        value = self._value()
        return None if value in (None, "", ()) else Condition(self._of.name, operator, value)

    def _value(self) -> Value:
        if self._editor is not None:
            return self._typed()
        codes = tuple(code for code, box in self._boxes.items() if box.isChecked())
        if self._of.family != "flags":
            return codes
        return codes == ("yes",) if len(codes) == 1 else None

    def _typed(self) -> Value:
        assert self._editor is not None
        try:
            value = self._editor.value()
        except Refused:
            return None
        return value[0] if isinstance(value, tuple) and value else value

    @Slot()
    def _operator_changed(self) -> None:
        plain = self._operator.currentData() in WITHOUT_VALUE
        for widget in (*self._boxes.values(), self._editor):
            if widget is not None:
                widget.setEnabled(not plain)

    @Slot()
    def _tell(self) -> None:
        condition = self.condition()
        if condition is not None:
            self.made.emit(condition)
        else:
            self.removed.emit()

    @Slot()
    def _apply(self) -> None:
        self._tell()
        self.close()

    @Slot()
    def _remove(self) -> None:
        self.removed.emit()
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._apply()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
