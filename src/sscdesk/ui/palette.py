"""Search everything: records, actions and screens in one list, while typing."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from sscdesk.application.views import Hit
from sscdesk.i18n import _
from sscdesk.model.base import record_kinds
from sscdesk.ui.desk import Desk
from sscdesk.ui.look import look
from sscdesk.ui.models.palette import (
    ENTRY,
    Command,
    Entry,
    PaletteModel,
    begins_with,
    matching_commands,
    plain,
    split_marked,
)
from sscdesk.ui.operations import Latest
from sscdesk.ui.screens import screen_of
from sscdesk.ui.tones import tone_of
from sscdesk.ui.widgets.basic import icon_label, label
from sscdesk.ui.widgets.palette_delegate import PaletteDelegate
from sscdesk.ui.wording import in_pieces, isolated

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

MOST_HITS = 20
MOST_RECENT = 8


class Palette(QFrame):
    """Floats over the window until something is chosen.

    *Signals*: ``chosen_record(entity, id, apart)``; ``closed``.
    """

    chosen_record = Signal(str, str, bool)
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        commands: Callable[[], Sequence[Command]],
        anchor: QWidget,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._anchor = anchor
        self.setProperty("look", "palette")
        self._desk = desk
        self._commands = commands
        self._latest = Latest(self, desk.workers)
        self._recent: list[Hit] = []
        self._found: tuple[Hit, ...] = ()
        self._asked = ""
        self._before: QWidget | None = None
        self._build()
        parent.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        self.line = QLineEdit(self)
        self.line.setProperty("look", "bare")
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        row.addWidget(icon_label("search"))
        row.addWidget(self.line, 1)
        column.addLayout(row)
        self.model = PaletteModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._clicked)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        column.addWidget(self.list, 1)
        self.nothing = label("", "muted", wrap=True)
        self.nothing.setContentsMargins(18, 6, 18, 10)
        column.addWidget(self.nothing)
        self.reword()

    def reword(self) -> None:
        """Write the words again."""
        self.line.setPlaceholderText(_("Search records, actions and screens"))
        for widget in (self, self.line):
            widget.setAccessibleName(_("Search everything"))
        self.list.setAccessibleName(_("Results"))

    def remember(self, hit: Hit) -> None:
        """Remember a record that was opened, to be offered before anything is typed."""
        self._recent = [hit, *(one for one in self._recent if one.id != hit.id)][:MOST_RECENT]

    @Slot()
    def open_palette(self) -> None:
        """Show the palette, ready for typing."""
        window = self.window()
        self._before = window.focusWidget()
        self.line.clear()
        self._found = ()
        self._show_entries("")
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def close_palette(self) -> None:
        """Take the palette away and give the focus back."""
        if not self.isVisible():
            return
        self._latest.forget()
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.closed.emit()

    # What it lists

    @Slot(str)
    def _typed(self, text: str) -> None:
        wanted = text.strip()
        self._asked = wanted
        if not wanted:
            self._latest.forget()
            self._found = ()
            self._show_entries("")
            return
        self._show_entries(wanted)
        self._latest.ask(
            partial(_everything, self._desk.workspace, wanted),
            partial(self._arrived, wanted),
        )

    def _arrived(self, asked: str, hits: tuple[Hit, ...]) -> None:
        if asked == self._asked:
            self._found = hits
            self._show_entries(asked, complete=True)

    def _show_entries(self, typed: str, *, complete: bool = False) -> None:
        commands = matching_commands(self._commands(), typed)
        hits = self._found if typed else self._recent
        group = "record" if typed else "recent"
        records = [self._record(hit, group) for hit in hits]
        named: list[Entry] = []
        others: list[Entry] = []
        for one in sorted(commands, key=lambda one: one.group):
            entry = Entry(one.group, one.words, "", one.icon, command=one)
            (named if begins_with(one, typed) else others).append(entry)
        self.model.show_entries([*named, *records, *others])
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._say_nothing(typed, complete)
        self._place()

    def _record(self, hit: Hit, group: str) -> Entry:
        screen = screen_of(hit.entity)
        kind = record_kinds()[hit.entity]
        title, rest = split_marked(hit.snippet, hit.title)
        rest = rest.replace(hit.ref, "").strip()
        rest = rest if any(sign.isalpha() for sign in plain(rest)) else ""
        return Entry(
            group,
            isolated(title),
            in_pieces((_(kind.mapped.label), hit.ref, rest)),
            screen.icon if screen else "file-text",
            hit=hit,
            state=self._desk.wording.state(kind, hit.state),
            tone=tone_of(hit.entity, hit.state),
        )

    def _say_nothing(self, typed: str, complete: bool) -> None:
        empty = not self.model.rowCount()
        self.list.setVisible(not empty)
        self.nothing.setVisible(empty)
        if not typed:
            words = _("Type a name, a place, a reference number, or what you want to do.")
        elif complete:
            words = _("Nothing answers to “{text}”. Try fewer words, or another spelling.")
        else:
            words = _("Searching…")
        self.nothing.setText(words.format(text=typed))

    # Choosing

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self._choose(index, apart=False)

    def _choose(self, index: QModelIndex, *, apart: bool) -> None:
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            return
        self.close_palette()
        if entry.command is not None:
            entry.command.run()
        elif entry.hit is not None:
            self.remember(entry.hit)
            self.chosen_record.emit(entry.hit.entity, entry.hit.id, apart)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget():
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.close_palette()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            apart = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._choose(self.list.currentIndex(), apart=apart)
        elif key in _STEPS:
            self._move(_STEPS[Qt.Key(key)])
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        count = self.model.rowCount()
        if not count:
            return
        row = self.list.currentIndex().row() + step
        row = row % count if abs(step) == 1 else min(count - 1, max(0, row))
        self.list.setCurrentIndex(self.model.index(row, 0))

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(look().sp(640), parent.width() - 32)
        rows = [self.list.sizeHintForRow(row) for row in range(min(self.model.rowCount(), 24))]
        wanted = sum(rows) + look().sp(60) if rows else look().sp(110)
        height = min(wanted + 8, int(parent.height() * 0.78))
        self.setGeometry(self._start(width, parent.width()), look().sp(6), width, height)

    def _start(self, width: int, room: int) -> int:
        """Return where to stand: over the field that opened it, as if it had grown."""
        field = self._anchor.geometry()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        wanted = field.right() + 1 - width if mirrored else field.left()
        return max(16, min(wanted, room - width - 16))


_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 7,
    Qt.Key.Key_PageUp: -7,
}


def _everything(w: "Workspace", text: str) -> tuple[Hit, ...]:
    from sscdesk.application import search

    return search.everything(w, text, MOST_HITS)
