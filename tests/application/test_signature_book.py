"""What waits for an officer's signature, and what changed since it was read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records, reports, signature_book
from sscdesk.application.comparing import Mark
from sscdesk.model.values import Value
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


def test_a_contested_report_waits_at_home_with_the_reason_that_travelled(
    desks: DeskMaker, tmp_path: Path
) -> None:
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
    reports.contest(ml, report.ref, "Le troisième constat n'est pas le nôtre.")
    assert signature_book.waiting(ml) == ()
    ml = desks.as_officer(ml, "first")
    send(tmp_path, ml, ma)
    ma = desks.as_officer(ma, "first")
    (line,) = signature_book.waiting(ma)

    assert (line.action, line.by, line.by_office) == ("revise", "Moussa Keita", "ML")
    assert line.note == "Le troisième constat n'est pas le nôtre."
    reports.revise(ma, report.ref, "Constat retiré.")
    assert signature_book.waiting(ma) == ()


def test_a_superseded_paper_says_by_which_revision(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    head = desks.enter(ma, "Nadia Alaoui", "head")
    report = a_submitted_report(ma)

    def through_the_book(ref: str) -> Path:
        nonlocal ma
        ma = desks.as_officer(ma, reviewer)
        reports.review(ma, ref)
        ma = desks.as_officer(ma, head)
        reports.sign(ma, ref, PASSPHRASE)
        path = tmp_path / f"{ref}.pdf"
        reports.save(ma, ref, path)
        return path

    first = through_the_book(report.ref)
    ma = desks.as_officer(ma, "first")
    revision = reports.revise(ma, report.ref, "Un chiffre manquait.")
    reports.submit(ma, revision.ref)
    second = through_the_book(revision.ref)

    old, new = reports.verify_in_words(ma, first), reports.verify_in_words(ma, second)

    assert records.view(ma, report.ref).state == "superseded"
    assert old.verdict.valid
    assert f"remplacé par la révision 2 : utilisez celle-ci ({revision.ref})" in (
        old.sentences[2].replace("\u00a0", " ")
    )
    assert "révision 2 " not in new.sentences[2]
    assert (old.report, new.report) == (report.id, revision.id)


def test_a_revision_keeps_period_and_texts_by_hand(desks: DeskMaker) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    signer = desks.enter(ma, "Awa Keita", "focal_point")
    period: dict[str, Value] = {"period_from": "2026-01-01", "period_until": "2026-02-28"}
    report = reports.build(ma, "sync_register", None, "fr", period)
    records.add_part(ma, report.ref, "text_block", {"section_name": "remarks", "words": "Vu."})
    reports.submit(ma, report.ref)
    ma = desks.as_officer(ma, reviewer)
    reports.review(ma, report.ref)
    ma = desks.as_officer(ma, signer)
    reports.sign(ma, report.ref, PASSPHRASE)
    ma = desks.as_officer(ma, "first")

    revision = reports.revise(ma, report.ref, "Un fichier manquait.")

    view = records.view(ma, revision.ref)
    assert {name: view.fields[name] for name in period} == period
    assert [row.fields["words"] for row in view.parts["text_block"]] == ["Vu."]
