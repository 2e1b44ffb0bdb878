"""Calls for reports: building, the signature book, saving, verifying."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from sscdesk.application import reports
from sscdesk.cli.call import Calls, Context, arg
from sscdesk.cli.shapes import plain, record_json
from sscdesk.i18n import current_language, gettext
from sscdesk.model.text import N_

calls = Calls()
_REF = arg("ref", metavar="REPORT_REF")
_NOTE = arg("--note", default="", metavar="TEXT")
_FILE = arg("file", metavar="FILE.pdf", type=Path)


@calls.add("report kinds", N_("List the kinds of reports."), "sscdesk report kinds")
def kinds(context: Context, args: Namespace) -> Any:
    """List the kinds."""
    return {"items": [{**plain(one), "label": gettext(one.label)} for one in reports.kinds()]}


@calls.add(
    "report build",
    N_("Begin a report about a record and write its draft."),
    "sscdesk report build mission_report MA-MIS-2026-0007 -o report.pdf",
    arg("kind", metavar="KIND"),
    arg("ref", metavar="REF", nargs="?"),
    arg("--from", dest="begins", metavar="DATE", default=None),
    arg("--to", dest="ends", metavar="DATE", default=None),
    arg("--language", choices=("fr", "en", "ar"), default=None),
    arg("-o", "--output", metavar="FILE.pdf", type=Path, required=True),
)
def build(context: Context, args: Namespace) -> Any:
    """Build a report."""
    period = {"period_from": args.begins, "period_until": args.ends}
    values = {name: value for name, value in period.items() if value}
    language = args.language or current_language()
    made = reports.build(context.desk, args.kind, args.ref, language, values)
    reports.save(context.desk, made.id, args.output)
    return {**record_json(made), "file": str(args.output)}


@calls.add(
    "report briefing",
    N_("Write one page on a person, an organisation, a mission or a country."),
    "sscdesk report briefing ML -o mali.pdf",
    arg("ref", metavar="REF|COUNTRY"),
    arg("-o", "--output", metavar="FILE.pdf", type=Path, required=True),
)
def brief(context: Context, args: Namespace) -> Any:
    """Write a briefing sheet."""
    from sscdesk.application import briefing

    briefing.save(context.desk, args.ref, args.output, current_language())
    return {"about": args.ref, "file": str(args.output)}


@calls.add(
    "report submit",
    N_("Hand a report in for review."),
    "sscdesk report submit MA-RAP-2026-0001",
    _REF,
    _NOTE,
)
def submit(context: Context, args: Namespace) -> Any:
    """Submit a report."""
    return record_json(reports.submit(context.desk, args.ref, args.note))


@calls.add(
    "report review",
    N_("Endorse a report that somebody else wrote."),
    "sscdesk report review MA-RAP-2026-0001",
    _REF,
    _NOTE,
)
def review(context: Context, args: Namespace) -> Any:
    """Review a report."""
    return record_json(reports.review(context.desk, args.ref, args.note))


@calls.add(
    "report return",
    N_("Return a report to its author with a note."),
    "sscdesk report return MA-RAP-2026-0001 --note 'add the meeting in Kayes'",
    _REF,
    _NOTE,
)
def return_(context: Context, args: Namespace) -> Any:
    """Return a report."""
    return record_json(reports.return_(context.desk, args.ref, args.note))


@calls.add(
    "report sign",
    N_("Sign a reviewed report for the office."),
    "sscdesk report sign MA-RAP-2026-0001",
    _REF,
    _NOTE,
)
def sign(context: Context, args: Namespace) -> Any:
    """Sign a report."""
    from sscdesk.cli.main import passphrase

    return record_json(reports.sign(context.desk, args.ref, passphrase(), args.note))


@calls.add(
    "report countersign",
    N_("Countersign a report of a partner office."),
    "sscdesk report countersign MA-RAP-2026-0001",
    _REF,
    _NOTE,
)
def countersign(context: Context, args: Namespace) -> Any:
    """Countersign a report."""
    from sscdesk.cli.main import passphrase

    return record_json(reports.countersign(context.desk, args.ref, passphrase(), args.note))


@calls.add(
    "report archive",
    N_("Put a signed report away."),
    "sscdesk report archive MA-RAP-2026-0001",
    _REF,
    _NOTE,
)
def archive(context: Context, args: Namespace) -> Any:
    """Archive a report."""
    return record_json(reports.archive(context.desk, args.ref, args.note))


@calls.add(
    "report contest",
    N_("Say why a signed report is not countersigned."),
    "sscdesk report contest MA-RAP-2026-0001 --note 'the third finding is not ours'",
    _REF,
    _NOTE,
)
def contest(context: Context, args: Namespace) -> Any:
    """Contest a report."""
    return record_json(reports.contest(context.desk, args.ref, args.note))


@calls.add(
    "report revise",
    N_("Begin the next revision of a signed report."),
    "sscdesk report revise MA-RAP-2026-0001 --note 'a meeting was missing'",
    _REF,
    _NOTE,
)
def revise(context: Context, args: Namespace) -> Any:
    """Revise a report."""
    return record_json(reports.revise(context.desk, args.ref, args.note))


@calls.add(
    "report save",
    N_("Write a report's PDF to a file."),
    "sscdesk report save MA-RAP-2026-0001 report.pdf",
    _REF,
    _FILE,
)
def save(context: Context, args: Namespace) -> Any:
    """Save a report."""
    return {**record_json(reports.save(context.desk, args.ref, args.file)), "file": str(args.file)}


@calls.add(
    "report verify",
    N_("Say who signed a PDF, when, and whether anything changed after."),
    "sscdesk report verify report.pdf",
    _FILE,
)
def verify(context: Context, args: Namespace) -> Any:
    """Verify a PDF; a signature that does not hold is exit 3."""
    told = reports.verify_in_words(context.desk, args.file)
    verdict = told.verdict
    found = {
        "valid": verdict.valid,
        "signatures": [
            {
                "officer": one.officer,
                "office": one.office,
                "function": one.function,
                "signed_at": one.signed_at.isoformat() if one.signed_at else None,
                "trusted": one.trusted,
                "intact": one.intact,
                "covers_whole_file": one.covers_whole_file,
                "changed_after": list(one.signed_after),
            }
            for one in verdict.signatures
        ],
        "reasons": [{"code": one.code, "message": one.sentence()} for one in verdict.reasons],
        "awaiting": list(verdict.awaiting),
        "summary": " ".join(told.sentences),
    }
    if not verdict.valid:
        raise NotValid(found)
    return found


class NotValid(Exception):
    """A signature does not hold: the answer is printed, the exit code is 3."""

    def __init__(self, answer: Any) -> None:
        super().__init__("not valid")
        self.answer = answer
