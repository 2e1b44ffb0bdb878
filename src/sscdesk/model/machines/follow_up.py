"""The state machine of follow-ups."""

from sscdesk.model.lifecycle import Lifecycle, Transition
from sscdesk.model.machines.conditions import F, W, dated, not_in_future
from sscdesk.model.text import N_

FOLLOW_UP = Lifecycle(
    "follow_up",
    Transition("propose", N_("Open a follow-up"), (), "open", W),
    (
        Transition(
            "start", N_("Start the work"), ("open",), "in_progress", W, offices="responsible"
        ),
        Transition(
            "finish",
            N_("Mark as done"),
            ("open", "in_progress"),
            "done",
            W,
            offices="responsible",
            inputs=("done_on",),
            conditions=(not_in_future("done_on"),),
            effect=dated("done_on"),
        ),
        Transition("verify", N_("Verify"), ("done",), "verified", F, four_eyes=("finish",)),
        Transition(
            "contest", N_("Contest"), ("done",), "in_progress", F, reason=True, primary=False
        ),
        Transition(
            "cancel",
            N_("Cancel the follow-up"),
            ("open", "in_progress"),
            "cancelled",
            F,
            reason=True,
            primary=False,
        ),
    ),
)
