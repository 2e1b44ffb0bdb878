"""The thread of a practice over the four steps: what is there, what the next one wants.

A thread is the chain need, practice, exchanges, transfer, verified commitment (domain.md,
section 3). Nothing here forbids: a step that is skipped is said so, with its reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sscdesk.model.lifecycle import Missing
from sscdesk.model.machines.exchange import STEPS
from sscdesk.model.text import N_

HELD = frozenset({"held", "reported", "closed"})
"""States of an exchange that has taken place."""
SETTLED = frozenset({"verified", "dropped"})
"""States of a commitment that no longer holds a thread open."""
_VALIDATED = frozenset({"validated", "published"})


class StepStanding(StrEnum):
    """How far a step of a thread is."""

    DONE = "done"
    UNDER_WAY = "under_way"
    OPEN = "open"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Knot:
    """A record of the thread as its rules look at it."""

    entity: str
    id: str
    ref: str
    state: str


@dataclass(frozen=True, slots=True)
class ThreadFacts:
    """All that a thread holds."""

    practices: tuple[Knot, ...] = ()
    exchanges: Mapping[str, tuple[Knot, ...]] = field(default_factory=dict)
    """By step; those cancelled left out."""
    commitments: tuple[Knot, ...] = ()
    transfers: int = 0
    needs: int = 0
    """Organisations of the thread that say what they need."""

    def of(self, step: str) -> tuple[Knot, ...]:
        """Return the exchanges of a step."""
        return self.exchanges.get(step, ())


def wanting(facts: ThreadFacts, step: str) -> tuple[Missing, ...]:
    """Return what a step still wants, in the order in which it is best provided."""
    return tuple(_WANTED[step](facts))


def standings(facts: ThreadFacts) -> dict[str, StepStanding]:
    """Return how far each step is, in order."""
    begun = [step for step in STEPS if _begun(facts, step)]
    last = max((STEPS.index(step) for step in begun), default=-1)
    found = {}
    for place, step in enumerate(STEPS):
        if not wanting(facts, step):
            found[step] = StepStanding.DONE
        elif step in begun:
            found[step] = StepStanding.UNDER_WAY
        else:
            found[step] = StepStanding.SKIPPED if place < last else StepStanding.OPEN
    return found


def next_step(facts: ThreadFacts) -> str:
    """Return the step that comes next: the first not done after the last one that is.

    Empty when all of the thread is done.
    """
    found = standings(facts)
    done = [place for place, step in enumerate(STEPS) if found[step] is StepStanding.DONE]
    after = STEPS[max(done, default=-1) + 1 :]
    open_ones = [step for step in (*after, *STEPS) if found[step] is not StepStanding.DONE]
    return open_ones[0] if open_ones else ""


def _begun(facts: ThreadFacts, step: str) -> bool:
    if facts.of(step):
        return True
    if step == "identify":
        return bool(facts.needs or facts.practices or facts.commitments)
    if step == "transfer":
        return bool(facts.transfers)
    return step == "capitalise" and any(one.state in SETTLED for one in facts.commitments)


def _identify(facts: ThreadFacts) -> Iterator[Missing]:
    if not facts.practices:
        yield Missing("no-practice", N_("No practice is described yet."), field="practices")
    if not (facts.needs or facts.of("identify")):
        yield Missing(
            "no-need", N_("Nobody has said who needs it: no need and no exchange of step 1.")
        )
    if not facts.commitments:
        yield Missing("no-commitment", N_("No commitment is proposed yet."))


def _share(facts: ThreadFacts) -> Iterator[Missing]:
    yield from _exchange_held(facts, "share", N_("No exchange has shown yet how it really works."))


def _transfer(facts: ThreadFacts) -> Iterator[Missing]:
    for practice in facts.practices:
        if practice.state not in _VALIDATED:
            yield _about(practice, "not-validated", N_("{ref} is not validated by its owner yet."))
    yield from _exchange_held(
        facts, "transfer", N_("No exchange has taken it to another country yet.")
    )
    if not facts.transfers:
        yield Missing(
            "no-transfer",
            N_("No receiving office has written down its transfer yet."),
            field="transfer",
        )


def _capitalise(facts: ThreadFacts) -> Iterator[Missing]:
    for practice in facts.practices:
        if practice.state != "published":
            yield _about(practice, "not-published", N_("{ref} is not published yet."))
    yield from _exchange_held(facts, "capitalise", N_("No exchange draws the lessons yet."))
    if not facts.commitments:
        yield Missing("no-commitment", N_("No commitment belongs to it yet."))
    for commitment in facts.commitments:
        if commitment.state not in SETTLED:
            yield _about(
                commitment,
                "not-verified",
                N_("The commitment {ref} is neither verified nor dropped."),
            )


def _exchange_held(facts: ThreadFacts, step: str, nothing: str) -> Iterator[Missing]:
    exchanges = facts.of(step)
    if not exchanges:
        yield Missing(f"no-exchange-{step}", nothing)
    elif not any(one.state in HELD for one in exchanges):
        yield _about(exchanges[0], "not-held", N_("The exchange {ref} has not been held yet."))


def _about(knot: Knot, code: str, message: str) -> Missing:
    params = {"ref": knot.ref}
    return Missing(code, message, params=params, entity=knot.entity, record=knot.id)


_WANTED = {
    "identify": _identify,
    "share": _share,
    "transfer": _transfer,
    "capitalise": _capitalise,
}
