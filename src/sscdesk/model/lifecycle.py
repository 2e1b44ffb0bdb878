"""The one mechanism of all state machines (domain.md, section 5).

A table of transitions per entity (``model/lifecycles.py``), each with who may act and
what must hold. Screens ask ``acting.offers`` which buttons to show and what is missing;
the application asks ``acting.check`` before it acts; documents print from the table.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

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

    @property
    def id(self) -> str:
        """The record's identifier."""

    @property
    def ref(self) -> str:
        """Its reference number."""

    @property
    def entity(self) -> str:
        """What kind of record it is."""

    @property
    def owner(self) -> str:
        """The office that owns it."""

    @property
    def state(self) -> str:
        """Where it stands."""

    @property
    def fields(self) -> Mapping[str, Value]:
        """The values of its declared fields."""

    @property
    def today(self) -> str:
        """The date on this laptop, ISO."""

    def parts(self, part: str) -> "list[PartFacts]":
        """The rows of one part, in order."""

    def related(self, entity: str, by: str) -> "list[Facts]":
        """Records of ``entity`` whose field ``by`` refers to this one.

        ``by`` may name a field of a part (``"traveller.person"``); what is in the bin
        does not count.
        """

    def record(self, identifier: str) -> "Facts | None":
        """Another record, None when it is not here."""

    def acts(self, action: str) -> "list[Act]":
        """Who has done ``action`` on this record as it stands.

        Counts from when it entered its state, and for acts of two offices
        (``Transition.both``) only acts that have seen the present wording
        (``authority.WORDING``): nobody agrees to words written later.
        """

    def ever(self, action: str) -> "list[Act]":
        """Who has ever done ``action``, oldest first; ``"create"`` is its recording."""

    def sent_since_change(self, offices: Iterable[str]) -> bool:
        """Whether the record as it stands has been exported to all of ``offices``."""


class PartFacts(Protocol):
    """One row inside a record."""

    @property
    def id(self) -> str:
        """The row's identifier."""

    @property
    def owner(self) -> str:
        """The office that recorded it."""

    @property
    def fields(self) -> Mapping[str, Value]:
        """The values of its declared fields."""


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
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    warning: bool = False
    """A warning is shown and does not forbid."""
    final: bool = False
    """Nothing that anybody does will make it hold: the act is not for this record."""
    unless_note: bool = False
    """Does not forbid either, if the officer says in a note why it is so."""
    entity: str = ""
    record: str = ""
    """Another record that must be put right first, with its entity: a link leads there."""


Condition = Callable[[Facts, Actor, Mapping[str, Value]], Iterable[Missing]]
"""Asked with the record, who acts, and the record's values with the inputs over them."""

Effect = Callable[[Facts, Actor, str], Mapping[str, Value]]
"""What an act writes by itself, given its note; what the officer typed goes before."""


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
    traveller_may: str | None = None
    """An author who travelled may do it after all, once somebody else has done this
    action: a head signs the own mission "en qualité de missionnaire"."""
    both: tuple[str, ...] = ()
    """Fields naming the offices whose acts are all needed before the state changes."""
    reason: bool = False
    """A note is required."""
    inputs: tuple[str, ...] = ()
    """Fields of the record that are asked for with the action."""
    conditions: tuple[Condition, ...] = ()
    effect: Effect | None = None
    through: str | None = None
    """Wants a signed report of this kind about the record."""
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

    def __init__(
        self, entity: str, creation: Transition, transitions: Iterable[Transition] = ()
    ) -> None:
        self.entity = entity
        self.creation = creation
        """The act that makes the record: "propose", "prepare", "build"."""
        self.initial = creation.target
        self.transitions = tuple(transitions)

    def named(self, action: str, state: str) -> Transition | None:
        """Return the transition ``action`` from ``state``, None when there is none."""
        for row in self.transitions:
            if row.action == action and state in row.sources:
                return row
        return None

    def called(self, action: str) -> tuple[Transition, ...]:
        """Return the transitions ``action`` from whatever state."""
        return tuple(row for row in self.transitions if row.action == action)

    def from_state(self, state: str) -> tuple[Transition, ...]:
        """Return the transitions that leave ``state``, in the table's order."""
        return tuple(row for row in self.transitions if state in row.sources)

    def states(self) -> list[str]:
        """All states, the initial one first."""
        found = {self.initial: None}
        for row in self.transitions:
            found.update(dict.fromkeys((*row.sources, row.target)))
        return list(found)

    def past(self, state: str, milestone: str) -> bool:
        """Whether a record in ``state`` has certainly been through ``milestone``.

        So a field required from "submitted" on is required of a mission that is under
        way, and not of one that was cancelled as a draft.
        """
        return state == milestone or state not in self._reached_without(milestone)

    def _reached_without(self, milestone: str) -> frozenset[str]:
        found = {self.initial} - {milestone}
        waiting = list(found)
        while waiting:
            for row in self.from_state(waiting.pop()):
                if row.target not in found and row.target != milestone:
                    found.add(row.target)
                    waiting.append(row.target)
        return frozenset(found)
