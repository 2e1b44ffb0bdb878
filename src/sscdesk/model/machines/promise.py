"""The state machines of agreements, action plans and commitments."""

from sscdesk.model.lifecycle import Lifecycle, Transition
from sscdesk.model.machines.conditions import F, H, W, dated, ordered, proved
from sscdesk.model.text import N_

_SIDES = ("owed_by", "owed_to")

COMMITMENT = Lifecycle(
    "commitment",
    Transition("propose", N_("Propose a commitment"), (), "proposed", W),
    (
        Transition(
            "agree",
            N_("Agree"),
            ("proposed",),
            "agreed",
            H,
            offices="party",
            both=_SIDES,
        ),
        Transition("start", N_("Start the work"), ("agreed",), "in_progress", W, offices="owed_by"),
        Transition(
            "fulfil",
            N_("Declare fulfilled"),
            ("in_progress",),
            "fulfilled",
            H,
            offices="owed_by",
            inputs=("evidence",),
            conditions=(proved,),
        ),
        Transition(
            "verify",
            N_("Verify"),
            ("fulfilled",),
            "verified",
            H,
            offices="owed_to",
            four_eyes=("fulfil",),
        ),
        Transition(
            "contest",
            N_("Contest"),
            ("fulfilled",),
            "in_progress",
            H | F,
            offices="owed_to",
            reason=True,
            primary=False,
        ),
        Transition(
            "suspend",
            N_("Suspend"),
            ("agreed", "in_progress"),
            "suspended",
            H,
            offices="party",
            reason=True,
            primary=False,
        ),
        Transition(
            "resume",
            N_("Resume"),
            ("suspended",),
            "in_progress",
            H,
            offices="party",
            reason=True,
        ),
        Transition(
            "drop",
            N_("Drop by agreement"),
            ("proposed", "agreed", "in_progress", "fulfilled", "suspended"),
            "dropped",
            H,
            offices="party",
            both=_SIDES,
            reason=True,
            primary=False,
        ),
    ),
)

ACTION_PLAN = Lifecycle(
    "action_plan",
    Transition("propose", N_("Propose an action plan"), (), "draft", W),
    (
        Transition(
            "adopt",
            N_("Adopt"),
            ("draft", "under_revision"),
            "adopted",
            H,
            offices="party",
            both=("offices",),
            inputs=("adopted_on",),
            conditions=(ordered("period_from", "period_until"),),
            effect=dated("adopted_on"),
        ),
        Transition(
            "revise",
            N_("Put under revision"),
            ("adopted",),
            "under_revision",
            F | H,
            offices="party",
            reason=True,
            primary=False,
        ),
        Transition(
            "close",
            N_("Close the plan"),
            ("adopted", "under_revision"),
            "closed",
            H,
            offices="party",
            both=("offices",),
            primary=False,
        ),
    ),
)

AGREEMENT = Lifecycle(
    "agreement",
    Transition("draft", N_("Draft an agreement"), (), "draft", W),
    (
        Transition(
            "sign",
            N_("Record the signature"),
            ("draft",),
            "signed",
            H,
            offices="party",
            inputs=("signed_on",),
        ),
        Transition(
            "enter_into_force",
            N_("Record the entry into force"),
            ("signed",),
            "in_force",
            F | H,
            offices="party",
            inputs=("in_force_from",),
            conditions=(ordered("in_force_from", "valid_until"),),
            effect=dated("in_force_from"),
        ),
        Transition(
            "expire",
            N_("Record the expiry"),
            ("in_force",),
            "expired",
            F | H,
            offices="party",
            primary=False,
        ),
        Transition(
            "terminate",
            N_("Record the termination"),
            ("in_force",),
            "terminated",
            H,
            offices="party",
            reason=True,
            primary=False,
        ),
    ),
)
