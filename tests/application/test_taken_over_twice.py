"""Two offices took the same older register over before they exchanged a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records
from sscdesk.application import synchronise as sync
from sscdesk.application.import_lookup import identifier_of
from sscdesk.application.workspace import Workspace
from tests.desks import DeskMaker
from tests.partners import Partners, two_offices

REFS = [f"MA-ORG-2019-{number:04d}" for number in range(1, 4)]


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Partners]:
    maker = DeskMaker(tmp_path)
    yield two_offices(maker, tmp_path)
    maker.close()


def take_over(w: Workspace, city: str) -> None:
    """Write the rows of the register, which say who owns them, all at once."""
    row = {"country": "BE", "kind": "ministry", "level": "national", "city": city}
    with w.unit("Import", undoable=False) as unit:
        unit.rules.takeover = True
        unit.create_many(
            "organisation",
            [{"name_fr": f"Organisme {ref}", **row} for ref in REFS],
            identifiers=[identifier_of(ref) for ref in REFS],
            refs=REFS,
            owners=["MA"] * len(REFS),
            checked=True,
        )


def test_the_same_rows_are_one_and_nothing_is_to_decide(offices: Partners) -> None:
    take_over(offices.ma, "Bruxelles")
    take_over(offices.ml, "Bruxelles")

    offices.exchange()
    offices.exchange()

    assert sync.digest(offices.ma) == sync.digest(offices.ml)
    for w in (offices.ma, offices.ml):
        assert not sync.suggestions(w)
        assert not sync.conflicts(w)


def test_what_differs_is_the_owners_and_is_suggested_to_it(offices: Partners) -> None:
    take_over(offices.ma, "Bruxelles")
    take_over(offices.ml, "Liège")

    offices.exchange()
    offices.exchange()

    assert records.view(offices.ml, REFS[0]).fields["city"] == "Bruxelles"
    assert {one.value for one in sync.suggestions(offices.ma)} == {"Liège"}
    assert not sync.conflicts(offices.ml)
    assert sync.digest(offices.ma) == sync.digest(offices.ml)
