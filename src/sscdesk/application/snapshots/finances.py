"""Budget and spending of a period by line and currency: totals alone, never one expense."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sscdesk.application.snapshots.freezer import Freezer
from sscdesk.model.codec import read_money
from sscdesk.model.values import Money
from sscdesk.reports.donor_report import FinanceLine


@dataclass
class _Sums:
    budget: int = 0
    in_period: int = 0
    cumulated: int = 0


def finance_lines(f: Freezer, begins: str, ends: str) -> Iterator[FinanceLine]:
    """Yield a line for each kind and currency, of this office's missions and exchanges.

    Accepted expenses count on the day of the expense; the cost lines of an exchange on its
    first day; a budget from the day on which the mission or the exchange begins.
    """
    sums: dict[tuple[str, str], _Sums] = defaultdict(_Sums)
    for kind, planned, spent, at in _amounts(f):
        if at > ends:
            continue
        for raw, is_budget in ((planned, True), (spent, False)):
            if not raw:
                continue
            money = read_money(str(raw))
            held = sums[money.currency, kind]
            if is_budget:
                held.budget += money.minor
            else:
                held.cumulated += money.minor
                held.in_period += money.minor if at >= begins else 0
    for (currency, kind), held in sorted(sums.items()):
        yield FinanceLine(
            f.label("expense_kind", kind).say(),
            Money(held.budget, currency),
            Money(held.in_period, currency),
            Money(held.cumulated, currency),
        )


def _amounts(f: Freezer) -> Iterator[tuple[str, Any, Any, str]]:
    """Yield (kind, planned, spent, day) of all that this office recorded."""
    office = f.w.office
    lines = f.rows(
        "SELECT c.kind, c.planned, c.spent, e.starts_on AS at FROM exchange_cost_line c "
        "JOIN exchange e ON e.id = c.parent WHERE c.deleted = 0 AND e.deleted = 0 "
        "AND e.state <> 'cancelled' AND c.owner = ?",
        office,
    )
    for row in lines:
        yield str(row["kind"]), row["planned"], row["spent"], str(row["at"] or "9999")
    budgets = f.rows(
        "SELECT b.kind, b.amount, b.quantity, m.departs_on AS at FROM mission_budget_line b "
        "JOIN mission m ON m.id = b.parent WHERE b.deleted = 0 AND m.deleted = 0 "
        "AND m.state <> 'cancelled' AND m.owner = ?",
        office,
    )
    for row in budgets:
        yield str(row["kind"]), row["amount"], None, str(row["at"] or "9999")
    expenses = f.rows(
        "SELECT kind, amount, spent_on AS at FROM expense "
        "WHERE deleted = 0 AND state = 'accepted' AND owner = ?",
        office,
    )
    for row in expenses:
        yield str(row["kind"]), None, row["amount"], str(row["at"] or "9999")
