"""The state machine of practices."""

from sscdesk.model.lifecycle import Lifecycle, Transition
from sscdesk.model.machines.conditions import F, H, W
from sscdesk.model.text import N_

PRACTICE = Lifecycle(
    "practice",
    Transition("describe", N_("Describe a practice"), (), "draft", W),
    (
        Transition(
            "validate",
            N_("Validate"),
            ("draft",),
            "validated",
            F,
            offices="keeper",
            inputs=("agreed_on",),
        ),
        Transition("publish", N_("Publish"), ("validated",), "published", H, offices="keeper"),
        Transition(
            "archive",
            N_("Archive"),
            ("published",),
            "archived",
            F,
            offices="keeper",
            primary=False,
        ),
        Transition(
            "revise",
            N_("Revise"),
            ("validated", "published", "archived"),
            "draft",
            W,
            offices="keeper",
            reason=True,
            primary=False,
        ),
    ),
)
