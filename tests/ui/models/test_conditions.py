"""Filters are derived from the declared fields and read as sentences."""

import pytest

from sscdesk.i18n import set_default_language
from sscdesk.model.base import record_kinds
from sscdesk.ui.models.conditions import (
    OPERATOR_WORDS,
    OPERATORS,
    Condition,
    filterable_fields,
    sentence,
)
from sscdesk.ui.models.saved_views import SavedView, decoded, encoded
from sscdesk.ui.wording import Wording


def _sentence(condition: Condition, titles: dict[str, str] | None = None) -> str:
    set_default_language("en")
    fields = {one.name: one for one in filterable_fields(record_kinds()["mission"])}
    return sentence(condition, fields[condition.field], Wording(), titles or {})


@pytest.mark.parametrize("entity", list(record_kinds()))
def test_every_entity_can_be_filtered(entity: str) -> None:
    names = [one.name for one in filterable_fields(record_kinds()[entity])]

    assert "owner" in names
    assert len(names) == len(set(names))


@pytest.mark.parametrize("entity", list(record_kinds()))
def test_what_is_shown_as_dots_is_no_filter(entity: str) -> None:
    kind = record_kinds()[entity]
    masked = {name for name, field in kind.fields.items() if field.masked}

    assert not masked & {one.name for one in filterable_fields(kind)}


def test_every_operator_has_its_word() -> None:
    assert {name for family in OPERATORS.values() for name in family} <= set(OPERATOR_WORDS)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            Condition("state", "any_of", ("under_way", "returned")),
            "State: Under way, Back from mission",
        ),
        (Condition("country", "any_of", ("ML",)), "Country of destination: Mali"),
        (Condition("departs_on", "before", "2026-03-12"), "Departs on before 12 Mar 2026"),
        (Condition("purpose_fr", "contains", "santé"), "Purpose (French) contains “santé”"),
        (Condition("budget", "empty", None), ""),
        (Condition("exchange", "empty", None), "Exchange served is empty"),
    ],
)
def test_a_filter_reads_as_a_sentence(condition: Condition, words: str) -> None:
    if words:
        assert _sentence(condition) == words
    else:
        with pytest.raises(KeyError):
            _sentence(condition)


def test_a_link_is_named_by_its_title() -> None:
    words = _sentence(Condition("exchange", "is", "0" * 32), {"0" * 32: "Study visit"})

    assert words == "Exchange served: Study visit"


def test_a_view_comes_back_as_it_was_kept() -> None:
    view = SavedView(
        "Open ones",
        (
            Condition("state", "any_of", ("draft", "submitted")),
            Condition("departs_on", "after", "2026"),
            Condition("exchange", "empty", None),
        ),
        "-departs_on",
        ("ref", "title"),
        {"0" * 32: "Study visit"},
    )

    assert decoded(encoded([view])) == (view,)


@pytest.mark.parametrize(
    "text", ["", "{", "3", "[3]", '[{"name": 1, "conditions": [[1]]}]', "null"]
)
def test_a_view_that_cannot_be_read_is_left_out(text: str) -> None:
    assert decoded(text) == ()
