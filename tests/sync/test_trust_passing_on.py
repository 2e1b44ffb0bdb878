"""Commits that pass through offices that do not all know one another."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection

from sscdesk.application import records
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import NotFound
from sscdesk.sync.segments import Segment
from tests.desks import DeskMaker, befriend, send


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[DeskMaker]:
    made = DeskMaker(tmp_path)
    yield made
    made.close()


def enter(w: Workspace, name: str) -> str:
    values = {"name_fr": name, "kind": "ministry", "country": w.office, "level": "national"}
    return records.create(w, "organisation", values).ref


def test_what_could_be_applied_in_part_is_passed_on(maker: DeskMaker, tmp_path: Path) -> None:
    ma, ci, ml, sn = (maker.office(code) for code in ("MA", "CI", "ML", "SN"))
    befriend(tmp_path, ci, sn)
    befriend(tmp_path, ci, ml)
    befriend(tmp_path, ml, ma, ci)
    early = enter(ci, "Direction de l'emploi")
    enter(sn, "Direction de la diaspora")
    send(tmp_path, sn, ci)
    enter(ci, "Direction du travail")

    send(tmp_path, ci, ml)
    send(tmp_path, ml, ma)

    assert records.view(ma, early).owner == "CI"


def three_of_whom_one_is_unknown(
    maker: DeskMaker, folder: Path
) -> tuple[Workspace, Workspace, Workspace, str]:
    """Bamako has Dakar's record from Rabat, and has not accepted Dakar's card."""
    ma, ml, sn = (maker.office(code) for code in ("MA", "ML", "SN"))
    befriend(folder, ma, ml)
    befriend(folder, ma, sn)
    ref = enter(sn, "Direction de la diaspora")
    send(folder, sn, ma)
    send(folder, ma, ml)
    return ma, ml, sn, ref


def test_commits_of_an_office_not_accepted_appear_when_its_card_is(
    maker: DeskMaker, tmp_path: Path
) -> None:
    ma, ml, sn, ref = three_of_whom_one_is_unknown(maker, tmp_path)
    with pytest.raises(NotFound):
        records.view(ml, ref)

    befriend(tmp_path, ml, sn)
    enter(ma, "Direction de l'emploi")
    send(tmp_path, ma, ml)

    assert records.view(ml, ref).owner == "SN"


def test_commits_kept_unchecked_and_not_by_their_office_are_never_applied_and_come_again(
    maker: DeskMaker, tmp_path: Path
) -> None:
    ma, ml, sn, ref = three_of_whom_one_is_unknown(maker, tmp_path)
    with ml.exclusive() as connection:
        forge_what_is_kept(connection)

    befriend(tmp_path, ml, sn)
    enter(ma, "Direction de l'emploi")
    send(tmp_path, ma, ml)

    with ml.read() as connection:
        kept = connection.exec_driver_sql("SELECT segment FROM parked").scalars().all()
        signatures = connection.exec_driver_sql("SELECT head_signature FROM stream").scalars()
        assert not [one for one in signatures if bytes(one).startswith(b"forged")]
    assert kept == []
    assert records.view(ml, ref).owner == "SN"


def forge_what_is_kept(connection: Connection) -> None:
    """Put a signature that Dakar did not make, as an office between could have done."""
    for stream, data in connection.exec_driver_sql("SELECT stream_id, segment FROM parked").all():
        segment = msgspec.msgpack.decode(bytes(data), type=Segment)
        forged = replace(segment, head_signature=b"forged" + segment.head_signature[6:])
        connection.exec_driver_sql(
            "UPDATE parked SET segment = ? WHERE stream_id = ?",
            (msgspec.msgpack.encode(forged), stream),
        )
