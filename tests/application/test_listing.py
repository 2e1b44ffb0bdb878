from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records
from sscdesk.application.listing import listing
from sscdesk.application.views import ListQuery
from sscdesk.application.workspace import Workspace
from sscdesk.search import gathering
from tests.desks import DeskMaker, a_mission, an_organisation


@pytest.fixture
def w(tmp_path: Path) -> Iterator[Workspace]:
    desks = DeskMaker(tmp_path)
    yield desks.office("MA")
    desks.close()


@pytest.fixture(params=[5_000, 2], ids=["looked up one by one", "walked in order"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(gathering, "FEW_ENOUGH", request.param)
    return int(request.param)


def refs(w: Workspace, **query: object) -> list[str]:
    return [row.ref for row in listing(w, ListQuery(**query)).items]  # type: ignore[arg-type]


def total(w: Workspace, **query: object) -> int:
    return listing(w, ListQuery(**query)).total  # type: ignore[arg-type]


@pytest.mark.usefixtures("way")
def test_a_search_in_a_list_finds_all_in_the_order_of_the_list(w: Workspace) -> None:
    made = [an_organisation(w, f"Direction {name}").ref for name in ("Dakar", "Abidjan", "Bamako")]
    an_organisation(w, "Agence de Kayes")

    assert refs(w, entity="organisation", search="direction") == made[::-1]
    by_name = refs(w, entity="organisation", search="direction", sort="name_fr")
    assert by_name == [made[1], made[2], made[0]]
    assert total(w, entity="organisation", search="direction") == 3


@pytest.mark.usefixtures("way")
def test_pages_of_a_search_show_each_record_once(w: Workspace) -> None:
    made = {an_organisation(w, f"Direction {number}").ref for number in range(7)}

    shown: list[str] = []
    after: str | None = None
    while after is not None or not shown:
        page = listing(w, ListQuery("organisation", search="direction", limit=3, after=after))
        shown += [row.ref for row in page.items]
        after = page.cursor
        assert page.total == 7

    assert sorted(shown) == sorted(made)


@pytest.mark.usefixtures("way")
def test_a_search_counts_what_is_out_of_the_bin_and_finds_what_is_in_it(w: Workspace) -> None:
    kept = [an_organisation(w, f"Direction {number}").ref for number in range(3)]
    thrown = an_organisation(w, "Direction ancienne").ref
    records.delete(w, thrown)

    assert refs(w, entity="organisation", search="direction") == kept[::-1]
    assert total(w, entity="organisation", search="direction") == 3
    assert refs(w, entity="organisation", search="direction", in_bin=True) == [thrown]
    assert refs(w, entity="organisation", search=thrown, in_bin=True) == [thrown]
    assert total(w, entity="organisation", search="direction", in_bin=True) == 1


@pytest.mark.usefixtures("way")
def test_a_search_and_a_filter_hold_together(w: Workspace) -> None:
    made = [an_organisation(w, f"Direction {number}") for number in range(4)]
    records.change(w, made[1].ref, {"city": "Kayes"})
    in_kayes = (("city", "is", "Kayes"),)

    assert refs(w, entity="organisation", search="direction", where=in_kayes) == [made[1].ref]
    assert total(w, entity="organisation", search="direction", where=in_kayes) == 1


def test_a_search_with_a_typing_error_fills_the_list_too(w: Workspace) -> None:
    found = an_organisation(w, "Observatoire de la migration").ref

    assert refs(w, entity="organisation", search="observatiore") == [found]


def test_a_code_is_never_taken_for_another_one(w: Workspace) -> None:
    an_organisation(w, "Bureau DM1998")

    assert refs(w, entity="organisation", search="DM1999") == []


def test_words_in_different_rows_of_a_record_find_it(w: Workspace) -> None:
    mission = a_mission(w, purpose_fr="Étude des guichets")
    leg = {"from_place": "Bamako", "to_place": "Ségou", "date": "2026-03-11", "country": "ML"}
    records.add_part(w, mission.ref, "leg", leg)

    assert refs(w, entity="mission", search="guichets ségou") == [mission.ref]


def test_the_beginning_of_a_reference_lists_all_that_begin_so(w: Workspace) -> None:
    made = [an_organisation(w, f"Direction {number}").ref for number in range(3)]

    assert refs(w, entity="organisation", search="MA-ORG-2026") == made[::-1]
    assert total(w, entity="organisation", search="MA-ORG-2026") == 3


@pytest.mark.parametrize("text", ['"', "*", "title:", "AND", "NEAR(", "-", "'); --", "مديرية"])
def test_what_is_typed_into_a_list_is_never_syntax(w: Workspace, text: str) -> None:
    an_organisation(w, "Direction")

    assert refs(w, entity="organisation", search=text) == []
