"""Briefing sheets: one page on a person, an organisation, a country or a mission."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import briefing, records
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import NotFound, Refused
from tests.application.exchanges_lived import a_held_exchange
from tests.desks import DeskMaker
from tests.partners import a_returned_mission
from tests.promising import a_plan, a_promise, an_agreement, put_in_state
from tests.reports.reading import pages_of, text_of


@pytest.fixture
def ma(tmp_path: Path) -> Iterator[Workspace]:
    maker = DeskMaker(tmp_path)
    yield maker.office("MA")
    maker.close()


def promises(w: Workspace, count: int = 1) -> str:
    """Promises of Bamako that are late, and one of Rabat; returns the plan."""
    plan = a_plan(w, an_agreement(w, "MA", "ML").id, "MA", "ML")
    for n in range(count):
        late = a_promise(
            w, plan.id, "ML", "MA", title_fr=f"Recevoir l'agent {n}", due_on="2026-01-31"
        )
        put_in_state(w, "commitment", late.id, "agreed")
    ours = a_promise(w, plan.id, "MA", "ML", title_fr="Envoyer la fiche", due_on="2026-12-31")
    put_in_state(w, "commitment", ours.id, "agreed")
    return plan.id


def test_a_country_is_told_with_what_both_sides_owe(ma: Workspace, tmp_path: Path) -> None:
    promises(ma)
    lived = a_held_exchange(ma)

    text = text_of(briefing.brief(ma, "ML", "en"), tmp_path)

    for told in (
        "Mali",
        "Recevoir l'agent 0",
        "30 days late",
        "Envoyer la fiche",
        "Ask where MA-COM-2026-0001 stands",
        lived.exchange.ref,
        "INTERNAL DOCUMENT",
    ):
        assert told in text, told
    assert "Be ready to answer" not in text


def test_a_person_is_told_with_meetings_and_exchanges(ma: Workspace, tmp_path: Path) -> None:
    lived = a_held_exchange(ma)
    mission = a_returned_mission(ma)
    records.add_part(
        ma, mission.ref, "meeting",
        {"held_on": "2026-03-11", "subject": "Les délais", "persons": (lived.speaker.id,)},
    )  # fmt: skip

    text = text_of(briefing.brief(ma, lived.speaker.ref, "en"), tmp_path)

    for told in ("Amina Benali", "a@exemple.ma", "Les délais", mission.ref, lived.exchange.ref):
        assert told in text, told
    assert "Tell Amina Benali which data are kept here" in text


def test_a_mission_is_prepared_with_what_its_host_owes(ma: Workspace, tmp_path: Path) -> None:
    promises(ma)
    mission = a_returned_mission(ma)

    text = text_of(briefing.brief(ma, mission.ref, "fr"), tmp_path)

    for told in (mission.ref, "Comprendre son organisation.", "Recevoir l'agent 0"):
        assert told in text, told


def test_an_empty_sheet_says_so_in_words(ma: Workspace, tmp_path: Path) -> None:
    text = text_of(briefing.brief(ma, "SN", "en"), tmp_path)

    for told in (
        "Nothing is late and nothing waits.",
        "Nothing is open on either side.",
        "No contact is recorded yet.",
        "No exchange in common yet.",
    ):
        assert told in text, told


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_a_sheet_is_one_page_however_much_there_is(
    ma: Workspace, code: str, tmp_path: Path
) -> None:
    promises(ma, 14)
    for n in range(4):
        a_held_exchange(ma, title_fr=f"Visite {n} " + "très longue " * 12)

    pages = pages_of(briefing.brief(ma, "ML", code), tmp_path)

    assert len(pages) == 1
    assert {"fr": "dans le bureau numérique", "ar": "في المكتب الرقمي"}[code] in pages[0]


def test_there_is_no_sheet_on_other_records_nor_on_what_is_not_here(ma: Workspace) -> None:
    plan = promises(ma)

    with pytest.raises(Refused) as refused:
        briefing.brief(ma, plan, "fr")
    with pytest.raises(NotFound):
        briefing.brief(ma, "MA-PER-2026-9999", "fr")

    assert refused.value.code == "nothing-to-brief"


def test_a_sheet_is_saved_to_a_file(ma: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "mali.pdf"

    briefing.save(ma, "ML", path, "fr")

    assert path.read_bytes().startswith(b"%PDF")
