"""Which keys do what: the one table of the cheat sheet and of the help.

A test compares it with the shortcuts that the windows have.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sscdesk.i18n import _
from sscdesk.ui.screens import Screen, shortcut_of


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that hold in one place, with what they do."""

    heading: str
    keys: tuple[tuple[str, str], ...]


def key_groups(screens: Sequence[Screen]) -> tuple[KeyGroup, ...]:
    """Return every key of the desk, in the language of now."""
    shown = tuple(screens)
    places = tuple(
        (keys, _(screen.label)) for screen in shown if (keys := shortcut_of(screen, shown))
    )
    return (
        KeyGroup(_("Everywhere"), _everywhere()),
        KeyGroup(_("Screens"), places),
        KeyGroup(_("In lists"), _in_lists()),
        KeyGroup(_("In records and screens"), _within()),
    )


def _everywhere() -> tuple[tuple[str, str], ...]:
    return (
        ("Ctrl+K", _("Search everything")),
        ("Ctrl+N", _("New, of this screen's kind")),
        ("Ctrl+Shift+N", _("New, of any kind")),
        ("Ctrl+Z", _("Undo")),
        ("Ctrl+Y", _("Redo")),
        ("Ctrl+F", _("Find in this list")),
        ("Ctrl+B", _("Fold or unfold the navigation")),
        ("F1", _("Help on this screen")),
        ("?", _("This sheet")),
        ("Ctrl+Q", _("Close the desk")),
    )


def _in_lists() -> tuple[tuple[str, str], ...]:
    return (
        ("↑ ↓", _("Move from record to record")),
        ("Enter", _("Open in a window of its own")),
        ("Delete", _("Put into the bin")),
        ("Ctrl+C", _("Copy as a table")),
        ("Ctrl+A", _("Choose all")),
        ("Esc", _("Leave the search of the list")),
    )


def _within() -> tuple[tuple[str, str], ...]:
    return (
        ("Ctrl+PgDn", _("Next part of the screen")),
        ("Ctrl+PgUp", _("Part before")),
        ("Shift+F1", _("What this field is for")),
        ("Alt+↓", _("Calendar of a date")),
        ("F4", _("Briefing sheet on a person, an organisation or a mission")),
        ("Ctrl+W", _("Close the record's window")),
        ("Ctrl+Enter", _("Do what waits in the signature book")),
    )
