"""Exchange reports and attendance sheets, filled from records and read by other programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records, reports
from sscdesk.application.workspace import Workspace
from sscdesk.i18n import language
from sscdesk.model.refusal import Refused
from tests.application.exchanges_lived import a_held_exchange
from tests.desks import PASSPHRASE, DeskMaker
from tests.partners import a_commitment
from tests.reports.reading import text_of, verdicts_of


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def paper(w: Workspace, kind: str, ref: str, code: str, folder: Path, **values: str) -> str:
    return text_of(reports.preview_new(w, kind, ref, code, dict(values)), folder)


def test_an_exchange_report_tells_what_was_recorded(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA")
    lived = a_held_exchange(ma)

    text = paper(ma, "exchange_report", lived.exchange.ref, "fr", tmp_path)

    for told in (
        "Visite du guichet des investisseurs",
        "Comparer les guichets & leurs délais <10 jours>.",
        "Les formulaires seront comparés.",
        "Un seul agent suit chaque porteur.",
        "Amina Benali",
        "2 personnes présentes, 1 femme",
        "4,5 sur 5 (4 réponses)",
        "Très concret.",
        "Un lieu, un agent.",
        "Échanger deux agents",
    ):
        assert told in text, told
    assert "Venue" not in text


def test_an_arabic_exchange_report_is_read_in_logical_order(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma = desks.office("MA")
    lived = a_held_exchange(ma, objectives="مقارنة الشبابيك وآجالها (أقل من عشرة أيام) بالرباط.")

    text = paper(ma, "exchange_report", lived.exchange.ref, "ar", tmp_path)

    assert "زيارة شباك المستثمرين" in text
    assert "مقارنة الشبابيك وآجالها (أقل من عشرة أيام) بالرباط." in text
    assert "أمينة بنعلي" in text


def test_who_may_not_be_shared_is_counted_and_not_named(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA")
    lived = a_held_exchange(ma)

    text = paper(ma, "exchange_report", lived.exchange.ref, "en", tmp_path)

    assert "Discret" not in text
    assert "Person not named here" in text
    assert "2 persons attended, 1 woman" in text


def test_a_promise_of_two_offices_is_counted_and_not_worded(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma = desks.office("MA")
    promise = a_commitment(ma)
    lived = a_held_exchange(ma, commitments=(promise.id,))

    text = paper(ma, "exchange_report", lived.exchange.ref, "en", tmp_path)

    assert "1 commitment is served; its wording stays with the two offices." in text
    assert str(promise.fields["title_fr"]) not in text
    assert promise.ref not in text


def test_an_empty_required_section_blocks_the_submission(desks: DeskMaker) -> None:
    ma = desks.office("MA")
    lived = a_held_exchange(ma)
    session = records.view(ma, lived.exchange.ref).parts["session"][0]
    records.remove_part(ma, lived.exchange.ref, "session", session.id)
    report = reports.build(ma, "exchange_report", lived.exchange.ref, "fr")

    with pytest.raises(Refused) as refused, language("en"):
        reports.submit(ma, report.ref)

    assert refused.value.code == "section-empty"
    assert "session" in str(refused.value.field)


def test_partners_that_were_there_are_asked_to_countersign(desks: DeskMaker) -> None:
    ma = desks.office("MA")
    lived = a_held_exchange(ma)

    alone = reports.build(ma, "exchange_report", lived.exchange.ref, "fr")
    guest = records.create(
        ma,
        "organisation",
        {"name_fr": "Guichet de Bamako", "country": "ML", "kind": "ministry", "level": "national"},
    )
    with ma.unit("Test", undoable=False) as unit:
        unit.move_state("exchange", lived.exchange.id, "ongoing")
    records.add_part(
        ma,
        lived.exchange.ref,
        "participation",
        {"person": lived.speaker.id, "organisation": guest.id, "attendance": "attended"},
    )
    with ma.unit("Test", undoable=False) as unit:
        unit.move_state("exchange", lived.exchange.id, "held")
    together = reports.build(ma, "exchange_report", lived.exchange.ref, "fr")

    assert alone.fields["second_offices"] == ()
    assert together.fields["second_offices"] == ("ML",)


def test_an_attendance_sheet_has_rows_to_sign_and_its_totals_once_counted(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma = desks.office("MA")
    lived = a_held_exchange(ma)

    first = paper(ma, "attendance_sheet", lived.exchange.ref, "en", tmp_path)
    second = paper(
        ma, "attendance_sheet", lived.exchange.ref, "en", tmp_path, period_from="2026-02-11"
    )

    assert "Women: 1; men: 1; not recorded: 0; in all: 2." in first
    assert "Women: 1; men: 0; not recorded: 0; in all: 1." in second
    assert "11 February 2026" in second
    assert "INTERNAL DOCUMENT" in first
    assert "Secret Discret" in first
    assert "a@exemple.ma" in first
    assert "Pas Venue" not in first


def test_a_sheet_for_another_day_than_the_exchange_is_refused(desks: DeskMaker) -> None:
    ma = desks.office("MA")
    lived = a_held_exchange(ma)

    with pytest.raises(Refused) as refused:
        reports.build(
            ma, "attendance_sheet", lived.exchange.ref, "fr", {"period_from": "2026-03-01"}
        )

    assert refused.value.code == "day-outside"


def test_the_focal_point_signs_the_attendance_sheet(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    focal = desks.enter(ma, "Lina Berrada", "focal_point")
    signer = desks.enter(ma, "Awa Keita", "focal_point")
    report = reports.build(ma, "attendance_sheet", a_held_exchange(ma).exchange.ref, "fr")
    reports.submit(ma, report.ref)
    ma = desks.as_officer(ma, focal)
    reports.review(ma, report.ref)
    ma = desks.as_officer(ma, signer)

    assert reports.sign(ma, report.ref, PASSPHRASE).state == "signed"

    path = tmp_path / "sheet.pdf"
    reports.save(ma, report.ref, path)
    assert verdicts_of(path.read_bytes(), tmp_path) == ["Signature is Valid."]
    assert records.view(ma, report.ref).audience == ("MA",)
