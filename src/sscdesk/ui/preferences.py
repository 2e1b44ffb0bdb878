"""What the desk remembers of its windows on this laptop: declared once, one line each.

Kept in clear beside the profile, because the window that asks for the passphrase needs
the language and the colours. So nothing of what officers record may stand here: no text
that was typed, no title, no name.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from sscdesk.i18n import LANGUAGES
from sscdesk.model.refusal import DeskError
from sscdesk.ui.theme import TEXT_SCALES, Scheme

T = TypeVar("T")

FILE = "preferences.json"
_MOST_BYTES = 256 * 1024


class Preference(Generic[T]):
    """One remembered thing: its default, and what is allowed."""

    def __init__(self, default: T, allowed: Callable[[Any], bool]) -> None:
        self.default = default
        self.allowed = allowed
        self.key = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    @overload
    def __get__(self, kept: None, owner: type) -> "Preference[T]": ...
    @overload
    def __get__(self, kept: "Preferences", owner: type) -> T: ...
    def __get__(self, kept: "Preferences | None", owner: type) -> "Preference[T] | T":
        if kept is None:
            return self
        value = kept.values.get(self.key, self.default)
        return value if self.allowed(value) else self.default

    def __set__(self, kept: "Preferences", value: T) -> None:
        if not self.allowed(value):
            raise ValueError(f"{self.key}={value!r}")
        kept.values[self.key] = value


def _one_of(*choices: object) -> Callable[[Any], bool]:
    return lambda value: value in choices


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _number(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and least <= value <= most


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) < 4_000


def _names_to_lists(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, list) for item in value.values())


def _names_to_flags(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, bool) for item in value.values())


def _names_to_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


class Preferences:
    """Typed access to what is remembered; unknown keys of a newer version are kept."""

    language = Preference("fr", _one_of(*LANGUAGES))
    scheme = Preference("system", _one_of("system", *Scheme))
    text_percent = Preference(100, _one_of(*TEXT_SCALES))
    compact_rows = Preference(False, _flag)
    navigation_collapsed = Preference(False, _flag)
    last_login = Preference("", _text)
    last_screen = Preference("today", _text)
    window_geometry = Preference("", _text)
    """What ``QWidget.saveGeometry`` gave, in base 64."""
    list_share = Preference(36, _number(15, 85))
    """Percent of the width that a list leaves to itself beside a record."""
    table_mode = Preference[Mapping[str, bool]]({}, _names_to_flags)
    """By entity: whether its list is shown as a table."""
    columns = Preference[Mapping[str, list[str]]]({}, _names_to_lists)
    """By entity: the columns of its table, in order."""
    sorts = Preference[Mapping[str, str]]({}, _names_to_texts)
    """By entity: the field by which its list is sorted."""
    exchange_folder = Preference("", _text)
    """Where the last file for a partner office was put."""
    backup_folder = Preference("", _text)
    """Where the last backup was put."""
    part_megabytes = Preference(0, _number(0, 100))
    """Size of the parts for e-mail chosen last; 0 for one whole file."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.values: dict[str, Any] = {}
        self._saved: str | None = None

    @classmethod
    def of(cls, folder: Path) -> "Preferences":
        """Read those of a profile's folder; what cannot be read counts as nothing kept."""
        kept = cls(folder / FILE)
        try:
            if kept.path is not None and kept.path.stat().st_size <= _MOST_BYTES:
                found = json.loads(kept.path.read_text("utf-8"))
                kept.values = found if isinstance(found, dict) else {}
        except (OSError, ValueError):
            kept.values = {}
        kept._saved = kept._encoded()
        return kept

    def save(self) -> None:
        """Write what changed since; a full disk loses a window's size and nothing else."""
        encoded = self._encoded()
        if self.path is None or encoded == self._saved or not self.path.parent.is_dir():
            return
        from sscdesk.store.files import write_aside  # not needed to show the first window

        try:
            write_aside(self.path, encoded.encode())
            self._saved = encoded
        except DeskError:
            return

    def _encoded(self) -> str:
        return json.dumps(self.values, ensure_ascii=False, indent=1, sort_keys=True)
