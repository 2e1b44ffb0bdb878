"""Files of tables through the command line: rehearsed, imported, exported."""

from importlib.resources import files
from pathlib import Path

import pytest

from tests.cli.calling import Caller

SAMPLE = Path(str(files("sscdesk.resources") / "sample"))


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    """A sheet of two people, one with an e-mail address that is none."""
    path = tmp_path / "contacts.csv"
    path.write_text(
        "Nom;Prénom;Divers;Courriel\nBennani;Salma;x;\nIdrissi;Karim;y;pas-une-adresse\n",
        encoding="utf-8",
    )
    return path


def test_a_rehearsal_tells_and_changes_nothing(ma: Caller, contacts: Path) -> None:
    told = ma("import", str(contacts), "--as", "person", "--dry-run")

    assert told["columns"]["Nom"] == "family"
    assert told["counts"] == {"new": 1, "refused": 1}
    assert told["rows"][1]["faults"]
    assert ma("list", "person")["total"] == 0


def test_a_mapping_and_a_value_for_every_row_are_given(ma: Caller, contacts: Path) -> None:
    ma(
        *("import", str(contacts), "--as", "person"),
        *("--map", "Divers=source", "--set", "languages=fr"),
    )

    (one,) = ma("list", "person")["items"]
    fields = ma("show", one["ref"])["fields"]
    assert (fields["source"], fields["languages"]) == ("x", ["fr"])


def test_a_column_is_left_out_when_nothing_is_named(ma: Caller, contacts: Path) -> None:
    told = ma("import", str(contacts), "--as", "person", "--map", "Nom=", "--dry-run")

    assert told["columns"]["Nom"] is None


def test_rows_inside_records_go_in_and_come_out(ma: Caller, tmp_path: Path) -> None:
    for name, entity in (
        ("organisations", "organisation"),
        ("people", "person"),
        ("agreements", "agreement"),
        ("exchanges", "exchange"),
        ("participants", "participation"),
    ):
        ma("import", str(SAMPLE / f"{name}.csv"), "--as", entity)
        assert ma.exit == 0, ma.text

    out = tmp_path / "participants.csv"
    ma("export", "participation", str(out))

    assert ma.exit == 0, ma.text
    assert len(out.read_text(encoding="utf-8").splitlines()) == 246


def test_what_is_no_spreadsheet_is_refused_with_its_code(ma: Caller, tmp_path: Path) -> None:
    path = tmp_path / "photo.xlsx"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))

    assert ma.error("import", str(path), "--as", "person")["code"] == "not-a-spreadsheet"


def trusting(one: Caller, other: Caller, folder: Path) -> None:
    """Exchange the cards of two offices, their words compared."""
    for giver, taker in ((one, other), (other, one)):
        path = folder / f"{giver.profile.name}.ssccard"
        giver("card", "export", str(path))
        words = giver("card", "show")["fingerprint"]
        taker("card", "trust", str(path), "--fingerprint", words)
        assert taker.exit == 0


def test_a_request_tells_the_other_office_what_is_missing(
    ma: Caller, ml: Caller, tmp_path: Path
) -> None:
    trusting(ma, ml, tmp_path)
    ma("new", "organisation", "name_fr=DGME", "country=MA", "kind=ministry", "level=national")
    ma("sync", "export", "--to", "ML", "-o", str(tmp_path / "lost.sscsync"))

    made = ml("sync", "request", str(tmp_path / "request.sscreceipt"))
    heard = ma("sync", "import", str(tmp_path / "request.sscreceipt"))

    assert made["offices"] == ["MA"]
    assert heard["applied"] == 0
    assert heard["receipts"][0]["office"] == "ML"
    assert heard["receipts"][0]["lacks"] > 0


def test_a_second_laptop_is_invited_and_joins(ma: Caller, tmp_path: Path) -> None:
    ma("new", "organisation", "name_fr=DGME", "country=MA", "kind=ministry", "level=national")
    invitation = str(tmp_path / "second.sscbackup")

    invited = ma("laptop", "invite", invitation)
    second = Caller(tmp_path / "second")
    joined = second("laptop", "join", invitation)

    assert (invited["number"], joined["number"], joined["office"]) == (2, 2, "MA")
    assert second("list", "organisation")["total"] == 1
    assert second("sync", "digest") == ma("sync", "digest")
    assert ma("sync", "status")["own_laptops"] == {"to_send": 0}
