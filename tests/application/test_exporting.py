"""Lists given out: what is shown, in forms that come back the same."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar
from openpyxl import load_workbook

from sscdesk.application import records
from sscdesk.application.auditing import audit
from sscdesk.application.exporting import export, forms_of
from sscdesk.application.import_views import ImportOptions
from sscdesk.application.importing import accept, preview
from sscdesk.application.views import ListQuery
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import language
from sscdesk.model.refusal import NotFound
from tests.application.registers import DIRTY, SAMPLE, SAMPLE_FILES, take
from tests.desks import DeskMaker


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    """Desks that are closed when the test ends."""
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


@pytest.fixture
def w(desks: DeskMaker) -> Workspace:
    """The desk of Rabat."""
    return desks.office("MA")


EXPORTED_AS = {
    **SAMPLE_FILES,
    "participants": "participation",
    "indicator_values": "indicator_value",
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def same(cell: str) -> object:
    """A cell that holds a set has no order."""
    return frozenset(cell.split(";")) if ";" in cell else cell


def test_the_whole_sample_comes_out_as_it_went_in(w: Workspace, tmp_path: Path) -> None:
    take(w, *SAMPLE_FILES)

    for name, entity in EXPORTED_AS.items():
        export(w, entity, tmp_path / f"{name}.csv")

        given, made = rows_of(SAMPLE / f"{name}.csv"), rows_of(tmp_path / f"{name}.csv")
        if name == "agreements":
            given = [row for row in given if row["kind"] != "action_plan"]
        wanted = sorted(({k: same(v) for k, v in row.items()} for row in given), key=str)
        found = sorted(({k: same(row[k]) for k in given[0]} for row in made), key=str)
        assert found == wanted, name


def test_action_plans_come_out_with_all_that_their_rows_said(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations", "agreements")

    export(w, "action_plan", tmp_path / "plans.csv")

    given = [row for row in rows_of(SAMPLE / "agreements.csv") if row["kind"] == "action_plan"]
    for before, after in zip(given, rows_of(tmp_path / "plans.csv"), strict=True):
        for name in ("ref", "title_fr", "title_en", "title_ar", "basis", "source", "notes"):
            assert after[name] == before[name]
        assert same(after["parties"]) == same(before["parties"])
        assert same(after["offices"]) == same(before["countries"])
        assert (after["adopted_on"], after["period_until"]) == (
            before["signed_on"],
            before["valid_until"],
        )
        assert after["agreement"] == before["parent"]
        assert (before["status"], after["status"]) == ("in_force", "adopted")


def test_an_exported_register_is_taken_over_by_an_empty_desk(
    w: Workspace, desks: DeskMaker, tmp_path: Path
) -> None:
    take(w, *SAMPLE_FILES)
    other = desks.office("SN")

    for name, entity in EXPORTED_AS.items():
        export(w, entity, tmp_path / f"{name}.csv")
        if name == "agreements":
            export(w, "action_plan", tmp_path / "plans.csv")
            accept(other, preview(other, tmp_path / "plans.csv", "action_plan"))
        accept(other, preview(other, tmp_path / f"{name}.csv", entity))
        again = tmp_path / f"{name}-again.csv"
        export(other, entity, again)

        assert again.read_bytes() == (tmp_path / f"{name}.csv").read_bytes(), name


def test_no_cell_of_the_hostile_file_comes_out_as_a_formula(w: Workspace, tmp_path: Path) -> None:
    options = ImportOptions(fixed={"kind": "ngo", "level": "national"})
    hostile = DIRTY / "organismes_recus_par_courriel.csv"
    accept(w, preview(w, hostile, "organisation", options=options))

    export(w, "organisation", tmp_path / "a.csv")
    export(w, "organisation", tmp_path / "a.xlsx")

    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    again = preview(w, tmp_path / "a.csv", "organisation")
    assert {row.status.value for row in again.rows} == {"unchanged"}


def test_only_what_is_shown_is_written(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations")
    query = ListQuery(
        "organisation", (("country", "is", "ML"), ("kind", "is", "ngo")), columns=("acronym",)
    )

    report = export(w, "organisation", tmp_path / "ong.csv", query)

    rows = rows_of(tmp_path / "ong.csv")
    assert report.written == 3
    assert list(rows[0]) == ["ref", "acronym"]
    assert {row["acronym"] for row in rows} == {"AME", "AMDH", "ARACEM"}


def test_a_workbook_speaks_the_language_of_its_reader(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations", "people")

    with language("ar"):
        export(w, "person", tmp_path / "a.xlsx")

    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert sheet.sheet_view.rightToLeft
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert "أنثى" in cells
    assert "وزارة الداخلية" in cells
    assert "MA-ORG-2019-0003" not in cells


def test_masked_fields_are_never_written(w: Workspace, tmp_path: Path) -> None:
    export(w, "officer", tmp_path / "a.csv")

    headings = list(rows_of(tmp_path / "a.csv")[0])
    assert "given" in headings
    assert not {"passport_number", "bank_account", "emergency_contact"} & set(headings)


def test_persons_become_cards(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations", "people")
    records.change(w, "MA-PER-2019-0002", {"may_be_shared": False, "notes": "à ne pas donner"})
    query = ListQuery("person", search="sebaa amwaj", sort="ref")

    report = export(w, "person", tmp_path / "a.vcf", query)
    everybody = export(w, "person", tmp_path / "b.vcf")

    cards = list(vobject.readComponents((tmp_path / "a.vcf").read_text("utf-8")))
    assert report.written == len(cards) == 2
    assert cards[0].fn.value == "Mohamed Sebaa Amwaj"
    assert cards[0].title.value == "Point focal migration"
    assert cards[0].tel.value == "+212 500000001"
    assert everybody.written == 79
    assert len(everybody.left_out) == 1
    assert "à ne pas donner" not in (tmp_path / "b.vcf").read_text("utf-8")


def test_missions_exchanges_and_due_dates_become_events(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations", "people", "exchanges", "missions", "follow_ups")
    records.add_part(
        w,
        "MA-EXC-2021-0003",
        "session",
        {"title": "Ouverture", "day": "2021-10-18", "start": "09:00", "end": "10:30"},
    )

    missions = export(w, "mission", tmp_path / "m.ics")
    exchanges = export(w, "exchange", tmp_path / "e.ics")
    due = export(w, "follow_up", tmp_path / "f.ics")

    calendar = Calendar.from_ical((tmp_path / "m.ics").read_bytes())
    titles = {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
    assert missions.written == 24
    assert "Visite d'échange sur les BAOS (MA-MIS-2019-0005)" in titles
    assert (exchanges.written, len(exchanges.left_out)) == (20, 1)
    programme = Calendar.from_ical((tmp_path / "e.ics").read_bytes()).walk("VEVENT")
    (opening,) = [event for event in programme if event["SUMMARY"] == "Ouverture"]
    assert opening["DTSTART"].params["TZID"] == "Africa/Casablanca"
    assert due.written == 44


def test_an_unknown_form_names_those_that_there_are(w: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no-such-form") as caught:
        export(w, "practice", tmp_path / "a.vcf")

    assert caught.value.params["forms"] == ".xlsx, .csv"
    assert forms_of("mission") == (".xlsx", ".csv", ".ics")


def test_an_export_is_entered_in_the_audit(w: Workspace, tmp_path: Path) -> None:
    take(w, "organisations")

    export(w, "organisation", tmp_path / "a.csv")

    assert [(line.action, line.detail) for line in audit(w)][-1] == (
        "export-list",
        "organisation.csv: 107",
    )
