"""A row, or a record, that is being typed and is not recorded yet.

It is recorded as soon as the officer says so and nothing required is missing; until then
what was typed is kept with the drafts, so that a crash does not lose it.
"""

import json
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sscdesk.i18n import _
from sscdesk.model.codec import from_json, to_json
from sscdesk.model.field import Field
from sscdesk.model.refusal import DeskError, Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.ui.forms.drafts import Drafts
from sscdesk.ui.widgets.editors.box import FieldBox
from sscdesk.ui.widgets.editors.making import editor_for
from sscdesk.ui.widgets.editors.surroundings import Surroundings

REST_MS = 600
_VALUE, _TEXT, _TITLES = "value:", "text:", "titles"


def still_needed(field: Field) -> Refused:
    """Say that a field must be filled in."""
    return Refused(
        "required",
        N_("{field} must be filled in."),
        field=field.name,
        params={"field": _(field.label)},
    )


class NewRow(QObject):
    """Binds boxes to values that exist nowhere else yet.

    Signals: ``changed`` after what was typed has been read.
    """

    changed = Signal()

    def __init__(
        self, around: Surroundings, drafts: Drafts | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.around = around
        self.boxes: dict[str, FieldBox] = {}
        self.fixed: dict[str, Value] = {}
        """Values that no box shows."""
        self.key = ""
        self._drafts = drafts
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self.read)

    def box(self, field: Field) -> FieldBox:
        """Make the box of a field."""
        box = FieldBox(editor_for(field, self.around))
        self.boxes[field.name] = box
        box.editor.edited.connect(self._edited)
        box.editor.left.connect(self.read)
        return box

    def begin(self, key: str, values: Mapping[str, Value], titles: Mapping[str, str]) -> None:
        """Begin with ``values``, and with what is kept of the last time under ``key``."""
        self.key = key
        self.fixed = {name: value for name, value in values.items() if name not in self.boxes}
        kept = self._drafts.of(key) if self._drafts is not None else {}
        names = {**titles, **_titles_in(kept)}
        for name, box in self.boxes.items():
            value = _value_in(box.field, kept) if _VALUE + name in kept else values.get(name)
            box.show_error(None)
            box.set_locked(False)
            box.editor.show_value(value, names)
            if _TEXT + name in kept:
                box.editor.show_text(kept[_TEXT + name])

    def values(self) -> dict[str, Value]:
        """Return what can be read; what cannot is marked in its box and left out."""
        found = dict(self.fixed)
        for name, box in self.boxes.items():
            try:
                value = box.editor.value()
            except Refused as refusal:
                box.show_error(refusal)
                continue
            if box.error is not None and value not in (None, ()):
                box.show_error(None)
            if value not in (None, ()):
                found[name] = value
        return found

    def complete(self, fields: Iterable[Field]) -> bool:
        """Mark every field that is still needed; True when none is and all can be read."""
        values = self.values()
        for field in fields:
            filled = any(values.get(name) is not None for name in (field.name, *field.unless))
            if field.required == "always" and not filled and field.name in self.boxes:
                self.boxes[field.name].show_error(still_needed(field))
        wrong = [box for box in self.boxes.values() if box.error is not None]
        if wrong:
            wrong[0].editor.setFocus()
        return not wrong

    def refuse(self, error: DeskError) -> bool:
        """Show a refusal at its fields; False when it concerns none of them."""
        shown = False
        for one in (error, *error.also):
            box = self.boxes.get(one.field or "")
            if box is not None:
                box.show_error(one)
                shown = True
        return shown

    def forget(self) -> None:
        """Forget what was typed."""
        self._timer.stop()
        if self._drafts is not None and self.key:
            self._drafts.forget(self.key)

    @Slot()
    def read(self) -> None:
        """Read what was typed, keep it, and tell."""
        self._timer.stop()
        if self._drafts is not None and self.key:
            self._keep(self._drafts)
        self.changed.emit()

    def _keep(self, drafts: Drafts) -> None:
        titles: dict[str, str] = {}
        for name, box in self.boxes.items():
            try:
                value = box.editor.value()
            except Refused:
                drafts.keep(self.key, _TEXT + name, box.editor.text())
                continue
            drafts.keep(self.key, _TEXT + name, "")
            empty = value in (None, ())
            encoded = "" if empty else json.dumps(to_json(box.field, value))
            drafts.keep(self.key, _VALUE + name, encoded)
            titles.update(box.editor.known_titles())
        drafts.keep(self.key, _TITLES, json.dumps(titles) if titles else "")

    @Slot()
    def _edited(self) -> None:
        self._timer.start()


def _value_in(field: Field, kept: Mapping[str, str]) -> Value:
    try:
        return from_json(field, json.loads(kept[_VALUE + field.name]))
    except (ValueError, TypeError):
        return None


def _titles_in(kept: Mapping[str, str]) -> dict[str, str]:
    try:
        found = json.loads(kept.get(_TITLES, "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
