"""Editors of links to other records: typed to find, with "create …" as the last choice."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.model.field import Field
from sscdesk.model.refusal import Refused
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.ui.widgets.basic import icon_button
from sscdesk.ui.widgets.editors.base import FieldEditor, Titles
from sscdesk.ui.widgets.editors.chips import Chip
from sscdesk.ui.widgets.editors.flow import FlowLayout
from sscdesk.ui.widgets.editors.pick_line import PickLine
from sscdesk.ui.widgets.editors.surroundings import Option, Surroundings
from sscdesk.ui.widgets.editors.wording import absent_title

CREATE = "+"
"""The code of the choice that makes a new record."""

_NOT_CREATED_HERE = frozenset({"officer", "office", "report"})


def entities_of(field: Field) -> tuple[str, ...]:
    """Return the entities to which a field may refer."""
    return tuple((field.entity or "").split("|"))


def not_chosen(field: Field, text: str) -> Refused:
    """Return the refusal of a text for which no record was chosen."""
    return Refused(
        "record-not-chosen",
        N_("“{text}” is typed, but no record is chosen."),
        hint=N_("Choose one of the finds, or “create” at the end of the list."),
        field=field.name,
        params={"text": text},
    )


class Finder(PickLine):
    """A line that searches records and offers to create one."""

    def __init__(
        self, entities: tuple[str, ...], around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.entities = entities
        self.around = around
        self.taken: frozenset[str] = frozenset()
        """Identifiers that are not offered again."""
        self._asked_for = ""
        self.asked.connect(self.search)

    def search(self, text: str) -> None:
        """Search for ``text``; the finds are listed when they come."""
        self._asked_for = text
        self.around.look_up(self.entities, text, self._found)

    def _found(self, found: tuple[Option, ...]) -> None:
        offered = tuple(option for option in found if option.code not in self.taken)
        self.offer(offered + self._creations(self._asked_for), choose_first=bool(self._asked_for))

    def _creations(self, text: str) -> tuple[Option, ...]:
        kinds = record_kinds()
        return tuple(
            Option(CREATE, self._create_words(_(kinds[entity].mapped.label), text), "", entity)
            for entity in self.entities
            if entity in kinds and entity not in _NOT_CREATED_HERE
        )

    def _create_words(self, kind: str, text: str) -> str:
        if self.entities == ("attachment",):
            return _("+ Attach a file…")
        if text.strip():
            return _("+ Create “{text}” ({kind})…").format(text=text.strip(), kind=kind)
        return _("+ Create ({kind})…").format(kind=kind)


class ReferenceEditor(FieldEditor):
    """One record."""

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self._identifier: str | None = None
        self._title = ""
        self._entity = ""
        self._touched = False
        self.line = Finder(entities_of(field), around, self)
        self.line.setPlaceholderText(_("Type to find…"))
        self.opener = icon_button("external-link", _("Open"), self)
        self.opener.clicked.connect(self._open)
        self.opener.setVisible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.line, 1)
        row.addWidget(self.opener)
        self.watch(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.picked.connect(self.pick)

    def value(self) -> Value:
        if not self._touched:
            return self._identifier
        text = self.line.text().strip()
        if not text:
            return None
        if text == self._title:
            return self._identifier
        raise not_chosen(self.field, text)

    def show_value(self, value: Value, titles: Titles) -> None:
        identifier = None if value is None else str(value)
        if identifier != self._identifier:
            self._entity = ""
        if identifier is None:
            self._title = ""
        elif identifier in titles:
            self._title = titles[identifier]
        elif identifier != self._identifier:
            self._title = absent_title()
        self._identifier = identifier
        self._touched = False
        self.line.setText(self._title)
        self.line.setCursorPosition(0)
        self.opener.setVisible(bool(identifier))

    def known_titles(self) -> dict[str, str]:
        return {self._identifier: self._title} if self._identifier else {}

    def unfinished(self) -> bool:
        return self.line.list_is_open() or (
            self._touched and self.line.text().strip() not in ("", self._title)
        )

    def so_far(self) -> Value:
        return self._identifier

    def text(self) -> str:
        return self.line.text()

    def show_text(self, text: str) -> None:
        self.line.setText(text)
        self._touched = True

    def set_locked(self, locked: bool) -> None:
        self.line.setReadOnly(locked)
        self.line.setPlaceholderText("" if locked else _("Type to find…"))

    def tidy(self) -> None:
        if self._touched and self.line.text().strip() == self._title:
            self.line.setText(self._title)
            self._touched = False

    def name_for_screen_readers(self, name: str, description: str) -> None:
        super().name_for_screen_readers(name, description)
        self.opener.setAccessibleName(_("Open: {field}").format(field=name))

    def pick(self, option: Option) -> None:
        """Take a find, or begin a new record."""
        if option.code == CREATE:
            self.around.create(option.entity, self.line.text(), self._created)
            return
        self._created(option)

    def _created(self, option: Option) -> None:
        self.show_value(option.code, {option.code: option.label})
        self._entity = option.entity
        self.edited.emit()

    def _typed(self, _text: str) -> None:
        self._touched = True
        self.edited.emit()

    def _open(self) -> None:
        if self._identifier:
            self.around.open(self._entity or self.field.entity or "", self._identifier)


class ReferencesEditor(FieldEditor):
    """Several records as chips."""

    def __init__(self, field: Field, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self._titles: dict[str, str] = {}
        self._members: list[str] = []
        self._locked = False
        self._chips: list[Chip] = []
        self.flow = FlowLayout(self)
        self.line = Finder(entities_of(field), around, self)
        self.line.setProperty("look", "chip_line")
        self.line.setPlaceholderText(_("Type to find…"))
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.setMinimumWidth(130)
        self.flow.addWidget(self.line)
        self.watch(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.picked.connect(self.pick)
        self.line.rubbed_out.connect(self._remove_last)

    def value(self) -> Value:
        text = self.line.text().strip()
        if text:
            raise not_chosen(self.field, text)
        return tuple(sorted(self._members))

    def show_value(self, value: Value, titles: Titles) -> None:
        self._titles.update({key: title for key, title in titles.items() if title})
        members = sorted(value, key=self._title_of) if isinstance(value, tuple) else []
        if members != self._members or self._words() != [chip.words for chip in self._chips]:
            self._members = members
            self._draw()

    def known_titles(self) -> dict[str, str]:
        return {member: self._title_of(member) for member in self._members}

    def unfinished(self) -> bool:
        return self.line.list_is_open() or bool(self.line.text().strip())

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

    def pick(self, option: Option) -> None:
        """Take a find among the members, or begin a new record."""
        if option.code == CREATE:
            self.around.create(option.entity, self.line.text(), self._take)
            return
        self._take(option)

    def remove(self, identifier: str) -> None:
        """Take a record away from the members."""
        self._members.remove(identifier)
        self._draw()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def chips(self) -> list[Chip]:
        """Return the chips shown, in order."""
        return list(self._chips)

    def _take(self, option: Option) -> None:
        self.line.clear()
        self._titles[option.code] = option.label
        if option.code not in self._members:
            self._members.append(option.code)
            self._draw()
        self.edited.emit()

    def _draw(self) -> None:
        for chip in self._chips:
            self.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [
            Chip(member, self._title_of(member), self, opens=True) for member in self._members
        ]
        for place, chip in enumerate(self._chips):
            chip.removed.connect(self.remove)
            chip.opened.connect(self._open)
            chip.set_locked(self._locked)
            self.flow.insert_widget(place, chip)
            chip.show()
        self.line.taken = frozenset(self._members)
        self.updateGeometry()

    def _words(self) -> list[str]:
        return [self._title_of(member) for member in self._members]

    def _title_of(self, identifier: str) -> str:
        return self._titles.get(identifier) or absent_title()

    def _typed(self, _text: str) -> None:
        self.edited.emit()

    def _remove_last(self) -> None:
        if self._members:
            self.remove(self._members[-1])

    def _open(self, identifier: str) -> None:
        self.around.open(self.field.entity or "", identifier)
