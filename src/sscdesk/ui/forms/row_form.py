"""The editors of one row (a record, or a row inside one), each saving itself.

Nothing typed is lost: a text that cannot be read stays in its editor and is told; a value
changed elsewhere meanwhile is shown beside the officer's own and asked about; the field
in which the officer is writing is left alone by refreshes.
"""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, Signal, Slot

from sscdesk.i18n import _
from sscdesk.model.field import Field
from sscdesk.model.refusal import DeskError, Refused
from sscdesk.model.values import Value
from sscdesk.ui.forms.saving import Keeping, SaveState, Writer
from sscdesk.ui.widgets.editors.base import FieldEditor
from sscdesk.ui.widgets.editors.box import FieldBox
from sscdesk.ui.widgets.editors.making import editor_for
from sscdesk.ui.widgets.editors.surroundings import Surroundings

_VISITS = count(1)

KeepText = Callable[[str, str, str], None]
"""Keeps, by row and field, a text that is no value yet; an empty text forgets it."""


class RowForm(QObject):
    """Binds field boxes to one row. It lays nothing out: pages put the boxes where they like.

    A field may have several boxes (overview and details); they show the same value.
    Signals: ``state_changed(SaveState)``; ``answered(object)`` with what a write returned;
    ``reread`` when the row should be read again; ``settled`` when nothing waits;
    ``left_behind(DeskError)`` for a refusal that came after another row was shown.
    """

    state_changed = Signal(object)
    answered = Signal(object)
    reread = Signal()
    settled = Signal()
    left_behind = Signal(object)

    def __init__(
        self,
        around: Surroundings,
        write: Writer,
        keep_text: KeepText | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.around = around
        self.boxes: dict[str, list[FieldBox]] = {}
        self._write = write
        self._keep_text = keep_text
        self._by_editor: dict[FieldEditor, FieldBox] = {}
        self._dirty: dict[str, FieldBox] = {}
        """Fields whose editor holds something else than what was written last."""
        self._later: dict[str, Value] = {}
        """Values that came while the officer was in the field."""
        self._titles: dict[str, str] = {}
        self._may_write: frozenset[str] = frozenset()
        self._reasons: Mapping[str, str] = {}
        self._visit = 0
        self._undoing = False
        self.keeping = self._keep("", {})

    def box(self, field: Field) -> FieldBox:
        """Make a box for ``field``, bound to this row."""
        box = FieldBox(editor_for(field, self.around))
        self.boxes.setdefault(field.name, []).append(box)
        self._by_editor[box.editor] = box
        box.editor.entered.connect(self._entered)
        box.editor.edited.connect(self._edited)
        box.editor.left.connect(self._left)
        box.kept_mine.connect(self._keep_mine)
        box.took_theirs.connect(self._take_theirs)
        if self.identifier:
            self._fill(box, self.keeping.seen.get(field.name))
        return box

    @property
    def identifier(self) -> str:
        """The row shown, empty when none is."""
        return self.keeping.row

    @property
    def state(self) -> SaveState:
        """What is saved and what is not."""
        return self.keeping.state

    @property
    def quiet(self) -> bool:
        """Whether nothing is being written, of this row or of one shown before."""
        return all(kept.quiet for kept in self.findChildren(Keeping))

    def keeping_is_idle(self) -> bool:
        """Whether nothing of the row shown is on its way to the disk."""
        return not self.keeping.on_its_way

    def show_row(
        self,
        identifier: str,
        values: Mapping[str, Value],
        titles: Mapping[str, str],
        may_write: frozenset[str],
        reasons: Mapping[str, str] | None = None,
    ) -> None:
        """Show a row, or the same one as it is now; ``reasons`` say why a field is read-only."""
        self._titles.update(titles)
        self._may_write = may_write
        self._reasons = reasons or {}
        if identifier == self.identifier:
            self._refresh(values)
        else:
            self._begin(identifier, values)

    def give_back(self, texts: Mapping[str, str]) -> None:
        """Put back texts that could not be saved the last time."""
        for name, text in texts.items():
            for box in self.boxes.get(name, [])[:1]:
                box.editor.show_text(text)
                self._dirty[name] = box
                self._weigh(name, box)

    def _weigh(self, name: str, box: FieldBox) -> None:
        """Ask about a text of the last time: what is saved may have moved on since."""
        saved = self.keeping.seen.get(name)
        if readable(box) and box.editor.value() != saved:
            self._later[name] = saved
            self.keeping.cannot_read(name)
            told = _("You typed this the last time and it was not saved. Saved is: “{text}”")
            box.ask_which(self.words(box.field, saved), told)
        else:
            self._read(name, box, leaving=True)

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field, best one on screen; False when it is not here."""
        boxes = sorted(self.boxes.get(name, []), key=lambda box: not box.isVisible())
        if boxes:
            boxes[0].editor.setFocus()
        return bool(boxes)

    @Slot()
    def flush(self, *, leaving: bool = True) -> None:
        """Read what was typed and write it, without waiting for the pause."""
        for name, box in list(self._dirty.items()):
            self._read(name, box, leaving=leaving)
        self.keeping.rest()

    def unsaved(self) -> dict[str, str]:
        """Return the texts that could not be saved, by field."""
        return {
            name: box.editor.text()
            for name, box in self._dirty.items()
            if name in self.keeping.unsettled
        }

    def give_up(self) -> None:
        """Throw away what could not be saved."""
        for name in list(self._dirty):
            self._take(name, self.keeping.seen.get(name))

    def refuse(self, error: DeskError) -> bool:
        """Show a refusal at its field; False when that field is not here."""
        boxes = self.boxes.get(error.field or "", [])
        for box in boxes:
            box.show_error(error)
        return bool(boxes)

    def words(self, field: Field, value: Value) -> str:
        """Return a value in words."""
        return self.around.words(field, value, self._titles)

    # ------------------------------------------------------------ filling

    def _keep(self, identifier: str, values: Mapping[str, Value]) -> Keeping:
        keeping = Keeping(identifier, values, self._write, self)
        keeping.state_changed.connect(self.state_changed)
        keeping.written.connect(self._written)
        keeping.refused.connect(self._refused)
        keeping.overtaken.connect(self._overtaken)
        keeping.due.connect(self._due)
        keeping.settled.connect(self.settled)
        return keeping

    def _begin(self, identifier: str, values: Mapping[str, Value]) -> None:
        self.flush()
        self._leave(self.keeping)
        self._later.clear()
        self._dirty.clear()
        self.keeping = self._keep(identifier, values)
        for name, boxes in self.boxes.items():
            for box in boxes:
                self._fill(box, values.get(name))
        self.state_changed.emit(self.state)

    def _leave(self, keeping: Keeping) -> None:
        """Let a row that is no longer shown be written to the end."""
        keeping.state_changed.disconnect(self.state_changed)
        keeping.written.disconnect(self._written)
        keeping.refused.disconnect(self._refused)
        keeping.overtaken.disconnect(self._overtaken)
        keeping.due.disconnect(self._due)
        keeping.refused.connect(partial(self._refused_late, keeping))
        keeping.overtaken.connect(partial(self._refused_late, keeping))
        keeping.stop()

    def _fill(self, box: FieldBox, value: Value) -> None:
        box.error = None
        box.stop_asking()
        box.editor.show_value(value, self._titles)
        self._lock(box)
        box.look_again()

    def _lock(self, box: FieldBox) -> None:
        name = box.field.name
        box.set_locked(name not in self._may_write, self._reasons.get(name, ""))

    def _refresh(self, values: Mapping[str, Value]) -> None:
        for name, value in values.items():
            if name in self._dirty or self.keeping.busy_with(name):
                self._came_meanwhile(name, value)
                continue
            taken_back = self._undoing and value != self.keeping.seen.get(name)
            self.keeping.seen[name] = value
            for box in self.boxes.get(name, []):
                if box.editor.inside and not taken_back:
                    self._later[name] = value
                else:
                    box.editor.show_value(value, self._titles)
                    box.look_again()
        self._undoing = False
        for box in self._by_editor.values():
            self._lock(box)

    @Slot()
    def expect_undo(self) -> None:
        """The next values come from undo: they are shown also where the officer is."""
        self._undoing = True

    def _came_meanwhile(self, name: str, value: Value) -> None:
        box = self._dirty.get(name)
        if box is None or self.keeping.is_writing(name):
            return
        if box.is_asking() or value != self.keeping.seen.get(name):
            self._later[name] = value
            self.keeping.cannot_read(name)
            box.ask_which(self.words(box.field, value))

    # ------------------------------------------------------------ typing

    @Slot()
    def _entered(self) -> None:
        self._visit = next(_VISITS)

    @Slot()
    def _edited(self) -> None:
        box = self._sender_box()
        if box is None:
            return
        self._dirty[box.field.name] = box
        if box.error is not None and readable(box):
            box.show_error(None)
        self.keeping.touch()

    @Slot()
    def _due(self) -> None:
        self.flush(leaving=False)

    @Slot()
    def _left(self) -> None:
        box = self._sender_box()
        if box is None:
            return
        name = box.field.name
        if name in self._dirty:
            self._read(name, box, leaving=True)
            self.keeping.rest()
        elif name in self._later:
            self._show_everywhere(name, self._later.pop(name))

    def _sender_box(self) -> FieldBox | None:
        editor = self.sender()
        return self._by_editor.get(editor) if isinstance(editor, FieldEditor) else None

    def _read(self, name: str, box: FieldBox, *, leaving: bool) -> None:
        if box.is_asking():
            return
        between = not leaving and box.editor.inside and box.editor.unfinished()
        try:
            value = box.editor.so_far() if between else box.editor.value()
        except Refused as refusal:
            self.keeping.cannot_read(name)
            self._remember(name, box.editor.text())
            box.show_error(refusal)
            return
        box.show_error(None)
        self._remember(name, "")
        self.keeping.put(name, value, f"{self._visit}:{self.identifier}:{name}")
        if not between and not self.keeping.busy_with(name):
            self._clean(name, box, value)

    def _remember(self, name: str, text: str) -> None:
        if self._keep_text is not None and self.identifier:
            self._keep_text(self.identifier, name, text)

    # ------------------------------------------------------------ answers

    @Slot(str, object)
    def _written(self, name: str, answer: object) -> None:
        box = self._dirty.get(name)
        if box is not None and readable(box):
            current = box.editor.value()
            if current == self.keeping.seen.get(name):
                self._clean(name, box, current)
        self.answered.emit(answer)

    def _clean(self, name: str, box: FieldBox, value: Value) -> None:
        self._dirty.pop(name, None)
        box.show_error(None)
        for other in self.boxes.get(name, []):
            if other is not box:
                other.editor.show_value(value, self._titles)

    @Slot(str, object)
    def _refused(self, name: str, error: DeskError) -> None:
        for refusal in (error, *error.also):
            for box in self.boxes.get(refusal.field or name, []):
                box.show_error(refusal)
        typed = self._dirty.get(name)
        if typed is not None:
            self._remember(name, typed.editor.text())

    def _refused_late(self, keeping: Keeping, name: str, error: DeskError) -> None:
        value = keeping.not_taken.get(name)
        if self._keep_text is not None and isinstance(value, str):
            self._keep_text(keeping.row, name, value)
        self.left_behind.emit(error)

    @Slot(str, object)
    def _overtaken(self, name: str, _error: DeskError) -> None:
        box = self._dirty.get(name)
        if box is not None:
            self._remember(name, box.editor.text())
            box.ask_which(_("(being read…)"))
        self.reread.emit()

    @Slot()
    def _keep_mine(self) -> None:
        box = self.sender()
        if not isinstance(box, FieldBox):
            return
        name = box.field.name
        box.stop_asking()
        if name in self._later:
            self.keeping.seen[name] = self._later.pop(name)
        self._read(name, box, leaving=True)

    @Slot()
    def _take_theirs(self) -> None:
        box = self.sender()
        if isinstance(box, FieldBox):
            name = box.field.name
            self._take(name, self._later.pop(name, self.keeping.seen.get(name)))

    def _take(self, name: str, value: Value) -> None:
        self._dirty.pop(name, None)
        self._remember(name, "")
        self.keeping.forget(name)
        self.keeping.seen[name] = value
        self._show_everywhere(name, value)

    def _show_everywhere(self, name: str, value: Value) -> None:
        for box in self.boxes.get(name, []):
            self._fill(box, value)


def readable(box: FieldBox) -> bool:
    """Whether what stands in a box can be read."""
    try:
        box.editor.value()
    except Refused:
        return False
    return True
