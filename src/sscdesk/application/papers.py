"""Papers from records: as they are now, as they were frozen, before they are even begun."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from sscdesk.application.beginning import check_period, second_offices
from sscdesk.application.reading import Row, require_row, resolve
from sscdesk.i18n import language
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.reporting import REPORT_KINDS, ReportKind
from sscdesk.model.text import N_
from sscdesk.model.values import Value

if TYPE_CHECKING:
    from sscdesk.application.workspace import Workspace
    from sscdesk.reports.layout import Paper

SHOWN_OF = {"mission": "mission_report", "exchange": "exchange_report"}
"""The paper that a record itself is shown as, by entity."""


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of report that this desk can build."""

    code: str
    label: str
    """Msgid."""
    subject: str | None
    languages: tuple[str, ...]
    signed: bool
    countersigned: bool
    audience: str
    optional: bool = False
    """Whether it may be about nobody in particular."""
    period: str = ""
    """``span`` where it covers a period, ``day`` where it is for one day."""


def kinds() -> tuple[KindView, ...]:
    """Return the kinds of reports that can be built."""
    from sscdesk.application.snapshots.kinds import FREEZERS
    from sscdesk.reports.registry import KINDS

    return tuple(
        _view(REPORT_KINDS[made.code], made)
        for made in KINDS.values()
        if made.code in REPORT_KINDS and made.code in FREEZERS
    )


def _view(declared: ReportKind, made: Any) -> KindView:
    return KindView(
        made.code,
        made.label,
        declared.subject,
        made.languages,
        made.signed,
        made.countersigned,
        str(made.audience),
        declared.optional,
        declared.period,
    )


def require_kind(code: str) -> ReportKind:
    """Return how a kind is declared. Raises ``NotFound`` ("unknown-report-kind")."""
    if code not in {one.code for one in kinds()}:
        raise NotFound(
            "unknown-report-kind",
            N_("There is no kind of report called “{kind}”."),
            hint=N_("The kinds are listed under Reports › New."),
            params={"kind": code[:40]},
        )
    return REPORT_KINDS[code]


# ---------------------------------------------------------------- what a paper is made from


def paper_of(
    w: "Workspace", connection: Connection, report: Row, language_code: str | None, *, draft: bool
) -> "Paper":
    """Return the paper of a report, in its language unless another is asked for."""
    from sscdesk.reports.registry import build

    code = language_code or str(report["language"])
    snapshot = snapshot_of(w, connection, report, code)
    return build(str(report["kind"]), snapshot, code, draft=draft)


def snapshot_of(
    w: "Workspace", connection: Connection, report: Row, language_code: str = ""
) -> Any:
    """Return what the paper is made from: frozen, or as the records are now."""
    from sscdesk.reports.registry import kind as kind_of
    from sscdesk.reports.snapshot import decoded

    made = kind_of(str(report["kind"]))
    if report["snapshot"]:
        return decoded(str(report["snapshot"]).encode(), made.snapshot)
    return _fresh(w, connection, report, made.code, language_code or str(report["language"]))


def _fresh(w: "Workspace", connection: Connection, report: Row, kind: str, code: str) -> Any:
    from sscdesk.application.snapshots.freezer import Freezer, readers_of
    from sscdesk.application.snapshots.kinds import FREEZERS

    readers = frozenset() if kind == "mission_finance" else readers_of(report)
    with language(code):
        freezer = Freezer(w, connection, readers)
        return FREEZERS[kind](freezer, with_sample(connection, report))


def with_sample(connection: Connection, report: Row) -> Row:
    """Mark papers about sample data, so that none is taken for a real one."""
    subject = REPORT_KINDS[str(report["kind"])].subject
    if subject is None or not report["subject"] or "sample" in report:
        return report
    row = require_row(connection, subject, str(report["subject"]))
    return {**report, "sample": "sample" in str(row.get("basis") or "")}


# ---------------------------------------------------------------- before a report is begun


def preview_new(
    w: "Workspace",
    kind: str,
    ref: str | None,
    language_code: str,
    values: Mapping[str, Value] | None = None,
) -> bytes:
    """Return the paper that a report would have if it were begun now, as a draft."""
    declared = require_kind(kind)
    with w.read() as connection:
        subject = subject_row(connection, declared, ref)
        check_period(declared, subject, values or {})
        report = {**_unborn(w, connection, declared, subject), "language": language_code}
        report.update({name: value for name, value in (values or {}).items() if value})
        return paper_of(w, connection, report, language_code, draft=True).pdf


def subject_row(connection: Connection, declared: ReportKind, ref: str | None) -> Row | None:
    """Return the record that a report is to be about, None where it needs none.

    Raises ``NotFound`` where there is no such record, ``Refused`` where none is wanted.
    """
    if declared.subject is None and ref:
        raise Refused(
            "about-no-record",
            N_("A report of this kind is about no record in particular."),
            hint=N_("Nothing was changed. Leave the record out; a period may be given."),
            field="subject",
        )
    if declared.subject is None or (declared.optional and not ref):
        return None
    entity, identifier = resolve(connection, ref or "", declared.subject)
    return require_row(connection, entity, identifier)


def unborn(w: "Workspace", connection: Connection, subject: Row, entity: str) -> Row:
    """Return a record's own report as it would be begun.

    Raises ``Refused`` ("nothing-to-report") for records that are shown as no paper.
    """
    kind = SHOWN_OF.get(entity)
    if kind is None:
        raise Refused(
            "nothing-to-report",
            N_("There is no report about records of this kind."),
            hint=N_("Choose a mission or an exchange."),
        )
    return _unborn(w, connection, REPORT_KINDS[kind], subject)


def _unborn(
    w: "Workspace", connection: Connection, declared: ReportKind, subject: Row | None
) -> Row:
    second = second_offices(w, connection, declared, subject)
    return {
        "id": "",
        "ref": "",
        "number": "",
        "revision": 0,
        "supersedes": None,
        "kind": declared.code,
        "subject": subject["id"] if subject else None,
        "period_from": None,
        "period_until": None,
        "language": "fr",
        "owner": w.office,
        "second_offices": "[" + ",".join(f'"{code}"' for code in second) + "]",
        "distribution": "",
        "submitted_on": "",
        "created_by": w.actor.officer,
        "snapshot": None,
    }
