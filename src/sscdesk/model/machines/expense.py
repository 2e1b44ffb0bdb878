"""The state machine of expenses."""

from collections.abc import Iterator

from sscdesk.model.lifecycle import Actor, Facts, Lifecycle, Missing, Transition
from sscdesk.model.machines.conditions import F, Values, W, text_of
from sscdesk.model.text import N_


def not_own_expense(facts: Facts, actor: Actor, values: Values) -> Iterator[Missing]:
    """Nobody decides on what they spent themselves (four eyes)."""
    traveller = text_of(values, "traveller")
    officer = facts.record(actor.officer)
    same = officer.fields.get("person") if officer is not None else None
    if traveller and traveller in (actor.officer, same):
        yield Missing(
            "four-eyes",
            N_("Nobody decides on an expense of their own."),
            field="traveller",
        )


def _reason_kept(_facts: Facts, _actor: Actor, note: str) -> Values:
    return {"decision_reason": note or None}


EXPENSE = Lifecycle(
    "expense",
    Transition("claim", N_("Claim an expense"), (), "claimed", W),
    (
        Transition(
            "accept",
            N_("Accept"),
            ("claimed", "rejected"),
            "accepted",
            F,
            four_eyes=("create",),
            conditions=(not_own_expense,),
            effect=_reason_kept,
        ),
        Transition(
            "reject",
            N_("Reject"),
            ("claimed",),
            "rejected",
            F,
            four_eyes=("create",),
            reason=True,
            primary=False,
            conditions=(not_own_expense,),
            effect=_reason_kept,
        ),
    ),
)
