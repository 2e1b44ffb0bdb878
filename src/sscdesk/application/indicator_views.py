"""What is told of an indicator: frozen figures, with what was entered beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sscdesk.application.indicator_counts import Count
from sscdesk.model.indicator import FEWEST_TOLD
from sscdesk.model.period import Grain


@dataclass(frozen=True, slots=True)
class Question:
    """How an indicator is looked at."""

    grain: Grain = "quarter"
    begins: str | None = None
    """The first day that counts, ISO; None from the first fact on."""
    ends: str | None = None
    by: str = ""
    """The side by which figures are told apart; empty for totals alone."""
    since: str | None = None
    """The moment with which past periods are compared (a day, or UTC); None for
    ``default_since``."""


@dataclass(frozen=True, slots=True)
class EnteredValue:
    """A value that an office typed, with what proves it."""

    id: str
    owner: str
    period: str
    country: str
    sex: str
    field: str
    value: Decimal
    evidence: str
    files: int
    proven: bool
    """Whether it has evidence: without, it is shown and never counts towards the target."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a figure is from its target."""

    percent: int | None
    """Of the way from the baseline; None where less is better or no way is set."""
    reached: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator, as a list shows it."""

    id: str
    ref: str
    code: str
    title: str
    definition: str
    level: str
    unit: str
    aggregation: str
    baseline: Decimal | None
    target: Decimal | None
    target_date: str
    computed: bool
    """Whether records prove it; else it has only the values entered."""
    persons: bool
    """Counts persons: see ``in_public``."""
    less_is_better: bool
    of_money: bool
    """Its parts are amounts in minor units, of which only the share is told."""
    total: Count
    """What the records prove, of all time or of the days asked for."""
    entered: Decimal | None
    """What was typed with evidence, never added to ``total``."""
    progress: Progress | None
    """Of what the records prove or, where they prove nothing, of what was entered."""
    trend: tuple[tuple[str, Decimal | None], ...]
    """Figures by period, oldest first, each period between the first and the last."""
    changed: Decimal
    """By how much the figure of what had happened before ``since`` changed after it."""
    since: str

    @property
    def current(self) -> Decimal | None:
        """The figure that counts towards the target."""
        return self.total.value if self.computed else self.entered


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period of an indicator."""

    key: str
    """``2020``, ``2020-Q3``, ``2020-09``; empty for what no record dates."""
    total: Count
    sides: Mapping[str, Count]
    entered: Decimal | None
    """What was typed for this period, with or without evidence; never added."""
    changed: Decimal
    """By how much it changed since the moment compared with; 0 for a period that ran then."""


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator with its periods and sides."""

    figure: Figure
    question: Question
    choices: tuple[str, ...]
    """By what it may be told apart; what its record names comes first."""
    sides: tuple[str, ...]
    """The sides found, the largest first; empty text where no record says which."""
    vocabulary: str
    """The list that names the sides; empty where ``titles`` does."""
    titles: Mapping[str, str]
    totals: Mapping[str, Count]
    """The whole by side."""
    overlap: int
    """By how much the sides exceed the whole, because facts lie on several."""
    periods: tuple[PeriodLine, ...]
    values: tuple[EnteredValue, ...]
    left_out: int = 0
    """Amounts not counted because no rate is known for them."""


@dataclass(frozen=True, slots=True)
class RecordBehind:
    """One record that a figure counts."""

    entity: str
    id: str
    ref: str
    """Empty where the record is not here: a person kept in another office."""
    title: str
    person: str = ""
    """The name of whoever takes part, where a figure counts participations."""


@dataclass(frozen=True, slots=True)
class FigureAt:
    """Which figure of an indicator is meant: a period and a side, empty for all."""

    period: str | None = None
    """None for the whole, "" for what no record dates."""
    side: str | None = None
    """None for all sides, "" for what no record places."""
    question: Question = field(default_factory=Question)


def in_public(count: Count, *, persons: bool) -> Count:
    """Return a figure as the public is told it: "<5" where so few persons could be recognised.

    (domain.md, 8.) Of a share, neither the part nor the rest may be so few, since the one
    gives away the other.
    """
    if not persons:
        return count
    told = [count.value] if count.denominator is None else [count.denominator]
    if count.denominator is not None and count.numerator is not None:
        told += [count.numerator, count.denominator - count.numerator]
    few = any(one is not None and 0 < one < FEWEST_TOLD for one in told)
    return Count(None, few=True) if few else count
