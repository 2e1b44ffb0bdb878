"""The sample data load into the desk of any office, alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from sscdesk.application.opening import found_office
from sscdesk.application.records import listing
from sscdesk.application.sample import load_sample
from sscdesk.application.views import ListQuery
from sscdesk.model.offices import OFFICES
from sscdesk.model.refusal import Refused
from sscdesk.store.derivation import TEST_COST


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("role", ["officer", "head", "admin"])
def test_each_office_loads_its_own_rows(tmp_path: Path, office: str, role: str) -> None:
    officer = {"given": "Awa", "family": "Diop", "roles": (role,)}
    w = found_office(tmp_path / "d", office, officer, "a", "four long words", cost=TEST_COST)

    made = load_sample(w)

    w.actor = replace(w.actor, roles=frozenset({"officer"}))
    counts = {name: listing(w, ListQuery(name)).total for name in ("organisation", "person")}
    owners = {row.owner for row in listing(w, ListQuery("person", limit=500)).items}
    w.close()
    assert made > 20
    assert all(counts.values())
    assert owners == {office}


def test_the_sample_goes_into_an_empty_desk_only(tmp_path: Path) -> None:
    officer = {"given": "Awa", "family": "Diop", "roles": ("officer",)}
    w = found_office(tmp_path / "d", "SN", officer, "a", "four long words", cost=TEST_COST)
    load_sample(w)

    with pytest.raises(Refused) as refused:
        load_sample(w)

    w.close()
    assert refused.value.code == "desk-not-empty"
