import pytest

from sscdesk.i18n import language
from sscdesk.model.refusal import FileRefused
from sscdesk.reports.check_code import check_code, typed
from sscdesk.reports.snapshot import (
    MissionFinance,
    MissionReport,
    Wording,
    decoded,
    encoded,
    fingerprint,
)
from tests.reports.samples import a_mission_finance, a_mission_report


def test_a_snapshot_comes_back_as_it_was() -> None:
    assert decoded(encoded(a_mission_report()), MissionReport) == a_mission_report()
    assert decoded(encoded(a_mission_finance()), MissionFinance) == a_mission_finance()


def test_the_same_data_have_the_same_fingerprint_and_other_data_another() -> None:
    assert fingerprint(a_mission_report()) == fingerprint(a_mission_report())
    assert fingerprint(a_mission_report()) != fingerprint(a_mission_report(summary="autre"))


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 100_000, b"\xff", b'{"imprint": 3}'])
def test_bytes_that_are_no_snapshot_are_refused(data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        decoded(data, MissionReport)

    assert refused.value.code == "bad-snapshot"


def test_a_wording_falls_back_to_a_language_in_which_it_is_known() -> None:
    with language("en"):
        assert Wording("oui", "yes").say() == "yes"
        assert Wording("oui").say() == "oui"
        assert Wording(ar="نعم").say() == "نعم"


def test_a_code_typed_from_paper_is_understood() -> None:
    code = check_code("mission_report", "fr", a_mission_report())

    assert typed(code) == code
    assert typed(f"  {code.lower().replace('-', ' ')} ") == code
    assert typed("7f3a 91c2–O4DE") == "7F3A-91C2-04DE"
    assert typed("7F3A-91C2") is None
    assert typed("XYZ") is None
