"""A person is erased: from rows, history, the journal, at every office, and nothing breaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import (
    attachments,
    auditing,
    erasing,
    records,
    safekeeping,
    search,
    undo,
)
from sscdesk.application import synchronise as sync
from sscdesk.application.views import ListQuery, RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import DeskError, FileRefused, NotFound, Refused
from sscdesk.model.values import Value
from tests.desks import DeskMaker, an_organisation, befriend, send

HATS = ("head", "focal_point", "officer")
REASON = "Demande écrite du 3 mars 2026"
SECRET = "Zeinabou Introuvable"


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[DeskMaker]:
    made = DeskMaker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def three(maker: DeskMaker, tmp_path: Path) -> tuple[Workspace, Workspace, Workspace]:
    desks = (maker.office("MA", HATS), maker.office("ML", HATS), maker.office("CI", HATS))
    befriend_all(tmp_path, *desks)
    return desks


def befriend_all(folder: Path, *desks: Workspace) -> None:
    befriend(folder, *desks)


def a_person(w: Workspace, **values: Value) -> RecordView:
    given: dict[str, Value] = {
        "given": "Zeinabou",
        "family": "Introuvable",
        "telephones": ("+223 76 55 44 33",),
        "notes": "Écrire à Zeinabou",
    }
    made = records.create(w, "person", {**given, **values})
    records.add_part(w, made.ref, "post", {"function": "Conseillère Introuvable"})
    return records.change(w, made.ref, {"source": "Carte de visite d'Introuvable"})


def everything_of(w: Workspace) -> bytes:
    """All bytes that the desk's tables hold."""
    with w.read() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        ).scalars()
        found = []
        for name in list(names):
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                found.extend(
                    cell if isinstance(cell, bytes) else str(cell).encode() for cell in row
                )
    return b"\n".join(found)


def tells(w: Workspace) -> bool:
    held = everything_of(w)
    return b"Introuvable" in held or b"Zeinabou" in held or b"76 55 44" in held


def round_trip(folder: Path, *desks: Workspace) -> None:
    for _ in range(2):
        for w in desks:
            send(folder, w, *(other for other in desks if other is not w))


def test_nothing_of_the_person_is_left_and_the_chain_holds(
    three: tuple[Workspace, Workspace, Workspace],
) -> None:
    ma = three[0]
    person = a_person(ma)
    attachments.attach_bytes(ma, person.ref, "CV d'Introuvable.pdf", b"%PDF-1.7 cv")
    assert tells(ma)

    report = erasing.erase(ma, person.ref, REASON)

    assert not tells(ma)
    assert report.rows == 3
    assert report.documents == 1
    assert safekeeping.check(ma).clean
    view = records.view(ma, person.ref)
    assert (view.erased, view.title) == (REASON, person.ref)
    assert search.everything(ma, "Introuvable") == ()
    assert [line.action for line in auditing.audit(ma)][-1] == "erased"


def test_the_erasure_travels_and_all_offices_hold_the_same(
    three: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, ci = three
    person = a_person(ma)
    round_trip(tmp_path, *three)
    assert tells(ml)
    assert tells(ci)

    erasing.erase(ma, person.ref, REASON)
    round_trip(tmp_path, *three)

    assert not any(tells(w) for w in three)
    assert len({sync.digest(w, personal=True) for w in three}) == 1
    assert all(safekeeping.check(w).clean for w in three)
    assert records.view(ci, person.ref).erased == REASON
    assert "erased-by-file" in [line.action for line in auditing.audit(ml)]


def test_an_office_that_never_had_the_person_receives_only_the_empty_record(
    three: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, ci = three
    person = a_person(ma)
    round_trip(tmp_path, ma, ml)
    erasing.erase(ma, person.ref, REASON)
    round_trip(tmp_path, ma, ml)

    send(tmp_path, ml, ci)

    assert not tells(ci)
    assert records.view(ci, person.ref).erased == REASON
    round_trip(tmp_path, *three)
    assert len({sync.digest(w, personal=True) for w in three}) == 1


def test_what_other_offices_wrote_about_the_person_goes_too(
    three: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, ci = three
    person = a_person(ma)
    round_trip(tmp_path, *three)
    records.change(ml, person.ref, {"notes": "Introuvable, rappeler"})
    records.add_part(ml, person.ref, "post", {"function": "Experte Introuvable"})
    send(tmp_path, ml, ci)

    erasing.erase(ma, person.ref, REASON)
    round_trip(tmp_path, *three)

    assert not any(tells(w) for w in three)
    assert len({sync.digest(w, personal=True) for w in three}) == 1
    assert all(sync.status(w).parked == 0 for w in three)


@pytest.mark.parametrize("first", ["erasure", "post"])
def test_what_is_written_at_the_same_time_is_dropped_in_either_order(
    first: str, three: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, ci = three
    person = a_person(ma)
    round_trip(tmp_path, *three)
    erasing.erase(ma, person.ref, REASON)
    records.add_part(ml, person.ref, "post", {"function": "Experte Introuvable"})
    records.change_members(ml, person.ref, "emails", add=["introuvable@example.org"])

    senders = (ma, ml) if first == "erasure" else (ml, ma)
    for sender in senders:
        send(tmp_path, sender, ci)
    round_trip(tmp_path, *three)

    assert not any(tells(w) for w in three)
    assert len({sync.digest(w, personal=True) for w in three}) == 1
    assert all(safekeeping.check(w).clean for w in three)


def test_only_the_head_of_the_office_that_recorded_the_person_erases(
    maker: DeskMaker, three: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, _ = three
    person = a_person(ma)
    send(tmp_path, ma, ml)
    focal = maker.office("SN", ("focal_point", "officer"))
    other = a_person(focal)

    with pytest.raises(Refused, match="not-your-office"):
        erasing.erase(ml, person.ref, REASON)
    with pytest.raises(Refused, match="not-your-role"):
        erasing.erase(focal, other.ref, REASON)
    with pytest.raises(Refused, match="no-reason"):
        erasing.erase(ma, person.ref, "  ")
    with pytest.raises(Refused, match="only-persons"):
        erasing.erase(ma, an_organisation(ma).ref, REASON)
    assert tells(ma)


def test_an_erased_person_is_neither_erased_again_nor_restored_nor_listed(
    three: tuple[Workspace, Workspace, Workspace],
) -> None:
    ma = three[0]
    person = a_person(ma)
    erasing.erase(ma, person.ref, REASON)

    with pytest.raises(NotFound, match="erased-already"):
        erasing.erase(ma, person.ref, REASON)
    with pytest.raises(Refused, match="erased"):
        records.restore(ma, person.ref)
    with pytest.raises(DeskError):
        undo.undo(ma)
    assert records.listing(ma, ListQuery("person")).items == ()
    assert records.listing(ma, ListQuery("person", in_bin=True)).items == ()


def test_a_leaf_that_nobody_declared_erased_is_never_accepted_without_content(
    three: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    ma, ml, _ = three
    a_person(ma)
    with ma.exclusive() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM person").scalars().all()
        digests = {leaf.digest for leaf in erasing.find_leaves(connection, set(rows))}
        from sscdesk.sync.erasing import strip_journal

        strip_journal(connection, set(rows), digests)
    path = tmp_path / "stripped.sscsync"
    sync.export(ma, ["ML"], path)

    with pytest.raises(FileRefused, match="broken-chain"):
        sync.accept(ml, [path])


def test_references_to_an_erased_person_show_its_number(
    three: tuple[Workspace, Workspace, Workspace],
) -> None:
    ma = three[0]
    person = a_person(ma)
    exchange = records.create(
        ma, "exchange",
        {"title_fr": "Atelier", "kind": "workshop", "step": "share", "lead_office": "MA"},
    )  # fmt: skip
    records.add_part(ma, exchange.ref, "participation", {"person": person.id})

    erasing.erase(ma, person.ref, REASON)

    view = records.view(ma, exchange.ref)
    assert view.titles[person.id] == person.ref
