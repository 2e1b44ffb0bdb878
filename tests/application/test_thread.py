"""The thread of a practice: what belongs to it, from whichever end it is linked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscdesk.application import actions, records
from sscdesk.application.thread import thread
from sscdesk.application.thread_views import Thread
from sscdesk.application.views import RecordView
from sscdesk.application.workspace import Workspace
from sscdesk.model.refusal import NotFound, Refused
from sscdesk.model.thread import StepStanding
from sscdesk.model.values import Value
from tests.desks import DeskMaker, befriend, send
from tests.promising import a_body, a_plan, a_promise, an_agreement, put_in_state


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[DeskMaker]:
    maker = DeskMaker(tmp_path)
    yield maker
    maker.close()


def a_practice(w: Workspace, country: str = "MA", **values: Value) -> RecordView:
    given: dict[str, Value] = {
        "title_fr": "Guichet unique",
        "country": country,
        "owner_organisation": a_body(w, country),
        "field": "migrants_rights",
        "sub_theme": "integration",
    }
    return records.create(w, "practice", {**given, **values})


def an_exchange(w: Workspace, step: str, **values: Value) -> RecordView:
    given: dict[str, Value] = {
        "title_fr": f"Échange {step}",
        "kind": "workshop",
        "step": step,
        "lead_office": w.office,
        "partner_offices": ("ML",),
    }
    return records.create(w, "exchange", {**given, **values})


def ids_by_step(found: Thread) -> dict[str, list[str]]:
    return {step.step: [card.id for card in step.cards] for step in found.steps}


def test_a_practice_gathers_its_chain_over_the_four_steps(desks: DeskMaker) -> None:
    w = desks.office("MA")
    practice = a_practice(w)
    mapping = an_exchange(w, "identify", practices=(practice.id,))
    visit = an_exchange(w, "share", continues=mapping.id)
    training = an_exchange(w, "transfer", continues=visit.id)
    plan = a_plan(w, an_agreement(w, "MA", "ML").id, "MA", "ML").id
    promise = a_promise(w, plan, "MA", "ML", practices=(practice.id,))
    put_in_state(w, "commitment", promise.id, "in_progress")

    found = thread(w, practice.ref)

    assert ids_by_step(found) == {
        "identify": [practice.id, mapping.id],
        "share": [visit.id],
        "transfer": [training.id],
        "capitalise": [promise.id],
    }
    assert found.last_exchange == training.id


def test_the_same_thread_is_reached_from_its_exchanges_and_commitments(desks: DeskMaker) -> None:
    w = desks.office("MA")
    practice = a_practice(w)
    mapping = an_exchange(w, "identify", practices=(practice.id,))
    visit = an_exchange(w, "share", continues=mapping.id)
    plan = a_plan(w, an_agreement(w, "MA", "ML").id, "MA", "ML").id
    promise = a_promise(w, plan, "MA", "ML", exchanges=(visit.id,))

    from_exchange = ids_by_step(thread(w, visit.id))
    from_promise = ids_by_step(thread(w, promise.id))

    assert from_exchange["identify"] == [practice.id, mapping.id, promise.id]
    assert from_exchange == from_promise


def test_the_need_is_what_the_beneficiary_wrote(desks: DeskMaker) -> None:
    w = desks.office("MA")
    practice = a_practice(w)
    plan = a_plan(w, an_agreement(w, "MA", "ML").id, "MA", "ML").id
    promise = a_promise(w, plan, "MA", "ML", practices=(practice.id,))
    needing = str(promise.fields["beneficiary_organisation"])
    records.change(w, needing, {"needs": "Un guichet pour la diaspora"})

    card = thread(w, practice.id).steps[0].cards[0]

    assert (card.entity, card.id, card.said) == (
        "organisation",
        needing,
        "Un guichet pour la diaspora",
    )


def test_a_transfer_is_a_card_of_step_three_and_brings_its_exchange(desks: DeskMaker) -> None:
    w = desks.office("MA")
    practice = a_practice(w, "ML")
    training = an_exchange(w, "transfer")
    row = records.add_part(
        w,
        practice.id,
        "transfer",
        {
            "receiving_office": "MA",
            "date": "2026-02",
            "exchange": training.id,
            "adaptation": "En darija",
        },
    )

    step = thread(w, practice.id).steps[2]

    assert [card.id for card in step.cards] == [training.id, practice.id]
    assert (step.cards[1].part, step.cards[1].row, step.cards[1].said) == (
        "transfer",
        row.id,
        "En darija",
    )


def test_only_the_receiving_office_writes_its_transfer(desks: DeskMaker, tmp_path: Path) -> None:
    ma, ml = desks.office("MA"), desks.office("ML")
    befriend(tmp_path, ma, ml)
    practice = a_practice(ma)
    values: dict[str, Value] = {"receiving_office": "ML", "date": "2026-03"}
    with pytest.raises(Refused) as refused:
        records.add_part(ma, practice.id, "transfer", values)
    send(tmp_path, ma, ml)

    row = records.add_part(ml, practice.id, "transfer", values)
    with pytest.raises(Refused) as moved:
        records.change_part(ml, practice.id, "transfer", row.id, {"receiving_office": "SN"})
    send(tmp_path, ml, ma)

    assert (refused.value.code, refused.value.field) == ("not-your-office", "receiving_office")
    assert moved.value.code == "not-your-office"
    assert [card.row for card in thread(ma, practice.id).steps[2].cards] == [row.id]


def test_a_skipped_step_tells_its_reason_or_who_may_say_it(desks: DeskMaker) -> None:
    w = desks.office("MA")
    practice = a_practice(w)
    an_exchange(w, "identify", practices=(practice.id,))
    training = an_exchange(w, "transfer", practices=(practice.id,))
    silent = thread(w, practice.id).steps[1]

    records.change(w, training.id, {"step_reason": "Déjà partagé en 2019"})
    told = thread(w, practice.id).steps[1]

    assert (silent.standing, silent.reason, silent.may_say_why) == (
        StepStanding.SKIPPED,
        "",
        training.id,
    )
    assert (told.reason, told.may_say_why) == ("Déjà partagé en 2019", "")


def test_skipping_a_step_is_warned_of_and_the_note_of_the_act_is_kept(desks: DeskMaker) -> None:
    w = desks.office("MA")
    practice = a_practice(w)
    known = an_exchange(w, "identify", practices=(practice.id,))
    training = an_exchange(
        w,
        "transfer",
        continues=known.id,
        practices=(practice.id,),
        fields_of_action=("migrants_rights",),
        starts_on="2026-05",
        place="Bamako",
    )
    offered = next(one for one in actions.actions(w, training.id) if one.action == "plan")

    planned = actions.perform(w, training.id, "plan", "Vu ensemble à Tanger")

    assert "step-skipped" in [one.code for one in offered.warnings]
    assert planned.state == "planned"
    assert planned.fields["step_reason"] == "Vu ensemble à Tanger"


def test_what_is_cancelled_no_longer_carries_the_thread(desks: DeskMaker) -> None:
    w = desks.office("MA")
    practice = a_practice(w)
    visit = an_exchange(w, "share", practices=(practice.id,))
    put_in_state(w, "exchange", visit.id, "cancelled")

    found = thread(w, practice.id)

    assert found.steps[1].standing is StepStanding.OPEN
    assert found.last_exchange == ""


def test_only_records_with_a_thread_have_one(desks: DeskMaker) -> None:
    w = desks.office("MA")

    with pytest.raises(NotFound) as refused:
        thread(w, a_body(w, "MA"))

    assert refused.value.code == "no-thread"
