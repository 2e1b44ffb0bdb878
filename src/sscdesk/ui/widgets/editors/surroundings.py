"""What an editor asks of the desk around it; nothing here blocks or reads the store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sscdesk.model.field import Field
from sscdesk.model.folding import folded
from sscdesk.model.values import Value


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be picked: its code or identifier and the words shown."""

    code: str
    label: str
    detail: str = ""
    """A second line in smaller print: the office, the organisation."""
    entity: str = ""
    """The entity of a record; empty for a code of a vocabulary."""


Answer = Callable[[tuple[Option, ...]], None]


class Surroundings(Protocol):
    """The office's habits, the vocabularies in memory, and searches that answer later."""

    country: str
    """The office's country, for telephone numbers."""
    currency: str
    """The office's currency, for amounts typed without one."""

    def today(self) -> date:
        """Return the date on this laptop, from which "+3" is counted."""
        ...

    def options(self, vocabulary: str) -> tuple[Option, ...]:
        """Return the entries of a vocabulary in the reader's language, in order."""
        ...

    def words(self, field: Field, value: Value, titles: Mapping[str, str]) -> str:
        """Return a value as one line of text."""
        ...

    def look_up(self, entities: tuple[str, ...], text: str, answer: Answer) -> None:
        """Search records by title; ``answer`` is called on the main thread, later or now."""
        ...

    def create(self, entity: str, text: str, created: Callable[[Option], None]) -> None:
        """Let the officer create a record, beginning from ``text``."""
        ...

    def open(self, entity: str, identifier: str) -> None:
        """Show a record; ``entity`` may be several, joined by ``|``, where it is not known."""
        ...


def matching(options: tuple[Option, ...], text: str) -> tuple[Option, ...]:
    """Return the options that hold every word of ``text``, those that begin with it first."""
    words = folded(text).split()
    if not words:
        return options
    found = [
        option
        for option in options
        if all(word in folded(f"{option.label} {option.code}") for word in words)
    ]
    return tuple(sorted(found, key=lambda option: not folded(option.label).startswith(words[0])))
