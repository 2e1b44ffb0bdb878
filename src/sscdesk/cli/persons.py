"""Calls for the rights of persons: to know what is kept, to be erased."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from sscdesk.application import erasing, personal_data
from sscdesk.cli.call import Calls, Context, arg
from sscdesk.cli.shapes import plain
from sscdesk.model.text import N_

calls = Calls()
_PERSON = arg("ref", metavar="PERSON_REF")


@calls.add(
    "personal-data",
    N_("Write all that is kept about a person: a PDF, or JSON by that ending."),
    "sscdesk personal-data MA-PER-2026-0003 -o awa.pdf",
    _PERSON,
    arg("-o", "--output", metavar="FILE", type=Path, required=True),
)
def tell(context: Context, args: Namespace) -> Any:
    """Tell what is kept about a person."""
    return plain(personal_data.save(context.desk, args.ref, args.output))


@calls.add(
    "erase",
    N_("Erase a person at their request, from history too; for the head of office."),
    'sscdesk erase MA-PER-2026-0003 --reason "letter of 3 March 2026"',
    _PERSON,
    arg("--reason", metavar="TEXT", required=True),
)
def erase(context: Context, args: Namespace) -> Any:
    """Erase a person."""
    return plain(erasing.erase(context.desk, args.ref, args.reason))
