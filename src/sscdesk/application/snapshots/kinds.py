"""Which kinds of papers can be filled from records, and by what."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sscdesk.application.reading import Row
from sscdesk.application.snapshots import (
    data_records,
    directories,
    donors,
    exchanges,
    file_registers,
    missions,
    plans,
    practices,
)
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
        "directory": directories.directory,
        "directory_complete": directories.directory_complete,
        "donor_report": donors.donor_report,
        "data_record": data_records.data_record,
        "sync_register": file_registers.sync_register,
    }
)
"""Kind of a paper to what fills it from the row of its report."""
