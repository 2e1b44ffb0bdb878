"""The desk as field editors need it: the office's habits, vocabularies, searches."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sscdesk.application.views import Hit
from sscdesk.model.field import Field
from sscdesk.model.offices import CURRENCY_OF
from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Value
from sscdesk.ui.desk import Desk
from sscdesk.ui.operations import Latest
from sscdesk.ui.widgets.editors.surroundings import Answer, Option

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace

MOST_FOUND = 8


class DeskAround:
    """Answers field editors from one open desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._search = Latest(desk, desk.workers)
        self.country = desk.workspace.office
        self.currency = CURRENCY_OF[desk.workspace.office]

    def today(self) -> date:
        """Return the date on this laptop."""
        return self._desk.workspace.clock().date()

    def options(self, vocabulary: str) -> tuple[Option, ...]:
        """Return the entries of a vocabulary in the reader's language, in order."""
        return tuple(Option(code, words) for code, words in self._desk.wording.codes(vocabulary))

    def words(self, field: Field, value: Value, titles: Mapping[str, str]) -> str:
        """Return a value as one line of text."""
        return self._desk.wording.value(field, value, titles)

    def look_up(self, entities: tuple[str, ...], text: str, answer: Answer) -> None:
        """Search records of some entities; only the newest question is answered."""

        def found(hits: tuple[Hit, ...]) -> None:
            answer(tuple(Option(hit.id, hit.title, hit.ref, hit.entity) for hit in hits))

        def failed(error: DeskError) -> None:
            answer(())

        workspace = self._desk.workspace
        self._search.ask(partial(_search, workspace, entities, text), found, failed)

    def create(self, entity: str, text: str, created: Callable[[Option], None]) -> None:
        """Begin a new record from what was typed."""
        self._desk.new(entity, {"": text})

    def open(self, entity: str, identifier: str) -> None:
        """Show a record."""
        self._desk.open(entity, identifier)


def _search(w: "Workspace", entities: tuple[str, ...], text: str) -> tuple[Hit, ...]:
    from sscdesk.application import search

    wanted = [hit for hit in search.everything(w, text, 60) if hit.entity in entities]
    return tuple(wanted[:MOST_FOUND])
