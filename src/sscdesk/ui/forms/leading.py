"""Where each thing that is missing leads: a field, another record, a screen."""

from collections.abc import Mapping

from sscdesk.application.views import RecordView
from sscdesk.model.lifecycle import Missing
from sscdesk.ui.desk import Desk
from sscdesk.ui.forms.around import FormAround
from sscdesk.ui.pages.wishes import MakeFile, NewReport

_REPORT_OF: Mapping[tuple[str, str], str] = {
    ("report-not-signed", "mission"): "mission_report",
    ("report-not-signed", "exchange"): "exchange_report",
    ("order-not-signed", "mission"): "mission_order",
}
"""The kind of report that is missing, where none is begun yet."""

_BY_FILE = ("partners-not-told", "waiting-for-other-office")
"""What only a file for the other office brings further."""


def leads_somewhere(missing: Missing) -> bool:
    """Whether a click can take the officer to what is missing."""
    by_code = missing.code in _BY_FILE or any(code == missing.code for code, _ in _REPORT_OF)
    return bool(missing.field or missing.part_id or missing.record) or by_code


def lead_away(desk: Desk, around: FormAround, view: RecordView, missing: Missing) -> bool:
    """Go to another record or screen; False where what is missing stands on this record."""
    kind = _REPORT_OF.get((missing.code, view.entity))
    if missing.record and missing.record != view.id:
        around.open(missing.entity, missing.record)
    elif kind is not None:
        desk.go("reports", NewReport(kind, view.id))
    elif missing.code in _BY_FILE:
        desk.go("synchronise", MakeFile())
    else:
        return False
    return True
