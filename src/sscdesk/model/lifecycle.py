"""The one mechanism of all state machines (domain.md, section 5).

A table of transitions per entity, each with who may act and what must hold. Screens
ask ``offered`` which buttons to show and what is missing; the application asks
``check`` before it acts; documents print from the table itself.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sscdesk.model.refusal import DeskError
from sscdesk.model.values import Value


@dataclass(frozen=True, slots=True)
class Actor:
    """The officer who acts: identity, office, roles held."""

    officer: str
    """Identifier of the officer's record."""
    name: str
    office: str
    """Office code."""
    roles: frozenset[str]


class Facts(Protocol):
    """What a condition may look at: one record, its parts and what refers to it.

    Implemented above the model; conditions ask and never query.
    """

    id: str
    entity: str
    owner: str
    state: str
    fields: Mapping[str, Value]
    created_by: str

    @property
    def today(self) -> str:
        """The date on this laptop, ISO."""

    def parts(self, part: str) -> "list[PartFacts]":
        """The rows of one part, in order."""

    def related(self, entity: str, by: str) -> "list[Facts]":
        """Records of ``entity`` whose field ``by`` refers to this one."""

    def record(self, identifier: str) -> "Facts | None":
        """Another record, None when it is not here."""

    def acts(self, action: str) -> "list[Act]":
        """Who has already done ``action`` on this record since it entered its state."""

    def sent_since_change(self, offices: Iterable[str]) -> bool:
        """Whether the record as it stands has been exported to all of ``offices``."""


class PartFacts(Protocol):
    """One row inside a record."""

    id: str
    owner: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Act:
    """Something an officer did to a record: the trace of a transition."""

    action: str
    officer: str
    officer_name: str
    office: str
    at: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands between the officer and an action; ``field`` makes it a link."""

    code: str
    message: str
    field: str | None = None
    part_id: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    warning: bool = False
    """A warning is shown and does not forbid."""


Condition = Callable[[Facts, Actor, Mapping[str, Value]], Iterable[Missing]]


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a state machine's table."""

    action: str
    label: str
    """Msgid, an imperative: "Submit for approval"."""
    sources: tuple[str, ...]
    target: str
    roles: frozenset[str]
    """Desk roles, any of which may act."""
    offices: str = "owner"
    """Which office may act: ``owner``, or a rule name of ``model/authority.py``."""
    four_eyes: tuple[str, ...] = ()
    """Actions (or ``"create"``) whose author may not do this one."""
    both: tuple[str, ...] = ()
    """Fields naming the offices whose acts are all needed before the state changes."""
    reason: bool = False
    """A note is required."""
    inputs: tuple[str, ...] = ()
    """Fields of the record that are asked for with the action."""
    conditions: tuple[Condition, ...] = ()
    through: str | None = None
    """Done only by a report of this kind being signed, never by hand."""
    primary: bool = True
    """Whether it is the next step that the record's header offers."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An action as a screen shows it: possible, or what is missing."""

    transition: Transition
    allowed: bool
    missing: tuple[Missing, ...]


class Lifecycle:
    """The table of one entity and the questions asked of it."""

    def __init__(self, entity: str, initial: str, transitions: Iterable[Transition]) -> None:
        self.entity = entity
        self.initial = initial
        self.transitions = tuple(transitions)

    def named(self, action: str, state: str) -> Transition | None:
        """Return the transition ``action`` from ``state``, None when there is none."""
        for row in self.transitions:
            if row.action == action and state in row.sources:
                return row
        return None

    def states(self) -> list[str]:
        """All states, the initial one first."""
        found = {self.initial: None}
        for row in self.transitions:
            found.update(dict.fromkeys((*row.sources, row.target)))
        return list(found)

    def order(self, state: str) -> int:
        """How far ``state`` lies from the beginning, for "required from this state on"."""
        distance = {self.initial: 0}
        frontier = [self.initial]
        while frontier:
            here = frontier.pop(0)
            for row in self.transitions:
                if here in row.sources and row.target not in distance:
                    distance[row.target] = distance[here] + 1
                    frontier.append(row.target)
        return distance.get(state, 0)


class LifecycleError(DeskError):
    """An action was refused by its state machine."""
