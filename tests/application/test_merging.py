"""Duplicates: found, merged, followed, parted again, the same at every office."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import duplicates, merging, records, search, undo
from sscdesk.application import synchronise as sync
from sscdesk.application.views import ListQuery, RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.values import Value
from tests.desks import DeskMaker, an_organisation, befriend, send


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[DeskMaker]:
    made = DeskMaker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ma(maker: DeskMaker) -> Workspace:
    return maker.office("MA")


def a_person(w: Workspace, given: str, family: str, **values: Value) -> RecordView:
    return records.create(w, "person", {"given": given, "family": family, **values})


def listed(w: Workspace, entity: str, **where: Value) -> set[str]:
    conditions = tuple((name, "is", value) for name, value in where.items())
    return {row.ref for row in records.listing(w, ListQuery(entity, conditions)).items}


def test_who_sounds_alike_is_listed_and_a_merged_pair_no_more(ma: Workspace) -> None:
    one = a_person(ma, "Awa", "Traoré", emails=("awa@dgme.ml",))
    other = a_person(ma, "Awa", "Traore", emails=("awa@dgme.ml",))

    (pair,) = duplicates.duplicates(ma, "person")
    merging.merge(ma, one.ref, other.ref)

    assert {pair.one, pair.other} == {one.id, other.id}
    assert pair.reasons
    assert duplicates.duplicates(ma, "person") == ()


def test_two_of_whom_an_officer_said_that_they_are_two_are_listed_no_more(ma: Workspace) -> None:
    one = a_person(ma, "Awa", "Traoré")
    other = a_person(ma, "Awa", "Traore")

    duplicates.keep_apart(ma, other.ref, one.ref)

    assert duplicates.duplicates(ma, "person") == ()
    assert records.view(ma, other.ref).same_as == ""


def test_what_gave_way_leaves_the_list_and_stays_readable(ma: Workspace) -> None:
    one = a_person(ma, "Awa", "Traoré", telephones=("+22320202020",))
    other = a_person(ma, "A.", "Traoré", telephones=("+22376000000",), salutation="Mme")
    records.add_part(ma, other.ref, "post", {"function": "Directrice"})

    kept = merging.merge(ma, one.ref, other.ref)

    assert listed(ma, "person") == {one.ref}
    (merged,) = kept.merged
    assert merged.ref == other.ref
    assert merged.fields["given"] == "A."
    assert [row.fields["function"] for row in merged.parts["post"]] == ["Directrice"]
    assert records.view(ma, other.ref).same_as == one.id


def test_what_the_one_kept_lacks_it_is_given_and_nothing_it_says_is_replaced(
    ma: Workspace,
) -> None:
    one = a_person(ma, "Awa", "Traoré", telephones=("+22320202020",))
    other = a_person(ma, "A.", "Traoré", telephones=("+22376000000",), salutation="Mme")

    kept = merging.merge(ma, one.ref, other.ref)

    assert kept.fields["given"] == "Awa"
    assert kept.fields["salutation"] == "Mme"
    assert kept.fields["telephones"] == ("+22320202020", "+22376000000")


def test_what_a_few_offices_may_read_is_not_given_to_a_record_that_all_may_read(
    ma: Workspace,
) -> None:
    one = a_person(ma, "Awa", "Traoré")
    other = a_person(ma, "Awa", "Traoré", salutation="Mme", may_be_shared=False, notes="Écrire")

    kept = merging.merge(ma, one.ref, other.ref)

    assert kept.fields["salutation"] is None
    assert kept.fields["notes"] == "Écrire"


def test_references_follow_and_may_be_written_on(ma: Workspace) -> None:
    one, other = an_organisation(ma, "DGME"), an_organisation(ma, "Dir. gén. des Maliens")
    person = a_person(ma, "Awa", "Traoré")
    post = records.add_part(
        ma, person.ref, "post", {"function": "Directrice", "organisation": other.id}
    )
    agreement = records.create(
        ma,
        "agreement",
        {"title_fr": "Accord", "kind": "mou", "countries": ("MA",), "parties": (other.id,)},
    )

    merging.merge(ma, one.ref, other.ref)

    seen = records.view(ma, person.ref)
    assert seen.parts["post"][0].fields["organisation"] == one.id
    assert seen.titles[one.id] == "DGME"
    assert records.view(ma, agreement.ref).fields["parties"] == (one.id,)
    assert listed(ma, "agreement", parties=one.id) == {agreement.ref}
    records.change_part(
        ma, person.ref, "post", post.id, {"function": "DG"}, {"function": "Directrice"}
    )
    third = an_organisation(ma, "APDP")
    both = records.change_members(ma, agreement.ref, "parties", add=[third.id])
    assert both.fields["parties"] == tuple(sorted((one.id, third.id)))


def test_searching_the_former_name_finds_the_one_kept(ma: Workspace) -> None:
    one, other = an_organisation(ma, "DGME"), an_organisation(ma, "Direction des Maliens")

    merging.merge(ma, one.ref, other.ref)

    assert [hit.ref for hit in search.everything(ma, "Direction des Maliens")] == [one.ref]
    similar = search.similar(ma, "organisation", {"name_fr": "Direction des Maliens"})
    assert [found.ref for found in similar] == [one.ref]


def test_a_merge_can_be_undone_at_once_and_parted_later(ma: Workspace) -> None:
    one = a_person(ma, "Awa", "Traoré")
    other = a_person(ma, "Awa", "Traore", salutation="Mme")

    merging.merge(ma, one.ref, other.ref)
    undo.undo(ma)
    assert records.view(ma, one.ref).fields["salutation"] is None
    assert listed(ma, "person") == {one.ref, other.ref}

    merging.merge(ma, one.ref, other.ref)
    merging.separate(ma, other.ref)
    assert listed(ma, "person") == {one.ref, other.ref}
    assert records.view(ma, one.ref).merged == ()
    assert "Merge duplicates" in {entry.label for entry in records.history(ma, other.ref)}


def test_a_merged_record_whose_keeper_is_deleted_comes_back(ma: Workspace) -> None:
    one, other = an_organisation(ma, "DGME"), an_organisation(ma, "Direction des Maliens")
    merging.merge(ma, one.ref, other.ref)

    records.delete(ma, one.ref)

    assert listed(ma, "organisation") == {other.ref}


def test_only_two_different_records_of_one_kind_are_merged(ma: Workspace) -> None:
    person, ministry = a_person(ma, "Awa", "Traoré"), an_organisation(ma)

    with pytest.raises(NotFound, match="one-record"):
        merging.merge(ma, person.ref, person.ref)
    with pytest.raises(Refused, match="other-kind"):
        merging.merge(ma, person.ref, ministry.ref)
    other = a_person(ma, "Awa", "Traore")
    merging.merge(ma, person.ref, other.ref)
    with pytest.raises(Refused, match="merged-already"):
        merging.merge(ma, other.ref, person.ref)


def test_a_chain_of_merges_ends_at_the_last_one_kept(ma: Workspace) -> None:
    first, second, third = (an_organisation(ma, name) for name in ("Un", "Deux", "Trois"))

    merging.merge(ma, second.ref, first.ref)
    merging.merge(ma, third.ref, second.ref)

    assert {one.ref for one in records.view(ma, third.ref).merged} == {first.ref, second.ref}
    assert listed(ma, "organisation") == {third.ref}


def test_opposite_merges_of_two_offices_settle_on_the_lower_identifier_everywhere(
    maker: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = maker.office("MA"), maker.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml)
    one, other = an_organisation(ma, "DGME"), an_organisation(ma, "Direction des Maliens")
    send(tmp_path, ma, ml)

    merging.merge(ma, one.ref, other.ref)
    merging.merge(ml, other.ref, one.ref)
    send(tmp_path, ma, ml)
    send(tmp_path, ml, ma)

    lower = min((one, other), key=lambda record: record.id)
    assert listed(ma, "organisation") == listed(ml, "organisation") == {lower.ref}
    assert sync.digest(ma) == sync.digest(ml)
    assert sync.conflicts(ma) == ()


def test_a_circle_of_merges_can_be_parted_by_either_office(
    maker: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = maker.office("MA"), maker.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml)
    one, other = an_organisation(ma, "DGME"), an_organisation(ma, "Direction des Maliens")
    send(tmp_path, ma, ml)
    merging.merge(ma, one.ref, other.ref)
    merging.merge(ml, other.ref, one.ref)
    send(tmp_path, ma, ml)
    send(tmp_path, ml, ma)

    higher = max((one, other), key=lambda record: record.id)
    merging.separate(ml, higher.ref)
    send(tmp_path, ml, ma)

    assert listed(ma, "organisation") == {one.ref, other.ref}
    assert sync.digest(ma) == sync.digest(ml)


def test_a_merge_into_a_record_that_another_office_may_not_see_hides_nothing_there(
    maker: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = maker.office("MA"), maker.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml)
    private = a_person(ma, "Awa", "Traoré", may_be_shared=False)
    shared = a_person(ma, "Awa", "Traoré")
    send(tmp_path, ma, ml)

    merging.merge(ma, private.ref, shared.ref)
    send(tmp_path, ma, ml)

    assert listed(ma, "person") == {private.ref}
    assert listed(ml, "person") == {shared.ref}
