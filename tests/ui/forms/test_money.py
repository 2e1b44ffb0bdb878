"""The balance of a mission's advance."""

from typing import Any

import pytest

from sscdesk.model.values import Money
from sscdesk.ui.forms.money import balance_words
from sscdesk.ui.forms.words import totals

ADVANCE = {"advance": Money(100_000, "MAD")}


def spent(minor: int, currency: str = "MAD", converted: int | None = None) -> dict[str, Any]:
    """An expense, perhaps with its amount in the office's currency."""
    office = None if converted is None else Money(converted, "MAD")
    return {"amount": Money(minor, currency), "office_amount": office}


@pytest.mark.parametrize(
    ("expenses", "end"),
    [
        ([spent(120_000)], "200.00 MAD is due to the travellers."),
        ([spent(80_000)], "200.00 MAD is to be refunded."),
        ([spent(60_000), spent(25_000, "XOF", 40_000)], "Nothing is due."),
    ],
)
def test_what_is_due_is_said_in_words(expenses: list[dict[str, Any]], end: str) -> None:
    assert balance_words(ADVANCE, expenses).endswith(end)


def test_an_expense_without_a_rate_is_told_and_never_guessed() -> None:
    said = balance_words(ADVANCE, [spent(80_000), spent(25_000, "XOF")])

    assert said.endswith("1 expense has no amount in MAD yet.")


def test_without_an_advance_there_is_no_balance() -> None:
    assert balance_words({}, [spent(80_000)]) == ""


def test_sums_are_kept_apart_by_currency() -> None:
    assert totals([Money(100, "MAD"), Money(245_000, "XOF"), Money(50, "MAD"), None]) == (
        "1.50 MAD · 245,000 XOF"
    )
