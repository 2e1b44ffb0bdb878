"""Matrices of plans and sheets of practices, filled from records and read by other programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records, reports
from sscdesk.application.snapshots.practices import HEADINGS
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import Refused
from sscdesk.model.values import Value
from tests.application.exchanges_lived import a_person
from tests.desks import PASSPHRASE, DeskMaker
from tests.promising import a_body, a_plan, a_promise, an_agreement, put_in_state
from tests.reports.reading import text_of, verdicts_of


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


@pytest.fixture
def ma(desks: DeskMaker) -> Workspace:
    return desks.office("MA")


def paper(w: Workspace, kind: str, ref: str, code: str, folder: Path) -> str:
    return text_of(reports.preview_new(w, kind, ref, code), folder)


# ---------------------------------------------------------------- the matrix


def an_adopted_plan(w: Workspace, **values: Value) -> RecordView:
    plan = a_plan(w, an_agreement(w, "MA", "ML").id, "MA", "ML", **values)
    axis: dict[str, Value] = {"number": "1", "title_fr": "Accueil", "field": "migrants_rights"}
    records.add_part(w, plan.ref, "axis", axis)
    put_in_state(w, "action_plan", plan.id, "adopted")
    return plan


def test_promises_that_answer_each_other_stand_side_by_side(ma: Workspace, tmp_path: Path) -> None:
    plan = an_adopted_plan(ma)
    ours = a_promise(
        ma, plan.id, "MA", "ML", axis="1", due_on="2026-01-31", evidence="Lettre du 3 mars",
        progress_percent=40,
    )  # fmt: skip
    theirs = a_promise(ma, plan.id, "ML", "MA", axis="1", reciprocal_of=ours.id)
    put_in_state(ma, "commitment", ours.id, "in_progress")
    put_in_state(ma, "commitment", theirs.id, "verified")

    text = paper(ma, "plan_matrix", plan.ref, "fr", tmp_path)

    for told in (
        "Axe 1 — Accueil",
        "MA promet à ML",
        "ML promet à MA",
        "30 jours de retard",
        "Lettre du 3 mars",
        "40 %",
        "Tenus : 0 sur 1 ; en retard : 1",
        "Tenus : 1 sur 1 ; en retard : 0",
    ):
        assert told in text, told
    assert "Aucune contrepartie" not in text


def test_a_promise_without_an_axis_stands_under_its_field(ma: Workspace, tmp_path: Path) -> None:
    plan = an_adopted_plan(ma)
    a_promise(ma, plan.id, "MA", "ML", field="south_south_mobility")

    text = paper(ma, "plan_matrix", plan.ref, "en", tmp_path)

    assert "South-South mobility" in text
    assert "No commitment under this axis." in text
    assert "Nothing in return for" in text


def test_both_offices_of_a_plan_sign_its_matrix(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA", name="Omar Tazi")
    reviewer = desks.enter(ma, "Lina Berrada", "focal_point")
    head = desks.enter(ma, "Nadia Alaoui", "head")
    plan = an_adopted_plan(ma)
    a_promise(ma, plan.id, "MA", "ML", axis="1")

    report = reports.build(ma, "plan_matrix", plan.ref, "fr")
    reports.submit(ma, report.ref)
    ma = desks.as_officer(ma, reviewer)
    reports.review(ma, report.ref)
    ma = desks.as_officer(ma, head)
    signed = reports.sign(ma, report.ref, PASSPHRASE)

    assert report.fields["second_offices"] == ("ML",)
    assert set(signed.audience) == {"MA", "ML"}
    path = tmp_path / "matrix.pdf"
    reports.save(ma, report.ref, path)
    assert verdicts_of(path.read_bytes(), tmp_path) == ["Signature is Valid."]


# ---------------------------------------------------------------- the sheet

TEXTS = {name: f"Texte de {name}, <b>tel quel</b> & entier." for name in HEADINGS}


def a_practice(w: Workspace, state: str = "validated", **values: Value) -> RecordView:
    given: dict[str, Value] = {
        "title_fr": "Guichet unique",
        "title_ar": "الشباك الموحد",
        "country": w.office,
        "owner_organisation": a_body(w, w.office),
        "field": "migrants_rights",
        "sub_theme": "integration",
        "appraisal": "Notre avis réservé",
        **TEXTS,
        **values,
    }
    rows: dict[str, list[dict[str, Value]]] = {
        "beneficiaries": [{"group": "Migrants reçus", "sex": "f", "number": 1250}],
        "transfer": [{"receiving_office": "MA", "date": "2026-02", "adaptation": "Deux agents."}],
    }
    made = records.create(w, "practice", given, rows)
    put_in_state(w, "practice", made.id, state)
    return records.view(w, made.id)


def test_a_sheet_holds_its_eight_headings_and_never_our_appraisal(
    ma: Workspace, tmp_path: Path
) -> None:
    practice = a_practice(ma)

    text = paper(ma, "practice_sheet", practice.ref, "fr", tmp_path)

    for told in (*TEXTS.values(), "1 250", "Deux agents."):
        assert told in text, told
    assert "Notre avis réservé" not in text


def test_an_arabic_sheet_is_read_in_logical_order(ma: Workspace, tmp_path: Path) -> None:
    practice = a_practice(ma, problem="لا يعرف الوافدون إلى أي مصلحة يتوجهون.")

    text = paper(ma, "practice_sheet", practice.ref, "ar", tmp_path)

    assert "الشباك الموحد" in text
    assert "لا يعرف الوافدون إلى أي مصلحة يتوجهون." in text


def test_the_contact_is_given_only_where_all_offices_may_have_it(
    ma: Workspace, tmp_path: Path
) -> None:
    known = a_person(ma, "Amina", "Benali", "f", emails=("amina@exemple.ma",))
    hidden = a_person(ma, "Secret", "Discret", "m", may_be_shared=False)

    told = paper(ma, "practice_sheet", a_practice(ma, contact=known.id).ref, "fr", tmp_path)
    untold = paper(ma, "practice_sheet", a_practice(ma, contact=hidden.id).ref, "fr", tmp_path)

    assert "Amina Benali, Directrice Benali, amina@exemple.ma" in told
    assert "Discret" not in untold


def test_a_sheet_with_an_empty_heading_is_not_handed_in(ma: Workspace) -> None:
    practice = a_practice(ma, what_failed=None)
    report = reports.build(ma, "practice_sheet", practice.ref, "fr")

    with pytest.raises(Refused) as refused:
        reports.submit(ma, report.ref)

    assert (refused.value.code, refused.value.field) == ("section-empty", "what_failed")


def test_the_sheet_of_a_practice_is_made_by_the_office_that_keeps_it(ma: Workspace) -> None:
    practice = a_practice(ma)
    with ma.unit("Test", undoable=False) as unit:
        unit.connection.exec_driver_sql(
            "UPDATE practice SET owner = 'SN' WHERE id = ?", (practice.id,)
        )

    with pytest.raises(Refused) as refused:
        reports.build(ma, "practice_sheet", practice.ref, "fr")

    assert refused.value.code == "not-your-subject"
