"""The filters of a list as chips, with the dashed one that adds another.

*Signals*: ``FilterBar.changed(conditions)`` when a filter was added, changed, removed.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from sscdesk.i18n import _
from sscdesk.ui.models.conditions import Condition, Filterable, sentence
from sscdesk.ui.widgets.basic import button, plain_amp
from sscdesk.ui.widgets.editors.flow import FlowLayout
from sscdesk.ui.widgets.editors.surroundings import Surroundings
from sscdesk.ui.widgets.filter_editor import FilterEditor
from sscdesk.ui.wording import Wording


class FilterChip(QPushButton):
    """One filter: a press opens it, its cross takes it away.

    *Signals*: ``removed`` on Delete or Backspace.
    """

    removed = Signal()

    def __init__(self, words: str, condition: Condition, parent: QWidget) -> None:
        super().__init__(plain_amp(words) + "  ×", parent)
        self.condition = condition
        self.setProperty("look", "filter")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Filter: {words}").format(words=words))
        self.setAccessibleDescription(_("Enter changes it, Delete removes it."))
        self.setToolTip(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def on_cross(self, at: QPoint) -> bool:
        """Whether a place of the chip lies on its cross."""
        reach = self.fontMetrics().horizontalAdvance("  ×") + 10
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            return at.x() < reach
        return at.x() > self.width() - reach


class FilterBar(QWidget):
    """The chips of one list."""

    changed = Signal(object)

    def __init__(
        self,
        fields: Sequence[Filterable],
        wording: Wording,
        around: Surroundings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields = {field.name: field for field in fields}
        self._wording = wording
        self._around = around
        self._conditions: list[Condition] = []
        self._titles: dict[str, str] = {}
        self._chips: list[FilterChip] = []
        self._pressed_at = QPoint()
        self._flow = FlowLayout(self, 6)
        self._add = button("", "add_filter")
        self._add.clicked.connect(self._choose_field)
        self._menu: QMenu | None = None
        self._flow.addWidget(self._add)
        self.reword()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The filters, in the order in which they were made."""
        return tuple(self._conditions)

    @property
    def titles(self) -> dict[str, str]:
        """Words of the records that filters name."""
        return dict(self._titles)

    def show_conditions(
        self, conditions: Sequence[Condition], titles: dict[str, str] | None = None
    ) -> None:
        """Show these filters; ``titles`` has the words of records that they name."""
        self._titles.update(titles or {})
        self._conditions = [one for one in conditions if one.field in self._fields]
        self._draw()

    def add(self, condition: Condition) -> None:
        """Add a filter, in the place of one on the same field."""
        self._replace(condition.field, condition)

    def clear(self) -> None:
        """Take all filters away."""
        if self._conditions:
            self._conditions = []
            self._draw()
            self.changed.emit(self.conditions)

    def reword(self) -> None:
        """Write the words again."""
        self.setAccessibleName(_("Filters"))
        self._add.setText(_("+ Filter"))
        self._add.setAccessibleName(_("Add a filter"))
        self._draw()

    def _draw(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, condition in enumerate(self._conditions):
            words = sentence(condition, self._fields[condition.field], self._wording, self._titles)
            chip = FilterChip(words, condition, self)
            chip.pressed.connect(self._chip_pressed)
            chip.clicked.connect(self._chip_clicked)
            chip.removed.connect(self._chip_removed)
            self._flow.insert_widget(place, chip)
            chip.show()
            self._chips.append(chip)
        self.updateGeometry()

    @Slot()
    def _choose_field(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for field in self._fields.values():
            action = menu.addAction(plain_amp(field.label))
            action.setData(field.name)
        menu.triggered.connect(self._field_chosen)
        corner = self._add.rect().bottomLeft()
        menu.popup(self._add.mapToGlobal(corner + QPoint(0, 4)))

    @Slot(QAction)
    def _field_chosen(self, action: QAction) -> None:
        self._open(str(action.data()), None, self._add)

    @Slot()
    def _chip_pressed(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self._pressed_at = chip.mapFromGlobal(chip.cursor().pos())

    @Slot()
    def _chip_clicked(self) -> None:
        chip = self.sender()
        if not isinstance(chip, FilterChip):
            return
        if chip.underMouse() and chip.on_cross(self._pressed_at):
            self._replace(chip.condition.field, None)
        else:
            self._open(chip.condition.field, chip.condition, chip)

    @Slot()
    def _chip_removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self._replace(chip.condition.field, None)
            self._add.setFocus()

    def _open(self, name: str, condition: Condition | None, anchor: QWidget) -> None:
        editor = FilterEditor(self._fields[name], condition, self._wording, self._around, self)
        editor.made.connect(self.add)
        editor.removed.connect(self._removed)
        editor.setProperty("filter_field", name)
        editor.show_below(anchor)

    @Slot()
    def _removed(self) -> None:
        editor = self.sender()
        if editor is not None:
            self._replace(str(editor.property("filter_field")), None)

    def _replace(self, field: str, condition: Condition | None) -> None:
        places = [at for at, one in enumerate(self._conditions) if one.field == field]
        before = list(self._conditions)
        kept = [one for one in self._conditions if one.field != field]
        if condition is not None:
            kept.insert(places[0] if places else len(kept), condition)
        if kept != before:
            self._conditions = kept
            self._draw()
            self.changed.emit(self.conditions)
