"""Reports by the command line: from records to a PDF in one call."""

from pathlib import Path

import pytest

from tests.cli.calling import Caller
from tests.reports.reading import text_of


def a_held_exchange(ma: Caller) -> str:
    """A visit of one day with one person, as far as the command line brings it."""
    organisation = ma(
        "new", "organisation", "name_fr=Guichet", "country=MA", "kind=ministry", "level=national"
    )
    person = ma("new", "person", "given=Amina", "family=Benali", "sex=f")
    exchange = ma(
        "new", "exchange", "title_fr=Visite du guichet", "kind=study_visit", "step=share",
        "lead_office=MA", "partner_offices=ML", "fields_of_action=migration_development",
        "starts_on=2026-02-10", "ends_on=2026-02-11", "place=Rabat", "country=MA",
        "objectives=Comparer les guichets", "budget=1000 MAD",
    )  # fmt: skip
    ref = str(exchange["ref"])
    assert organisation["ref"]
    ma("add", ref, "participation", f"person={person['ref']}", "attendance=attended")
    return ref


@pytest.mark.parametrize("lang", ["fr", "en", "ar"])
def test_a_sheet_is_built_in_the_language_asked_for(ma: Caller, lang: str, tmp_path: Path) -> None:
    ref = a_held_exchange(ma)
    path = tmp_path / "sheet.pdf"
    words = {"fr": "Feuille de présence", "en": "Attendance sheet", "ar": "ورقة الحضور"}

    made = ma(
        "report", "build", "attendance_sheet", ref, "--from", "2026-02-11", "-o", str(path),
        lang=lang,
    )  # fmt: skip

    assert ma.exit == 0
    assert made["fields"]["period_from"] == "2026-02-11"
    assert words[lang] in text_of(path.read_bytes(), tmp_path)


def test_only_kinds_that_can_be_built_are_listed(ma: Caller) -> None:
    listed = {one["code"] for one in ma("report", "kinds")["items"]}

    for kind in listed:
        error = ma.error("report", "build", kind, "MA-ZZZ-2026-0001", "-o", "nowhere.pdf")
        assert error["code"] != "unknown-report-kind"
    assert ma.error("report", "build", "poem", "-o", "nowhere.pdf")["code"] == "unknown-report-kind"
