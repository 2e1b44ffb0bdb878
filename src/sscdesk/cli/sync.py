"""Calls for cards and for the exchange of files with partner offices."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from sscdesk.application import synchronise
from sscdesk.application.arrivals import Arrived, arrived
from sscdesk.application.records import view
from sscdesk.application.typed import habits_of, value_of
from sscdesk.application.views import ConflictView
from sscdesk.cli.call import Calls, Context, arg
from sscdesk.cli.shapes import conflict_json, plain
from sscdesk.model.base import record_kinds
from sscdesk.model.field import fields_of
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.model.values import Value

calls = Calls()
_FILE = arg("file", metavar="FILE", type=Path)
_FILES = arg("files", metavar="FILE", nargs="+", type=Path)
_UNITS = {"": 1, "B": 1, "KB": 1_000, "MB": 1_000_000, "KIB": 1 << 10, "MIB": 1 << 20}


def _size(text: str) -> int:
    digits = text.upper().rstrip("BKMI ")
    unit = text.upper()[len(digits) :].strip()
    if not digits.isdecimal() or unit not in _UNITS:
        raise NotFound(
            "not-a-size",
            N_("“{text}” is not a size."),
            hint=N_("Write for example 8MB."),
            params={"text": text[:20]},
        )
    return int(digits) * _UNITS[unit]


@calls.add(
    "card export",
    N_("Write this office's card to a file."),
    "sscdesk card export ma.ssccard",
    _FILE,
)
def card_export(context: Context, args: Namespace) -> Any:
    """Write the card."""
    return plain(synchronise.export_card(context.desk, args.file))


@calls.add("card show", N_("Show this office's card with its eight words."), "sscdesk card show")
def card_show(context: Context, args: Namespace) -> Any:
    """Show the card."""
    return plain(synchronise.own_card(context.desk))


@calls.add(
    "card trust",
    N_("Accept an office's card whose eight words were compared by telephone."),
    'sscdesk card trust ml.ssccard --fingerprint "eight words"',
    _FILE,
    arg("--fingerprint", metavar="WORDS", required=True),
)
def card_trust(context: Context, args: Namespace) -> Any:
    """Accept a card."""
    return plain(synchronise.trust_card(context.desk, args.file, args.fingerprint))


@calls.add("card list", N_("List the offices known, verified or not."), "sscdesk card list")
def card_list(context: Context, args: Namespace) -> Any:
    """List the cards."""
    return {"items": [plain(one) for one in synchronise.cards(context.desk)]}


@calls.add(
    "card revoke",
    N_("Report a laptop of this office as lost."),
    "sscdesk card revoke 3f2a91",
    arg("laptop", metavar="LAPTOP"),
)
def card_revoke(context: Context, args: Namespace) -> Any:
    """Revoke a laptop."""
    synchronise.revoke(context.desk, args.laptop)
    return plain(synchronise.own_card(context.desk))


@calls.add(
    "sync status",
    N_("Tell per partner what waits to go, what it holds, what of it is missing."),
    "sscdesk sync status",
)
def sync_status(context: Context, args: Namespace) -> Any:
    """Tell how this office stands with its partners."""
    found = synchronise.status(context.desk)
    return {
        "partners": [
            {
                "office": one.office,
                "known": one.known,
                "verified": one.verified,
                "personal": one.personal,
                "to_send": one.to_send.commits,
                "records": one.to_send.records,
                "attachments": one.to_send.attachments,
                "bytes": one.to_send.size,
                "acknowledged": one.acknowledged,
                "acknowledged_at": one.acknowledged_at,
                "missing": [plain(gap) for gap in one.missing],
                "last_sent": plain(one.last_sent),
                "last_received": plain(one.last_received),
            }
            for one in found.partners
        ],
        "conflicts": found.conflicts,
        "suggestions": found.suggestions,
        "parked": found.parked,
        "own_laptops": None if found.own is None else {"to_send": found.own.commits},
    }


@calls.add(
    "sync export",
    N_("Write one file for partner offices."),
    "sscdesk sync export --to ML -o bamako.sscsync",
    arg("--to", metavar="OFFICE[,OFFICE]", required=True),
    arg("-o", "--output", metavar="FILE", type=Path, required=True),
    arg("--part-size", metavar="SIZE", default=None, help="cut into parts, e.g. 8MB"),
)
def sync_export(context: Context, args: Namespace) -> Any:
    """Write a file for partners."""
    size = _size(args.part_size) if args.part_size else None
    offices = args.to.split(",")
    return plain(synchronise.export(context.desk, offices, args.output, size))


def _reports_json(reports: Any) -> Any:
    """One file answers as itself; several as sums with each file beside."""
    found = [
        {**plain(one), "collisions": [conflict_json(c) for c in one.collisions]} for one in reports
    ]
    if len(found) == 1:
        return found[0]
    sums = ("applied", "known", "parked", "held", "refused", "suggestions", "conflicts", "deleted")
    return {**{name: sum(one[name] for one in found) for name in sums}, "files": found}


_NOTHING = {
    "applied": 0,
    "known": 0,
    "parked": 0,
    "held": 0,
    "refused": 0,
    "suggestions": 0,
    "conflicts": 0,
    "deleted": 0,
}


def _are_receipts(files: list[Path]) -> bool:
    """Whether files are receipts: they bring no record, so there is nothing to rehearse."""
    return all(arrived([one]) is Arrived.RECEIPT for one in files)


@calls.add(
    "sync request",
    N_("Write a file that asks the other offices for what is missing here."),
    "sscdesk sync request request.sscreceipt",
    _FILE,
    arg("--to", metavar="OFFICE[,OFFICE]", default=""),
)
def sync_request(context: Context, args: Namespace) -> Any:
    """Write a request."""
    offices = [one for one in args.to.split(",") if one]
    return plain(synchronise.request(context.desk, args.file, offices))


@calls.add(
    "sync code",
    N_("Print the four words that confirm by telephone that a file was received."),
    "sscdesk sync code",
    arg("bundle", metavar="FILE_ID", nargs="?", default=""),
)
def sync_code(context: Context, args: Namespace) -> Any:
    """Print the code of a file received."""
    return plain(synchronise.receipt_code(context.desk, args.bundle))


@calls.add(
    "sync confirm",
    N_("Note that an office holds a file, by the four words that it read out."),
    'sscdesk sync confirm ML "four words"',
    arg("office", metavar="OFFICE"),
    arg("words", metavar="WORDS", nargs="+"),
)
def sync_confirm(context: Context, args: Namespace) -> Any:
    """Confirm a file sent."""
    heard = " ".join(args.words)
    return plain(synchronise.confirm_code(context.desk, args.office, heard))


@calls.add(
    "sync inspect",
    N_("Tell what is in files and what accepting them would do; changes nothing."),
    "sscdesk sync inspect rabat.sscsync",
    _FILES,
)
def sync_inspect(context: Context, args: Namespace) -> Any:
    """Rehearse accepting files."""
    if _are_receipts(args.files):
        return {**_NOTHING, "receipts": [{"file": str(one)} for one in args.files]}
    return _reports_json(synchronise.inspect(context.desk, args.files))


@calls.add(
    "sync import",
    N_("Accept files of partner offices, each whole or not at all."),
    "sscdesk sync import rabat.sscsync",
    _FILES,
    arg("--deletions-read", action="store_true", help="the list of deletions was read"),
)
def sync_import(context: Context, args: Namespace) -> Any:
    """Accept files."""
    if _are_receipts(args.files):
        found = [plain(synchronise.accept_receipt(context.desk, one)) for one in args.files]
        return {**_NOTHING, "receipts": found}
    return _reports_json(
        synchronise.accept(context.desk, args.files, deletions_read=args.deletions_read)
    )


@calls.add("sync conflicts", N_("List what is to reconcile."), "sscdesk sync conflicts")
def sync_conflicts(context: Context, args: Namespace) -> Any:
    """List the conflicts."""
    return {"items": [conflict_json(one) for one in synchronise.conflicts(context.desk)]}


@calls.add(
    "sync resolve",
    N_("Settle a field that two offices wrote."),
    "sscdesk sync resolve MA-MIS-2026-0007 purpose_fr --keep ML",
    arg("ref", metavar="REF"),
    arg("field", metavar="FIELD"),
    arg("--keep", metavar="OFFICE"),
    arg("--value", metavar="TEXT"),
)
def sync_resolve(context: Context, args: Namespace) -> Any:
    """Settle a conflict."""
    if (args.keep is None) == (args.value is None):
        raise NotFound(
            "keep-or-value",
            N_("Say either which office's value to keep, or the new value."),
            hint=N_("Use --keep OFFICE or --value TEXT."),
        )
    value = _typed(context, args) if args.value is not None else None
    synchronise.resolve_conflict(context.desk, args.ref, args.field, keep=args.keep, value=value)
    left = synchronise.conflicts(context.desk)
    return {"resolved": args.field, "conflicts": len(left)}


def _typed(context: Context, args: Namespace) -> Value:
    """Read the new value by the declaration of the field in conflict."""
    found = _conflict(context, args)
    kind = record_kinds()[found.entity]
    mapped = kind.parts[found.part] if found.part else kind.mapped
    field = fields_of(mapped).get(found.field)
    if field is None:
        return str(args.value)
    with context.desk.read() as connection:
        return value_of(connection, field, args.value, habits_of(context.desk, connection))


def _conflict(context: Context, args: Namespace) -> ConflictView:
    for one in synchronise.conflicts(context.desk):
        if one.field == args.field and args.ref in (one.row, one.ref, one.record):
            return one
    raise NotFound(
        "no-conflict",
        N_("There is nothing to reconcile in “{field}” of this record."),
        field=args.field,
        params={"field": args.field},
    )


@calls.add("sync suggestions", N_("List what other offices suggest."), "sscdesk sync suggestions")
def sync_suggestions(context: Context, args: Namespace) -> Any:
    """List the suggestions."""
    return {"items": [plain(one) for one in synchronise.suggestions(context.desk)]}


@calls.add(
    "sync suggest",
    N_("Suggest a value for a field that is another office's."),
    "sscdesk sync suggest ML-ORG-2026-0002 city Kayes",
    arg("ref", metavar="REF"),
    arg("field", metavar="FIELD"),
    arg("value", metavar="TEXT"),
)
def sync_suggest(context: Context, args: Namespace) -> Any:
    """Suggest a change."""
    kind = record_kinds()[view(context.desk, args.ref).entity]
    field = kind.fields.get(args.field)
    if field is None:
        raise NotFound(
            "no-such-field",
            N_("There is no field called “{field}”."),
            field=args.field,
            params={"field": args.field},
        )
    with context.desk.read() as connection:
        value = value_of(connection, field, args.value, habits_of(context.desk, connection))
    synchronise.suggest(context.desk, args.ref, args.field, value)
    return {"suggested": args.field}


@calls.add(
    "sync accept",
    N_("Take over what another office suggests."),
    "sscdesk sync accept MA-ORG-2026-0002 city",
    arg("ref", metavar="REF"),
    arg("field", metavar="FIELD"),
)
def sync_accept(context: Context, args: Namespace) -> Any:
    """Accept a suggestion."""
    number = synchronise.find_suggestion(context.desk, args.ref, args.field)
    synchronise.accept_suggestion(context.desk, number)
    return {"accepted": args.field}


@calls.add(
    "sync decline",
    N_("Leave the record as it is; the other office learns of it."),
    "sscdesk sync decline MA-ORG-2026-0002 city",
    arg("ref", metavar="REF"),
    arg("field", metavar="FIELD"),
)
def sync_decline(context: Context, args: Namespace) -> Any:
    """Decline a suggestion."""
    number = synchronise.find_suggestion(context.desk, args.ref, args.field)
    synchronise.decline_suggestion(context.desk, number)
    return {"declined": args.field}


@calls.add(
    "sync register", N_("List the files exchanged, the newest first."), "sscdesk sync register"
)
def sync_register(context: Context, args: Namespace) -> Any:
    """List the files exchanged."""
    return {"items": [plain(one) for one in synchronise.register(context.desk)]}


@calls.add(
    "sync digest",
    N_("Print the SHA-256 of the shared records, to compare by telephone."),
    "sscdesk sync digest",
)
def sync_digest(context: Context, args: Namespace) -> Any:
    """Print the digest."""
    return {
        "digest": synchronise.digest(context.desk),
        "personal_digest": synchronise.digest(context.desk, personal=True),
    }
