"""Settling what two offices wrote: of records, and of the rows inside them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records
from sscdesk.application import synchronise as sync
from sscdesk.application.views import ConflictView
from tests.desks import DeskMaker
from tests.partners import Partners, a_commitment, two_offices


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Partners]:
    maker = DeskMaker(tmp_path)
    yield two_offices(maker, tmp_path)
    maker.close()


def an_axis_deleted_and_changed(offices: Partners) -> tuple[str, ConflictView]:
    """Bamako removes an axis of the plan that Rabat writes in at the same time."""
    commitment = a_commitment(offices.ma)
    plan = str(commitment.fields["action_plan"])
    axis = records.add_part(
        offices.ma, plan, "axis", {"title_fr": "Accueil", "field": "migration_development"}
    )
    offices.exchange()
    records.change_part(offices.ma, plan, "axis", axis.id, {"objective": "Un seul lieu."})
    records.remove_part(offices.ml, plan, "axis", axis.id)
    offices.exchange()
    (conflict,) = sync.conflicts(offices.ma)
    return plan, conflict


def test_a_row_removed_and_changed_can_be_kept(offices: Partners) -> None:
    plan, conflict = an_axis_deleted_and_changed(offices)

    assert (conflict.field, conflict.part) == ("!", "axis")
    sync.resolve_conflict(offices.ma, conflict.row, "!", value=False)

    assert sync.conflicts(offices.ma) == ()
    assert len(records.view(offices.ma, plan).parts["axis"]) == 1


def test_settling_a_row_never_touches_its_record(offices: Partners) -> None:
    plan, conflict = an_axis_deleted_and_changed(offices)

    sync.resolve_conflict(offices.ma, conflict.row, "!", value=True)

    assert sync.conflicts(offices.ma) == ()
    view = records.view(offices.ma, plan)
    assert not view.deleted
    assert view.parts["axis"] == ()


def test_both_values_stand_with_who_wrote_them(offices: Partners) -> None:
    commitment = a_commitment(offices.ma)
    offices.exchange()
    records.change(offices.ma, commitment.ref, {"target": "Deux agents"})
    records.change(offices.ml, commitment.ref, {"target": "Trois agents"})
    offices.exchange()

    (conflict,) = sync.conflicts(offices.ma)

    assert {(one.stamp.office, one.stamp.officer_name, one.value) for one in conflict.values} == {
        ("MA", "Ana Idrissi", "Deux agents"),
        ("ML", "Jean Coulibaly", "Trois agents"),
    }
