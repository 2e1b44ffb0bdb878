"""What the search palette lists: actions, screens and records in one list, best first.

Actions and screens are matched here, at once; records come from the search index. Both
forgive case, missing accents and small typing errors.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from rapidfuzz import fuzz

from sscdesk.application.views import Hit
from sscdesk.i18n import _
from sscdesk.model.folding import folded
from sscdesk.ui.wording import END_OF_ISOLATE, ISOLATE, without_isolates

ENTRY = Qt.ItemDataRole.UserRole + 1
MOST_COMMANDS = 6
GOOD_ENOUGH = 85
"""Of 100: below this, a command does not answer to what was typed."""

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ISOLATES = (ISOLATE, END_OF_ISOLATE)


@dataclass(frozen=True, slots=True)
class Command:
    """Something that the palette can do: an action or a screen."""

    words: str
    icon: str
    run: Callable[[], object]
    keys: str = ""
    also: str = ""
    """Other words under which one looks for it."""
    group: str = "action"
    """``action`` or ``screen``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette."""

    group: str
    title: str
    """With marks around what was found in it, as the detail."""
    detail: str
    icon: str
    command: Command | None = None
    hit: Hit | None = None
    state: str = ""
    tone: str = "neutral"


def group_words(group: str) -> str:
    """Return the heading of a group."""
    words = {
        "recent": _("Opened lately"),
        "record": _("Records"),
        "action": _("Actions"),
        "screen": _("Screens"),
    }
    return words[group]


def matching_commands(commands: Sequence[Command], typed: str) -> list[Command]:
    """Return the commands that answer to what was typed, best first."""
    wanted = folded(typed)
    if not wanted.strip():
        return []
    scored = [(_score(command, wanted), place) for place, command in enumerate(commands)]
    good = [(-score, place) for score, place in scored if score >= GOOD_ENOUGH]
    return [commands[place] for _score_, place in sorted(good)[:MOST_COMMANDS]]


def begins_with(command: Command, typed: str) -> bool:
    """Whether somebody who typed this wants the command before any record."""
    return len(typed) > 2 and folded(command.words).startswith(folded(typed))


def _score(command: Command, wanted: str) -> float:
    own = folded(command.words)
    words = f"{own} {folded(command.also)}".split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 100 + len(wanted) / (1 + len(own))
    if len(wanted) < 5:
        return 0
    return float(fuzz.partial_ratio(wanted, own)) * min(1, len(own) / len(wanted))


class PaletteModel(QAbstractListModel):
    """The lines of the palette."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """Return a line, None where there is none."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def begins_group(self, row: int) -> bool:
        """Whether a line is the first of its group."""
        return row == 0 or self._entries[row].group != self._entries[row - 1].group

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(entry.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (group_words(entry.group), plain(entry.title), entry.state, plain(entry.detail))
            return ", ".join(part for part in parts if part)
        return None


def plain(marked: str) -> str:
    """Return a snippet without its marks."""
    return without_isolates(marked.replace("\x02", "").replace("\x03", ""))


def split_marked(marked: str, title: str) -> tuple[str, str]:
    """Return a snippet as (title with its marks, what follows it).

    A snippet that does not begin with the title leaves the title without marks.
    """
    if not title or not plain(marked).startswith(title):
        return title, marked
    left, place, inside = len(title), 0, False
    while left:
        if marked[place] in "\x02\x03":
            inside = marked[place] == "\x02"
        else:
            left -= 1
        place += 1
    head, tail = marked[:place], marked[place:]
    return (head + "\x03", "\x02" + tail) if inside else (head, tail)


def runs_of(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a snippet's text and the places (start, length) of what was found."""
    text, places, start = "", [], -1
    for sign in marked:
        if sign == "\x02":
            start = len(text)
        elif sign == "\x03":
            if start >= 0:
                places.append((start, len(text) - start))
            start = -1
        else:
            text += sign if sign.isprintable() or sign in _ISOLATES else " "
    return text, places
