"""What the ledger of promises is made of: frozen views of commitments side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from sscdesk.application.linking import Link
from sscdesk.model.promises import Standing


@dataclass(frozen=True, slots=True)
class OfficeAct:
    """An act of one office that waits for the same act of the other."""

    action: str
    office: str
    officer_name: str
    at: str
    """UTC, ISO 8601."""
    awaited: tuple[str, ...]
    """The offices whose act is still needed."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment as the ledger shows it."""

    id: str
    ref: str
    title: str
    state: str
    standing: Standing
    owed_by: str
    owed_to: str
    axis: str
    """Number of the plan's axis, empty where it names none."""
    field: str
    """Code of the vocabulary ``field``."""
    due_on: str
    days_late: int
    progress: int | None
    responsible: str
    """Title of the organisation that keeps it."""
    evidence: bool
    """Whether anything proves it yet."""
    acts: tuple[OfficeAct, ...]
    action: str
    """The act that this officer may do next, empty where there is none."""
    label: str
    """Its msgid."""
    served_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Bargain:
    """Promises that answer each other; one side may be empty: it is one-sided then."""

    first: tuple[Promise, ...]
    second: tuple[Promise, ...]
    half_elsewhere: bool = False
    """A promise names its other half, which is not on this desk."""

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Both sides together."""
        return (*self.first, *self.second)


@dataclass(frozen=True, slots=True)
class LedgerAxis:
    """The bargains under one axis of a plan; under one field, where no axis is named."""

    number: str
    title: str
    field: str
    """Code of the vocabulary ``field``, empty where the number is of no declared axis."""
    bargains: tuple[Bargain, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """How the promises of one office stand."""

    office: str
    counts: Mapping[Standing, int]

    @property
    def all(self) -> int:
        """How many it made, those dropped included."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class LedgerPlan:
    """One action plan with both columns."""

    id: str
    ref: str
    title: str
    state: str
    first: str
    """The office of the leading column: one's own, where it is a party."""
    second: str
    axes: tuple[LedgerAxis, ...]
    totals: tuple[Totals, Totals]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All promises of an agreement, a plan or a bargain."""

    entity: str
    id: str
    plans: tuple[LedgerPlan, ...]

    @property
    def count(self) -> int:
        """How many promises it holds."""
        return sum(total.all for plan in self.plans for total in plan.totals)
