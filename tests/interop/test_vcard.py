"""Contact cards of three versions, broken ones among them."""

import io
from contextlib import suppress
from pathlib import Path

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.interop.vcard import HEADINGS, Card, read_cards, write_cards
from sscdesk.model.refusal import FileRefused
from tests.interop.files import a_text


def cards(path: Path) -> list[dict[str, object]]:
    return [dict(zip(HEADINGS, row, strict=True)) for row in read_cards(path).rows]


def test_quoted_printable_lines_of_version_2_1(tmp_path: Path) -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Traor=C3=A9;A=\r\n=C3=AFssata;;;\r\n"
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:=E9cole=0D=0Asuite\r\n"
        "TEL;WORK;VOICE:0022320000001\r\nTEL;CELL:+223 60\r\nEMAIL;INTERNET:a@example.org\r\n"
        "END:VCARD\r\n"
    )

    (card,) = cards(a_text(tmp_path, text, "a.vcf"))

    assert (card["family"], card["given"]) == ("Traoré", "Aïssata")
    assert card["notes"] == "école\nsuite"
    assert card["telephones"] == "0022320000001; +223 60"
    assert card["emails"] == "a@example.org"


def test_folded_lines_groups_and_escapes_of_version_3(tmp_path: Path) -> None:
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nN:Sow\\, dit Ba;Moussa;;M.;\nFN:Moussa Sow\n"
        "ORG:Ministère\\; cabinet;Direction\nitem1.TEL;type=WORK:+221 33\n"
        "item1.X-ABLabel:bureau\nADR;TYPE=WORK:;;12\\, rue X;Dakar;;;Sénégal\n"
        "NOTE:premi\n er\\nsecond\nEND:VCARD\n"
    )

    (card,) = cards(a_text(tmp_path, text, "a.vcf"))

    assert (card["family"], card["salutation"]) == ("Sow, dit Ba", "M.")
    assert card["organisation"] == "Ministère; cabinet, Direction"
    assert card["address"] == "12, rue X, Dakar, Sénégal"
    assert card["notes"] == "premier\nsecond\nX-ABLABEL: bureau"


def test_a_card_with_only_a_full_name(tmp_path: Path) -> None:
    text = "BEGIN:VCARD\nVERSION:4.0\nFN:محمد سبعة أمواج\nTEL;VALUE=uri:tel:+212-5\nEND:VCARD\n"

    (card,) = cards(a_text(tmp_path, text, "a.vcf"))

    assert (card["given"], card["family"]) == ("محمد", "سبعة أمواج")
    assert card["name_ar"] == "محمد سبعة أمواج"
    assert card["telephones"] == "+212-5"


def test_broken_cards_are_told_with_their_line_and_stop_nothing(tmp_path: Path) -> None:
    text = (
        "BEGIN:VCARD\nFN:Sans fin\n"
        "BEGIN:VCARD\nVERSION:3.0\nN:Bon;Un\nligne sans rien\nPHOTO;ENCODING=b:AAAA\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nTEL:12345\nEND:VCARD\n"
    )

    sheet = read_cards(a_text(tmp_path, text, "a.vcf"))

    assert [row[1] for row in sheet.rows] == ["Bon"]
    assert list(sheet.numbers) == [3]
    assert [(row.number, row.cells) for row in sheet.broken] == [
        (1, ("FN:Sans fin",)),
        (9, ("VERSION:3.0", "TEL:12345")),
    ]
    assert [(r.code, r.row) for r in sheet.remarks] == [
        ("card-line-unread", 6),
        ("card-enclosure", 7),
    ]


def test_a_card_without_end_in_sight_is_cut(tmp_path: Path) -> None:
    text = "BEGIN:VCARD\nN:A;B\n" + "TEL:1\n" * 6_000 + "END:VCARD\n"

    sheet = read_cards(a_text(tmp_path, text, "a.vcf"))

    assert [row.number for row in sheet.broken] == [1]
    assert not sheet.rows


def test_a_file_without_cards_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="not-a-spreadsheet"):
        read_cards(a_text(tmp_path, "Bonjour,\n", "a.vcf"))


def a_card(**values: object) -> Card:
    return Card(**{"given": "Awa", "family": "Traoré", **values})  # type: ignore[arg-type]


def test_cards_are_written_as_telephones_want_them(tmp_path: Path) -> None:
    card = a_card(
        organisation="Ministère; cabinet",
        function="Cheffe, division",
        emails=("awa@example.org",),
        telephones=("+223 20000001",),
        name_ar="أوا",
        notes="ligne 1\nligne 2 " + "é" * 80,
    )

    assert write_cards(tmp_path / "a.vcf", [card]) == 1

    content = (tmp_path / "a.vcf").read_bytes()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    parsed = vobject.readOne(io.StringIO(content.decode(), newline=""))
    assert parsed.version.value == "3.0"
    assert (parsed.n.value.family, parsed.n.value.given) == ("Traoré", "Awa")
    assert parsed.fn.value == "Awa Traoré"
    assert parsed.org.value == ["Ministère; cabinet"]
    assert parsed.title.value == "Cheffe, division"
    assert parsed.tel.value == "+223 20000001"
    assert parsed.note.value == card.notes


PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=40
).map(lambda text: " ".join(text.split()))


@given(given_=PLAIN, family=PLAIN, organisation=PLAIN, function=PLAIN, notes=PLAIN)
def test_what_is_written_reads_back_the_same(
    given_: str, family: str, organisation: str, function: str, notes: str
) -> None:
    import tempfile
    import unicodedata

    def nfc(text: str) -> str:
        return unicodedata.normalize("NFC", text)

    card = Card(
        given="A" + nfc(given_),
        family="B" + nfc(family),
        organisation="C" + nfc(organisation),
        function="D" + nfc(function),
        notes="E" + nfc(notes),
    )
    with tempfile.TemporaryDirectory() as folder:
        write_cards(Path(folder) / "a.vcf", [card])
        (found,) = cards(Path(folder) / "a.vcf")

    for name in ("given", "family", "organisation", "function", "notes"):
        assert found[name] == nfc(getattr(card, name))


@given(st.text(st.sampled_from("BEGIN:VCARD\nEND\\;,=\r N:FN TEL 3.0é\t"), max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = a_text(Path(folder), "BEGIN:VCARD\n" + text, "a.vcf")
        with suppress(FileRefused):
            sheet = read_cards(path)
            assert len(sheet.rows) + len(sheet.broken) > 0
