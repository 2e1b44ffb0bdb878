"""Calls for what is worked out about a record: its promises, its thread, its accounts."""

from argparse import Namespace
from datetime import datetime
from typing import Any

from sscdesk.cli.call import Calls, Context, arg
from sscdesk.cli.shapes import plain
from sscdesk.model.refusal import NotFound
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


@calls.add(
    "accounts",
    N_("Show the accounts of a mission, with the daily allowances proposed for it."),
    "sscdesk accounts MA-MIS-2026-0007 --lodged",
    _REF,
    arg("--lodged", action="store_true", help="the host pays the lodging"),
    arg("--convert", action="store_true", help="convert expenses with the recorded rates first"),
    arg("--budget", action="store_true", help="put the daily allowances into the budget first"),
)
def accounts(context: Context, args: Namespace) -> Any:
    """Show budget, advance, expenses with their rates, and the balance."""
    from sscdesk.application import accounts as money
    from sscdesk.application import per_diem

    if args.convert:
        money.convert_expenses(context.desk, args.ref)
    if args.budget:
        per_diem.put_into_budget(context.desk, args.ref, lodged=args.lodged)
    found = money.accounts(context.desk, args.ref)
    proposal = per_diem.propose(context.desk, args.ref, lodged=args.lodged)
    return {**plain(found), "due": found.balance.due, "allowances": plain(proposal)}


@calls.add(
    "reminders",
    N_("List what became due since you last opened the desk, or since a day."),
    "sscdesk reminders --since 2026-03-01",
    arg("--since", metavar="DATE", default=""),
)
def reminders(context: Context, args: Namespace) -> Any:
    """List what became due, without taking it for seen."""
    from sscdesk.application import reminders as remembered

    before = _start_of(args.since) if args.since else remembered.last_start(context.desk)
    found = remembered.since(context.desk, before)
    return {"since": found.since or None, "items": [plain(line) for line in found.lines]}


def _start_of(text: str) -> str:
    try:
        return datetime.fromisoformat(text).astimezone().isoformat()
    except ValueError as error:
        raise NotFound(
            "not-a-date",
            N_("“{text}” is not a date."),
            hint=N_("Write for example 2026-03-01."),
            params={"text": text[:40]},
        ) from error
