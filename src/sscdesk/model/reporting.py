"""The kinds of reports: what each is about, who signs it, who receives it (domain.md, 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sscdesk.model.field import Audience

SIGNED_STATES = ("signed", "countersigned", "archived")
"""States in which a report stands with its signature, not superseded."""


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of report."""

    code: str
    """A code of the vocabulary ``report_kind``."""
    subject: str | None
    """The entity that it is about; None for a period or the whole desk."""
    states: tuple[str, ...] = ()
    """States of the subject in which it may be built; empty means any."""
    signers: frozenset[str] = frozenset({"head"})
    """Roles that sign it; empty for a dated, unsigned document."""
    countersigned: bool = False
    """Whether a second office countersigns, where one is named."""
    audience: Audience = Audience.OFFICE
    """Who receives it once it is signed."""
    optional: bool = False
    """Whether it may be about nobody in particular."""
    issued_by: str = "owner"
    """The field of the subject that names the offices which may report on it; empty: any."""
    period: str = ""
    """``span`` where it covers a period, ``day`` where it is for one day."""


_MISSION_DONE = ("returned", "reported", "settled", "closed")
_EXCHANGE_DONE = ("held", "reported", "closed")

REPORT_KINDS: Mapping[str, ReportKind] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            ReportKind(
                "mission_order",
                "mission",
                ("approved", "authorised", "under_way"),
            ),
            ReportKind(
                "mission_report",
                "mission",
                _MISSION_DONE,
                countersigned=True,
                audience=Audience.BILATERAL,
            ),
            ReportKind(
                "exchange_report",
                "exchange",
                _EXCHANGE_DONE,
                countersigned=True,
                audience=Audience.SHARED,
            ),
            ReportKind(
                "attendance_sheet", "exchange", signers=frozenset({"focal_point"}), period="day"
            ),
            ReportKind("directory", None, signers=frozenset(), audience=Audience.SHARED),
            ReportKind("directory_complete", None, signers=frozenset()),
            ReportKind(
                "plan_matrix",
                "action_plan",
                ("adopted", "under_revision", "closed"),
                issued_by="offices",
                countersigned=True,
                audience=Audience.BILATERAL,
            ),
            ReportKind(
                "practice_sheet",
                "practice",
                ("validated", "published", "archived"),
                audience=Audience.SHARED,
            ),
            ReportKind(
                "donor_report", None, countersigned=True, audience=Audience.SHARED, period="span"
            ),
            ReportKind("data_record", "person", optional=True, issued_by="", period="span"),
            ReportKind("sync_register", None, signers=frozenset({"focal_point"}), period="span"),
        )
    }
)


def second_offices_wanted(
    kind: str, owner: str, subject: Mapping[str, object] | None
) -> tuple[str, ...]:
    """Return the offices that a report of this kind proposes for countersigning.

    ``subject`` are the values of the record reported on.
    """
    if kind == "donor_report":
        return () if owner == "MA" else ("MA",)
    names = {"mission_report": "host_offices", "exchange_report": "partner_offices"}
    name = names.get(kind, "offices" if kind == "plan_matrix" else "")
    offices = (subject or {}).get(name)
    return tuple(o for o in offices if o != owner) if isinstance(offices, tuple) else ()
