"""What is kept about a person is told and erased from the command line."""

import json
from pathlib import Path

from tests.cli.calling import Caller

PERSON = ("given=Awa", "family=Traoré", "telephones=+22376554433")


def a_head(folder: Path, secret: Path) -> Caller:
    """The desk of Mali's office, its head at work."""
    call = Caller(folder / "HEAD")
    call("init", "--office", "ML", "--officer", "Awa Diarra", "--role", "head")
    return call


def test_all_that_is_kept_about_a_person_is_told(tmp_path: Path, secret: Path) -> None:
    head = a_head(tmp_path, secret)
    ref = head("new", "person", *PERSON)["ref"]
    head("add", ref, "post", "function=Directrice")

    told = head("personal-data", ref, "-o", str(tmp_path / "awa.json"))
    paper = head("personal-data", ref, "-o", str(tmp_path / "awa.pdf"))

    kept = json.loads((tmp_path / "awa.json").read_text(encoding="utf-8"))
    assert told["ref"] == ref
    assert kept["fields"]["family"]["value"] == "Traoré"
    assert kept["rows"]["post"][0]["fields"]["function"]["value"] == "Directrice"
    assert paper["report"]
    assert (tmp_path / "awa.pdf").read_bytes().startswith(b"%PDF-")


def test_a_person_is_erased_and_the_trail_says_why(tmp_path: Path, secret: Path) -> None:
    head = a_head(tmp_path, secret)
    ref = head("new", "person", *PERSON)["ref"]

    erased = head("erase", ref, "--reason", "Lettre du 3 mars")

    assert erased["rows"] == 1
    shown = head("show", ref)
    assert shown["erased"] == "Lettre du 3 mars"
    assert shown["fields"]["family"] is None
    assert head("list", "person")["total"] == 0
    assert ("erased", ref) in {(one["action"], one["ref"]) for one in head("audit")["items"]}


def test_an_officer_without_the_role_erases_nobody(ma: Caller) -> None:
    ref = ma("new", "person", *PERSON)["ref"]

    error = ma.error("erase", ref, "--reason", "Lettre du 3 mars")

    assert (ma.exit, error["code"]) == (1, "not-your-role")
    assert ma("show", ref)["fields"]["family"] == "Traoré"
