"""How the screens of each entity are arranged, as data: names of fields, parts and tabs.

Nothing here says what a field is; an entity without an arrangement of its own gets one
derived from its declaration.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sscdesk.i18n import current_language
from sscdesk.model.base import EntityKind, record_kinds
from sscdesk.model.field import Field, FieldType
from sscdesk.model.text import N_
from sscdesk.model.values import Value
from sscdesk.ui.forms.row_stores import Related


@dataclass(frozen=True, slots=True)
class OverviewCard:
    """A sheet of the overview: rows of field names.

    A name that ends in ``*``, alone in its row, stands for the variants of a text in
    several languages: the reader's is shown, else one that says something.
    """

    rows: tuple[tuple[str, ...], ...]
    route: bool = False
    """Ends with the itinerary."""
    steps: bool = False
    """Ends with what is to be done before the next step."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of rows: parts of the record, and records that name it."""

    label: str
    parts: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The overview and the tabs of one entity."""

    overview: tuple[OverviewCard, ...]
    tabs: tuple[Tab, ...]
    follow_up: Tab | None = None
    """The tab after the documents."""
    overview_rows: Tab | None = None
    """Rows shown below the overview."""

    @property
    def row_tabs(self) -> tuple[Tab, ...]:
        """All tabs that hold rows, in order."""
        return (*self.tabs, *((self.follow_up,) if self.follow_up else ()))

    def tab_of_part(self, part: str) -> int | None:
        """Return which of ``row_tabs`` holds a part; None where the overview does."""
        for place, tab in enumerate(self.row_tabs):
            if part in tab.parts:
                return place
        return None


_FOLLOW_UPS = Related("follow_up", "origin", "due_on")

_ARRANGED: Mapping[str, Arrangement] = {
    "mission": Arrangement(
        overview=(
            OverviewCard(
                (("purpose_*",), ("country", "departs_on", "returns_on", "budget")), route=True
            ),
            OverviewCard((("summary",),), steps=True),
        ),
        tabs=(
            Tab(N_("Travellers"), ("traveller", "leg")),
            Tab(N_("Meetings"), ("meeting", "finding", "recommendation")),
            Tab(N_("Expenses"), ("budget_line",), (Related("expense", "mission", "spent_on"),)),
        ),
        follow_up=Tab(N_("Follow-up"), ("visa", "comment"), (_FOLLOW_UPS,)),
    ),
    "exchange": Arrangement(
        overview=(
            OverviewCard(
                (
                    ("title_*",),
                    ("kind", "step"),
                    ("lead_office", "partner_offices"),
                    ("starts_on", "ends_on", "place"),
                )
            ),
            OverviewCard((("objectives",),), steps=True),
        ),
        tabs=(
            Tab(N_("Programme"), ("session",)),
            Tab(N_("People"), ("participation",)),
            Tab(N_("Results"), ("finding", "recommendation", "evaluation")),
            Tab(N_("Costs"), ("cost_line",)),
        ),
        follow_up=Tab(N_("Follow-up"), ("comment",), (_FOLLOW_UPS,)),
    ),
    "organisation": Arrangement(
        overview=(
            OverviewCard(
                (
                    ("name_fr", "name_ar"),
                    ("acronym", "kind"),
                    ("country", "city", "level"),
                    ("telephone", "email"),
                )
            ),
            OverviewCard((("offers",), ("needs",)), steps=True),
        ),
        tabs=(Tab(N_("Exchanges"), (), (Related("exchange", "host_organisation", "-starts_on"),)),),
    ),
    "person": Arrangement(
        overview=(
            OverviewCard(
                (("given", "family", "name_ar"), ("emails",), ("telephones",)), steps=True
            ),
        ),
        tabs=(),
        overview_rows=Tab(N_("Posts"), ("post",)),
    ),
    "follow_up": Arrangement(
        overview=(
            OverviewCard(
                (
                    ("action_*",),
                    ("origin", "responsible"),
                    ("due_on", "priority", "done_on"),
                )
            ),
            OverviewCard((("last_comment",),), steps=True),
        ),
        tabs=(),
        follow_up=Tab(N_("Comments"), ("comment",)),
    ),
    "commitment": Arrangement(
        overview=(
            OverviewCard(
                (
                    ("title_*",),
                    ("owed_by", "owed_to"),
                    ("due_on", "progress_percent"),
                )
            ),
            OverviewCard((("conditions",),), steps=True),
        ),
        tabs=(),
        follow_up=Tab(N_("Follow-up"), ("comment",), (_FOLLOW_UPS,)),
    ),
}


def arrangement_of(entity: str) -> Arrangement:
    """Return the arrangement of an entity, derived where none is declared."""
    return _ARRANGED.get(entity) or _derived(record_kinds()[entity])


def _derived(kind: EntityKind) -> Arrangement:
    shown = [
        field
        for field in kind.fields.values()
        if not field.computed and (field.column or field.required == "always")
    ]
    long = [field for field in shown if field.type is FieldType.LONG_TEXT]
    short = [(field.name,) for field in shown if field.type is not FieldType.LONG_TEXT]
    paired = tuple(sum(short[at : at + 2], ()) for at in range(0, len(short), 2))
    cards = [OverviewCard(paired, steps=not long)]
    if long:
        cards.append(OverviewCard(tuple((field.name,) for field in long[:2]), steps=True))
    tabs = tuple(Tab(part.plural, (name,)) for name, part in kind.parts.items())
    origin = record_kinds()["follow_up"].fields["origin"].entity or ""
    follows = kind.name in origin.split("|")
    follow_up = Tab(N_("Follow-up"), (), (_FOLLOW_UPS,)) if follows else None
    return Arrangement(tuple(cards), tabs, follow_up)


def variants(name: str, fields: Mapping[str, Field]) -> list[str]:
    """Return the fields that ``name`` stands for: itself, or with ``*`` all its languages."""
    if not name.endswith("*"):
        return [name] if name in fields else []
    return [field for field in fields if field.startswith(name[:-1])]


def best_variant(names: Sequence[str], values: Mapping[str, Value]) -> str:
    """Return the variant to show: the reader's, else one that says something."""
    wished = [name for name in names if name.endswith(f"_{current_language()}")]
    filled = [name for name in (*wished, *names) if values.get(name)]
    return (filled or wished or list(names))[0]
