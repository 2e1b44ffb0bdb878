"""Which kinds of papers can be filled from records, and by what."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sscdesk.application.reading import Row
from sscdesk.application.snapshots import exchanges, missions, plans, practices
from sscdesk.application.snapshots.freezer import Freezer

FREEZERS: Mapping[str, Callable[[Freezer, Row], object]] = MappingProxyType(
    {
        "mission_order": missions.mission_order,
        "mission_report": missions.mission_report,
        "mission_finance": missions.mission_finance,
        "exchange_report": exchanges.exchange_report,
        "attendance_sheet": exchanges.attendance_sheet,
        "practice_sheet": practices.practice_sheet,
        "plan_matrix": plans.plan_matrix,
    }
)
"""Kind of a paper to what fills it from the row of its report."""
