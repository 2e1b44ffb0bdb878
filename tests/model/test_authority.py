"""Who may write what, row by row of the domain's table of ownership."""

import pytest

from sscdesk.model.authority import (
    FROZEN_ONCE_SENT,
    RULES,
    RowFacts,
    check_write,
    may_create,
    may_write,
    owner_of_new,
    writer_rule,
)
from sscdesk.model.base import record_kinds, row_classes
from sscdesk.model.field import Audience, fields_of
from sscdesk.model.offices import OFFICES
from sscdesk.model.refusal import Refused
from sscdesk.model.values import Value
from tests.model.builders import is_told_in_words

KINDS = record_kinds()

ROWS: dict[str, RowFacts] = {
    "organisation": RowFacts("organisation", "ML", "ML-ORG-2026-0001", {"country": "ML"}),
    "donor": RowFacts("organisation", "MA", "MA-ORG-2026-0001", {"country": "DE"}),
    "person": RowFacts("person", "ML", "ML-PER-2026-0001"),
    "agreement": RowFacts("agreement", "MA", "MA-AGR-2026-0001", {"countries": ("MA", "SN")}),
    "action_plan": RowFacts("action_plan", "MA", "MA-PLN-2026-0001", {"offices": ("MA", "SN")}),
    "commitment": RowFacts(
        "commitment", "MA", "MA-COM-2026-0001", {"owed_by": "SN", "owed_to": "MA"}
    ),
    "practice": RowFacts("practice", "CI", "CI-PRA-2026-0001", {"country": "CI"}),
    "exchange": RowFacts(
        "exchange",
        "MA",
        "MA-EXC-2026-0001",
        {"lead_office": "MA", "partner_offices": ("ML", "SN")},
    ),
    "mission": RowFacts("mission", "MA", "MA-MIS-2026-0001", {"host_offices": ("ML",)}),
    "follow_up": RowFacts("follow_up", "MA", "MA-FUP-2026-0001", {"responsible_office": "ML"}),
    "report": RowFacts("report", "MA", "MA-RAP-2026-0001", {"second_offices": ("ML",)}),
    "attachment": RowFacts("attachment", "SN", "SN-DOC-2026-0001"),
    "indicator": RowFacts("indicator", "MA", "MA-IND-2026-0001"),
    "office": RowFacts("office", "CI", "CI-OFF-2026-0001", {"country": "CI"}),
    "officer": RowFacts("officer", "CI", "CI-AGT-2026-0001"),
    "vocabulary": RowFacts("vocabulary", "MA", "MA-VOC-2026-0001"),
    "expense": RowFacts("expense", "MA", "MA-EXP-2026-0001"),
}

SECTION_6 = [
    ("office", "office", "name_fr", "CI"),
    ("office", "officer", "given", "CI"),
    ("organisation of a country", "organisation", "name_fr", "ML"),
    ("organisation of another country", "donor", "name_fr", "MA"),
    ("person", "person", "given", "ML"),
    ("agreement", "agreement", "title_fr", "MA SN"),
    ("plan", "action_plan", "title_fr", "MA SN"),
    ("commitment wording", "commitment", "title_fr", "MA SN"),
    ("commitment progress", "commitment", "progress_percent", "SN"),
    ("commitment evidence", "commitment", "evidence", "SN"),
    ("commitment opinion", "commitment", "opinion", "MA"),
    ("practice", "practice", "title_fr", "CI"),
    ("exchange title", "exchange", "title_fr", "MA"),
    ("exchange step", "exchange", "step", "MA"),
    ("exchange budget", "exchange", "budget", "MA"),
    ("mission", "mission", "purpose_fr", "MA"),
    ("follow-up progress", "follow_up", "done_on", "ML"),
    ("follow-up wording", "follow_up", "action_fr", "MA"),
    ("follow-up due date", "follow_up", "due_on", "MA"),
    ("report", "report", "title", "MA"),
    ("attachment", "attachment", "title", "SN"),
    ("indicator", "indicator", "target", "MA"),
    ("vocabulary", "vocabulary", "label_fr", "MA"),
]


@pytest.mark.parametrize(
    "row, field, offices", [case[1:] for case in SECTION_6], ids=[case[0] for case in SECTION_6]
)
@pytest.mark.parametrize("arriving", [False, True])
def test_these_offices_write_it_and_no_other(
    row: str, field: str, offices: str, *, arriving: bool
) -> None:
    facts = ROWS[row]
    rule = writer_rule(KINDS[facts.entity].mapped, field)

    allowed = {o for o in OFFICES if may_write(rule, facts, o, arriving=arriving)}

    assert allowed == set(offices.split())


def part_facts(entity: str, recorded_by: str | None) -> RowFacts:
    row = ROWS[entity]
    return RowFacts(row.entity, row.owner, row.ref, row.fields, recorded_by)


OWN_ROWS = [
    ("person", "post"),
    ("practice", "transfer"),
    ("exchange", "participation"),
    ("exchange", "cost_line"),
    ("exchange", "evaluation"),
    ("exchange", "finding"),
    ("exchange", "recommendation"),
    ("mission", "comment"),
    ("indicator", "value"),
    ("report", "signature"),
    ("vocabulary", "local_label"),
]


@pytest.mark.parametrize("entity, part", OWN_ROWS)
@pytest.mark.parametrize("arriving", [False, True])
def test_each_office_adds_and_changes_its_own_rows_only(
    entity: str, part: str, *, arriving: bool
) -> None:
    rule = writer_rule(KINDS[entity].parts[part])

    for office in OFFICES:
        own, other = (
            part_facts(entity, office),
            part_facts(entity, "ML" if office != "ML" else "SN"),
        )
        assert may_write(rule, own, office, arriving=arriving, adding=True)
        assert may_write(rule, own, office, arriving=arriving)
        assert not may_write(rule, other, office, arriving=arriving)


@pytest.mark.parametrize(
    "entity, part, offices",
    [
        ("mission", "leg", "MA"),
        ("mission", "meeting", "MA"),
        ("exchange", "session", "MA"),
        ("agreement", "signatory", "MA SN"),
        ("action_plan", "axis", "MA SN"),
        ("practice", "beneficiaries", "CI"),
    ],
)
def test_other_rows_follow_their_record(entity: str, part: str, offices: str) -> None:
    rule = writer_rule(KINDS[entity].parts[part])

    allowed = {o for o in OFFICES if may_write(rule, part_facts(entity, None), o, adding=True)}

    assert allowed == set(offices.split())


def test_the_host_office_adds_its_visa_and_changes_it() -> None:
    rule = writer_rule(KINDS["mission"].parts["visa"])

    assert may_write(rule, part_facts("mission", None), "ML", adding=True)
    assert not may_write(rule, part_facts("mission", None), "SN", adding=True)
    assert may_write(rule, part_facts("mission", "ML"), "ML")
    assert not may_write(rule, part_facts("mission", "ML"), "MA")


def test_import_takes_a_visa_whatever_became_of_the_list_of_hosts() -> None:
    rule = writer_rule(KINDS["mission"].parts["visa"])

    assert may_write(rule, part_facts("mission", "SN"), "SN", arriving=True, adding=True)
    assert not may_write(rule, part_facts("mission", "ML"), "SN", arriving=True)


def test_any_office_adds_a_telephone_and_only_the_owner_takes_one_away() -> None:
    rule = writer_rule(KINDS["person"].mapped, "telephones")

    assert may_write(rule, ROWS["person"], "SN", adding=True)
    assert not may_write(rule, ROWS["person"], "SN")
    assert may_write(rule, ROWS["person"], "ML")


@pytest.mark.parametrize("table", row_classes())
def test_what_stays_in_the_office_every_office_writes_for_itself(table: str) -> None:
    mapped = row_classes()[table]

    for field in fields_of(mapped).values():
        if field.audience is Audience.OFFICE:
            assert writer_rule(mapped, field.name) == "any"  # type: ignore[arg-type]


@pytest.mark.parametrize("table", row_classes())
def test_every_rule_is_in_the_table(table: str) -> None:
    mapped = row_classes()[table]

    for name in (None, *fields_of(mapped)):
        assert writer_rule(mapped, name) in RULES  # type: ignore[arg-type]


@pytest.mark.parametrize("entity", FROZEN_ONCE_SENT)
def test_fields_on_which_rights_depend_exist(entity: str) -> None:
    assert FROZEN_ONCE_SENT[entity] <= set(KINDS[entity].fields)


# ---------------------------------------------------------------- new records


@pytest.mark.parametrize(
    "entity, values, office, owner",
    [
        ("organisation", {"country": "ML"}, "MA", "ML"),
        ("organisation", {"country": "DE"}, "SN", "SN"),
        ("organisation", {}, "SN", "SN"),
        ("practice", {"country": "CI"}, "MA", "CI"),
        ("person", {}, "CI", "CI"),
        ("mission", {}, "CI", "CI"),
        ("vocabulary", {}, "MA", "MA"),
    ],
)
def test_who_owns_a_new_record(
    entity: str, values: dict[str, Value], office: str, owner: str
) -> None:
    assert owner_of_new(entity, values, office) == owner


def test_import_takes_new_records_only_from_who_may_make_them() -> None:
    country: dict[str, Value] = {"country": "ML"}

    assert may_create("organisation", "ML", "MA-ORG-2026-0001", country, "MA")
    assert may_create("mission", "MA", "MA-MIS-2026-0001", {}, "MA")
    assert not may_create("mission", "ML", "MA-MIS-2026-0001", {}, "MA")
    assert not may_create("mission", "MA", "ML-MIS-2026-0001", {}, "MA")
    assert not may_create("organisation", "SN", "MA-ORG-2026-0001", country, "MA")


def test_who_recorded_it_may_correct_it_until_it_is_sent() -> None:
    recorded_in_rabat = RowFacts("organisation", "ML", "MA-ORG-2026-0001", {"country": "ML"})
    mapped = KINDS["organisation"].mapped

    check_write(mapped, recorded_in_rabat, "MA", "name_fr", sent=False)
    check_write(mapped, recorded_in_rabat, "ML", "name_fr")
    with pytest.raises(Refused) as caught:
        check_write(mapped, recorded_in_rabat, "MA", "name_fr")

    assert (caught.value.code, caught.value.field) == ("not-your-office", "name_fr")
    assert is_told_in_words(caught.value)


def test_a_change_made_before_sending_is_accepted_wherever_it_arrives() -> None:
    recorded_in_rabat = RowFacts("organisation", "ML", "MA-ORG-2026-0001", {"country": "ML"})

    assert may_write("keeper", recorded_in_rabat, "MA", arriving=True)
    assert may_write("keeper", recorded_in_rabat, "ML", arriving=True)
    assert not may_write("keeper", recorded_in_rabat, "SN", arriving=True)


def test_the_sides_of_a_commitment_are_fixed_once_it_was_sent() -> None:
    mapped = KINDS["commitment"].mapped

    check_write(mapped, ROWS["commitment"], "MA", "owed_by", sent=False)
    with pytest.raises(Refused) as caught:
        check_write(mapped, ROWS["commitment"], "MA", "owed_by")

    assert caught.value.code == "fixed-once-sent"
