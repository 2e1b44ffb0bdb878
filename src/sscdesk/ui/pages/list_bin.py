"""Puts records into the bin and back, with Undo at hand."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from sscdesk.i18n import _, ngettext
from sscdesk.ui.entity_words import entity_words

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace
    from sscdesk.ui.pages.list_pane import ListPane


class ListBin(QObject):
    """The bin of one list."""

    def __init__(self, pane: "ListPane") -> None:
        super().__init__(pane)
        self._pane = pane
        self.shown = False
        """Whether the list shows the bin."""

    @Slot()
    def move(self) -> None:
        """Put the chosen records into the bin, or those of the bin back."""
        rows = self._pane.chosen_rows()
        if not rows:
            return
        identifiers = tuple(row.id for row in rows)
        run = _restore_all if self.shown else _delete_all
        then = self._restored if self.shown else self._deleted
        self._pane.desk.operation(
            self, partial(run, identifiers=identifiers), then, label=_("Deleting…")
        )

    def _deleted(self, identifiers: tuple[str, ...]) -> None:
        if not identifiers:
            return
        count = len(identifiers)
        words = ngettext(
            "{count} record is in the bin.", "{count} records are in the bin.", count
        ).format(count=count)
        if count == 1:
            words = _(entity_words(self._pane.entity).deleted)
        self._pane.desk.say(
            words, "neutral", action=_("Undo"), act=partial(self._put_back, identifiers)
        )

    def _put_back(self, identifiers: tuple[str, ...]) -> None:
        self._pane.desk.operation(
            self, partial(_restore_all, identifiers=identifiers), self._restored
        )

    def _restored(self, identifiers: tuple[str, ...]) -> None:
        count = len(identifiers)
        words = ngettext("{count} record is back.", "{count} records are back.", count)
        self._pane.desk.say(words.format(count=count))

    @Slot(bool)
    def show_bin(self, shown: bool) -> None:
        """Show the bin, or what is not in it."""
        self.shown = shown
        self._pane.reload()


def _delete_all(w: "Workspace", identifiers: tuple[str, ...]) -> tuple[str, ...]:
    from sscdesk.application import records

    for identifier in identifiers:
        records.delete(w, identifier)
    return identifiers


def _restore_all(w: "Workspace", identifiers: tuple[str, ...]) -> tuple[str, ...]:
    from sscdesk.application import records

    for identifier in identifiers:
        records.restore(w, identifier)
    return identifiers
