"""The sample's indicators, against figures counted from its files by other means."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from sscdesk.application.sample import load_sample
from sscdesk.application.workspace import Workspace
from tests.application.counting import figure, look, periods, sides
from tests.desks import DeskMaker

HELD = {"held", "reported", "closed"}
OFFICIALS = {
    "ministry", "directorate", "public_agency", "deconcentrated_service",
    "regional_authority", "local_authority", "regulator",
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of Morocco's office in a file of the sample."""
    text = files("sscdesk").joinpath("resources", "sample", f"{name}.csv").read_text("utf-8")
    found = list(csv.DictReader(io.StringIO(text)))
    if name == "participants":
        return [
            one for one in found if one["recorded_by"] == "MA" and one["exchange"].startswith("MA-")
        ]
    return [one for one in found if one["ref"].startswith("MA-")]


@pytest.fixture(scope="module")
def ma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    maker = DeskMaker(Path(tmp_path_factory.mktemp("sample")))
    w = maker.office("MA")
    load_sample(w)
    yield w
    maker.close()


@pytest.fixture(scope="module")
def attended() -> list[dict[str, str]]:
    """Those who attended exchanges that were held, with what the other files say of them."""
    people = {one["ref"]: one for one in rows("people")}
    kinds = {one["ref"]: one for one in rows("organisations")}
    held = {one["ref"]: one for one in rows("exchanges") if one["status"] in HELD}
    return [
        {
            **one,
            "day": held[one["exchange"]]["ends_on"],
            "kind": held[one["exchange"]]["kind"],
            "sex": people[one["person"]]["sex"],
            "organisation": people[one["person"]]["organisation"],
            "country": kinds[people[one["person"]]["organisation"]]["country"],
            "organisation_kind": kinds[people[one["person"]]["organisation"]]["kind"],
        }
        for one in rows("participants")
        if one["attendance"] == "attended" and one["exchange"] in held and one["person"] in people
    ]


def test_exchanges_are_those_that_the_file_says_were_held(ma: Workspace) -> None:
    held = [one for one in rows("exchanges") if one["status"] in HELD]

    assert figure(ma, "IND-01") == len(held)
    assert sides(ma, "IND-01", "kind") == Counter(one["kind"] for one in held)
    assert sides(ma, "IND-01", "country") == Counter(one["country"] for one in held)
    assert periods(ma, "IND-01", grain="year") == Counter(one["ends_on"][:4] for one in held)
    fields = Counter(name for one in held for name in one["fields_of_action"].split(";"))
    assert sides(ma, "IND-01", "field") == fields
    assert look(ma, "IND-01", by="field").overlap == fields.total() - len(held)


def test_participants_and_persons_are_those_of_the_file(
    ma: Workspace, attended: list[dict[str, str]]
) -> None:
    assert attended
    assert figure(ma, "IND-02") == len(attended)
    assert sides(ma, "IND-02", "sex") == Counter(one["sex"] for one in attended)
    assert sides(ma, "IND-02", "country") == Counter(one["country"] for one in attended)
    persons = {one["person"]: one["sex"] for one in attended}
    assert figure(ma, "IND-03") == len(persons)
    assert sides(ma, "IND-03", "sex") == Counter(persons.values())
    women = sum(one["sex"] == "f" for one in attended)
    assert figure(ma, "IND-04") == pytest.approx(100 * women / len(attended), abs=0.05)


def test_officials_trained_and_institutions_are_those_of_the_file(
    ma: Workspace, attended: list[dict[str, str]]
) -> None:
    trained = {
        one["person"]
        for one in attended
        if one["kind"] == "training" and one["organisation_kind"] in OFFICIALS
    }
    came: dict[str, int] = defaultdict(int)
    for one in attended:
        came[one["organisation"]] += 1

    assert figure(ma, "IND-05") == len(trained)
    assert figure(ma, "IND-06") == sum(number > 1 for number in came.values())


def test_practices_missions_and_promises_are_those_of_the_file(ma: Workspace) -> None:
    practices = [one for one in rows("practices") if one["status"] in ("validated", "published")]
    missions = [
        one
        for one in rows("missions")
        if one["status"] in ("returned", "reported", "settled", "closed")
    ]
    promises = rows("commitments")
    done = {"fulfilled", "verified", "dropped"}

    assert figure(ma, "IND-07") == len(practices)
    assert sides(ma, "IND-07", "field") == Counter(one["field"] for one in practices)
    assert figure(ma, "IND-09") == sum(one["status"] != "proposed" for one in promises)
    assert figure(ma, "IND-10") == sum(one["status"] == "verified" for one in promises)
    assert figure(ma, "IND-11") == sum(one["status"] not in done for one in promises)
    assert figure(ma, "IND-12") == len(missions)
    assert periods(ma, "IND-12", grain="year") == Counter(one["returns_on"][:4] for one in missions)


def test_follow_ups_and_values_entered_are_those_of_the_file(ma: Workspace) -> None:
    due = [one for one in rows("follow_ups") if one["status"] != "cancelled"]
    done = sum(one["status"] in ("done", "verified") for one in due)

    assert figure(ma, "IND-14") == pytest.approx(100 * done / len(due), abs=0.05)
    assert look(ma, "IND-17").figure.entered == 11
    assert look(ma, "IND-18").figure.entered == 80
