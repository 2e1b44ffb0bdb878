"""What the thread of a practice is made of, as screens draw it."""

from dataclasses import dataclass

from sscdesk.model.lifecycle import Missing
from sscdesk.model.thread import StepStanding


@dataclass(frozen=True, slots=True)
class ThreadCard:
    """One record of a thread: it opens."""

    entity: str
    id: str
    ref: str
    title: str
    state: str
    """Empty for what has no state: a need, a transfer."""
    offices: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    """Dates, ISO, may be partial."""
    said: str = ""
    """What is written there: the need, how the practice was adapted."""
    part: str = ""
    """The part of the record that it is a row of: ``transfer``, else empty."""
    row: str = ""


@dataclass(frozen=True, slots=True)
class ThreadStep:
    """One of the four steps with what it holds and what it still wants."""

    step: str
    standing: StepStanding
    cards: tuple[ThreadCard, ...]
    missing: tuple[Missing, ...]
    reason: str = ""
    """Why it was skipped, as the exchange after it says."""
    may_say_why: str = ""
    """The exchange on which this office may still say why it was skipped."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The chain of a practice, an exchange or a commitment over the four steps."""

    entity: str
    id: str
    steps: tuple[ThreadStep, ...]
    next_step: str
    """The step that comes next, empty when all is done."""
    practices: tuple[str, ...]
    last_exchange: str
    """The exchange that the next one would continue, empty where there is none."""

    @property
    def count(self) -> int:
        """How many records it holds."""
        return sum(len(step.cards) for step in self.steps)
