"""The report to the donor, counted from the records of a period."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import records, reports
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import Refused
from sscdesk.model.values import Money, Value
from tests.application.exchanges_lived import EXCHANGE, a_held_exchange
from tests.desks import PASSPHRASE, DeskMaker
from tests.promising import a_plan, a_promise, an_agreement, put_in_state
from tests.reports.reading import text_of, verdicts_of

QUARTER = {"period_from": "2026-01-01", "period_until": "2026-03-31"}


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def an_indicator(w: Workspace, code: str, **values: Value) -> str:
    given: dict[str, Value] = {
        "code": code,
        "title_fr": f"Indicateur {code}",
        "level": "output",
        "unit": "participation",
        "aggregation": "sum",
        "target": "480",
        **values,
    }
    return records.create(w, "indicator", given).ref


def paper(w: Workspace, folder: Path, code: str = "en", **values: str) -> str:
    pdf = reports.preview_new(w, "donor_report", None, code, {**QUARTER, **values})
    return text_of(pdf, folder)


def test_the_report_counts_what_records_prove(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA")
    lived = a_held_exchange(ma)
    an_indicator(ma, "IND-02")
    entered = an_indicator(ma, "IND-17", entered=True, unit="project")
    records.add_part(
        ma, entered, "value", {"period": "2026-Q1", "value": "11", "evidence": "Contrats"}
    )

    text = paper(ma, tmp_path)

    for told in (
        "Quarterly report",
        "1 exchange took place. 2 participations.",
        lived.exchange.ref,
        "IND-02",
        "entered",
        "11",
    ):
        assert told in text, told


def test_few_persons_are_not_told(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA")
    a_held_exchange(ma)
    an_indicator(ma, "IND-03", unit="person", aggregation="distinct")

    text = paper(ma, tmp_path)

    assert "<5" in text
    assert "women <5, men <5" in text
    assert "Figures below 5 persons are not told exactly." in text


def test_what_lies_outside_the_period_is_not_counted(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA")
    lived = a_held_exchange(ma)

    text = paper(ma, tmp_path, period_from="2025-01-01", period_until="2025-12-31")

    assert lived.exchange.ref not in text
    assert "This section is still to be written." in text


def test_delays_and_plans_are_told_without_the_wording_of_promises(
    desks: DeskMaker, tmp_path: Path
) -> None:
    ma = desks.office("MA")
    a_held_exchange(ma)
    plan = a_plan(ma, an_agreement(ma, "MA", "ML").id, "MA", "ML")
    promise = a_promise(ma, plan.id, "MA", "ML", due_on="2026-01-15")
    put_in_state(ma, "commitment", promise.id, "agreed")
    coming: dict[str, Value] = {
        "starts_on": "2026-05-04",
        "ends_on": "2026-05-05",
        "title_en": "Seminar in May",
    }
    planned = records.create(ma, "exchange", {**EXCHANGE, "lead_office": "MA", **coming})
    put_in_state(ma, "exchange", planned.id, "planned")

    text = paper(ma, tmp_path)

    assert "1 commitment is late." in text
    assert promise.title not in text
    assert "Seminar in May" in text


def test_spending_is_told_by_line_and_never_by_expense(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA")
    lived = a_held_exchange(ma)
    records.add_part(
        ma, lived.exchange.ref, "cost_line",
        {
            "kind": "venue",
            "description": "Salle Atlas",
            "planned": Money(1_000_000, "MAD"),
            "spent": Money(800_000, "MAD"),
        },
    )  # fmt: skip

    text = paper(ma, tmp_path)

    for told in ("Venue hire", "10,000.00", "8,000.00", "80%"):
        assert told in text, told
    assert "Salle Atlas" not in text


def test_texts_by_hand_stand_over_the_generated_ones(desks: DeskMaker, tmp_path: Path) -> None:
    ma = desks.office("MA")
    a_held_exchange(ma)
    report = reports.build(ma, "donor_report", None, "fr", dict(QUARTER))
    texts = {
        "summary": "Un trimestre dense.",
        "next_period": "Trois ateliers.",
        "risks": "Budget tardif | un report | avance de trésorerie",
        "project": "T05-EUTF-REG",
    }
    for section, words in texts.items():
        records.add_part(ma, report.ref, "text_block", {"section_name": section, "words": words})

    text = text_of(reports.preview(ma, report.ref), tmp_path)

    for told in ("Un trimestre dense.", "Trois ateliers.", "avance de trésorerie", "T05-EUTF-REG"):
        assert told in text, told
    assert "a eu lieu" not in text


def test_a_report_without_activities_is_not_handed_in(desks: DeskMaker) -> None:
    ma = desks.office("MA")
    report = reports.build(ma, "donor_report", None, "fr", dict(QUARTER))

    with pytest.raises(Refused) as refused:
        reports.submit(ma, report.ref)

    assert refused.value.code == "section-empty"


def test_morocco_countersigns_what_another_office_reports(desks: DeskMaker, tmp_path: Path) -> None:
    ml = desks.office("ML", name="Omar Diarra")
    reviewer = desks.enter(ml, "Lina Keita", "focal_point")
    head = desks.enter(ml, "Moussa Keita", "head")
    a_held_exchange(ml, partner_offices=("MA",))
    an_indicator(ml, "IND-01", unit="exchange")
    report = reports.build(ml, "donor_report", None, "fr", dict(QUARTER))
    records.add_part(
        ml, report.ref, "text_block", {"section_name": "next_period", "words": "Un atelier."}
    )
    reports.submit(ml, report.ref)
    ml = desks.as_officer(ml, reviewer)
    reports.review(ml, report.ref)
    ml = desks.as_officer(ml, head)

    signed = reports.sign(ml, report.ref, PASSPHRASE)

    assert signed.fields["second_offices"] == ("MA",)
    assert set(signed.audience) == {"MA", "CI", "ML", "SN"}
    path = tmp_path / "donor.pdf"
    reports.save(ml, report.ref, path)
    assert verdicts_of(path.read_bytes(), tmp_path) == ["Signature is Valid."]
