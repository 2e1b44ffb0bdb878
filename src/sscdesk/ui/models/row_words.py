"""What a list writes of a record, derived from the declared fields of its entity."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sscdesk.application.views import ListRow
from sscdesk.i18n import _
from sscdesk.model.base import EntityKind
from sscdesk.model.field import Field, FieldType
from sscdesk.model.lateness import LATE_BY, late_words
from sscdesk.model.text import N_
from sscdesk.ui.models.paging import Column
from sscdesk.ui.places import city
from sscdesk.ui.tones import tone_of
from sscdesk.ui.widgets.row_delegate import RowWords
from sscdesk.ui.wording import (
    Wording,
    in_pieces,
    readable_date,
    readable_period,
    without_isolates,
)

MOST_PIECES = 3
ALWAYS = {
    "title": N_("Title"),
    "ref": N_("Number"),
    "state": N_("State"),
    "owner": N_("Office"),
    "updated_at": N_("Changed on"),
}
"""Columns that every list can show beside its declared fields."""

_LONG = {FieldType.LONG_TEXT, FieldType.REFERENCES}
_NUMBERS = {FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY}
_LINKS = {FieldType.REFERENCE, FieldType.REFERENCES}
_SETS = {FieldType.CHOICES, FieldType.REFERENCES}


@dataclass(frozen=True, slots=True)
class ListWords:
    """The words of one entity's rows."""

    kind: EntityKind
    wording: Wording
    today: Callable[[], date]

    def row(self, row: ListRow) -> RowWords:
        """Return what the two-line list shows; what is late says so in place of its state."""
        late = late_words(self.kind.name, row.state, row.fields, self.today())
        return RowWords(
            title=row.title or row.ref,
            about=self.about(row),
            state=_(late) if late else self.wording.state(self.kind, row.state),
            tone="bad" if late else tone_of(self.kind.name, row.state),
            mark="triangle-alert" if row.conflicts else "",
        )

    def about(self, row: ListRow) -> str:
        """Return the line about a record: where, when, whose."""
        pieces: dict[str, None] = {}
        for piece in self._pieces(row):
            if piece and piece != row.title:
                pieces.setdefault(piece)
            if len(pieces) == MOST_PIECES:
                break
        return in_pieces(pieces)

    def spoken(self, row: ListRow) -> str:
        """Return a row as a screen reader says it."""
        words = self.row(row)
        parts = [words.title, words.state, without_isolates(words.about)]
        if row.conflicts:
            parts.append(_("to reconcile"))
        return ", ".join(part for part in parts if part)

    def _pieces(self, row: ListRow) -> Iterator[str]:
        """Yield the short facts first: codes and dates, then links and texts."""
        fields = [self.kind.fields[name] for name in self.about_fields()]
        dates = [field for field in fields if field.type is FieldType.DATE]
        rest = [field for field in fields if field.type is not FieldType.DATE]
        rest.sort(key=lambda field: field.type in _LINKS)
        if rest:
            yield self._written(rest[0], row)
        yield self._period(dates, row)
        for field in rest[1:]:
            yield self._written(field, row)

    def needed_fields(self) -> list[str]:
        """Return the fields that a row is written from."""
        late = LATE_BY.get(self.kind.name, ())
        return list(dict.fromkeys([*self.about_fields(), *late]))

    def about_fields(self) -> list[str]:
        """Return the fields that the line about a record takes its words from."""
        return [
            name
            for name, field in self.kind.fields.items()
            if field.column and not _says_the_title(self.kind, name)
        ]

    def _written(self, field: Field, row: ListRow) -> str:
        return self.wording.value(field, row.fields.get(field.name), row.titles)

    @staticmethod
    def _period(dates: Sequence[Field], row: ListRow) -> str:
        values = [row.fields.get(field.name) for field in dates[:2]]
        texts = [value if isinstance(value, str) else None for value in values]
        return readable_period(*[*texts, None, None][:2])

    def columns(self, names: Sequence[str]) -> tuple[Column, ...]:
        """Return the columns of the table, unknown names left out."""
        return tuple(
            self._column(name) for name in names if name in ALWAYS or name in self.kind.fields
        )

    def default_columns(self) -> list[str]:
        """Return the names of the columns shown when nobody chose."""
        declared = [
            name
            for name, field in self.kind.fields.items()
            if field.column and not _says_the_title(self.kind, name)
        ]
        state = ["state"] if self._has_states() else []
        return ["ref", "title", *state, *declared][:8]

    def possible_columns(self) -> list[tuple[str, str]]:
        """Return every column that may be chosen, with its words."""
        declared = [
            (name, _(field.label))
            for name, field in self.kind.fields.items()
            if field.type not in _LONG and not field.masked
        ]
        return [*((name, _(words)) for name, words in ALWAYS.items()), *declared]

    def _has_states(self) -> bool:
        return bool(self.wording.state(self.kind, self.kind.mapped.initial_state))

    def _column(self, name: str) -> Column:
        field = self.kind.fields.get(name)
        if field is None:
            return Column(name, _(ALWAYS[name]), self._always(name), sortable=True)

        def text(row: ListRow) -> str:
            return self._written(field, row)

        return Column(
            name,
            _(field.label),
            text,
            trailing=field.type in _NUMBERS,
            sortable=not field.many and field.type not in _SETS,
        )

    def _always(self, name: str) -> "_Always":
        return _Always(self, name)


@dataclass(frozen=True, slots=True)
class _Always:
    """Writes one of the columns that every entity has."""

    words: ListWords
    name: str

    def __call__(self, row: ListRow) -> str:
        if self.name == "state":
            return self.words.wording.state(self.words.kind, row.state)
        if self.name == "owner":
            return city(row.owner)
        if self.name == "updated_at":
            return readable_date(row.updated_at[:10])
        return row.title if self.name == "title" else row.ref


def _says_the_title(kind: EntityKind, name: str) -> bool:
    return name in kind.mapped.title_fields
