"""Every declaration is complete: titles, labels, audiences, personal data, places for data."""

import re

import pytest

from sscdesk.model.base import Part, Record, record_kinds, row_classes
from sscdesk.model.codec import from_json, from_sql, to_json, to_sql
from sscdesk.model.field import ALWAYS, Audience, Field, FieldType, fields_of
from sscdesk.model.lifecycles import LIFECYCLES
from sscdesk.model.vocabulary_seed import Vocabularies

KINDS = record_kinds()
TABLES = row_classes()
each_entity = pytest.mark.parametrize("entity", KINDS)
each_table = pytest.mark.parametrize("table", TABLES)


def test_all_entities_of_the_contract_are_there() -> None:
    contract = (
        "organisation person agreement action_plan commitment practice exchange mission"
        " follow_up indicator expense report office officer vocabulary"
    )

    assert set(contract.split()) | {"attachment"} == set(KINDS)


def test_reference_numbers_tell_kinds_apart() -> None:
    codes = [kind.mapped.ref_code for kind in KINDS.values()]

    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in codes)


@each_entity
def test_a_record_has_its_names_and_title(entity: str) -> None:
    mapped = KINDS[entity].mapped

    assert mapped.__tablename__ == mapped.entity == entity
    assert mapped.label
    assert mapped.plural
    assert mapped.title_fields
    assert set(mapped.title_fields) <= set(KINDS[entity].fields)
    assert set(mapped.partner_fields) <= set(KINDS[entity].fields)
    assert mapped.follows is None or mapped.follows in KINDS[entity].fields


@each_entity
def test_a_list_has_columns_and_a_form_has_sections(entity: str) -> None:
    fields = list(KINDS[entity].fields.values())

    assert any(field.column for field in fields)
    assert all(field.section for field in fields)
    assert [field.name for field in fields[-2:]] == ["tags", "internal_note"]


@each_entity
def test_parts_are_named_after_their_record(entity: str) -> None:
    for name, part in KINDS[entity].parts.items():
        assert part.part == name
        assert part.parent_entity == entity
        assert part.__tablename__ == part.entity == f"{entity}_{name}"
        assert part.label
        assert part.plural


@each_table
def test_each_field_is_declared_sensibly(table: str) -> None:
    fields = fields_of(TABLES[table])

    for field in fields.values():
        assert field.label
        assert set(field.unless) <= set(fields)
        assert (field.vocabulary is None) or field.vocabulary in Vocabularies().names()
        assert all(name in KINDS for name in (field.entity or "").split("|") if name)
        assert (field.entity is not None) == (
            field.type in (FieldType.REFERENCE, FieldType.REFERENCES)
        )


@each_table
def test_requirements_name_a_state_of_the_machine(table: str) -> None:
    mapped = TABLES[table]
    entity = mapped.parent_entity if issubclass(mapped, Part) else table

    for field in fields_of(mapped).values():
        assert field.required in (None, ALWAYS, *LIFECYCLES[entity].states())
        assert issubclass(mapped, Record) or field.required in (None, ALWAYS)


@each_table
def test_defaults_can_be_kept(table: str) -> None:
    for field in fields_of(TABLES[table]).values():
        if field.default is not None:
            assert from_sql(field, to_sql(field, field.default)) == field.default
            assert from_json(field, to_json(field, field.default)) == field.default


# ---------------------------------------------------------------- confidentiality

NEVER_LEAVES = {
    "internal notes": [(entity, "internal_note") for entity in KINDS],
    "tags": [(entity, "tags") for entity in KINDS],
    "appraisals": [
        ("organisation", "influence"),
        ("organisation", "interest"),
        ("organisation", "last_contact"),
        ("organisation", "appraisal"),
        ("practice", "appraisal"),
        ("agreement", "negotiation_notes"),
    ],
    "our reading of meetings": [("mission_meeting", "our_reading")],
    "passport, bank, private contact": [
        ("officer", "passport_number"),
        ("officer", "passport_expiry"),
        ("officer", "bank_account"),
        ("officer", "emergency_contact"),
        ("officer", "signature_image"),
        ("person", "personal_telephone"),
        ("person", "home_address"),
        ("person", "date_of_birth"),
        ("person", "notes"),
    ],
    "grades": [("officer", "grade")],
    "per-diem rates": [("office_per_diem", name) for name in ("zone", "grade", "amount")],
    "expenses and receipts": [("expense", name) for name in KINDS["expense"].fields],
    "money of missions": [
        ("mission", name)
        for name in ("budget", "advance", "funding_source", "order_number", "balance_reference")
    ],
    "budget lines": [("mission_budget_line", name) for name in ("kind", "amount", "rate")],
    "carrier and lodging": [("mission_leg", "carrier"), ("mission_leg", "lodging")],
    "drafts of reports": [
        ("report", "snapshot"),
        ("report", "finance_annex"),
        ("report_text_block", "words"),
        ("report_note", "words"),
    ],
    "reminders": [("follow_up", "remind_on")],
    "preparation": [
        ("exchange", "preparation_notes"),
        ("exchange", "protocol"),
        ("exchange", "seating"),
        ("exchange_participation", "note"),
    ],
}

BILATERAL_ONLY = {
    "plans": [
        ("action_plan", name)
        for name in ("agreement", "period_from", "version", "adopted_on", "budget", "parties")
    ],
    "axes": [("action_plan_axis", "title_fr"), ("action_plan_committee_meeting", "decisions")],
    "commitments": [
        ("commitment", name)
        for name in KINDS["commitment"].fields
        if name not in ("tags", "internal_note", "basis", "source", "notes")
    ],
    "terms of reference": [
        ("mission", name)
        for name in ("tor_context", "tor_objectives", "tor_outputs", "tor_method", "tor_calendar")
    ],
    "meetings": [("mission_meeting", name) for name in ("subject", "persons", "said", "agreed")],
    "findings": [
        ("mission_finding", "words"),
        ("mission_recommendation", "what"),
        ("exchange_finding", "words"),
        ("exchange_recommendation", "what"),
    ],
    "cost lines": [("exchange_cost_line", "planned"), ("exchange_cost_line", "spent")],
    "money of exchanges": [("exchange", "budget"), ("exchange", "who_pays")],
    "signed texts": [("agreement", "signed_text")],
}

NARROWNESS = [Audience.SHARED, Audience.BILATERAL, Audience.OFFICE]


def audience_of(table: str, name: str) -> Audience:
    mapped = TABLES[table]
    declared = fields_of(mapped)[name].audience
    if issubclass(mapped, Part):
        return max(declared, mapped.audience, key=NARROWNESS.index)
    return declared


@pytest.mark.parametrize("what", NEVER_LEAVES)
def test_what_never_leaves_an_office_is_declared_so(what: str) -> None:
    for table, name in NEVER_LEAVES[what]:
        assert audience_of(table, name) is Audience.OFFICE, f"{table}.{name}"


@pytest.mark.parametrize("what", BILATERAL_ONLY)
def test_what_is_bilateral_only_is_declared_so(what: str) -> None:
    for table, name in BILATERAL_ONLY[what]:
        assert audience_of(table, name) is Audience.BILATERAL, f"{table}.{name}"


@pytest.mark.parametrize("table", ["exchange_session", "exchange_participation", "person_post"])
def test_what_partners_work_with_is_shared(table: str) -> None:
    assert {audience_of(table, name) for name in fields_of(TABLES[table]) if name != "note"} == {
        Audience.SHARED
    }


def test_records_that_stay_or_follow_say_so() -> None:
    assert KINDS["expense"].mapped.default_audience is Audience.OFFICE
    assert KINDS["report"].mapped.default_audience is Audience.OFFICE
    assert KINDS["commitment"].mapped.default_audience is Audience.BILATERAL
    assert KINDS["follow_up"].mapped.follows == "origin"
    assert KINDS["attachment"].mapped.follows == "record"


# ---------------------------------------------------------------- personal data

NOT_PERSONAL = {
    "person": {"same_as", "basis", "tags", "internal_note"},
    "officer": {"roles", "active_from", "active_to", "tags", "internal_note"},
    "exchange_participation": {"basis"},
}
NAMES_PEOPLE = [
    ("person_post", "function"),
    ("agreement_signatory", "name"),
    ("mission_traveller", "person"),
    ("mission_meeting", "persons"),
    ("practice", "contact"),
    ("expense", "traveller"),
    ("report_signature", "name"),
    ("attachment", "people_shown"),
]
MASKED = ["passport_number", "passport_expiry", "bank_account", "emergency_contact"]


@pytest.mark.parametrize("table", NOT_PERSONAL)
def test_what_is_known_of_people_is_flagged_personal(table: str) -> None:
    plain = {name for name, field in fields_of(TABLES[table]).items() if not field.personal}

    assert plain == NOT_PERSONAL[table]


@pytest.mark.parametrize("table, name", NAMES_PEOPLE)
def test_fields_that_name_people_are_flagged_personal(table: str, name: str) -> None:
    assert fields_of(TABLES[table])[name].personal


def test_travel_papers_are_masked_on_screen() -> None:
    fields = KINDS["officer"].fields

    assert {name for name, field in fields.items() if field.masked} == set(MASKED)


@each_table
def test_every_reference_to_a_person_is_flagged_personal(table: str) -> None:
    exempt = {("person", "same_as"), ("follow_up", "responsible"), ("attachment", "record")}
    exempt |= {("report", "covers"), ("report", "subject")}

    for field in fields_of(TABLES[table]).values():
        names_one = "person" in (field.entity or "").split("|")
        assert not names_one or field.personal or (table, field.name) in exempt


# ---------------------------------------------------------------- the registers taken over

REGISTERS = {
    "organisation": "name_fr name_en name_ar acronym country kind level fields_of_action website"
    " basis source",
    "person": "given family name_ar emails telephones languages sex basis",
    "person_post": "function organisation",
    "agreement": "kind title_fr title_en title_ar parties countries signed_on place valid_until"
    " parent_agreement basis source notes",
    "action_plan": "title_fr title_en title_ar parties offices adopted_on place period_until"
    " agreement basis source notes",
    "commitment": "action_plan field title_fr title_en owed_by owed_to owner_organisation"
    " beneficiary_organisation due_on indicator target progress_percent reciprocal_of basis",
    "practice": "title_fr title_en country owner_organisation field sub_theme summary_fr"
    " summary_en basis source",
    "exchange": "title_fr title_en lead_office partner_offices kind step fields_of_action"
    " action_plans starts_on ends_on place country languages practices budget"
    " participants_reported basis source notes",
    "exchange_participation": "person role sex attendance photo_consent basis",
    "mission": "purpose_fr purpose_en exchange departs_on returns_on itinerary transport"
    " order_number budget advance basis source",
    "mission_traveller": "person",
    "expense": "mission traveller kind spent_on description amount receipt basis",
    "follow_up": "origin action_fr action_en responsible_office responsible due_on done_on"
    " priority basis",
    "indicator": "code level title_fr title_en title_ar definition_en unit aggregation"
    " disaggregated_by baseline target basis",
    "indicator_value": "period country sex field value basis",
    "vocabulary": "list_name code position label_en label_fr label_ar",
}


@pytest.mark.parametrize("table", REGISTERS)
def test_each_column_of_the_registers_has_its_field(table: str) -> None:
    assert set(REGISTERS[table].split()) <= set(fields_of(TABLES[table]))


@pytest.mark.parametrize("table", ["mission", "indicator"])
def test_a_basis_told_in_a_sentence_has_its_place(table: str) -> None:
    assert fields_of(TABLES[table])["basis"].type is FieldType.TEXT


def test_a_field_knows_whether_it_is_a_set() -> None:
    assert Field("x", "X", FieldType.CHOICES).is_set
    assert Field("x", "X", FieldType.EMAIL, many=True).is_set
    assert not Field("x", "X", FieldType.TEXT).is_set
