"""The state machine of missions."""

from collections.abc import Iterator
from datetime import date

from sscdesk.model.lifecycle import Actor, Facts, Lifecycle, Missing, Transition
from sscdesk.model.machines.conditions import (
    F,
    H,
    Values,
    W,
    followed_up,
    full_dates,
    has_part,
    is_full,
    not_in_future,
    ordered,
    reached,
    signed_report,
    text_of,
)
from sscdesk.model.machines.itinerary import itinerary_holds, nobody_elsewhere
from sscdesk.model.reporting import SIGNED_STATES
from sscdesk.model.text import N_
from sscdesk.model.values import Money, Value

PASSPORT_MONTHS = 6
"""How long a passport should outlast the return (domain.md, section 5: a warning)."""


def budget_available(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """The budget lines stay within the budget, where one is set in their currency."""
    budget = values.get("budget")
    if not facts.parts("budget_line"):
        yield Missing("no-budget-line", N_("No budget line is recorded."), field="budget_line")
    if isinstance(budget, Money):
        total = sum(
            amount.minor
            for row in facts.parts("budget_line")
            if isinstance(amount := row.fields.get("amount"), Money)
            and amount.currency == budget.currency
        )
        if total > budget.minor:
            yield Missing(
                "budget-exceeded",
                N_("The budget lines come to {total}, the budget is {budget}."),
                field="budget",
                params={"total": str(Money(total, budget.currency)), "budget": str(budget)},
            )


def passports_valid(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """Warns where a passport ends within six months of the return."""
    wanted = _months_after(text_of(values, "returns_on"), PASSPORT_MONTHS)
    for row in facts.parts("traveller"):
        officer = facts.record(str(row.fields.get("person")))
        if officer is None or officer.entity != "officer" or not wanted:
            continue
        expiry = text_of(officer.fields, "passport_expiry")
        if expiry < wanted[: len(expiry)] or not expiry:
            yield Missing(
                "passport-short",
                N_("The passport of a traveller is not known to be valid until {date}."),
                field="person",
                part_id=row.id,
                params={"date": wanted},
                warning=True,
            )


def _months_after(day: str, months: int) -> str:
    if not is_full(day):
        return ""
    start = date.fromisoformat(day)
    month = start.month - 1 + months
    return date(start.year + month // 12, month % 12 + 1, min(start.day, 28)).isoformat()


def order_signed(facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """The mission order, in its newest amendment, is signed."""
    if _signed_order(facts, values) is None:
        yield Missing(
            "order-not-signed",
            N_("The mission order is not signed yet: build it, submit it, have it signed."),
            entity="report",
            record=next(
                (
                    report.id
                    for report in facts.related("report", "subject")
                    if report.fields.get("kind") == "mission_order"
                    and report.state not in (*SIGNED_STATES, "superseded")
                ),
                "",
            ),
        )


def _signed_order(facts: Facts, values: Values) -> Facts | None:
    wanted = values.get("order_amendment") or 0
    for report in facts.related("report", "subject"):
        revision = report.fields.get("revision") or 0
        is_order = report.fields.get("kind") == "mission_order"
        if is_order and report.state in SIGNED_STATES and revision >= wanted:  # type: ignore[operator]
            return report
    return None


def _order_numbered(facts: Facts, _actor: Actor, _note: str) -> Values:
    """The order's number is the report's, unless the office gave its own."""
    order = _signed_order(facts, facts.fields)
    if facts.fields.get("order_number") or order is None:
        return {}
    return {"order_number": text_of(order.fields, "number") or order.ref}


def _amended(facts: Facts, _actor: Actor, _note: str) -> Values:
    count = facts.fields.get("order_amendment")
    return {"order_amendment": (count if isinstance(count, int) else 0) + 1}


def _as_planned(facts: Facts, _actor: Actor, _note: str) -> Values:
    """The actual dates are those planned, where the officer says nothing else."""
    planned: dict[str, Value] = {
        "departed_on": facts.fields.get("departs_on"),
        "returned_on": facts.fields.get("returns_on"),
    }
    return {name: value for name, value in planned.items() if not facts.fields.get(name)}


def expenses_decided(facts: Facts, _actor: Actor, _values: Values) -> Iterator[Missing]:
    """Each expense is accepted or rejected."""
    for expense in facts.related("expense", "mission"):
        if expense.state == "claimed":
            yield Missing(
                "expense-undecided",
                N_("The expense {ref} is neither accepted nor rejected."),
                params={"ref": expense.ref},
                entity="expense",
                record=expense.id,
            )


def advance_balanced(_facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """What the advance leaves was paid or refunded."""
    if _has_advance(values) and not text_of(values, "balance_settled_on"):
        yield Missing(
            "advance-not-balanced",
            N_("Say when the balance of the advance was paid or refunded."),
            field="balance_settled_on",
        )


def advance_refunded(_facts: Facts, _actor: Actor, values: Values) -> Iterator[Missing]:
    """An advance that was paid came back."""
    paid = _has_advance(values) and text_of(values, "advance_paid_on")
    if paid and not text_of(values, "advance_refunded_on"):
        yield Missing(
            "advance-not-refunded",
            N_("Say when the advance was refunded."),
            field="advance_refunded_on",
        )


def _has_advance(values: Values) -> bool:
    advance = values.get("advance")
    return isinstance(advance, Money) and advance.minor != 0


MISSION = Lifecycle(
    "mission",
    Transition("prepare", N_("Prepare a mission"), (), "draft", W),
    (
        Transition(
            "submit",
            N_("Submit for approval"),
            ("draft",),
            "submitted",
            W,
            conditions=(
                has_part("traveller", N_("No traveller is named.")),
                has_part("leg", N_("The itinerary has no leg.")),
                has_part("budget_line", N_("No budget line is recorded.")),
                full_dates("departs_on", "returns_on"),
                ordered("departs_on", "returns_on"),
                itinerary_holds,
                nobody_elsewhere,
            ),
        ),
        Transition(
            "return",
            N_("Return to the author"),
            ("submitted",),
            "draft",
            F | H,
            reason=True,
            primary=False,
        ),
        Transition(
            "approve",
            N_("Approve"),
            ("submitted",),
            "approved",
            F,
            four_eyes=("create", "submit"),
            conditions=(budget_available, passports_valid),
        ),
        Transition(
            "authorise",
            N_("Authorise"),
            ("approved",),
            "authorised",
            H,
            four_eyes=("create", "submit"),
            traveller_may="approve",
            conditions=(order_signed,),
            effect=_order_numbered,
            through="mission_order",
        ),
        Transition(
            "depart",
            N_("Depart"),
            ("authorised",),
            "under_way",
            W,
            conditions=(reached("departs_on"),),
        ),
        Transition(
            "amend",
            N_("Amend the order"),
            ("authorised", "under_way"),
            "submitted",
            W,
            reason=True,
            primary=False,
            effect=_amended,
        ),
        Transition(
            "come_back",
            N_("Record the return"),
            ("under_way",),
            "returned",
            W,
            inputs=("departed_on", "returned_on"),
            conditions=(
                full_dates("departed_on", "returned_on"),
                ordered("departed_on", "returned_on"),
                not_in_future("returned_on"),
            ),
            effect=_as_planned,
        ),
        Transition(
            "report",
            N_("Record the signed report"),
            ("returned",),
            "reported",
            F,
            conditions=(signed_report("mission_report"),),
            through="mission_report",
        ),
        Transition(
            "settle",
            N_("Settle the accounts"),
            ("reported",),
            "settled",
            F,
            inputs=("balance_settled_on",),
            conditions=(expenses_decided, advance_balanced),
        ),
        Transition(
            "close",
            N_("Close"),
            ("settled",),
            "closed",
            H,
            conditions=(followed_up,),
        ),
        Transition(
            "cancel",
            N_("Cancel the mission"),
            ("draft", "submitted", "approved", "authorised"),
            "cancelled",
            H,
            reason=True,
            primary=False,
            inputs=("advance_refunded_on",),
            conditions=(advance_refunded,),
        ),
    ),
)
