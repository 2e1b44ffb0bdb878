"""The kinds of papers: what each is made from, what it must hold, who signs, who may have it.

The order and the contents are those of domain.md, section 7. A new kind is one module with its
data, ``blocks`` and ``running_title``, and one entry here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from sscdesk.model.field import Audience
from sscdesk.model.text import N_
from sscdesk.reports import (
    attendance_sheet,
    briefing,
    data_record,
    directory,
    donor_report,
    exchange_report,
    mission_finance,
    mission_order,
    mission_report,
    plan_matrix,
    practice_sheet,
    sync_register,
)
from sscdesk.reports.flow import Block
from sscdesk.reports.snapshot import MissionFinance, MissionReport
from sscdesk.reports.styles import LANDSCAPE, PORTRAIT, Sheet


@dataclass(frozen=True, slots=True)
class Section:
    """A part that must be filled before a report is submitted; ``label`` is a msgid."""

    code: str
    label: str
    attribute: str

    def filled(self, snapshot: object) -> bool:
        """Say whether something stands in the part."""
        value = getattr(snapshot, self.attribute)
        return bool(value.strip() if isinstance(value, str) else value)


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of paper; ``label`` is a msgid, ``code`` the code of ``report_kind``."""

    code: str
    label: str
    snapshot: type
    module: ModuleType
    audience: Audience
    required: tuple[Section, ...] = ()
    signed: bool = True
    """Signed by an officer of the issuing office."""
    countersigned: bool = False
    """A second office may be asked to countersign."""
    languages: tuple[str, ...] = ("fr", "en", "ar")
    sheet: Sheet = PORTRAIT

    @property
    def internal(self) -> bool:
        """Whether the paper never leaves its office."""
        return self.audience is Audience.OFFICE

    @property
    def blocks(self) -> Callable[[Any, bool], list[Block]]:
        """What the paper consists of, for a snapshot and whether it is a draft."""
        found: Callable[[Any, bool], list[Block]] = self.module.blocks
        return found

    @property
    def running_title(self) -> Callable[[Any], str]:
        """The line at the head of the following pages."""
        found: Callable[[Any], str] = self.module.running_title
        return found


def _section(attribute: str, label: str) -> Section:
    return Section(attribute, label, attribute)


_ALL = (
    ReportKind(
        "mission_order",
        N_("Mission order"),
        mission_order.MissionOrder,
        mission_order,
        Audience.OFFICE,
        required=(
            _section("number", N_("Number of the mission order")),
            _section("travellers", N_("Sent on mission")),
            _section("legs", N_("Itinerary")),
            _section("charged_to", N_("Costs charged to")),
        ),
    ),
    ReportKind(
        "mission_report",
        N_("Mission report"),
        MissionReport,
        mission_report,
        Audience.BILATERAL,
        required=(
            _section("summary", N_("In short")),
            _section("travellers", N_("Delegation and itinerary")),
            _section("meetings", N_("Meetings held")),
            _section("findings", N_("Findings")),
            _section("recommendations", N_("Recommendations")),
        ),
        countersigned=True,
    ),
    ReportKind(
        "mission_finance",
        N_("Mission accounts"),
        MissionFinance,
        mission_finance,
        Audience.OFFICE,
        signed=False,
    ),
    ReportKind(
        "briefing",
        N_("Briefing sheet"),
        briefing.Briefing,
        briefing,
        Audience.OFFICE,
        signed=False,
    ),
    ReportKind(
        "exchange_report",
        N_("Exchange report"),
        exchange_report.ExchangeReport,
        exchange_report,
        Audience.SHARED,
        required=(
            _section("objectives", N_("Objectives")),
            _section("sessions", N_("Sessions and decisions")),
            _section("participants", N_("Participation")),
            _section("findings", N_("Findings")),
        ),
        countersigned=True,
    ),
    ReportKind(
        "attendance_sheet",
        N_("Attendance sheet"),
        attendance_sheet.AttendanceSheet,
        attendance_sheet,
        Audience.OFFICE,
        sheet=LANDSCAPE,
    ),
    ReportKind(
        "directory",
        N_("Stakeholder directory"),
        directory.Directory,
        directory,
        Audience.SHARED,
        required=(_section("organisations", N_("Organisations")),),
        signed=False,
    ),
    ReportKind(
        "directory_complete",
        N_("Stakeholder directory, complete"),
        directory.Directory,
        directory,
        Audience.OFFICE,
        required=(_section("organisations", N_("Organisations")),),
        signed=False,
    ),
    ReportKind(
        "plan_matrix",
        N_("Action-plan progress matrix"),
        plan_matrix.PlanMatrix,
        plan_matrix,
        Audience.BILATERAL,
        required=(_section("axes", N_("Axes of the plan")),),
        countersigned=True,
    ),
    ReportKind(
        "practice_sheet",
        N_("Practice sheet"),
        practice_sheet.PracticeSheet,
        practice_sheet,
        Audience.SHARED,
        required=(
            _section("problem", N_("The problem")),
            _section("how_it_works", N_("How it works")),
            _section("actors", N_("Actors")),
            _section("cost", N_("Cost")),
            _section("legal_basis", N_("Legal basis")),
            _section("results", N_("Results")),
            _section("what_failed", N_("What failed")),
            _section("conditions_to_transfer", N_("Conditions to transfer")),
        ),
    ),
    ReportKind(
        "donor_report",
        N_("Periodic donor report"),
        donor_report.DonorReport,
        donor_report,
        Audience.SHARED,
        required=(
            _section("summary", N_("Summary")),
            _section("activities", N_("Activities")),
            _section("indicators", N_("Indicators")),
            _section("next_period", N_("Plan for the next period")),
        ),
        countersigned=True,
    ),
    ReportKind(
        "data_record",
        N_("Data-protection record"),
        data_record.DataRecord,
        data_record,
        Audience.OFFICE,
    ),
    ReportKind(
        "sync_register",
        N_("Exchange-of-files register"),
        sync_register.SyncRegister,
        sync_register,
        Audience.OFFICE,
        sheet=LANDSCAPE,
    ),
)

KINDS: dict[str, ReportKind] = {kind.code: kind for kind in _ALL}
"""By code. ``mission_finance`` is the separate internal annex of the mission report; ``briefing``
is a sheet for one's own use. Neither is a report of the register."""
