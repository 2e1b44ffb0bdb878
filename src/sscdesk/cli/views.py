"""Calls for what is worked out about a record: its promises, its thread."""

from argparse import Namespace
from typing import Any

from sscdesk.cli.call import Calls, Context, arg
from sscdesk.cli.shapes import plain
from sscdesk.model.text import N_

calls = Calls()
_REF = arg("ref", metavar="REF")


@calls.add(
    "promises",
    N_("Show both columns of commitments of an agreement, a plan or a commitment."),
    "sscdesk promises MA-PLN-2026-0001",
    _REF,
)
def promises(context: Context, args: Namespace) -> Any:
    """Show what two offices owe each other."""
    from sscdesk.application.promises import ledger

    return plain(ledger(context.desk, args.ref))


@calls.add(
    "thread",
    N_("Show the thread of a practice, an exchange or a commitment over the four steps."),
    "sscdesk thread MA-PRA-2026-0001",
    _REF,
)
def thread(context: Context, args: Namespace) -> Any:
    """Show what each step holds and still wants."""
    from sscdesk.application import thread as threads

    return plain(threads.thread(context.desk, args.ref))
