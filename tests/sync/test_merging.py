"""What two offices did without knowing of each other, merged by file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records
from sscdesk.application import synchronise as sync
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import FileRefused, Refused
from tests.desks import (
    PLAN,
    DeskMaker,
    a_mission,
    a_plan,
    an_organisation,
    authorise,
    befriend,
    send,
)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


@pytest.fixture
def pair(desks: DeskMaker, tmp_path: Path) -> tuple[Workspace, Workspace]:
    ma, ml = desks.office("MA"), desks.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml)
    return ma, ml


def exchange_files(folder: Path, *desks: Workspace) -> None:
    """Everybody sends to everybody until nothing is new."""
    for _ in range(2):
        for w in desks:
            send(folder, w, *(other for other in desks if other is not w))


@pytest.fixture
def plan(pair: tuple[Workspace, Workspace], tmp_path: Path) -> str:
    """A record that both parties may write."""
    made = a_plan(pair[0])
    exchange_files(tmp_path, *pair)
    return made.ref


def test_users_12_the_same_field_edited_twice_keeps_both_values(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    records.change(ma, plan, {"title_fr": "Plan 2026–2028"})
    records.change(ml, plan, {"title_fr": "Plan d'action renouvelé"})

    exchange_files(tmp_path, ma, ml)

    for w in pair:
        (found,) = sync.conflicts(w)
        assert found.field == "title_fr"
        assert found.before == PLAN["title_fr"]
        assert {(v.stamp.office, v.value) for v in found.values} == {
            ("MA", "Plan 2026–2028"),
            ("ML", "Plan d'action renouvelé"),
        }
        assert records.view(w, plan).fields["title_fr"] == found.values[0].value


def test_the_settlement_travels_and_closes_the_conflict(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    records.change(ma, plan, {"title_fr": "Plan 2026–2028"})
    records.change(ml, plan, {"title_fr": "Plan d'action renouvelé"})
    exchange_files(tmp_path, ma, ml)

    sync.resolve_conflict(ma, plan, "title_fr", keep="ML")
    exchange_files(tmp_path, ma, ml)

    for w in pair:
        assert sync.conflicts(w) == ()
        assert records.view(w, plan).fields["title_fr"] == "Plan d'action renouvelé"
    assert sync.digest(ma) == sync.digest(ml)


def test_users_10_an_unsettled_conflict_survives_the_next_good_file(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    records.change(ma, plan, {"title_fr": "A"})
    records.change(ml, plan, {"title_fr": "B"})
    exchange_files(tmp_path, ma, ml)
    records.change(ma, plan, {"title_en": "Plan"})

    exchange_files(tmp_path, ma, ml)

    assert len(sync.conflicts(ma)) == len(sync.conflicts(ml)) == 1


def test_different_fields_of_one_record_merge_without_a_question(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    records.change(ma, plan, {"title_en": "Plan"})
    records.change(ml, plan, {"title_ar": "خطة"})

    exchange_files(tmp_path, ma, ml)

    for w in pair:
        fields = records.view(w, plan).fields
        assert (fields["title_en"], fields["title_ar"]) == ("Plan", "خطة")
        assert sync.conflicts(w) == ()


def test_members_added_on_both_sides_all_stay(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    one = records.create(
        ma, "organisation", {"name_fr": "A", "country": "MA", "kind": "ngo", "level": "local"}
    )
    two = records.create(
        ml, "organisation", {"name_fr": "B", "country": "ML", "kind": "ngo", "level": "local"}
    )
    exchange_files(tmp_path, ma, ml)
    records.change_members(ma, plan, "parties", add=[one.id])
    records.change_members(ml, plan, "parties", add=[two.id])

    exchange_files(tmp_path, ma, ml)

    for w in pair:
        assert set(records.view(w, plan).fields["parties"]) == {one.id, two.id}  # type: ignore[arg-type]


def test_users_13_a_deleted_record_that_another_office_changed_comes_back_marked(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    records.delete(ma, plan)
    records.change(ml, plan, {"title_en": "Still needed"})

    exchange_files(tmp_path, ma, ml)

    for w in pair:
        assert not records.view(w, plan).deleted
        assert [one.field for one in sync.conflicts(w)] == ["!"]


def test_a_deletion_that_everybody_has_seen_stays_deleted(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    records.change(ml, plan, {"title_en": "Seen"})
    exchange_files(tmp_path, ma, ml)

    records.delete(ma, plan)
    exchange_files(tmp_path, ma, ml)

    assert records.view(ml, plan).deleted
    assert sync.conflicts(ml) == ()


def test_what_two_offices_still_decide_between_them_leaves_the_common_digest_alike(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml, ci = desks.office("MA"), desks.office("ML"), desks.office("CI")
    befriend(tmp_path, ma, ml, ci)
    plan = a_plan(ma).ref
    exchange_files(tmp_path, ma, ml, ci)
    records.delete(ma, plan)
    records.change(ml, plan, {"place": "Bamako, pour les deux parties"})

    exchange_files(tmp_path, ma, ml, ci)

    assert [one.field for one in sync.conflicts(ml)] == ["!"]
    assert records.view(ci, plan).deleted
    assert sync.digest(ma) == sync.digest(ml) == sync.digest(ci)


def test_a_record_in_the_bin_is_shared_with_nobody_else(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    records.delete(ma, plan)

    with pytest.raises(Refused, match="in-bin"):
        records.set_audience(ma, plan, "MA+ML")
    exchange_files(tmp_path, ma, ml)

    assert records.view(ml, plan).deleted
    assert sync.conflicts(ml) == ()


def test_opening_a_file_twice_does_nothing_more(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    records.change(ma, plan, {"title_en": "Plan"})
    path = tmp_path / "twice.sscsync"
    sync.export(ma, ["ML"], path)
    sync.accept(ml, [path])
    before = sync.digest(ml)

    (again,) = sync.accept(ml, [path])

    assert again.applied == 0
    assert sync.digest(ml) == before


def test_inspecting_a_file_changes_nothing(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    records.change(ma, plan, {"title_en": "Plan"})
    path = tmp_path / "look.sscsync"
    sync.export(ma, ["ML"], path)
    before = sync.digest(ml)

    (seen,) = sync.inspect(ml, [path])

    assert seen.applied == 1
    assert seen.changed == {"action_plan": 1}
    assert sync.digest(ml) == before
    assert records.view(ml, plan).fields["title_en"] is None


def test_files_opened_in_the_wrong_order_wait_for_each_other(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    with ma.exclusive() as connection:
        connection.exec_driver_sql(
            "INSERT INTO acknowledged SELECT 'ML', id, head_seq, '' FROM stream WHERE true "
            "ON CONFLICT DO UPDATE SET seq = excluded.seq"
        )
    records.change(ma, plan, {"title_en": "first"})
    sync.export(ma, ["ML"], tmp_path / "1.sscsync")
    with ma.exclusive() as connection:
        connection.exec_driver_sql(
            "UPDATE acknowledged SET seq = (SELECT head_seq FROM stream WHERE id = stream_id)"
        )
    records.change(ma, plan, {"title_en": "second"})
    sync.export(ma, ["ML"], tmp_path / "2.sscsync")

    (early,) = sync.accept(ml, [tmp_path / "2.sscsync"])
    assert early.applied == 0
    assert early.parked > 0
    assert sync.status(ml).parked > 0
    sync.accept(ml, [tmp_path / "1.sscsync"])

    assert records.view(ml, plan).fields["title_en"] == "second"
    assert sync.status(ml).parked == 0


def test_a_change_without_the_right_is_refused_where_it_is_made(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml = pair
    mine = records.create(
        ma, "organisation", {"name_fr": "A", "country": "MA", "kind": "ngo", "level": "local"}
    )
    exchange_files(tmp_path, ma, ml)

    with pytest.raises(Refused) as refused:
        records.change(ml, mine.ref, {"city": "Fès"})

    assert refused.value.code == "not-your-office"
    assert refused.value.field == "city"


def test_a_suggestion_travels_is_accepted_and_its_author_sees_it(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml = pair
    mine = records.create(
        ma, "organisation", {"name_fr": "A", "country": "MA", "kind": "ngo", "level": "local"}
    )
    exchange_files(tmp_path, ma, ml)
    sync.suggest(ml, mine.ref, "city", "Fès")
    exchange_files(tmp_path, ma, ml)

    (found,) = sync.suggestions(ma)
    assert (found.field, found.value, found.stamp.office) == ("city", "Fès", "ML")
    sync.accept_suggestion(ma, found.id)
    exchange_files(tmp_path, ma, ml)

    assert sync.suggestions(ma) == ()
    assert records.view(ml, mine.ref).fields["city"] == "Fès"


def test_what_is_bilateral_reaches_the_partner_and_nobody_else(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml, ci = desks.office("MA"), desks.office("ML"), desks.office("CI")
    befriend(tmp_path, ma, ml, ci)
    mission = a_mission(
        ma,
        host_offices=("ML",),
        tor_context="Pour Bamako seulement",
        internal_note="Pour nous seulement",
    )

    exchange_files(tmp_path, ma, ml, ci)

    assert records.view(ml, mission.ref).fields["tor_context"] == "Pour Bamako seulement"
    assert records.view(ci, mission.ref).fields["tor_context"] is None
    for w in (ml, ci):
        assert records.view(w, mission.ref).fields["internal_note"] is None


def test_a_partner_who_joins_later_receives_what_is_for_partners(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml, ci = desks.office("MA"), desks.office("ML"), desks.office("CI")
    befriend(tmp_path, ma, ml, ci)
    mission = a_mission(ma, host_offices=("ML",), tor_context="Pour les hôtes")
    records.add_part(ma, mission.ref, "finding", {"words": "Un constat"})
    exchange_files(tmp_path, ma, ml, ci)

    records.change(ma, mission.ref, {"host_offices": ("CI", "ML")})
    exchange_files(tmp_path, ma, ml, ci)

    joined = records.view(ci, mission.ref)
    assert joined.fields["tor_context"] == "Pour les hôtes"
    assert [row.fields["words"] for row in joined.parts["finding"]] == ["Un constat"]
    assert sync.conflicts(ml) == sync.conflicts(ci) == ()


def test_a_person_who_may_not_be_shared_stays_in_the_office(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml = pair
    person = records.create(ma, "person", {"given": "Awa", "may_be_shared": False})
    exchange_files(tmp_path, ma, ml)
    with ml.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 0

    records.change(ma, person.ref, {"may_be_shared": True})
    exchange_files(tmp_path, ma, ml)

    assert records.view(ml, person.ref).title == "Awa"


def test_without_an_authorisation_records_go_and_persons_stay(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = desks.office("MA"), desks.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml, personal=False)
    person = records.create(ma, "person", {"given": "Awa", "family": "Traoré"})
    mission = a_mission(ma)
    row = records.add_part(
        ma,
        mission.ref,
        "meeting",
        {"held_on": "2026-03-10", "subject": "Le guichet", "persons": (person.id,)},
    )
    path = tmp_path / "records.sscsync"

    report = sync.export(ma, ["ML"], path)
    sync.accept(ml, [path])

    assert report.without_personal == ("ML",)
    assert not sync.status(ma).partners[1].personal
    there = records.view(ml, mission.ref)
    (meeting,) = there.parts["meeting"]
    assert (meeting.id, meeting.fields["subject"]) == (row.id, "Le guichet")
    assert meeting.fields["persons"] == ()
    with ml.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 0
    send(tmp_path, ml, ma)
    assert sync.digest(ma) == sync.digest(ml)


def test_an_authorisation_that_comes_later_sends_what_was_held_back(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = desks.office("MA"), desks.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml, personal=False)
    person = records.create(ma, "person", {"given": "Awa", "family": "Traoré"})
    exchange_files(tmp_path, ma, ml)

    authorise(ma, "ML")
    exchange_files(tmp_path, ma, ml)

    assert records.view(ml, person.ref).title == "Awa Traoré"
    assert sync.digest(ma, personal=True) == sync.digest(ml, personal=True)


def test_one_byte_changed_on_the_way_is_refused_before_anything_is_applied(
    pair: tuple[Workspace, Workspace], plan: str, tmp_path: Path
) -> None:
    ma, ml = pair
    records.change(ma, plan, {"title_en": "Plan"})
    path = tmp_path / "bent.sscsync"
    sync.export(ma, ["ML"], path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    before = sync.digest(ml)

    with pytest.raises(FileRefused):
        sync.accept(ml, [path])

    assert sync.digest(ml) == before


def test_a_file_for_another_office_is_refused_by_name(desks: DeskMaker, tmp_path: Path) -> None:
    ma, ml, ci = desks.office("MA"), desks.office("ML"), desks.office("CI")
    befriend(tmp_path, ma, ml, ci)
    path = tmp_path / "for-mali.sscsync"
    sync.export(ma, ["ML"], path)

    with pytest.raises(FileRefused) as refused:
        sync.accept(ci, [path])

    assert refused.value.code == "not-for-this-office"


def test_users_1_a_file_that_deletes_many_records_waits_for_a_reader(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml = pair
    people = [records.create(ma, "person", {"given": f"Awa {n}"}) for n in range(25)]
    exchange_files(tmp_path, ma, ml)
    for person in people:
        records.delete(ma, person.ref)
    path = tmp_path / "deletes.sscsync"
    sync.export(ma, ["ML"], path)

    with pytest.raises(Refused) as refused:
        sync.accept(ml, [path])
    assert refused.value.code == "many-deletions"
    assert not records.view(ml, people[0].ref).deleted

    sync.accept(ml, [path], deletions_read=True)
    assert records.view(ml, people[0].ref).deleted


def test_clocks_wrong_by_years_change_only_the_order_of_display(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma, ml = desks.office("MA"), desks.office("ML", name="Awa Diarra")
    befriend(tmp_path, ma, ml)
    made = a_plan(ma)
    exchange_files(tmp_path, ma, ml)
    desks.clock.at("2031-01-01T00:00:00")
    records.change(ma, made.ref, {"title_en": "from the future"})
    exchange_files(tmp_path, ma, ml)
    desks.clock.at("2000-01-01T00:00:00")
    records.change(ml, made.ref, {"title_en": "later, by a clock of 2000"})

    exchange_files(tmp_path, ma, ml)

    for w in (ma, ml):
        assert records.view(w, made.ref).fields["title_en"] == "later, by a clock of 2000"
        assert sync.conflicts(w) == ()


def test_an_address_that_another_office_adds_to_a_person_is_held_everywhere(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml = pair
    person = records.create(ma, "person", {"given": "Awa", "family": "Traoré"})
    exchange_files(tmp_path, ma, ml)

    records.change_members(ml, person.ref, "emails", add=["awa@example.org"])
    exchange_files(tmp_path, ma, ml)

    assert records.view(ma, person.ref).fields["emails"] == ("awa@example.org",)
    assert sync.suggestions(ma) == ()
    assert sync.digest(ma, personal=True) == sync.digest(ml, personal=True)


def a_file_since(folder: Path, w: Workspace, name: str, held: int) -> Path:
    """A file of Rabat for Bamako that begins after so many of its common commits."""
    with w.exclusive() as connection:
        connection.exec_driver_sql(
            "UPDATE acknowledged SET seq = ? WHERE office = 'ML' AND stream_id = "
            "(SELECT id FROM stream WHERE office = 'MA' AND audience = '*')",
            (held,),
        )
    sync.export(w, ["ML"], folder / name)
    return folder / name


def common_commits(w: Workspace) -> int:
    """How far the common stream of Rabat goes."""
    with w.read() as connection:
        return int(
            connection.exec_driver_sql(
                "SELECT head_seq FROM stream WHERE office = 'MA' AND audience = '*'"
            ).scalar_one()
        )


def test_files_that_came_too_early_and_overlap_are_applied_once_the_first_one_came(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml = pair
    exchange_files(tmp_path, ma, ml)
    head = common_commits(ma)
    names = [f"Direction {number}" for number in range(1, 7)]
    made = [an_organisation(ma, name) for name in names[:2]]
    first = a_file_since(tmp_path, ma, "first", head)
    made += [an_organisation(ma, name) for name in names[2:5]]
    inner = a_file_since(tmp_path, ma, "inner", head + 3)
    made.append(an_organisation(ma, names[5]))
    outer = a_file_since(tmp_path, ma, "outer", head + 2)

    for path in (inner, outer, first):
        sync.accept(ml, [path])

    assert [records.view(ml, one.ref).title for one in made] == names
    assert sync.status(ml).parked == 0


def test_a_shorter_file_that_comes_later_takes_nothing_from_what_waits(
    pair: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml = pair
    exchange_files(tmp_path, ma, ml)
    head = common_commits(ma)
    names = [f"Direction {number}" for number in range(1, 5)]
    made = [an_organisation(ma, names[0])]
    first = a_file_since(tmp_path, ma, "first", head)
    made.append(an_organisation(ma, names[1]))
    shorter = a_file_since(tmp_path, ma, "shorter", head + 1)
    made += [an_organisation(ma, name) for name in names[2:]]
    longer = a_file_since(tmp_path, ma, "longer", head + 1)

    for path in (longer, shorter, first):
        sync.accept(ml, [path])

    assert [records.view(ml, one.ref).title for one in made] == names
    assert sync.status(ml).parked == 0
