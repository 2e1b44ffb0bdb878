"""What roles allow, as the table of roles has it."""

import pytest

from sscdesk.model.base import record_kinds
from sscdesk.model.refusal import Refused
from sscdesk.model.rights import check_right, check_roles, hidden_fields, may, roles_with
from tests.model.builders import an_actor

ROLES = ("officer", "focal_point", "head", "reader", "admin")


@pytest.mark.parametrize(
    "verb, entity, roles",
    [
        ("read", "mission", "officer focal_point head reader"),
        ("create", "mission", "officer focal_point head"),
        ("edit", "person", "officer focal_point head"),
        ("delete", "expense", "officer focal_point head"),
        ("export_report", "report", "officer focal_point head reader"),
        ("export_file", "", "focal_point"),
        ("import_file", "", "focal_point"),
        ("resolve_conflict", "", "focal_point"),
        ("decide_suggestion", "", "focal_point"),
        ("widen_audience", "mission", "focal_point"),
        ("approve_erasure", "", "head"),
        ("manage_officers", "", "admin"),
        ("manage_laptops", "", "admin"),
        ("revoke_laptop", "", "admin"),
        ("edit", "vocabulary", "admin"),
        ("create", "officer", "admin"),
        ("edit", "office", "admin"),
        ("read", "office", "officer focal_point head reader admin"),
        ("backup", "", "officer focal_point head reader admin"),
    ],
)
def test_who_may(verb: str, entity: str, roles: str) -> None:
    assert {role for role in ROLES if may(role, verb, entity)} == set(roles.split())
    assert roles_with(verb, entity) == set(roles.split())


def test_administrators_do_not_read_contents_because_of_their_role() -> None:
    content = set(record_kinds()) - {"office", "officer", "vocabulary", "attachment"}

    assert not any(may("admin", "read", entity) for entity in content)


def test_a_missing_role_is_told_with_the_one_that_is_wanted() -> None:
    with pytest.raises(Refused) as caught:
        check_right(an_actor("MA", "reader"), "create", "mission")

    assert caught.value.code == "not-your-role"
    assert str(caught.value.params["role"]) == "officer"
    check_right(an_actor("MA", "reader", "officer"), "create", "mission")


def test_administrator_and_head_are_two_people() -> None:
    with pytest.raises(Refused) as caught:
        check_roles(["admin", "head"])

    assert caught.value.field == "roles"
    check_roles(["admin", "focal_point", "officer"])


def test_an_officer_has_a_role() -> None:
    with pytest.raises(Refused):
        check_roles([])


def test_readers_see_no_private_contact_data() -> None:
    hidden = hidden_fields(frozenset({"reader"}), "person")

    assert {"emails", "telephones", "personal_telephone", "home_address"} <= hidden
    assert {"date_of_birth", "notes"} <= hidden
    assert not {"given", "family", "languages"} & hidden
    assert hidden_fields(frozenset({"reader", "officer"}), "person") == frozenset()
    assert "passport_number" in hidden_fields(frozenset({"admin"}), "officer")
    assert hidden_fields(frozenset({"reader"}), "mission") == frozenset()
