"""A mission from its first line to a report that two offices signed."""

import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sscdesk.application import actions, records, reports
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import Locked, Refused
from tests.desks import PASSPHRASE, DeskMaker, a_mission, befriend, send


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def returned_mission(w: Workspace, ref: str) -> str:
    """Bring a mission home as a register taken over would, with what it leaves behind."""
    records.add_part(w, ref, "meeting", {"held_on": "2026-03-10", "subject": "Le guichet"})
    records.add_part(w, ref, "finding", {"words": "Un seul lieu, un seul agent."})
    records.add_part(w, ref, "recommendation", {"what": "Rédiger la fiche", "due_on": "2026-03-31"})
    with w.unit("Test", undoable=False) as unit:
        identifier = records.find(w, ref)
        unit.move_state("mission", identifier, "returned")
    return identifier


def test_a_mission_report_travels_and_is_countersigned(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    head = desks.enter(ma, "Nadia Alaoui", "head")
    ml = desks.office("ML", ("focal_point", "officer"), "Awa Diarra")
    befriend(tmp_path, ma, ml)
    mission = a_mission(ma)
    returned_mission(ma, mission.ref)

    report = reports.build(ma, "mission_report", mission.ref, "fr")
    report = reports.submit(ma, report.ref)
    with pytest.raises(Refused):
        reports.review(ma, report.ref)
    ma = desks.as_officer(ma, reviewer)
    assert reports.review(ma, report.ref).state == "reviewed"
    ma = desks.as_officer(ma, head)
    with pytest.raises(Locked):
        reports.sign(ma, report.ref, "autre chose")
    signed = reports.sign(ma, report.ref, PASSPHRASE)

    assert signed.state == "signed"
    path = tmp_path / "report.pdf"
    reports.save(ma, report.ref, path)
    verdict = reports.verify(ma, path)
    assert verdict.valid
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
    assert told.stdout.count("Signature is Valid") == 1


def test_actions_say_what_is_missing(desks: DeskMaker) -> None:
    ma = desks.office("MA")
    mission = records.create(
        ma,
        "mission",
        {"purpose_fr": "Visite", "departs_on": "2026-03-09", "returns_on": "2026-03-13"},
    )

    submit = next(one for one in actions.actions(ma, mission.ref) if one.action == "submit")

    assert not submit.allowed
    assert {"traveller", "leg", "budget_line"} <= {one.field for one in submit.missing}


def test_the_partner_countersigns_the_same_bytes(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    head = desks.enter(ma, "Nadia Alaoui", "head")
    ml = desks.office("ML", ("admin", "focal_point"), "Awa Diarra")
    ml_head = desks.enter(ml, "Moussa Keita", "head")
    befriend(tmp_path, ma, ml)
    send(tmp_path, ml, ma)
    mission = a_mission(ma)
    returned_mission(ma, mission.ref)
    report = reports.build(ma, "mission_report", mission.ref, "fr")
    reports.submit(ma, report.ref)
    ma = desks.as_officer(ma, reviewer)
    reports.review(ma, report.ref)
    ma = desks.as_officer(ma, head)
    reports.sign(ma, report.ref, PASSPHRASE)
    ma = desks.as_officer(ma, reviewer)
    send(tmp_path, ma, ml)

    ml = desks.as_officer(ml, ml_head)
    assert reports.countersign(ml, report.ref, PASSPHRASE).state == "countersigned"
    ml = desks.as_officer(ml, "first")
    send(tmp_path, ml, ma)

    back = records.view(ma, report.ref)
    assert back.state == "countersigned"
    path = tmp_path / "both.pdf"
    reports.save(ma, report.ref, path)
    verdict = reports.verify(ma, path)
    assert verdict.valid
    assert [one.office for one in verdict.signatures] == ["MA", "ML"]
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
    assert told.stdout.count("Signature is Valid") == 2


def test_who_left_the_office_signs_for_it_no_more(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    head = desks.enter(ma, "Nadia Alaoui", "head")
    ml = desks.office("ML", ("admin", "focal_point"), "Awa Diarra")
    befriend(tmp_path, ma, ml)
    mission = a_mission(ma)
    returned_mission(ma, mission.ref)
    report = reports.build(ma, "mission_report", mission.ref, "fr")
    reports.submit(ma, report.ref)
    ma = desks.as_officer(ma, reviewer)
    reports.review(ma, report.ref)
    ma = desks.as_officer(ma, head)
    reports.sign(ma, report.ref, PASSPHRASE)
    path = tmp_path / "signed.pdf"
    reports.save(ma, report.ref, path)
    nadia = ma.actor.officer

    ma = desks.as_officer(ma, "first")
    signed_on = desks.clock().date()
    records.change(ma, nadia, {"active_to": signed_on.isoformat()})
    on_her_last_day = reports.verify(ma, path)
    records.change(ma, nadia, {"active_to": (signed_on - timedelta(days=1)).isoformat()})
    send(tmp_path, ma, ml)

    assert on_her_last_day.valid
    for w in (ma, ml):
        verdict = reports.verify(w, path)
        assert not verdict.valid
        assert verdict.worst is not None
        assert verdict.worst.code == "departed"
