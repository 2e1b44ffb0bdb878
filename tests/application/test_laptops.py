"""A second laptop of an office: invited, joined, writing beside the first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import attachments, cards, laptops, records, safekeeping
from sscdesk.application import synchronise as sync
from sscdesk.application.opening import open_workspace
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import DeskError, FileRefused, Locked, Refused
from tests.desks import PASSPHRASE, DeskMaker, an_organisation, befriend, send


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[DeskMaker]:
    made = DeskMaker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ma(maker: DeskMaker) -> Workspace:
    return maker.office("MA")


def second_laptop(maker: DeskMaker, w: Workspace, name: str = "second") -> Workspace:
    path = maker.folder / f"{name}.sscbackup"
    laptops.invite(w, path)
    folder = maker.folder / name
    laptops.join(path, folder, "first", PASSPHRASE, clock=maker.clock)
    opened = open_workspace(folder, "first", PASSPHRASE, clock=maker.clock, random=maker.random)
    maker.opened.append(opened)
    return opened


def to_the_other(folder: Path, sender: Workspace, receiver: Workspace) -> None:
    path = folder / f"own-{sender.random(4).hex()}.sscsync"
    sync.export(sender, [sender.office], path)
    sync.accept(receiver, [path])


def test_the_second_laptop_holds_all_and_is_another_one(maker: DeskMaker, ma: Workspace) -> None:
    ministry = an_organisation(ma)
    records.change(ma, ministry.ref, {"appraisal": "Interlocuteur fiable"})
    attachments.attach_bytes(ma, ministry.ref, "Lettre.pdf", b"%PDF-1.7 lettre")

    other = second_laptop(maker, ma)

    assert records.view(other, ministry.ref).fields["appraisal"] == "Interlocuteur fiable"
    assert attachments.attachments(other, ministry.ref)[0].present
    assert other.laptop.id != ma.laptop.id
    assert other.laptop.number == 2
    assert sync.digest(ma) == sync.digest(other)
    assert safekeeping.check(other).clean
    assert {one.number for one in cards.own_card(ma).laptops} == {1, 2}


def test_both_write_and_exchange_even_what_never_leaves_the_office(
    maker: DeskMaker, ma: Workspace, tmp_path: Path
) -> None:
    other = second_laptop(maker, ma)
    assert sync.status(ma).own is not None

    here = an_organisation(ma, "DGME")
    there = an_organisation(other, "APDP")
    records.change(other, there.ref, {"appraisal": "À revoir"})
    assert here.ref != there.ref
    to_the_other(tmp_path, ma, other)
    to_the_other(tmp_path, other, ma)

    assert records.view(other, here.ref).title == "DGME"
    assert records.view(ma, there.ref).fields["appraisal"] == "À revoir"
    assert sync.digest(ma) == sync.digest(other)


def test_another_office_accepts_what_the_second_laptop_signs(
    maker: DeskMaker, ma: Workspace, tmp_path: Path
) -> None:
    ml = maker.office("ML")
    befriend(tmp_path, ma, ml)
    other = second_laptop(maker, ma)
    made = an_organisation(other, "APDP")

    send(tmp_path, other, ml)

    assert records.view(ml, made.ref).title == "APDP"


def test_the_two_conflict_like_two_offices_and_settle(
    maker: DeskMaker, ma: Workspace, tmp_path: Path
) -> None:
    ministry = an_organisation(ma)
    other = second_laptop(maker, ma)
    records.change(ma, ministry.ref, {"city": "Rabat"})
    records.change(other, ministry.ref, {"city": "Salé"})

    to_the_other(tmp_path, ma, other)
    to_the_other(tmp_path, other, ma)

    assert [one.field for one in sync.conflicts(ma)] == ["city"]
    assert len(sync.conflicts(ma)[0].values) == 2


def test_the_invitation_leaves_no_key_of_the_new_laptop_behind(
    maker: DeskMaker, ma: Workspace
) -> None:
    second_laptop(maker, ma)

    with ma.read() as connection:
        kept = set(connection.exec_driver_sql("SELECT name FROM secret").scalars())
    assert laptops.INVITED not in kept


def test_a_backup_is_no_invitation_and_leaves_nothing(
    maker: DeskMaker, ma: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "desk.sscbackup"
    safekeeping.backup(ma, path)

    with pytest.raises(FileRefused, match="not-an-invitation"):
        laptops.join(path, tmp_path / "new", "first", PASSPHRASE, clock=maker.clock)

    assert not (tmp_path / "new").exists()


def test_a_wrong_passphrase_makes_no_desk(maker: DeskMaker, ma: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "second.sscbackup"
    laptops.invite(ma, path)

    with pytest.raises(Locked, match="wrong-passphrase"):
        laptops.join(path, tmp_path / "new", "first", "une autre phrase", clock=maker.clock)

    assert not (tmp_path / "new").exists()


def test_an_invitation_that_could_not_be_written_invites_nobody(
    maker: DeskMaker, ma: Workspace, tmp_path: Path
) -> None:
    before = cards.own_card(ma)

    with pytest.raises(DeskError):
        laptops.invite(ma, tmp_path / "nowhere" / "second.sscbackup")

    assert cards.own_card(ma) == before
    assert sync.status(ma).own is None
    assert laptops.invite(ma, tmp_path / "second.sscbackup").number == 2


def test_an_office_alone_makes_no_file_for_itself(ma: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no-such-office"):
        sync.export(ma, ["MA"], tmp_path / "own.sscsync")


def test_a_ninth_laptop_has_no_number(maker: DeskMaker, ma: Workspace, tmp_path: Path) -> None:
    for number in range(2, 9):
        laptops.invite(ma, tmp_path / f"{number}.sscbackup")

    with pytest.raises(Refused, match="no-more-laptops"):
        laptops.invite(ma, tmp_path / "9.sscbackup")


def test_a_lost_second_laptop_is_revoked_by_the_first(
    maker: DeskMaker, ma: Workspace, tmp_path: Path
) -> None:
    other = second_laptop(maker, ma)
    cards.revoke(ma, other.laptop.id.hex()[:8])
    an_organisation(other, "APDP")
    path = tmp_path / "stolen.sscsync"
    sync.export(other, ["MA"], path)

    with pytest.raises(FileRefused, match="revoked-laptop"):
        sync.accept(ma, [path])
    assert sync.status(ma).own is None


def test_a_partner_who_read_news_of_a_lost_laptop_is_still_understood_by_all(
    maker: DeskMaker, ma: Workspace, tmp_path: Path
) -> None:
    ml, ci = maker.office("ML"), maker.office("CI")
    befriend(tmp_path, ma, ml, ci)
    stolen = second_laptop(maker, ma)
    news = an_organisation(stolen, "Seulement sur ce portable")
    send(tmp_path, stolen, ml)
    cards.revoke(ma, stolen.laptop.id.hex()[:8])

    made = an_organisation(ml, "Écrit après cette nouvelle")
    send(tmp_path, ma, ml, ci)
    send(tmp_path, ml, ma, ci)

    for w in (ma, ci):
        assert records.view(w, made.ref).title == "Écrit après cette nouvelle"
        assert sync.status(w).parked == 0
    assert records.view(ml, news.ref).title == "Seulement sur ce portable"
