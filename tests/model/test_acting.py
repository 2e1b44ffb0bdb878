"""Every transition of the tables, allowed and refused, and what each condition says."""

from dataclasses import replace

import pytest

from sscdesk.model import acting
from sscdesk.model.lifecycle import Transition
from sscdesk.model.lifecycles import LIFECYCLES
from sscdesk.model.refusal import DeskError, NotFound, Refused
from sscdesk.model.values import Money
from tests.model.builders import (
    BUILDERS,
    Fake,
    Row,
    a_commitment,
    a_follow_up,
    a_leg,
    a_mission,
    a_practice,
    a_report,
    an_act,
    an_action_plan,
    an_actor,
    an_agreement,
    an_exchange,
    an_expense,
    is_told_in_words,
)

BY_HAND = [
    (entity, row, source)
    for entity, machine in LIFECYCLES.items()
    for row in machine.transitions
    for source in row.sources
    if row.roles
]
IDS = [f"{entity}: {source} {row.action}" for entity, row, source in BY_HAND]
each_transition = pytest.mark.parametrize("entity, row, source", BY_HAND, ids=IDS)

ACTING_OFFICE = {"owed_to": "ML", "responsible": "ML", "second": "ML"}
OTHERS = {
    "owner": "SN",
    "keeper": "SN",
    "party": "SN",
    "owed_by": "ML",
    "owed_to": "MA",
    "responsible": "MA",
    "second": "MA",
}


def ready(entity: str, row: Transition, source: str) -> Fake:
    """A record that lacks nothing for this transition."""
    return BUILDERS[entity](source)


def entitled(row: Transition, officer: str = "somebody"):
    """An officer who may do it."""
    office = ACTING_OFFICE.get(row.offices, "MA")
    return an_actor(office, *sorted(row.roles), officer=officer)


def refused(facts: Fake, actor, action: str, note: str = "parce que", **values) -> Refused:
    with pytest.raises(Refused) as caught:
        acting.check(facts, actor, action, values, note)
    assert is_told_in_words(caught.value)
    return caught.value


@each_transition
def test_the_entitled_officer_may(entity: str, row: Transition, source: str) -> None:
    outcome = acting.check(ready(entity, row, source), entitled(row), row.action, {}, "parce que")

    wanted = source if outcome.awaited else row.target
    assert outcome.target == wanted


@each_transition
def test_another_office_may_not(entity: str, row: Transition, source: str) -> None:
    actor = an_actor(OTHERS[row.offices], *sorted(row.roles))

    found = refused(ready(entity, row, source), actor, row.action)

    assert found.code == "not-your-office"


@each_transition
def test_another_role_may_not(entity: str, row: Transition, source: str) -> None:
    office = ACTING_OFFICE.get(row.offices, "MA")
    actor = an_actor(office, "reader", "admin")

    found = refused(ready(entity, row, source), actor, row.action)

    assert found.code == "not-your-role"
    assert found.hint


@each_transition
def test_no_other_state_allows_it(entity: str, row: Transition, source: str) -> None:
    machine = LIFECYCLES[entity]
    elsewhere = [s for s in machine.states() if machine.named(row.action, s) is None]

    for state in elsewhere:
        found = refused(ready(entity, row, state), entitled(row), row.action)
        assert found.code == "wrong-state"
        assert found.field == "state"


@each_transition
def test_a_wanted_reason_is_asked_for(entity: str, row: Transition, source: str) -> None:
    facts = ready(entity, row, source)

    if row.reason:
        assert refused(facts, entitled(row), row.action, note="  ").code == "reason-needed"
    else:
        acting.check(facts, entitled(row), row.action, {}, "")


@each_transition
def test_nobody_approves_alone_what_they_wrote(entity: str, row: Transition, source: str) -> None:
    for written in row.four_eyes:
        facts = replace(ready(entity, row, source), history=[an_act(written, "the-author")])

        found = refused(facts, entitled(row, "the-author"), row.action)

        assert found.code == "four-eyes"


@each_transition
def test_offers_say_what_a_bystander_lacks(entity: str, row: Transition, source: str) -> None:
    facts = ready(entity, row, source)

    mine = {offer.transition: offer for offer in acting.offers(facts, entitled(row))}
    theirs = {offer.transition: offer for offer in acting.offers(facts, an_actor("SN", "reader"))}

    assert mine[row].allowed
    assert not theirs[row].allowed
    assert {missing.code for missing in theirs[row].missing} >= {"not-your-role"}


def test_an_action_that_does_not_exist_is_a_wrong_call() -> None:
    with pytest.raises(NotFound) as caught:
        acting.check(a_mission(), an_actor(), "teleport", {})

    assert caught.value.code == "unknown-action"


def test_what_only_the_desk_does_is_not_done_by_hand() -> None:
    with pytest.raises(NotFound):
        acting.check(a_report("signed"), an_actor("MA", "head"), "supersede", {})


# ---------------------------------------------------------------- what must hold

H, F, W = "head", "focal_point", "officer"
CONDITIONS = [
    ("no traveller", a_mission().with_rows("traveller"), W, "submit", "no-traveller"),
    ("no leg", a_mission().with_rows("leg"), W, "submit", "no-leg"),
    ("no budget line", a_mission().with_rows("budget_line"), W, "submit", "no-budget-line"),
    ("no terms", a_mission().without("tor_objectives"), W, "submit", "field-missing"),
    ("partial date", a_mission(returns_on="2026-03"), W, "submit", "date-not-full"),
    ("back before gone", a_mission(returns_on="2026-03-01"), W, "submit", "dates-reversed"),
    (
        "a gap",
        a_mission().with_rows(
            "leg",
            a_leg(1, "Rabat", "Bamako", "2026-03-02"),
            a_leg(2, "Kayes", "Rabat", "2026-03-05"),
        ),
        W,
        "submit",
        "itinerary-gap",
    ),
    (
        "an overlap",
        a_mission().with_rows(
            "leg",
            a_leg(1, "Rabat", "Bamako", "2026-03-04", arrival_date="2026-03-05"),
            a_leg(2, "Bamako", "Rabat", "2026-03-04"),
        ),
        W,
        "submit",
        "itinerary-overlap",
    ),
    (
        "a leg too late",
        a_mission().with_rows("leg", a_leg(1, "Rabat", "Bamako", "2026-03-09")),
        W,
        "submit",
        "leg-outside-mission",
    ),
    (
        "over budget",
        a_mission("submitted", budget=Money(1, "MAD")),
        F,
        "approve",
        "budget-exceeded",
    ),
    (
        "order unsigned",
        a_mission("approved").with_related("report", "subject", a_report("reviewed")),
        H,
        "authorise",
        "order-not-signed",
    ),
    (
        "old order after an amendment",
        a_mission("approved", order_amendment=1),
        H,
        "authorise",
        "order-not-signed",
    ),
    (
        "report unsigned",
        a_mission("returned").with_related("report", "subject"),
        F,
        "report",
        "report-not-signed",
    ),
    (
        "expense open",
        a_mission("reported").with_related("expense", "mission", an_expense("claimed")),
        F,
        "settle",
        "expense-undecided",
    ),
    (
        "advance open",
        a_mission("reported").without("balance_settled_on"),
        F,
        "settle",
        "advance-not-balanced",
    ),
    (
        "no follow-up",
        a_mission("settled").with_rows("recommendation", Row("r", {"what": "Envoyer"})),
        H,
        "close",
        "recommendation-without-follow-up",
    ),
    (
        "advance kept",
        a_mission("authorised").without("advance_refunded_on"),
        H,
        "cancel",
        "advance-not-refunded",
    ),
    ("no dates", an_exchange().without("starts_on"), W, "plan", "field-missing"),
    ("no place", an_exchange().without("place"), W, "plan", "field-missing"),
    ("no partner", an_exchange().without("partner_offices"), W, "plan", "field-missing"),
    ("month only", an_exchange("planned", starts_on="2026-03"), F, "confirm", "date-not-full"),
    ("no objectives", an_exchange("planned").without("objectives"), F, "confirm", "field-missing"),
    ("no budget", an_exchange("planned").without("budget"), F, "confirm", "field-missing"),
    ("untold", replace(an_exchange("planned"), sent=False), F, "confirm", "partners-not-told"),
    (
        "nobody came",
        an_exchange("ongoing").with_rows("participation", Row("p", {"attendance": "absent"})),
        W,
        "hold",
        "nobody-attended",
    ),
    (
        "exchange report unsigned",
        an_exchange("held").with_related("report", "subject"),
        F,
        "report",
        "report-not-signed",
    ),
    (
        "exchange follow-up missing",
        an_exchange("held").with_rows("recommendation", Row("r", {"what": "Envoyer"})),
        F,
        "report",
        "recommendation-without-follow-up",
    ),
    (
        "costs open",
        an_exchange("reported").without("costs_settled_on"),
        H,
        "close",
        "field-missing",
    ),
    (
        "follow-up open",
        an_exchange("reported").with_related("follow_up", "origin", a_follow_up("done")),
        H,
        "close",
        "follow-up-open",
    ),
    (
        "mission linked",
        an_exchange("planned").with_related("mission", "exchange", a_mission("submitted")),
        H,
        "cancel",
        "mission-still-linked",
    ),
    ("no evidence", a_commitment("in_progress").without("evidence"), H, "fulfil", "no-evidence"),
    ("no agreement", a_practice().without("agreed_on"), F, "validate", "field-missing"),
    ("a heading empty", a_practice().without("what_failed"), F, "validate", "field-missing"),
    ("unsigned date", an_agreement().without("signed_on"), H, "sign", "field-missing"),
    (
        "own expense",
        an_expense(traveller="somebody"),
        F,
        "accept",
        "four-eyes",
    ),
    (
        "mission not back",
        a_report().knowing(Fake("mission", "draft", id="subject")),
        W,
        "submit",
        "subject-state",
    ),
    ("no subject", a_report().without("subject"), W, "submit", "no-subject"),
    (
        "empty section",
        a_report().knowing(Fake("mission", "returned", id="subject")),
        W,
        "submit",
        "section-empty",
    ),
    (
        "signer of another kind",
        a_report("reviewed", kind="sync_register"),
        H,
        "sign",
        "not-your-role",
    ),
]


@pytest.mark.parametrize(
    "facts, role, action, code", [case[1:] for case in CONDITIONS], ids=[c[0] for c in CONDITIONS]
)
def test_what_must_hold_is_named(facts: Fake, role: str, action: str, code: str) -> None:
    found = refused(facts, an_actor("MA", role), action)

    assert code in {one.code for one in (found, *found.also)}


def test_all_that_is_missing_is_said_at_once() -> None:
    bare = Fake("mission", "draft", ref="MA-MIS-2026-0001")

    found = refused(bare, an_actor(), "submit")

    codes = {one.code for one in (found, *found.also)}
    assert {"no-traveller", "no-leg", "no-budget-line", "field-missing"} <= codes
    assert {one.field for one in (found, *found.also)} >= {"tor_context", "funding_source"}


def test_a_traveller_is_not_on_two_missions_at_once() -> None:
    other = replace(a_mission("approved"), id="other", ref="MA-MIS-2026-0009")
    person = Fake("person", "active", id="traveller").with_related(
        "mission", "traveller.person", other
    )

    found = refused(a_mission().knowing(person), an_actor(), "submit")

    assert found.code == "traveller-elsewhere"
    assert found.params["ref"] == "MA-MIS-2026-0009"


@pytest.mark.parametrize(
    "departs, returns, state",
    [
        ("2026-03-05", "2026-03-08", "approved"),
        ("2026-02-20", "2026-03-02", "approved"),
        ("2026-03-03", "2026-03-04", "draft"),
        ("2026-03-03", "2026-03-04", "cancelled"),
        ("2026-03", "2026-03", "approved"),
    ],
)
def test_missions_that_only_touch_do_not_collide(departs: str, returns: str, state: str) -> None:
    other = replace(a_mission(state, departs_on=departs, returns_on=returns), id="other")
    person = Fake("person", "active", id="traveller").with_related(
        "mission", "traveller.person", other
    )

    acting.check(a_mission().knowing(person), an_actor(), "submit", {})


def test_a_short_passport_warns_and_does_not_forbid() -> None:
    officer = Fake("officer", "active", {"passport_expiry": "2026-08-01"}, id="traveller")

    outcome = acting.check(
        a_mission("submitted").knowing(officer), an_actor("MA", "focal_point"), "approve", {}
    )

    assert [warning.code for warning in outcome.warnings] == ["passport-short"]


def test_a_wrong_clock_is_overridden_with_a_note() -> None:
    early = a_mission("authorised", departs_on="2026-04-01")

    assert refused(early, an_actor(), "depart", note="").code == "day-not-reached"
    assert acting.check(early, an_actor(), "depart", {}, "Horloge fausse").target == "under_way"
    (offer,) = [o for o in acting.offers(early, an_actor()) if o.transition.action == "depart"]
    assert offer.allowed
    assert offer.missing


def test_a_head_who_travelled_signs_after_another_has_reviewed() -> None:
    travelled = replace(
        a_report("reviewed"), history=[an_act("create", "chief"), an_act("review", "reviewer")]
    )
    mission = Fake(
        "mission",
        "returned",
        id="subject",
        rows={"traveller": [Row("t", {"person": "chief-as-person"})]},
    )
    chief = Fake("officer", "active", {"person": "chief-as-person"}, id="chief")
    actor = an_actor("MA", "head", officer="chief")

    assert acting.check(travelled.knowing(mission, chief), actor, "sign", {}).target == "signed"
    assert refused(travelled.knowing(mission), actor, "sign").code == "four-eyes"


def test_a_head_does_not_sign_alone_what_nobody_else_reviewed() -> None:
    alone = replace(
        a_report("reviewed"), history=[an_act("create", "chief"), an_act("review", "chief")]
    )
    mission = Fake(
        "mission", "returned", id="subject", rows={"traveller": [Row("t", {"person": "chief"})]}
    )

    found = refused(alone.knowing(mission), an_actor("MA", "head", officer="chief"), "sign")

    assert found.code == "four-eyes"


# ---------------------------------------------------------------- acts of two offices


@pytest.mark.parametrize("first, second", [("MA", "ML"), ("ML", "MA")])
def test_a_commitment_is_agreed_by_both_heads_in_either_order(first: str, second: str) -> None:
    begun = acting.check(a_commitment(), an_actor(first, "head"), "agree", {})
    after = replace(a_commitment(), present=[an_act("agree", "x", first)])
    done = acting.check(after, an_actor(second, "head"), "agree", {})

    assert (begun.target, begun.awaited) == ("proposed", (second,))
    assert (done.target, done.awaited) == ("agreed", ())


def test_an_office_does_not_agree_twice() -> None:
    after = replace(a_commitment(), present=[an_act("agree", "x", "MA")])

    found = refused(after, an_actor("MA", "head"), "agree")

    assert found.code == "waiting-for-other-office"


@pytest.mark.parametrize(
    "facts, action",
    [
        (a_commitment("agreed"), "drop"),
        (an_action_plan(), "adopt"),
        (an_action_plan("adopted"), "close"),
    ],
)
def test_what_concerns_two_offices_waits_for_both(facts: Fake, action: str) -> None:
    outcome = acting.check(facts, an_actor("MA", "head"), action, {}, "parce que")

    assert outcome.target == facts.state
    assert outcome.awaited == ("ML",)


def test_a_report_for_two_offices_is_countersigned_by_both() -> None:
    report = a_report("signed", second_offices=("ML", "SN"))

    outcome = acting.check(report, an_actor("SN", "head"), "countersign", {})

    assert outcome.target == "signed"
    assert outcome.awaited == ("ML",)


# ---------------------------------------------------------------- steps and threads


def test_skipping_a_step_is_warned_of_and_kept_with_its_reason() -> None:
    before = an_exchange("closed", step="identify")
    facts = an_exchange(step="transfer", continues=before.id, practices=("pra",)).knowing(
        before, replace(a_practice("validated"), id="pra")
    )

    warned = acting.check(facts, an_actor(), "plan", {})
    explained = acting.check(facts.having(step_reason="Déjà partagé"), an_actor(), "plan", {})

    assert [one.code for one in warned.warnings] == ["step-skipped"]
    assert explained.warnings == ()


def test_a_note_given_with_the_act_is_kept_as_the_reason_for_skipping() -> None:
    before = an_exchange("closed", step="identify")
    facts = an_exchange(step="transfer", continues=before.id, practices=("pra",)).knowing(
        before, replace(a_practice("validated"), id="pra")
    )
    follows = an_exchange(step="share", continues=before.id).knowing(before)

    skipping = acting.check(facts, an_actor(), "plan", {}, "Déjà partagé\nen 2019")
    following = acting.check(follows, an_actor(), "plan", {}, "Une note")

    assert skipping.values == {"step_reason": "Déjà partagé en 2019"}
    assert skipping.warnings == ()
    assert following.values == {}


def test_a_practice_that_no_exchange_has_shared_is_a_step_skipped() -> None:
    known = replace(an_exchange("closed", step="identify"), id="exc")
    gone = replace(an_exchange("cancelled", step="share"), id="gone")
    practice = replace(
        a_practice("validated"), id="pra", relations={("exchange", "practices"): (known, gone)}
    )
    facts = an_exchange(step="transfer", practices=("pra",)).knowing(practice)

    outcome = acting.check(facts, an_actor(), "plan", {})

    assert [one.code for one in outcome.warnings] == ["step-skipped"]


def test_a_transfer_without_a_validated_practice_is_warned_of() -> None:
    facts = an_exchange(step="transfer", practices=("pra",)).knowing(
        replace(a_practice("draft"), id="pra")
    )

    outcome = acting.check(facts, an_actor(), "plan", {})

    assert [one.code for one in outcome.warnings] == ["transfer-without-practice"]


def test_closing_a_thread_with_open_commitments_is_warned_of() -> None:
    facts = an_exchange(
        "reported", step="capitalise", closes_thread=True, commitments=("com",)
    ).knowing(replace(a_commitment("agreed"), id="com"))

    outcome = acting.check(facts, an_actor("MA", "head"), "close", {})

    assert [one.code for one in outcome.warnings] == ["thread-commitment-open"]


# ---------------------------------------------------------------- what an act writes


def test_finishing_writes_the_day_unless_another_is_given() -> None:
    open_one = a_follow_up().without("done_on")

    by_itself = acting.check(open_one, an_actor("ML"), "finish", {})
    given = acting.check(open_one, an_actor("ML"), "finish", {"done_on": "2026-03-01"})

    assert by_itself.values == {"done_on": "2026-03-09"}
    assert given.values == {"done_on": "2026-03-01"}


def test_coming_back_takes_the_planned_dates_unless_others_are_given() -> None:
    away = a_mission("under_way").without("departed_on", "returned_on")

    outcome = acting.check(away, an_actor(), "come_back", {"returned_on": "2026-03-06"})

    assert outcome.values == {"departed_on": "2026-03-02", "returned_on": "2026-03-06"}


def test_an_amendment_is_counted_and_wants_an_order_of_its_own() -> None:
    outcome = acting.check(a_mission("authorised"), an_actor(), "amend", {}, "Nouvelle date")

    assert outcome.values == {"order_amendment": 1}


def test_authorising_takes_the_number_of_the_signed_order() -> None:
    facts = a_mission("approved").without("order_number")

    outcome = acting.check(facts, an_actor("MA", "head"), "authorise", {})

    assert outcome.values == {"order_number": "MA-RAP-2026-0001"}


def test_an_act_may_carry_changes_that_its_author_could_make() -> None:
    outcome = acting.check(an_exchange().without("place"), an_actor(), "plan", {"place": "Dakar"})

    assert outcome.values == {"place": "Dakar"}


@pytest.mark.parametrize(
    "facts, actor, action, values, code",
    [
        (a_mission("approved"), an_actor("MA", "head"), "authorise", {"purpose_fr": "x"}, "frozen"),
        (a_report("reviewed"), an_actor("MA", "head"), "sign", {"pdf_hash": "x"}, "frozen"),
        (a_mission(), an_actor(), "submit", {"nonsense": "x"}, "no-such-field"),
        (
            a_commitment("in_progress"),
            an_actor("MA", "head"),
            "fulfil",
            {"opinion": "Parfait"},
            "not-your-office",
        ),
    ],
)
def test_an_act_carries_nothing_else(facts, actor, action, values, code) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DeskError) as caught:
        acting.check(facts, actor, action, values, "parce que")

    assert caught.value.code == code


def test_what_is_asked_with_the_act_is_not_missing_in_the_offer() -> None:
    facts = a_commitment("in_progress").without("evidence")

    (offer,) = [
        one
        for one in acting.offers(facts, an_actor("MA", "head"))
        if one.transition.action == "fulfil"
    ]

    assert offer.allowed
    assert offer.transition.inputs == ("evidence",)


def test_a_report_is_built_only_on_a_record_that_is_ready() -> None:
    ready_one = a_report()
    early = a_report().knowing(Fake("mission", "submitted", id="subject", ref="MA-MIS-2026-0001"))

    acting.check_creation(ready_one, an_actor())
    with pytest.raises(Refused) as caught:
        acting.check_creation(early, an_actor())

    assert caught.value.code == "subject-state"
