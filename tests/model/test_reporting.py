"""The kinds of reports are those of the vocabulary, and know who signs."""

import pytest

from sscdesk.model.base import record_kinds
from sscdesk.model.field import Audience
from sscdesk.model.lifecycles import LIFECYCLES
from sscdesk.model.reporting import REPORT_KINDS, second_offices_wanted
from sscdesk.model.vocabulary_seed import Vocabularies


def test_each_kind_of_the_vocabulary_is_known() -> None:
    assert set(REPORT_KINDS) == set(Vocabularies().codes("report_kind"))


@pytest.mark.parametrize("code", REPORT_KINDS)
def test_a_kind_names_states_of_its_subject(code: str) -> None:
    kind = REPORT_KINDS[code]

    assert kind.subject is None or kind.subject in record_kinds()
    assert kind.subject is None or set(kind.states) <= set(LIFECYCLES[kind.subject].states())
    assert kind.signers <= {"head", "focal_point"}


@pytest.mark.parametrize(
    "code, audience",
    [
        ("mission_order", Audience.OFFICE),
        ("mission_report", Audience.BILATERAL),
        ("exchange_report", Audience.SHARED),
        ("attendance_sheet", Audience.OFFICE),
        ("plan_matrix", Audience.BILATERAL),
        ("practice_sheet", Audience.SHARED),
        ("donor_report", Audience.SHARED),
        ("data_record", Audience.OFFICE),
        ("sync_register", Audience.OFFICE),
    ],
)
def test_who_receives_a_signed_report(code: str, audience: Audience) -> None:
    assert REPORT_KINDS[code].audience is audience


@pytest.mark.parametrize(
    "kind, owner, subject, wanted",
    [
        ("mission_report", "MA", {"host_offices": ("ML",)}, ("ML",)),
        ("exchange_report", "MA", {"partner_offices": ("CI", "ML")}, ("CI", "ML")),
        ("plan_matrix", "MA", {"offices": ("MA", "SN")}, ("SN",)),
        ("donor_report", "SN", None, ("MA",)),
        ("donor_report", "MA", None, ()),
        ("mission_order", "MA", {"host_offices": ("ML",)}, ()),
    ],
)
def test_which_office_countersigns(
    kind: str, owner: str, subject: dict[str, object] | None, wanted: tuple[str, ...]
) -> None:
    assert second_offices_wanted(kind, owner, subject) == wanted
