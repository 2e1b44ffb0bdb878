"""Calls for records that may be the same."""

from argparse import Namespace
from typing import Any

from sscdesk.application import duplicates, merging
from sscdesk.cli.call import Calls, Context, arg
from sscdesk.cli.records import kind_named
from sscdesk.cli.shapes import plain, record_json
from sscdesk.model.text import N_

calls = Calls()


@calls.add(
    "duplicates",
    N_("List records that may be the same."),
    "sscdesk duplicates person",
    arg("entity", metavar="ENTITY"),
    arg("--limit", type=int, default=100),
)
def list_duplicates(context: Context, args: Namespace) -> Any:
    """List possible duplicates."""
    kind = kind_named(args.entity)
    found = duplicates.duplicates(context.desk, kind.name, limit=args.limit)
    return {"items": [plain(one) for one in found]}


@calls.add(
    "merge",
    N_("Say that two records are one; the second gives way and is kept readable."),
    "sscdesk merge MA-PER-2026-0003 ML-PER-2026-0011",
    arg("keep", metavar="KEEP_REF"),
    arg("other", metavar="OTHER_REF"),
    arg("--no-fill", action="store_true", help="do not give the first what only the second has"),
)
def merge(context: Context, args: Namespace) -> Any:
    """Merge two records."""
    return record_json(merging.merge(context.desk, args.keep, args.other, fill=not args.no_fill))


@calls.add(
    "separate",
    N_("Part a merged record again from the one that stands for it."),
    "sscdesk separate ML-PER-2026-0011",
    arg("ref", metavar="REF"),
)
def separate(context: Context, args: Namespace) -> Any:
    """Take a merge back."""
    return record_json(merging.separate(context.desk, args.ref))


@calls.add(
    "not-duplicates",
    N_("Say that two records are not the same, so that they are no longer listed."),
    "sscdesk not-duplicates MA-PER-2026-0003 ML-PER-2026-0011",
    arg("one", metavar="REF"),
    arg("other", metavar="REF"),
)
def not_duplicates(context: Context, args: Namespace) -> Any:
    """Keep two records apart."""
    duplicates.keep_apart(context.desk, args.one, args.other)
    return {"kept_apart": [args.one, args.other]}
