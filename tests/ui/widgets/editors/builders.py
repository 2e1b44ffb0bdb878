"""Fields, and a desk around them that answers at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sscdesk.model.field import Field, FieldType
from sscdesk.model.values import Value
from sscdesk.model.vocabulary_seed import Vocabularies
from sscdesk.ui.widgets.editors.surroundings import Answer, Option
from sscdesk.ui.wording import Wording

AWA = Option("a" * 32, "Awa Traoré", "ML-PER-2026-0004", "person")
OMAR = Option("b" * 32, "Omar Tazi", "MA-PER-2026-0001", "person")

MORE_FOR_TYPE: Mapping[FieldType, Mapping[str, Any]] = {
    FieldType.CHOICE: {"vocabulary": "level"},
    FieldType.CHOICES: {"vocabulary": "field"},
    FieldType.COUNTRY: {"vocabulary": "country"},
    FieldType.LANGUAGE: {"vocabulary": "language"},
    FieldType.REFERENCE: {"entity": "person"},
    FieldType.REFERENCES: {"entity": "person"},
}


def a_field(kind: FieldType, name: str = "one", **options: Any) -> Field:
    """Return a field of a type with what such a field needs."""
    return Field(name, "Label", kind, **{**MORE_FOR_TYPE.get(kind, {}), **options})


@dataclass
class Around:
    """The desk of Morocco's office on 9 March 2026, with two people in it."""

    country: str = "MA"
    currency: str = "MAD"
    people: tuple[Option, ...] = (AWA, OMAR)
    created: list[tuple[str, str]] = field(default_factory=list)
    opened: list[tuple[str, str]] = field(default_factory=list)
    new: Option = Option("c" * 32, "Lina Berrada", "", "person")
    wording: Wording = field(default_factory=lambda: Wording(Vocabularies()))

    def today(self) -> date:
        return date(2026, 3, 9)

    def options(self, vocabulary: str) -> tuple[Option, ...]:
        return tuple(Option(code, words) for code, words in self.wording.codes(vocabulary))

    def words(self, of: Field, value: Value, titles: Mapping[str, str]) -> str:
        return self.wording.value(of, value, titles)

    def look_up(self, entities: tuple[str, ...], text: str, answer: Answer) -> None:
        answer(tuple(one for one in self.people if text.lower() in one.label.lower()))

    def create(self, entity: str, text: str, created: Callable[[Option], None]) -> None:
        self.created.append((entity, text))
        created(self.new)

    def open(self, entity: str, identifier: str) -> None:
        self.opened.append((entity, identifier))
