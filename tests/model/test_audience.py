"""Who receives a record."""

import pytest

from sscdesk.model.audience import (
    ALL,
    Sharing,
    audience_text,
    circle_of,
    is_wider,
    readers,
    sharing_of_new,
)
from sscdesk.model.base import record_kinds
from sscdesk.model.values import Value

KINDS = record_kinds()


def sharing(
    entity: str,
    values: dict[str, Value],
    owner: str = "MA",
    followed: tuple[str, Sharing] | None = None,
) -> Sharing:
    return sharing_of_new(KINDS[entity].mapped, owner, values, followed)


@pytest.mark.parametrize(
    "entity, values, wanted",
    [
        ("mission", {"host_offices": ("ML",)}, Sharing("*", "MA+ML")),
        ("mission", {}, Sharing("*", "MA")),
        (
            "exchange",
            {"lead_office": "MA", "partner_offices": ("SN", "CI")},
            Sharing("*", "CI+MA+SN"),
        ),
        ("commitment", {"owed_by": "SN", "owed_to": "MA"}, Sharing("MA+SN", "MA+SN")),
        ("action_plan", {"offices": ("MA", "SN")}, Sharing("*", "MA+SN")),
        ("agreement", {"countries": ("FR", "MA", "SN")}, Sharing("*", "MA+SN")),
        ("expense", {}, Sharing("MA", "MA")),
        ("report", {"second_offices": ("ML",)}, Sharing("MA", "MA+ML")),
        ("person", {"may_be_shared": True}, Sharing("*", "MA")),
        ("person", {"may_be_shared": False}, Sharing("MA", "MA")),
        ("organisation", {}, Sharing("*", "MA")),
    ],
)
def test_a_new_record_goes_to(entity: str, values: dict[str, Value], wanted: Sharing) -> None:
    assert sharing(entity, values) == wanted


MISSION = ("mission", Sharing("*", "MA+ML"))
EXCHANGE = ("exchange", Sharing("*", "MA+ML+SN"))
EXPENSE = ("expense", Sharing("MA", "MA"))
COMMITMENT = ("commitment", Sharing("MA+SN", "MA+SN"))


@pytest.mark.parametrize(
    "followed, wanted",
    [
        (MISSION, Sharing("CI+MA+ML", "CI+MA+ML")),
        (EXCHANGE, Sharing("*", "CI+MA+ML+SN")),
        (COMMITMENT, Sharing("CI+MA+SN", "CI+MA+SN")),
        (None, Sharing("CI+MA", "CI+MA")),
    ],
)
def test_a_follow_up_takes_the_audience_of_its_origin(
    followed: tuple[str, Sharing] | None, wanted: Sharing
) -> None:
    assert sharing("follow_up", {"responsible_office": "CI"}, followed=followed) == wanted


@pytest.mark.parametrize(
    "kind, followed, wanted",
    [
        ("photo", MISSION, "*"),
        ("receipt", MISSION, "MA"),
        ("host_visa", MISSION, "MA"),
        ("scan", EXPENSE, "MA"),
        ("agreement", ("agreement", Sharing("*", "MA+SN")), "MA+SN"),
        ("evidence", COMMITMENT, "MA+SN"),
        ("scan", None, "MA"),
    ],
)
def test_an_attachment_never_goes_further_than_its_record(
    kind: str, followed: tuple[str, Sharing] | None, wanted: str
) -> None:
    found = sharing("attachment", {"kind": kind}, followed=followed)

    assert found.audience == wanted
    assert followed is None or readers(found.audience) <= readers(followed[1].audience)


def test_audiences_are_written_in_one_way() -> None:
    assert audience_text(["SN", "MA", "SN", "XX"]) == "MA+SN"
    assert readers("MA+SN") == {"MA", "SN"}
    assert readers(ALL) == {"MA", "CI", "ML", "SN"}
    assert circle_of(KINDS["mission"].mapped, "CI", {"host_offices": ()}) == "CI"


@pytest.mark.parametrize(
    "new, old, wider",
    [("*", "MA", True), ("MA", "*", False), ("MA+ML", "MA+SN", True), ("MA", "MA+SN", False)],
)
def test_widening_is_told_from_narrowing(new: str, old: str, *, wider: bool) -> None:
    assert is_wider(new, old) is wider
