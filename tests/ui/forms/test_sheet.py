"""Which step a record's header offers."""

import pytest

from sscdesk.application.views import ActionView
from sscdesk.model.lifecycle import Missing
from sscdesk.ui.forms.sheet import Sheet

WAITS = Missing("no-meeting", "Name who was met.")
NEVER = Missing("kind-not-countersigned", "Not of this kind.", final=True)


def act(name: str, *missing: Missing, primary: bool = True, reason: bool = False) -> ActionView:
    return ActionView(name, name, "there", not missing, primary, reason, (), missing, ())


@pytest.mark.parametrize(
    "actions,offered",
    [
        ([act("submit"), act("cancel", primary=False)], "submit"),
        ([act("sign", WAITS), act("archive", primary=False)], "sign"),
        ([act("sign", WAITS), act("return")], "return"),
        ([act("countersign", NEVER), act("archive", primary=False)], "archive"),
        (
            [
                act("countersign", NEVER, WAITS),
                act("contest", primary=False, reason=True),
                act("archive", primary=False),
            ],
            "archive",
        ),
        ([act("countersign", NEVER), act("revise", primary=False, reason=True)], None),
        ([], None),
    ],
)
def test_the_step_is_one_that_this_record_can_take(
    actions: list[ActionView], offered: str | None
) -> None:
    sheet = Sheet(None, tuple(actions), (), ())  # type: ignore[arg-type]

    step = sheet.next_step

    assert (step.action if step else None) == offered
