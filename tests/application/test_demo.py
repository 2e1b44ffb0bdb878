"""The demonstration: what a newcomer opens first."""

import csv
import io
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from sscdesk.application.demo import PASSPHRASE, DemoReport, make_demo
from sscdesk.application.demo_texts import UNOPENED
from sscdesk.application.opening import open_workspace
from sscdesk.application.records import listing, view
from sscdesk.application.safekeeping import check
from sscdesk.application.synchronise import conflicts, inspect, status, suggestions
from sscdesk.application.views import ListQuery
from sscdesk.model.refusal import FileRefused
from sscdesk.store.derivation import TEST_COST


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DemoReport]:
    folder = tmp_path_factory.mktemp("demonstration") / "demo"
    return folder, make_demo(folder, cost=TEST_COST)


def test_a_mission_report_carries_two_valid_signatures(demo: tuple[Path, DemoReport]) -> None:
    (signed,) = (demo[0] / "documents").glob("*-contresigne.pdf")

    told = subprocess.run(
        ["pdfsig", "-nocert", signed], capture_output=True, text=True, check=False
    )

    assert told.stdout.count("Signature is Valid") == 2


def test_missions_stand_in_every_state(demo: tuple[Path, DemoReport]) -> None:
    w = open_workspace(demo[0] / "MA", "focal.ma", PASSPHRASE)
    try:
        states = {row.state for row in listing(w, ListQuery("mission", limit=500)).items}
        assert len(conflicts(w)) == len(suggestions(w)) == 1
    finally:
        w.close()

    assert states >= {
        "draft", "submitted", "approved", "authorised", "under_way", "returned",
        "reported", "settled", "closed", "cancelled",
    }  # fmt: skip


def test_exchanges_of_the_year_go_along_the_four_steps(demo: tuple[Path, DemoReport]) -> None:
    w = open_workspace(demo[0] / "MA", "focal.ma", PASSPHRASE)
    try:
        query = ListQuery("exchange", limit=500, columns=("step", "title_ar"))
        rows = [row for row in listing(w, query).items if row.ref[7:11] >= "2025"]
        held = [view(w, row.ref) for row in rows if row.state == "held"]
    finally:
        w.close()

    assert {row.fields["step"] for row in rows} == {"identify", "share", "transfer", "capitalise"}
    assert {row.state for row in rows} == {
        "idea", "planned", "confirmed", "ongoing", "held", "postponed", "cancelled",
    }  # fmt: skip
    assert any(row.fields["title_ar"] for row in rows)
    for exchange in held:
        offices = {str(row.owner) for row in exchange.parts["participation"]}
        assert len(offices) > 1
        assert exchange.parts["session"]
        assert exchange.parts["finding"]


def test_all_offices_travel(demo: tuple[Path, DemoReport]) -> None:
    w = open_workspace(demo[0] / "SN", "focal.sn", PASSPHRASE)
    try:
        query = ListQuery("mission", (("departs_on", "after", "2025"),), limit=500)
        owners = {row.owner for row in listing(w, query).items}
    finally:
        w.close()

    assert owners == {"MA", "CI", "ML", "SN"}


def test_there_is_something_left_to_send_and_to_open(demo: tuple[Path, DemoReport]) -> None:
    w = open_workspace(demo[0] / "MA", "focal.ma", PASSPHRASE)
    try:
        waiting = {one.office: one.to_send.records for one in status(w).partners}
        (inside,) = inspect(w, [demo[0] / "files" / UNOPENED])
    finally:
        w.close()

    assert all(waiting.values())
    assert inside.office == "SN"


def test_a_demonstration_is_whole(demo: tuple[Path, DemoReport]) -> None:
    for office in ("MA", "CI", "ML", "SN"):
        w = open_workspace(demo[0] / office, f"focal.{office.lower()}", PASSPHRASE)
        try:
            assert check(w).clean
        finally:
            w.close()


def test_no_name_of_an_organisation_is_in_clear_but_in_the_pdfs(
    demo: tuple[Path, DemoReport],
) -> None:
    text = files("sscdesk").joinpath("resources", "sample", "organisations.csv").read_text("utf-8")
    rows = csv.DictReader(io.StringIO(text))
    names = {row[c] for row in rows for c in ("name_fr", "name_en", "name_ar") if len(row[c]) > 8}
    contents = [
        path.read_bytes()
        for path in demo[0].rglob("*")
        if path.is_file() and path.suffix not in (".pdf", ".txt")
    ]

    assert len(names) > 100
    assert not [name for name in names if any(name.encode() in content for content in contents)]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")

    with pytest.raises(FileRefused) as refused:
        make_demo(tmp_path)

    assert refused.value.code == "folder-not-empty"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
