"""The kinds of papers: what each is made from, what it must hold, who signs, who may have it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sscdesk.i18n import _, language
from sscdesk.model.field import Audience
from sscdesk.model.refusal import NotFound
from sscdesk.model.text import N_
from sscdesk.reports import mission_finance, mission_order, mission_report
from sscdesk.reports.check_code import check_code
from sscdesk.reports.flow import Block
from sscdesk.reports.layout import Edition, Paper, compose
from sscdesk.reports.snapshot import MissionFinance, MissionReport, fingerprint
from sscdesk.reports.styles import PORTRAIT, Sheet


@dataclass(frozen=True, slots=True)
class Section:
    """A part that must be filled before a report is submitted; ``label`` is a msgid."""

    code: str
    label: str
    filled: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of paper; ``label`` is a msgid, ``code`` the code of ``report_kind``."""

    code: str
    label: str
    snapshot: type
    blocks: Callable[[Any, bool], list[Block]]
    running_title: Callable[[Any], str]
    audience: Audience
    required: tuple[Section, ...] = ()
    signed: bool = True
    """Signed by the head of the issuing office."""
    countersigned: bool = False
    """A second office may be asked to countersign."""
    languages: tuple[str, ...] = ("fr", "en")
    sheet: Sheet = PORTRAIT

    @property
    def internal(self) -> bool:
        """Whether the paper never leaves its office."""
        return self.audience is Audience.OFFICE


KINDS: dict[str, ReportKind] = {
    kind.code: kind
    for kind in (
        ReportKind(
            code="mission_report",
            label=N_("Mission report"),
            snapshot=MissionReport,
            blocks=mission_report.blocks,
            running_title=mission_report.running_title,
            audience=Audience.BILATERAL,
            required=(
                Section("summary", N_("In short"), lambda data: bool(data.summary.strip())),
                Section(
                    "travellers", N_("Delegation and itinerary"), lambda data: bool(data.travellers)
                ),
                Section("meetings", N_("Meetings held"), lambda data: bool(data.meetings)),
                Section("findings", N_("Findings"), lambda data: bool(data.findings)),
                Section(
                    "recommendations",
                    N_("Recommendations"),
                    lambda data: bool(data.recommendations),
                ),
            ),
            countersigned=True,
        ),
        ReportKind(
            code="mission_order",
            label=N_("Mission order"),
            snapshot=mission_order.MissionOrder,
            blocks=mission_order.blocks,
            running_title=mission_order.running_title,
            audience=Audience.OFFICE,
            required=(
                Section(
                    "number", N_("Number of the mission order"), lambda data: bool(data.number)
                ),
                Section("travellers", N_("Sent on mission"), lambda data: bool(data.travellers)),
                Section("itinerary", N_("Itinerary"), lambda data: bool(data.legs)),
                Section("charged_to", N_("Costs charged to"), lambda data: bool(data.charged_to)),
            ),
        ),
        ReportKind(
            code="mission_finance",
            label=N_("Mission accounts"),
            snapshot=MissionFinance,
            blocks=mission_finance.blocks,
            running_title=mission_finance.running_title,
            audience=Audience.OFFICE,
            signed=False,
        ),
    )
}
"""By code. ``mission_finance`` is the separate internal annex of the mission report."""


def kind(code: str) -> ReportKind:
    """Return the kind ``code``; raises NotFound ``unknown-report-kind``."""
    try:
        return KINDS[code]
    except KeyError:
        raise NotFound(
            "unknown-report-kind",
            N_("There is no kind of report called “{kind}”."),
            hint=N_("The kinds are listed under Reports › New."),
            params={"kind": code},
        ) from None


def missing_sections(code: str, snapshot: object) -> tuple[Section, ...]:
    """Return the required sections that nothing fills: they block the submission."""
    return tuple(section for section in kind(code).required if not section.filled(snapshot))


def code_for(code: str, snapshot: object, language_code: str) -> str:
    """Return the check code of the paper that ``build`` makes of the same arguments."""
    return check_code(code, language_code, snapshot)


def build(code: str, snapshot: Any, language_code: str, *, draft: bool = False) -> Paper:
    """Make the PDF of ``snapshot`` in a language: the same arguments give the same bytes.

    A ``draft`` is marked as one on every page and names the required sections it lacks.
    """
    made = kind(code)
    with language(language_code):
        edition = Edition(
            kind=code,
            title=_document_title(made, snapshot),
            running=made.running_title(snapshot),
            imprint=snapshot.imprint,
            check_code=check_code(code, language_code, snapshot),
            fingerprint=fingerprint(snapshot),
            draft=draft,
            internal=made.internal,
            sheet=made.sheet,
        )
        return compose(made.blocks(snapshot, draft), edition)


def _document_title(made: ReportKind, snapshot: Any) -> str:
    title = _(made.label)
    reference = snapshot.imprint.reference
    return f"{title} {reference}" if reference else title
