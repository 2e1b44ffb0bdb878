"""Who changed what, when, in which office; any older value can be taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QVBoxLayout, QWidget

from sscdesk.application.views import FieldChange, HistoryEntry, Stamp
from sscdesk.i18n import _
from sscdesk.model.base import EntityKind
from sscdesk.model.field import Field, fields_of
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.ui.places import city, country
from sscdesk.ui.widgets.basic import Card, button, label
from sscdesk.ui.widgets.editors.direction import in_its_direction, reading_direction
from sscdesk.ui.widgets.editors.wording import DOTS
from sscdesk.ui.widgets.tips import plain_tip
from sscdesk.ui.wording import Wording, joined, readable_moment

BIN = "!"
_META = {
    "state": N_("State"),
    "audience": N_("Who can see it"),
    "ref": N_("Number"),
    "position": N_("Position"),
    BIN: N_("In the bin"),
}


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One change, in words."""

    label: str
    before: str
    after: str


class HistoryWords:
    """Writes the history of records of one kind."""

    def __init__(self, kind: EntityKind, wording: Wording) -> None:
        self._kind = kind
        self._wording = wording

    def entry(self, entry: HistoryEntry) -> str:
        """Return who did what, when and where, in one line."""
        return _("{action} — {who}, {office}, {when}").format(
            action=_(entry.label) or _("Change"),
            who=entry.stamp.officer_name or _("unknown"),
            office=city(entry.stamp.office),
            when=when_words(entry.stamp),
        )

    def change(self, change: FieldChange, titles: Mapping[str, str]) -> ChangeWords:
        """Return a change in words; what is shown as dots elsewhere is dots here."""
        field = self.field(change)
        if field is None:
            return ChangeWords(
                _(_META.get(change.field, change.field)),
                self._meta(change.field, change.before),
                self._meta(change.field, change.after),
            )
        words = _(field.label)
        if change.part:
            words = _("{part}: {field}").format(
                part=_(self._kind.parts[change.part].label), field=words
            )
        return ChangeWords(
            words,
            self._value(field, change.before, titles),
            self._value(field, change.after, titles),
        )

    def field(self, change: FieldChange) -> Field | None:
        """Return the declared field of a change, None for what the desk keeps itself."""
        if change.part is None:
            return self._kind.fields.get(change.field)
        part = self._kind.parts.get(change.part)
        return fields_of(part).get(change.field) if part is not None else None

    def _value(self, field: Field, value: Value, titles: Mapping[str, str]) -> str:
        if field.masked and value is not None:
            return DOTS
        return self._wording.value(field, value, titles)

    def _meta(self, name: str, value: Value) -> str:
        if value is None:
            return ""
        if name == "state":
            return self._wording.state(self._kind, str(value)) or str(value)
        if name == "audience":
            return audience_in_words(str(value))
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return str(value)


class HistoryModel(QStandardItemModel):
    """Units of work, each with its changes."""

    CHANGE = Qt.ItemDataRole.UserRole + 1

    def show(
        self, entries: Iterable[HistoryEntry], titles: Mapping[str, str], words: HistoryWords
    ) -> None:
        """Show a history, the latest first."""
        self.clear()
        self.setHorizontalHeaderLabels([_("What"), _("Before"), _("After")])
        for entry in entries:
            self.appendRow(self._entry(entry, titles, words))

    def change_at(self, index: QModelIndex) -> FieldChange | None:
        """Return the change of a row, None for a unit of work."""
        change = index.siblingAtColumn(0).data(self.CHANGE)
        return change if isinstance(change, FieldChange) else None

    def _entry(
        self, entry: HistoryEntry, titles: Mapping[str, str], words: HistoryWords
    ) -> list[QStandardItem]:
        head = _item(words.entry(entry))
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        if entry.note:
            head.appendRow([_item(_("Note: {text}").format(text=entry.note)), _item(""), _item("")])
        for change in entry.changes:
            told = words.change(change, titles)
            row = [_item(told.label), _item(told.before), _item(told.after)]
            row[0].setData(change, self.CHANGE)
            head.appendRow(row)
        return [head, _item(""), _item("")]


def _item(text: str) -> QStandardItem:
    made = QStandardItem(in_its_direction(" ".join(text.split()), reading_direction()))
    made.setEditable(False)
    made.setToolTip(plain_tip(text))
    return made


class HistoryView(QWidget):
    """The history of a record. *Signals*: ``take_back_wanted(FieldChange)``."""

    take_back_wanted = Signal(object)

    def __init__(self, kind: EntityKind, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = HistoryWords(kind, wording)
        self._titles: Mapping[str, str] = {}
        self.model = HistoryModel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        card = Card(self)
        self.tree = QTreeView(card)
        self.tree.setModel(self.model)
        self.tree.setAccessibleName(_("History"))
        self.tree.setProperty("look", "history")
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setMinimumHeight(280)
        self.empty = label(_("One moment…"), "muted", card)
        card.body.addWidget(self.empty)
        card.body.addWidget(self.tree)
        column.addWidget(card, 1)
        column.addWidget(self._detail())
        self.tree.selectionModel().currentChanged.connect(self._chosen)

    def show_entries(self, entries: tuple[HistoryEntry, ...], titles: Mapping[str, str]) -> None:
        """Show the units of work that touched a record."""
        self._titles = titles
        self.detail.setVisible(False)
        self.model.show(entries, titles, self.words)
        self.empty.setText(_("Nothing has happened yet."))
        self.empty.setVisible(not entries)
        self.tree.setVisible(bool(entries))
        for row in range(self.model.rowCount()):
            self.tree.setFirstColumnSpanned(row, QModelIndex(), True)
        self.tree.expandAll()
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Give two fifths to what changed, the rest to its two values."""
        header = self.tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        whole = self.tree.viewport().width()
        header.resizeSection(0, whole * 2 // 5)
        header.resizeSection(1, whole * 3 // 10)

    def _detail(self) -> QWidget:
        self.detail = Card(self)
        self.what = label("", "strong", self.detail, wrap=True)
        self.before = label("", "", self.detail, wrap=True)
        self.after = label("", "", self.detail, wrap=True)
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        self.before.setTextInteractionFlags(selectable)
        self.after.setTextInteractionFlags(selectable)
        self.back = button(_("Take back the value before"), "", "undo-2", self.detail)
        self.again = button(_("Take back this value"), "", "undo-2", self.detail)
        for heading, words, act in (
            (_("Before"), self.before, self.back),
            (_("After"), self.after, self.again),
        ):
            self.detail.body.addWidget(label(heading, "label", self.detail))
            self.detail.body.addWidget(words)
            self.detail.body.addWidget(act, 0, Qt.AlignmentFlag.AlignLeading)
        self.detail.body.insertWidget(0, self.what)
        self.detail.setVisible(False)
        self.back.clicked.connect(self._back)
        self.again.clicked.connect(self._again)
        return self.detail

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        change = self.model.change_at(current)
        self.detail.setVisible(change is not None)
        if change is None:
            return
        told = self.words.change(change, self._titles)
        declared = self.words.field(change)
        self.what.setText(told.label)
        self.before.setText(told.before or _("nothing"))
        self.after.setText(told.after or _("nothing"))
        possible = declared is not None and not declared.computed
        self.back.setVisible(possible)
        self.again.setVisible(possible)

    @Slot()
    def _back(self) -> None:
        self._want(before=True)

    @Slot()
    def _again(self) -> None:
        self._want(before=False)

    def _want(self, *, before: bool) -> None:
        change = self.model.change_at(self.tree.currentIndex())
        if change is not None:
            value = change.before if before else change.after
            self.take_back_wanted.emit(
                FieldChange(change.row, change.part, change.field, change.after, value)
            )


def audience_in_words(audience: str) -> str:
    """Write an audience as the offices that it names."""
    if audience == "*":
        return _("All offices")
    return joined(country(office) for office in audience.split("+"))


def when_words(stamp: Stamp) -> str:
    """Write the time of a change in this laptop's zone."""
    try:
        moment = datetime.fromisoformat(stamp.at).astimezone(UTC).astimezone()
    except ValueError:
        return stamp.at
    return readable_moment(moment.isoformat())
