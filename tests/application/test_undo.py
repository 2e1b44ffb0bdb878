"""Undo and redo in a desk that saves by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records, undo
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import Refused
from tests.desks import DeskMaker, a_mission, an_organisation


@pytest.fixture
def ma(tmp_path: Path) -> Iterator[Workspace]:
    maker = DeskMaker(tmp_path)
    yield maker.office("MA")
    maker.close()


def test_undo_brings_the_value_before_and_redo_the_value_after(ma: Workspace) -> None:
    made = an_organisation(ma)
    records.change(ma, made.ref, {"city": "Rabat"})
    records.change(ma, made.ref, {"city": "Salé"})

    undo.undo(ma)
    assert records.view(ma, made.ref).fields["city"] == "Rabat"
    undo.undo(ma)
    assert records.view(ma, made.ref).fields["city"] is None
    undo.redo(ma)
    assert records.view(ma, made.ref).fields["city"] == "Rabat"


def test_one_visit_of_a_field_is_one_step(ma: Workspace) -> None:
    made = an_organisation(ma)
    for text in ("R", "Ra", "Rabat"):
        records.change(ma, made.ref, {"city": text}, step="visit-1")

    undo.undo(ma)

    assert records.view(ma, made.ref).fields["city"] is None


def test_undo_takes_back_a_set_a_row_and_a_deletion(ma: Workspace) -> None:
    mission = a_mission(ma)
    records.change_members(ma, mission.ref, "fields_of_action", add=["migrants_rights"])
    undo.undo(ma)
    assert records.view(ma, mission.ref).fields["fields_of_action"] == ("migration_development",)

    row = records.add_part(ma, mission.ref, "finding", {"words": "Un constat"})
    undo.undo(ma)
    assert records.view(ma, mission.ref).parts["finding"] == ()
    undo.redo(ma)
    assert [one.id for one in records.view(ma, mission.ref).parts["finding"]] == [row.id]

    records.delete(ma, mission.ref)
    undo.undo(ma)
    assert not records.view(ma, mission.ref).deleted


def test_undo_is_refused_where_somebody_wrote_since(ma: Workspace) -> None:
    made = an_organisation(ma)
    records.change(ma, made.ref, {"city": "Rabat"})
    with ma.unit("By another window", undoable=False) as unit:
        unit.change("organisation", made.id, {"city": "Fès"})

    with pytest.raises(Refused) as refused:
        undo.undo(ma)

    assert refused.value.code == "undo-stale"
    assert records.view(ma, made.ref).fields["city"] == "Fès"


def test_undo_forgets_nothing(ma: Workspace) -> None:
    made = an_organisation(ma)
    records.change(ma, made.ref, {"city": "Rabat"})
    undo.undo(ma)

    told = [
        (change.before, change.after)
        for entry in records.history(ma, made.ref)
        for change in entry.changes
        if change.field == "city"
    ]
    assert told == [("Rabat", None), (None, "Rabat")]


def test_a_new_change_ends_what_could_be_redone(ma: Workspace) -> None:
    made = an_organisation(ma)
    records.change(ma, made.ref, {"city": "Rabat"})
    undo.undo(ma)
    records.change(ma, made.ref, {"region": "Souss"})

    assert undo.labels(ma)[1] is None


def test_there_may_be_nothing_to_undo(ma: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        undo.undo(ma)

    assert refused.value.code == "nothing-to-undo"
