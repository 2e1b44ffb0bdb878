"""Spreadsheets by their content: forms, encodings, limits, refusals."""

import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from sscdesk.interop.sheet import Limits, Sheet
from sscdesk.interop.spreadsheet import read, sheet_names
from sscdesk.model.refusal import FileRefused, NotFound
from tests.interop.files import a_text, a_workbook, an_ods, ods_row

TABLE = "Nom;Prénom;Téléphone\nTraoré;Awa;+223 20\nSow;Moussa;+221 33\n"


def refused(path: Path, limits: Limits | None = None) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read(path, limits=limits or Limits())
    assert caught.value.hint
    return caught.value


def rows(sheet: Sheet) -> list[tuple[object, ...]]:
    return [tuple(row) for row in sheet.rows]


@pytest.mark.parametrize(
    ("encoding", "called"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 (BOM)"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac Roman"),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str, called: str) -> None:
    text = TABLE + "Étoile;Aïssatou;où\nGrandlagune;Kouadio;déjà rencontré à l'hôtel\n"

    sheet = read(a_text(tmp_path, text.encode(encoding)))

    assert sheet.form == called
    assert sheet.headings == ("Nom", "Prénom", "Téléphone")
    assert rows(sheet)[2:] == [
        ("Étoile", "Aïssatou", "où"),
        ("Grandlagune", "Kouadio", "déjà rencontré à l'hôtel"),
    ]


def test_arabic_of_windows_is_found(tmp_path: Path) -> None:
    text = "الاسم;المؤسسة\nمحمد سبعة أمواج;وزارة الداخلية\nخديجة جبل أخضر;التعاون الوطني\n"

    sheet = read(a_text(tmp_path, text.encode("cp1256")))

    assert sheet.form == "Windows-1256"
    assert rows(sheet)[0] == ("محمد سبعة أمواج", "وزارة الداخلية")


def test_letters_garbled_by_another_program_are_put_right(tmp_path: Path) -> None:
    garbled = (TABLE + "Étoile;Aïssatou;déjà\n").encode().decode("cp1252")

    sheet = read(a_text(tmp_path, garbled))

    assert rows(sheet)[-1] == ("Étoile", "Aïssatou", "déjà")
    assert [remark.code for remark in sheet.remarks] == ["garbled-letters"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    sheet = read(a_text(tmp_path, TABLE.replace(";", delimiter)))

    assert rows(sheet)[0] == ("Traoré", "Awa", "+223 20")


def test_the_first_line_of_excel_names_the_delimiter(tmp_path: Path) -> None:
    sheet = read(a_text(tmp_path, "sep=;\nNom;Prénom\nSow, Ba, Ly;Awa, Fa\n"))

    assert rows(sheet) == [("Sow, Ba, Ly", "Awa, Fa")]


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    book = a_workbook(tmp_path, [["Nom", "Prénom"], ["Sow", "Awa"]], name="liste.csv")
    text = a_text(tmp_path, TABLE, name="liste.xlsx")

    assert read(book).form == "xlsx"
    assert read(text).form == "UTF-8"


def test_a_quote_that_is_never_closed_costs_only_its_row(tmp_path: Path) -> None:
    text = 'Nom,Ville\nA,Rabat\n"B,Kayes\nC,"Dakar, Plateau"\n"D",Abidjan\n'

    sheet = read(a_text(tmp_path, text))

    assert rows(sheet) == [("A", "Rabat"), ("C", "Dakar, Plateau"), ("D", "Abidjan")]
    assert [(row.number, row.cells) for row in sheet.broken] == [(3, ('"B', "Kayes"))]


def test_a_cell_of_several_lines_stays_one_cell(tmp_path: Path) -> None:
    text = 'Nom;Adresse\nA;"12, rue X\nRabat"\nB;"un ""mot"" cité"\n'

    sheet = read(a_text(tmp_path, text))

    assert rows(sheet) == [("A", "12, rue X\nRabat"), ("B", 'un "mot" cité')]
    assert list(sheet.numbers) == [2, 3]


def test_empty_rows_and_columns_are_nothing(tmp_path: Path) -> None:
    text = ";;;\n;Nom;Prénom;\n;;;\n;Sow;Awa;\n;;;\n;Ba;Fa;\n"

    sheet = read(a_text(tmp_path, text))

    assert sheet.headings == ("Nom", "Prénom")
    assert rows(sheet) == [("Sow", "Awa"), ("Ba", "Fa")]
    assert list(sheet.numbers) == [4, 6]


def test_a_column_without_a_heading_keeps_its_letters(tmp_path: Path) -> None:
    sheet = read(a_workbook(tmp_path, [["Nom", "Ville", None], ["A", "Fès", "x"], ["B", "", "y"]]))

    assert sheet.headings == ("Nom", "Ville", "C")
    assert rows(sheet) == [("A", "Fès", "x"), ("B", "", "y")]


def test_two_columns_of_one_name_can_be_told_apart(tmp_path: Path) -> None:
    sheet = read(a_text(tmp_path, "Nom;Téléphone;Téléphone\nA;1;2\nB;3;4\n"))

    assert sheet.headings == ("Nom", "Téléphone", "Téléphone (2)")


def test_headings_repeated_on_each_page_are_left_out(tmp_path: Path) -> None:
    sheet = read(a_text(tmp_path, "Nom;Ville\nA;Fès\nNom;Ville\nB;Oujda\n"))

    assert rows(sheet) == [("A", "Fès"), ("B", "Oujda")]
    assert [(r.code, r.row) for r in sheet.remarks] == [("headings-again", 3)]


def test_an_organisation_called_total_is_no_total(tmp_path: Path) -> None:
    sheet = read(a_text(tmp_path, "Nom;Ville\nTotal Énergies Maroc;Casablanca\nTotal;12\n"))

    assert rows(sheet) == [("Total Énergies Maroc", "Casablanca")]


def test_a_cell_merged_over_rows_counts_for_each(tmp_path: Path) -> None:
    book = a_workbook(
        tmp_path,
        [["Organisme", "Nom"], ["MDCMRE", "Awa"], [None, "Moussa"], ["DGIE", "Yao"]],
        merges=["A2:A3"],
    )

    sheet = read(book)

    assert [row[0] for row in rows(sheet)] == ["MDCMRE", "MDCMRE", "DGIE"]
    assert [(r.code, r.row) for r in sheet.remarks] == [("merged-rows", 2)]


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.append(["Nom", "Ville"])
    first.append(["A", "Fès"])
    second = book.create_sheet("Autre")
    second.append(["Nom", "Ville"])
    for name in ("B", "C", "D"):
        second.append([name, "Kayes"])
    book.save(tmp_path / "deux.xlsx")

    assert sheet_names(tmp_path / "deux.xlsx") == ("Sheet", "Autre")
    assert read(tmp_path / "deux.xlsx").name == "Autre"
    assert rows(read(tmp_path / "deux.xlsx", "Sheet")) == [("A", "Fès")]
    with pytest.raises(NotFound, match="no-such-sheet"):
        read(tmp_path / "deux.xlsx", "Troisième")


def test_an_opendocument_sheet(tmp_path: Path) -> None:
    sheet = read(an_ods(tmp_path, ods_row("Nom", "Ville") + ods_row("Sow", "Thiès")))

    assert sheet.form == "ods"
    assert rows(sheet) == [("Sow", "Thiès")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n\n",
        b"%PDF-1.7\n...",
        b"\x89PNG\r\n\x1a\n....",
        b"\xff\xd8\xff\xe0....",
        b"MZ\x90\x00....",
        b"<html><table><tr><td>Nom</td></tr></table></html>",
        b"<?xml version='1.0'?><Workbook/>",
        b"BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD\n",
        bytes(range(256)) * 40,
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    error = refused(a_text(tmp_path, content, name="liste.xlsx"))

    assert error.code == "not-a-spreadsheet"
    assert error.params["kind"]


def test_a_text_without_headings_is_no_table(tmp_path: Path) -> None:
    letter = "Monsieur le Directeur,\n\nveuillez trouver ci-joint la liste.\n"

    assert refused(a_text(tmp_path, letter)).code == "no-table"


def test_known_headings_with_nothing_below_are_an_empty_list(tmp_path: Path) -> None:
    sheet = read(a_text(tmp_path, "Nom;Prénom;Téléphone\n"))

    assert sheet.headings == ("Nom", "Prénom", "Téléphone")
    assert rows(sheet) == []


@pytest.mark.parametrize("member", ["word/document.xml", "ppt/presentation.xml", "photo.jpg"])
def test_other_archives_are_refused(tmp_path: Path, member: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(member, "x")

    assert refused(tmp_path / "a.xlsx").code == "not-a-spreadsheet"


def test_a_cut_workbook_is_refused(tmp_path: Path) -> None:
    whole = a_workbook(tmp_path, [["Nom", "Ville"], ["A", "Fès"]]).read_bytes()

    assert refused(a_text(tmp_path, whole[:-200], name="cut.xlsx")).code == "spreadsheet-damaged"


def test_an_old_workbook_that_is_none_is_refused(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)

    assert refused(a_text(tmp_path, ole, name="a.xls")).code == "spreadsheet-damaged"


def test_the_size_of_a_file_is_limited_before_it_is_read(tmp_path: Path) -> None:
    limits = replace(Limits(), file_bytes=20)

    assert refused(a_text(tmp_path, TABLE), limits).code == "file-too-large"


def test_rows_and_columns_are_limited(tmp_path: Path) -> None:
    text = a_text(tmp_path, TABLE)
    book = a_workbook(tmp_path, [["Nom", "Ville"], ["A", "Fès"], ["B", "Oujda"]])

    assert refused(text, replace(Limits(), rows=2)).code == "file-too-large"
    assert refused(text, replace(Limits(), columns=2)).code == "file-too-large"
    assert refused(book, replace(Limits(), rows=2)).code == "file-too-large"
    assert refused(book, replace(Limits(), columns=1)).code == "file-too-large"


def test_a_single_cell_in_the_last_corner_takes_no_memory(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nom", "Ville"])
    sheet.cell(900_000, 400, "x")
    book.save(tmp_path / "corner.xlsx")

    assert refused(tmp_path / "corner.xlsx").code == "file-too-large"


def test_a_row_repeated_without_end_takes_no_memory(tmp_path: Path) -> None:
    bomb = an_ods(tmp_path, ods_row("Nom", "Ville") + ods_row("a", "b", repeated=2_000_000_000))

    assert refused(bomb).code == "file-too-large"


def test_empty_rows_repeated_to_the_end_are_nothing(tmp_path: Path) -> None:
    table = ods_row("Nom", "Ville") + ods_row("Sow", "Thiès") + ods_row(repeated=1_048_574)

    assert rows(read(an_ods(tmp_path, table))) == [("Sow", "Thiès")]


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    book = a_workbook(tmp_path, [["Nom", "Ville"], ["A" * 30_000, "Fès"]])

    error = refused(book, replace(Limits(), unpacked_bytes=10_000))

    assert error.code == "file-too-large"


def test_a_cell_beyond_the_limit_costs_only_its_row(tmp_path: Path) -> None:
    text = "Nom;Ville\n" + "a" * 2_000 + ";Fès\nB;Oujda\n"

    sheet = read(a_text(tmp_path, text), limits=replace(Limits(), cell_letters=1_000))

    assert rows(sheet) == [("B", "Oujda")]
    assert [(row.number, row.remark.code) for row in sheet.broken] == [(2, "cell-too-long")]


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no-such-file"):
        read(tmp_path / "nowhere.csv")


PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)


@given(st.lists(st.lists(PRINTABLE, min_size=3, max_size=3), min_size=1, max_size=8))
def test_no_cell_of_a_well_formed_file_disappears(cells: list[list[str]]) -> None:
    import csv
    import io
    import tempfile

    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow(["Nom", "Prénom", "Fonction"])
    writer.writerows(cells)
    with tempfile.TemporaryDirectory() as folder:
        sheet = read(a_text(Path(folder), stream.getvalue().encode()))

    everything = [str(c) for row in sheet.rows for c in row]
    everything += [r.content for r in sheet.remarks] + [str(b.cells) for b in sheet.broken]
    for cell in (" ".join(cell.split()) for row in cells for cell in row):
        assert not cell or any(_same(cell, " ".join(kept.split())) for kept in everything)


def _same(cell: str, kept: str) -> bool:
    import unicodedata

    from sscdesk.interop.cleaning import cleaned

    return cleaned(cell).lstrip("'") in unicodedata.normalize("NFC", kept)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = a_text(Path(folder), content)
        with suppress(FileRefused):
            sheet = read(path)
            assert len(sheet.rows) == len(sheet.numbers)
