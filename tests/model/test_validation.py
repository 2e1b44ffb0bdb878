"""What may not stand in a record, told with its field."""

import pytest

from sscdesk.model.base import Part, record_kinds
from sscdesk.model.field import Field, FieldType
from sscdesk.model.refusal import Refused
from sscdesk.model.validation import CYCLE_FIELDS, check_no_cycle, part_problems, problems
from sscdesk.model.values import Money, Value
from sscdesk.model.vocabulary_seed import Term, Vocabularies
from tests.model.builders import BUILDERS, a_mission, an_exchange, is_told_in_words

KINDS = record_kinds()


def faults(entity: str, values: dict[str, Value], **more: object) -> set[tuple[str, str | None]]:
    state = str(more.pop("state", KINDS[entity].mapped.initial_state))
    found = problems(KINDS[entity], values, state=state, **more)  # type: ignore[arg-type]
    assert all(is_told_in_words(fault) for fault in found)
    return {(fault.code, fault.field) for fault in found}


def mission(**values: Value) -> dict[str, Value]:
    return {**a_mission().fields, **values}


@pytest.mark.parametrize("entity", BUILDERS)
def test_a_record_that_lacks_nothing_has_no_problem(entity: str) -> None:
    facts = BUILDERS[entity]()

    assert faults(entity, dict(facts.fields)) == set()


@pytest.mark.parametrize(
    "values, code, field",
    [
        ({"returns_on": "2026-03-01"}, "dates-reversed", "returns_on"),
        ({"returns_on": "2026-06-31"}, "no-such-day", "returns_on"),
        ({"returns_on": "31/06/2026"}, "no-such-day", "returns_on"),
        ({"purpose_fr": None}, "field-missing", "purpose_fr"),
        ({"departs_on": ""}, "field-missing", "departs_on"),
        ({"purpose_fr": "a\u202eb"}, "unseen-characters", "purpose_fr"),
        ({"purpose_fr": "deux\nlignes"}, "unseen-characters", "purpose_fr"),
        ({"purpose_fr": "x" * 2001}, "too-long", "purpose_fr"),
        ({"transport": "rocket"}, "unknown-code", "transport"),
        ({"host_offices": ("ML", "XX")}, "unknown-code", "host_offices"),
        ({"budget": Money(-1, "MAD")}, "out-of-bounds", "budget"),
        ({"budget": Money(1, "USD")}, "wrong-type", "budget"),
        ({"budget": "1 MAD"}, "wrong-type", "budget"),
        ({"purpose_fr": 5}, "wrong-type", "purpose_fr"),
    ],
)
def test_a_mission_that_cannot_be(values: dict[str, Value], code: str, field: str) -> None:
    assert (code, field) in faults("mission", mission(**values))


@pytest.mark.parametrize("departs, returns", [("2026", "2026-03-05"), ("2026-03", "2026-03")])
def test_partial_dates_are_in_order_as_far_as_they_go(departs: str, returns: str) -> None:
    assert faults("mission", mission(departs_on=departs, returns_on=returns)) == set()


def test_a_title_in_any_language_is_enough() -> None:
    english = {**an_exchange().without("title_fr").fields, "title_en": "Workshop"}

    assert faults("exchange", english) == set()


def test_what_a_state_wants_is_wanted_from_then_on() -> None:
    early = mission(tor_context=None)

    assert faults("mission", early, state="draft") == set()
    assert faults("mission", early, state="under_way") == {("field-missing", "tor_context")}
    assert faults("mission", early, state="cancelled") == set()


def test_an_older_register_is_taken_over_as_it_is() -> None:
    old = {"purpose_fr": "Mission", "departs_on": "2019-02-24", "returns_on": "2019-02-26"}

    assert faults("mission", dict(old), state="closed", taken_over=True) == set()
    assert faults("mission", dict(old), state="closed") != set()


def test_only_faults_of_what_changes_are_told() -> None:
    values = mission(tor_context=None, returns_on="2026-03-01")

    told = faults("mission", values, state="submitted", changed={"departs_on"})
    others = faults("mission", values, state="submitted", changed={"itinerary"})

    assert told == {("dates-reversed", "departs_on")}
    assert others == set()


def test_emptying_the_last_title_is_told_where_it_happens() -> None:
    values = {**an_exchange().fields, "title_fr": None, "title_en": None}

    assert faults("exchange", values, changed={"title_en"}) == {("field-missing", "title_en")}


@pytest.mark.parametrize(
    "entity, values, code, field",
    [
        ("commitment", {"owed_to": "MA"}, "same-office", "owed_to"),
        ("action_plan", {"offices": ("MA",)}, "two-offices", "offices"),
        ("action_plan", {"offices": ("CI", "MA", "ML")}, "two-offices", "offices"),
        ("exchange", {"partner_offices": ("MA", "ML")}, "lead-is-partner", "partner_offices"),
        ("exchange", {"ends_on": "2026-03-01"}, "dates-reversed", "ends_on"),
        ("agreement", {"valid_until": "2018"}, "dates-reversed", "valid_until"),
        ("commitment", {"progress_percent": 101}, "out-of-bounds", "progress_percent"),
        ("commitment", {"progress_percent": -1}, "out-of-bounds", "progress_percent"),
    ],
)
def test_two_fields_that_contradict_each_other(
    entity: str, values: dict[str, Value], code: str, field: str
) -> None:
    assert (code, field) in faults(entity, {**BUILDERS[entity]().fields, **values})


def test_photographs_want_the_consent_of_those_shown() -> None:
    photo: dict[str, Value] = {
        "record": "x",
        "file_name": "a.jpg",
        "media_type": "image/jpeg",
        "size": 1,
        "sha256": "0" * 64,
        "kind": "photo",
        "people_shown": ("somebody",),
    }

    assert faults("attachment", photo) == {("no-photo-consent", "photo_consent")}
    assert faults("attachment", {**photo, "photo_consent": True}) == set()


@pytest.mark.parametrize(
    "name, value, good",
    [
        ("email", "awa@example.org", True),
        ("email", "awa", False),
        ("website", "ftp://x", False),
        ("telephone", "+221 338890000", True),
        ("telephone", "<b>1234</b>", False),
    ],
)
def test_addresses_are_checked_wherever_they_come_from(
    name: str, value: str, *, good: bool
) -> None:
    values: dict[str, Value] = {
        "name_fr": "DGIE",
        "country": "CI",
        "kind": "directorate",
        "level": "national",
        name: value,
    }

    assert (faults("organisation", values) == set()) is good


def test_codes_that_the_secretariat_added_are_known() -> None:
    guinea = Vocabularies((Term("country", "GN", 20, "Guinea", "Guinée", "غينيا"),))
    values: dict[str, Value] = {"name_fr": "X", "country": "GN", "kind": "ngo", "level": "local"}

    assert faults("organisation", values) == {("unknown-code", "country")}
    assert faults("organisation", values, vocabularies=guinea) == set()


def part(entity: str, name: str) -> type[Part]:
    return KINDS[entity].parts[name]


@pytest.mark.parametrize(
    "entity, name, values, code, field",
    [
        ("mission", "leg", {"from_place": "Rabat"}, "field-missing", "to_place"),
        ("mission", "leg", {"time": "7h"}, "wrong-type", "time"),
        ("person", "post", {"since": "2020", "until": "2019"}, "dates-reversed", "until"),
        ("exchange", "evaluation", {"score": 6}, "out-of-bounds", "score"),
        ("indicator", "value", {"value": "12,5"}, "wrong-type", "value"),
        ("indicator", "value", {"period": "Q3"}, "wrong-type", "period"),
        ("exchange", "participation", {"days_attended": ("2026",)}, "wrong-type", "days_attended"),
    ],
)
def test_a_row_that_cannot_be(
    entity: str, name: str, values: dict[str, Value], code: str, field: str
) -> None:
    found = part_problems(part(entity, name), values, part_id="row")

    assert (code, field) in {(fault.code, fault.field) for fault in found}
    assert {fault.part_id for fault in found} == {"row"}


def test_a_record_does_not_refer_to_itself() -> None:
    values = {**an_exchange().fields, "continues": "me"}

    assert faults("exchange", values, identifier="me") == {("refers-to-itself", "continues")}
    assert faults("exchange", values, identifier="other") == set()


def test_a_chain_does_not_lead_back() -> None:
    field = KINDS["exchange"].fields["continues"]
    after = {"b": "c", "c": "a", "x": "y", "y": "x"}

    check_no_cycle(field, "n", "b", after.get)
    check_no_cycle(field, "n", "x", after.get)
    check_no_cycle(field, "n", None, after.get)
    with pytest.raises(Refused) as caught:
        check_no_cycle(field, "a", "b", after.get)

    assert (caught.value.code, caught.value.field) == ("refers-to-itself", "continues")


@pytest.mark.parametrize("entity", CYCLE_FIELDS)
def test_fields_that_must_not_lead_back_refer_to_their_own_kind(entity: str) -> None:
    for name in CYCLE_FIELDS[entity]:
        assert KINDS[entity].fields[name].entity == entity


def test_times_in_utc_may_have_seconds() -> None:
    values: dict[str, Value] = {**BUILDERS["report"]().fields, "signed_on": "2026-03-09T07:30:12Z"}

    assert faults("report", values) == set()
    assert Field("x", "X", FieldType.DATETIME).max_length


@pytest.mark.parametrize("born, good", [("1980", True), ("2026-03-09", True), ("2027", False)])
def test_nobody_is_born_tomorrow(born: str, *, good: bool) -> None:
    person: dict[str, Value] = {
        "given": "Awa",
        "legal_basis": "public_task",
        "may_be_shared": True,
        "date_of_birth": born,
    }

    assert (faults("person", person, today="2026-03-09") == set()) is good
