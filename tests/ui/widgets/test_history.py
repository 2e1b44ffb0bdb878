"""The history as a tree."""

import pytest
from pytestqt.modeltest import ModelTester

from sscdesk.application.views import FieldChange, HistoryEntry, Stamp
from sscdesk.model.base import record_kinds
from sscdesk.model.vocabulary_seed import Vocabularies
from sscdesk.ui.widgets.history import HistoryModel, HistoryWords
from sscdesk.ui.wording import Wording

STAMP = Stamp("2026-03-09T07:30:00Z", "x" * 32, "Nadia Alaoui", "MA")
ROW = "a" * 32


def an_entry(*changes: FieldChange, note: str = "") -> HistoryEntry:
    """One unit of work."""
    return HistoryEntry("u" * 32, STAMP, "Change", note, changes)


def words(entity: str = "mission") -> HistoryWords:
    """The words of an entity's history."""
    return HistoryWords(record_kinds()[entity], Wording(Vocabularies()))


@pytest.fixture
def model() -> HistoryModel:
    """A change of two fields."""
    made = HistoryModel()
    entry = an_entry(
        FieldChange(ROW, None, "departs_on", "2026-03-09", "2026-03-10"),
        FieldChange(ROW, None, "state", "draft", "submitted"),
        note="The plane was moved.",
    )
    made.show([entry], {}, words())
    return made


def test_the_model_keeps_the_promises_of_qt(
    model: HistoryModel, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)


def test_it_says_who_did_what_where_and_when(model: HistoryModel) -> None:
    said = model.item(0).text()

    assert said.startswith("Change — Nadia Alaoui, Rabat, 9 Mar 2026, ")


def test_a_change_shows_both_values_in_words(model: HistoryModel) -> None:
    head = model.item(0)
    rows = [[head.child(row, column).text() for column in range(3)] for row in range(3)]

    assert rows == [
        ["Note: The plane was moved.", "", ""],
        ["Departs on", "9 Mar 2026", "10 Mar 2026"],
        ["State", "Draft", "Submitted"],
    ]


def test_a_change_of_a_row_says_which_kind_of_row() -> None:
    told = words().change(FieldChange(ROW, "leg", "to_place", None, "Kayes"), {})

    assert (told.label, told.before, told.after) == ("Leg: To", "", "Kayes")


def test_what_is_masked_stays_masked_in_the_history() -> None:
    change = FieldChange(ROW, None, "passport_number", "AB123", "CD456")

    told = words("officer").change(change, {})

    assert "AB123" not in told.before
    assert "CD456" not in told.after
