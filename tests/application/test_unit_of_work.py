"""The one way to write: all of it or nothing, by right, and never over somebody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from sscdesk.application import listing, records
from sscdesk.application import search as searching
from sscdesk.application.views import ListQuery
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import DeskError, MachineFailed, Refused
from tests.desks import PASSPHRASE, DeskMaker, a_mission, an_organisation


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


@pytest.fixture
def ma(desks: DeskMaker) -> Workspace:
    return desks.office("MA")


def state_of(w: Workspace) -> tuple[int, ...]:
    with w.read() as connection:
        return tuple(
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in ("organisation", "journal", "search_record", "touch")
        )


def test_the_database_itself_refuses_a_write_outside_a_unit_of_work(ma: Workspace) -> None:
    made = an_organisation(ma)

    for statement in (
        "UPDATE organisation SET city = 'x'",
        "DELETE FROM organisation",
        "INSERT INTO organisation SELECT * FROM organisation",
    ):
        with pytest.raises(IntegrityError), ma.database.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    assert records.view(ma, made.ref).fields["city"] is None


def test_a_unit_that_fails_leaves_no_row_no_commit_and_no_index(ma: Workspace) -> None:
    an_organisation(ma)
    before = state_of(ma)

    with pytest.raises(RuntimeError), ma.unit("Test") as unit:
        unit.create(
            "organisation",
            {"name_fr": "Perdue", "country": "MA", "kind": "ngo", "level": "local"},
        )
        raise RuntimeError

    assert state_of(ma) == before
    assert searching.everything(ma, "Perdue") == ()


def test_a_full_disk_is_told_in_words_and_loses_nothing(ma: Workspace) -> None:
    made = an_organisation(ma)
    with ma.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    ma.database.close()

    original = ma.database._connect

    def small() -> object:
        connection = original()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    ma.database._connect = small  # type: ignore[method-assign]
    ma.database.engine = ma.database._engine()

    with pytest.raises(MachineFailed) as failed:
        records.change(ma, made.ref, {"offers": "x" * 90_000, "needs": "y" * 90_000})

    assert failed.value.code == "disk-full"
    assert records.view(ma, made.ref).fields["offers"] is None


def test_users_3_a_field_changed_while_it_was_edited_is_never_overwritten(ma: Workspace) -> None:
    made = an_organisation(ma)
    seen = made.fields
    records.change(ma, made.ref, {"city": "Rabat"})

    with pytest.raises(Refused) as refused:
        records.change(ma, made.ref, {"city": "Fès"}, seen)

    assert refused.value.code == "changed-meanwhile"
    assert refused.value.field == "city"
    assert records.view(ma, made.ref).fields["city"] == "Rabat"


def test_a_field_that_others_changed_does_not_stop_the_ones_beside_it(ma: Workspace) -> None:
    made = an_organisation(ma)
    records.change(ma, made.ref, {"city": "Rabat"})

    records.change(ma, made.ref, {"region": "Rabat-Salé"}, made.fields)

    fields = records.view(ma, made.ref).fields
    assert (fields["city"], fields["region"]) == ("Rabat", "Rabat-Salé")


def test_an_administrator_writes_no_content(desks: DeskMaker, ma: Workspace) -> None:
    desks.enter(ma, "Sara Idrissi", "admin")
    mission = a_mission(ma)
    login = desks.enter(ma, "Ali Bennani", "admin")
    ma = desks.as_officer(ma, login)

    with pytest.raises(Refused) as refused:
        records.change(ma, mission.ref, {"purpose_en": "x"})

    assert refused.value.code == "not-your-role"
    with pytest.raises(Refused):
        records.view(ma, mission.ref)


def test_unknown_fields_are_refused_by_name(ma: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        records.create(ma, "person", {"given": "Awa", "shoe_size": 38})

    assert refused.value.field == "shoe_size"


def test_reference_numbers_go_on_and_are_never_given_twice(ma: Workspace) -> None:
    refs = [an_organisation(ma, f"Direction {n}").ref for n in range(3)]
    records.delete(ma, refs[-1])

    assert an_organisation(ma, "Suivante").ref not in refs
    assert len(set(refs)) == 3


def test_a_page_of_a_list_follows_the_one_before(ma: Workspace) -> None:
    for n in range(25):
        an_organisation(ma, f"Direction {n:02}")
    seen: list[str] = []
    after = None
    while True:
        page = listing.listing(ma, ListQuery("organisation", sort="name_fr", limit=10, after=after))
        seen += [row.title for row in page.items]
        after = page.cursor
        if after is None:
            break

    assert seen == [f"Direction {n:02}" for n in range(25)]
    assert page.total == 25


def test_what_was_saved_is_there_after_the_desk_was_closed(desks: DeskMaker, ma: Workspace) -> None:
    made = an_organisation(ma)

    again = desks.as_officer(ma, "first")

    assert records.view(again, made.ref).title == made.title
    assert PASSPHRASE.encode() not in (again.profile.folder / "vault.json").read_bytes()


def test_no_name_stands_in_clear_in_any_file_of_the_profile(
    desks: DeskMaker, ma: Workspace
) -> None:
    an_organisation(ma, "Direction générale de la coopération")
    folder = ma.profile.folder
    ma.close()
    desks.opened.remove(ma)

    for path in folder.rglob("*"):
        if path.is_file():
            assert "coopération".encode() not in path.read_bytes()


def test_every_refusal_has_a_sentence_in_words(ma: Workspace) -> None:
    from sscdesk.i18n import error_text, language

    with pytest.raises(DeskError) as refused:
        records.view(ma, "MA-MIS-2026-9999")

    for code in ("fr", "en", "ar"):
        with language(code):
            assert "MA-MIS-2026-9999" in error_text(refused.value)
