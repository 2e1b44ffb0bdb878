"""What a file for a partner would tell it, by name, before it is made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records
from sscdesk.application import synchronise as sync
from tests.desks import DeskMaker, a_mission
from tests.partners import Partners, an_organisation, two_offices


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Partners]:
    maker = DeskMaker(tmp_path)
    yield two_offices(maker, tmp_path)
    maker.close()


def test_records_that_wait_are_named_once_each(offices: Partners) -> None:
    offices.exchange()
    mission = a_mission(offices.ma)
    records.change(offices.ma, mission.ref, {"summary": "Un guichet."})
    organisation = an_organisation(offices.ma, "Guichet")

    waits = sync.waiting_records(offices.ma, "ML")

    assert waits.records == 2
    assert {(one.ref, one.what) for one in waits.listed} == {
        (mission.ref, "new"),
        (organisation.ref, "new"),
    }


def test_a_change_of_a_row_names_its_record(offices: Partners) -> None:
    mission = a_mission(offices.ma)
    offices.exchange()
    records.add_part(offices.ma, mission.ref, "finding", {"words": "Un seul lieu."})

    waits = sync.waiting_records(offices.ma, "ML")

    assert [(one.ref, one.what) for one in waits.listed] == [(mission.ref, "changed")]


def test_a_record_put_into_the_bin_is_told_as_such(offices: Partners) -> None:
    organisation = an_organisation(offices.ma, "Guichet")
    offices.exchange()
    records.delete(offices.ma, organisation.ref)

    waits = sync.waiting_records(offices.ma, "ML")

    assert [(one.ref, one.what) for one in waits.listed] == [(organisation.ref, "deleted")]


def test_what_stays_in_the_office_does_not_wait(offices: Partners) -> None:
    organisation = an_organisation(offices.ma, "Guichet")
    offices.exchange()
    records.change(offices.ma, organisation.ref, {"appraisal": "Fiable."})

    waits = sync.waiting_records(offices.ma, "ML")

    assert (waits.records, waits.listed) == (0, ())


def test_what_lies_in_a_file_already_made_is_told(offices: Partners, tmp_path: Path) -> None:
    an_organisation(offices.ma, "Guichet")
    before = sync.waiting_records(offices.ma, "ML").in_files
    report = sync.export(offices.ma, ["ML"], tmp_path / "un.sscsync")
    an_organisation(offices.ma, "Agence")

    after = sync.waiting_records(offices.ma, "ML")

    assert (before, after.in_files) == (0, report.commits)
