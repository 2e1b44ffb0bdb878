"""What was typed and cannot be a value yet, kept so that a crash does not lose it.

Texts that cannot be read, and rows that still lack something, are no records: they are
kept with the officer's settings in the encrypted file until they can be written.
"""

import json
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sscdesk.application import settings
from sscdesk.ui.desk import Desk

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

KEY = "typed-and-not-yet-recorded"
DELAY_MS = 1_000
MOST_CHARACTERS = 1_000_000

Texts = dict[str, str]


class Drafts(QObject):
    """Texts by row and field. *Signals*: ``loaded`` once those of the last time are here."""

    loaded = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("drafts")
        self._desk = desk
        self._rows: dict[str, Texts] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.write)
        desk.query(self, _read, self._came)

    def of(self, row: str) -> Texts:
        """Return the texts kept for a row."""
        return dict(self._rows.get(row, {}))

    def keep(self, row: str, field: str, text: str) -> None:
        """Keep a text; an empty one is forgotten."""
        texts = self._rows.setdefault(row, {})
        if text == texts.get(field, ""):
            self._tidy(row)
            return
        if text:
            texts[field] = text
        else:
            texts.pop(field, None)
        self._tidy(row)
        self._timer.start()

    def forget(self, row: str) -> None:
        """Forget all texts of a row."""
        if self._rows.pop(row, None) is not None:
            self._timer.start()

    @Slot()
    def write(self) -> None:
        """Write them now."""
        self._timer.stop()
        encoded = json.dumps(self._rows, ensure_ascii=False)
        if len(encoded) <= MOST_CHARACTERS:
            self._desk.operation(self, partial(_write, encoded=encoded))

    def _tidy(self, row: str) -> None:
        if not self._rows.get(row):
            self._rows.pop(row, None)

    def _came(self, encoded: str) -> None:
        for row, texts in _decoded(encoded).items():
            self._rows.setdefault(row, texts)
        self.loaded.emit()


def drafts_of(desk: Desk) -> Drafts:
    """Return the drafts of an open desk, made on first use."""
    found = desk.findChild(Drafts, "drafts")
    return found if isinstance(found, Drafts) else Drafts(desk)


def _read(w: "Workspace") -> str:
    return settings.read(w, KEY, "{}")


def _write(w: "Workspace", *, encoded: str) -> None:
    settings.write(w, KEY, encoded)


def _decoded(encoded: str) -> dict[str, Texts]:
    try:
        found = json.loads(encoded)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(row): {str(name): str(text) for name, text in texts.items()}
        for row, texts in found.items()
        if isinstance(texts, dict)
    }
