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
_OVER = ("closed", "cancelled", "reported", "settled", "returned")


def step_follows(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """Warns where the exchange that it continues lies more than one step behind."""
    before = facts.record(text_of(values, "continues"))
    step = text_of(values, "step")
    if before is None or text_of(values, "step_reason") or step not in STEPS:
        return
    earlier = text_of(before.fields, "step")
    if earlier in STEPS and STEPS.index(step) > STEPS.index(earlier) + 1:
        yield Missing(
            "step-skipped",
            N_("The exchange skips a step after “{step}”: say why, it is kept."),
            field="step_reason",
            params={"step": Coded("step", earlier)},
            warning=True,
        )


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
            N_("Report"),
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
