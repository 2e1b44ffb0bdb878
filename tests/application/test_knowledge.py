"""A file that arrives late changes a past figure visibly, against what was known before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records
from sscdesk.application import synchronise as sync
from sscdesk.application.indicator_counts import Scope
from sscdesk.application.indicator_measures import MEASURES
from sscdesk.application.indicator_reader import IndicatorReader
from sscdesk.application.indicator_views import Question
from sscdesk.application.workspace import Workspace
from tests.application.counting import (
    a_person,
    an_exchange,
    define,
    figure,
    look,
    merge,
    move,
)
from tests.desks import DeskMaker, befriend, send


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


@pytest.fixture
def ma(desks: DeskMaker) -> Workspace:
    desks.clock.at("2026-01-05T09:00:00")
    w = desks.office("MA")
    define(w, "IND-01", "IND-02", "IND-03", "IND-07")
    return w


@pytest.fixture
def ml(desks: DeskMaker, ma: Workspace, tmp_path: Path) -> Workspace:
    w = desks.office("ML", name="Jean Coulibaly")
    befriend(tmp_path, ma, w)
    return w


def changed(w: Workspace, code: str, since: str) -> dict[str, int]:
    """Return by how much each past period changed since a moment."""
    lines = look(w, code, since=since).periods
    return {line.key: int(line.changed) for line in lines if line.changed}


def test_a_late_file_changes_a_past_period_visibly(
    desks: DeskMaker, ma: Workspace, ml: Workspace, tmp_path: Path
) -> None:
    an_exchange(ma, [a_person(ma, "Awa")], day="2026-01-12")
    people = [a_person(ml, name) for name in ("Issa", "Fanta", "Oumar")]
    an_exchange(ml, people, day="2026-02-10")
    desks.clock.at("2026-04-20T09:00:00")

    send(tmp_path, ml, ma)

    assert changed(ma, "IND-01", "2026-04-01") == {"2026-Q1": 1}
    assert changed(ma, "IND-02", "2026-04-01") == {"2026-Q1": 3}
    assert look(ma, "IND-02", since="2026-04-01").figure.changed == 3
    assert changed(ma, "IND-02", "2026-04-21") == {}
    assert figure(ma, "IND-02") == 4


def test_what_was_made_here_counts_as_known_from_when_it_was_made(
    desks: DeskMaker, ma: Workspace
) -> None:
    desks.clock.at("2026-04-20T09:00:00")
    an_exchange(ma, day="2026-02-10")

    assert changed(ma, "IND-01", "2026-04-20") == {"2026-Q1": 1}
    assert changed(ma, "IND-01", "2026-04-21") == {}


def test_the_author_s_clock_says_nothing_about_when_a_fact_became_known(
    desks: DeskMaker, ma: Workspace, ml: Workspace, tmp_path: Path
) -> None:
    desks.clock.at("2035-01-01T09:00:00")
    an_exchange(ml, day="2026-02-10")
    desks.clock.at("2026-04-20T09:00:00")
    send(tmp_path, ml, ma)

    assert changed(ma, "IND-01", "2026-04-01") == {"2026-Q1": 1}
    assert changed(ma, "IND-01", "2026-04-21") == {}


def test_rows_that_changed_later_are_counted_as_they_stood(desks: DeskMaker, ma: Workspace) -> None:
    moved, undone, late = (an_exchange(ma, day="2026-02-10") for _ in range(3))
    move(ma, "exchange", late.id, "ongoing")
    desks.clock.at("2026-04-20T09:00:00")
    records.change(ma, moved.id, {"starts_on": "2025-12-01", "ends_on": "2025-12-02"})
    move(ma, "exchange", undone.id, "planned")
    records.delete(ma, undone.id)
    move(ma, "exchange", late.id, "held")

    assert changed(ma, "IND-01", "2026-04-20") == {"2025-Q4": 1, "2026-Q1": -1}
    assert look(ma, "IND-01", since="2026-04-20").figure.changed == 0


def test_a_row_put_back_was_in_the_bin_before(desks: DeskMaker, ma: Workspace) -> None:
    exchange = an_exchange(ma, [a_person(ma, "Awa")], day="2026-02-10")
    row = records.view(ma, exchange.id).parts["participation"][0].id
    with ma.unit("Test", undoable=False) as unit:
        unit.remove_part("exchange", exchange.id, "participation", row)
    desks.clock.at("2026-04-20T09:00:00")
    with ma.unit("Test", undoable=False) as unit:
        unit.restore_part("exchange", exchange.id, "participation", row)

    assert changed(ma, "IND-02", "2026-04-20") == {"2026-Q1": 1}


def test_persons_merged_later_were_two(desks: DeskMaker, ma: Workspace) -> None:
    one, other = a_person(ma, "Awa"), a_person(ma, "Aoua")
    an_exchange(ma, [one, other], day="2026-02-10")
    desks.clock.at("2026-04-20T09:00:00")
    merge(ma, "person", other, one)

    assert changed(ma, "IND-03", "2026-04-20") == {"2026-Q1": -1}
    assert changed(ma, "IND-03", "2026-04-21") == {}


def test_members_of_a_set_are_counted_as_they_stood(desks: DeskMaker, ma: Workspace) -> None:
    exchange = an_exchange(ma, day="2026-02-10", fields_of_action=("migrants_rights",))
    desks.clock.at("2026-04-20T09:00:00")
    both = ("migrants_rights", "migration_development")
    records.change(ma, exchange.id, {"fields_of_action": both})

    with ma.read() as connection:
        reader = IndicatorReader(ma, connection, Question(since="2026-04-20"))
        then = reader.then.by_side(MEASURES["IND-01"], Scope(), None, "field")
        now = reader.now.by_side(MEASURES["IND-01"], Scope(), None, "field")

    assert {side for _period, side in then} == {"migrants_rights"}
    assert {side for _period, side in now} == set(both)


def test_a_file_opened_twice_changes_nothing_more(
    desks: DeskMaker, ma: Workspace, ml: Workspace, tmp_path: Path
) -> None:
    an_exchange(ml, day="2026-02-10")
    path = tmp_path / "late.sscsync"
    sync.export(ml, ["MA"], path)
    desks.clock.at("2026-04-20T09:00:00")
    sync.accept(ma, [path])
    desks.clock.at("2026-05-20T09:00:00")
    sync.accept(ma, [path])

    assert changed(ma, "IND-01", "2026-05-01") == {}
    assert changed(ma, "IND-01", "2026-04-01") == {"2026-Q1": 1}


def test_figures_are_compared_with_the_last_donor_report(desks: DeskMaker, ma: Workspace) -> None:
    desks.clock.at("2026-04-12T09:00:00")
    assert look(ma, "IND-01").figure.since == "2026-04-01"
    with ma.unit("Test", undoable=False) as unit:
        given = {"kind": "donor_report", "language": "fr"}
        report = unit.create("report", given)
        unit.change("report", report, {"submitted_on": "2026-04-10T08:00:00Z"}, by_desk=True)
    an_exchange(ma, day="2026-02-10")

    found = look(ma, "IND-01")

    assert found.figure.since == "2026-04-10T08:00:00Z"
    assert found.figure.changed == 1
    assert [line.changed for line in found.periods if line.key == "2026-Q1"] == [1]


def test_a_period_that_still_ran_is_no_past_that_changed(desks: DeskMaker, ma: Workspace) -> None:
    desks.clock.at("2026-04-20T09:00:00")
    an_exchange(ma, day="2026-04-18")

    assert changed(ma, "IND-01", "2026-04-19") == {}
