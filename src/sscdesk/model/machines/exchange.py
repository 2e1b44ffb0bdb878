"""The state machine of exchanges, and the four steps (domain.md, sections 3 and 5)."""

from collections.abc import Iterator

from sscdesk.model.lifecycle import Actor, Facts, Lifecycle, Missing, Transition
from sscdesk.model.machines.conditions import (
    F,
    H,
    Values,
    W,
    follow_ups_settled,
    followed_up,
    full_dates,
    members_of,
    ordered,
    reached,
    signed_report,
    text_of,
    told,
)
from sscdesk.model.refusal import Coded
from sscdesk.model.text import N_

STEPS = ("identify", "share", "transfer", "capitalise")
LONGEST_REASON = 2_000
_OVER = ("closed", "cancelled", "reported", "settled", "returned")


def step_follows(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """Warns where what it continues, or its practices, lie more than one step behind."""
    earlier = _step_before(facts, values)
    if earlier and not text_of(values, "step_reason"):
        yield Missing(
            "step-skipped",
            N_("The exchange skips a step after “{step}”: say why, it is kept."),
            field="step_reason",
            params={"step": Coded("step", earlier)},
            warning=True,
        )


def _step_before(facts: Facts, values: Values) -> str:
    """Return the step after which the exchange skips one; empty where it skips none."""
    step = text_of(values, "step")
    if step not in STEPS:
        return ""
    place = STEPS.index(step)
    behind = [other for other in _earlier(facts, values) if other in STEPS[: place + 1]]
    last = max(behind, key=STEPS.index, default="")
    return last if last and place > STEPS.index(last) + 1 else ""


def _earlier(facts: Facts, values: Values) -> Iterator[str]:
    """Yield the steps of the exchange continued and of those about the same practices."""
    before = facts.record(text_of(values, "continues"))
    if before is not None:
        yield text_of(before.fields, "step")
    for identifier in members_of(values, "practices"):
        practice = facts.record(identifier)
        for other in practice.related("exchange", "practices") if practice is not None else ():
            if other.id != facts.id and other.state != "cancelled":
                yield text_of(other.fields, "step")


def _skip_explained(facts: Facts, _actor: Actor, note: str) -> Values:
    """A note given with the act is the reason why a step is skipped, unless one stands."""
    words = " ".join(note.split())[:LONGEST_REASON]
    skips = words and _step_before(facts, facts.fields)
    return {"step_reason": words} if skips and not facts.fields.get("step_reason") else {}


def transfer_has_object(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """Warns where step 3 has no validated practice or no receiving office."""
    if text_of(values, "step") != "transfer":
        return
    practices = [facts.record(identifier) for identifier in members_of(values, "practices")]
    if not any(p is not None and p.state in ("validated", "published") for p in practices):
        yield Missing(
            "transfer-without-practice",
            N_("A transfer wants at least one practice that its owner has validated."),
            field="practices",
            warning=True,
        )
    if not members_of(values, "partner_offices"):
        yield Missing(
            "transfer-without-receiver",
            N_("A transfer wants a receiving office among the partners."),
            field="partner_offices",
            warning=True,
        )


def thread_settled(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """Warns where a thread is closed while its commitments are open."""
    if values.get("closes_thread") is not True:
        return
    if text_of(values, "step") != "capitalise":
        yield Missing(
            "thread-closed-early",
            N_("A thread is closed by an exchange of step 4."),
            field="step",
            warning=True,
        )
    for identifier in members_of(values, "commitments"):
        commitment = facts.record(identifier)
        if commitment is not None and commitment.state not in ("verified", "dropped"):
            yield Missing(
                "thread-commitment-open",
                N_("The commitment {ref} is neither verified nor dropped."),
                field="commitments",
                params={"ref": commitment.ref},
                warning=True,
                entity="commitment",
                record=commitment.id,
            )


def somebody_attended(facts: Facts, _actor: Actor, _values: Values) -> Iterator[Missing]:
    """At least one participation is marked as attended."""
    if not any(row.fields.get("attendance") == "attended" for row in facts.parts("participation")):
        yield Missing(
            "nobody-attended",
            N_("Nobody is marked as present: record who attended."),
            field="participation",
        )


def missions_settled(facts: Facts, _actor: Actor, _values: Values) -> Iterator[Missing]:
    """Linked missions are cancelled, reassigned, or already over."""
    for mission in facts.related("mission", "exchange"):
        if mission.state not in _OVER:
            yield Missing(
                "mission-still-linked",
                N_("The mission {ref} serves this exchange: cancel it or link it elsewhere."),
                params={"ref": mission.ref},
                entity="mission",
                record=mission.id,
            )


EXCHANGE = Lifecycle(
    "exchange",
    Transition("propose", N_("Propose an exchange"), (), "idea", W),
    (
        Transition(
            "plan",
            N_("Plan"),
            ("idea",),
            "planned",
            W,
            conditions=(ordered("starts_on", "ends_on"), step_follows, transfer_has_object),
            effect=_skip_explained,
        ),
        Transition(
            "confirm",
            N_("Confirm"),
            ("planned", "postponed"),
            "confirmed",
            F,
            conditions=(
                full_dates("starts_on", "ends_on"),
                ordered("starts_on", "ends_on"),
                told("partner_offices"),
                step_follows,
                transfer_has_object,
            ),
            effect=_skip_explained,
        ),
        Transition(
            "open",
            N_("Open"),
            ("confirmed",),
            "ongoing",
            W,
            conditions=(reached("starts_on"),),
        ),
        Transition(
            "hold",
            N_("Record as held"),
            ("confirmed", "ongoing"),
            "held",
            W,
            conditions=(somebody_attended,),
        ),
        Transition(
            "report",
            N_("Record the signed report"),
            ("held",),
            "reported",
            F,
            conditions=(signed_report("exchange_report"), followed_up),
            through="exchange_report",
        ),
        Transition(
            "close",
            N_("Close"),
            ("reported",),
            "closed",
            H,
            inputs=("costs_settled_on",),
            conditions=(follow_ups_settled, thread_settled),
        ),
        Transition(
            "postpone",
            N_("Postpone"),
            ("planned", "confirmed"),
            "postponed",
            F,
            reason=True,
            primary=False,
        ),
        Transition("reopen", N_("Reopen"), ("closed",), "reported", H, reason=True, primary=False),
        Transition(
            "cancel",
            N_("Cancel the exchange"),
            ("idea", "planned", "confirmed", "postponed"),
            "cancelled",
            H,
            reason=True,
            primary=False,
            conditions=(missions_settled,),
        ),
    ),
)
