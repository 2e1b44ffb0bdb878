"""What waits for an officer's signature, and what changed since it was read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records, reports, signature_book
from sscdesk.application.comparing import Mark
from tests.desks import PASSPHRASE, DeskMaker, befriend, send
from tests.partners import a_submitted_report


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def test_a_submitted_report_waits_for_another_focal_point(desks: DeskMaker) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    report = a_submitted_report(ma)
    assert signature_book.waiting(ma) == ()

    ma = desks.as_officer(ma, reviewer)
    (line,) = signature_book.waiting(ma)

    assert (line.id, line.action, line.by, line.by_office) == (
        report.id,
        "review",
        "Omar Tazi",
        "MA",
    )
    assert line.read is None
    assert line.is_new


def test_the_book_of_the_head_holds_what_was_reviewed(desks: DeskMaker) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    head = desks.enter(ma, "Nadia Alaoui", "head")
    report = a_submitted_report(ma)
    ma = desks.as_officer(ma, reviewer)
    reports.review(ma, report.ref)

    ma = desks.as_officer(ma, head)

    assert [line.action for line in signature_book.waiting(ma)] == ["sign"]


def test_a_partner_finds_what_it_is_to_countersign(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    head = desks.enter(ma, "Nadia Alaoui", "head")
    ml = desks.office("ML", name="Awa Diarra")
    ml_head = desks.enter(ml, "Moussa Keita", "head")
    befriend(tmp_path, ma, ml)
    send(tmp_path, ml, ma)
    report = a_submitted_report(ma)
    ma = desks.as_officer(ma, reviewer)
    reports.review(ma, report.ref)
    ma = desks.as_officer(ma, head)
    reports.sign(ma, report.ref, PASSPHRASE)
    ma = desks.as_officer(ma, reviewer)
    send(tmp_path, ma, ml)

    ml = desks.as_officer(ml, ml_head)
    (line,) = signature_book.waiting(ml)

    assert (line.action, line.owner, line.by) == ("countersign", "MA", "Nadia Alaoui")


def test_the_next_version_shows_what_is_new_in_it(desks: DeskMaker) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    report = a_submitted_report(ma)
    ma = desks.as_officer(ma, reviewer)
    signature_book.mark_read(ma, report.ref)
    assert not signature_book.waiting(ma)[0].is_new
    reports.return_(ma, report.ref, "Dire combien de projets.")
    ma = desks.as_officer(ma, "first")
    mission = str(report.fields["subject"])
    records.change(ma, mission, {"summary": "Un guichet unique, 312 projets, un suivi d'un an."})
    reports.submit(ma, report.ref)

    ma = desks.as_officer(ma, reviewer)
    (line,) = signature_book.waiting(ma)
    changes = signature_book.changes(ma, report.ref)

    assert line.is_new
    assert changes.since is not None
    (section,) = changes.sections
    assert [p.text.strip() for p in section.pieces if p.mark is Mark.NEW] == ["312 projets,"]


def test_a_report_read_once_has_no_changes_to_show(desks: DeskMaker) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    report = a_submitted_report(ma)

    signature_book.mark_read(ma, report.ref)
    signature_book.mark_read(ma, report.ref)

    assert signature_book.changes(ma, report.ref) == signature_book.Changes(None)
